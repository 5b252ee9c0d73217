"""Is a book still what was written into it? Computed here from the rows and the facts, without the database's help.

The chain shows a changed, missing, moved or inserted row. Whoever rewrites all later hashes too is found by the facts:
each entry's hash stands in the event of its number, and the events are chained and sealed (docs/trust.md).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from documents.models import RegisterBook, RegisterEntry, RegisterRemark
from documents.registers.events import Fact
from documents.registers.hashing import FIRST, entry_hash, remark_digest, void_digest
from portal.events import Event

BATCH = 500  # rows


class BreakKind(StrEnum):
    NUMBER_MISSING = "number missing"
    LINK_WRONG = "link wrong"
    CONTENT_CHANGED = "content changed"
    BACK_DATED = "back-dated"
    FACT_MISSING = "fact missing"
    FACT_DIFFERS = "fact differs"
    VOIDING_DIFFERS = "voiding differs"
    REMARK_DIFFERS = "remark differs"
    BOOK_DIFFERS = "book differs"
    ENTRY_MISSING = "entry missing"


@dataclass(frozen=True, slots=True)
class Break:
    """The first thing that is wrong, and the number at which it shows."""

    kind: BreakKind
    number: int

    def __str__(self) -> str:
        return f"{self.kind} at number {self.number}"


def verify_book(book: RegisterBook) -> Break | None:
    """The first break, or None. Needs a scope that shows the unit's rows and events; reads in batches."""
    fresh = RegisterBook.objects.get(pk=book.pk)
    number, head, last_on = 0, FIRST, None
    rows = RegisterEntry.objects.filter(book=fresh).in_order().iterator(chunk_size=BATCH)
    while batch := list(islice(rows, BATCH)):
        told = _told(batch)
        remarked = _wrongly_remarked(batch)
        for entry in batch:
            wrong = _wrong(entry, number + 1, head, told.get(entry.pk, {}))
            if wrong is not None:
                return Break(wrong, number + 1 if wrong is BreakKind.NUMBER_MISSING else entry.number)
            if entry.year != entry.dated_on.year or (last_on is not None and entry.dated_on < last_on):
                return Break(BreakKind.BACK_DATED, entry.number)
            if entry.pk in remarked:
                return Break(BreakKind.REMARK_DIFFERS, entry.number)
            number, head, last_on = entry.number, entry.hash, entry.dated_on
    lost = _lost(fresh, number)
    if lost is not None:
        return Break(BreakKind.ENTRY_MISSING, lost)
    if (fresh.last_number, fresh.head_hash, fresh.last_dated_on) != (number, head, last_on):
        return Break(BreakKind.BOOK_DIFFERS, number)
    return None


def _wrong(entry: RegisterEntry, expected: int, head: str, told: dict[str, dict[str, object]]) -> BreakKind | None:
    """The first of these that is so. A missing number shows before a wrong link, so that it is named."""
    numbered, voided = told.get(Fact.ENTRY_NUMBERED), told.get(Fact.ENTRY_VOIDED)
    told_of = (numbered or {}).get("hash"), (numbered or {}).get("number")
    voiding_differs = entry.is_voided != (voided is not None) or (
        voided is not None and voided.get("digest") != void_digest(entry)
    )
    found = (
        (entry.number != expected, BreakKind.NUMBER_MISSING),
        (entry.hash != entry_hash(entry, entry.prev_hash), BreakKind.CONTENT_CHANGED),
        (entry.prev_hash != head, BreakKind.LINK_WRONG),
        (numbered is None, BreakKind.FACT_MISSING),
        (told_of != (entry.hash, entry.number), BreakKind.FACT_DIFFERS),
        (voiding_differs, BreakKind.VOIDING_DIFFERS),
    )
    return next((kind for is_so, kind in found if is_so), None)


def _told(batch: Iterable[RegisterEntry]) -> dict[int, dict[str, dict[str, object]]]:
    """What the trail says about these entries: entry -> fact -> its content."""
    found: dict[int, dict[str, dict[str, object]]] = {entry.pk: {} for entry in batch}
    events = Event.objects.filter(
        subject_type=RegisterEntry._meta.label_lower,
        subject_id__in=[str(pk) for pk in found],
        name__in=[Fact.ENTRY_NUMBERED, Fact.ENTRY_VOIDED],
    )
    for name, subject, facts in events.order_by("id").values_list("name", "subject_id", "facts"):
        found[int(subject)].setdefault(name, facts)  # the first word counts
    return found


def _wrongly_remarked(batch: Iterable[RegisterEntry]) -> set[int]:
    """Entries whose remarks are not those that the trail tells of."""
    keys = [entry.pk for entry in batch]
    remarks = RegisterRemark.objects.filter(entry_id__in=keys).order_by("id")
    written = {(remark.entry_id, remark.pk, remark_digest(remark)) for remark in remarks}
    events = Event.objects.filter(
        subject_type=RegisterEntry._meta.label_lower, subject_id__in=[str(pk) for pk in keys], name=Fact.REMARK_ADDED
    )
    told = {
        (int(subject), facts.get("remark"), facts.get("digest"))
        for subject, facts in events.order_by("id").values_list("subject_id", "facts")
    }
    return {entry for entry, _remark, _digest in written ^ told}


def _lost(book: RegisterBook, last: int) -> int | None:
    """The first number after `last` that the trail knows and the book does not: the end was cut off."""
    events = Event.objects.filter(unit_id=book.unit_id, name=Fact.ENTRY_NUMBERED, facts__book=book.pk)
    later = events.filter(facts__number__gt=last).order_by("facts__number", "id")
    facts = later.values_list("facts", flat=True).first()
    return int(facts["number"]) if facts else None
