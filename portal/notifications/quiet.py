"""Hours in which no telephone rings for us. Pure functions."""

from datetime import datetime, time, timedelta, tzinfo


def is_quiet(at: time, begins: time, ends: time) -> bool:
    """Whether `at` lies in [begins, ends), which may go over midnight. Equal ends: there are no quiet hours."""
    if begins <= ends:
        return begins <= at < ends
    return at >= begins or at < ends


def next_allowed(moment: datetime, *, begins: time, ends: time, zone: tzinfo) -> datetime:
    """The moment itself, or the end of the quiet hours it falls into, by the clock on the wall in `zone`."""
    local = moment.astimezone(zone)
    if not is_quiet(local.time(), begins, ends):
        return moment
    day = local.date() if local.time() < ends else local.date() + timedelta(days=1)
    return datetime.combine(day, ends, zone).astimezone(moment.tzinfo)
