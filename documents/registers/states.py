"""Kinds of register books, the states of books and entries, and what may be done to them. Pure data."""

from collections.abc import Iterable
from enum import StrEnum

from documents.registers.events import Fact
from documents.states import Capability

GENERAL = "general"  # the series of everything that has none of its own


class BookKind(StrEnum):
    OUTGOING = "outgoing"
    INCOMING = "incoming"
    POST = "post"
    COPY_USE = "copy_use"


class BookState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


class CloseGround(StrEnum):
    YEAR_END = "year_end"
    REORGANISATION = "reorganisation"


class EntryState(StrEnum):
    VALID = "valid"
    VOIDED = "voided"


class BookAction(StrEnum):
    NUMBER = "number"
    ENTER = "enter"
    CLOSE = "close"


class EntryAction(StrEnum):
    VOID = "void"
    REMARK = "remark"


# action -> states it may be taken in, the state after it (None: the same), capability, fact
BOOK_TRANSITIONS: dict[BookAction, tuple[Iterable[BookState], BookState | None, Capability, Fact]] = {
    BookAction.NUMBER: ({BookState.OPEN}, None, Capability.REGISTER_NUMBER, Fact.ENTRY_NUMBERED),
    BookAction.ENTER: ({BookState.OPEN}, None, Capability.REGISTER_ENTER, Fact.ENTRY_NUMBERED),
    BookAction.CLOSE: ({BookState.OPEN}, BookState.CLOSED, Capability.REGISTER_CLOSE, Fact.BOOK_CLOSED),
}
ENTRY_TRANSITIONS: dict[EntryAction, tuple[Iterable[EntryState], EntryState | None, Capability, Fact]] = {
    EntryAction.VOID: ({EntryState.VALID}, EntryState.VOIDED, Capability.REGISTER_VOID, Fact.ENTRY_VOIDED),
    EntryAction.REMARK: ({EntryState.VALID}, None, Capability.REGISTER_ENTER, Fact.REMARK_ADDED),
}


class Column(StrEnum):
    """What becomes known after an entry was made; it is added, and never overwrites."""

    MOVED = "moved"
    RECEIPT = "receipt"
    HANDLER = "handler"
    DUE = "due"
    PROGRESS = "progress"
    ANSWER = "answer"
    RETURNED = "returned"
    NOTE = "note"


REMARKS: dict[BookKind, tuple[Column, ...]] = {
    BookKind.OUTGOING: (Column.MOVED, Column.RECEIPT, Column.NOTE),
    BookKind.INCOMING: (
        Column.HANDLER, Column.MOVED, Column.RECEIPT, Column.DUE, Column.PROGRESS, Column.ANSWER, Column.NOTE,
    ),
    BookKind.POST: (Column.RECEIPT, Column.NOTE),
    BookKind.COPY_USE: (Column.RECEIPT, Column.RETURNED, Column.NOTE),
}  # fmt: skip
DAYS = frozenset({Column.MOVED, Column.DUE, Column.RETURNED})  # their remark is a day; the others are text
