"""What taking effect and gathering share, inside their transaction."""

from datetime import datetime, timedelta

from portal.calendar.clock import due
from portal.calendar.limits import Limit, LimitUnit
from portal.calendar.working import Calendar
from units.handovers import Applied, Reorganisation, Undecided
from units.models import ReorgEvent, UndecidedItem
from units.operations.steps import day_of
from units.places import place_of


def keep_undecided(act: ReorgEvent, handover: str, applied: Applied, now: datetime) -> int:
    """The worklist of those who hold what no rule knew, with the moment until which they decide."""
    due_at: dict[int, datetime] = {}
    for each in applied.undecided:
        if each.held_by not in due_at:
            due_at[each.held_by] = _due(each, act, now)
    UndecidedItem.objects.bulk_create(
        UndecidedItem(
            event=act, handover=handover, subject_type=each.subject[0], subject_id=each.subject[1],
            from_unit_id=each.from_unit, held_by_id=each.held_by, due_at=due_at[each.held_by],
        )
        for each in applied.undecided
    )  # fmt: skip
    return len(applied.undecided)


def questions_follow(seen: Reorganisation) -> None:
    """What still waits for a decision at a unit that ends waits at the one that answers for it from now on."""
    waiting = UndecidedItem.objects.waiting().filter(held_by__in=seen.ending)
    held = list(waiting.order_by("held_by").values_list("held_by", flat=True).distinct())
    for unit_id in held:
        if (heir := seen.main_heir(unit_id)) is not None:
            waiting.filter(held_by=unit_id).update(held_by=heir)


def _due(item: Undecided, act: ReorgEvent, now: datetime) -> datetime:
    place = place_of(item.held_by, act.effective_on)
    first = day_of(now)
    above = place.above if place else ()
    calendar = Calendar.load(item.held_by, first=first, last=first + timedelta(days=400), above=above)
    return due(accepted_at=now, limit=Limit(act.decide_days, LimitUnit.WORKING_DAY), calendar=calendar).moment
