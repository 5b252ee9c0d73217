"""How payments and refunds move along their tables, inside the transaction of the deed that moves them."""

import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.timezone import localdate

from portal.calendar.ledger import Ledger
from portal.calendar.loading import due_for
from portal.events import Topic, record
from portal.events.actors import Actor
from services.errors import WrongStateError
from services.events import Fact
from services.models import Dossier, Payment, Refund
from services.money_rules import money_rules_on
from services.money_states import (
    PAYMENT_MOVES,
    REFUND_MOVES,
    PaymentAction,
    PaymentState,
    RefundAction,
    RefundState,
)
from services.operations.codes import LETTERS
from services.operations.moving import lock, people


def new_order(prefix: str) -> str:
    """28^16 of them: nobody guesses the name of somebody else's payment."""
    return prefix + "".join(secrets.choice(LETTERS) for _ in range(16))


def move_payment(
    payment: Payment,
    action: PaymentAction,
    *changed: str,
    actor: Actor,
    now: datetime,
    facts: Mapping[str, Any] | None = None,
    deliveries: Iterable[Topic] = (),
) -> None:
    """Raises WrongStateError. `changed` are saved with the state; without sources the payment is born."""
    move = PAYMENT_MOVES[action]
    before = payment.state if move.sources else ""
    if move.sources and PaymentState(before) not in move.sources:
        raise WrongStateError
    payment.state = move.target.value
    if move.sources:
        payment.save(update_fields=["state", *changed])
    else:
        payment.save(force_insert=True)
    record(
        Fact.PAYMENT_MOVED,
        subject=payment,
        actor=actor,
        unit=payment.unit_id,
        at=now,
        before=before,
        after=payment.state,
        facts={"dossier": str(payment.dossier_id), "amount": payment.amount, "way": payment.way, **(facts or {})},
        concerns=people(payment.dossier),
        deliveries=deliveries,
    )


def move_refund(
    refund: Refund,
    action: RefundAction,
    *changed: str,
    actor: Actor,
    now: datetime,
    deliveries: Iterable[Topic] = (),
) -> None:
    """Raises WrongStateError."""
    move = REFUND_MOVES[action]
    before = refund.state if move.sources else ""
    if move.sources and RefundState(before) not in move.sources:
        raise WrongStateError
    refund.state = move.target.value
    if move.sources:
        refund.save(update_fields=["state", *changed])
    else:
        refund.save(force_insert=True)
    facts = {"dossier": str(refund.dossier_id), "payment": str(refund.payment_id)}
    record(
        move.fact,
        subject=refund,
        actor=actor,
        unit=refund.unit_id,
        at=now,
        before=before,
        after=refund.state,
        facts={**facts, "amount": refund.amount, "reason": refund.reason},
        concerns=people(refund.dossier),
        deliveries=deliveries,
    )


def lock_payment(payment_id: UUID) -> tuple[Dossier, Payment]:
    """The dossier first, so that two deeds never wait for each other in a ring."""
    key = Payment.objects.values_list("dossier_id", flat=True).get(pk=payment_id)
    dossier = lock(Dossier(pk=key))
    payment = Payment.objects.select_for_update(of=("self",)).select_related("fee").get(pk=payment_id)
    payment.dossier = dossier
    return dossier, payment


def settle_due(unit_id: int, now: datetime) -> datetime:
    """Until when money of a bank has to stand on the organ's account."""
    limit = money_rules_on(localdate(now)).settle_within
    return due_for(accepted_at=now, limit=limit, ledger=Ledger.started(now), unit_id=unit_id)[0].moment
