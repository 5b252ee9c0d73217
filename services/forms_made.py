"""Laying out and sealing the forms of the desk: a worker's work, while nobody waits and nothing is locked.

A form is readable as soon as it is laid out. Where no seal can be had now, because no certificate is usable or the
trust service is away, it is kept without one, and the seal is tried again, later and later.
"""

import logging
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from documents.layouts import LayoutDataError, Printed, UnknownLayoutError, render
from documents.queries.certificates import credential_of, trusted_anchors, usable_certificate
from documents.signing import recipe, verify
from documents.signing.errors import CertificateRefusedError, SigningError
from documents.signing.kinds import SEAL, Anchor, Credential, Expected
from portal.events import Delivery, Remote, Topic, order, subscribe
from services.models import PrintedForm
from services.operations.forms import MAKE, Sheet, give_up_form, keep_form

log = logging.getLogger(__name__)
QUEUE = "forms"
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(days=1)
MOST_TRIES = 40  # a month: who has no seal by then asks for none


@dataclass(frozen=True, slots=True)
class Wanted:
    layout: str
    on: date
    data: Mapping[str, Any] = field(repr=False)
    credential: Credential | None = field(repr=False)
    anchors: tuple[Anchor, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Unprintable:
    """The data do not fit the layout."""


class _Ordered:
    """Whoever ordered the form, as the delivery keeps them."""

    def __init__(self, event_actor: str) -> None:
        self.event_actor = event_actor


def prepare(delivery: Delivery) -> Wanted | None:
    """Nothing when it is done."""
    form = PrintedForm.objects.filter(pk=_form(delivery)).first()
    if form is None or not form.is_waiting:
        return None
    credential = _credential(form.unit_id)
    anchors = tuple(trusted_anchors()) if credential else ()
    return Wanted(form.form, timezone.localdate(form.printed_at), form.data, credential, anchors)


def _credential(unit_id: int) -> Credential | None:
    """The seal of the organ whose desk it is."""
    try:
        return credential_of(usable_certificate(unit_id=unit_id, on=timezone.localdate()))
    except CertificateRefusedError:
        return None


def call(delivery: Delivery, prepared: Wanted | None) -> Sheet | Unprintable | None:
    if prepared is None:
        return None
    try:
        printed = render(prepared.layout, prepared.data, on=prepared.on)
    except (LayoutDataError, UnknownLayoutError):
        log.exception("Form of delivery %s cannot be laid out", delivery.pk)
        return Unprintable()
    try:
        return _sealed(printed, prepared)
    except SigningError as error:
        log.warning("Form of delivery %s stays without its seal: %s", delivery.pk, error)
        return Sheet(printed.pdf)


def _sealed(printed: Printed, wanted: Wanted) -> Sheet:
    """Judged before it is given to anybody: a seal that does not verify is thrown away."""
    if wanted.credential is None:
        return Sheet(printed.pdf)
    now = timezone.now()
    ready = recipe.prepare(printed.pdf, {SEAL: printed.boxes[SEAL]})
    signed = recipe.seal_alone(ready, credential=wanted.credential, anchors=wanted.anchors, at=now)
    expected = Expected(sha256=signed.digest_after, fingerprints={SEAL: signed.fingerprint})
    verdict = verify.judged(signed.pdf, anchors=wanted.anchors, expected=expected, now=now)
    return Sheet(printed.pdf, signed, verdict) if verdict.valid else Sheet(printed.pdf)


def store(delivery: Delivery, reply: Sheet | Unprintable | None, *, now: datetime) -> None:
    actor = _Ordered(delivery.actor)
    if isinstance(reply, Unprintable):
        give_up_form(form_id=_form(delivery), actor=actor, now=now)
    elif isinstance(reply, Sheet):
        form = keep_form(form_id=_form(delivery), sheet=reply, actor=actor, now=now)
        if form.is_waiting:
            _try_again(delivery, now)


def _try_again(delivery: Delivery, now: datetime) -> None:
    tries = int(delivery.payload.get("tries", 0)) + 1
    if tries > MOST_TRIES:
        return
    pause = min(FIRST_PAUSE * 2 ** min(tries - 1, 20), LONGEST_PAUSE)
    topic = Topic(name=MAKE, payload={**delivery.payload, "tries": tries}, not_before=now + pause)
    order(topic, actor=_Ordered(delivery.actor), unit=delivery.shard, at=now)


def _form(delivery: Delivery) -> uuid.UUID:
    return uuid.UUID(str(delivery.payload["form"]))


FORMS = Remote(name="forms", partner="seals", prepare=prepare, call=call, store=store)


def subscribe_all() -> None:
    subscribe(MAKE, FORMS, queue=QUEUE)
