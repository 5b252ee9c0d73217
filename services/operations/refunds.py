"""Money that goes back: by the rule of the law when a dossier ends, at once when nobody owed it, decided by a second
pair of eyes, sent through the gateway or handed out.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from portal.accounts.models import User
from portal.events import Topic
from portal.events.actors import Actor
from services.errors import NoReasonError, NotAllowedError
from services.models import Dossier, Fee, Payment, Refund
from services.models.fees import GROUND_LENGTH
from services.models.payments import NOTE_LENGTH
from services.money_errors import FourEyesError, MustGoBackError, TooMuchError
from services.money_policies import may_decide, may_oversee
from services.money_rules import money_rules_on
from services.money_states import RefundAction, RefundReason, RefundState, Way
from services.operations.money_moves import move_refund, new_order
from services.operations.moving import lock
from services.queries.money import COUNTING, OWED_TO_NOBODY, left_of, paid_for
from services.states import State

SEND = "services.refund.send"  # topic of the delivery that asks the gateway to pay back
ENDINGS = {
    State.WITHDRAWN: RefundReason.WITHDRAWN,
    State.STOPPED: RefundReason.STOPPED,
    State.REFUSED: RefundReason.REFUSED,
}


def open_refund(
    *, payment: Payment, amount: int, reason: RefundReason, ground: str, actor: Actor, now: datetime
) -> Refund:
    """Never more than what came. The caller holds the locks of dossier and payment. Raises TooMuchError."""
    if not 0 < amount <= left_of(payment):
        raise TooMuchError
    refund = Refund(
        payment=payment,
        dossier=payment.dossier,
        unit_id=payment.unit_id,
        reference=new_order("HT"),
        amount=amount,
        reason=reason,
        ground=ground[:GROUND_LENGTH],
        asked_at=now,
        asked_by=actor.event_actor,
    )
    move_refund(refund, RefundAction.ASK, actor=actor, now=now)
    return refund


def give_back_surplus(*, dossier: Dossier, fee: Fee, actor: Actor, now: datetime) -> list[Refund]:
    """An assessment came down: what was paid above it goes back, the newest payment first. Under the dossier's lock."""
    above = max(paid_for(dossier) - fee.amount, 0) if fee.amount is not None else 0
    made = []
    rows = Payment.objects.select_for_update(of=("self",)).filter(dossier=dossier, state__in=COUNTING)
    for payment in rows.order_by("-paid_at", "-id"):
        payment.dossier = dossier
        part = min(above, left_of(payment))
        if part > 0:
            made.append(
                open_refund(
                    payment=payment, amount=part, reason=RefundReason.REDUCED, ground=fee.ground, actor=actor, now=now
                )
            )
            above -= part
    return made


@transaction.atomic
def refund_ended(*, dossier: Dossier, actor: Actor, now: datetime) -> list[Refund]:
    """A dossier that ended without result gives back what the rule of its sector says. Twice has the effect of once."""
    locked = lock(dossier)
    ending = ENDINGS.get(State(locked.state))
    if ending is None:
        return []
    if ending is RefundReason.STOPPED and locked.stage:  # closed, because nothing was supplemented
        ending = RefundReason.EXPIRED
    received = locked.accepted_at is not None
    rule = money_rules_on(localdate(now)).refund(ending, field=locked.version.field, received=received)
    made = []
    rows = Payment.objects.select_for_update(of=("self",)).filter(dossier=locked, state__in=COUNTING)
    for payment in rows.order_by("paid_at", "id"):
        payment.dossier = locked
        if Refund.objects.filter(payment=payment, reason__in=[str(one) for one in ENDING_REASONS]).exists():
            continue
        part = min((payment.received or 0) * rule.percent // 100, left_of(payment))
        if part > 0:
            made.append(
                open_refund(payment=payment, amount=part, reason=ending, ground=rule.ground, actor=actor, now=now)
            )
    return made


ENDING_REASONS = (
    RefundReason.WITHDRAWN,
    RefundReason.STOPPED,
    RefundReason.REFUSED,
    RefundReason.EXPIRED,
)


@transaction.atomic
def approve_refund(*, refund: Refund, actor: User, now: datetime) -> Refund:
    """Through the gateway it goes at once; what came otherwise is handed out and then entered as done.

    Raises NotAllowedError, FourEyesError, WrongStateError.
    """
    locked = _locked(refund.pk)
    if not may_decide(actor, locked):
        raise NotAllowedError
    if locked.asked_by == actor.event_actor:
        raise FourEyesError
    locked.decided_by, locked.decided_at = actor, now
    onward = [Topic(name=SEND, payload={"refund": str(locked.pk)})] if locked.payment.way == Way.GATEWAY else []
    move_refund(locked, RefundAction.APPROVE, "decided_by", "decided_at", actor=actor, now=now, deliveries=onward)
    return locked


@transaction.atomic
def deny_refund(*, refund: Refund, reason: str, actor: User, now: datetime) -> Refund:
    """Raises NotAllowedError, MustGoBackError, NoReasonError, WrongStateError."""
    locked = _locked(refund.pk)
    if not may_decide(actor, locked):
        raise NotAllowedError
    if locked.reason in OWED_TO_NOBODY:
        raise MustGoBackError
    if not reason.strip():
        raise NoReasonError
    locked.decided_by, locked.decided_at, locked.ended_at = actor, now, now
    locked.note = reason.strip()[:NOTE_LENGTH]
    move_refund(locked, RefundAction.DENY, "decided_by", "decided_at", "ended_at", "note", actor=actor, now=now)
    return locked


@transaction.atomic
def finish_refund(*, refund: Refund, proof: str, actor: User, now: datetime) -> Refund:
    """It was handed out in cash, or sent from the organ's account: `proof` says by which paper.

    Raises NotAllowedError, NoReasonError, WrongStateError.
    """
    locked = _locked(refund.pk)
    if not may_oversee(actor, locked.unit_id) or locked.payment.way == Way.GATEWAY:
        raise NotAllowedError
    if not proof.strip():
        raise NoReasonError
    _end(locked, RefundAction.FINISH, proof, actor=actor, now=now)
    return locked


@transaction.atomic
def note_refund(*, refund_id: UUID, action: RefundAction, note: str, actor: Actor, now: datetime) -> Refund:
    """What the gateway said: sent, done or failed. What it said before is not said again."""
    locked = _locked(refund_id)
    state = RefundState(locked.state)
    if action is RefundAction.SEND:
        if state is RefundState.APPROVED:
            move_refund(locked, RefundAction.SEND, actor=actor, now=now)
    elif state in {RefundState.APPROVED, RefundState.SENT}:
        _end(locked, action, note, actor=actor, now=now)
    return locked


def _end(refund: Refund, action: RefundAction, note: str, *, actor: Actor, now: datetime) -> None:
    refund.note, refund.ended_at = note.strip()[:NOTE_LENGTH], now
    move_refund(refund, action, "note", "ended_at", actor=actor, now=now)


def _locked(refund_id: UUID) -> Refund:
    rows = Refund.objects.select_for_update(of=("self",)).select_related("payment", "dossier")
    return rows.get(pk=refund_id)
