"""What officers keep of lists, and whom a list names."""

import uuid
from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Q, QuerySet

from portal.accounts.models import User
from services.models import ListExport, SavedFilter
from services.models.dossiers import DossierQuerySet
from services.queries.dossiers import units_with
from services.queries.lists import units_listed
from services.states import Capability
from staff.policies import today

MOST = 150
UNITS = ("receiving_unit", "competent_unit", "returning_unit", "responsible_unit")
NAMED = (*UNITS, "holder", "owner", "filer")


def saved_filters_of(user: User) -> list[SavedFilter]:
    """One's own first, then those of one's units; by name."""
    rows = filters_seen(user).order_by("unit", "name", "id")[:MOST]
    return sorted(rows, key=lambda row: row.owner_id is None)


def filters_seen(user: User) -> QuerySet[SavedFilter]:
    return SavedFilter.objects.filter(Q(owner=user) | Q(unit__in=units_listed(user, today())))


def units_to_keep(user: User, on: date) -> list[int]:
    """For which units this person may keep filters."""
    return units_with(user, Capability.ASSIGN, on)


def exports_of(user: User) -> QuerySet[ListExport]:
    return ListExport.objects.filter(made_by=user)


@dataclass(frozen=True, slots=True)
class Summary:
    """What a list holds: how many rows, who holds them, which units, and which people with accounts."""

    number: int
    holders: set[uuid.UUID]
    units: set[int]
    people: set[uuid.UUID]


def summed_up(found: DossierQuerySet) -> Summary:
    """One statement, whatever the number of rows."""
    named = {name: ArrayAgg(name, distinct=True, filter=Q(**{f"{name}__isnull": False}), default=[]) for name in NAMED}
    told = found.order_by().aggregate(number=Count("pk"), **{f"all_{name}": one for name, one in named.items()})
    units = {unit for name in UNITS for unit in told[f"all_{name}"]}
    return Summary(told["number"], set(told["all_holder"]), units, {*told["all_owner"], *told["all_filer"]})
