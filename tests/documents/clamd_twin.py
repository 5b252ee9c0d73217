"""A virus scanner of a few lines, on a real socket: it speaks clamd's INSTREAM and can misbehave on request."""

import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.documents.making import EICAR


@dataclass
class Twin:
    """`answer` empty: it looks for the test virus. `silent` never answers, `hangs_up` ends in the middle."""

    address: str
    answer: bytes = b""
    silent: bool = False
    hangs_up: bool = False
    limit: int = 25 * 1024 * 1024
    heard: list[int] = field(default_factory=list)

    def serve(self, line: socket.socket) -> None:
        if _exactly(line, 10) != b"zINSTREAM\0":
            line.sendall(b"UNKNOWN COMMAND\0")
            return
        content = bytearray()
        while length := struct.unpack(">L", _exactly(line, 4))[0]:
            content += _exactly(line, length)
            if len(content) > self.limit:
                line.sendall(b"INSTREAM size limit exceeded. ERROR\0")
                return
            if self.hangs_up:
                return
        self.heard.append(len(content))
        if self.silent:
            time.sleep(3)
            return
        found = b"stream: Eicar-Test-Signature FOUND\0" if EICAR in content else b"stream: OK\0"
        line.sendall(self.answer or found)


def _exactly(line: socket.socket, count: int) -> bytes:
    got = b""
    while len(got) < count:
        block = line.recv(count - len(got))
        if not block:
            raise ConnectionError
        got += block
    return got


@contextmanager
def running(folder: Path | None = None) -> Iterator[Twin]:
    """On a socket in the folder, or without one on a port of this machine."""
    if folder:
        listener, address = socket.socket(socket.AF_UNIX), str(folder / "clamd.ctl")
        listener.bind(address)
    else:
        listener = socket.socket()
        listener.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{listener.getsockname()[1]}"
    listener.listen()
    twin = Twin(address)

    def accept() -> None:
        while True:
            try:
                line, _ = listener.accept()
            except OSError:
                return
            with line:
                try:
                    twin.serve(line)
                except OSError:
                    continue

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    try:
        yield twin
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(5)
