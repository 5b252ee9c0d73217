"""Facts of register books; what an entry says stands in its row, and only its hash in the fact."""

from enum import StrEnum


class Fact(StrEnum):
    BOOK_OPENED = "documents.register_book.opened"  # kind, series, year
    BOOK_CLOSED = "documents.register_book.closed"  # ground, last number, head hash
    BOOK_REOPENED = "documents.register_book.reopened"  # act, last number, head hash: its unit lives again
    ENTRY_NUMBERED = "documents.register_entry.numbered"  # book, number, notation, dated_on, hash, late
    ENTRY_VOIDED = "documents.register_entry.voided"  # book, number, digest of reason, moment and person
    REMARK_ADDED = "documents.register_entry.remarked"  # remark, column, digest
    ABBREVIATION_FIXED = "documents.abbreviation.fixed"  # division, abbreviation, from, decision
    SERIES_SPLIT = "documents.series.split"  # type, series, from, decision
