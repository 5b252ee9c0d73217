"""From the draft of a result to the hand that takes it."""

import uuid
from datetime import datetime

from django.db import transaction

from portal.accounts.models import User
from portal.calendar.ledger import EntryKind
from portal.events.actors import Actor
from services.errors import NoResultError, WrongStateError
from services.events import Fact
from services.kinds import Channel, Given
from services.models import Dossier, PostalItem, WorkItem
from services.operations import clock, steps
from services.operations.correcting import finish_correction
from services.operations.handing import receive_along
from services.operations.moving import lock, permit, save, step, tell
from services.postal_errors import InPostError
from services.states import Action, Stage, State, is_worked_on

ISSUED = "NĐ 118/2025 Đ.22.1"
ORIGIN = "services.dossier"  # how a document names the dossier that asked for it


@transaction.atomic
def note_proposal(*, dossier: Dossier, document_id: uuid.UUID, item: WorkItem, actor: User, now: datetime) -> Dossier:
    """A result was drafted for this dossier: it waits for its signature, and the step of whoever drafted it ends.

    The drafting itself is `documents.operations.draft_document`, called with this dossier as origin.
    """
    locked = lock(dossier)
    if not is_worked_on(State(locked.state), Stage(locked.stage)):
        raise WrongStateError
    locked.result_document, locked.stage = document_id, Stage.AWAITING_SIGNATURE
    save(locked, "result_document", "stage")
    tell(Fact.PROPOSED, locked, actor=actor, now=now, facts={"document": str(document_id), "step": item.step})
    return locked


@transaction.atomic
def note_signature(*, dossier_id: uuid.UUID, document_id: uuid.UUID, actor: Actor, now: datetime) -> Dossier:
    """The leader signed: the step of approval is done, number and seal are next. Once only."""
    locked = lock(Dossier(pk=dossier_id))
    if locked.result_document != document_id or locked.stage != Stage.AWAITING_SIGNATURE:
        return locked
    _finish_until(locked, "leader", actor=actor, now=now)
    locked.stage = Stage.AWAITING_NUMBER
    save(locked, "stage")
    tell(Fact.STAGE_CHANGED, locked, actor=actor, now=now, facts={"stage": locked.stage})
    return locked


@transaction.atomic
def decide(*, dossier_id: uuid.UUID, document_id: uuid.UUID, actor: Actor, now: datetime) -> Dossier:
    """The result is issued: the clock stops, and the result waits to be taken. Once only."""
    locked = lock(Dossier(pk=dossier_id))
    if not is_worked_on(State(locked.state), Stage(locked.stage)) or locked.result_document != document_id:
        return locked
    _finish_until(locked, "clerk", actor=actor, now=now)
    if State(locked.state) is State.DECIDED:
        finish_correction(dossier=locked, document_id=document_id, actor=actor, now=now)
        return locked
    clock.enter(locked, EntryKind.STOP, ground=ISSUED, actor=actor, now=now)
    locked.decided_at = now
    step(
        locked,
        Action.DECIDE,
        actor=actor,
        now=now,
        changed=["decided_at", *clock.FIELDS],
        facts={"document": str(document_id), "in_time": locked.due_at is None or now <= locked.due_at},
        stage=Stage.IN_POST if locked.return_channel == Channel.POST else Stage.READY_FOR_PICKUP,
    )
    return locked


@transaction.atomic
def hand_out(
    *,
    dossier: Dossier,
    channel: Channel,
    receiver: str,
    actor: Actor,
    now: datetime,
    revision: int | None = None,
    really_at: datetime | None = None,
) -> Dossier:
    """The result is in the hands of the owner or of somebody they sent. `receiver`: who took it, in words; `really_at`:
    when the post delivered it.

    NĐ 118/2025 Đ.22.3-22.5. Online results count as handed out when they are delivered to the person's pages.
    """
    locked = lock(dossier, revision=revision)
    permit(locked, Action.RETURN, actor)
    if locked.result_document is None or is_worked_on(State(locked.state), Stage(locked.stage)):
        raise NoResultError
    if PostalItem.objects.filter(dossier=locked).open().exists():
        raise InPostError
    item = WorkItem.objects.of(locked).open().first()
    if item is not None:
        steps.finish(item, actor=actor, now=now, note=receiver[:200])
    receive_along(dossier=locked, unit_id=locked.returning_unit_id, what=Given.RESULT, actor=actor, now=now)
    facts = {"channel": str(channel), **({"delivered_at": really_at} if really_at else {})}
    step(locked, Action.RETURN, actor=actor, now=now, facts=facts, closed_at=really_at)
    return locked


@transaction.atomic
def deliver_online(*, dossier_id: uuid.UUID, document_id: uuid.UUID, actor: Actor, now: datetime) -> Dossier:
    """Who wanted it online has it with its issue: it stands among their papers. Once only. NĐ 118/2025 Đ.22.3

    Without an account of owner or filer it waits at the desk like any other.
    """
    locked = lock(Dossier(pk=dossier_id))
    mine = State(locked.state) is State.DECIDED and locked.result_document == document_id
    if not mine or locked.return_channel != Channel.ONLINE or not (locked.owner_id or locked.filer_id):
        return locked
    return hand_out(dossier=locked, channel=Channel.ONLINE, receiver="", actor=actor, now=now)


def _finish_until(dossier: Dossier, role: str, *, actor: Actor, now: datetime) -> None:
    """Close the steps up to the last one of this role, and open the one behind it."""
    rows = list(WorkItem.objects.of(dossier).select_for_update(of=("self",)))
    last = max((row.number for row in rows if row.role == role), default=0)
    for row in rows:
        row.dossier = dossier
        if row.number <= last and row.state == "waiting":
            steps.open_next(dossier, actor=actor, now=now)
            row.refresh_from_db()
        if row.number <= last and row.state == "open":
            steps.finish(row, actor=actor, now=now)
    if not WorkItem.objects.of(dossier).open().exists():
        steps.open_next(dossier, actor=actor, now=now)
