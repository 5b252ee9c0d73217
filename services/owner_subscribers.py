"""After somebody signed in, what was filed under their number becomes theirs."""

import uuid
from datetime import datetime

from portal.accounts.events import Fact
from portal.accounts.models import Kind, User
from portal.events import Delivery, subscribe
from services.operations.owning import claim_dossiers


def on_signed_in(delivery: Delivery, *, now: datetime) -> None:
    """Signing in, nobody had rights yet: its event is out of sight, who acted stands on the delivery."""
    kind, _colon, key = delivery.actor.partition(":")
    user = User.objects.filter(pk=uuid.UUID(key), kind=Kind.CITIZEN).first() if kind == "user" else None
    if user is not None:
        claim_dossiers(user=user, actor=user, now=now)


def subscribe_all() -> None:
    subscribe(Fact.SIGNED_IN, on_signed_in)
