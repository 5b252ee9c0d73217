"""ZIP archives: counted from their last bytes before Python's reader builds a list of them, then read to the end.

What the directory says is checked first, what the entries really come to is counted while they are read.
"""

import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from stat import S_ISLNK
from typing import IO, BinaryIO

from documents.errors import FileRefusedError
from documents.uploads.limits import Limits
from documents.uploads.names import FORBIDDEN, HIDDEN
from documents.uploads.reasons import Reason

END = struct.Struct("<4s4H2LH")  # end of the central directory
END_MAGIC, LOCAL_HEADER = b"PK\x05\x06", 30
TAIL = END.size + 0xFFFF
DIRECTORY_BYTES = 512  # of one entry in the directory, generously
STEP = 64 * 1024
RATIO_FLOOR = 1024 * 1024  # small archives may pack well
ENCRYPTED, METHODS = 0x1, {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
BROKEN = (zipfile.BadZipFile, NotImplementedError, EOFError, zlib.error, struct.error, ValueError, OSError, KeyError)


class Budget:
    """How much may still be unpacked from one upload, over all archives in it."""

    def __init__(self, unpacked_bytes: int) -> None:
        self._left = unpacked_bytes

    def spend(self, count: int) -> None:
        self._left -= count
        if self._left < 0:
            raise FileRefusedError(Reason.UNPACKS_TOO_FAR)


def _end_record(file: BinaryIO) -> tuple[int, int, int] | None:
    """(entries, size of the directory, its offset) as the last bytes claim; None when this is no archive."""
    size = file.seek(0, 2)
    file.seek(max(0, size - TAIL))
    tail = file.read(TAIL)
    at = tail.rfind(END_MAGIC)
    while at >= 0:
        record = tail[at : at + END.size]
        if len(record) == END.size:
            _, _, _, _, entries, length, offset, comment = END.unpack(record)
            if at + END.size + comment <= len(tail) and length + offset <= size:
                return entries, length, offset
            if 0xFFFF in (entries,) or 0xFFFFFFFF in (length, offset):
                return 0xFFFF, length, offset  # ZIP64: more than any archive here may have
        at = tail.rfind(END_MAGIC, 0, at)
    return None


def ends_as_archive(file: BinaryIO) -> bool:
    """Whether an unpacking program would find an archive in a file that is something else."""
    return _end_record(file) is not None and zipfile.is_zipfile(file)


@contextmanager
def opened(file: BinaryIO, limits: Limits) -> Iterator[zipfile.ZipFile]:
    """The archive with a directory that was looked through; its entries have yet to be read."""
    record = _end_record(file)
    if record is None:
        raise FileRefusedError(Reason.DAMAGED)
    entries, length, _ = record
    if entries > limits.entries or length > DIRECTORY_BYTES * (limits.entries + 1):
        raise FileRefusedError(Reason.TOO_MANY_ENTRIES, most=limits.entries)
    try:
        with zipfile.ZipFile(file) as archive:
            _look_through(archive, limits)
            yield archive
    except BROKEN as error:
        raise FileRefusedError(Reason.DAMAGED) from error


def _look_through(archive: zipfile.ZipFile, limits: Limits) -> None:
    entries = archive.infolist()
    if len(entries) > limits.entries:
        raise FileRefusedError(Reason.TOO_MANY_ENTRIES, most=limits.entries)
    if not entries:
        raise FileRefusedError(Reason.EMPTY)
    names = {unicodedata.normalize("NFC", entry.filename).casefold() for entry in entries}
    if len(names) < len(entries) or not all(map(_is_plain, entries)):
        raise FileRefusedError(Reason.ENTRY_NAME)
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        raise FileRefusedError(Reason.ENCRYPTED)
    if any(entry.compress_type not in METHODS for entry in entries):
        raise FileRefusedError(Reason.DAMAGED)
    unpacked, packed = sum(entry.file_size for entry in entries), sum(entry.compress_size for entry in entries)
    if unpacked > limits.unpacked_bytes or unpacked > max(RATIO_FLOOR, packed * limits.ratio):
        raise FileRefusedError(Reason.UNPACKS_TOO_FAR)
    _refuse_overlaps(entries, archive.start_dir)


def _is_plain(entry: zipfile.ZipInfo) -> bool:
    """A relative path below the archive's own folder, of visible signs, and no link. `orig_filename` keeps a NUL."""
    name = entry.orig_filename
    parts = name.rstrip("/").split("/")
    visible = not any(sign in FORBIDDEN - {"/"} or unicodedata.category(sign) in HIDDEN for sign in name)
    return visible and all(part.strip(" .") for part in parts) and not S_ISLNK(entry.external_attr >> 16)


def _refuse_overlaps(entries: list[zipfile.ZipInfo], directory_at: int) -> None:
    """Entries that share their bytes unpack to more than was sent; bytes before the first hide another file."""
    end = 0
    for entry in sorted(entries, key=lambda one: one.header_offset):
        if entry.header_offset < end or (end == 0 and entry.header_offset != 0):
            raise FileRefusedError(Reason.UNPACKS_TOO_FAR if end else Reason.TWO_IN_ONE)
        end = entry.header_offset + LOCAL_HEADER + len(entry.orig_filename) + entry.compress_size  # at least
    if end > directory_at:
        raise FileRefusedError(Reason.UNPACKS_TOO_FAR)


def read_through(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, budget: Budget, keep: Callable[[bytes], object]
) -> None:
    """Unpack in steps into `keep`, counting; zipfile checks the declared size and the checksum at the end."""
    source: IO[bytes]
    with archive.open(entry) as source:
        while block := source.read(STEP):
            budget.spend(len(block))
            keep(block)
