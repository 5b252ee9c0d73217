"""The list of dossiers as a file: what leaves is recorded, then streamed. For pages and REST."""

from collections.abc import Iterator
from datetime import datetime

from django.http.response import HttpResponseBase
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.api.tables import MOST_ROWS, XLSX, Row, csv_answer, xlsx_answer
from services.columns import FIELDS, UNITS, Names, columns_of
from services.forms.lists import query_of
from services.models.dossiers import DossierQuerySet
from services.operations.lists import Taken, note_export
from services.queries import lists as queries
from services.queries.lists import Choice, chosen, units_listed, with_steps
from services.queries.saved import people_of

LIST = "services.dossiers"
READ_AT_ONCE = 2000
# What a list does not show.
HEAVY = ("answers_sealed", "contact_sealed", "pin_sealed", "owner_number_sealed", "filer_number_sealed")


def too_many(number: int) -> str:
    said = {"number": number, "most": MOST_ROWS}
    return _("%(number)d dossiers match, a file holds %(most)d. Nothing left the portal. Narrow the filter.") % said


def exported(
    user: User, choice: Choice, keys: list[str], kind: str, purpose: str, now: datetime
) -> HttpResponseBase:
    """The file, streamed; what leaves is recorded before. Raises NoPurposeError."""
    found = with_steps(chosen(user, choice, now))
    names = _all_names(found, now)
    columns = [column for key, column in columns_of(names).items() if key in keys]
    is_personal = any(column.is_personal for column in columns)
    note_export(
        taken=Taken(LIST, query_of(choice), tuple(one.key for one in columns), kind, found.count(), is_personal),
        purpose=purpose,
        people=people_of(found) if is_personal else (),
        unit_id=next(iter(units_listed(user, localdate(now))), None),
        actor=user,
        now=now,
    )
    answer = xlsx_answer if kind == XLSX else csv_answer
    return answer(f"ho-so-{localdate(now).isoformat()}", columns, _values(found))


def _values(found: DossierQuerySet) -> Iterator[Row]:
    """By a cursor of the database: memory holds one block, whatever the number of rows."""
    yield from found.values(*FIELDS)[:MOST_ROWS].iterator(chunk_size=READ_AT_ONCE)


def _all_names(found: DossierQuerySet, now: datetime) -> Names:
    bare = found.order_by()
    holders = set(bare.exclude(holder=None).values_list("holder", flat=True).distinct())
    parts = [f"{part}_unit" for part in UNITS]
    units = {unit for row in bare.values_list(*parts).distinct() for unit in row}
    return Names(now, queries.names_of_officers(holders), queries.names_of_units(units, localdate(now)))

