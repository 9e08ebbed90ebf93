"""What can go wrong between the programs: late, lost and altered messages, and programs that come at the wrong time."""

import json
import os
import shutil
import signal
import time
import urllib.request
from pathlib import Path

from documents import SEAL, document, drafts, runaway
from nats import Nats
from programs import ENVIRONMENT, Running, Server, free_port, masthead, until
from test_queue import assert_same, collect, files, status, submit, two_folders, worker

FONTS = Path(os.environ["FONTS"]) if "FONTS" in os.environ else Path("fonts").resolve()


def counts(folder, server, batch="b"):
    return next(it for it in status(folder, server)["batches"] if it["batch"] == batch)


def local_batch(folder):
    masthead(folder, "batch", "drafts", "--out", "out", ok=False)


def renderers(program, count):
    """The processes of a worker that render, once there are so many. One that is stopped earlier stops the worker, too."""
    children = program.children()
    ready = [child for child in children if b"serve-worker" in Path(f"/proc/{child}/cmdline").read_bytes()]
    return ready if len(ready) == count else None


def stopped_worker(folder, server, running, *options, processes=1):
    """A worker whose processes that render do nothing until they are told to go on, and a batch that it has to render."""
    # The worker waits for a queue before it starts them.
    drafts(folder / "other", 1)
    masthead(folder, "queue", "submit", "other", "--batch", "other", "--nats", server.url)
    masthead(folder, "queue", "purge", "other", "--yes", "--nats", server.url)
    program = worker(folder, server, "--jobs", str(processes), *options)
    running.append(program)
    children = until(lambda: renderers(program, processes), what="the processes that render")
    for child in children:
        os.kill(child, signal.SIGSTOP)
    submit(folder, server)
    return program, children


def go_on(children):
    for child in children:
        os.kill(child, signal.SIGCONT)


def in_progress(folder, server, number):
    until(lambda: status(folder, server)["in_progress"] == number, what=f"{number} documents in progress")


def test_a_late_result_of_an_older_version_replaces_nothing(tmp_path, server, running):
    local, queue = two_folders(tmp_path, lambda folder: drafts(folder, 3))
    _, children = stopped_worker(queue, server, running)
    # As many as it takes at once.
    in_progress(queue, server, 3)
    running.append(worker(queue, server))
    for folder in (local, queue):
        for path in (folder / "drafts").rglob("*.yaml"):
            path.write_text(path.read_text().replace("made for", "drawn for"))
    assert "3 queued" in submit(queue, server)[2]
    until(lambda: counts(queue, server)["rendered"] == 3, what="the new version")
    go_on(children)
    time.sleep(3)
    now = counts(queue, server)
    assert (now["rendered"], now["open"]) == (3, 0), now
    collect(queue, server)
    local_batch(local)
    assert_same(local, queue)
    assert "3 known" in submit(queue, server)[2]


def test_contents_that_are_lost_cost_their_document_and_are_stored_again(tmp_path, server, running):
    local, queue = two_folders(tmp_path, lambda folder: drafts(folder, 5))
    submit(queue, server)
    nats = Nats(server)
    nats.forget_object("b", sorted(nats.objects("b"))[0])
    running.append(worker(queue, server))
    code, _, said = collect(queue, server, ok=False)
    assert code != 0 and said.count("[queue-lost]") == 1 and "4 rendered" in said, said
    [letter] = status(queue, server)["dead_letters"]
    assert "no longer stored" in letter["reason"] and "drafts/" in letter["reason"], letter
    assert "1 queued, 4 known" in submit(queue, server)[2]
    assert "1 rendered" in collect(queue, server)[2]
    local_batch(local)
    assert_same(local, queue)


def test_a_file_that_is_lost_costs_its_document_and_is_rendered_again(tmp_path, server, running):
    local, queue = two_folders(tmp_path, lambda folder: drafts(folder, 5))
    running.append(worker(queue, server))
    submit(queue, server)
    until(lambda: counts(queue, server)["rendered"] == 5, what="the end")
    nats = Nats(server)
    nats.forget_object("b", next(name for name in nats.objects("b") if name.startswith("file-")))
    code, _, said = collect(queue, server, ok=False)
    assert code != 0 and said.count("[queue-lost]") == 1 and "4 rendered" in said, said
    assert "1 queued, 4 known" in submit(queue, server)[2]
    collect(queue, server)
    local_batch(local)
    assert_same(local, queue)


def test_results_that_are_gone_are_not_waited_for(tmp_path, server, running):
    _, queue = two_folders(tmp_path, lambda folder: drafts(folder, 3))
    running.append(worker(queue, server))
    submit(queue, server)
    until(lambda: counts(queue, server)["rendered"] == 3, what="the end")
    nats = Nats(server)
    nats.purge("MASTHEAD_RESULTS", nats.subjects("MASTHEAD_RESULTS")[0])
    code, _, said = collect(queue, server, ok=False)
    assert code != 0 and "neither queued" in said and "2 rendered" in said, said
    assert "1 queued, 2 known" in submit(queue, server)[2]
    assert "1 rendered" in collect(queue, server)[2]


def test_one_document_with_many_files(tmp_path, server, running):
    """Their contents are the same, and are read while others store them."""
    _, queue = two_folders(tmp_path, lambda folder: drafts(folder, 1))
    rows = "".join(f"drafts/d00001.yaml,o{number}.pdf\n" for number in range(40))
    (queue / "list.csv").write_text(f"file,output\n{rows}")
    running.append(worker(queue, server, "--jobs", "2"))
    masthead(queue, "queue", "submit", "list.csv", "--batch", "b", "--nats", server.url)
    assert "40 rendered" in collect(queue, server)[2]
    assert len({path.read_bytes() for path in (queue / "out").glob("*.pdf")}) == 1
    # A source and a file, which nobody stores again, unless two do so at the same time.
    nats = Nats(server)
    assert len(nats.objects("b")) == 2
    assert nats.api("STREAM.INFO.OBJ_masthead-b")["state"]["last_seq"] <= 12


def test_contents_that_nothing_names_are_removed(tmp_path, server, running):
    _, queue = two_folders(tmp_path, lambda folder: drafts(folder, 4))
    (queue / "drafts/seal.svg").write_text(SEAL)
    (queue / "drafts/sealed.yaml").write_text(document(9, more="emblem: seal.svg\n"))
    running.append(worker(queue, server))
    submit(queue, server)
    collect(queue, server)
    nats = Nats(server)
    assert len(nats.objects("b")) == 5 * 2 + 1
    (queue / "drafts/sealed.yaml").unlink()
    (queue / "drafts/d00001.yaml").write_text(document(1, words=9))
    submit(queue, server)
    collect(queue, server)
    submit(queue, server)
    assert len(nats.objects("b")) == 4 * 2
    parts = nats.subjects("OBJ_masthead-b", "$O.masthead-b.C.*")
    assert len(parts) == 4 * 2


def test_files_are_not_written_outside_of_the_folder(tmp_path, server, running):
    _, queue = two_folders(tmp_path, lambda folder: drafts(folder, 6))
    running.append(worker(queue, server))
    submit(queue, server)
    until(lambda: counts(queue, server)["rendered"] == 6, what="the end")
    nats = Nats(server)
    evil = tmp_path / "evil"
    names = [f"{evil}/a.pdf", "../../evil/b.pdf", ".masthead/c.pdf", "register.sqlite", ".profile", "con.pdf"]
    keys = nats.subjects("KV_masthead-documents", "$KV.masthead-documents.b.>")
    for name, key in zip(names, keys):
        entry = json.loads(nats.last("KV_masthead-documents", key))
        entry["output"] = {"Ok": name}
        nats.ask(key, json.dumps(entry))
    code, _, said = collect(queue, server, ok=False)
    assert code != 0 and said.count("[output-") == 6, said
    assert not evil.exists() and not (queue / "out/.profile").exists()
    assert list((queue / "out").rglob("*.pdf")) == []


def test_messages_that_were_altered_are_given_up(tmp_path, server, running):
    _, queue = two_folders(tmp_path, lambda folder: drafts(folder, 3))
    submit(queue, server)
    nats = Nats(server)
    evil = tmp_path / "evil.txt"
    first, second, _ = nats.subjects("MASTHEAD_WORK")
    work = json.loads(nats.last("MASTHEAD_WORK", first))
    work["order"]["settings"] = {str(evil): work["order"]["source"]}
    for subject, message in ((first, json.dumps(work)), (second, "nonsense")):
        nats.purge("MASTHEAD_WORK", subject)
        nats.ask(subject, message)
    running.append(worker(queue, server))
    code, _, said = collect(queue, server, ok=False)
    assert code != 0 and said.count("was altered") == 2 and "1 rendered" in said, said
    assert len(status(queue, server)["dead_letters"]) == 2
    assert not evil.exists()


def test_passwords_are_not_shown(tmp_path, monkeypatch):
    users = 'authorization { users: [{ user: "me", password: "topsecret" }] }\n'
    server = Server(tmp_path / "store", users).start()
    try:
        drafts(tmp_path / "drafts", 2)
        url = server.url.replace("nats://", "nats://me:topsecret@")
        masthead(tmp_path, "queue", "submit", "drafts", "--batch", "b", "--nats", url)
        for arguments in ([f"--nats={url}"], ["--nats", url]):
            collector = Running(tmp_path, "queue", "collect", "--batch", "b", "--out", "out", *arguments)
            until(lambda: (tmp_path / "out/.masthead/lock").exists(), what="the collector")
            time.sleep(1)
            collector.process.send_signal(signal.SIGINT)
            assert collector.wait() == 130
            assert "to resume, run" in collector.said and "topsecret" not in collector.said, collector.said
        monkeypatch.setitem(ENVIRONMENT, "NATS_URL", url)
        assert "topsecret" not in masthead(tmp_path, "queue", "status", "--help")[1]
    finally:
        server.kill()


def test_only_a_submission_creates_the_queue(tmp_path, server, running):
    _, queue = two_folders(tmp_path, lambda folder: drafts(folder, 2))
    assert status(queue, server)["batches"] == []
    assert collect(queue, server, ok=False)[0] == 2
    masthead(queue, "queue", "work", "--until-empty", "--nats", server.url)
    running.append(worker(queue, server))
    time.sleep(1)
    assert Nats(server).streams() == []
    submit(queue, server)
    collect(queue, server)


def test_a_batch_that_is_removed_while_it_is_worked_on_holds_up_nobody(tmp_path, server, running):
    _, queue = two_folders(tmp_path, lambda folder: drafts(folder, 3))
    _, children = stopped_worker(queue, server, running)
    in_progress(queue, server, 3)
    masthead(queue, "queue", "purge", "b", "--yes", "--nats", server.url)
    go_on(children)
    begun = time.monotonic()
    masthead(queue, "queue", "submit", "drafts", "--batch", "c", "--nats", server.url)
    masthead(queue, "queue", "collect", "--batch", "c", "--out", "out", "--nats", server.url)
    assert time.monotonic() - begun < 40
    # Nothing of the other is left.
    nats = Nats(server)
    for stream in ("MASTHEAD_RESULTS", "MASTHEAD_DEAD", "KV_masthead-documents", "KV_masthead-attempts"):
        assert not [subject for subject in nats.subjects(stream) if ".b." in subject], stream


def test_a_removal_that_was_interrupted_can_be_repeated(tmp_path, server):
    _, queue = two_folders(tmp_path, lambda folder: drafts(folder, 3))
    submit(queue, server)
    nats = Nats(server)
    nats.purge("KV_masthead-batches", "$KV.masthead-batches.b")
    masthead(queue, "queue", "purge", "b", "--yes", "--nats", server.url)
    assert "OBJ_masthead-b" not in nats.streams() and nats.subjects("MASTHEAD_WORK") == []
    code, _, said = masthead(queue, "queue", "purge", "b", "--yes", "--nats", server.url, ok=False)
    assert code == 2 and "there is no batch" in said, said


def test_a_worker_whose_fonts_were_changed_ends(tmp_path, server, running):
    _, queue = two_folders(tmp_path, lambda folder: drafts(folder, 3))
    fonts = tmp_path / "fonts"
    fonts.mkdir()
    first, second, *_ = sorted(path for path in FONTS.rglob("*") if path.suffix in (".ttf", ".otf"))
    shutil.copy(first, fonts)
    fonts_then = tmp_path / "then"
    fonts_then.mkdir()
    shutil.copy(first, fonts_then)
    before = ["drafts/d00001.yaml", "--batch", "a", "--nats", server.url, "--fonts", fonts_then]
    masthead(queue, "queue", "submit", *before)
    program = worker(queue, server, "--fonts", fonts)
    running.append(program)
    until(lambda: counts(queue, server, "a")["rendered"] == 1, what="the batch before")
    shutil.copy(second, fonts)
    [child] = program.children()
    os.kill(child, 9)
    submit(queue, server, "--fonts", fonts_then)
    assert program.wait(60) == 2 and "queue-fingerprint" in program.said, program.said
    assert counts(queue, server)["rendered"] == 0


def test_batches_that_are_over_refuse_no_worker(tmp_path, server, running):
    _, queue = two_folders(tmp_path, lambda folder: drafts(folder, 2))
    running.append(worker(queue, server))
    follower = Running(queue, "queue", "submit", "drafts", "--batch", "b", "--follow", "--nats", server.url)
    running.append(follower)
    until(lambda: status(queue, server)["batches"] and counts(queue, server)["rendered"] == 2, what="the end")
    assert counts(queue, server)["following"]
    assert follower.ask_to_stop() == 0
    assert not counts(queue, server)["following"]
    masthead(queue, "queue", "work", "--until-empty", "--fonts", FONTS, "--nats", server.url)


def test_documents_that_no_worker_can_render_are_counted(tmp_path, server):
    _, queue = two_folders(tmp_path, lambda folder: drafts(folder, 4))
    submit(queue, server)
    assert list(status(queue, server)["waiting"].values()) == [4]


def test_a_worker_at_work_says_that_all_documents_are_for_others(tmp_path, server, running):
    _, queue = two_folders(tmp_path, lambda folder: drafts(folder, 4))
    (queue / "own.yaml").write_text(document(9))
    masthead(queue, "queue", "submit", "own.yaml", "--batch", "own", "--nats", server.url)
    port = free_port()
    program = worker(queue, server, "--metrics", f"127.0.0.1:{port}")
    running.append(program)
    until(lambda: counts(queue, server, "own")["rendered"] == 1, what="its own")
    submit(queue, server, "--fonts", FONTS)
    until(lambda: "batch b was submitted with other fonts" in program.said, what="the notice")
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
        assert "masthead_queue_waiting 0" in answer.read().decode()
    assert program.running()


def test_a_server_without_room_makes_no_dead_letters(tmp_path, running):
    server = Server(tmp_path / "store")
    server.config = server.config.replace("store_dir", "max_file_store: 20M, store_dir")
    server.start()
    running.append(server)
    local, queue = two_folders(tmp_path, lambda folder: drafts(folder, 3))
    submit(queue, server)
    nats = Nats(server)
    nats.api("STREAM.CREATE.FILL", {"name": "FILL", "subjects": ["fill"], "storage": "file"})
    for size in (900_000, 20_000, 500):
        while "error" not in json.loads(nats.ask("fill", b"x" * size)):
            pass
    program = worker(queue, server)
    running.append(program)
    until(lambda: "is tried again later" in program.said, what="trouble")
    nats.api("STREAM.DELETE.FILL")
    collect(queue, server)
    assert status(queue, server)["dead_letters"] == []
    local_batch(local)
    assert_same(local, queue)


def test_names_that_are_not_text(tmp_path, server, running):
    def make(folder):
        drafts(folder, 2)
        os.makedirs(os.fsencode(folder) + b"/caf\xe9")
        Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9/a\xff.yaml")).write_text(document(7))

    local, queue = two_folders(tmp_path, make)
    running.append(worker(queue, server))
    submit(queue, server)
    collect(queue, server)
    local_batch(local)
    assert_same(local, queue)


def test_words_from_another_folder(tmp_path, server, running):
    def make(folder):
        drafts(folder / "house", 1)
        (folder / "house/masthead.toml").write_text('[house]\nname = "Board"\nwords = "../words/own.toml"\n')
        (folder / "words").mkdir()
        shutil.copy(FONTS.parent / "src/prepare/words/fr.toml", folder / "words/own.toml")

    local, queue = two_folders(tmp_path, make)
    running.append(worker(queue, server))
    submit(queue, server)
    assert "1 rendered" in collect(queue, server)[2]
    local_batch(local)
    assert_same(local, queue)


def test_a_folder_that_is_empty_for_a_moment_removes_nothing(tmp_path, server, running):
    _, queue = two_folders(tmp_path, lambda folder: drafts(folder, 3))
    code, _, said = masthead(queue, "queue", "submit", "-", "--batch", "b", "--follow", "--nats", server.url, ok=False)
    assert code == 2 and "standard input" in said, said
    follower = Running(queue, "queue", "submit", "drafts", "--batch", "b", "--follow", "--nats", server.url)
    running.append(follower)
    until(lambda: "3 queued" in follower.said, what="the submission")
    for path in list((queue / "drafts").rglob("*.yaml")):
        path.rename(queue / path.name)
    until(lambda: "nothing is changed" in follower.said, what="the notice")
    assert counts(queue, server)["documents"] == 3
    for path in queue.glob("*.yaml"):
        path.rename(queue / "drafts" / path.name)
    assert follower.ask_to_stop() == 0
    assert counts(queue, server)["documents"] == 3
    # Nor if it is empty from the beginning.
    for path in list((queue / "drafts").rglob("*.yaml")):
        path.unlink()
    follower = Running(queue, "queue", "submit", "drafts", "--batch", "b", "--follow", "--nats", server.url)
    running.append(follower)
    until(lambda: "0 documents" in follower.said, what="the submission")
    assert counts(queue, server)["documents"] == 3


def test_whoever_follows_reads_only_what_has_changed(tmp_path, server, running):
    _, queue = two_folders(tmp_path, lambda folder: drafts(folder, 3))
    time.sleep(2.5)
    follower = Running(queue, "queue", "submit", "drafts", "--batch", "b", "--follow", "--nats", server.url)
    running.append(follower)
    until(lambda: "3 queued" in follower.said, what="the submission")
    # The same time and size: it is not read again.
    unread = queue / "drafts/d00001.yaml"
    times = unread.stat()
    text = unread.read_text()
    unread.write_text(text.replace("Tides 1", "Tides 9"))
    os.utime(unread, ns=(times.st_atime_ns, times.st_mtime_ns))
    (queue / "drafts/new.yaml").write_text(document(8))
    until(lambda: "4 documents: 1 queued, 3 known" in follower.said, what="the document that is new")
    (queue / "drafts/new.yaml").touch()
    time.sleep(2)
    assert follower.said.count("documents:") == 2, follower.said
    assert follower.ask_to_stop() == 0


def test_a_collector_that_follows_ends_well_while_documents_are_open(tmp_path, server, running):
    _, queue = two_folders(tmp_path, lambda folder: drafts(folder, 2))
    submit(queue, server)
    collector = Running(
        queue, "queue", "collect", "--batch", "b", "--out", "out", "--follow", "--nats", server.url
    )
    running.append(collector)
    until(lambda: (queue / "out/.masthead/lock").exists(), what="the collector")
    time.sleep(1)
    assert collector.ask_to_stop() == 0, collector.said


def test_a_worker_that_is_asked_to_stop_takes_no_more(tmp_path, server, running):
    _, queue = two_folders(tmp_path, lambda folder: drafts(folder, 8))
    program, children = stopped_worker(queue, server, running, processes=3)
    # Three are rendered, and two are handed back, because they wait for the others. They count until somebody takes them.
    in_progress(queue, server, 5)
    time.sleep(3)
    program.process.send_signal(signal.SIGTERM)
    time.sleep(0.5)
    go_on(children)
    assert program.wait(60) == 0, program.said
    now = status(queue, server)
    assert (now["batches"][0]["rendered"], now["batches"][0]["open"], now["in_progress"]) == (3, 5, 2), now
    masthead(queue, "queue", "work", "--until-empty", "--nats", server.url)
    now = status(queue, server)
    assert (now["batches"][0]["rendered"], now["batches"][0]["open"], now["in_progress"]) == (8, 0, 0), now


def test_a_batch_that_is_submitted_again_changes_its_priority(tmp_path, server):
    _, queue = two_folders(tmp_path, lambda folder: drafts(folder, 3))
    submit(queue, server)
    assert "3 known" in submit(queue, server, "--priority", "high")[2]
    priorities = [subject.split(".")[3] for subject in Nats(server).subjects("MASTHEAD_WORK")]
    assert priorities == ["high"] * 3


def test_sources_of_another_checkout_are_not_those_that_were_submitted(tmp_path, server, running):
    _, queue = two_folders(tmp_path, lambda folder: drafts(folder, 3))
    running.append(worker(queue, server))
    submit(queue, server)
    other = tmp_path / "other"
    (other / "drafts").mkdir(parents=True)
    (other / "drafts/d00001.yaml").write_text(document(77))
    collect(other, server)
    (queue / "drafts/d00002.yaml").unlink()
    submit(queue, server)
    said = collect(other, server)[2]
    assert "gone" not in said, said


def test_batches_are_removed_after_the_time_they_are_kept(tmp_path, server, running):
    _, queue = two_folders(tmp_path, lambda folder: drafts(folder, 2))
    submit(queue, server, "--keep", "0.00001")
    again = ["queue", "submit", "drafts", "--batch", "c", "--nats", server.url]
    time.sleep(2)
    masthead(queue, *again)
    # Those that wait do not expire.
    assert counts(queue, server)["open"] == 2
    running.append(worker(queue, server))
    collect(queue, server)
    masthead(queue, *again)
    assert [batch["batch"] for batch in status(queue, server)["batches"]] == ["c"]
    assert "OBJ_masthead-b" not in Nats(server).streams()


def test_a_folder_that_cannot_be_written(tmp_path, server, running):
    _, queue = two_folders(tmp_path, lambda folder: drafts(folder, 2))
    running.append(worker(queue, server))
    submit(queue, server)
    code, _, said = masthead(
        queue, "queue", "collect", "--batch", "b", "--out", "/proc/out", "--nats", server.url, ok=False
    )
    assert code == 2 and "/proc/out" in said, said
    collect(queue, server)


def test_a_collector_goes_on_with_the_next_submission(tmp_path, server, running):
    local, queue = two_folders(tmp_path, lambda folder: drafts(folder, 4))
    running.append(worker(queue, server, "--deadline", "0"))
    (queue / "drafts/d00001.yaml").write_text(runaway(1))
    submit(queue, server)
    collector = Running(queue, "queue", "collect", "--batch", "b", "--out", "out", "--nats", server.url)
    running.append(collector)
    until(lambda: len(list((queue / "out").rglob("*.pdf"))) == 3, what="the other files")
    (queue / "drafts/d00001.yaml").write_text(document(1))
    submit(queue, server)
    # What was collected until then is registered and reported.
    until(lambda: (queue / "out/report.json").exists(), what="a report")
    assert collector.wait(60) == 0, collector.said
    assert "submitted again" in collector.said and "1 rendered, 3 up to date" in collector.said, collector.said
    local_batch(local)
    assert_same(local, queue)


def test_a_dead_letter_does_not_stay_beside_a_result(tmp_path, server, running):
    """A worker was lost after it had given a document up, and before it could tell; another renders it."""
    _, queue = two_folders(tmp_path, lambda folder: drafts(folder, 1))
    program, [child] = stopped_worker(queue, server, running)
    in_progress(queue, server, 1)
    nats = Nats(server)
    [subject] = nats.subjects("MASTHEAD_WORK")
    letter = {"reason": "none", "attempts": [], "batch": "b", "source": "drafts/d00001.yaml", "work": None}
    nats.ask(f"masthead.dead.b.{subject.split('.')[5]}", json.dumps(letter))
    assert counts(queue, server)["dead"] == 1
    program.kill()
    os.kill(child, 9)
    running.append(worker(queue, server))
    collect(queue, server)
    assert counts(queue, server)["dead"] == 0


def test_a_process_that_hangs_without_using_the_processor(tmp_path, server, running):
    local, queue = two_folders(tmp_path, lambda folder: drafts(folder, 3))
    stopped_worker(queue, server, running, "--deadline", "1")
    in_progress(queue, server, 3)
    begun = time.monotonic()
    collect(queue, server)
    assert time.monotonic() - begun > 20
    assert status(queue, server)["dead_letters"] == []
    local_batch(local)
    assert_same(local, queue)
