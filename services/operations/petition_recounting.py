"""A limit that runs is counted again when the calendar changes."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from portal.events.actors import Actor
from services.events import Fact
from services.models import PetitionClock
from services.operations.petition_clocks import due_after
from services.operations.petition_moving import lock, save, tell
from services.petition_rules import petition_rules_on
from services.petition_states import ClockKind


@transaction.atomic
def recount_clock(*, clock: PetitionClock, change_id: int, actor: Actor, now: datetime) -> bool:
    """Whether it moved. Later only: whoever sent the petition has read the moment already. A breach stays."""
    petition = lock(clock.petition)
    locked = PetitionClock.objects.select_for_update(of=("self",)).get(pk=clock.pk)
    if locked.ended_at is not None or locked.breached_at is not None:
        return False
    limit = petition_rules_on(localdate(locked.started_at)).limits[ClockKind(locked.kind)]
    was, locked.due_at = locked.due_at, due_after(limit, unit_id=locked.unit_id, now=locked.started_at)
    if locked.due_at <= was:
        return False
    locked.save(update_fields=["due_at"])
    if petition.next_due_at == was:
        petition.next_due_at = locked.due_at
        save(petition, "next_due_at")
    facts = {"clock": locked.kind, "from": was, "to": locked.due_at, "change": change_id}
    tell(Fact.PETITION_DUE_MOVED, petition, actor=actor, now=now, facts=facts)
    return True
