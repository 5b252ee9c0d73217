"""Acts as those see them who draft, sign and run them."""

from collections.abc import Iterable

from django.db.models import QuerySet

from units.kinds import ActKind
from units.models import ReorgEvent, UndecidedItem, UndecidedItemQuerySet


def acts_of(unit_ids: Iterable[int]) -> QuerySet[ReorgEvent]:
    """Drafted here for these units; loads and acts that were entered from outside belong to nobody's desk."""
    return ReorgEvent.objects.filter(unit_id__in=list(unit_ids)).exclude(kind=ActKind.LOAD).select_related("unit")


def undecided_of(unit_ids: Iterable[int]) -> UndecidedItemQuerySet:
    """What waits at these units for a person's decision, the most urgent first."""
    waiting = UndecidedItem.objects.waiting().filter(held_by_id__in=list(unit_ids))
    return waiting.select_related("event").order_by("due_at", "id")
