"""A fact becomes notifications: to whom, on which channels, in which language, and when."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate

from portal.accounts.models import User
from portal.events import record
from portal.events.actors import Actor
from portal.isolation import Purpose, scope
from portal.notifications import kinds, sms
from portal.notifications.events import Fact
from portal.notifications.kinds import Channel, Language
from portal.notifications.models import Content, Notification, NotificationPreference
from portal.notifications.operations.moving import put_in
from portal.notifications.queries import allowed_from, channels_for, reach
from portal.notifications.rules import Rules, rules_on
from portal.notifications.states import State


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What happened, to be told once. `compose(language)` gives `title`, `text`, `sms`, `code`, `facts`, `link`.

    News of one `line` about one subject replace those that still wait to be sent.
    """

    event_id: int
    kind: str
    line: str
    subject_type: str
    subject_id: str
    unit_id: int | None
    template: str
    compose: Callable[[str], Content]


@dataclass(frozen=True, slots=True)
class Addressee:
    """`user` None: somebody without an account, known by the contact of their dossier only."""

    user: User | None
    contact: Mapping[str, str]
    key: str


@transaction.atomic
def notify(*, news: News, addressee: Addressee, actor: Actor, now: datetime) -> list[Notification]:
    """Order what this person is to be told. The same fact again orders nothing that was ordered before."""
    rules, kind = rules_on(localdate(now)), kinds.kind(news.kind)
    with scope(purpose=Purpose.NOTIFICATION):
        preference = NotificationPreference.objects.filter(user=addressee.user).first() if addressee.user else None
        reached = reach(addressee.user, preference, addressee.contact)
        found = channels_for(kind, preference, reached, rules)
        same = Notification.objects.filter(event_id=news.event_id, kind=news.kind, addressee=addressee.key)
        told = set(same.values_list("channel", flat=True))
        language = preference.language if preference else str(Language(settings.LANGUAGE_CODE))
    missing = [channel for channel in found if channel not in told]
    content = news.compose(language) if missing else {}  # with the sight of whoever caused it, not with ours
    ordered = []
    with scope(purpose=Purpose.NOTIFICATION):
        for channel in missing:
            row = _row(news, addressee, channel, now)
            row.language, row.not_before = language, allowed_from(channel, preference, rules, now)
            bare = addressee.user is None
            row.content, row.address = _said(channel, content, rules, bare=bare), reached[channel]
            row.parts = sms.parts(row.content["text"]) if channel == Channel.SMS else 1
            put_in(row, actor=actor, now=now)
            ordered.append(row)
    return ordered


@transaction.atomic
def recognise(*, key: str, user: User, unit: int | None, actor: Actor, now: datetime) -> int:
    """What was told to a contact belongs to this account: they read it among what they were told. How many."""
    with scope(purpose=Purpose.NOTIFICATION):
        count = Notification.objects.filter(addressee=key, user=None).update(user=user)
        if count:
            facts = {"count": count}
            subject = ("notifications.addressee", key)
            record(Fact.RECOGNISED, subject=subject, actor=actor, unit=unit, at=now, facts=facts, concerns=[user.pk])
    return count


def _row(news: News, addressee: Addressee, channel: str, now: datetime) -> Notification:
    return Notification(
        event_id=news.event_id,
        addressee=addressee.key,
        user=addressee.user,
        channel=channel,
        kind=news.kind,
        line=news.line,
        subject_type=news.subject_type,
        subject_id=news.subject_id,
        unit_id=news.unit_id,
        template=news.template,
        state=State.PENDING,
        created_at=now,
    )


def _said(channel: str, content: Content, rules: Rules, *, bare: bool) -> Content:
    """An SMS says one short sentence and no name; the other channels say all of it. `bare`: nobody has confirmed that
    the address is this person's, so that an e-mail says no more than an SMS.
    """
    if bare and channel == Channel.EMAIL:
        return {"title": content["title"], "text": content["sms"], "code": content.get("code", ""), "facts": []} | {
            "link": content.get("link", "")
        }
    if channel != Channel.SMS:
        return {name: value for name, value in content.items() if name != "sms"}
    text = content["sms"] if rules.sms_accents else sms.without_accents(content["sms"])
    return {"title": content["title"], "text": text, "code": content.get("code", ""), "link": content.get("link", "")}
