"""After somebody signed in, what was filed under their number becomes theirs."""

import uuid
from datetime import datetime

from portal.accounts.events import Fact
from portal.accounts.models import Kind, User
from portal.events import Delivery, Event, subscribe
from services.operations.owning import claim_dossiers


def on_signed_in(delivery: Delivery, *, now: datetime) -> None:
    event = Event.objects.filter(pk=delivery.event_id or 0).only("subject_id").first()
    user = User.objects.filter(pk=uuid.UUID(event.subject_id), kind=Kind.CITIZEN).first() if event else None
    if user is not None:
        claim_dossiers(user=user, actor=user, now=now)


def subscribe_all() -> None:
    subscribe(Fact.SIGNED_IN, on_signed_in)
