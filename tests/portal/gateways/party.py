"""Outside parties played by local servers: JSON over HTTP, SMTP, clamd. They run in a thread and know our rules."""

import json
import socket
import socketserver
import struct
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from portal.gateways.http import BadSignature, check_signature, signed_headers

SECRET = "a secret of the party and ours"


class JsonParty(BaseHTTPRequestHandler):
    """Does each client_ref once, signs its answers. `server.behave`: what goes wrong, by name."""

    protocol_version = "HTTP/1.0"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        request = json.loads(body)
        ref = request["client_ref"]
        if not self._trusts(body, ref):
            return self._answer(401, {"code": "BAD_SIGNATURE"}, ref)
        if self.server.behave == "busy":
            return self._answer(503, {}, ref)
        if self.server.behave == "refuse":
            return self._answer(422, {"code": "E42"}, ref)
        if ref not in self.server.done:
            self.server.effects.append((self.path, request))
            self.server.done[ref] = self.server.answer(request)
        if self.server.behave == "silent":
            return time.sleep(1.0)
        if self.server.behave == "hang up":
            return self.connection.shutdown(socket.SHUT_RDWR)
        return self._answer(200, self.server.done[ref], ref)

    def do_GET(self):
        ref = self.path.rsplit("/", 1)[1] if self.path.startswith("/calls/") else self.path[1:]
        if not self._trusts(b"", ref):
            return self._answer(401, {"code": "BAD_SIGNATURE"}, ref)
        known = self.server.done.get(ref.rsplit("/", 1)[-1])
        return self._answer(404 if known is None else 200, known or {}, ref)

    def _trusts(self, body, ref):
        try:
            check_signature(SECRET, self.headers, body, self.command, self.path, ref)
        except BadSignature:
            return False
        return True

    def _answer(self, status, value, ref):
        body = b"<html>" if self.server.behave == "nonsense" else json.dumps(value).encode()
        secret = "another secret" if self.server.behave == "forge" else SECRET
        self.send_response(status)
        for name, text in signed_headers(secret, body, str(status), ref).items():
            self.send_header(name, text)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


class SmtpServer(socketserver.StreamRequestHandler):
    """As much SMTP as a client needs. `server.behave`: refuse, later, hang up (after it took the mail)."""

    def handle(self):
        self._say("220 party")
        while line := self.rfile.readline().decode().strip():
            verb = line[:4].upper()
            if verb in ("EHLO", "HELO", "MAIL", "RSET"):
                self._say("250 ok")
            elif verb == "RCPT":
                self._say({"refuse": "550 no such box", "later": "451 try later"}.get(self.server.behave, "250 ok"))
            elif verb == "DATA":
                self._say("354 go on")
                self.server.effects.append(self._mail())
                if self.server.behave == "hang up":
                    return
                self._say("250 taken")
            elif verb == "QUIT":
                return self._say("221 bye")

    def _mail(self):
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line)
        return b"".join(lines)

    def _say(self, text):
        self.wfile.write(text.encode() + b"\r\n")


class ClamdServer(socketserver.StreamRequestHandler):
    """INSTREAM only."""

    def handle(self):
        assert self.rfile.read(10) == b"zINSTREAM\0"
        data = b""
        while size := struct.unpack("!I", self.rfile.read(4))[0]:
            data += self.rfile.read(size)
        self.server.effects.append(data)
        if self.server.behave == "silent":
            time.sleep(1.0)
        elif self.server.behave == "error":
            self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
        else:
            self.wfile.write(b"stream: Eicar FOUND\0" if b"EICAR" in data else b"stream: OK\0")


class Threaded(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True


@contextmanager
def served(handler):
    """A server on a free port of this machine: `.port`, `.behave`, `.effects` (what was really done)."""
    kind = ThreadingHTTPServer if issubclass(handler, BaseHTTPRequestHandler) else Threaded
    with kind(("127.0.0.1", 0), handler) as server:
        server.port, server.behave, server.effects, server.done = server.server_address[1], "", [], {}
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def closed_port():
    """A port of this machine where nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]
