"""The desk is told of what was filed. NĐ 118/2025 Đ.17.2"""

from datetime import datetime

from django.db import transaction

from portal.events.actors import System
from services.events import Fact
from services.models import Dossier
from services.operations.moving import lock, save, tell
from services.states import State


@transaction.atomic
def alert_desk(*, dossier: Dossier, actor: System, now: datetime) -> Dossier | None:
    """From now on it stands in the desk's list of work; None when the desk knows already, or nothing waits."""
    locked = lock(dossier)
    if locked.alerted_at is not None or State(locked.state) is not State.SUBMITTED:
        return None
    locked.alerted_at = now
    save(locked, "alerted_at")
    facts = {"in_time": now <= locked.alert_due_at, "unit": locked.responsible_unit_id}
    tell(Fact.ALERTED, locked, actor=actor, now=now, facts=facts)
    return locked
