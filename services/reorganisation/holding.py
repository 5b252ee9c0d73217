"""The open dossiers of an act are locked before anything is counted, and counted by their ids from then on: what people
hand in at a successor meanwhile is new, and no part of what was handed over.
"""

import uuid
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.db.models import Q

from services.models import CollectingAccount, Consultation, Dossier, Draft, WorkItem
from services.reorganisation.counting import grouped
from services.states import OPEN, ItemState
from units.handovers import Count, Held
from units.operations import stop_new_work

LIVE = [ItemState.WAITING.value, ItemState.OPEN.value]


@dataclass(frozen=True, slots=True)
class _Kept:
    """`dossiers`: those that the units answer for; `worked_on`: those with steps there, too."""

    dossiers: list[uuid.UUID]
    worked_on: list[uuid.UUID]
    questions: list[uuid.UUID]


def hold(units: Collection[int]) -> Held:
    """Dossiers first, in the order of every other deed on them; the steps go with their dossier."""
    ids = sorted(units)
    stop_new_work(ids)
    steps = WorkItem.objects.filter(unit__in=ids, state__in=LIVE).order_by().values("dossier")
    mine = Q(responsible_unit__in=ids) | Q(competent_unit__in=ids) | Q(returning_unit__in=ids) | Q(pk__in=steps)
    rows = Dossier.objects.open().filter(mine).order_by("pk").select_for_update(of=("self",))
    locked = list(rows.values_list("pk", "responsible_unit"))
    asked = Consultation.objects.pending().filter(unit__in=ids).order_by("pk").select_for_update(of=("self",))
    kept = _Kept(
        dossiers=[pk for pk, unit in locked if unit in units],
        worked_on=[pk for pk, _unit in locked],
        questions=list(asked.values_list("pk", flat=True)),
    )
    return partial(_count, kept)


def loose(units: Collection[int]) -> Iterator[Count]:
    """What no act conserves: what is closed stays, and drafts are nobody's but their writer's."""
    closed = Dossier.objects.filter(responsible_unit__in=units).exclude(state__in=sorted(OPEN))
    for unit, state, number in grouped(closed, "responsible_unit", "state"):
        yield Count("closed", unit, number, state, conserved=False)
    for unit, number in grouped(Draft.objects.unsent().filter(competent_unit__in=units), "competent_unit"):
        yield Count("draft", unit, number, conserved=False)


def collecting(units: Collection[int], on: date) -> set[int]:
    """Those of the units that have an account for fees on the day."""
    rows = CollectingAccount.objects.filter(unit__in=units, valid__contains=on)
    return set(rows.values_list("unit", flat=True))


def _count(kept: _Kept, units: Collection[int]) -> Iterator[Count]:
    yield from loose(units)
    held = Dossier.objects.open().filter(pk__in=kept.dossiers)
    for unit, state, number in grouped(held, "responsible_unit", "state"):
        yield Count("dossier", unit, number, state)
    steps = WorkItem.objects.filter(dossier__in=kept.worked_on, state__in=LIVE)
    for unit, state, number in grouped(steps, "unit", "state"):
        yield Count("step", unit, number, state)
    for unit, state, number in grouped(Consultation.objects.pending().filter(pk__in=kept.questions), "unit", "state"):
        yield Count("consultation", unit, number, state)
