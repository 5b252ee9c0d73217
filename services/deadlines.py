"""What falls due by itself: the desk is told, drafts that nobody answered count as confirmed, and what was not
supplemented in time is closed.
"""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import islice

from django.db import transaction
from django.utils.timezone import localdate

from portal.calendar.ledger import LedgerError
from portal.events.actors import System
from portal.isolation import Purpose, scope
from services.errors import ServicesError
from services.models import Dossier
from services.operations.alerting import alert_desk
from services.operations.confirming import lapse_confirmation
from services.operations.supplements import expire_supplement
from services.operations.tickets import lapse_ticket
from services.queries import dossiers
from services.queries.tickets import left_over

log = logging.getLogger(__name__)

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


def _each(waiting: Callable[[], Iterable[Dossier]], deed: Callable[[Dossier], Dossier | None]) -> int:
    """Each in a transaction of its own, so that one that fails does not keep the others back."""
    with transaction.atomic(), scope(purpose=Purpose.DEADLINES):
        found = list(islice(waiting(), AT_ONCE))
    done = 0
    for dossier in found:
        try:
            with transaction.atomic(), scope(purpose=Purpose.DEADLINES):
                done += deed(dossier) is not None
        except (ServicesError, LedgerError):  # it is tried again at the next call, and the log names it until then
            log.exception("Dossier %s could not be moved by itself", dossier.pk)
    return done
