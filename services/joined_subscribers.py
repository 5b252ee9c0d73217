"""A part of a joined dossier ended: a worker looks whether the whole ends with it."""

import uuid
from datetime import datetime

from portal.events import Delivery, subscribe
from portal.events.actors import System
from portal.isolation import scope
from services.models import Dossier
from services.operations.joining import settle
from services.operations.moving import PART_ENDED
from services.queries.joined import joined_dossier


def on_part_ended(delivery: Delivery, *, now: datetime) -> None:
    """Who ended the part sees no more than the part: the whole is seen by the desk that received both."""
    part = Dossier.objects.filter(pk=uuid.UUID(str(delivery.payload["dossier"]))).first()
    if part is None:
        return
    with scope(units=[part.receiving_unit_id]):
        joined = joined_dossier(part)
    if joined is not None:
        with scope(
            units={part.receiving_unit_id, *joined.unit_ids()}
        ):  # the desk that received both need not be the one that answers for it now
            settle(joined=joined, part=part, actor=System.RELAY, now=now)


def subscribe_all() -> None:
    subscribe(PART_ENDED, on_part_ended)
