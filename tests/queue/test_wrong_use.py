"""What a new user may get wrong: every message has a code and a hint."""

import os

import pytest
from documents import drafts
from programs import Running, Server, free_port, masthead


@pytest.fixture
def folder(tmp_path):
    drafts(tmp_path / "drafts", 3)
    return tmp_path


def refused(folder, *arguments, code, says):
    status, _, said = masthead(folder, *arguments, ok=False)
    assert status == 2, (status, said)
    assert f"[{code}]" in said and "hint:" in said and says in said, said


def submit(url, *more):
    return ["queue", "submit", "drafts", "--batch", "b", "--nats", url, *more]


def test_a_server_that_is_not_there(folder):
    url = f"nats://user:secret@127.0.0.1:{free_port()}"
    status, _, said = masthead(folder, *submit(url), ok=False)
    assert status == 2 and "[queue-unreachable]" in said and "secret" not in said, said
    refused(folder, *submit("http://127.0.0.1"), code="queue-unreachable", says="http")


def test_a_server_without_jetstream(folder):
    server = Server(folder / "store", jetstream=False).start()
    try:
        refused(folder, *submit(server.url), code="queue-no-jetstream", says="JetStream")
    finally:
        server.kill()


def test_credentials(folder):
    users = 'authorization { users: [{ user: "me", password: "right" }] }\n'
    server = Server(folder / "store", users).start()
    try:
        refused(folder, *submit(server.url), code="queue-refused", says="authorization")
        refused(folder, *submit(server.url, "--creds", "none.creds"), code="queue-refused", says="none.creds")
        right = server.url.replace("nats://", "nats://me:right@")
        masthead(folder, *submit(right))
    finally:
        server.kill()


def test_a_server_without_room(folder):
    server = Server(folder / "store")
    server.config = server.config.replace("store_dir", "max_file_store: 100K, store_dir")
    server.start()
    try:
        drafts(folder / "drafts", 200)
        refused(folder, *submit(server.url), code="queue-full", says="max_file_store")
    finally:
        server.kill()


def test_batches_and_inputs(folder, server):
    for name in ["a b", "a.b", "ä", "*", ""]:
        status, _, said = masthead(folder, *submit(server.url, "--batch", name)[:3], "--batch", name, ok=False)
        assert status == 2 and "letters" in said, said
    status, _, said = masthead(folder, "queue", "submit", "none/*.yaml", "--batch", "b", "--nats", server.url, ok=False)
    assert status == 2 and "no-documents" in said, said
    collect = ["queue", "collect", "--batch", "b", "--out", "out", "--nats", server.url]
    refused(folder, *collect, code="queue-batch", says="submit")
    refused(folder, "queue", "purge", "b", "--yes", "--nats", server.url, code="queue-batch", says="status")
    refused(folder, *submit(server.url, "--replicas", "3"), code="queue-batch", says="--replicas 1")


def test_folders(folder, server):
    masthead(folder, *submit(server.url))
    collect = ["queue", "collect", "--batch", "b", "--out", "out", "--nats", server.url]
    (folder / "out").write_text("a file")
    status, _, said = masthead(folder, *collect, ok=False)
    assert status == 2 and "out" in said, said
    os.remove(folder / "out")
    first = Running(folder, *collect)
    try:
        import time
        time.sleep(2)
        status, _, said = masthead(folder, *collect, ok=False)
        assert status == 2 and "another batch is writing to out" in said, said
    finally:
        first.kill()
