"""Carrying out one delivery: exactly one effect, however often its message arrives and whoever dies on the way.

An effect of our own is committed together with `done_at`. An effect elsewhere is called between two short transactions,
under a lease, with the delivery's id as its idempotency key; before a second call the other side is asked what the
first one came to.
"""

import logging
import random
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, models, transaction

from portal.events import context
from portal.events.actors import System
from portal.events.models import Delivery
from portal.events.recording import PERSONAL_NUMBER, record
from portal.events.subscriptions import LocalHandler, NobodySubscribedError, Remote, by_key
from portal.isolation import Purpose, Scope, scope, use

log = logging.getLogger(__name__)

FIRST_PAUSE = timedelta(seconds=10)
LONGEST_PAUSE = timedelta(hours=1)
LEASE = timedelta(seconds=150)  # above the task's hard time limit: nobody calls while a first caller may still live
DATABASE_AWAY = (OperationalError, InterfaceError)
Clock = Callable[[], datetime]


class UndeliverableError(Exception):
    """The other side, or the business, says no for good: another try would not help."""


def deliver(delivery_id: uuid.UUID, *, clock: Clock) -> bool:
    """Carry out the delivery if it is still open and nobody else has it; whether this call finished it.

    Errors of the handler end in `last_error` and a later try. A database that is away is raised: the relay sends the id
    again.
    """
    try:
        subscription = by_key(_handler_of(delivery_id))
    except NobodySubscribedError as error:
        _fail(delivery_id, UndeliverableError(str(error)), now=clock())
        return False
    except Delivery.DoesNotExist:
        return False
    if isinstance(subscription.handler, Remote):
        return _deliver_remote(delivery_id, subscription.handler, clock)
    return _deliver_local(delivery_id, subscription.handler, now=clock())


def _handler_of(delivery_id: uuid.UUID) -> str:
    with transaction.atomic(), scope(purpose=Purpose.RELAY):
        return Delivery.objects.values_list("handler", flat=True).get(pk=delivery_id)


def _lock(delivery_id: uuid.UUID, now: datetime) -> Delivery | None:
    """The open row, locked; None when it is done, dead, leased, or in other hands."""
    free = models.Q(lease_until__isnull=True) | models.Q(lease_until__lt=now)
    return Delivery.objects.open().filter(free, pk=delivery_id).select_for_update(skip_locked=True).first()


@contextmanager
def _as_originator(delivery: Delivery) -> Iterator[None]:
    """With the rights of whoever caused the delivery, in a savepoint whose deferred checks have run before it ends."""
    with transaction.atomic(), use(Scope.from_json(delivery.scope)):
        before = context.enter(context.RequestContext(request_id=f"delivery-{delivery.pk.hex}"))
        try:
            yield
            with connection.cursor() as cursor:
                cursor.execute("set constraints all immediate; set constraints all deferred")
        finally:
            context.enter(before)


def _deliver_local(delivery_id: uuid.UUID, handler: LocalHandler, *, now: datetime) -> bool:
    with transaction.atomic(), scope(purpose=Purpose.RELAY):
        delivery = _lock(delivery_id, now)
        if delivery is None:
            return False
        try:
            with _as_originator(delivery):
                handler(delivery, now=now)
        except DATABASE_AWAY:
            raise
        except Exception as error:
            log.exception("Delivery %s of %s failed", delivery.pk, delivery.handler)
            _put_off(delivery, error, now=now)
            return False
        _finish(delivery, now=now)
    return True


def _deliver_remote(delivery_id: uuid.UUID, remote: Remote, clock: Clock) -> bool:
    if breaker.is_open(remote.partner):
        _wait_for_partner(delivery_id, now=clock())
        return False
    with transaction.atomic(), scope(purpose=Purpose.RELAY):
        delivery = _lock(delivery_id, clock())
        if delivery is None:
            return False
        called_before = delivery.lease_until is not None
        delivery.lease_until = clock() + LEASE
        delivery.save(update_fields=["lease_until"])
        prepared = None
        if remote.prepare:
            with _as_originator(delivery):
                prepared = remote.prepare(delivery)
    try:
        reply = remote.ask(delivery) if remote.ask and called_before else None
        if reply is None:
            reply = remote.call(delivery, prepared)
        breaker.succeeded(remote.partner)
    except Exception as error:
        log.exception("Delivery %s to %s failed", delivery.pk, remote.partner)
        if not isinstance(error, UndeliverableError):
            breaker.failed(remote.partner)
        _fail(delivery_id, error, now=clock())
        return False
    return _store(delivery_id, remote, reply, now=clock())


def _store(delivery_id: uuid.UUID, remote: Remote, reply: Any, *, now: datetime) -> bool:
    """Keep the answer. A failure here leaves the lease to run out; the next try asks the other side first."""
    with transaction.atomic(), scope(purpose=Purpose.RELAY):
        delivery = Delivery.objects.open().filter(pk=delivery_id).select_for_update().first()
        if delivery is None:
            return False
        with _as_originator(delivery):
            remote.store(delivery, reply, now=now)
        _finish(delivery, now=now)
    return True


# --- Ends and further tries ----------------------------------------------------------------------------------------


def _finish(delivery: Delivery, *, now: datetime) -> None:
    delivery.done_at, delivery.lease_until, delivery.last_error = now, None, ""
    delivery.save(update_fields=["done_at", "lease_until", "last_error"])


def _fail(delivery_id: uuid.UUID, error: Exception, *, now: datetime) -> None:
    with transaction.atomic(), scope(purpose=Purpose.RELAY):
        delivery = Delivery.objects.open().filter(pk=delivery_id).select_for_update(skip_locked=True).first()
        if delivery:
            _put_off(delivery, error, now=now)


def _put_off(delivery: Delivery, error: Exception, *, now: datetime) -> None:
    """Another try later, or the desk of dead letters. A lease that ran out stays: there was a call."""
    delivery.last_error = PERSONAL_NUMBER.sub("•••", f"{type(error).__name__}: {error}".replace("\x00", ""))[:500]
    if delivery.lease_until:
        delivery.lease_until = now
    if isinstance(error, UndeliverableError) or delivery.tries >= settings.DELIVERY_TRIES:
        _bury(delivery, now=now)
    else:
        delivery.not_before, delivery.sent_at = now + pause(delivery.tries), None
    delivery.save(update_fields=["last_error", "lease_until", "not_before", "sent_at", "dead_at"])


def _bury(delivery: Delivery, *, now: datetime) -> None:
    delivery.dead_at = now
    record(
        "events.delivery.died",
        subject=delivery,
        actor=System.RELAY,
        unit=delivery.shard,
        at=now,
        facts={"topic": delivery.topic, "tries": delivery.tries, "event": delivery.event_id},
    )


def given_up(delivery: Delivery, *, now: datetime) -> bool:
    """Bury what came back from all its tries without an answer, instead of sending it again: it kills its worker."""
    if delivery.tries < settings.DELIVERY_TRIES:
        return False
    delivery.last_error = delivery.last_error or "No worker survived it."
    _bury(delivery, now=now)
    delivery.save(update_fields=["dead_at", "last_error"])
    return True


def pause(tries: int) -> timedelta:
    """Doubling from 10 s to 1 h, drawn from the whole range: failures of one moment don't come back together."""
    longest = min(LONGEST_PAUSE, FIRST_PAUSE * (1 << min(tries, 20)))
    return longest * random.random()  # noqa: S311  spreading load needs no secrecy


def _wait_for_partner(delivery_id: uuid.UUID, *, now: datetime) -> None:
    """The partner is being left alone: come back later, without counting this as a try."""
    with transaction.atomic(), scope(purpose=Purpose.RELAY):
        Delivery.objects.open().filter(pk=delivery_id, tries__gt=0).update(
            not_before=now + timedelta(seconds=Breaker.REST), sent_at=None, tries=models.F("tries") - 1
        )


class Breaker:
    """Five failures in a row, and this process leaves the partner alone for a minute. Each worker process counts for
    itself.
    """

    FAILURES = 5
    REST = 60.0  # seconds

    def __init__(self) -> None:
        self._failures: dict[str, int] = {}
        self._open_until: dict[str, float] = {}

    def is_open(self, partner: str) -> bool:
        return time.monotonic() < self._open_until.get(partner, 0.0)

    def failed(self, partner: str) -> None:
        self._failures[partner] = self._failures.get(partner, 0) + 1
        if self._failures[partner] >= self.FAILURES:
            self._open_until[partner] = time.monotonic() + self.REST
            self._failures[partner] = 0

    def succeeded(self, partner: str) -> None:
        self._failures.pop(partner, None)


breaker = Breaker()
