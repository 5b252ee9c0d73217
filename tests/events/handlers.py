"""Handlers of the tests; a worker process started by a test imports them too."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import connection, connections, transaction

from portal.events import Delivery, Remote, System, Topic, order, subscribe
from portal.events.subscriptions import LocalHandler, unsubscribe
from portal.isolation import Scope, use
from tests.events.tables import NOW

TOPIC = "tests.letter.written"


def count(delivery: Delivery, *, now: datetime) -> None:
    """One row per effect; `payload.sleep` makes it slow enough to be killed in the middle."""
    with connection.cursor() as cursor:
        cursor.execute("insert into t_effect (delivery) values (%s)", [delivery.pk])
        cursor.execute("select pg_sleep(%s)", [delivery.payload.get("sleep", 0)])


def make_effects() -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("create table t_effect (id bigint generated always as identity, delivery uuid not null)")
    connections["owner"].close()


def clear_outbox() -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("truncate events_delivery, events_heartbeat, t_effect")
    connections["owner"].close()


def effects() -> dict[uuid.UUID, int]:
    with connection.cursor() as cursor:
        cursor.execute("select delivery, count(*) from t_effect group by delivery")
        return dict(cursor.fetchall())


def written(number: int = 1, *, scope: Scope | None = None, topic: str = TOPIC, **payload: Any) -> list[Delivery]:
    found = []
    with transaction.atomic(), use(scope or Scope(units=(5,))):
        for _ in range(number):
            found += order(Topic(name=topic, payload=payload), actor=System.DEMO, unit=5, at=NOW)
    return found


@contextmanager
def subscribed(handler: LocalHandler | Remote, topic: str = TOPIC) -> Iterator[None]:
    subscribe(topic, handler)
    try:
        yield
    finally:
        unsubscribe(topic, handler)
