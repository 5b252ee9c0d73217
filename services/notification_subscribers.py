"""Every change of a dossier is told to its people: owner and filer by their accounts, others by the dossier's contact.

The handler may run twice: what was ordered before is not ordered again.
"""

import logging
import uuid
from datetime import datetime
from functools import partial

from django.utils.timezone import localdate

from portal.events import Delivery, Event, subscribe
from portal.events.actors import System
from portal.isolation import Purpose, scope
from portal.notifications import kinds
from portal.notifications.operations.telling import Addressee, News, notify
from services.models import Dossier
from services.notification_table import KINDS, Row, rows_for, told_facts
from services.notification_words import compose

SUBJECT = "services.dossier"
log = logging.getLogger(__name__)


def on_fact(delivery: Delivery, *, now: datetime) -> None:
    with scope(purpose=Purpose.NOTIFICATION):
        event = Event.objects.filter(pk=delivery.event_id or 0, subject_type=SUBJECT).first()
    if event is None:
        return
    with scope(units=[event.unit_id] if event.unit_id else []):  # the organ tells, whoever caused it
        dossier = _dossier(event)
        if dossier is None:
            log.warning("Event %s is about a dossier that its unit does not see: nobody was told", event.pk)
            return
        for row in rows_for(event.name, localdate(event.at), event.facts):
            for addressee in addressees(dossier):
                notify(news=_news(row, dossier, event, addressee), addressee=addressee, actor=System.RELAY, now=now)


def _dossier(event: Event) -> Dossier | None:
    found = Dossier.objects.select_related("version", "owner", "filer", "holder", "assisted_by")
    return found.filter(pk=uuid.UUID(event.subject_id)).first()


def addressees(dossier: Dossier) -> list[Addressee]:
    """Each person once. The contact of the dossier is the filer's; it is the owner's when both are one person."""
    contact = {name: str(value) for name, value in dossier.contact.items() if name in {"phone", "email"} and value}
    people = {user.pk: user for user in (dossier.filer, dossier.owner) if user is not None}
    same = bool(dossier.owner_number_index) and _bytes(dossier.owner_number_index) == _bytes(dossier.filer_number_index)
    reached = dossier.filer_id or (dossier.owner_id if same else None)
    found = [Addressee(user, contact if pk == reached else {}, user.event_actor) for pk, user in people.items()]
    if reached is None and contact:
        found.append(Addressee(None, contact, f"{SUBJECT}:{dossier.pk}"))
    return found


def _bytes(value: bytes | memoryview | None) -> bytes:
    return bytes(value) if value is not None else b""


def _news(row: Row, dossier: Dossier, event: Event, addressee: Addressee) -> News:
    words = partial(_compose, row, dossier, event, addressee.user is not None)
    return News(
        event_id=event.pk,
        kind=row.kind,
        line=row.line,
        subject_type=SUBJECT,
        subject_id=str(dossier.pk),
        unit_id=dossier.responsible_unit_id,
        template=row.name,
        compose=words,
    )


def _compose(row: Row, dossier: Dossier, event: Event, signed_in: bool, language: str) -> dict[str, object]:
    return compose(row, dossier, event, signed_in=signed_in, language=language)


def subscribe_all() -> None:
    kinds.register(*KINDS)
    for fact in told_facts():
        subscribe(fact, on_fact)
