"""The clock of a dossier as the calendar counts it, for whoever asks why."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from django.utils.timezone import localtime

from portal.calendar.kinds import LineKind
from portal.calendar.ledger import Ledger
from portal.calendar.lines import Due, Line
from portal.calendar.loading import due_for
from portal.calendar.working import Calendar
from services.models import ClockEntry, Dossier
from services.versions import limit_of


def ledger_of(entries: Iterable[ClockEntry]) -> Ledger:
    """Raises LedgerError when the rows contradict each other, which the operations do not let happen."""
    return Ledger(tuple(row.entry for row in entries))


def explained(dossier: Dossier, entries: Sequence[ClockEntry] | None = None) -> tuple[Due, Calendar] | None:
    """The due moment line by line; None before the acceptance. Two statements; one when the rows are known already."""
    if dossier.accepted_at is None:
        return None
    entries = list(ClockEntry.objects.of(dossier)) if entries is None else entries
    if not entries:
        return None
    ledger = ledger_of(entries)
    due, calendar = due_for(
        accepted_at=ledger.start,
        limit=limit_of(dossier.version, dossier.limit_case),
        ledger=ledger,
        unit_id=dossier.competent_unit_id,
        binding=True,
    )
    return _binding(due, dossier.printed_due_at), calendar


def _binding(due: Due, printed: datetime | None) -> Due:
    """What was printed on Form 01 stays, when a change of the calendar makes the count end earlier."""
    if printed is None or due.stopped_at is not None or due.moment >= printed:
        return due
    printed = localtime(printed)
    kept = Line(LineKind.KEPT, printed.date(), printed.date(), start=due.moment, end=printed)
    return replace(due, moment=printed, lines=(*due.lines, kept))
