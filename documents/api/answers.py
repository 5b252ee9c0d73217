"""Books and entries as flat dictionaries."""

from datetime import datetime
from typing import Any

from documents.models import RegisterBook, RegisterEntry, RegisterRemark
from documents.policies import Asker, Capability, may
from documents.registers.states import BookState, EntryAction

Json = dict[str, Any]


def _moment(value: datetime | None) -> str | None:
    return value.isoformat() if value else None


def book(row: RegisterBook) -> Json:
    return {
        "id": row.pk,
        "unitId": row.unit_id,
        "kind": row.kind,
        "series": row.series,
        "year": row.year,
        "state": row.state,
        "lastNumber": row.last_number,
        "headHash": row.head_hash,
        "closedAt": _moment(row.closed_at),
    }


def entry(row: RegisterEntry, abilities: list[str]) -> Json:
    return {
        "id": row.pk,
        "bookId": row.book_id,
        "number": row.number,
        "text": row.text,
        "notation": row.notation,
        "documentDate": row.dated_on.isoformat(),
        "arrivedDate": row.arrived_on.isoformat() if row.arrived_on else None,
        "isLate": row.late,
        "subject": row.subject,
        "author": row.author,
        "reference": row.reference,
        "referenceDate": row.reference_on.isoformat() if row.reference_on else None,
        "signer": row.signer,
        "recipients": row.recipients,
        "keeper": row.keeper,
        "copies": row.copies,
        "note": row.note,
        "state": row.state,
        "voidReason": row.void_reason,
        "voidedAt": _moment(row.voided_at),
        "recordedAt": _moment(row.recorded_at),
        "hash": row.hash,
        "prevHash": row.prev_hash,
        "abilities": [] if row.is_voided else abilities,
    }


def remark(row: RegisterRemark) -> Json:
    return {
        "id": row.pk,
        "entryId": row.entry_id,
        "column": row.column,
        "text": row.text,
        "remarkDate": row.on.isoformat() if row.on else None,
        "recordedAt": _moment(row.recorded_at),
    }


def abilities(user: Asker, row: RegisterBook) -> list[str]:
    """What the person may do with the valid entries of the book."""
    found = []
    if row.state == BookState.OPEN and may(user, Capability.REGISTER_VOID, row.unit_id):
        found.append(EntryAction.VOID.value)
    if may(user, Capability.REGISTER_ENTER, row.unit_id):
        found.append(EntryAction.REMARK.value)
    return found
