"""ClamAV's daemon, spoken to by INSTREAM over a socket of the machine or of the network."""

import re
import socket
import struct
import time
from typing import IO
from urllib.parse import urlsplit

from django.conf import settings

from documents.scanning.answers import Answer, Clean, Infected, UnclearAnswerError
from documents.storage import chunks

ANSWER_LIMIT = 4096  # bytes
FOUND = re.compile(r"stream: (?P<virus>[^\x00-\x1f]{1,200}) FOUND")


class Clamd:
    """One connection for each file. The whole conversation is bounded, however slowly the other side speaks."""

    def scan(self, content: IO[bytes]) -> Answer:
        until = time.monotonic() + settings.SCANNER_CONNECT_SECONDS + settings.SCANNER_ANSWER_SECONDS
        try:
            with _connect(settings.CLAMD_ADDRESS) as line:
                _send(line, content, until)
                text = _receive(line, until)
        except OSError as error:  # refused, reset, timed out
            raise UnclearAnswerError(f"clamd: {type(error).__name__}") from error
        if text == "stream: OK":
            return Clean()
        if found := FOUND.fullmatch(text):
            return Infected(found["virus"])
        raise UnclearAnswerError(f"clamd: {text[:200]}")


def _connect(address: str) -> socket.socket:
    seconds = settings.SCANNER_CONNECT_SECONDS
    if not address.startswith("tcp://"):
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(seconds)
        try:
            line.connect(address)
        except OSError:
            line.close()
            raise
        return line
    place = urlsplit(address)
    return socket.create_connection((place.hostname or "", place.port or 3310), timeout=seconds)


def _send(line: socket.socket, content: IO[bytes], until: float) -> None:
    """A scanner that has heard enough answers and hangs up in the middle: its answer says why, so it is read."""
    try:
        _spend(line, until)
        line.sendall(b"zINSTREAM\0")
        for block in chunks(content):
            _spend(line, until)
            line.sendall(struct.pack(">L", len(block)) + block)
        line.sendall(struct.pack(">L", 0))
    except (BrokenPipeError, ConnectionResetError):
        return


def _receive(line: socket.socket, until: float) -> str:
    answer = b""
    while not answer.endswith(b"\0"):
        _spend(line, until)
        block = line.recv(ANSWER_LIMIT)
        if not block or len(answer) > ANSWER_LIMIT:
            break
        answer += block
    return answer.rstrip(b"\0\n").decode("utf-8", "replace") if answer.endswith(b"\0") else ""


def _spend(line: socket.socket, until: float) -> None:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    line.settimeout(left)
