"""Word of money, whoever brings it: kept as it came, then judged once.

| what is heard | what becomes of it |
|---|---|
| the amount that is owed, for an order of ours | the payment counts, a receipt is issued |
| the same word again | nothing |
| money for an order that is paid already | a payment of its own that nobody owes; it goes back |
| another amount; too late, after the dossier ended or was paid otherwise | nobody owes it; it goes back |
| no money | the attempt failed; a new one may begin |
| an order that is not ours, a wrong signature, nonsense | kept and shown to who oversees payments |
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from portal.events import Topic, record
from portal.events.actors import Actor
from portal.isolation import Purpose, scope
from services import vietqr
from services.events import Fact
from services.gateways import Said, Word, word_of
from services.models import CollectingAccount, Dossier, Payment, PaymentMessage
from services.models.payments import REFERENCE_LENGTH
from services.money_states import (
    COUNTED,
    HELD,
    MessageKind,
    Outcome,
    PaymentAction,
    PaymentState,
    RefundReason,
    Way,
)
from services.operations.money_moves import lock_payment, move_payment, new_order, settle_due
from services.operations.paying import count, settle
from services.operations.refunds import open_refund
from services.queries.money import ENDED, balance_of
from services.states import State

HEAR = "services.payment.hear"  # topic of the delivery that judges a kept message
SEARCHED = 200  # open transfers among which the purpose of one is looked for
SHORTEST = 10  # letters of a purpose: fewer would be found in anybody's


@transaction.atomic
def keep_message(
    *,
    kind: MessageKind,
    word: Word | None,
    raw: Mapping[str, Any],
    outcome: Outcome = Outcome.KEPT,
    actor: Actor,
    now: datetime,
) -> PaymentMessage:
    """Before anybody acts on it. `word` None: a signature or a shape that nobody can rely on."""
    with scope(purpose=Purpose.PAYMENTS):
        message = PaymentMessage(
            kind=kind,
            reference=word.reference[:REFERENCE_LENGTH] if word else "",
            amount=word.amount if word else None,
            outcome=outcome,
            received_at=now,
            handled_at=None if outcome is Outcome.KEPT else now,
        )
        message.body = word.kept() if word else {"raw": dict(raw)}
        message.save(force_insert=True)
        onward = [Topic(name=HEAR, payload={"message": str(message.pk)})] if outcome is Outcome.KEPT else []
        facts = {"kind": message.kind, "outcome": message.outcome}
        record(Fact.PAYMENT_TOLD, subject=message, actor=actor, unit=None, at=now, facts=facts, deliveries=onward)
    return message


@transaction.atomic
def hear(*, message_id: UUID, actor: Actor, now: datetime) -> Outcome:
    """Judge a kept message, once."""
    with scope(purpose=Purpose.PAYMENTS):
        message = PaymentMessage.objects.select_for_update(of=("self",)).get(pk=message_id)
        if message.outcome != Outcome.KEPT:
            return Outcome(message.outcome)
        word = word_of(message.body)
        found = _find_payment(word)
        if found is None:
            outcome, account = Outcome.UNKNOWN_ORDER, CollectingAccount.objects.filter(account=word.account)
            message.unit_id = account.order_by("-id").values_list("unit_id", flat=True).first()
        else:
            dossier, payment = lock_payment(found.pk)
            outcome = _judge(dossier, payment, word, actor, now)
            message.payment, message.unit_id = payment, payment.unit_id
        message.outcome, message.handled_at = outcome, now
        message.save(update_fields=["outcome", "payment", "unit", "handled_at"])
        facts = {"kind": message.kind, "outcome": outcome, "payment": str(message.payment_id or "")}
        record(Fact.PAYMENT_TOLD, subject=message, actor=actor, unit=message.unit_id, at=now, facts=facts)
    return outcome


def _find_payment(word: Word) -> Payment | None:
    """By the order's name; a transfer by its purpose, of which banks keep letters and digits only."""
    if word.reference:
        return Payment.objects.filter(reference=word.reference).first()
    said = vietqr.key(word.content)
    if len(said) < SHORTEST:
        return None
    rows = Payment.objects.filter(way=Way.TRANSFER).order_by("-begun_at", "-id")
    exact = rows.filter(content_key=said)
    waiting = exact.open().first() or exact.first()
    if waiting is not None:
        return waiting
    return next((one for one in rows.open()[:SEARCHED] if one.content_key and one.content_key in said), None)


def _judge(dossier: Dossier, payment: Payment, word: Word, actor: Actor, now: datetime) -> Outcome:
    if word.said is Said.PENDING:
        return Outcome.NOTHING
    if word.said is Said.FAILED:
        return _failed(payment, actor, now)
    if payment.state in HELD:
        return _again(payment, word, actor, now)
    if word.bank_key and Payment.objects.filter(bank_key=word.bank_key).exists():
        return Outcome.REPEATED  # the bank's own name for this money stands on another payment
    payment.received, payment.bank_key, payment.paid_at = word.amount, word.bank_key, now
    changed = ["received", "bank_key", "paid_at"]
    reason = _surplus(dossier, payment, word)
    if reason is not None:
        move_payment(payment, PaymentAction.EXCEED, *changed, actor=actor, now=now, facts={"reason": reason})
        open_refund(payment=payment, amount=word.amount, reason=reason, ground="", actor=actor, now=now)
        return Outcome.SURPLUS
    payment.settle_due_at = settle_due(payment.unit_id, now)
    move_payment(payment, PaymentAction.CONFIRM, *changed, "settle_due_at", actor=actor, now=now)
    count(payment=payment, dossier=dossier, actor=actor, now=now)
    return _settled(payment, word, actor, now) or Outcome.PAID


def _failed(payment: Payment, actor: Actor, now: datetime) -> Outcome:
    if payment.state != PaymentState.OPEN:
        return Outcome.NOTHING
    move_payment(payment, PaymentAction.FAIL, actor=actor, now=now)
    return Outcome.FAILED


def _again(payment: Payment, word: Word, actor: Actor, now: datetime) -> Outcome:
    """The money is here already: the same word, or money once more."""
    if word.bank_key in {"", payment.bank_key}:
        return _settled(payment, word, actor, now) or Outcome.REPEATED
    known = Payment.objects.filter(bank_key=word.bank_key).first()
    if known is not None:
        return Outcome.REPEATED
    twice = Payment(
        dossier=payment.dossier,
        fee=payment.fee,
        unit_id=payment.unit_id,
        way=payment.way,
        reference=new_order("TT"),
        amount=word.amount,
        received=word.amount,
        bank_key=word.bank_key,
        begun_at=now,
        begun_by=actor.event_actor,
        paid_at=now,
        note=payment.reference,  # the order that was paid twice
    )
    move_payment(twice, PaymentAction.RECEIVE_TWICE, actor=actor, now=now, facts={"order": str(payment.pk)})
    open_refund(payment=twice, amount=word.amount, reason=RefundReason.TWICE, ground="", actor=actor, now=now)
    return Outcome.SURPLUS


def _settled(payment: Payment, word: Word, actor: Actor, now: datetime) -> Outcome | None:
    if word.said is not Said.SETTLED or payment.state != PaymentState.PAID:
        return None
    settle(payment=payment, actor=actor, now=now)
    return Outcome.SETTLED


def _surplus(dossier: Dossier, payment: Payment, word: Word) -> RefundReason | None:
    """Why nobody owes this money; None when it is exactly what is owed."""
    if word.amount != payment.amount:
        return RefundReason.OTHER_AMOUNT
    if State(dossier.state) in ENDED:
        return RefundReason.TOO_LATE
    balance = balance_of(dossier)
    same = balance.fee is not None and balance.fee.pk == payment.fee_id
    if same and balance.owed == payment.amount:
        return None
    paid = Payment.objects.filter(dossier=dossier, state__in=[str(state) for state in COUNTED]).exists()
    return RefundReason.TWICE if paid else RefundReason.REDUCED
