"""Reminders by the clock, each told once: citizens by day, heads before their time is over."""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import islice
from typing import TypeVar

from django.db import transaction
from django.utils.timezone import get_default_timezone, localdate

from portal.events.actors import System
from portal.isolation import Purpose, scope
from portal.notifications.quiet import is_quiet
from portal.notifications.rules import rules_on as telling_rules_on
from services.errors import ServicesError
from services.models import Dossier, RatingReply
from services.operations.ratings import note_late_reply, remind_of_reply
from services.operations.reminding import remind_of_supplement
from services.petition_rules import petition_rules_on
from services.petition_states import ReplyState
from services.rules import rules_on
from services.states import RequestState, State

log = logging.getLogger(__name__)

Row = TypeVar("Row", Dossier, RatingReply)
AT_ONCE = 200  # the rest has its turn at the next call


def of_supplements(*, now: datetime) -> int:
    """How many were reminded. Not at night: who is woken up by a reminder does nothing about it until the morning."""
    night = telling_rules_on(localdate(now))
    if is_quiet(now.astimezone(get_default_timezone()).time(), night.quiet_from, night.quiet_until):
        return 0
    return _each(
        lambda: _unsupplemented(now),
        lambda one: remind_of_supplement(dossier=one, actor=System.SCHEDULE, now=now),
    )


def _unsupplemented(now: datetime) -> Iterable[Dossier]:
    """Those asked long enough before, whose days are nearly over."""
    ahead = rules_on(localdate(now)).supplement_reminder
    rows = Dossier.objects.filter(
        state=State.SUPPLEMENT,
        supplements__state=RequestState.OPEN.value,
        supplements__reminded_at=None,
        supplements__deadline_at__gt=now,
        supplements__deadline_at__lte=now + ahead,
        supplements__asked_at__lte=now - ahead,
    )
    return rows.order_by("supplements__deadline_at", "id")


def of_low_ratings(*, now: datetime) -> int:
    """How many heads were reminded, or found to be late."""
    rows = RatingReply.objects.filter(state=ReplyState.OPEN)
    near = now + petition_rules_on(localdate(now)).reply_reminder
    soon = rows.filter(reminded_at=None, due_at__gt=now, due_at__lte=near).order_by("due_at", "id")
    late = rows.filter(breached_at=None, due_at__lte=now).order_by("due_at", "id")
    done = _each(lambda: soon, lambda one: remind_of_reply(reply=one, actor=System.SCHEDULE, now=now))
    return done + _each(lambda: late, lambda one: note_late_reply(reply=one, actor=System.SCHEDULE, now=now))


def _each(waiting: Callable[[], Iterable[Row]], deed: Callable[[Row], Row | None]) -> int:
    """Each in a transaction of its own, so that one that fails does not keep the others back."""
    with transaction.atomic(), scope(purpose=Purpose.DEADLINES):
        found = list(islice(waiting(), AT_ONCE))
    done = 0
    for one in found:
        try:
            with transaction.atomic(), scope(purpose=Purpose.DEADLINES):
                done += deed(one) is not None
        except ServicesError:  # it is tried again at the next call, and the log names it until then
            log.exception("%s %s could not be reminded of", type(one).__name__, one.pk)
    return done
