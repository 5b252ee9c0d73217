"""One notification on its way: begun, ended, given up, sent again. docs/notifications.md, "Once"."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from portal.accounts.models import Citizen, User
from portal.events import Delivery
from portal.events.actors import Actor
from portal.events.operations import replay
from portal.events.recording import order, record
from portal.isolation import Purpose, scope
from portal.notifications.backends import Outgoing, Refused, Reply, Taken
from portal.notifications.errors import NotAllowedError, NotSentError, NotStuckError
from portal.notifications.events import Fact
from portal.notifications.kinds import Channel, kind
from portal.notifications.models import AddressCode, BadAddress, Notification, NotificationPreference
from portal.notifications.operations.moving import can, delivery_of, lock, step
from portal.notifications.policies import may_report, may_send_again
from portal.notifications.queries import allowed_from
from portal.notifications.rules import rules_on
from portal.notifications.states import Action, Reason, State

FORGET_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Begun:
    """`in_doubt`: an earlier try was cut off, so the carrier is asked before it gets the message again."""

    message: Outgoing
    channel: str
    in_doubt: bool


@dataclass(frozen=True, slots=True)
class Later:
    """Not now: the quiet hours have begun meanwhile."""

    until: datetime


@transaction.atomic
def begin_sending(*, key: uuid.UUID, actor: Actor, now: datetime) -> Begun | Later | Refused | None:
    """From now on it may have gone out. None when there is nothing to send (any more)."""
    with scope(purpose=Purpose.NOTIFICATION):
        row = lock(key)
        if row is None or not (can(row, Action.BEGIN) or row.state == State.SENDING):
            return None
        preference = NotificationPreference.objects.filter(user=row.user_id).first() if row.user_id else None
        allowed = allowed_from(row.channel, preference, rules_on(localdate(now)), now)
        if allowed > now and not kind(row.kind).own_deed:
            return Later(allowed)
        in_doubt, row.in_doubt = row.in_doubt, True
        if row.state == State.SENDING:
            row.save(update_fields=["in_doubt"])
        else:
            step(row, Action.BEGIN, actor=actor, now=now, changed=["in_doubt"])
    to = row.address or _number_of(row)
    return Begun(_message(row, to), row.channel, in_doubt) if to else Refused(Reason.NO_ADDRESS)


def _number_of(row: Notification) -> str:
    """VNeID knows people by their number: read in the person's own scope, and kept nowhere."""
    if row.channel != Channel.VNEID or row.user_id is None:
        return ""
    with scope(citizen=row.user_id):
        citizen = Citizen.objects.filter(pk=row.user_id).first()
        return citizen.number if citizen else ""


def _message(row: Notification, to: str) -> Outgoing:
    said = row.content
    return Outgoing(
        key=row.pk,
        to=to,
        language=row.language,
        title=said["title"],
        text=said["text"],
        code=said.get("code", ""),
        facts=tuple((label, value) for label, value in said.get("facts", [])),
        link=said.get("link", ""),
        unsubscribe="" if kind(row.kind).ordered or row.user_id is None else f"{row.user_id}:{row.kind}",
    )


@transaction.atomic
def note_not_taken(*, key: uuid.UUID, actor: Actor, now: datetime) -> None:
    """The carrier surely has it not: the next try need not ask. Nothing to tell, it is still on its way."""
    with scope(purpose=Purpose.NOTIFICATION):
        Notification.objects.filter(pk=key, state=State.SENDING).update(in_doubt=False)


@transaction.atomic
def end_sending(*, key: uuid.UUID, reply: Reply, actor: Actor, now: datetime) -> None:
    """What the carrier said. A second answer changes nothing."""
    with scope(purpose=Purpose.NOTIFICATION):
        row = lock(key)
        if row is None or not can(row, Action.CONFIRM):
            return
        row.in_doubt = False
        if isinstance(reply, Taken):
            row.sent_at, row.reference = now, reply.reference[:200]
            step(row, Action.CONFIRM, actor=actor, now=now, changed=["in_doubt", "sent_at", "reference"])
            return
        row.reason = str(reply.reason)
        step(
            row,
            Action.REFUSE,
            actor=actor,
            now=now,
            changed=["in_doubt", "reason"],
            facts={"reason": row.reason},
        )
        if reply.reason is Reason.BAD_ADDRESS:
            _mark_bad(row, now)


@transaction.atomic
def put_off(*, key: uuid.UUID, until: datetime, actor: Actor, now: datetime) -> None:
    """The quiet hours began while it waited for another reason: it goes out in the morning."""
    with scope(purpose=Purpose.NOTIFICATION):
        row = lock(key)
        if row is not None and (can(row, Action.BEGIN) or row.state == State.SENDING):
            row.not_before = until
            row.save(update_fields=["not_before"])
            order(delivery_of(row), actor=actor, unit=row.unit_id, at=now)


@transaction.atomic
def give_up(*, key: uuid.UUID, actor: Actor, now: datetime) -> None:
    """No try got through: it stands on the page of those who mend connections."""
    with scope(purpose=Purpose.NOTIFICATION):
        row = lock(key)
        if row is not None and can(row, Action.GIVE_UP):
            step(row, Action.GIVE_UP, actor=actor, now=now)


@transaction.atomic
def note_bounce(*, key: uuid.UUID, reason: Reason, actor: User, now: datetime) -> Notification:
    """It had been taken, and came back. Raises NotAllowedError, of an unknown one too, and NotSentError."""
    with scope(purpose=Purpose.NOTIFICATION):
        row = lock(key)
        if row is None or not may_report(actor, row.unit_id):
            raise NotAllowedError
        if not can(row, Action.BOUNCE):
            raise NotSentError
        row.reason = str(reason)
        step(row, Action.BOUNCE, actor=actor, now=now, changed=["reason"], facts={"reason": row.reason})
        if reason is Reason.BAD_ADDRESS:
            _mark_bad(row, now)
        return row


def _mark_bad(row: Notification, now: datetime) -> None:
    address = row.address
    if address:
        index = BadAddress.index_of(row.channel, address)
        BadAddress.objects.get_or_create(channel=row.channel, address_index=index, defaults={"since": now})


@transaction.atomic
def send_again(*, key: uuid.UUID, actor: User, now: datetime) -> None:
    """By a person who has mended the cause. Raises NotAllowedError, NotStuckError.

    A carrier that has it already says so: the key stays the same. Where nobody could be asked, this person decides.
    """
    if not may_send_again(actor):
        raise NotAllowedError
    with scope(purpose=Purpose.NOTIFICATION):
        row = lock(key)
        if row is None or not can(row, Action.SEND_AGAIN):
            raise NotStuckError
        before, row.reason, row.not_before = row.reason, "", now
        if before == Reason.OUTCOME_UNKNOWN:
            row.in_doubt = False
        topic = delivery_of(row)
        dead = _dead_letter(row)
        step(
            row,
            Action.SEND_AGAIN,
            actor=actor,
            now=now,
            changed=["in_doubt", "reason", "not_before"],
            facts={"reason": before},
            deliveries=[] if dead else [topic],
        )
    if dead:
        replay(delivery_id=dead, actor=actor, now=now)


def _dead_letter(row: Notification) -> uuid.UUID | None:
    """The delivery that gave it up; it is revived, so that never two are under way."""
    with scope(purpose=Purpose.OPERATIONS):
        rows = Delivery.objects.dead().filter(topic=delivery_of(row).name, payload__notification=str(row.pk))
        return rows.values_list("pk", flat=True).first()


def forget_old(*, actor: Actor, now: datetime) -> int:
    """Delete what ended longer ago than it is kept, in batches of their own; how many."""
    before, count = now - rules_on(localdate(now)).kept, 0
    with transaction.atomic(), scope(purpose=Purpose.RETENTION):
        AddressCode.objects.old(before).delete()
    while True:
        with transaction.atomic(), scope(purpose=Purpose.RETENTION):
            old = Notification.objects.old(before).order_by("ended_at", "id").values("pk")[:FORGET_AT_ONCE]
            removed, _ = Notification.objects.filter(pk__in=old).delete()
            count += removed
            if removed < FORGET_AT_ONCE:
                if count:
                    subject = ("notifications.notification", "-")
                    record(Fact.FORGOTTEN, subject=subject, actor=actor, unit=None, at=now, facts={"count": count})
                return count
