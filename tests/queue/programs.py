"""The programs of the tests: nats-server and masthead, as processes on this machine."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

MASTHEAD = Path(os.environ.get("MASTHEAD", "target/debug/masthead")).resolve()
NATS = Path(os.environ.get("NATS_SERVER", str(Path(sys.executable).parent / "nats-server")))
ENVIRONMENT = {**os.environ, "SOURCE_DATE_EPOCH": "0"}


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def until(found, seconds=60, what="it"):
    """Waits until something is found, and returns it."""
    begun = time.monotonic()
    while True:
        result = found()
        if result:
            return result
        assert time.monotonic() - begun < seconds, f"{what} never happened"
        time.sleep(0.02)


class Server:
    """A nats-server with file storage, at a port that it keeps when it is started again."""

    def __init__(self, folder, lines="", jetstream=True, name="one"):
        self.folder, self.port, self.name = Path(folder), free_port(), name
        self.folder.mkdir(parents=True, exist_ok=True)
        store = f'jetstream {{ store_dir: "{self.folder}" }}\n' if jetstream else ""
        # A client that does not read its messages would otherwise be thrown out only after ten seconds.
        self.config = f'server_name: {name}\nlisten: "127.0.0.1:{self.port}"\n{store}{lines}'
        self.process = None

    @property
    def url(self):
        return f"nats://127.0.0.1:{self.port}"

    def start(self, wait=True):
        config = self.folder / "nats.conf"
        config.write_text(self.config)
        log = open(self.folder / "nats.log", "ab")
        self.process = subprocess.Popen([NATS, "-c", config], stdout=log, stderr=log)
        if wait:
            until(self.answers, what="the start of the server")
        return self

    def answers(self):
        assert self.process.poll() is None, (self.folder / "nats.log").read_text()[-2000:]
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as connection:
                return connection.recv(4) == b"INFO"
        except OSError:
            return False

    def kill(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGCONT)
            self.process.kill()
            self.process.wait()

    def restart(self):
        self.kill()
        return self.start()


def masthead(folder, *arguments, ok=True, timeout=600):
    """Runs masthead in a folder, and returns the exit status and what it said."""
    done = subprocess.run(
        [MASTHEAD, *map(str, arguments)], cwd=folder, env=ENVIRONMENT, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=timeout,
    )
    said = done.stderr.decode()
    assert not ok or done.returncode == 0, f"{arguments}: exit status {done.returncode}: {said}"
    return done.returncode, done.stdout.decode(), said


class Running:
    """A masthead that runs."""

    def __init__(self, folder, *arguments):
        self.arguments = [str(argument) for argument in arguments]
        self.log = Path(folder) / f"log-{time.monotonic_ns()}"
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(
                [MASTHEAD, *self.arguments], cwd=folder, env=ENVIRONMENT, stdin=subprocess.DEVNULL,
                stdout=log, stderr=subprocess.STDOUT,
            )

    @property
    def said(self):
        return self.log.read_text(errors="replace")

    def running(self):
        return self.process.poll() is None

    def kill(self):
        if self.running():
            self.process.kill()
        self.process.wait()

    def ask_to_stop(self, timeout=60):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout)

    def wait(self, timeout=600):
        return self.process.wait(timeout)

    def children(self):
        """The processes that it has started."""
        number = self.process.pid
        try:
            tasks = list(Path(f"/proc/{number}/task").iterdir())
            return [int(child) for task in tasks for child in (task / "children").read_text().split()]
        except FileNotFoundError:
            return []

    def memory(self):
        """The most memory that it has had, in MiB."""
        found = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{self.process.pid}/status").read_text())
        return int(found[1]) / 1024
