"""How much of what: one row of limits per kind of upload. The setting UPLOAD_LIMITS replaces single values."""

from dataclasses import dataclass, fields, replace
from typing import Any

from django.conf import settings

from documents.uploads.kinds import UploadKind
from documents.uploads.types import DOCX, JPEG, PDF, PNG, XLSX, ZIP, FileType

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """`ratio` is unpacked to packed size of a whole archive; `nesting` how many archives may lie inside each other.

    `unpacked_bytes` bounds what an archive, or the streams of a PDF, come to when they are opened.
    """

    types: tuple[FileType, ...]
    bytes: int
    name_length: int = 150  # characters
    pixels: int = 80_000_000  # of one picture
    pdf_pages: int = 500
    pdf_objects: int = 20_000  # a quarter of a millisecond each
    pdf_data: bool = False  # JSON or XML attached to a PDF/A-3
    entries: int = 0  # of an archive
    ratio: int = 100
    unpacked_bytes: int = 400 * MIB
    nesting: int = 0

    @property
    def extensions(self) -> tuple[str, ...]:
        """As a file field's `accept` wants them: ".pdf", ".jpg"."""
        return tuple(extension for kind in self.types for extension in kind.extensions)


# Below the 25 MiB that a virus scanner takes by default; documents/checks.py holds that.
DEFAULTS: dict[UploadKind, Limits] = {
    UploadKind.ATTACHMENT: Limits(types=(PDF, JPEG, PNG), bytes=20 * MIB),
    UploadKind.DRAFT: Limits(
        types=(PDF, JPEG, PNG, DOCX, XLSX), bytes=20 * MIB, pdf_objects=40_000, entries=2000, nesting=1
    ),
    UploadKind.INCOMING: Limits(types=(PDF,), bytes=24 * MIB, pdf_pages=1000, pdf_objects=40_000, pdf_data=True),
    UploadKind.CHECK: Limits(types=(PDF,), bytes=10 * MIB, pdf_data=True),
    UploadKind.BUNDLE: Limits(types=(ZIP,), bytes=24 * MIB, entries=100, ratio=20, unpacked_bytes=200 * MIB),
}
IN_BUNDLE = (PDF, JPEG, PNG)  # what an archive of papers may hold


def limits_for(kind: UploadKind) -> Limits:
    """The limits of the kind, with what the setting replaces: {"attachment": {"bytes": 10485760}}."""
    replaced: dict[str, Any] = settings.UPLOAD_LIMITS.get(kind.value, {})
    return replace(DEFAULTS[kind], **replaced) if replaced else DEFAULTS[kind]


def adjustable() -> set[str]:
    """What the setting may replace: numbers, never which types are taken."""
    return {field.name for field in fields(Limits)} - {"types"}
