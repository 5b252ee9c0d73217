"""A step that nobody holds any more: the way back of a hand-over to whoever was the first."""

from datetime import datetime

from django.db import transaction

from portal.accounts.models import User
from portal.events import record
from services.errors import NotAllowedError, WrongStateError
from services.events import Fact
from services.models import WorkItem
from services.operations.moving import lock_step, people, save
from services.policies import Capability, may_at
from services.states import ItemState


@transaction.atomic
def release_step(*, item: WorkItem, actor: User, now: datetime) -> WorkItem:
    """By whoever holds it, or by a head: it waits for its unit again. Raises NotAllowedError, WrongStateError."""
    dossier, locked = lock_step(item)
    if locked.officer_id != actor.pk and not may_at(actor, Capability.ASSIGN, locked.unit_id):
        raise NotAllowedError
    if locked.state != ItemState.OPEN or locked.officer_id is None:
        raise WrongStateError
    before = locked.officer_id
    locked.officer = locked.taken_at = None
    locked.save(update_fields=["officer", "taken_at"])
    dossier.holder = None
    save(dossier, "holder")
    facts = {"dossier": str(dossier.pk), "step": locked.step, "from": str(before)}
    record(
        Fact.STEP_RELEASED, subject=locked, actor=actor, unit=locked.unit_id, at=now, facts=facts,
        concerns=people(dossier),
    )  # fmt: skip
    return locked
