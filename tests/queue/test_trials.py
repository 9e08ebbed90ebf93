"""Trials: workers, servers and collectors that are killed, load, memory, and a cluster.

Short forms run in CI. The environment makes them longer: `DOCUMENTS` is a folder of genuine documents, `MANY` the number of
documents to submit, and `STRICT` makes figures that depend on the machine count.
"""

import os
import resource
import shutil
import signal
import time
from pathlib import Path

import pytest
from documents import drafts
from nats import Nats
from programs import Running, Server, masthead, until
from test_queue import assert_same, collect, files, register, status, submit, worker

GENUINE = os.environ.get("DOCUMENTS")
MANY = int(os.environ.get("MANY", "1000"))
STRICT = bool(os.environ.get("STRICT"))
JOBS = 2


def some(folder, count):
    """Genuine documents if there are some, and else such as are made up."""
    if GENUINE:
        shutil.copytree(GENUINE, folder)
    else:
        drafts(folder, count)


def with_documents(tmp_path, count=200):
    folders = tmp_path / "local", tmp_path / "queue"
    for folder in folders:
        folder.mkdir()
        some(folder / "drafts", count)
    return folders


def open_documents(folder, server):
    batches = status(folder, server)["batches"]
    return batches[0]["open"] if batches else None


def test_everything_is_killed_and_nothing_is_lost(tmp_path, server, running):
    """A worker again and again (every two seconds with genuine documents), the server twice, the collector twice."""
    local, queue = with_documents(tmp_path)
    masthead(local, "batch", "drafts", "--out", "out", ok=False)
    submit(queue, server)
    running.extend(worker(queue, server) for _ in range(3))
    collecting = ["queue", "collect", "--batch", "b", "--out", "out", "--nats", server.url]
    collector = Running(queue, *collecting)
    kills = {"worker": 0, "server": 0, "collector": 0}
    begun = time.monotonic()
    while collector.running():
        time.sleep(2 if GENUINE else 0.5)
        victim = kills["worker"] % 3
        running[victim].kill()
        running[victim] = worker(queue, server)
        kills["worker"] += 1
        if kills["worker"] in (2, 5):
            server.restart()
            kills["server"] += 1
        if kills["worker"] in (3, 6) and collector.running():
            collector.kill()
            collector = Running(queue, *collecting)
            kills["collector"] += 1
        assert time.monotonic() - begun < 600, collector.said
    running.append(collector)
    print(kills, f"{time.monotonic() - begun:.0f} s", collector.said.splitlines()[-1])
    assert collector.wait() in (0, 1), collector.said
    assert_same(local, queue)
    counts = status(queue, server)
    assert counts["dead_letters"] == [] and counts["batches"][0]["open"] == 0, counts
    assert kills["server"] == 2 and kills["collector"] == 2, kills


def used():
    """The processor time of all processes that have ended."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return children.ru_utime + children.ru_stime


def processor_time(process):
    """The processor time of a process that runs, in seconds."""
    fields = Path(f"/proc/{process}/stat").read_text().rsplit(") ", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def test_throughput_is_that_of_a_local_batch(tmp_path, running):
    local, queue = with_documents(tmp_path, 300)

    def local_batch(out):
        begun, before = time.monotonic(), used()
        masthead(local, "batch", "drafts", "--out", out, "--jobs", JOBS, ok=False)
        return time.monotonic() - begun, used() - before

    first = local_batch("out")
    server = Server(queue / "store").start()
    running.append(server)
    submit(queue, server)
    before = used()
    at_work = worker(queue, server, "--jobs", JOBS)
    running.append(at_work)
    begun = time.monotonic()
    collect(queue, server, ok=False)
    queue_clock = time.monotonic() - begun
    # The processes that render are not waited for when the worker ends.
    rendering = sum(processor_time(child) for child in at_work.children())
    at_work.ask_to_stop()
    # The server has also taken the documents.
    server.kill()
    queue_processor = used() - before + rendering
    assert_same(local, queue)
    # Machines change their pace: once before, once after.
    clock, processor = (sum(both) / 2 for both in zip(first, local_batch("again")))
    ratios = clock / queue_clock, processor / queue_processor
    print(f"local {clock:.1f} s, {processor:.1f} s of processor; queue {queue_clock:.1f} s, {queue_processor:.1f} s")
    print(f"throughput by clock {ratios[0]:.2f}, by processor time {ratios[1]:.2f}")
    if STRICT:
        assert ratios[0] >= 0.9, ratios


def test_many_documents_are_submitted(tmp_path, server):
    drafts(tmp_path / "drafts", MANY)
    begun = time.monotonic()
    submit(tmp_path, server)
    took = time.monotonic() - begun
    print(f"{MANY} documents submitted in {took:.1f} s")
    if STRICT:
        assert took < 60 * max(MANY, 2000) / 17000
    assert open_documents(tmp_path, server) == MANY
    begun = time.monotonic()
    assert f"{MANY} known" in submit(tmp_path, server)[2]
    print(f"again in {time.monotonic() - begun:.1f} s")


def test_memory_does_not_grow(tmp_path, running):
    """Of worker and collector, with four times the documents."""
    peaks = []
    for count in (150, 600):
        folder = tmp_path / str(count)
        drafts(folder / "drafts", count)
        server = Server(folder / "store").start()
        running.append(server)
        submit(folder, server)
        one = worker(folder, server)
        running.append(one)
        collector = Running(folder, "queue", "collect", "--batch", "b", "--out", "out", "--nats", server.url)
        peak = 0
        while collector.running():
            try:
                peak = collector.memory()
            except (TypeError, FileNotFoundError):
                pass
            time.sleep(0.02)
        running.append(collector)
        assert collector.wait() == 0, collector.said
        children = [int(Path(f"/proc/{child}/status").read_text().split("VmHWM:")[1].split()[0]) / 1024
                    for child in one.children()]
        peaks.append((one.memory(), peak, max(children)))
        one.kill()
        server.kill()
    print("worker, collector, process that renders, in MiB:", peaks)
    for few, many in zip(*peaks):
        assert many < few * 1.25 + 16, peaks


@pytest.fixture
def cluster(tmp_path):
    """Three servers."""
    servers = [Server(tmp_path / f"store-{at}", name=f"s{at}") for at in range(3)]
    from programs import free_port

    routes = [free_port() for _ in servers]
    for at, server in enumerate(servers):
        others = ", ".join(f'"nats://127.0.0.1:{port}"' for port in routes)
        server.config += f'cluster {{ name: c, listen: "127.0.0.1:{routes[at]}", routes: [{others}] }}\n'
    for server in servers:
        server.start(wait=False)
    for server in servers:
        until(server.answers)
    yield servers
    for server in servers:
        server.kill()


def test_a_member_of_a_cluster_is_cut_off_and_returns(tmp_path, cluster, running):
    local, queue = with_documents(tmp_path)
    masthead(local, "batch", "drafts", "--out", "out", ok=False)
    urls = ",".join(server.url for server in cluster)
    cluster[0].all = urls

    class All:
        url = urls

    def submitted():
        code, _, said = masthead(
            queue, "queue", "submit", "drafts", "--batch", "b", "--nats", urls, "--replicas", "3", ok=False
        )
        return code == 0

    until(submitted, 120, "the submission to a cluster that has just started")
    running.extend(worker(queue, All) for _ in range(2))
    collector = Running(queue, "queue", "collect", "--batch", "b", "--out", "out", "--nats", urls)
    running.append(collector)
    everything = len(list((queue / "drafts").rglob("*")))
    until(lambda: len(list((queue / "out").rglob("*.pdf"))) > everything / 10, 120, "the first files")
    cluster[1].process.send_signal(signal.SIGSTOP)
    time.sleep(6)
    cluster[1].process.send_signal(signal.SIGCONT)
    assert collector.wait(600) in (0, 1), collector.said
    assert_same(local, queue)
    assert status(queue, All)["dead_letters"] == []


def test_replicas_are_those_of_the_whole_queue(tmp_path, cluster):
    drafts(tmp_path / "drafts", 1)
    urls = ",".join(server.url for server in cluster)

    def submitted(batch, *options):
        code, _, _ = masthead(
            tmp_path, "queue", "submit", "drafts", "--batch", batch, "--nats", urls, *options, ok=False
        )
        return code == 0

    def replicas():
        nats = Nats(cluster[0])
        return {nats.config(name)["num_replicas"] for name in nats.streams() if "masthead" in name.lower()}

    until(lambda: submitted("b"), 120, "the submission to a cluster that has just started")
    assert replicas() == {1}
    until(lambda: submitted("b", "--replicas", "3"), 60, "the submission")
    assert replicas() == {3}
    # Those of another batch, too.
    assert submitted("c")
    assert replicas() == {3}
