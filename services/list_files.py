"""The list of dossiers as a file: what leaves is recorded, then streamed. For pages and REST."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from documents.pdf import print_html
from portal.accounts.models import User
from portal.api.tables import MOST_ROWS, XLSX, Column, Row, csv_answer, read, xlsx_answer
from services.columns import FIELDS, Names, columns_of
from services.forms.lists import query_of
from services.operations.lists import Taken, note_export
from services.queries import lists as queries
from services.queries.lists import Choice, chosen, units_listed, with_steps
from services.queries.saved import Summary, summed_up

LIST = "services.dossiers"
PDF = "pdf"
MOST_PRINTED = 1000
STYLE = Path(__file__).with_name("list_print.css")
# What a list does not show.
HEAVY = ("answers_sealed", "contact_sealed", "pin_sealed", "owner_number_sealed", "filer_number_sealed")


def too_many(number: int, kind: str) -> str:
    """Empty while they fit."""
    most = MOST_PRINTED if kind == PDF else MOST_ROWS
    if number <= most:
        return ""
    words = _("%(number)d dossiers match, a file holds %(most)d. Nothing left the portal. Narrow the filter.")
    return words % {"number": number, "most": most}


@dataclass(frozen=True, slots=True)
class Wish:
    """What is taken away: which dossiers (`ticked`: only these of them), which columns, as what, what for."""

    choice: Choice
    keys: list[str]
    format: str
    purpose: str
    ticked: list[uuid.UUID] = field(default_factory=list)


def exported(user: User, wish: Wish, now: datetime) -> HttpResponseBase:
    """The file, streamed; what leaves is recorded before. Raises NoPurposeError."""
    found = chosen(user, wish.choice, now)
    if wish.ticked:
        found = found.filter(pk__in=wish.ticked)
    told = summed_up(found)
    columns = [column for key, column in columns_of(_names(told, now)).items() if key in wish.keys]
    is_personal = any(column.is_personal for column in columns)
    keys = tuple(one.key for one in columns)
    note_export(
        taken=Taken(LIST, query_of(wish.choice), keys, wish.format, told.number, is_personal),
        purpose=wish.purpose,
        people=told.people,
        unit_id=next(iter(units_listed(user, localdate(now))), None),
        actor=user,
        now=now,
    )
    rows = read(with_steps(found), *FIELDS)
    if wish.format == PDF:
        return printed(columns, list(islice(rows, MOST_PRINTED)), wish.purpose, now)
    answer = xlsx_answer if wish.format == XLSX else csv_answer
    return answer(f"ho-so-{localdate(now).isoformat()}", columns, rows)


def printed(columns: Sequence[Column], rows: Sequence[Row], purpose: str, now: datetime) -> HttpResponse:
    """The list on paper, in Vietnamese as all papers of an office."""
    organs = queries.names_of_units({row["responsible_unit_id"] for row in rows}, localdate(now))
    with override("vi"):
        context = {
            "title": _("List of dossiers"),
            "organ": next(iter(organs.values()), ""),
            "columns": columns,
            "rows": [[_in_print(column.cell(row)) for column in columns] for row in rows],
            "purpose": purpose,
            "now": now,
        }
        html = render_to_string("services/lists/print.html", context)
    style = f"<style>{STYLE.read_text(encoding='utf-8')}</style></head>"
    pdf = print_html(html.replace("</head>", style, 1))
    headers = {"Content-Disposition": 'inline; filename="ho-so.pdf"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


def _in_print(value: object) -> str:
    if isinstance(value, datetime):
        return f"{localtime(value):%H:%M %d/%m/%Y}"
    return "" if value is None else str(value)


def _names(told: Summary, now: datetime) -> Names:
    on = localdate(now)
    return Names(now, queries.names_of_officers(told.holders), queries.names_of_units(told.units, on))
