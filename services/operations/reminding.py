"""Whose supplement is still missing shortly before its days are over is reminded, once."""

from datetime import datetime

from django.db import transaction

from portal.events.actors import System
from services.events import Fact
from services.models import Dossier, Supplement
from services.operations.moving import lock, tell
from services.states import RequestState, State


@transaction.atomic
def remind_of_supplement(*, dossier: Dossier, actor: System, now: datetime) -> Dossier | None:
    """None when it came, was told before, or is over."""
    locked = lock(dossier)
    rows = Supplement.objects.select_for_update().filter(dossier=locked, state=RequestState.OPEN)
    request = rows.filter(reminded_at=None, deadline_at__gt=now).first()
    if State(locked.state) is not State.SUPPLEMENT or request is None:
        return None
    request.reminded_at = now
    request.save(update_fields=["reminded_at"])
    facts = {"request": str(request.pk), "deadline_at": request.deadline_at}
    tell(Fact.SUPPLEMENT_REMINDED, locked, actor=actor, now=now, facts=facts)
    return locked
