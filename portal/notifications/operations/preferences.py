"""What a citizen chooses about being told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from django.db import transaction
from django.utils.timezone import localdate

from portal.accounts.models import User
from portal.events import record
from portal.events.actors import Actor
from portal.isolation import Purpose, scope
from portal.notifications.errors import NoAddressError, NoChannelError, NotAllowedError, StaleError
from portal.notifications.events import Fact
from portal.notifications.kinds import Channel, Language
from portal.notifications.models import BadAddress, NotificationPreference
from portal.notifications.queries import kinds_known, preference_of

FIELDS = ("language", "channels", "kinds", "quiet_from", "quiet_until", "email", "phone")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Everything of the page. `kinds` are the optional ones agreed to; empty quiet hours are those of the rules."""

    language: str
    channels: Sequence[str]
    kinds: Sequence[str]
    email: str = ""
    phone: str = ""
    quiet_from: time | None = None
    quiet_until: time | None = None


@transaction.atomic
def choose(*, user: User, choice: Choice, revision: int | None, actor: User, now: datetime) -> NotificationPreference:
    """Raises NotAllowedError, StaleError, NoChannelError, NoAddressError."""
    if actor.pk != user.pk or not user.is_citizen:
        raise NotAllowedError
    NotificationPreference.objects.select_for_update().filter(user=user).first()
    row = preference_of(user, localdate(now))
    if revision is not None and row.revision != revision:
        raise StaleError
    _check(choice)
    before = {name: getattr(row, name) for name in FIELDS}
    row.language = str(Language(choice.language))
    row.channels = [str(channel) for channel in Channel if str(channel) in choice.channels]
    row.kinds = kinds_known(list(choice.kinds))
    row.quiet_from, row.quiet_until = choice.quiet_from, choice.quiet_until
    row.email, row.phone = choice.email, choice.phone
    row.updated_at, row.revision = now, row.revision + 1
    row.save()
    _trust_again(choice)
    changed = sorted(name for name in FIELDS if before[name] != getattr(row, name))
    _record(row, changed, actor=actor, now=now)
    return row


@transaction.atomic
def stop_kind(*, user: User, kind: str, actor: Actor, now: datetime) -> bool:
    """Agree no longer to one optional kind; whether it was agreed to. Whoever holds the link of a message may."""
    with scope(citizen=user.pk):
        row = NotificationPreference.objects.select_for_update().filter(user=user).first()
        if row is None or kind not in row.kinds:
            return False
        row.kinds = [one for one in row.kinds if one != kind]
        row.updated_at, row.revision = now, row.revision + 1
        row.save(update_fields=["kinds", "updated_at", "revision"])
        _record(row, ["kinds"], actor=actor, now=now)
    return True


def _check(choice: Choice) -> None:
    if not set(choice.channels) & set(Channel.values):
        raise NoChannelError
    for channel, address in ((Channel.EMAIL, choice.email), (Channel.SMS, choice.phone)):
        if channel in choice.channels and not address:
            raise NoAddressError(str(channel))


def _trust_again(choice: Choice) -> None:
    """Who enters an address anew says that it works now."""
    with scope(purpose=Purpose.NOTIFICATION):
        for channel, address in ((Channel.EMAIL, choice.email), (Channel.SMS, choice.phone)):
            if address:
                BadAddress.objects.on(channel, address).delete()


def _record(row: NotificationPreference, changed: list[str], *, actor: Actor, now: datetime) -> None:
    """Which kinds were agreed to stands in the trail: consent has to be shown. Luật 91/2025/QH15"""
    record(
        Fact.PREFERENCE_CHANGED,
        subject=row,
        actor=actor,
        unit=None,
        at=now,
        facts={"changed": changed, "channels": row.channels, "kinds": row.kinds, "language": row.language},
        concerns=[row.user_id],
    )
