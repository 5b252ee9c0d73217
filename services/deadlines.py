"""What falls due by itself: the desk is told, drafts that nobody answered count as confirmed, and what was not
supplemented in time is closed.
"""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import islice
from typing import TypeVar

from django.db import transaction
from django.utils.timezone import localdate

from portal.calendar.ledger import LedgerError
from portal.events.actors import System
from portal.isolation import Purpose, scope
from services.errors import ServicesError
from services.models import Consultation, Correction, Dossier
from services.operations.alerting import alert_desk
from services.operations.confirming import lapse_confirmation
from services.operations.consulting import note_late_opinion, remind_consultation
from services.operations.extending import lapse_extension
from services.operations.mending import note_late_correction
from services.operations.supplements import expire_supplement
from services.operations.tickets import lapse_ticket
from services.operations.warning import warn_of_due
from services.queries import consultations, corrections, dossiers, lateness
from services.queries.tickets import left_over

log = logging.getLogger(__name__)

Row = TypeVar("Row", Dossier, Consultation, Correction)
AT_ONCE = 200  # the rest has its turn at the next call


def alert(*, now: datetime) -> int:
    """How many dossiers the desks were told of."""
    return _each(dossiers.not_alerted, lambda one: alert_desk(dossier=one, actor=System.SCHEDULE, now=now))


def expire(*, now: datetime) -> int:
    """How many dossiers were closed."""
    return _each(
        lambda: dossiers.expired(now), lambda one: expire_supplement(dossier=one, actor=System.SCHEDULE, now=now)
    )


def let_silence_agree(*, now: datetime) -> int:
    """How many drafts count as confirmed."""
    return _each(
        lambda: dossiers.unanswered_drafts(now),
        lambda one: lapse_confirmation(dossier=one, actor=System.SCHEDULE, now=now),
    )


def end_tickets(*, now: datetime) -> int:
    """How many numbers of earlier days were ended."""
    ended = 0
    for ticket in left_over(localdate(now)):
        ended += lapse_ticket(ticket=ticket, actor=System.SCHEDULE, now=now) is not None
    return ended


def remind_of_questions(*, now: datetime) -> int:
    """How many units were reminded of what they are asked. Once each."""
    return _each(
        lambda: consultations.to_remind(now),
        lambda one: remind_consultation(consultation=one, actor=System.SCHEDULE, now=now),
    )


def tell_of_late_opinions(*, now: datetime) -> int:
    """How many late answers the heads of desks were told of. NĐ 118/2025 Đ.19.4b"""
    return _each(
        lambda: consultations.to_tell_late(now),
        lambda one: note_late_opinion(consultation=one, actor=System.SCHEDULE, now=now),
    )


def warn(*, now: datetime) -> int:
    """How many warnings were given."""
    left: dict[object, int] = {}

    def near() -> Iterable[Dossier]:
        for row, days in lateness.nearly_due(now):
            if row.pk not in left:
                left[row.pk] = days
                yield row

    return _each(near, lambda one: warn_of_due(dossier=one, days_left=left[one.pk], actor=System.SCHEDULE, now=now))


def tell_of_late_corrections(*, now: datetime) -> int:
    """How many heads were told of a correction whose days are over. NĐ 118/2025 Đ.23.1"""
    return _each(
        lambda: corrections.late_corrections(now),
        lambda one: note_late_correction(correction=one, actor=System.SCHEDULE, now=now),
    )


def let_extensions_lapse(*, now: datetime) -> int:
    """How many proposals came to nothing."""
    return _each(
        lambda: lateness.undecided_extensions(now),
        lambda one: lapse_extension(dossier=one, actor=System.SCHEDULE, now=now),
    )


def _each(waiting: Callable[[], Iterable[Row]], deed: Callable[[Row], Row | None]) -> int:
    """Each in a transaction of its own, so that one that fails does not keep the others back."""
    with transaction.atomic(), scope(purpose=Purpose.DEADLINES):
        found = list(islice(waiting(), AT_ONCE))
    done = 0
    for one in found:
        try:
            with transaction.atomic(), scope(purpose=Purpose.DEADLINES):
                done += deed(one) is not None
        except (ServicesError, LedgerError):  # it is tried again at the next call, and the log names it until then
            log.exception("%s %s could not be moved by itself", type(one).__name__, one.pk)
    return done
