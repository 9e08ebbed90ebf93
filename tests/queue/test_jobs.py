"""Jobs of the HTTP API."""

import http.client
import json
import re
import time
import urllib.error
import urllib.request

import pytest
from documents import document, runaway
from nats import Nats
from programs import Running, masthead, until
from test_queue import status, worker


def call(address, path, body=None, media_type="application/yaml"):
    """Returns the status, the headers and the body of an answer."""
    headers = {"Content-Type": media_type} if body is not None else {}
    request = urllib.request.Request(f"http://{address}{path}", body, headers)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


@pytest.fixture
def api(tmp_path, server, running):
    """A server with a queue."""
    arguments = ["--no-open", "--listen", "127.0.0.1:0", "--body", "1", "--workers", "1"]
    program = Running(tmp_path, "serve", *arguments, "--nats", server.url)
    running.append(program)
    return until(lambda: re.search(r"listening on http://([^/]+)/", program.said), what="the server")[1]


def post(api, text, query="", **more):
    code, _, body = call(api, f"/v1/jobs{query}", text.encode() if isinstance(text, str) else text, **more)
    return code, json.loads(body)


def done(api, job):
    def found():
        code, _, body = call(api, f"/v1/jobs/{job['id']}")
        assert code == 200, body
        now = json.loads(body)
        return now if now["state"] != "queued" else None

    return until(found, what="the end of the job")


def test_a_job_is_queued_and_rendered(tmp_path, server, running, api):
    code, job = post(api, document(1))
    assert code == 202 and job["state"] == "queued" and re.fullmatch("[0-9a-f]{32}", job["id"]), job
    assert call(api, f"/v1/jobs/{job['id']}/file")[0] == 404
    [batch] = status(tmp_path, server)["batches"]
    assert (batch["batch"], batch["documents"], batch["open"]) == ("_jobs", 1, 1), batch
    assert post(api, document(1)) == (202, job)
    running.append(worker(tmp_path, server))
    job = done(api, job)
    assert job["state"] == "rendered" and job["pages"] >= 1, job
    code, headers, file = call(api, job["file"])
    assert code == 200 and headers["Content-Type"] == "application/pdf" and file.startswith(b"%PDF-")
    assert call(api, "/v1/render", document(1).encode())[2] == file
    # The same document is the same job, and is not rendered again.
    code, again = post(api, document(1))
    assert (code, again) == (202, job)
    # As JSON, with options.
    body = json.dumps({"document": {"source": document(2)}, "profile": "print", "priority": "high"})
    code, job = post(api, body, media_type="application/json")
    assert code == 202 and done(api, job)["state"] == "rendered"


def test_documents_with_errors_and_such_as_exceed_limits(tmp_path, server, running, api):
    running.append(worker(tmp_path, server, "--deadline", "1"))
    _, wrong = post(api, document(3, more="nonsense: 1\n"))
    wrong = done(api, wrong)
    assert wrong["state"] == "refused" and wrong["findings"] and not wrong.get("file"), wrong
    assert call(api, f"/v1/jobs/{wrong['id']}/file")[0] == 404
    _, runs = post(api, runaway(4))
    runs = done(api, runs)
    assert runs["state"] == "refused" and runs["findings"][0]["code"] == "over-deadline", runs


def test_wrong_requests(api):
    for name in ("0" * 32, "x", "*", "0" * 31 + "%3E", "..%2F..", "a.b"):
        for path in (f"/v1/jobs/{name}", f"/v1/jobs/{name}/file"):
            code, headers, body = call(api, path)
            assert code == 404 and headers["Content-Type"] == "application/problem+json", (path, code, body)
    assert call(api, "/v1/jobs", b"{", "application/json")[0] == 400
    assert call(api, "/v1/jobs", b"x", "image/png")[0] == 415
    # It is refused by its length, before it is sent.
    connection = http.client.HTTPConnection(api, timeout=60)
    connection.putrequest("POST", "/v1/jobs")
    connection.putheader("Content-Type", "application/yaml")
    connection.putheader("Content-Length", str(2 << 20))
    connection.endheaders()
    answer = connection.getresponse()
    assert answer.status == 413 and b"too-large" in answer.read()


def test_the_server_of_the_queue_is_away(server, api):
    _, job = post(api, document(1))
    server.kill()
    time.sleep(0.5)
    for path, body in (("/v1/jobs", document(2).encode()), (f"/v1/jobs/{job['id']}", None)):
        begun = time.monotonic()
        code, headers, answer = call(api, path, body)
        assert code == 503 and headers["Retry-After"] and b"queue" in answer, (code, answer)
        assert time.monotonic() - begun < 15
    server.start()
    until(lambda: call(api, f"/v1/jobs/{job['id']}")[0] == 200, what="the queue")


def test_jobs_are_removed(tmp_path, server, running, api):
    nats = Nats(server)
    day = 24 * 3600 * 10**9
    assert nats.config("OBJ_masthead-_jobs")["max_age"] == 8 * day
    _, job = post(api, document(1))
    running.append(worker(tmp_path, server))
    done(api, job)
    masthead(tmp_path, "queue", "purge", "_jobs", "--yes", "--nats", server.url)
    assert call(api, f"/v1/jobs/{job['id']}")[0] == 404
    assert status(tmp_path, server)["batches"] == []
    # Others are accepted after that.
    _, job = post(api, document(2))
    assert done(api, job)["state"] == "rendered"


def test_jobs_are_kept_for_a_time(tmp_path, server, running):
    arguments = ["--no-open", "--listen", "127.0.0.1:0", "--keep-jobs", "0.00003"]
    program = Running(tmp_path, "serve", *arguments, "--nats", server.url)
    running.append(program)
    api = until(lambda: re.search(r"listening on http://([^/]+)/", program.said), what="the server")[1]
    running.append(worker(tmp_path, server))
    _, job = post(api, document(1))
    until(lambda: call(api, f"/v1/jobs/{job['id']}")[0] == 404, what="the end of the time")


def test_a_server_without_a_queue(tmp_path, running):
    program = Running(tmp_path, "serve", "--no-open", "--listen", "127.0.0.1:0")
    running.append(program)
    api = until(lambda: re.search(r"listening on http://([^/]+)/", program.said), what="the server")[1]
    assert call(api, "/v1/jobs", document(1).encode())[0] == 501
    assert "/v1/jobs" not in json.loads(call(api, "/openapi.json")[2])["paths"]
