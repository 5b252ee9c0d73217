"""Any list of an officer as a file: one description of its columns, for the page that asks, for sheets and for REST.

A list plugs in by one `Sheet` (`services/sheet_lists.py`). Its rows are those of its page, by the same address.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.functional import Promise
from django.utils.timezone import localdate

from portal.accounts.models import User
from portal.api.tables import XLSX, Column, csv_answer, read, xlsx_answer
from portal.ui import list_files
from services.columns import Names
from services.operations.lists import Taken, note_export
from services.queries.lists import names_of_officers, names_of_units
from staff.policies import known_grounds

Rows = QuerySet[Any]


@dataclass(frozen=True, slots=True)
class Sheet:
    """`page` is the name of the page's address; `rows` gives what the page lists and raises what the page raises.

    `fields` are what the columns read, `officers`, `units` and `people` those of the rows' fields that name somebody:
    people are told who took their names away, and what for.
    """

    key: str
    title: str | Promise
    page: str
    rows: Callable[[HttpRequest], Rows]
    columns: Callable[[Names], Iterable[Column]]
    fields: Sequence[str]
    officers: Sequence[str] = ()
    units: Sequence[str] = ()
    people: Sequence[str] = ()
    standard: Sequence[str] = ()  # keys that are ticked at first; empty: all that name nobody
    annotated: Callable[[Any], Rows] = lambda found: found

    def offered(self, now: datetime) -> dict[str, Column]:
        return {column.key: column for column in self.columns(Names(now))}

    def ticked(self, now: datetime) -> list[str]:
        return list(self.standard) or [key for key, column in self.offered(now).items() if not column.is_personal]


SHEETS: dict[str, Sheet] = {}  # by their keys, filled when the app starts


def register(sheet: Sheet) -> None:
    SHEETS[sheet.key] = sheet
    list_files.register(sheet.page, "services:list-sheet", sheet.key)


@dataclass(frozen=True, slots=True)
class Wish:
    """Which columns, as what, what for; `query` is the address of the page without its path."""

    keys: Sequence[str]
    format: str
    purpose: str
    query: str


def sent(sheet: Sheet, found: Rows, wish: Wish, *, user: User, now: datetime) -> HttpResponseBase:
    """The file, streamed; what leaves is recorded before. Raises NoPurposeError."""
    rows, on = sheet.annotated(found), localdate(now)
    names = Names(
        now, names_of_officers(_named(rows, sheet.officers)), names_of_units(set(_named(rows, sheet.units)), on)
    )
    columns = [column for column in sheet.columns(names) if column.key in wish.keys]
    is_personal = any(column.is_personal for column in columns)
    unit = next((ground.unit_id for ground in known_grounds(user, on)), None)
    taken = Taken(
        f"services.{sheet.key}", wish.query, tuple(one.key for one in columns), wish.format, found.count(), is_personal
    )
    note_export(
        taken=taken, purpose=wish.purpose, people=_named(rows, sheet.people) if is_personal else (), unit_id=unit,
        actor=user, now=now,
    )  # fmt: skip
    answer = xlsx_answer if wish.format == XLSX else csv_answer
    return answer(f"{sheet.key}-{on.isoformat()}", columns, read(rows, *sheet.fields))


def _named(rows: Rows, fields: Sequence[str]) -> set[Any]:
    """Each once, however many rows name them."""
    return {one for name in fields for one in rows.order_by(name).values_list(name, flat=True).distinct() if one}
