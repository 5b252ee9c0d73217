"""Numbers are taken, entries voided, books opened and closed; each deed holds the lock of its book until its commit.

`now` is when the deed began. Who waited for the lock may come after somebody who began later, so a moment up to
`WAITED` before the last entry's counts as the same moment; anything earlier is a clock that ran backwards.
"""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from documents.models import RegisterBook, RegisterEntry, RegisterRemark
from documents.policies import Asker, may
from documents.registers.arrival import is_late
from documents.registers.errors import (
    AlreadyVoidedError,
    BackDatedError,
    BookClosedError,
    ClockBackwardsError,
    FutureDateError,
    NoReasonError,
    NotAllowedError,
    NumberTakenError,
    TooEarlyError,
    UnitAliveError,
    UnitNotAliveError,
    WrongColumnError,
)
from documents.registers.events import Fact
from documents.registers.hashing import entry_hash, remark_digest, void_digest
from documents.registers.rows import EntryRow, clean
from documents.registers.series import check_series
from documents.registers.states import (
    BOOK_TRANSITIONS,
    DAYS,
    ENTRY_TRANSITIONS,
    GENERAL,
    REMARKS,
    BookAction,
    BookKind,
    BookState,
    CloseGround,
    Column,
    EntryAction,
    EntryState,
)
from portal.events import record
from portal.events.actors import System
from units.queries import BeforeData, version_at

__all__ = [
    "BookKind",
    "CloseGround",
    "Column",
    "EntryRow",
    "add_remark",
    "close_book",
    "close_books",
    "register_incoming",
    "take_number",
    "void_entry",
]

WAITED = timedelta(seconds=10)
REASON_LIMIT = 500  # characters
REMARK_LIMIT = 300


@transaction.atomic
def take_number(
    *,
    unit_id: int,
    kind: BookKind,
    series: str = GENERAL,
    dated_on: date,
    row: EntryRow,
    actor: Asker | System,
    now: datetime,
) -> RegisterEntry:
    """The next number of the series, with its entry: both or nothing. The book of the year opens by itself.

    NĐ 30/2020 Đ.15.3: number and date of an electronic document are given by the System. Raises RegisterError.
    """
    action = BookAction.NUMBER if kind is BookKind.OUTGOING else BookAction.ENTER
    return _append(
        unit_id=unit_id,
        kind=BookKind(kind),
        series=series or GENERAL,
        dated_on=dated_on,
        row=row,
        action=action,
        actor=actor,
        now=now,
    )


@transaction.atomic
def register_incoming(
    *, unit_id: int, row: EntryRow, arrived_on: date, actor: Asker | System, now: datetime, series: str = GENERAL
) -> RegisterEntry:
    """The next arrival number, in the order in which documents are received: the entry bears the day of the deed.

    What is registered after the working day that follows its arrival is marked as late. NĐ 30/2020 Đ.4.2c, Đ.22
    """
    on = localdate(now)
    if arrived_on > on:
        raise FutureDateError
    late = is_late(unit_id=unit_id, arrived_on=arrived_on, registered_on=on)
    return _append(
        unit_id=unit_id,
        kind=BookKind.INCOMING,
        series=series or GENERAL,
        dated_on=on,
        row=row,
        action=BookAction.ENTER,
        actor=actor,
        now=now,
        arrival={"arrived_on": arrived_on, "late": late},
    )


@transaction.atomic
def void_entry(*, entry: RegisterEntry, reason: str, actor: Asker | System, now: datetime) -> RegisterEntry:
    """The number stays in its book, struck out with its reason, and is never given again."""
    locked, book = _lock_entry(entry, EntryAction.VOID, actor)
    if book.state != BookState.OPEN:
        raise BookClosedError
    words = clean(reason)
    if not words or len(words) > REASON_LIMIT:
        raise NoReasonError
    _sources, target, _capability, fact = ENTRY_TRANSITIONS[EntryAction.VOID]
    before = locked.state
    locked.state = target or before
    locked.voided_at, locked.voided_by, locked.void_reason = now, actor.event_actor, words
    locked.save(update_fields=["state", "voided_at", "voided_by", "void_reason"])
    facts = {"book": book.pk, "number": locked.number, "digest": void_digest(locked)}
    record(
        fact, subject=locked, actor=actor, unit=locked.unit_id, at=now, before=before, after=locked.state, facts=facts
    )
    return locked


@transaction.atomic
def add_remark(
    *,
    entry: RegisterEntry,
    column: Column,
    text: str = "",
    on: date | None = None,
    actor: Asker | System,
    now: datetime,
) -> RegisterRemark:
    """What became known later: handed over, received, answered. Earlier remarks of the column stay beside it."""
    locked, _book = _lock_entry(entry, EntryAction.REMARK, actor)
    words = clean(text)
    if column not in REMARKS[BookKind(locked.kind)] or (column in DAYS) != (on is not None):
        raise WrongColumnError
    if (on is None and not words) or len(words) > REMARK_LIMIT:
        raise NoReasonError
    remark = RegisterRemark(
        entry=locked,
        unit_id=locked.unit_id,
        column=column.value,
        on=on,
        text=words,
        recorded_at=now,
        recorded_by=actor.event_actor,
    )
    remark.save(force_insert=True)
    facts = {"remark": remark.pk, "column": column.value, "digest": remark_digest(remark)}
    record(Fact.REMARK_ADDED, subject=locked, actor=actor, unit=locked.unit_id, at=now, facts=facts)
    return remark


@transaction.atomic
def close_book(
    *,
    book: RegisterBook,
    actor: Asker | System,
    now: datetime,
    ground: CloseGround = CloseGround.YEAR_END,
) -> RegisterBook:
    """Nothing is written into it any more. At the end of its year, or when its unit has ended; the successor's book
    is another unit's and begins at 01.
    """
    sources, target, capability, fact = BOOK_TRANSITIONS[BookAction.CLOSE]
    if not may(actor, capability, book.unit_id):
        raise NotAllowedError
    locked = RegisterBook.objects.select_for_update().get(pk=book.pk)
    if BookState(locked.state) not in sources:
        raise BookClosedError
    on = localdate(now)
    if ground is CloseGround.YEAR_END and on.year <= locked.year:
        raise TooEarlyError
    if ground is CloseGround.REORGANISATION and _lives(locked.unit_id, on):
        raise UnitAliveError
    before = locked.state
    locked.state = target or before
    locked.closed_at, locked.closed_by, locked.close_ground = now, actor.event_actor, ground.value
    locked.save(update_fields=["state", "closed_at", "closed_by", "close_ground"])
    facts = {"ground": ground.value, "last_number": locked.last_number, "head": locked.head_hash}
    record(
        fact, subject=locked, actor=actor, unit=locked.unit_id, at=now, before=before, after=locked.state, facts=facts
    )
    return locked


@transaction.atomic
def close_books(*, unit_id: int, ground: CloseGround, actor: Asker | System, now: datetime) -> list[RegisterBook]:
    """All open books of a unit: of one that has ended, or those of past years."""
    books = RegisterBook.objects.of_unit(unit_id).filter(state=BookState.OPEN)
    if ground is CloseGround.YEAR_END:
        books = books.filter(year__lt=localdate(now).year)
    return [close_book(book=book, ground=ground, actor=actor, now=now) for book in books.order_by("id")]


def _append(
    *,
    unit_id: int,
    kind: BookKind,
    series: str,
    dated_on: date,
    row: EntryRow,
    action: BookAction,
    actor: Asker | System,
    now: datetime,
    arrival: dict[str, Any] | None = None,
) -> RegisterEntry:
    sources, _target, capability, fact = BOOK_TRANSITIONS[action]
    if not may(actor, capability, unit_id):
        raise NotAllowedError
    columns = row.cleaned(kind).columns()
    check_series(unit_id=unit_id, kind=kind, series=series, type_code=row.type_code, on=dated_on)
    if dated_on > localdate(now):
        raise FutureDateError
    if not _lives(unit_id, dated_on):
        raise UnitNotAliveError
    key = {"unit_id": unit_id, "kind": kind.value, "series": series, "year": dated_on.year}
    book = _open_book(key=key, actor=actor, now=now)
    if BookState(book.state) not in sources:
        raise BookClosedError
    _follows(book, dated_on, now)
    entry = RegisterEntry(
        book=book,
        unit_id=unit_id,
        kind=kind.value,
        year=book.year,
        number=book.last_number + 1,
        dated_on=dated_on,
        recorded_at=max(now, book.last_at or now),
        recorded_by=actor.event_actor,
        prev_hash=book.head_hash,
        **columns,
        **(arrival or {}),
    )
    entry.hash = entry_hash(entry, entry.prev_hash)
    _insert(entry)
    # as the trigger of the entry has left the row
    book.last_number, book.last_dated_on, book.last_at, book.head_hash = (
        entry.number,
        entry.dated_on,
        entry.recorded_at,
        entry.hash,
    )
    facts = {
        "book": book.pk,
        "number": entry.number,
        "notation": entry.notation,
        "dated_on": dated_on,
        "late": entry.late,
        "hash": entry.hash,
    }
    record(fact, subject=entry, actor=actor, unit=unit_id, at=now, after=entry.state, facts=facts)
    return entry


def _follows(book: RegisterBook, dated_on: date, now: datetime) -> None:
    if book.last_at is not None and now < book.last_at - WAITED:
        raise ClockBackwardsError
    if book.last_dated_on is not None and dated_on < book.last_dated_on:
        raise BackDatedError


def _insert(entry: RegisterEntry) -> None:
    """Without a savepoint of its own, for the book is locked: what fails here ends the whole deed."""
    try:
        entry.save(force_insert=True)
    except IntegrityError as error:
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
        if name == "register_entry_text_once":
            raise NumberTakenError from error
        raise


def _open_book(*, key: dict[str, Any], actor: Asker | System, now: datetime) -> RegisterBook:
    """The book of the year, locked; made by whoever comes first, while the others wait for that one's commit."""
    rows = RegisterBook.objects.select_for_update()
    found = rows.filter(**key).first()
    if found is not None:
        return found
    book = RegisterBook(**key, opened_at=now)
    try:
        with transaction.atomic():
            book.save(force_insert=True)
    except IntegrityError:
        return rows.get(**key)
    facts = {"kind": book.kind, "series": book.series, "year": book.year}
    record(Fact.BOOK_OPENED, subject=book, actor=actor, unit=book.unit_id, at=now, after=book.state, facts=facts)
    return book


def _lives(unit_id: int, on: date) -> bool:
    try:
        return version_at(unit_id, on) is not None
    except BeforeData:
        return False


def _lock_entry(entry: RegisterEntry, action: EntryAction, actor: Asker | System) -> tuple[RegisterEntry, RegisterBook]:
    """Book first, as everybody locks; then the entry, when this step may be taken now by this actor."""
    sources, _target, capability, _fact = ENTRY_TRANSITIONS[action]
    if not may(actor, capability, entry.unit_id):
        raise NotAllowedError
    book = RegisterBook.objects.select_for_update().get(pk=entry.book_id)
    locked = RegisterEntry.objects.select_for_update().get(pk=entry.pk)
    if EntryState(locked.state) not in sources:
        raise AlreadyVoidedError
    return locked, book
