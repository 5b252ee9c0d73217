"""The chain of a book. The database computes the same text (migration 0002) and refuses an entry whose hash differs.

    hash = sha256(previous hash, 32 bytes | canonical text)        the first previous hash is 32 zero bytes

The canonical text is UTF-8: the line `mc.register.1`, then each field as `name:bytes:value` and a line feed; a missing
value is `name:-`. A new column means a new first line; old rows keep theirs.
"""

import hashlib
from datetime import UTC, date, datetime
from typing import Any

FIRST = "0" * 64
FIELDS = (
    "book_id", "unit_id", "kind", "year", "number", "notation", "dated_on", "arrived_on", "late", "type_code",
    "subject", "author", "reference", "reference_on", "signer", "recipients", "keeper", "copies", "file_code",
    "permitted_by", "note", "recorded_at", "recorded_by",
)  # fmt: skip


def canonical(entry: Any) -> str:
    lines = ["mc.register.1\n"]
    for name in FIELDS:
        text = _text(getattr(entry, name))
        lines.append(f"{name}:-\n" if text is None else f"{name}:{len(text.encode())}:{text}\n")
    return "".join(lines)


def entry_hash(entry: Any, prev_hash: str) -> str:
    return hashlib.sha256(bytes.fromhex(prev_hash) + canonical(entry).encode()).hexdigest()


def void_digest(entry: Any) -> str:
    """What the fact of a voiding keeps of it: neither reason nor moment can change unseen."""
    at = _moment(entry.voided_at) if entry.voided_at else "-"
    parts = [entry.hash, entry.void_reason, entry.voided_by, at]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def remark_digest(remark: Any) -> str:
    on = remark.on.isoformat() if remark.on else "-"
    parts = [str(remark.entry_id), remark.column, on, remark.text, remark.recorded_by, _moment(remark.recorded_at)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _text(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return _moment(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _moment(value: datetime) -> str:
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
