"""What officers keep of lists, and whom a list names."""

import uuid
from collections.abc import Iterator
from datetime import date

from django.db.models import Q, QuerySet

from portal.accounts.models import User
from services.models import ListExport, SavedFilter
from services.models.dossiers import DossierQuerySet
from services.queries.dossiers import units_with
from services.queries.lists import units_listed
from services.states import Capability
from staff.policies import today

MOST = 150


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


def people_of(found: DossierQuerySet) -> Iterator[uuid.UUID]:
    """Owners and filers with accounts, each once at most for each part."""
    bare = found.order_by()
    for name in ("owner", "filer"):
        yield from bare.exclude(**{name: None}).values_list(name, flat=True).distinct()
