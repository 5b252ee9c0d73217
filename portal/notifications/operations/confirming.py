"""An address is confirmed by a code that was sent there, before anything about a person goes to it."""

import hmac
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.accounts.models import User
from portal.events import Event, record
from portal.events.actors import Actor
from portal.isolation import Purpose, scope
from portal.notifications import backends, sms
from portal.notifications.errors import (
    AlreadyConfirmedError,
    NotAllowedError,
    NotConnectedError,
    NothingToConfirmError,
    TooManyCodesError,
    TooSoonError,
)
from portal.notifications.events import Fact
from portal.notifications.kinds import ADDRESS_CODE, Channel
from portal.notifications.models import AddressCode, BadAddress, Content, Notification, NotificationPreference
from portal.notifications.operations.moving import put_in
from portal.notifications.queries import address_of, is_confirmed
from portal.notifications.rules import Rules, rules_on
from portal.notifications.states import CODE_TRANSITIONS, CodeAction, CodeState, State

DIGITS = 6
DAY = timedelta(days=1)
SUBJECT = "notifications.addresscode"
TEMPLATE = "portal.notifications.address_code@2026-11-30"


class Answer(StrEnum):
    """What became of an entered code. A wrong one is kept as a try, so it is no error that would undo it."""

    CONFIRMED = "confirmed"
    WRONG = "wrong"
    LOCKED = "locked"
    ENDED = "ended"
    NOTHING = "nothing"


@transaction.atomic
def ask_code(*, user: User, channel: str, actor: User, now: datetime) -> AddressCode:
    """Send a new code; an earlier one is good no more. Raises what `_check_asking` raises."""
    preference, address = _address(user, channel, actor)
    rules = rules_on(localdate(now))
    _check_asking(user, channel, address, rules, now)
    earlier = AddressCode.objects.select_for_update(of=("self",)).waiting().filter(user=user, channel=channel).first()
    if earlier is not None:
        _move(earlier, CodeAction.REPLACE, actor=actor, now=now)
    row = AddressCode(user=user, channel=channel, state="", created_at=now, expires_at=now + rules.code_lasts)
    row.address_index = BadAddress.index_of(channel, address)
    row.code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    asked = _move(row, CodeAction.ASK, actor=actor, now=now)
    _send(row, address, preference.language, asked, rules, actor=actor, now=now)
    return row


@transaction.atomic
def confirm_address(*, user: User, channel: str, code: str, actor: User, now: datetime) -> Answer:
    """Raises NotAllowedError, NothingToConfirmError. The caller must not undo what a wrong try leaves."""
    _preference, address = _address(user, channel, actor)
    rules = rules_on(localdate(now))
    rows = AddressCode.objects.select_for_update(of=("self",)).waiting().on(channel, address)
    row = rows.filter(user=user).first()
    if row is None:
        return Answer.NOTHING
    if now >= row.expires_at:
        _move(row, CodeAction.END, actor=actor, now=now)
        return Answer.ENDED
    if hmac.compare_digest(row.code.encode(), code.strip().encode()):
        _move(row, CodeAction.CONFIRM, actor=actor, now=now)
        return Answer.CONFIRMED
    row.tries += 1
    if row.tries >= rules.code_tries:
        _move(row, CodeAction.LOCK, "tries", actor=actor, now=now)
        return Answer.LOCKED
    row.save(update_fields=["tries"])
    _tell(row, Fact.CODE_WRONG, actor=actor, now=now, facts={"tries": row.tries})
    return Answer.WRONG


def _address(user: User, channel: str, actor: User) -> tuple[NotificationPreference, str]:
    """The preference is locked: it cannot change under a code, and of two askings one waits."""
    if actor.pk != user.pk or not user.is_citizen:
        raise NotAllowedError
    preference = NotificationPreference.objects.select_for_update(of=("self",)).filter(user=user).first()
    address = address_of(preference, channel) if preference else ""
    if preference is None or not address:
        raise NothingToConfirmError
    return preference, address


def _check_asking(user: User, channel: str, address: str, rules: Rules, now: datetime) -> None:
    """What one person may ask for, and what one address has to bear, whoever asks."""
    if is_confirmed(user, channel, address):
        raise AlreadyConfirmedError
    if not backends.connected(channel):
        raise NotConnectedError
    mine = AddressCode.objects.filter(user=user, channel=channel)
    if mine.filter(created_at__gt=now - rules.code_again_after).exists():
        raise TooSoonError
    with scope(purpose=Purpose.NOTIFICATION):
        there = AddressCode.objects.on(channel, address).filter(created_at__gt=now - DAY).count()
    if max(there, mine.filter(created_at__gt=now - DAY).count()) >= rules.code_most_a_day:
        raise TooManyCodesError


def _move(row: AddressCode, action: CodeAction, *changed: str, actor: Actor, now: datetime) -> Event:
    transition = CODE_TRANSITIONS[action]
    before, row.state = row.state, str(transition.target)
    if transition.target is CodeState.WAITING:
        row.save(force_insert=True)
    else:
        row.ended_at, row.code = now, ""
        row.save(update_fields=["state", "ended_at", "code_sealed", *changed])
    return _tell(row, transition.fact, before=before, after=row.state, actor=actor, now=now)


def _tell(
    row: AddressCode,
    name: str,
    *,
    actor: Actor,
    now: datetime,
    before: str = "",
    after: str = "",
    facts: Mapping[str, Any] | None = None,
) -> Event:
    """Neither the code nor the address stands in the trail."""
    return record(
        name,
        subject=row,
        actor=actor,
        unit=None,
        at=now,
        before=before,
        after=after,
        facts={"channel": row.channel, **(facts or {})},
        concerns=[row.user_id],
    )


def _send(
    row: AddressCode, address: str, language: str, asked: Event, rules: Rules, *, actor: User, now: datetime
) -> None:
    """On the road of all notifications: handed over once, asked for where an answer got lost, given up in the end."""
    told = Notification(
        event_id=asked.pk,
        addressee=row.user.event_actor,
        user=row.user,
        channel=row.channel,
        kind=ADDRESS_CODE,
        line="code",
        subject_type=SUBJECT,
        subject_id=row.channel,
        language=language,
        template=TEMPLATE,
        state=State.PENDING,
        created_at=now,
        not_before=now,
    )
    told.content, told.address = _words(row, language, rules), address
    told.parts = sms.parts(told.content["text"]) if row.channel == Channel.SMS else 1
    with scope(purpose=Purpose.NOTIFICATION):
        put_in(told, actor=actor, now=now, also_due=True)


def _words(row: AddressCode, language: str, rules: Rules) -> Content:
    minutes = int(rules.code_lasts.total_seconds() // 60)
    with override(language):
        values = {"portal": settings.PORTAL_NAME, "code": row.code, "minutes": minutes}
        if row.channel == Channel.SMS:
            text = _("%(portal)s: your code is %(code)s, for %(minutes)s minutes. Give it to nobody.") % values
            text = text if rules.sms_accents else sms.without_accents(text)
        else:
            text = _(
                "Your code is %(code)s. Enter it on the page on which you asked for it, within %(minutes)s minutes. "
                "Give it to nobody: no officer asks for it. If you did not ask for it, do nothing."
            )
            text %= values
        return {"title": _("A code to confirm this address"), "text": text, "code": "", "facts": [], "link": ""}
