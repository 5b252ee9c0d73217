"""Units where nobody may do a thing on the day, and what waits at those where nobody may work on dossiers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from services.models import Dossier
from services.queries.lists import names_of_units
from services.states import OPEN, Capability, State
from staff.catalogue import Reach, posts_with
from staff.models import Assignment, Delegation
from units.queries.taken_over import above_now

TO_BE_WORKED_ON = OPEN - {State.DECIDED}


@dataclass(frozen=True, slots=True)
class Unworked:
    """How many dossiers wait there, of those that the reader sees."""

    unit_id: int
    name: str
    open: int


def anybody_may(capability: str, unit_id: int, on: date) -> bool:
    """Whether somebody with an account has a post that brings it there, or was lent it in writing."""
    posts = posts_with(capability, on)
    if _held([unit_id], capability, list(posts), on):
        return True
    reaching = [post for post, reach in posts.items() if reach is Reach.BELOW]
    return bool(reaching) and bool(_held(above_now(unit_id, on), capability, reaching, on))


def _held(units: Iterable[int], capability: str, posts: list[str], on: date) -> set[int]:
    own = Assignment.objects.on(on).filter(unit__in=list(units), post__code__in=posts, user__is_active=True)
    lent = Delegation.objects.on(on).filter(
        giver__unit__in=list(units), giver__post__code__in=posts, giver__valid__contains=on, taker__valid__contains=on,
        taker__user__is_active=True, capabilities__contains=[str(capability)],
    )  # fmt: skip
    return set(own.values_list("unit").union(lent.values_list("giver__unit")).values_list("unit", flat=True))


def may_be_worked_on(dossier: Dossier, on: date) -> bool:
    """Whether somebody has it, its competent organ has anybody for it, or needs nobody any more."""
    if State(dossier.state) not in TO_BE_WORKED_ON or dossier.holder_id is not None:
        return True
    return anybody_may(Capability.PROCESS, dossier.competent_unit_id, on)


def unworked(units: Iterable[int], on: date) -> list[Unworked]:
    """Those of the units where dossiers wait for their decision and nobody may work on them; by name."""
    empty = [unit for unit in units if not anybody_may(Capability.PROCESS, unit, on)]
    if not empty:
        return []
    rows = Dossier.objects.filter(competent_unit__in=empty, state__in=[state.value for state in TO_BE_WORKED_ON])
    found = list(rows.order_by("competent_unit").values_list("competent_unit").annotate(Count("pk")))
    names = names_of_units([unit for unit, _number in found], on)
    return sorted((Unworked(unit, names.get(unit, ""), number) for unit, number in found), key=lambda one: one.name)
