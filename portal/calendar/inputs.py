"""What a person types at the command line or on the page, as moments, a limit and a ledger."""

from collections.abc import Iterable
from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from portal.calendar.ledger import Entry, EntryKind, Ledger

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
FIRST_YEAR, LAST_YEAR = 2000, 2100
LONGEST_TEXT = 40


class InputError(ValueError):
    """What was typed cannot be counted with; the message says so to the person."""


def moment(text: str, zone: tzinfo = ZONE) -> datetime:
    """An ISO 8601 moment; without a zone it is Vietnamese time."""
    text = text.strip()
    shown = text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT]}…"
    try:
        value = datetime.fromisoformat(text) if len(text) <= LONGEST_TEXT else None
    except ValueError:
        value = None
    if value is None:
        raise InputError(_("“%(text)s” is no moment. Write it as 2026-11-20T10:00.") % {"text": shown})
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        facts = {"text": shown, "first": FIRST_YEAR, "last": LAST_YEAR}
        raise InputError(_("“%(text)s” lies outside the years %(first)s to %(last)s.") % facts)
    return value.replace(tzinfo=zone) if value.utcoffset() is None else value


def ledger(
    accepted_at: datetime,
    pauses: Iterable[tuple[datetime, datetime]] = (),
    restart: datetime | None = None,
    extend: datetime | None = None,
) -> Ledger:
    """The entries in the order of time. The extension counts as decided last, on the day of the last entry."""
    ordered = sorted(pauses)
    previous = accepted_at
    for begin, end in ordered:
        if end <= begin:
            raise InputError(_("A pause ends after it begins: %(pause)s.") % {"pause": _pair(begin, end)})
        if begin < accepted_at:
            raise InputError(_("The pause %(pause)s begins before the acceptance.") % {"pause": _pair(begin, end)})
        if begin < previous:
            raise InputError(_("The pause %(pause)s overlaps the one before it.") % {"pause": _pair(begin, end)})
        previous = end
    if restart is not None and restart < accepted_at:
        raise InputError(_("The restart lies before the acceptance."))
    if restart is not None and any(begin < restart < end for begin, end in ordered):
        raise InputError(_("The restart lies inside a pause; end the pause where the clock restarts."))
    entries = [Entry(EntryKind.START, accepted_at)]
    for begin, end in ordered:
        if restart is not None and begin >= restart and not any(e.kind is EntryKind.RESTART for e in entries):
            entries.append(Entry(EntryKind.RESTART, restart))
        entries += [Entry(EntryKind.PAUSE, begin), Entry(EntryKind.RESUME, end)]
    if restart is not None and not any(entry.kind is EntryKind.RESTART for entry in entries):
        entries.append(Entry(EntryKind.RESTART, restart))
    if extend is not None:
        entries.append(Entry(EntryKind.EXTEND, entries[-1].at, until=extend))
    return Ledger(tuple(entries))


def _pair(begin: datetime, end: datetime) -> str:
    return f"{begin:%Y-%m-%dT%H:%M} – {end:%Y-%m-%dT%H:%M}"
