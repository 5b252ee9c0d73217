"""Whoever waits for word of the bank lets it be asked for now."""

from datetime import datetime

from django.db import transaction

from portal.events import Topic, order
from portal.events.actors import Actor
from services.models import Payment
from services.money_states import PaymentState, Way

CHECK = "services.payment.check"  # topic: what became of one order


@transaction.atomic
def ask_bank(*, payment: Payment, actor: Actor, now: datetime) -> bool:
    """Whether there is something to ask: transfers are found by the bank's own word only."""
    if payment.state != PaymentState.OPEN or payment.way != Way.GATEWAY or not payment.address:
        return False
    order(Topic(name=CHECK, payload={"payment": str(payment.pk)}), actor=actor, unit=payment.unit_id, at=now)
    return True
