"""One question about every upload: is it what it says, and harmless? Answered by FileRefusedError or a type.

Reads only the file that it is given, keeps nothing, and bounds its own work: limits first, then content.
"""

import tempfile
import zipfile
from dataclasses import replace
from typing import BinaryIO

from documents.errors import FileRefusedError
from documents.uploads import types
from documents.uploads.archives import Budget, opened, read_through
from documents.uploads.limits import IN_BUNDLE, Limits
from documents.uploads.names import clean_name, extension_of
from documents.uploads.office import inspect_package
from documents.uploads.pdf import inspect_pdf
from documents.uploads.pictures import inspect_picture
from documents.uploads.reasons import Reason
from documents.uploads.types import FileType


def expected_type(name: str, limits: Limits) -> FileType:
    """The type that the name promises, if it is taken here. The message names what is taken."""
    extension = extension_of(name)
    found = types.type_of_extension(extension)
    if found is not None and found in limits.types:
        return found
    taken = ", ".join(kind.code.upper() for kind in limits.types)
    if extension in types.PHONE_PICTURES:
        raise FileRefusedError(Reason.PHONE_PICTURE)
    if extension in types.OLD_OFFICE:
        raise FileRefusedError(Reason.OLD_OFFICE, types=taken)
    if extension in types.WITH_MACROS:
        raise FileRefusedError(Reason.MACROS)
    raise FileRefusedError(Reason.TYPE, types=taken)


def inspect(file: BinaryIO, *, name: str, declared: str, size: int, limits: Limits) -> FileType:
    """`name` is a cleaned name, `declared` the media type that the sender gave, `size` what really arrived."""
    kind = expected_type(name, limits)
    if size == 0:
        raise FileRefusedError(Reason.EMPTY)
    _inspect_content(file, kind, declared, limits, Budget(limits.unpacked_bytes))
    return kind


def _inspect_content(file: BinaryIO, kind: FileType, declared: str, limits: Limits, budget: Budget) -> None:
    media_type = declared.partition(";")[0].strip().lower()
    if media_type not in types.UNDECLARED and media_type not in kind.declared:
        raise FileRefusedError(Reason.MISMATCH)
    file.seek(0)
    if not file.read(len(kind.magic)).startswith(kind.magic):
        raise FileRefusedError(Reason.MISMATCH)
    if kind is types.PDF:
        inspect_pdf(file, limits, budget)
    elif kind in types.PACKAGES:
        inspect_package(file, kind, limits, budget)
    elif kind is types.ZIP:
        _inspect_bundle(file, limits, budget)
    else:
        inspect_picture(file, kind, limits)


def _inspect_bundle(file: BinaryIO, limits: Limits, budget: Budget) -> None:
    """Each paper passes the same inspection as if it had been sent by itself."""
    inner = replace(limits, types=IN_BUNDLE)
    with opened(file, limits) as archive:
        for entry in archive.infolist():
            if not entry.is_dir():
                _inspect_paper(archive, entry, inner, budget)


def _inspect_paper(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limits: Limits, budget: Budget) -> None:
    name = entry.filename.rpartition("/")[2]
    if types.type_of_extension(extension_of(name)) in {types.ZIP, *types.PACKAGES}:
        raise FileRefusedError(Reason.NESTED)
    try:
        kind = expected_type(clean_name(name, limits.name_length), limits)
        with tempfile.TemporaryFile() as paper:
            read_through(archive, entry, budget, keep=paper.write)
            _inspect_content(paper, kind, "", limits, budget)
    except FileRefusedError as refusal:
        if refusal.reason is Reason.UNPACKS_TOO_FAR:
            raise
        raise FileRefusedError(Reason.ENTRY, why=str(refusal)) from refusal
