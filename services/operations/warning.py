"""Whoever holds a dossier is warned before its due moment, once for each of the days in `desk_rules.json`."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from portal.events.actors import System
from services.events import Fact
from services.models import Dossier, DueWarning
from services.operations.moving import lock, tell
from services.states import EXTENDABLE, State


@transaction.atomic
def warn_of_due(*, dossier: Dossier, days_left: int, actor: System, now: datetime) -> Dossier | None:
    """From now on it stands in the list of work of its holder and its head; None when it was said already."""
    locked = lock(dossier)
    if State(locked.state) not in EXTENDABLE or locked.next_due_at is None or locked.next_due_at <= now:
        return None
    due_at = locked.next_due_at
    if DueWarning.objects.filter(dossier=locked, due_at=due_at, days_left__lte=days_left).exists():
        return None
    DueWarning.objects.create(dossier=locked, due_at=due_at, days_left=days_left, told_at=now)
    facts = {
        "days_left": days_left,
        "due_at": due_at,
        "due_on": localdate(due_at),
        "officer": str(locked.holder_id or ""),
        "unit": locked.responsible_unit_id,
    }
    tell(Fact.DUE_NEAR, locked, actor=actor, now=now, facts=facts)
    return locked
