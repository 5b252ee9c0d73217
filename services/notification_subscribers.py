"""Every change of a dossier is told to its people: owner and filer by their accounts, others by the dossier's contact.
Petitions: `petition_telling`.

The handler may run twice: what was ordered before is not ordered again.
"""

import logging
import uuid
from datetime import datetime
from functools import partial

from django.utils.timezone import localdate

from portal.accounts.directory import same_name
from portal.accounts.models import User
from portal.events import Delivery, Event, subscribe
from portal.events.actors import System
from portal.isolation import Purpose, scope
from portal.notifications import kinds
from portal.notifications.events import Fact as Sending
from portal.notifications.models import Notification
from portal.notifications.operations.telling import Addressee, News, notify, recognise
from services import petition_telling
from services.events import Fact
from services.models import Dossier
from services.notification_table import KINDS, Row, rows_for, told_facts
from services.notification_words import compose

SUBJECT = "services.dossier"
log = logging.getLogger(__name__)


def on_fact(delivery: Delivery, *, now: datetime) -> None:
    event = _event(delivery.event_id)
    if event is not None and event.subject_type in TELLERS:
        TELLERS[event.subject_type](event, now)


def on_refused(delivery: Delivery, *, now: datetime) -> None:
    """Told on a channel that takes nothing: the same fact again, which now finds another way, if there is one."""
    refusal = _event(delivery.event_id)
    with scope(purpose=Purpose.NOTIFICATION):
        row = Notification.objects.filter(pk=refusal.subject_id).first() if refusal else None
    event = _event(row.event_id) if row and row.subject_type in TELLERS else None
    if event is not None:
        TELLERS[event.subject_type](event, now)


def _event(pk: int | None) -> Event | None:
    """Whoever caused it may not see it any more: a dossier that was handed on, a sign-in."""
    with scope(purpose=Purpose.NOTIFICATION):
        return Event.objects.filter(pk=pk or 0).first()


def _tell(event: Event, now: datetime) -> None:
    with scope(units=[event.unit_id] if event.unit_id else []):  # the organ tells, whoever caused it
        dossier = _dossier(event)
        if dossier is None:
            log.warning("Event %s is about a dossier that its unit does not see: nobody was told", event.pk)
            return
        for row in rows_for(event.name, localdate(event.at), event.facts):
            for addressee in addressees(dossier):
                notify(news=_news(row, dossier, event, addressee), addressee=addressee, actor=System.RELAY, now=now)


def on_recognised(delivery: Delivery, *, now: datetime) -> None:
    """Who signs in finds what the contact of their dossier was told before."""
    event = _event(delivery.event_id)
    if event is None:
        return
    with scope(units=[event.unit_id] if event.unit_id else []):
        dossier = _dossier(event)
        reached = _reached(dossier) if dossier else None
    if dossier is not None and reached is not None:
        recognise(key=_contact_key(dossier), user=reached, unit=event.unit_id, actor=System.RELAY, now=now)


def _dossier(event: Event) -> Dossier | None:
    found = Dossier.objects.select_related("version", "owner", "filer", "holder", "assisted_by")
    return found.filter(pk=uuid.UUID(event.subject_id)).first()


def addressees(dossier: Dossier) -> list[Addressee]:
    """Each person once. The contact of the dossier is the filer's; it is the owner's when both are one person."""
    contact = {name: str(value) for name, value in dossier.contact.items() if name in {"phone", "email"} and value}
    people = {user.pk: user for user in (dossier.filer, dossier.owner) if user is not None}
    reached = _reached(dossier)
    found = [Addressee(user, contact if user == reached else {}, user.event_actor) for user in people.values()]
    if reached is None and contact:
        found.append(Addressee(None, contact, _contact_key(dossier)))
    return found


def _contact_key(dossier: Dossier) -> str:
    return f"{SUBJECT}:{dossier.pk}"


def _reached(dossier: Dossier) -> User | None:
    """Whose telephone and e-mail the dossier holds, if that person has an account."""
    return dossier.filer or (dossier.owner if _is_one_person(dossier) else None)


def _is_one_person(dossier: Dossier) -> bool:
    """By number where the desk took both, else by name."""
    if dossier.filer_number_index is None:
        return same_name(dossier.owner_name, dossier.filer_name)
    return _bytes(dossier.owner_number_index) == _bytes(dossier.filer_number_index)


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


TELLERS = {SUBJECT: _tell, petition_telling.SUBJECT: petition_telling.tell}


def subscribe_all() -> None:
    kinds.register(*KINDS)
    subscribe(Fact.OWNER_RECOGNISED, on_recognised)
    for refusal in (Sending.REFUSED, Sending.BOUNCED):
        subscribe(refusal, on_refused)
    for fact in told_facts():
        subscribe(fact, on_fact)
