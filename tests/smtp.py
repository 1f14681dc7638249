"""A mail server on loopback, which keeps what it gets: mails are sent as they are in production."""

import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Thread

ANSWERS = {b"EHLO": b"250 loopback", b"QUIT": b"221 bye"}


class Session(socketserver.StreamRequestHandler):
    """The few commands of SMTP that Django's backend sends."""

    def handle(self) -> None:
        self.wfile.write(b"220 loopback\r\n")
        for line in self.rfile:
            command = line[:4].upper()
            if command == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                self.keep()
            self.wfile.write(ANSWERS.get(command, b"250 ok") + b"\r\n")
            if command == b"QUIT":
                return

    def keep(self) -> None:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        self.server.mails.append(message_from_bytes(b"".join(lines), policy=policy.default))


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    mails: list[EmailMessage]


@contextmanager
def mail_server() -> Iterator[Server]:
    """Run a server on a free port of this machine; its `mails` are what came."""
    with Server(("127.0.0.1", 0), Session) as server:
        server.mails = []
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
