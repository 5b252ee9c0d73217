"""What becomes of a dossier when its result is returned by whoever should sign it, or revoked after it was issued."""

import uuid
from datetime import datetime

from django.db import transaction

from portal.events.actors import Actor
from services.events import Fact
from services.kinds import StepRole
from services.models import Dossier, WorkItem
from services.operations import steps
from services.operations.moving import lock, save, tell
from services.states import ItemState, Stage, State, at_rest, is_worked_on


@transaction.atomic
def send_back_result(
    *, dossier_id: uuid.UUID, document_id: uuid.UUID, reason: str, actor: Actor, now: datetime
) -> Dossier:
    """The draft came back: the specialist's step opens again with the reason. Once only for one return."""
    locked = lock(Dossier(pk=dossier_id))
    if not is_worked_on(State(locked.state), Stage(locked.stage)) or locked.result_document != document_id:
        return locked
    rows = list(WorkItem.objects.of(locked).select_for_update(of=("self",)))
    current = next((row for row in rows if row.state == ItemState.OPEN), None)
    done = [row for row in rows if row.role == StepRole.SPECIALIST and row.state == ItemState.DONE]
    if current is None or not done or current.number <= done[-1].number:
        return locked
    earlier = done[-1]
    current.dossier = earlier.dossier = locked
    steps.send_back(current, earlier, actor=actor, now=now, note=reason[:2000])
    locked.responsible_unit_id, locked.holder_id = earlier.unit_id, earlier.officer_id
    locked.stage = at_rest(State(locked.state))
    save(locked, "responsible_unit", "holder", "stage")
    facts = {"document": str(document_id), "step": earlier.step}
    tell(Fact.RESULT_SENT_BACK, locked, actor=actor, now=now, facts=facts)
    return locked


@transaction.atomic
def note_revocation(*, dossier_id: uuid.UUID, document_id: uuid.UUID, actor: Actor, now: datetime) -> None:
    """The dossier keeps its state; its timeline says that the result counts no longer. NĐ 30/2020 Đ.18.4"""
    locked = lock(Dossier(pk=dossier_id))
    if locked.result_document == document_id:
        tell(Fact.RESULT_REVOKED, locked, actor=actor, now=now, facts={"document": str(document_id)})
