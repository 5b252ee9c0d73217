"""Time passes, over nights and holidays, and what falls due by itself happens; the calendar changes."""

from datetime import timedelta
from typing import Any

from django.db.models import Q

from portal.calendar.models import CalendarDay, UnitClosure
from portal.calendar.operations import add_holiday, close_unit, retire_closure, retire_day
from portal.events.actors import System
from services import covering, deadlines, money_jobs, petition_deadlines
from tests.services.walk.deed import deed
from tests.services.walk.deeds.worker import work_off
from tests.services.walk.who import someone, today
from tests.services.walk.world import World

STEPS = (
    {"minutes": 20}, {"hours": 2}, {"hours": 5}, {"days": 1}, {"days": 1}, {"days": 2}, {"days": 4}, {"days": 9},
)  # fmt: skip
LONG = {"days": 40}


@deed(lambda _world: [None], lambda _world, _nothing: [None], by_itself=True)
def pass_time(world: World, _nothing: None, _actor: None, pick: int) -> None:
    world.tick(**(LONG if pick % 40 == 39 else someone(STEPS, pick)))
    now = world.now
    for job in (
        deadlines.alert, deadlines.expire, deadlines.let_silence_agree, deadlines.remind_of_questions,
        deadlines.tell_of_late_opinions, deadlines.warn, deadlines.let_extensions_lapse, covering.go_over,
        money_jobs.look_up_orders, money_jobs.tell_of_late_money, petition_deadlines.note_breaches,
        petition_deadlines.lapse,
    ):  # fmt: skip
        job(now=now)


def _seldom(world: World, _unit: object) -> list[Any]:
    return [System.COMMAND] if len(world.look.dossiers) % 3 == 0 else []


@deed(lambda world: world.communes, _seldom, by_itself=True)
def change_calendar(world: World, unit_id: int, actor: Any, pick: int) -> None:
    """A storm shuts one unit, a day becomes a holiday everywhere, or neither was so after all; all clocks follow."""
    _change(world, unit_id, pick)
    work_off(world.tick(), Q(topic__startswith="calendar."))


def _change(world: World, unit_id: int, pick: int) -> object:
    first, now = today(world) + timedelta(days=pick % 6), world.tick()
    closed = UnitClosure.objects.live().filter(unit_id=unit_id).order_by("-id").first()
    added = CalendarDay.objects.live().filter(name="Ngày nghỉ thêm").order_by("-id").first()
    if pick % 4 == 0 and closed is not None:
        return retire_closure(closure=closed, reason="Bão tan", actor=System.COMMAND, now=now)
    if pick % 4 == 1 and added is not None:
        return retire_day(day=added, reason="Nhầm", actor=System.COMMAND, now=now)
    if pick % 4 == 2:
        return add_holiday(on=first, name="Ngày nghỉ thêm", source="QĐ 9", actor=System.COMMAND, now=now)
    return close_unit(
        unit_id=unit_id, first_on=first, last_on=first + timedelta(days=pick % 3), reason="Bão", source="QĐ 7",
        actor=System.COMMAND, now=now,
    )  # fmt: skip
