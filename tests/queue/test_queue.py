"""Batches through the queue, with a real server."""

import json
import os
from pathlib import Path

import pytest
from documents import all_kinds, document, drafts, runaway
from programs import Running, masthead, until


def files(folder, but=("register.sqlite", ".masthead", "log-")):
    """All files of a folder, with their bytes."""
    found = [path for path in Path(folder).rglob("*") if path.is_file()]
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in found
        if not any(str(path.relative_to(folder)).startswith(own) for own in but)
    }


def register(folder):
    return sorted(masthead(folder, "register", "export", "-r", "out/register.sqlite")[1].splitlines())


def assert_same(local, queue):
    """Compares what a local batch and one through the queue have written."""
    expected, found = files(local / "out"), files(queue / "out")
    assert sorted(expected) == sorted(found)
    different = [name for name in expected if expected[name] != found[name]]
    assert not different, different
    assert register(local) == register(queue)


def two_folders(tmp_path, make):
    """Makes the same documents in two folders."""
    folders = tmp_path / "local", tmp_path / "queue"
    for folder in folders:
        folder.mkdir()
        make(folder / "drafts")
    return folders


def worker(folder, server, *options):
    jobs = [] if "--jobs" in options else ["--jobs", "1"]
    return Running(folder, "queue", "work", "--nats", server.url, *jobs, *options)


def collect(folder, server, *options, ok=True):
    return masthead(folder, "queue", "collect", "--batch", "b", "--out", "out", "--nats", server.url, *options, ok=ok)


def submit(folder, server, *options, ok=True):
    return masthead(folder, "queue", "submit", "drafts", "--batch", "b", "--nats", server.url, *options, ok=ok)


def status(folder, server):
    return json.loads(masthead(folder, "queue", "status", "--json", "--dead", "--nats", server.url)[1])


@pytest.mark.parametrize(
    "options", [[], ["--name", "{language}/{symbol}"], ["--profile", "print", "--emblem", "drafts/seal.svg"]]
)
def test_the_result_is_that_of_a_local_batch(tmp_path, server, running, options):
    local, queue = two_folders(tmp_path, all_kinds)
    expected = masthead(local, "batch", "drafts", "--out", "out", *options, ok=False)
    running.append(worker(queue, server))
    submit(queue, server, *options)
    found = collect(queue, server, ok=False)
    assert found[0] == expected[0] != 0
    assert_same(local, queue)
    lines = lambda said: [line for line in said[2].splitlines() if not line.startswith(("skipped", "done", "INCOMPLETE"))]
    assert set(lines(found)) <= set(lines(expected))
    # Again, nothing changes, and nothing is rendered.
    before = files(queue / "out")
    assert "0 rendered" in collect(queue, server, ok=False)[2]
    assert files(queue / "out") == before
    assert running[0].ask_to_stop() == 0


def test_a_batch_that_is_submitted_again_renders_only_what_has_changed(tmp_path, server, running):
    local, queue = two_folders(tmp_path, lambda folder: drafts(folder, 12))
    running.append(worker(queue, server))
    submit(queue, server)
    collect(queue, server)
    for folder in (local, queue):
        (folder / "drafts/d00001.yaml").write_text(document(1, words=9))
        (folder / "drafts/a-new.yaml").write_text(document(13))
        (folder / "drafts/d00002.yaml").unlink()
        (folder / "out").mkdir(exist_ok=True)
    said = submit(queue, server)[2]
    assert "12 documents: 2 queued, 10 known, 1 removed" in said
    assert "2 rendered, 10 up to date" in collect(queue, server)[2]
    (queue / "out/d00002.pdf").unlink()
    masthead(queue, "queue", "collect", "--batch", "b", "--out", "fresh", "--nats", server.url)
    masthead(local, "batch", "drafts", "--out", "fresh")
    assert files(queue / "fresh") == files(local / "fresh")
    said = submit(queue, server, "--force")[2]
    assert "12 queued" in said


def test_documents_of_other_programs_are_refused(tmp_path, server, running):
    _, queue = two_folders(tmp_path, lambda folder: drafts(folder, 2))
    submit(queue, server)
    fonts = Path(os.environ["FONTS"]) if "FONTS" in os.environ else Path("fonts").resolve()
    code, _, said = masthead(queue, "queue", "work", "--nats", server.url, "--fonts", fonts, ok=False)
    assert code == 2 and "queue-fingerprint" in said and "--fonts" in said, said
    code, _, said = collect(queue, server, "--fonts", fonts, ok=False)
    assert code == 2 and "queue-fingerprint" in said, said
    running.append(worker(queue, server))
    collect(queue, server)


def test_a_poisonous_document_becomes_a_dead_letter_and_delays_nobody(tmp_path, server, running):
    def make(folder):
        drafts(folder, 30)
        (folder / "a-first.yaml").write_text(runaway(900))

    local, queue = two_folders(tmp_path, make)
    masthead(local, "batch", "drafts", "--out", "out", "--deadline", "1", ok=False)
    for _ in range(2):
        running.append(worker(queue, server, "--deadline", "1"))
    submit(queue, server)
    code, _, said = collect(queue, server, ok=False)
    assert code == 1 and "over-deadline" in said, said
    assert_same(local, queue)
    [letter] = status(queue, server)["dead_letters"]
    assert letter["source"] == "drafts/a-first.yaml" and "time limit" in letter["reason"], letter


# So many notes take most of a minute.
LONG = 10_000
UNLIMITED = ["--deadline", "0", "--memory", "0"]


def processor_time(process):
    """The seconds of processor time that a process has had; 0 if it has ended."""
    try:
        times = Path(f"/proc/{process}/stat").read_text().rsplit(") ", 1)[1].split()
    except FileNotFoundError:
        return 0
    return 0 if times[0] == "Z" else (int(times[11]) + int(times[12])) / os.sysconf("SC_CLK_TCK")


def test_a_document_that_kills_its_process_is_given_up_after_three_attempts(tmp_path, server, running):
    def make(folder):
        folder.mkdir()
        (folder / "a-first.yaml").write_text(runaway(900, notes=LONG))

    _, queue = two_folders(tmp_path, make)
    running.append(worker(queue, server, *UNLIMITED))
    submit(queue, server)
    killed = set()

    def busy():
        # A process that has just begun is busy for less long.
        for child in [child for program in running for child in program.children()]:
            if child not in killed and processor_time(child) > 2:
                return child
        return None

    for attempt in range(3):
        process = until(busy, what="a busy process")
        if attempt == 0:
            # The first worker may take others, too. It leaves them to the second.
            drafts(queue / "drafts", 10)
            submit(queue, server)
            running.append(worker(queue, server, *UNLIMITED))
            until(lambda: status(queue, server)["batches"][0]["rendered"] == 10, what="the end of the others")
            assert processor_time(process), "the runaway has ended"
        os.kill(process, 9)
        killed.add(process)
    code, _, said = collect(queue, server, ok=False)
    assert code == 3 and "killed-the-program" in said and "signal 9" in said, said
    [letter] = status(queue, server)["dead_letters"]
    assert len(letter["attempts"]) == 3, letter
    counts = status(queue, server)["batches"][0]
    assert (counts["rendered"], counts["broken"], counts["dead"], counts["open"]) == (10, 1, 1, 0), counts


def test_urgent_documents_come_first(tmp_path, server, running):
    _, queue = two_folders(tmp_path, lambda folder: drafts(folder, 60))
    (queue / "urgent.yaml").write_text(document(900))
    submit(queue, server)
    arguments = ["urgent.yaml", "--batch", "u", "--priority", "high", "--nats", server.url]
    masthead(queue, "queue", "submit", *arguments)
    running.append(worker(queue, server))
    masthead(queue, "queue", "collect", "--batch", "u", "--out", "urgent", "--nats", server.url)
    counts = {batch["batch"]: batch for batch in status(queue, server)["batches"]}
    assert counts["b"]["open"] > 20, counts


def test_documents_that_arrive_are_followed(tmp_path, server, running):
    _, queue = two_folders(tmp_path, lambda folder: drafts(folder, 3))
    common = ["--batch", "b", "--nats", server.url, "--follow"]
    running.append(worker(queue, server))
    running.append(Running(queue, "queue", "submit", "drafts", *common))
    until(lambda: status(queue, server)["batches"], what="the batch")
    running.append(Running(queue, "queue", "collect", "--out", "out", *common))
    until(lambda: (queue / "out/report.json").exists(), what="a report")
    (queue / "drafts/later.yaml").write_text(document(4))
    until(lambda: (queue / "out/later.pdf").exists(), what="the file of a document that arrived")
    until(lambda: (queue / "out/report.json").exists() and "later.pdf" in (queue / "out/report.json").read_text())
    first = (queue / "out/d00001.pdf").read_bytes()
    (queue / "drafts/d00001.yaml").write_text(document(1, words=9))
    until(lambda: (queue / "out/d00001.pdf").read_bytes() != first, what="the file of a document that changed")
    for program in running[1:]:
        assert program.ask_to_stop() == 0, program.said


def test_batches_are_removed(tmp_path, server, running):
    _, queue = two_folders(tmp_path, lambda folder: drafts(folder, 5))
    submit(queue, server)
    code, _, said = masthead(queue, "queue", "purge", "b", "--nats", server.url, ok=False)
    assert code == 2 and "--yes" in said
    masthead(queue, "queue", "purge", "b", "--yes", "--nats", server.url)
    assert status(queue, server)["batches"] == []
    running.append(worker(queue, server))
    submit(queue, server)
    collect(queue, server)
