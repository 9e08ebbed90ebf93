"""A cluster with the configuration of the documentation: TLS between servers and to clients, and nkeys."""

import base64
import binascii
import subprocess
from pathlib import Path

import pytest
from documents import drafts
from programs import Running, Server, free_port, masthead, until

CONFIGURATION = Path(__file__).resolve().parents[2] / "docs/queue/nats.conf"


def openssl(folder, *arguments):
    return subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True).stdout


def certificates(folder):
    """Makes those of an authority, and of a server on this machine."""
    new = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    openssl(folder, *new, "-subj", "/CN=authority", "-keyout", "ca-key.pem", "-out", "ca.pem")
    more = ["-addext", "subjectAltName=IP:127.0.0.1", "-addext", "basicConstraints=critical,CA:FALSE"]
    openssl(
        folder, *new, "-subj", "/CN=server", "-CA", "ca.pem", "-CAkey", "ca-key.pem", *more,
        "-keyout", "server-key.pem", "-out", "server.pem",
    )


def encoded(prefix, key):
    raw = bytes(prefix) + key
    return base64.b32encode(raw + binascii.crc_hqx(raw, 0).to_bytes(2, "little")).decode().rstrip("=")


def nkey(folder):
    """Returns the seed and the public key of a user."""
    key = openssl(folder, "genpkey", "-algorithm", "ed25519", "-outform", "DER")
    (folder / "key.der").write_bytes(key)
    public = openssl(folder, "pkey", "-in", "key.der", "-inform", "DER", "-pubout", "-outform", "DER")
    return encoded([149, 0], key[-32:]), encoded([160], public[-32:])


@pytest.fixture
def cluster(tmp_path):
    certificates(tmp_path)
    seed, public = nkey(tmp_path)
    (tmp_path / "user.nk").write_text(seed + "\n")
    routes = [free_port() for _ in range(3)]
    text = CONFIGURATION.read_text().replace("/etc/nats", str(tmp_path)).replace("U…", public).replace("200G", "1G")
    for at, route in enumerate(routes):
        text = text.replace(f"n{at + 1}.example.org:6222", f"127.0.0.1:{route}")
    servers = []
    for at, route in enumerate(routes):
        server = Server(tmp_path / f"store-{at}", name=f"n{at + 1}")
        own = {"server_name: n1": f"server_name: n{at + 1}", "/var/lib/nats": server.folder, "0.0.0.0:6222": f"127.0.0.1:{route}"}
        own |= {"0.0.0.0:4222": f"127.0.0.1:{server.port}", "127.0.0.1:8222": f"127.0.0.1:{free_port()}"}
        server.config = text
        for before, now in own.items():
            assert before in server.config, before
            server.config = server.config.replace(before, str(now))
        servers.append(server.start(wait=False))
    for server in servers:
        until(server.answers)
    yield servers
    for server in servers:
        server.kill()


def test_the_configuration_of_the_documentation(tmp_path, cluster, running):
    drafts(tmp_path / "drafts", 6)
    urls = ",".join(server.url.replace("nats://", "tls://") for server in cluster)
    plain = ["--nats", urls, "--tls-ca", "ca.pem"]
    signed = [*plain, "--nkey", "user.nk"]
    submit = ["queue", "submit", "drafts", "--batch", "b", "--replicas", "3"]
    until(lambda: masthead(tmp_path, *submit, *signed, ok=False)[0] == 0, 120, "the submission")
    running.append(Running(tmp_path, "queue", "work", "--jobs", "1", *signed))
    assert "6 rendered" in masthead(tmp_path, "queue", "collect", "--batch", "b", "--out", "out", *signed)[2]
    # Without a key, or with another, nobody comes in; nor without the authority.
    for refused in (plain, [*plain, "--nkey", "other.nk"], ["--nats", urls, "--nkey", "user.nk"]):
        seed, _ = nkey(tmp_path)
        (tmp_path / "other.nk").write_text(seed)
        code, _, said = masthead(tmp_path, "queue", "status", *refused, ok=False)
        assert code == 2 and ("queue-refused" in said or "queue-unreachable" in said), said
        assert seed not in said
    # Nor does a server without a certificate.
    stranger = Server(tmp_path / "stranger", name="n4")
    route = [line for line in cluster[0].config.splitlines() if "routes:" in line][0].replace("tls:", "nats:")
    stranger.config += f'cluster {{ name: masthead, listen: "127.0.0.1:{free_port()}"\n{route}\n}}\n'
    stranger.start(wait=False)
    running.append(stranger)
    log = cluster[0].folder / "nats.log"
    until(lambda: "TLS route handshake error" in log.read_text(), what="the refusal")
