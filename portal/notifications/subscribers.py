"""Carrying notifications out, after commit: one delivery each, by the relay."""

import uuid
from datetime import datetime

from django.utils import timezone

from portal.events import Delivery, Event, Remote, subscribe
from portal.events.actors import System
from portal.notifications.backends import CannotTellError, NotTakenError, Refused, Reply, backend
from portal.notifications.kinds import Channel
from portal.notifications.operations import sending
from portal.notifications.operations.moving import SEND
from portal.notifications.operations.sending import Begun, Later
from portal.notifications.states import Reason

DIED = "events.delivery.died"
Prepared = Begun | Later | Refused | None


def _key(delivery: Delivery) -> uuid.UUID:
    return uuid.UUID(str(delivery.payload["notification"]))


def _prepare(delivery: Delivery) -> Prepared:
    return sending.begin_sending(key=_key(delivery), actor=System.RELAY, now=timezone.now())


def _call(delivery: Delivery, prepared: Prepared) -> Later | Reply | None:
    if not isinstance(prepared, Begun):
        return prepared
    carrier, message = backend(prepared.channel), prepared.message
    if prepared.in_doubt:
        try:
            known = carrier.outcome(message.key)
        except CannotTellError:
            return Refused(Reason.OUTCOME_UNKNOWN)
        if known is not None:
            return known
    try:
        return carrier.send(message)
    except NotTakenError:
        sending.note_not_taken(key=message.key, actor=System.RELAY, now=timezone.now())
        raise


def _store(delivery: Delivery, reply: Later | Reply | None, *, now: datetime) -> None:
    if isinstance(reply, Later):
        sending.put_off(key=_key(delivery), until=reply.until, actor=System.RELAY, now=now)
    elif reply is not None:
        sending.end_sending(key=_key(delivery), reply=reply, actor=System.RELAY, now=now)


def on_died(delivery: Delivery, *, now: datetime) -> None:
    """The relay gave a delivery up; when it carried a notification, that one is dead too."""
    event = Event.objects.filter(pk=delivery.event_id or 0).only("subject_id").first()
    died = Delivery.objects.dead().filter(pk=event.subject_id).first() if event else None
    if died is not None and died.topic.startswith(SEND):
        sending.give_up(key=_key(died), actor=System.RELAY, now=now)


def subscribe_all() -> None:
    for channel in Channel:
        carrier = Remote(name="send", partner=f"notifications.{channel}", prepare=_prepare, call=_call, store=_store)
        subscribe(f"{SEND}{channel}", carrier)
    subscribe(DIED, on_died)
