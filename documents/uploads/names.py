"""The sender's name of a file: kept as data, never used as a path, and refused when it deceives."""

import re
import unicodedata

from documents.errors import FileRefusedError
from documents.uploads.reasons import Reason
from documents.uploads.types import ACTIVE

RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)  # devices where people open it
FORBIDDEN = frozenset('/\\:*?"<>|')
# Controls, marks of direction and other invisible signs, halves of pairs, private and unassigned signs.
HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def clean_name(name: str, limit: int) -> str:
    """The name in NFC with single blanks, or FileRefusedError. It holds exactly one ending that means anything."""
    if len(name) > 8 * limit:  # before anything that costs time
        raise FileRefusedError(Reason.NAME_TOO_LONG, most=limit)
    if any(sign in FORBIDDEN or unicodedata.category(sign) in HIDDEN for sign in name):
        raise FileRefusedError(Reason.NAME_ODD)
    cleaned = " ".join(unicodedata.normalize("NFC", name).split())
    if len(cleaned) > limit:
        raise FileRefusedError(Reason.NAME_TOO_LONG, most=limit)
    stem, *endings = cleaned.split(".")
    if not stem.strip() or RESERVED.fullmatch(stem.strip()) or ".." in cleaned:
        raise FileRefusedError(Reason.NAME_ODD)
    if any(ending.strip().lower() in ACTIVE for ending in endings[:-1]):
        raise FileRefusedError(Reason.NAME_DOUBLE)
    return cleaned


def extension_of(name: str) -> str:
    """`.pdf` of “Giấy tờ.PDF”; empty when there is none."""
    _, dot, ending = name.rpartition(".")
    return f".{ending.lower()}" if dot else ""
