"""`record()`: the only way a fact gets into the trail."""

import json
import re
import unicodedata
import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models

from portal.events import context, subscriptions
from portal.events.actors import Actor
from portal.events.models import Delivery, Event
from portal.isolation import current

FACTS_LIMIT = 16 * 1024  # bytes of JSON
BATCH = 1000  # rows of one statement
# As arrays: the ORM would send fifteen values for each row, and spend more on that than the database on the rows.
INSERT = """
insert into events_event (name, subject_type, subject_id, actor, on_behalf_of, unit_id, before, after, facts, concerns,
                          request_id, ip, at)
select %(name)s, subject_type, subject_id, %(actor)s, '', unit_id, before, after, facts::jsonb, concerns::uuid[],
       %(request_id)s, %(ip)s::inet, %(at)s
  from unnest(%(types)s::text[], %(keys)s::text[], %(units)s::bigint[], %(befores)s::text[], %(afters)s::text[],
              %(facts)s::text[], %(concerns)s::text[])
  with ordinality as told (subject_type, subject_id, unit_id, before, after, facts, concerns, place)
 order by place
returning id"""
DELIVER = """
insert into events_delivery (id, topic, handler, queue, shard, event_id, payload, actor, scope, created_at, not_before,
                             tries, last_error)
select gen_random_uuid(), %(topic)s, %(handler)s, %(queue)s, unit_id, event_id, '{}', %(actor)s, %(scope)s::jsonb,
       %(at)s, %(at)s, 0, ''
  from unnest(%(units)s::bigint[], %(events)s::bigint[]) as told (unit_id, event_id)"""
PERSONAL_NUMBER = re.compile(r"(?<![0-9A-Za-z-])\d{12}(?![0-9A-Za-z-])")

Subject = models.Model | tuple[str, str]


class NotRecordableError(ValueError):
    """The fact is not one that may stand in the trail for ever."""


def subject_of(subject: Subject) -> tuple[str, str]:
    if isinstance(subject, tuple):
        return subject[0], str(subject[1])
    options = subject._meta
    return options.label_lower, str(subject.pk)


def record(
    name: str,
    *,
    subject: Subject,
    actor: Actor,
    unit: int | None,
    at: datetime,
    before: str = "",
    after: str = "",
    facts: Mapping[str, Any] | None = None,
    concerns: Iterable[uuid.UUID] = (),
    on_behalf_of: Actor | None = None,
    deliveries: Iterable[subscriptions.Topic] = (),
) -> Event:
    """Write one Event, and one Delivery per subscriber, into the transaction that is open.

    `subject` is a model instance or ("app.model", key). `unit` is the id of the unit whose chain holds the event.
    `before` and `after` are the states that the guard compares. `concerns` are the ids of users who may see the event
    in their own trail; the citizen of the scope always may. `facts` hold ids, codes and numbers, never names, addresses
    or identity numbers: the trail is kept for ever.
    """
    if not connection.in_atomic_block:
        raise ImproperlyConfigured("record() belongs into the transaction of the change it tells about.")
    if at.tzinfo is None:
        raise NotRecordableError("The moment of an event needs its time zone.")
    subject_type, subject_id = subject_of(subject)
    here = context.current()
    event = Event(
        name=str(name),
        subject_type=subject_type,
        subject_id=subject_id,
        actor=actor.event_actor,
        on_behalf_of=on_behalf_of.event_actor if on_behalf_of else "",
        unit_id=unit,
        before=str(before),
        after=str(after),
        facts=_clean(facts or {}),
        concerns=_people(concerns),
        request_id=here.request_id,
        ip=here.ip,
        at=at,
    )
    event.save(force_insert=True)
    _order(event, deliveries)
    return event


@dataclass(frozen=True, slots=True)
class Told:
    """What `record_all` says about one subject."""

    subject: Subject
    unit: int | None
    before: str = ""
    after: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    concerns: Collection[uuid.UUID] = ()


def record_all(name: str, told: Iterable[Told], *, actor: Actor, at: datetime) -> list[int]:
    """As `record` for many subjects of one deed, in the order given: the ids of the events."""
    if not connection.in_atomic_block:
        raise ImproperlyConfigured("record_all() belongs into the transaction of the change it tells about.")
    if at.tzinfo is None:
        raise NotRecordableError("The moment of an event needs its time zone.")
    rest, made = list(told), list[int]()
    for start in range(0, len(rest), BATCH):
        part = rest[start : start + BATCH]
        ids = _write(str(name), part, actor, at)
        _deliver(str(name), [one.unit for one in part], ids, actor, at)
        made += ids
    return made


def _deliver(topic: str, units: list[int | None], events: list[int], actor: Actor, at: datetime) -> None:
    values: dict[str, Any] = {"topic": topic, "units": units, "events": events, "actor": actor.event_actor, "at": at}
    values["scope"] = json.dumps(current().to_json())
    with connection.cursor() as cursor:
        for one in subscriptions.subscribers(topic):
            cursor.execute(DELIVER, values | {"handler": one.key, "queue": one.queue})


def _write(name: str, part: Collection[Told], actor: Actor, at: datetime) -> list[int]:
    here = context.current()
    subjects = [subject_of(one.subject) for one in part]
    values = {
        "name": name, "actor": actor.event_actor, "request_id": here.request_id, "ip": here.ip, "at": at,
        "types": [kind for kind, _key in subjects], "keys": [key for _kind, key in subjects],
        "units": [one.unit for one in part], "befores": [str(one.before) for one in part],
        "afters": [str(one.after) for one in part], "facts": [_text(one.facts) for one in part],
        "concerns": ["{" + ",".join(map(str, _people(one.concerns))) + "}" for one in part],
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(INSERT, values)
        return [row[0] for row in cursor.fetchall()]


def viewed(
    subject: Subject,
    *,
    actor: Actor,
    unit: int | None,
    purpose: str,
    at: datetime,
    concerns: Iterable[uuid.UUID] = (),
    on_behalf_of: Actor | None = None,
) -> Event:
    """Somebody saw personal data: one event per response, with the people it shows in `concerns`."""
    subject_type, _ = subject_of(subject)
    return record(
        f"{subject_type}.viewed",
        subject=subject,
        actor=actor,
        unit=unit,
        at=at,
        facts={"purpose": purpose},
        concerns=concerns,
        on_behalf_of=on_behalf_of,
    )


def order(
    topic: subscriptions.Topic, *, actor: Actor, unit: int | None, at: datetime, event: Event | None = None
) -> list[Delivery]:
    """Write the deliveries of one topic. Nobody subscribed is an error: the effect would never happen."""
    rows = _deliveries(topic, actor=actor, unit=unit, at=at, event_id=event.pk if event else None)
    if not rows:
        raise subscriptions.NobodySubscribedError(f"No handler is registered for {topic.name}.")
    return Delivery.objects.bulk_create(rows)


def _deliveries(
    topic: subscriptions.Topic, *, actor: Actor, unit: int | None, at: datetime, event_id: int | None
) -> list[Delivery]:
    """One for each subscriber, not written yet."""
    return [
        Delivery(
            topic=topic.name,
            handler=subscription.key,
            queue=subscription.queue,
            shard=unit,
            event_id=event_id,
            payload=dict(topic.payload),
            actor=actor.event_actor,
            scope=current().to_json(),
            created_at=at,
            not_before=topic.not_before or at,
        )
        for subscription in subscriptions.subscribers(topic.name)
    ]


def _order(event: Event, deliveries: Iterable[subscriptions.Topic]) -> None:
    topics = list(deliveries)
    if subscriptions.subscribers(event.name):
        topics.insert(0, subscriptions.Topic(name=event.name))
    for topic in topics:
        order(topic, actor=_Named(event.actor), unit=event.unit_id, at=event.at, event=event)


class _Named:
    def __init__(self, event_actor: str) -> None:
        self.event_actor = event_actor


def _people(concerns: Iterable[uuid.UUID]) -> list[uuid.UUID]:
    people = set(concerns)
    if citizen := current().citizen:
        people.add(citizen)
    return sorted(people)


def _clean(facts: Mapping[str, Any]) -> dict[str, Any]:
    cleaned: dict[str, Any] = json.loads(_text(facts))
    return cleaned


def _text(facts: Mapping[str, Any]) -> str:
    """The facts as JSON keeps them: NFC, bounded, without anything that looks like an identity number."""
    text = unicodedata.normalize("NFC", json.dumps(facts, ensure_ascii=False, cls=DjangoJSONEncoder, allow_nan=False))
    if len(text.encode()) > FACTS_LIMIT:
        raise NotRecordableError(f"Facts of more than {FACTS_LIMIT} bytes: keep them in a row and record its id.")
    if "\\u0000" in text:
        raise NotRecordableError("Facts hold a NUL character, which PostgreSQL cannot keep.")
    if PERSONAL_NUMBER.search(text):
        raise NotRecordableError(
            "Facts hold what looks like an identity number of 12 digits: record the id of the person instead."
        )
    return text
