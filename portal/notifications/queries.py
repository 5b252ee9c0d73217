"""Who is reached how, and what was sent. Pure reads."""

import uuid
from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import get_default_timezone

from portal.accounts.models import User
from portal.isolation import Purpose, scope
from portal.notifications import backends, kinds
from portal.notifications.kinds import Channel, Kind, Language
from portal.notifications.models import (
    AddressCode,
    BadAddress,
    Notification,
    NotificationPreference,
    NotificationQuerySet,
)
from portal.notifications.quiet import next_allowed
from portal.notifications.rules import Rules, rules_on

ADDRESSED = (Channel.EMAIL, Channel.SMS)


def preference_of(user: User, on: date) -> NotificationPreference:
    """What this citizen chose; an unsaved row of revision 0 with the defaults for who never did."""
    found = NotificationPreference.objects.filter(user=user).first()
    if found is not None:
        return found
    chosen = [str(channel) for channel in rules_on(on).default_channels]
    return NotificationPreference(user=user, language=Language.VIETNAMESE, channels=chosen, kinds=[], revision=0)


def bad_channels(preference: NotificationPreference) -> set[str]:
    """The channels whose address, as the person gave it, takes nothing any more."""
    given = {Channel.EMAIL: preference.email, Channel.SMS: preference.phone}
    return {str(channel) for channel, address in given.items() if address and is_bad(channel, address)}


def is_bad(channel: str, address: str) -> bool:
    """The table of digests shows itself to nobody's own scope."""
    with transaction.atomic(), scope(purpose=Purpose.NOTIFICATION):
        return BadAddress.objects.on(channel, address).exists()


def address_of(preference: NotificationPreference, channel: str) -> str:
    """As the person gave it; empty for VNeID, which needs none."""
    given = {str(Channel.EMAIL): preference.email, str(Channel.SMS): preference.phone}
    return given.get(str(channel), "")


def is_confirmed(user: User, channel: str, address: str) -> bool:
    """Whether this person has brought back a code from there; in the person's own scope, or in the telling's."""
    return AddressCode.objects.on(channel, address).confirmed().filter(user=user).exists()


def unconfirmed(preference: NotificationPreference) -> dict[str, str]:
    """Channel -> address, of those to which nothing goes yet."""
    given = {str(channel): address_of(preference, channel) for channel in ADDRESSED}
    user = preference.user
    return {channel: to for channel, to in given.items() if to and not is_confirmed(user, channel, to)}


def waiting_code(user: User, channel: str, address: str) -> AddressCode | None:
    return AddressCode.objects.waiting().on(channel, address).filter(user=user).first()


def reach(user: User | None, preference: NotificationPreference | None, contact: Mapping[str, str]) -> dict[str, str]:
    """Channel -> address, of every channel that reaches this person now. What was given with a dossier fills gaps.

    Who has an account is reached at confirmed addresses only. The contact of a dossier whose people have none is all
    there is: it gets one bare sentence (`telling.notify`).
    """
    own = {Channel.EMAIL: preference.email, Channel.SMS: preference.phone} if preference else {}
    told = {Channel.EMAIL: str(contact.get("email") or ""), Channel.SMS: str(contact.get("phone") or "")}
    found: dict[str, str] = {}
    for channel in ADDRESSED:
        known = (own.get(channel, ""), told[channel])
        usable = (one for one in known if one and (user is None or is_confirmed(user, channel, one)))
        address = next((one for one in usable if not is_bad(channel, one)), "")
        if address and backends.connected(channel):
            found[channel] = address
    if user is not None and user.is_citizen and backends.connected(Channel.VNEID):
        found[Channel.VNEID] = ""
    return found


def channels_for(
    kind: Kind, preference: NotificationPreference | None, reached: Mapping[str, str], rules: Rules
) -> list[str]:
    """Nothing, for a kind that nobody agreed to. Whom the law orders to tell is told wherever they are reached."""
    if not kind.ordered and (preference is None or kind.key not in preference.kinds):
        return []
    chosen = preference.channels if preference else [str(one) for one in rules.default_channels]
    found = [channel for channel in chosen if channel in reached]
    if found or not kind.ordered:
        return found
    return [str(channel) for channel in rules.fallback_channels if channel in reached][:1]


def allowed_from(channel: str, preference: NotificationPreference | None, rules: Rules, now: datetime) -> datetime:
    """Only a telephone wakes people up."""
    if channel != Channel.SMS:
        return now
    begins, ends = rules.quiet_from, rules.quiet_until
    if preference and preference.quiet_from is not None and preference.quiet_until is not None:
        begins, ends = preference.quiet_from, preference.quiet_until
    return next_allowed(now, begins=begins, ends=ends, zone=get_default_timezone())


def own_notifications(user: User) -> NotificationQuerySet:
    return Notification.objects.of(user).order_by("-created_at", "id")


def stuck() -> NotificationQuerySet:
    """For those who may send again; the caller opens the scope."""
    return Notification.objects.stuck()


def one(key: uuid.UUID) -> Notification | None:
    """As above."""
    return Notification.objects.filter(pk=key).first()


def stuck_one(key: uuid.UUID) -> Notification | None:
    return Notification.objects.stuck().filter(pk=key).first()


def kinds_known(keys: list[str]) -> list[str]:
    """Those of `keys` that are optional kinds."""
    known = {one.key for one in kinds.optional()}
    return sorted(known & set(keys))
