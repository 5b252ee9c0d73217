"""What falls due by itself with petitions: a breach is kept, and what was not supplemented in time ends."""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TypeVar

from django.db import transaction

from portal.events.actors import System
from portal.isolation import Purpose, scope
from services.errors import ServicesError
from services.models import Petition, PetitionClock
from services.operations.petition_clocks import DUTIES
from services.operations.petition_work import lapse_petition, note_breach
from services.petition_states import PetitionState

log = logging.getLogger(__name__)

AT_ONCE = 200  # the rest has its turn at the next call
T = TypeVar("T", Petition, PetitionClock)


def note_breaches(*, now: datetime) -> int:
    """How many limits were found to be over."""
    rows = PetitionClock.objects.filter(ended_at=None, breached_at=None, due_at__lt=now, kind__in=sorted(DUTIES))
    found = rows.order_by("due_at", "id")[:AT_ONCE]
    return _each(found, lambda one: note_breach(clock=one, actor=System.SCHEDULE, now=now))


def lapse(*, now: datetime) -> int:
    """How many petitions ended."""
    rows = Petition.objects.filter(state=PetitionState.SUPPLEMENT, next_due_at__lt=now)
    found = rows.order_by("next_due_at", "id")[:AT_ONCE]
    return _each(found, lambda one: lapse_petition(petition=one, actor=System.SCHEDULE, now=now))


def _each(waiting: Iterable[T], deed: Callable[[T], T | None]) -> int:
    """Each in a transaction of its own, so that one that fails does not keep the others back."""
    with transaction.atomic(), scope(purpose=Purpose.DEADLINES):
        found = list(waiting)
    done = 0
    for one in found:
        try:
            with transaction.atomic(), scope(purpose=Purpose.DEADLINES):
                done += deed(one) is not None
        except ServicesError:  # it is tried again at the next call, and the log names it until then
            log.exception("%s could not be moved by itself", one.pk)
    return done
