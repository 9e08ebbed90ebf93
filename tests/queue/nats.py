"""A small client of nats-server, with which tests look into the queue, and write to it as somebody else would."""

import base64
import json
import socket


class Nats:
    def __init__(self, server):
        self.socket = socket.create_connection(("127.0.0.1", server.port), timeout=10)
        self.stream = self.socket.makefile("rb")
        self.stream.readline()
        self.socket.sendall(b'CONNECT {"verbose":false,"headers":true}\r\nSUB _answers.* 1\r\n')
        self.asked = 0

    def ask(self, subject, data=b""):
        """Sends a request, and returns the answer."""
        self.asked += 1
        data = data.encode() if isinstance(data, str) else data
        self.socket.sendall(f"PUB {subject} _answers.{self.asked} {len(data)}\r\n".encode() + data + b"\r\n")
        while True:
            line = self.stream.readline().split()
            if line[0] == b"PING":
                self.socket.sendall(b"PONG\r\n")
            elif line[0] in (b"MSG", b"HMSG"):
                body = self.stream.read(int(line[-1]) + 2)[:-2]
                if line[1] == f"_answers.{self.asked}".encode():
                    return body[int(line[-2]):] if line[0] == b"HMSG" else body

    def api(self, subject, value=None):
        return json.loads(self.ask(f"$JS.API.{subject}", b"" if value is None else json.dumps(value)))

    def streams(self):
        return sorted(self.api("STREAM.NAMES").get("streams") or [])

    def config(self, stream):
        return self.api(f"STREAM.INFO.{stream}")["config"]

    def subjects(self, stream, like=">"):
        return sorted(self.api(f"STREAM.INFO.{stream}", {"subjects_filter": like})["state"].get("subjects") or {})

    def last(self, stream, subject):
        message = self.api(f"STREAM.MSG.GET.{stream}", {"last_by_subj": subject})["message"]
        return base64.b64decode(message.get("data", ""))

    def purge(self, stream, subjects):
        return self.api(f"STREAM.PURGE.{stream}", {"filter": subjects})["purged"]

    def objects(self, batch):
        """The names of all contents of a batch."""
        about = self.subjects(f"OBJ_masthead-{batch}", f"$O.masthead-{batch}.M.*")
        return [base64.urlsafe_b64decode(subject.rsplit(".", 1)[1]).decode() for subject in about]

    def forget_object(self, batch, name):
        """Removes the parts of an object, not what is known about it."""
        about = f"$O.masthead-{batch}.M.{base64.urlsafe_b64encode(name.encode()).decode()}"
        info = json.loads(self.last(f"OBJ_masthead-{batch}", about))
        assert self.purge(f"OBJ_masthead-{batch}", f"$O.masthead-{batch}.C.{info['nuid']}") > 0
