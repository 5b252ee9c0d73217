"""What officers hold who are away goes to whoever acts for them, and comes back: every few minutes, by date."""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import islice
from typing import TypeVar

from django.db import transaction

from portal.events.actors import System
from portal.isolation import Purpose, scope
from services.errors import ServicesError
from services.models import CoveredStep, LeaveCover, WorkItem
from services.operations.covering import cover_step, give_back_step
from services.queries.covers import to_cover, to_give_back

log = logging.getLogger(__name__)
AT_ONCE = 500  # the rest has its turn at the next call
One = TypeVar("One")


def go_over(*, now: datetime) -> int:
    """How many steps came back and went over. First back, so that one leave can follow another."""

    def back(row: CoveredStep) -> object:
        return give_back_step(covered=row, actor=System.SCHEDULE, now=now)

    def over(pair: tuple[WorkItem, LeaveCover]) -> object:
        return cover_step(step=pair[0], leave=pair[1], actor=System.SCHEDULE, now=now)

    return _each(lambda: to_give_back(now), back) + _each(lambda: to_cover(now), over)


def _each(waiting: Callable[[], Iterable[One]], deed: Callable[[One], object]) -> int:
    """Each in a transaction of its own, so that one that fails does not keep the others back."""
    with transaction.atomic(), scope(purpose=Purpose.DEADLINES):
        found = list(islice(waiting(), AT_ONCE))
    done = 0
    for one in found:
        try:
            with transaction.atomic(), scope(purpose=Purpose.DEADLINES):
                deed(one)
                done += 1
        except ServicesError:  # somebody was faster, or whoever acts has left: the head sees it still waiting
            log.warning("A step could not go over: %s", one, exc_info=True)
    return done
