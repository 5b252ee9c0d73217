"""The limits of the law for one petition: counted by the working calendar of the unit, and a breach is kept."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils.timezone import localdate

from portal.calendar import due
from portal.calendar.limits import Limit
from portal.calendar.loading import load
from services.models import Petition, PetitionClock
from services.petition_rules import petition_rules_on
from services.petition_states import ClockKind, ClockOutcome

AT_FILING = (ClockKind.REFUSE, ClockKind.ASK, ClockKind.FORWARD, ClockKind.ANSWER)
# What must happen. The others only time a deed, if it is taken at all.
DUTIES = frozenset({ClockKind.ANSWER, ClockKind.PUBLISH})
BEFORE, AFTER = timedelta(days=60), timedelta(days=120)


def due_after(limit: Limit, *, unit_id: int, now: datetime) -> datetime:
    on = localdate(now)
    calendar = load(unit_id, first=on - BEFORE, last=on + AFTER)
    return due(accepted_at=now, limit=limit, calendar=calendar).moment


def begin(petition: Petition, kinds: Iterable[ClockKind], *, now: datetime) -> None:
    """One look at the calendar for all of them."""
    on, unit_id = localdate(now), petition.responsible_unit_id
    limits, calendar = petition_rules_on(on).limits, load(unit_id, first=on - BEFORE, last=on + AFTER)
    PetitionClock.objects.bulk_create(
        PetitionClock(
            petition=petition,
            unit_id=unit_id,
            kind=kind,
            started_at=now,
            due_at=due(accepted_at=now, limit=limits[kind], calendar=calendar).moment,
        )
        for kind in kinds
    )


def end(petition: Petition, *, met: ClockKind | None, now: datetime, keep: Iterable[ClockKind] = ()) -> bool:
    """Every running clock ends, but those of `keep`: `met` by its deed, the others because they are needless.

    True when the deed came too late.
    """
    rows = PetitionClock.objects.select_for_update(of=("self",)).filter(petition=petition, ended_at=None)
    late = False
    for clock in rows.exclude(kind__in=[kind.value for kind in keep]).order_by("id"):
        kind = ClockKind(clock.kind)
        clock.ended_at, clock.outcome = now, ClockOutcome.MET if kind is met else ClockOutcome.DROPPED
        if clock.breached_at is None and now > clock.due_at and (kind is met or kind in DUTIES):
            clock.breached_at = now
        late = late or (kind is met and clock.breached_at is not None)
        clock.save(update_fields=["ended_at", "outcome", "breached_at"])
    return late


def hand_on(petition: Petition, *, to_unit: int, now: datetime) -> None:
    """The unit that it comes to has the limits anew, or what is left of them: the rules of the day say which."""
    if petition_rules_on(localdate(now)).forwarding_restarts:
        begin(petition, AT_FILING, now=now)
        return
    last = {row.kind: row for row in PetitionClock.objects.filter(petition=petition).order_by("id")}
    PetitionClock.objects.bulk_create(
        PetitionClock(
            petition=petition, unit_id=to_unit, kind=kind, started_at=last[kind].started_at, due_at=last[kind].due_at
        )
        for kind in AT_FILING
    )


def running(petition: Petition, kind: ClockKind) -> datetime:
    moment: datetime = PetitionClock.objects.values_list("due_at", flat=True).get(
        petition=petition, kind=kind, ended_at=None
    )
    return moment
