"""What the tests share."""

import pytest
from programs import Server


@pytest.fixture
def server(tmp_path):
    server = Server(tmp_path / "store").start()
    yield server
    server.kill()


@pytest.fixture
def running():
    """Programs that are ended with the test."""
    programs = []
    yield programs
    for program in programs:
        program.kill()
