"""Reads of register books: what a person may see, the lines of a book, and what was remarked later."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from documents.models import RegisterBook, RegisterEntry, RegisterRemark
from documents.policies import units_seen, units_with
from documents.registers.states import Column
from documents.states import Capability
from portal.accounts.models import User
from units.sorting import search_key

TEXT_LIMIT = 100  # characters of a search
MOST_REMARKS = 50  # of one column of an entry
MOST_UNITS = 50


def units_to_view(user: User, on: date) -> list[int]:
    """Units whose books the person may see by their own posts and delegations, or a program by its grants; those that
    ended and whose closed books they keep come last.
    """
    own = units_with(user, Capability.REGISTER_VIEW, on, is_below=False)
    kept = units_seen(user, Capability.REGISTER_VIEW, on, is_below=False) - own
    return [*sorted(own), *sorted(kept)][:MOST_UNITS]


def books_of(unit_ids: Iterable[int]) -> QuerySet[RegisterBook, RegisterBook]:
    return RegisterBook.objects.filter(unit_id__in=list(unit_ids)).select_related("unit")


def years_of(unit_ids: Iterable[int]) -> list[int]:
    """Latest first."""
    found = RegisterBook.objects.filter(unit_id__in=list(unit_ids)).order_by("-year").values_list("year", flat=True)
    return list(found.distinct()[:100])


def entries_of(
    book: RegisterBook,
    *,
    number: int | None = None,
    text: str = "",
    first: date | None = None,
    last: date | None = None,
) -> QuerySet[RegisterEntry, RegisterEntry]:
    """The lines of a book that a filter leaves; `text` is found with or without accents. Not ordered yet."""
    found = RegisterEntry.objects.filter(book=book).between(first, last).like(search_key(text[:TEXT_LIMIT]))
    return found.filter(number=number) if number is not None else found


def remarks_of(entries: Iterable[RegisterEntry]) -> dict[int, dict[str, RegisterRemark]]:
    """The latest remark of each column: entry -> column -> remark."""
    found: dict[int, dict[str, RegisterRemark]] = {}
    rows = RegisterRemark.objects.filter(entry_id__in=[entry.pk for entry in entries])
    for remark in rows.order_by("entry_id", "column", "-id").distinct("entry_id", "column"):
        found.setdefault(remark.entry_id, {})[remark.column] = remark
    return found


def remarks_in_order(entry: RegisterEntry) -> list[RegisterRemark]:
    return list(RegisterRemark.objects.filter(entry=entry).order_by("id")[: MOST_REMARKS * len(Column)])


def span_of(book: RegisterBook, first: int, last: int) -> tuple[RegisterEntry, RegisterEntry] | None:
    """The first and the last line of these numbers; None when there is none."""
    rows = RegisterEntry.objects.filter(book=book, number__gte=first, number__lte=last)
    begin, end = rows.order_by("number", "id").first(), rows.order_by("-number", "-id").first()
    return (begin, end) if begin and end else None
