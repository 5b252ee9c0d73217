"""Certificates and PDFs as we get them: parsed once, bounded, refused in our own words."""

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from hashlib import sha256
from typing import Any

from asn1crypto import x509
from pyhanko.pdf_utils import generic, misc
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.xref import TrailerDictionary

from documents.signing.engine import quicker, revisions
from documents.signing.errors import UnreadableError

LARGEST = 25 * 1024 * 1024  # bytes of a file that is signed or judged
READER: type[PdfFileReader] = revisions.Reader if quicker.is_known() else PdfFileReader


class _Kept(threading.local):
    """One for each thread: asn1crypto reads the parts of an object when they are first asked for."""

    def __init__(self) -> None:
        self.certificate = lru_cache(maxsize=500)(x509.Certificate.load)


_KEPT = _Kept()


def certificate(der: bytes) -> x509.Certificate:
    """Never shared between threads: two that read one at once meet it half read."""
    found: x509.Certificate = _KEPT.certificate(der)
    return found


def fingerprint(der: bytes) -> str:
    return sha256(der).hexdigest()


def name_of(name: x509.Name, part: str) -> str:
    """`part` as asn1crypto calls it: common_name, title, organization_name; empty when it is not there."""
    value = name.native.get(part, "")
    return str(value[0] if isinstance(value, list) else value)


def readable(pdf: bytes) -> PdfFileReader:
    """Raises UnreadableError for what is no PDF, too large, encrypted or broken."""
    if len(pdf) > LARGEST:
        raise UnreadableError(f"{len(pdf)} bytes")
    try:
        reader = READER(io.BytesIO(pdf))
        if reader.encrypted:
            raise UnreadableError("encrypted")
        reader.root  # noqa: B018  reading it is the test
    except (misc.PdfError, ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError) as error:
        raise UnreadableError(f"{type(error).__name__}: {error}") from error
    return reader


@contextmanager
def opened(pdf: bytes) -> Iterator[PdfFileReader]:
    """`readable`, and afterwards all that was read is let go of. Objects and reader know each other, so that only the
    garbage collector, in the middle of a later document, would find them.
    """
    reader = readable(pdf)
    try:
        yield reader
    finally:
        forget(reader)


def forget(reader: PdfFileReader) -> None:
    if isinstance(reader, revisions.Reader):
        reader.forget()


def writable(pdf: bytes) -> IncrementalPdfFileWriter:
    return IncrementalPdfFileWriter.from_reader(readable(pdf))


def written(writer: IncrementalPdfFileWriter) -> bytes:
    writer.write(out := io.BytesIO())
    return out.getvalue()


def inside(dictionary: generic.DictionaryObject | TrailerDictionary, *keys: str) -> Any:
    """What lies under these keys, one in the other; None when one is missing. pyHanko's `get` follows no reference."""
    found: Any = dictionary
    for key in keys:
        if not isinstance(found, generic.DictionaryObject | TrailerDictionary) or key not in found:
            return None
        found = found[key]
    return found


def form_fields(root: generic.DictionaryObject, kind: str) -> dict[str, generic.DictionaryObject]:
    """The fields of one kind (/Tx, /Sig) at the top of the form, by name."""
    found = {}
    for reference in inside(root, "/AcroForm", "/Fields") or ():
        field = reference.get_object()
        if inside(field, "/FT") == kind and "/T" in field:
            found[str(field["/T"])] = field
    return found


def value_of(field: generic.DictionaryObject) -> str:
    return str(inside(field, "/V") or "")
