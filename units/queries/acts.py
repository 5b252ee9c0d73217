"""Acts as those see them who draft, sign and run them, and what waits after a split."""

from collections.abc import Iterable

from django.db.models import OuterRef, QuerySet, Subquery

from portal.isolation import current
from units.kinds import ActKind
from units.models import ReorgEvent, ReorgSignature, ReorgSimulation, UndecidedItem, UndecidedItemQuerySet
from units.policies import DESK, Asker, Capability, may_see_desk

LAST = ReorgSimulation.objects.filter(event=OuterRef("pk")).order_by("-number").values("digest")[:1]
SIGNED = ReorgSignature.objects.filter(event=OuterRef("pk")).values("signer")[:1]


def has_desk(user: Asker) -> bool:
    """Whether acts are any of this person's business, anywhere."""
    return any(user.has_perm(capability) for capability in DESK)


def desk_acts(user: Asker) -> QuerySet[ReorgEvent]:
    """Of units in the user's scope at which they hold a right over acts, drafts included; loads are nobody's.

    `last_digest` and `signer` come along.
    """
    acts = ReorgEvent.objects.filter(unit_id__in=current().units).exclude(kind=ActKind.LOAD)
    if not has_desk(user):
        return acts.none()
    there = list(acts.order_by().values_list("unit_id", flat=True).distinct())
    units = [unit_id for unit_id in there if may_see_desk(user, unit_id)]
    return acts.filter(unit_id__in=units).annotate(last_digest=Subquery(LAST), signer=Subquery(SIGNED))


def undecided_for(user: Asker) -> UndecidedItemQuerySet:
    """What waits for this person's decision; a list of it begins with the most urgent."""
    waiting = UndecidedItem.objects.waiting().filter(held_by_id__in=current().units).select_related("event")
    if not user.has_perm(Capability.DECIDE):
        return waiting.none()
    there = list(waiting.order_by().values_list("held_by_id", flat=True).distinct())
    return waiting.filter(held_by_id__in=_may_decide(user, there))


def _may_decide(user: Asker, units: Iterable[int]) -> list[int]:
    return [unit_id for unit_id in units if user.has_perm(Capability.DECIDE, unit_id)]
