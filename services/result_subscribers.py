"""What this app does when a document that a dossier asked for was signed, issued, returned or revoked.

Each handler works with the scope of whoever did it (the signer, the clerk of the competent unit), and does nothing a
second time.
"""

import uuid
from collections.abc import Callable
from datetime import datetime

from documents.events import Fact
from documents.models import Document, RouteStep
from documents.states import Action
from portal.accounts.models import User
from portal.events import Delivery, Event, subscribe
from portal.events.actors import Actor, System
from services.operations.result_events import note_revocation, send_back_result
from services.operations.results import decide, deliver_online, note_signature
from services.outcomes.drafting import ORIGIN


def on_signed(delivery: Delivery, *, now: datetime) -> None:
    _with_dossier(delivery, now, note_signature)


def on_issued(delivery: Delivery, *, now: datetime) -> None:
    _with_dossier(delivery, now, decide)
    _with_dossier(delivery, now, deliver_online, actor=System.RELAY)


def on_revoked(delivery: Delivery, *, now: datetime) -> None:
    _with_dossier(delivery, now, note_revocation)


def on_returned(delivery: Delivery, *, now: datetime) -> None:
    document = _document(delivery)
    if document is None:
        return
    steps = RouteStep.objects.filter(document=document, action=Action.RETURN.value)
    last = steps.order_by("-revision", "-id").first()
    send_back_result(
        dossier_id=uuid.UUID(document.origin_id),
        document_id=document.pk,
        reason=last.note if last else "",
        actor=_actor(delivery),
        now=now,
    )


def subscribe_all() -> None:
    subscribe(Fact.DOCUMENT_SIGNED, on_signed)
    subscribe(Fact.DOCUMENT_ISSUED, on_issued)
    subscribe(Fact.DOCUMENT_RETURNED, on_returned)
    subscribe(Fact.DOCUMENT_REVOKED, on_revoked)


def _with_dossier(
    delivery: Delivery, now: datetime, deed: Callable[..., object], *, actor: Actor | None = None
) -> None:
    document = _document(delivery)
    if document is not None:
        dossier_id = uuid.UUID(document.origin_id)
        deed(dossier_id=dossier_id, document_id=document.pk, actor=actor or _actor(delivery), now=now)


def _document(delivery: Delivery) -> Document | None:
    """The document of the event, if a dossier asked for it."""
    event = Event.objects.filter(pk=delivery.event_id or 0).only("subject_id").first()
    return Document.objects.filter(pk=event.subject_id, origin_type=ORIGIN).first() if event else None


class _Named:
    def __init__(self, event_actor: str) -> None:
        self.event_actor = event_actor


def _actor(delivery: Delivery) -> Actor:
    """The person who did it, so that the step bears their name."""
    kind, _colon, key = delivery.actor.partition(":")
    user = User.objects.filter(pk=key).first() if kind == "user" else None
    return user or _Named(delivery.actor)
