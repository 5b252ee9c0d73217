"""What came to a unit in the very moment in which it ended: a deed begun before midnight and stored after the act."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from portal.events import record
from portal.events.actors import Actor
from portal.isolation import Purpose, scope
from units.events import Fact
from units.handovers import Reorganisation, all_handovers
from units.models import ReorgEvent
from units.operations.helping import keep_undecided
from units.operations.rows import table_of
from units.operations.standstill import stop_new_work
from units.operations.steps import tree_lock
from units.operations.writing import seen_by_apps
from units.states import ActState

LOOKED_BACK = timedelta(days=2)
MOST = 200  # acts that took effect in these days, whatever their day


def gather(*, actor: Actor, now: datetime) -> int:
    """Hand on what lies with units that acts of the last days ended. How many things went on; most often none."""
    return sum(_gather(pk, actor, now) for pk in _recent(now))


@transaction.atomic
def _recent(now: datetime) -> list[int]:
    ran = ReorgEvent.objects.filter(state=ActState.EFFECTIVE, proof__made_at__range=(now - LOOKED_BACK, now))
    with scope(purpose=Purpose.REORGANISATION):  # proofs are the provinces' own
        acts = ran.filter(sources__new__isnull=False).distinct().order_by("effective_on", "pk")
        return list(acts.values_list("pk", flat=True)[:MOST])


@transaction.atomic
def _gather(act_id: int, actor: Actor, now: datetime) -> int:
    with scope(purpose=Purpose.REORGANISATION):
        act = ReorgEvent.objects.get(pk=act_id)
        seen = seen_by_apps(act, table_of(act))
        if not _left(seen):
            return 0
        tree_lock()
        act = ReorgEvent.objects.select_for_update(of=("self",)).get(pk=act_id)
        if act.state != ActState.EFFECTIVE:
            return 0
        stop_new_work(sorted(seen.ending))
        moved = waiting = 0
        for handover in _left(seen):
            handover.hold(seen)
            applied = handover.apply(seen, now=now, actor=actor)
            moved += sum(move.number for move in applied.moves)
            waiting += keep_undecided(act, handover.name, applied, now)
        if moved or waiting:
            facts = {"legal_no": act.legal_no, "moved": moved, "undecided": waiting}
            record(Fact.GATHERED, subject=act, actor=actor, unit=act.unit_id, at=now, facts=facts)
        return moved


def _left(seen: Reorganisation) -> list[Any]:
    return [handover for handover in all_handovers() if next(iter(handover.verify(seen)), None) is not None]
