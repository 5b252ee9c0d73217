"""What a citizen agreed to is proposed by a worker, with the rights of the officer who holds the step."""

import uuid
from datetime import datetime

from documents.errors import DocumentsError
from documents.registers.errors import RegisterError
from portal.accounts.models import User
from portal.events import Delivery, subscribe
from portal.isolation import use
from services.errors import ServicesError
from services.models import Confirmation, WorkItem
from services.operations.confirming import GO_ON
from services.operations.proposing import give_up_proposal, go_on
from services.states import AGREED, ItemState, Stage, State, at_rest, is_worked_on
from staff.scopes import scope_of

REFUSALS = (ServicesError, DocumentsError, RegisterError)


def on_agreed(delivery: Delivery, *, now: datetime) -> None:
    """Who agreed, a citizen or the clock, sees no drafts of the organ: so the scope is the officer's from here on."""
    key = uuid.UUID(str(delivery.payload["confirmation"]))
    asked = Confirmation.objects.select_related("step__officer", "step__dossier", "asked_by").get(pk=key)
    if not _still_waits(asked):
        return
    officer: User = asked.step.officer or asked.asked_by
    with use(scope_of(officer)):
        if not WorkItem.objects.filter(pk=asked.step_id).exists():
            return  # the officer has left: the step is open, its head gives it to somebody else
        try:
            go_on(item_id=asked.step_id, signer_id=asked.signer_id, actor=officer, now=now)
        except REFUSALS as error:
            code = getattr(error, "code", type(error).__name__)
            give_up_proposal(item_id=asked.step_id, reason=str(error), code=str(code), actor=officer, now=now)


def _still_waits(asked: Confirmation) -> bool:
    """Nothing is left to do when the officer was quicker, or the dossier has moved on."""
    item: WorkItem = asked.step
    state, stage = State(item.dossier.state), Stage(item.dossier.stage)
    here = item.state == ItemState.OPEN and is_worked_on(state, stage)
    return here and stage is at_rest(state) and asked.state in AGREED


def subscribe_all() -> None:
    subscribe(GO_ON, on_agreed)
