"""The same answers of pyHanko and asn1crypto, sooner: a few of their inner functions, each pure, done in fewer steps.

They read digits of a signature one by one and prepare the same names for comparing hundreds of times. Whatever
is unusual goes to their own function, so that errors stay theirs. `tests/signing/test_quicker.py` compares both. Other
versions than those that were read are left as they are.
"""

import binascii
import io
import re
from functools import lru_cache
from importlib.metadata import version
from typing import Any

from asn1crypto import core, x509
from pyhanko.pdf_utils import generic

READ = {"pyhanko": "0.38.0", "asn1crypto": "1.5.1"}
DELIMITER = re.compile(rb"[ \n\r\t\f\x00()<>\[\]{}/%]")
NAME_CHUNK = 48
PLAIN_HEX = re.compile(rb"[0-9a-fA-F]*")
CHUNK = 4096
LONGEST_NAME = 1_000  # letters of a name that is remembered
UNKNOWN_LENGTH, SHORTEST_LONG_HEADER = 0x80, 3  # of ASN.1: tag and 80, or tag, 81 and a length of one byte
MORE_TAG = 0x1F  # a tag of several bytes


def theirs(owner: Any, name: str) -> Any:
    """What is replaced has no public name."""
    return getattr(owner, name)


_hex_string = theirs(generic, "read_hex_string_from_stream")
_until_delimiter = theirs(generic, "read_until_delimiter")
_decode_name = theirs(generic, "_decode_name")
_prepare_name = theirs(x509.NameTypeAndValue, "_ldap_string_prep")
_dump_sequence = theirs(core.Sequence, "dump")
_hashable_name = theirs(x509.Name, "hashable").fget


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


def until_delimiter(stream: Any) -> bytes:
    """The letters of a name, which they read one by one. At the end of a file, and for long names, by their own."""
    piece: bytes = stream.read(NAME_CHUNK)
    found = DELIMITER.search(piece)
    if found is None:
        stream.seek(-len(piece), io.SEEK_CUR)
        return bytes(_until_delimiter(stream))
    stream.seek(found.start() - len(piece), io.SEEK_CUR)
    return piece[: found.start()]


@lru_cache(maxsize=4_000)
def _name(letters: bytes) -> str:
    return str(_decode_name(letters))


def decode_name(letters: bytes) -> generic.NameObject:
    """A new object each time: pyHanko notes on it where it stands."""
    return generic.NameObject(_name(letters)) if len(letters) < LONGEST_NAME else _decode_name(letters)


@lru_cache(maxsize=4_000)
def _prepared(text: str) -> str:
    return str(_prepare_name(_ANY_NAME, text))


_ANY_NAME = x509.NameTypeAndValue()


def prepare_name(self: x509.NameTypeAndValue, text: str) -> str:
    """A name as RFC 4518 prepares it for comparing. Its own function looks at the text only."""
    return _prepared(text) if len(text) < LONGEST_NAME else str(_prepare_name(self, text))


@lru_cache(maxsize=2_000)
def _comparable(der: bytes) -> str:
    return str(_hashable_name(x509.Name.load(der)))


def hashable_name(self: x509.Name) -> str:
    """By its bytes: a chain is looked up by the names of issuers and subjects, again and again."""
    der = self.dump()
    return _comparable(der) if len(der) < LONGEST_NAME else str(_hashable_name(self))


def dump_sequence(self: core.Sequence, force: bool = False) -> bytes:
    """A length whose last byte is 80 (hexadecimal) is taken for "of unknown length" there, and all is encoded anew."""
    header = self._header
    is_long = header is not None and len(header) >= SHORTEST_LONG_HEADER and header[0] & MORE_TAG != MORE_TAG
    if is_long and header[-1] == UNKNOWN_LENGTH and not force and not self._is_mutated():
        return bytes(header + self.contents + self._trailer)
    return bytes(_dump_sequence(self, force=force))


OURS: tuple[tuple[Any, str, Any], ...] = (
    (generic, "read_hex_string_from_stream", hex_string),
    (generic, "read_until_delimiter", until_delimiter),
    (generic, "_decode_name", decode_name),
    (x509.NameTypeAndValue, "_ldap_string_prep", prepare_name),
    (core.Sequence, "dump", dump_sequence),
    (x509.Name, "hashable", property(hashable_name)),
)


def is_known() -> bool:
    """Whether the versions are installed that were read."""
    return all(version(package) == known for package, known in READ.items())


def install() -> bool:
    """Put them in place, or leave all as it is."""
    if not is_known():
        return False
    for owner, name, ours in OURS:
        setattr(owner, name, ours)
    return True
