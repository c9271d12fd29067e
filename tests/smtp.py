"""A mail server for tests: takes mail on a port of this machine, and answers as it is told to."""

import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any


@dataclass
class Sink:
    """What arrived. `answer` says what RCPT and DATA are told; `drop` ends the line after DATA without a word."""

    port: int = 0
    raw: list[bytes] = field(default_factory=list)
    answer: Callable[[str], str] = lambda _: "250 OK"
    drop: bool = False
    stall: threading.Event | None = None

    @property
    def mails(self) -> list[EmailMessage]:
        """As a reader's program takes them apart."""
        return [message_from_bytes(raw, policy=policy.default) for raw in self.raw]  # type: ignore[misc]


@contextmanager
def sink() -> Iterator[Sink]:
    """A server that lives inside the block."""
    found = Sink()

    class Talk(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self._say("220 sink")
            while line := self.rfile.readline().decode("ascii", "replace").strip():
                if not self._answer(line):
                    return

        def _answer(self, line: str) -> bool:
            word = line[:4].upper()
            if found.stall is not None:
                found.stall.wait(20)
                return False
            if word == "DATA":
                self._say("354 go on")
                return self._data()
            self._say(found.answer(line) if word == "RCPT" else "221 bye" if word == "QUIT" else "250 OK")
            return word != "QUIT"

        def _data(self) -> bool:
            lines = []
            while (line := self.rfile.readline()) not in (b".\r\n", b""):
                lines.append(line[1:] if line.startswith(b"..") else line)
            found.raw.append(b"".join(lines))
            if not found.drop:
                self._say(found.answer("DATA"))
            return not found.drop

        def _say(self, text: str) -> None:
            self.wfile.write(text.encode() + b"\r\n")

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        allow_reuse_address = True

        def handle_error(self, *_: Any) -> None: ...

    with Server(("127.0.0.1", 0), Talk) as server:
        found.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield found
        if found.stall is not None:
            found.stall.set()
        server.shutdown()
