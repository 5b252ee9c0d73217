"""The clock's entries and the due moment that follows from them."""

from datetime import datetime

from django.utils.timezone import localdate

from portal.calendar import due
from portal.calendar.ledger import Entry, EntryKind, Ledger
from portal.calendar.lines import Due
from portal.calendar.loading import due_for, load
from portal.events.actors import Actor
from services.models import ClockEntry, Dossier
from services.queries.clock import ledger_of
from services.rules import rules_on
from services.versions import limit_of

FIELDS = ("due_at", "paused_at", "next_due_at")


def enter(
    dossier: Dossier,
    kind: EntryKind,
    *,
    ground: str,
    actor: Actor,
    now: datetime,
    at: datetime | None = None,
    until: datetime | None = None,
    proof: str = "",
) -> Due:
    """Add an entry to the ledger and set the due moments of the locked dossier, unsaved. `at`: when it really was.

    Raises LedgerError when the entry contradicts the ledger.
    """
    moment = at or now
    written = list(ClockEntry.objects.of(dossier))
    entry = Entry(kind, moment, ground, until)
    before = ledger_of(written) if written else None
    ledger = before.plus(entry) if before else Ledger((entry,))
    counted, _calendar = due_for(
        accepted_at=ledger.start,
        limit=limit_of(dossier.version, dossier.limit_case),
        ledger=ledger,
        unit_id=dossier.competent_unit_id,
        binding=kind is not EntryKind.EXTEND,  # what was promised before stands, whatever became of the calendar
    )
    ClockEntry.objects.create(
        dossier=dossier,
        kind=kind,
        at=moment,
        until=until,
        ground=ground,
        entered_at=now,
        entered_by=actor.event_actor,
        proof=proof,
    )
    due_at = max(counted.moment, dossier.printed_due_at or counted.moment)  # what was printed binds
    dossier.due_at, dossier.paused_at = due_at, counted.paused_since
    dossier.next_due_at = None if counted.paused_since or counted.stopped_at else due_at
    return counted


def count(dossier: Dossier) -> datetime:
    """The due moment by the ledger as it stands and the limit that the dossier now bears."""
    ledger, limit = ledger_of(ClockEntry.objects.of(dossier)), limit_of(dossier.version, dossier.limit_case)
    unit = dossier.competent_unit_id
    return due_for(accepted_at=ledger.start, limit=limit, ledger=ledger, unit_id=unit, binding=True)[0].moment


def desk_times(unit_id: int, now: datetime) -> tuple[datetime, datetime]:
    """Until when the desk must have been told, and when it must have answered. NĐ 118/2025 Đ.17.2, 17.2c"""
    rules, ledger = rules_on(localdate(now)), Ledger.started(now)
    answer, calendar = due_for(accepted_at=now, limit=rules.answer_within, ledger=ledger, unit_id=unit_id)
    alert = due(accepted_at=now, limit=rules.alert_within, calendar=calendar, ledger=ledger)
    return alert.moment, answer.moment


def answer_due(unit_id: int, start: datetime) -> tuple[datetime, datetime]:
    """The answer of a desk that has a dossier since `start`: as it was told then, and as the calendar counts it now."""
    within, ledger = rules_on(localdate(start)).answer_within, Ledger.started(start)
    counted, calendar = due_for(accepted_at=start, limit=within, ledger=ledger, unit_id=unit_id)
    believed = load(unit_id, first=calendar.first, last=calendar.last, believed_at=start)
    told = due(accepted_at=start, limit=within, calendar=believed, ledger=ledger)
    return told.moment, counted.moment
