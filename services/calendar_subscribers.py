"""What this app does when the calendar changes: open dossiers that it touches are counted again, piece by piece."""

import logging
from datetime import datetime, time
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import get_current_timezone

from portal.calendar.events import Fact
from portal.calendar.ledger import LedgerError
from portal.calendar.models import CalendarChange
from portal.calendar.working import CalendarTooShortError
from portal.events import Delivery, Event, subscribe
from portal.events.actors import System
from portal.isolation import Purpose, scope
from services.errors import ServicesError
from services.models import Dossier
from services.models.dossiers import DossierQuerySet
from services.operations.recounting import FURTHER, note_recount, recount, recount_answer, recount_step
from services.states import State

log = logging.getLogger(__name__)

AT_ONCE = 200  # in one transaction; the next delivery goes on behind them


def on_change(delivery: Delivery, *, now: datetime) -> None:
    event = Event.objects.filter(pk=delivery.event_id or 0).only("facts").first()
    if event is not None:
        _recount(event.facts["change"], "", now)


def on_further(delivery: Delivery, *, now: datetime) -> None:
    payload: dict[str, Any] = delivery.payload
    _recount(payload["change"], payload["after"], now)


def _recount(change_id: int, after: str, now: datetime) -> None:
    change = CalendarChange.objects.get(pk=change_id)
    with scope(purpose=Purpose.DEADLINES):
        rows = touched(change).order_by("id")
        found = list((rows.filter(pk__gt=after) if after else rows)[: AT_ONCE + 1])
        counted = found[:AT_ONCE]
        moved = sum(_moved(one, change, now) for one in counted)
        last = str(counted[-1].pk) if len(found) > AT_ONCE else None
        note_recount(change=change, counted=len(counted), moved=moved, after=last, actor=System.RELAY, now=now)


def _moved(dossier: Dossier, change: CalendarChange, now: datetime) -> bool:
    """One whose rows contradict each other does not keep the others back; the log names it."""
    try:
        with transaction.atomic():
            if dossier.accepted_at is None:
                return recount_answer(dossier=dossier, change=change, actor=System.RELAY, now=now)
            moved = recount(dossier=dossier, change=change, actor=System.RELAY, now=now)
            return recount_step(dossier=dossier, change=change, actor=System.RELAY, now=now) or moved
    except (ServicesError, LedgerError, CalendarTooShortError):
        log.exception("Dossier %s could not be counted again", dossier.pk)
        return False


def touched(change: CalendarChange) -> DossierQuerySet:
    """Whose clock runs or stands over the days of the change, and what waits over them for the answer of its desk.
    Those that ended before it began stay as they are.
    """
    works, waits = Q(accepted_at__isnull=False, decided_at=None), Q(state=State.SUBMITTED.value, answered_at=None)
    if change.unit_id is not None:
        works, waits = works & Q(competent_unit=change.unit_id), waits & Q(responsible_unit=change.unit_id)
    if change.first_on is not None:
        begins = datetime.combine(change.first_on, time.min, get_current_timezone())
        works &= Q(due_at__gte=begins) | Q(paused_at__isnull=False)
        waits &= Q(answer_due_at__gte=begins)
    return Dossier.objects.open().filter(works | waits)


def subscribe_all() -> None:
    for fact in Fact:
        subscribe(fact, on_change)
    subscribe(FURTHER, on_further)
