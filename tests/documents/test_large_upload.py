"""200 MB through the door: counted to the end, held neither in memory nor on the disk, and refused in words."""

import tracemalloc
from io import RawIOBase
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.http import HttpRequest
from django.test import RequestFactory

from documents.errors import FileRefusedError
from documents.operations.files import store_upload
from documents.uploads.kinds import UploadKind
from documents.uploads.reasons import Reason
from portal.events.actors import System
from tests.cast import NOW

MIB = 1024 * 1024
HEAD = b'--x\r\nContent-Disposition: form-data; name="f"; filename="a.pdf"\r\nContent-Type: application/pdf\r\n\r\n'
TAIL = b"\r\n--x--\r\n"


class Body(RawIOBase):
    """A form with one file of `size` bytes that exist only while they are read."""

    def __init__(self, size: int) -> None:
        self._left, self._parts = size, [HEAD]
        self.length = len(HEAD) + size + len(TAIL)

    def readable(self) -> bool:
        return True

    def read(self, count: int = -1) -> bytes:
        if self._parts:
            return self._parts.pop()
        if self._left > 0:
            block = b"%PDF-1.7" + bytes(min(count, self._left, MIB) - 8) if self._left > 8 else bytes(self._left)
            self._left -= len(block)
            if not self._left:
                self._parts = [TAIL]
            return block
        return b""


def request(size: int) -> HttpRequest:
    body = Body(size)
    found = RequestFactory().generic("POST", "/", data=b"x", content_type="multipart/form-data; boundary=x")
    found.META["CONTENT_LENGTH"] = str(body.length)
    found._stream = body  # type: ignore[attr-defined]  # where Django reads the body from
    found._read_started = False  # type: ignore[attr-defined]  # the same
    return found


def store(upload: "UploadedFile[bytes]") -> None:
    store_upload(upload=upload, kind=UploadKind.ATTACHMENT, unit_id=1, owner=None, actor=System.COMMAND, now=NOW)


def test_it_is_refused_without_being_kept(db: None, scratch: Path) -> None:
    tracemalloc.start()
    sent = request(200 * MIB)
    upload = sent.FILES["f"]
    memory = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert upload.size == 200 * MIB
    assert sum(path.stat().st_size for path in scratch.iterdir()) == 0
    assert memory < 10 * MIB
    with pytest.raises(FileRefusedError) as refused:
        store(upload)
    assert refused.value.reason is Reason.TOO_LARGE
    sent.close()
    assert not list(scratch.iterdir())


def test_what_is_small_enough_arrives_whole(scratch: Path) -> None:
    sent = request(3 * MIB)
    assert sum(len(block) for block in sent.FILES["f"].chunks()) == 3 * MIB
    sent.close()
    assert not list(scratch.iterdir())


def test_a_file_that_lies_about_its_size_is_not_read_on(db: None) -> None:
    upload = SimpleUploadedFile("a.pdf", bytes(21 * MIB), "application/pdf")
    upload.size = 10
    with pytest.raises(FileRefusedError) as refused:
        store(upload)
    assert refused.value.reason is Reason.TOO_LARGE
