"""What every step of a notification begins and ends with."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from portal.events import Topic, record
from portal.events.actors import Actor
from portal.notifications.models import Notification
from portal.notifications.states import ENDED, TRANSITIONS, Action, State

SEND = "notifications.send."  # and the channel: the topic of the delivery that carries it out


def lock(key: uuid.UUID) -> Notification | None:
    return Notification.objects.select_for_update(of=("self",)).filter(pk=key).first()


def can(row: Notification, action: Action) -> bool:
    return State(row.state) in TRANSITIONS[action].sources


def step(
    row: Notification,
    action: Action,
    *,
    actor: Actor,
    now: datetime,
    changed: Iterable[str] = (),
    facts: Mapping[str, Any] | None = None,
    deliveries: Iterable[Topic] = (),
) -> None:
    """Move a locked row along the table, save it with `changed`, and record it. The caller has asked `can()`."""
    transition = TRANSITIONS[action]
    before, row.state = row.state, str(transition.target)
    row.ended_at = now if transition.target in ENDED else None
    row.save(update_fields=sorted({"state", "ended_at", *changed}))
    tell(row, action, before=before, actor=actor, now=now, facts=facts, deliveries=deliveries)


def tell(
    row: Notification,
    action: Action,
    *,
    before: str,
    actor: Actor,
    now: datetime,
    facts: Mapping[str, Any] | None = None,
    deliveries: Iterable[Topic] = (),
) -> None:
    """Nobody's own record fills with it: people have a page that lists what they were told."""
    record(
        TRANSITIONS[action].fact,
        subject=row,
        actor=actor,
        unit=row.unit_id,
        at=now,
        before=before,
        after=row.state,
        facts={"channel": row.channel, **(facts or {})},
        deliveries=deliveries,
    )


def delivery_of(row: Notification) -> Topic:
    payload = {"notification": str(row.pk)}
    return Topic(name=f"{SEND}{row.channel}", payload=payload, not_before=row.not_before)


def put_in(row: Notification, *, actor: Actor, now: datetime, also_due: bool = False) -> None:
    """A new one, with its event and the delivery that carries it out. `also_due`: see `_replace`."""
    row.save(force_insert=True)
    facts = {"kind": row.kind, "event": row.event_id, "not_before": row.not_before}
    tell(row, Action.ORDER, before="", actor=actor, now=now, facts=facts, deliveries=[delivery_of(row)])
    _replace(row, actor=actor, now=now, also_due=also_due)


def _replace(row: Notification, *, actor: Actor, now: datetime, also_due: bool) -> None:
    """What still waits for the morning about the same dossier says less than this one does; with `also_due`, what
    waits for its carrier too.
    """
    older = Notification.objects.select_for_update(of=("self",)).filter(
        addressee=row.addressee,
        subject_type=row.subject_type,
        subject_id=row.subject_id,
        channel=row.channel,
        line=row.line,
        state=State.PENDING,
        event_id__lt=row.event_id,
    )
    older = older if also_due else older.filter(not_before__gt=now)
    for one in older.order_by("event_id", "id"):
        if can(one, Action.MERGE):
            one.replaced_by = row
            step(
                one,
                Action.MERGE,
                actor=actor,
                now=now,
                changed=["replaced_by"],
                facts={"into": str(row.pk)},
            )
