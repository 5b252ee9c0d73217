"""DOCX and XLSX: packages of XML. Parts are taken by a list of what office programs write, everything else is refused.

Looked for: macros, objects of other programs, content fetched from elsewhere (templates, DDE), entities in XML.
"""

import re
import tempfile
import zipfile
from pathlib import PurePosixPath
from typing import BinaryIO

from documents.errors import FileRefusedError
from documents.uploads.archives import Budget, opened, read_through
from documents.uploads.limits import Limits
from documents.uploads.names import extension_of
from documents.uploads.reasons import Reason
from documents.uploads.types import DOCX, XLSX, FileType

MAIN = {DOCX: "word/document", XLSX: "xl/workbook"}  # without .xml
CONTENT_TYPES = "[Content_Types].xml"
XML = (".xml", ".rels", ".vml", ".psmdcp")
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf", ".wdp", ".svg")
HARMLESS = frozenset({*PICTURES, ".odttf", ".ttf", ".fntdata"})
PRINTER = "printersettings"  # the one folder where a .bin is what it says
XML_LIMIT = 32 * 1024 * 1024  # of one part, held in memory
MACRO_WORDS = re.compile(rb"macroEnabled|vnd\.ms-office\.(vbaProject|activeX)|oleObject", re.I)
DECLARATIONS = re.compile(rb"<!DOCTYPE|<!ENTITY", re.I)
OUTSIDE = re.compile(rb"<Relationship\b[^>]*?TargetMode\s*=\s*[\"']External[\"'][^>]*>", re.I)
LINK = re.compile(rb"Type\s*=\s*[\"'][^\"']*/hyperlink[\"']", re.I)
FETCHING = re.compile(rb"/(aFChunk|externalLink|attachedTemplate|subDocument|frame)[\"']", re.I)
FIELD = re.compile(rb"<w:instrText[^>]*>([^<]*)</w:instrText>|w:instr\s*=\s*\"([^\"]*)\"")
DDE = re.compile(rb"\bDDE(AUTO)?\b|\bINCLUDE(TEXT|PICTURE)\b\s*\"?\s*(https?:|\\\\)", re.I)


def inspect_package(file: BinaryIO, kind: FileType, limits: Limits, budget: Budget, depth: int = 0) -> None:
    with opened(file, limits) as archive:
        names = {entry.filename for entry in archive.infolist()}
        if CONTENT_TYPES not in names or f"{MAIN[kind]}.xml" not in names:
            raise FileRefusedError(Reason.MISMATCH)
        for entry in archive.infolist():
            if not entry.is_dir():
                _inspect_part(archive, entry, limits, budget, depth)


def _inspect_part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limits: Limits, budget: Budget, depth: int) -> None:
    path, extension = PurePosixPath(entry.filename.lower()), extension_of(entry.filename)
    nested = next((kind for kind in MAIN if extension in kind.extensions), None)
    if nested and "embeddings" in path.parts:  # the sheet behind a chart
        if depth >= limits.nesting:
            raise FileRefusedError(Reason.NESTED)
        with tempfile.TemporaryFile() as inner:
            read_through(archive, entry, budget, keep=inner.write)
            inspect_package(inner, nested, limits, budget, depth + 1)
    elif extension in XML:
        _inspect_xml(archive, entry, budget)
    elif extension in HARMLESS or (extension == ".bin" and PRINTER in path.parts):
        read_through(archive, entry, budget, keep=len)
    else:
        raise FileRefusedError(Reason.MACROS)


def _inspect_xml(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, budget: Budget) -> None:
    if entry.file_size > XML_LIMIT:
        raise FileRefusedError(Reason.UNPACKS_TOO_FAR)
    part = bytearray()
    read_through(archive, entry, budget, keep=part.extend)
    text = _as_utf8(bytes(part))
    if DECLARATIONS.search(text):
        raise FileRefusedError(Reason.OUTSIDE)
    relates = extension_of(entry.filename) == ".rels"
    if (relates or entry.filename == CONTENT_TYPES) and MACRO_WORDS.search(text):
        raise FileRefusedError(Reason.MACROS)
    if relates and (FETCHING.search(text) or any(not LINK.search(hit) for hit in OUTSIDE.findall(text))):
        raise FileRefusedError(Reason.OUTSIDE)
    if DDE.search(b"".join(one or other for one, other in FIELD.findall(text))):
        raise FileRefusedError(Reason.OUTSIDE)


def _as_utf8(part: bytes) -> bytes:
    """Some programs write XML in UTF-16; what can't be read so is no XML of an office program."""
    if not part.startswith((b"\xff\xfe", b"\xfe\xff")):
        if b"\x00" in part:
            raise FileRefusedError(Reason.DAMAGED)
        return part
    try:
        return part.decode("utf-16").encode()
    except UnicodeError as error:
        raise FileRefusedError(Reason.DAMAGED) from error
