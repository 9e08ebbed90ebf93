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


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """What the programs of a test that failed have said."""
    report = yield
    if report.when == "call" and report.failed:
        for program in item.funcargs.get("running", []):
            report.sections.append((f"masthead {' '.join(program.arguments[:3])}", program.said))
    return report
