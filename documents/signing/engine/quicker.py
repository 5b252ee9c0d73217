"""The same answers of pyHanko and asn1crypto, sooner: a few of their inner functions, each pure, done in fewer steps.

They read digits of a signature one by one, look through an object stream anew for each object, and prepare the same
names for comparing hundreds of times. Whatever is unusual goes to their own function, so that errors stay theirs.
`tests/signing/test_quicker.py` compares both. Other versions than those that were read are left as they are.
"""

import binascii
import io
import re
from functools import lru_cache
from importlib.metadata import version
from typing import Any

from asn1crypto import core, x509
from pyhanko.pdf_utils import generic, misc, reader
from pyhanko.pdf_utils.decode_limits import DecodePurpose

READ = {"pyhanko": "0.38.0", "asn1crypto": "1.5.1"}
HEADER = re.compile(rb"[0-9 \r\n\t]+")
PLAIN_HEX = re.compile(rb"[0-9a-fA-F]*")
CHUNK = 4096
LONGEST_NAME = 1_000  # letters of a name that is remembered
UNKNOWN_LENGTH, SHORTEST_LONG_HEADER = 0x80, 3  # of ASN.1: tag and 80, or tag, 81 and a length of one byte
MORE_TAG = 0x1F  # a tag of several bytes


def _theirs(owner: Any, name: str) -> Any:
    """What is replaced has no public name."""
    return getattr(owner, name)


_hex_string = _theirs(generic, "read_hex_string_from_stream")
_decode_name = _theirs(generic, "_decode_name")
_from_object_stream = _theirs(reader.PdfFileReader, "_get_object_from_stream")
_prepare_name = _theirs(x509.NameTypeAndValue, "_ldap_string_prep")
_set_identifier = _theirs(core.ObjectIdentifier, "set")
_skip_space = _theirs(misc, "read_non_whitespace")
_dump_sequence = _theirs(core.Sequence, "dump")


def hex_string(stream: Any) -> Any:
    """A string in angle brackets: a signature with its padding has 30,000 digits."""
    start = stream.tell()
    stream.read(1)
    digits = b""
    while chunk := stream.read(CHUNK):
        piece, end, _rest = chunk.partition(b">")
        if not PLAIN_HEX.fullmatch(piece):
            break
        digits += piece
        if end:
            stream.seek(len(piece) + 1 - len(chunk), io.SEEK_CUR)
            return generic.pdf_string(binascii.unhexlify(digits + b"0" * (len(digits) % 2)))
    stream.seek(start)
    return _hex_string(stream)


@lru_cache(maxsize=4_000)
def _name(letters: bytes) -> str:
    return str(_decode_name(letters))


def decode_name(letters: bytes) -> generic.NameObject:
    """A new object each time: pyHanko notes on it where it stands."""
    return generic.NameObject(_name(letters)) if len(letters) < LONGEST_NAME else _decode_name(letters)


def from_object_stream(self: reader.PdfFileReader, idnum: int, stmnum: int, idx: int) -> Any:
    """One object of an object stream, by a table of contents that is read once."""
    stream: Any = generic.Reference(stmnum, 0, self).get_object()
    places = _places(stream)
    if places is None or idx >= len(places) or places[idx][0] != idnum:
        return _from_object_stream(self, idnum, stmnum, idx)
    content = io.BytesIO(stream.read_data(DecodePurpose.OBJECT_STREAM))
    content.seek(places[idx][1])
    try:
        found = generic.read_object(content, generic.Reference(idnum, 0, self))
        _skip_space(content, seek_back=True, allow_eof=True)
    except (misc.PdfStreamError, misc.PdfReadError):
        return _from_object_stream(self, idnum, stmnum, idx)
    if isinstance(found, generic.StreamObject | generic.IndirectObject):
        return _from_object_stream(self, idnum, stmnum, idx)
    return found


def _places(stream: Any) -> list[tuple[int, int]] | None:
    """Number and place of each object; None when the table is not as plain as everybody writes it."""
    if not isinstance(stream, generic.StreamObject) or stream.get("/Type") != "/ObjStm":
        return None
    noted: Any = stream
    known: list[tuple[int, int]] | None = getattr(noted, "places_of_objects", None)
    if known is not None:
        return known
    first, count = stream["/First"], stream["/N"]
    header = stream.read_data(DecodePurpose.OBJECT_STREAM)[:first]
    words = header.split() if HEADER.fullmatch(header) else []
    numbers = [int(word) for word in words[::2]]
    if len(words) != 2 * count or len(set(numbers)) != count:
        return None
    places = [(number, first + int(place)) for number, place in zip(numbers, words[1::2], strict=True)]
    noted.places_of_objects = places
    return places


@lru_cache(maxsize=4_000)
def _prepared(text: str) -> str:
    return str(_prepare_name(_ANY_NAME, text))


_ANY_NAME = x509.NameTypeAndValue()


def prepare_name(self: x509.NameTypeAndValue, text: str) -> str:
    """A name as RFC 4518 prepares it for comparing. Its own function looks at the text only."""
    return _prepared(text) if len(text) < LONGEST_NAME else str(_prepare_name(self, text))


@lru_cache(maxsize=1_000)
def _encoded(kind: Any, value: str) -> bytes:
    made = kind()
    _set_identifier(made, value)
    return bytes(made.contents)


def set_identifier(self: core.ObjectIdentifier, value: Any) -> None:
    if not isinstance(value, str) or len(value) > LONGEST_NAME:
        _set_identifier(self, value)
        return
    kind: Any = type(self)
    self.contents = _encoded(kind, value)
    self._native = value
    self._header = None
    if self._trailer != b"":
        self._trailer = b""


def dump_sequence(self: core.Sequence, force: bool = False) -> bytes:
    """A length whose last byte is 80 (hexadecimal) is taken for "of unknown length" there, and all is encoded anew."""
    header = self._header
    is_long = header is not None and len(header) >= SHORTEST_LONG_HEADER and header[0] & MORE_TAG != MORE_TAG
    if is_long and header[-1] == UNKNOWN_LENGTH and not force and not self._is_mutated():
        return bytes(header + self.contents + self._trailer)
    return bytes(_dump_sequence(self, force=force))


OURS: tuple[tuple[Any, str, Any], ...] = (
    (generic, "read_hex_string_from_stream", hex_string),
    (generic, "_decode_name", decode_name),
    (reader.PdfFileReader, "_get_object_from_stream", from_object_stream),
    (x509.NameTypeAndValue, "_ldap_string_prep", prepare_name),
    (core.ObjectIdentifier, "set", set_identifier),
    (core.Sequence, "dump", dump_sequence),
)


def install() -> bool:
    """Put them in place; False where other versions are installed than those that were read."""
    if any(version(package) != known for package, known in READ.items()):
        return False
    for owner, name, ours in OURS:
        setattr(owner, name, ours)
    return True
