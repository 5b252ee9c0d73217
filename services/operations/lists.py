"""Keeping a filter under a name, throwing it away, and noting that a list left the portal."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from portal.accounts.models import User
from portal.events import record, viewed
from services.errors import NoNameError, NoPurposeError, NotAllowedError, TooManyFiltersError
from services.events import Fact
from services.models import ListExport, SavedFilter
from services.models.lists import FILTER_NAME_LENGTH, PURPOSE_LENGTH, QUERY_LENGTH
from services.policies import may_keep_filter

MOST_FILTERS = 50  # of one person, or of one unit
PEOPLE_TOLD = 500  # in one event


@transaction.atomic
def save_filter(*, name: str, query: str, unit_id: int | None = None, actor: User, now: datetime) -> SavedFilter:
    """For oneself, or for everybody at a unit. The same name again leads to the newer list.

    Raises NotAllowedError, NoNameError, TooManyFiltersError.
    """
    name = name.strip()[:FILTER_NAME_LENGTH]
    if not may_keep_filter(actor, unit_id):
        raise NotAllowedError
    if not name:
        raise NoNameError
    whose = {"owner": None, "unit_id": unit_id} if unit_id else {"owner": actor, "unit_id": None}
    kept = SavedFilter.objects.select_for_update().filter(**whose)
    found = kept.filter(name=name).first()
    if found is None and kept.count() >= MOST_FILTERS:
        raise TooManyFiltersError
    row = found or SavedFilter(name=name, **whose)
    row.query, row.saved_by, row.saved_at = query[:QUERY_LENGTH], actor, now
    row.revision = row.revision + 1 if found else 1
    row.save()
    _tell(Fact.FILTER_SAVED, row, actor, now)
    return row


@transaction.atomic
def remove_filter(*, saved: SavedFilter, actor: User, now: datetime) -> None:
    """Those who opened it before keep its address. Raises NotAllowedError."""
    locked = SavedFilter.objects.select_for_update().get(pk=saved.pk)
    mine = locked.owner_id == actor.pk
    if not mine and not (locked.unit_id and may_keep_filter(actor, locked.unit_id)):
        raise NotAllowedError
    _tell(Fact.FILTER_REMOVED, locked, actor, now)
    locked.delete()


def _tell(fact: Fact, row: SavedFilter, actor: User, now: datetime) -> None:
    record(fact, subject=row, actor=actor, unit=row.unit_id, at=now, facts={"of": "unit" if row.unit_id else "person"})


@dataclass(frozen=True, slots=True)
class Taken:
    """What is taken away: the list, its address, its columns, the format, how many rows."""

    list: str
    query: str
    columns: tuple[str, ...]
    format: str
    number: int
    is_personal: bool


@transaction.atomic
def note_export(
    *, taken: Taken, purpose: str, people: Iterable[uuid.UUID], unit_id: int | None, actor: User, now: datetime
) -> ListExport:
    """Recorded before the first row leaves; each person with an account who stands in it reads so in their own record.

    Raises NoPurposeError when columns name people and nothing was said.
    """
    if taken.is_personal and not purpose.strip():
        raise NoPurposeError
    row = ListExport.objects.create(
        list=taken.list,
        query=taken.query[:QUERY_LENGTH],
        columns=",".join(taken.columns)[:500],
        format=taken.format,
        purpose=purpose.strip()[:PURPOSE_LENGTH],
        number=taken.number,
        made_by=actor,
        made_at=now,
    )
    facts = {"list": taken.list, "format": taken.format, "columns": list(taken.columns), "number": taken.number}
    record(Fact.LIST_EXPORTED, subject=row, actor=actor, unit=unit_id, at=now, facts=facts)
    told = sorted(set(people)) if taken.is_personal else []
    for first in range(0, len(told), PEOPLE_TOLD):
        some = told[first : first + PEOPLE_TOLD]
        viewed(row, actor=actor, unit=unit_id, purpose=row.purpose, at=now, concerns=some)
    return row
