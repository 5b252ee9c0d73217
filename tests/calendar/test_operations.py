"""Deeds on the calendar, in the real database under the application's role."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from portal.calendar import Calendar, Limit, LimitUnit
from portal.calendar.loading import due_for
from portal.calendar.models import CalendarChange, CalendarDay, CalendarSetting, OfficeHours, SettingName, UnitClosure
from portal.calendar.operations import (
    CalendarError,
    add_holiday,
    add_swap_day,
    close_unit,
    retire_closure,
    retire_day,
    set_office_hours,
    set_setting,
)
from portal.calendar.working import Why
from portal.events.actors import System
from portal.events.models import Event
from portal.isolation import scope
from tests.calendar.build import at

pytestmark = pytest.mark.django_db
OFFICE = 7


@pytest.fixture(autouse=True)
def at_the_office(db: None) -> Iterator[None]:
    """The scope of somebody who works at unit 7."""
    with scope(units=[OFFICE, 5]):
        yield


NOW = at("2026-11-23T07:00")
BY = {"actor": System.COMMAND, "now": NOW}
SWAP = {
    "off_on": date(2026, 11, 23),
    "worked_on": date(2026, 11, 28),
    "name": "Hoán đổi",
    "source": "TB 1/TB-BNV",
}


class Nobody:
    """A user who may nothing."""

    event_actor = "user:00000000-0000-0000-0000-000000000000"

    def has_perm(self, perm: str, obj: object = None) -> bool:
        return False


class OfUnit(Nobody):
    """A user who keeps the calendar of unit 7. Asked without a unit, the right is held somewhere, as staff answers."""

    def has_perm(self, perm: str, obj: object = None) -> bool:
        return perm == "calendar.hours.edit" and obj in {None, OFFICE}


def november(unit_id: int | None = None, **more: object) -> Calendar:
    return Calendar.load(unit_id, first=date(2026, 11, 1), last=date(2026, 12, 31), **more)


def due_of_friday(unit_id: int | None = None) -> str:
    due, _ = due_for(accepted_at=at("2026-11-19T10:00"), limit=Limit(2, LimitUnit.WORKING_DAY), unit_id=unit_id)
    return f"{due.moment:%Y-%m-%d %H:%M}"


def test_a_swap_on_the_very_day_moves_what_is_counted_from_then_on() -> None:
    assert due_of_friday() == "2026-11-23 17:00"
    add_swap_day(**SWAP, **BY)
    assert due_of_friday() == "2026-11-25 17:00"
    assert november().day(date(2026, 11, 28)).why is Why.SWAP_WORKED


def test_what_was_believed_before_the_swap_stays_known() -> None:
    add_swap_day(**SWAP, **BY)
    before = november(believed_at=NOW - timedelta(minutes=1))
    assert before.day(date(2026, 11, 23)).why is Why.WEEKDAY
    assert november(believed_at=NOW).day(date(2026, 11, 23)).why is Why.SWAP_OFF


def test_a_deed_leaves_a_journal_row_and_an_event() -> None:
    change = add_swap_day(**SWAP, **BY)
    assert (change.first_on, change.until_on) == (date(2026, 11, 23), date(2026, 11, 28))
    assert [row["kind"] for row in change.after] == ["swap_off", "swap_worked"]
    event = Event.objects.get(name="calendar.swap.added")
    assert event.facts == {"change": change.pk}
    assert event.actor == "system:command"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"off_on": date(2026, 11, 22)}, "off_on"),  # a Sunday
        ({"worked_on": date(2026, 11, 27)}, "worked_on"),  # a Friday
        ({"worked_on": date(2029, 11, 24)}, "worked_on"),
        ({"off_on": date(2026, 11, 24)}, "off_on"),  # a holiday already
        ({"name": "  "}, "name"),
        ({"source": ""}, "source"),
        ({"source": "x" * 301}, "source"),
        ({"name": "a\x00b"}, "name"),
    ],
)
def test_a_swap_without_sense_is_refused_and_changes_nothing(wrong: dict, field: str) -> None:
    with pytest.raises(CalendarError) as refused:
        add_swap_day(**{**SWAP, **wrong}, **BY)
    assert refused.value.field == field
    assert not CalendarChange.objects.exists()
    assert not Event.objects.filter(name__startswith="calendar.").exists()


def test_the_same_swap_twice_is_refused_the_second_time() -> None:
    add_swap_day(**SWAP, **BY)
    with pytest.raises(CalendarError):
        add_swap_day(**SWAP, **BY)
    assert CalendarChange.objects.count() == 1


def test_who_may_not_edit_is_refused() -> None:
    with pytest.raises(PermissionDenied):
        add_swap_day(**SWAP, actor=Nobody(), now=NOW)
    with pytest.raises(PermissionDenied):
        add_swap_day(**SWAP, actor=OfUnit(), now=NOW)
    assert add_swap_day(**SWAP, actor=OfUnit(), now=NOW, unit_id=7).unit_id == 7


def test_a_day_of_one_unit_counts_for_that_unit_only() -> None:
    add_swap_day(**SWAP, **BY, unit_id=7)
    assert due_of_friday(7) == "2026-11-25 17:00"
    assert due_of_friday() == due_of_friday(8) == "2026-11-23 17:00"


def test_a_retired_day_is_kept_and_can_be_entered_anew() -> None:
    day = CalendarDay.objects.live().get(date=date(2026, 11, 24))
    retire_day(day=day, reason="TB 2", **BY)
    assert november().day(date(2026, 11, 24)).why is Why.WEEKDAY
    assert CalendarDay.objects.get(pk=day.pk).retired_by == "system:command"
    with pytest.raises(CalendarError):
        retire_day(day=day, reason="TB 2", **BY)
    add_holiday(on=date(2026, 11, 24), name="Ngày Văn hóa Việt Nam", source="NQ 28/2026/QH16", **BY)
    assert november().day(date(2026, 11, 24)).why is Why.HOLIDAY


def test_a_computed_holiday_makes_its_year_uncertain() -> None:
    add_holiday(on=date(2028, 1, 1), name="Tết Dương lịch", source="BLLĐ 2019 Đ.112", verified=False, **BY)
    calendar = Calendar.load(first=date(2028, 1, 1), last=date(2028, 2, 1))
    assert calendar.status(2028) == "computed"
    assert calendar.status(2029) == "missing"


def test_office_hours_of_a_unit_hold_from_their_day_and_keep_what_was_before() -> None:
    set_office_hours(
        unit_id=7, sessions=[["08:00", "12:00"], ["13:00", "16:30"]], first=date(2026, 11, 25), source="QĐ 5", **BY
    )
    assert due_of_friday(7) == "2026-11-23 17:00"
    calendar = november(7)
    assert calendar.closing(date(2026, 11, 25)).time().isoformat() == "16:30:00"
    assert november().closing(date(2026, 11, 25)).time().isoformat() == "17:00:00"


def test_new_office_hours_make_room_among_the_old_ones() -> None:
    summer = [["07:00", "11:00"], ["13:00", "16:30"]]
    set_office_hours(unit_id=None, sessions=summer, first=date(2027, 5, 1), until=date(2027, 9, 1), source="QĐ 6", **BY)
    rows = OfficeHours.objects.live().of_unit(None).order_by("valid")
    assert [(row.valid.lower, row.valid.upper) for row in rows] == [
        (None, date(2027, 5, 1)),
        (date(2027, 5, 1), date(2027, 9, 1)),
        (date(2027, 9, 1), None),
    ]
    assert rows[0].sessions == rows[2].sessions != rows[1].sessions
    assert OfficeHours.objects.filter(retired_at__isnull=False).count() == 1


@pytest.mark.parametrize(
    "sessions", [[], [["12:00", "08:00"]], [["08:00", "12:00"], ["11:00", "15:00"]], [["8", "x"]], [["08:00"]]]
)
def test_office_hours_without_sense_are_refused(sessions: list) -> None:
    with pytest.raises(CalendarError) as refused:
        set_office_hours(unit_id=None, sessions=sessions, first=date(2027, 1, 1), source="QĐ 6", **BY)
    assert refused.value.field == "sessions"


def test_a_closed_unit_has_days_off_of_its_own_until_that_is_taken_back() -> None:
    shut = {"first_on": date(2026, 11, 23), "last_on": date(2026, 11, 23), "reason": "Bão", "source": "QĐ 7"}
    close_unit(unit_id=7, **shut, **BY)
    assert due_of_friday(7) == "2026-11-25 17:00"
    assert due_of_friday() == "2026-11-23 17:00"
    retire_closure(closure=UnitClosure.objects.live().get(), reason="QĐ 8", **BY)
    assert due_of_friday(7) == "2026-11-23 17:00"


def test_a_closure_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(CalendarError) as refused:
        close_unit(
            unit_id=7, first_on=date(2026, 11, 24), last_on=date(2026, 11, 23), reason="Bão", source="QĐ 7", **BY
        )
    assert refused.value.field == "last_on"


def test_the_cut_off_hour_changes_on_its_date() -> None:
    set_setting(name=SettingName.SAME_DAY_CUTOFF, value="14:00", first=date(2026, 12, 1), source="QĐ 9", **BY)
    same_day = Limit(1, LimitUnit.WORKING_DAY, same_day=True)
    for day, due_on in (("2026-11-30", "2026-11-30"), ("2026-12-01", "2026-12-02")):
        due, _ = due_for(accepted_at=at(f"{day}T14:30"), limit=same_day)
        assert f"{due.moment:%Y-%m-%d}" == due_on


@pytest.mark.parametrize(
    ("name", "value"),
    [("same_day_cutoff", "25:00"), ("supplement_wait_days", "0"), ("last_day_moves", "maybe"), ("time_zone", "Mars/A")],
)
def test_a_setting_without_sense_is_refused(name: str, value: str) -> None:
    with pytest.raises(CalendarError) as refused:
        set_setting(name=SettingName(name), value=value, first=date(2026, 12, 1), source="QĐ 9", **BY)
    assert refused.value.field == "value"
    assert CalendarSetting.objects.count() == len(SettingName)


def test_a_calendar_costs_one_query(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(1):
        assert november(7, above=[5, 3]).days


def test_what_a_unit_has_not_set_comes_from_the_units_above() -> None:
    set_office_hours(unit_id=5, sessions=[["08:00", "15:00"]], first=date(2026, 1, 1), source="QĐ tỉnh", **BY)
    assert november(7, above=[5]).closing(date(2026, 11, 25)).hour == 15
    assert november(7).closing(date(2026, 11, 25)).hour == 17


@pytest.mark.parametrize(
    "statement",
    [
        "delete from calendar_day",
        "update calendar_day set date = date + 1",
        "update calendar_office_hours set sessions = '[]'",
        "truncate calendar_setting",
        "delete from calendar_change",
        "update calendar_change set actor = 'x'",
    ],
)
def test_the_application_can_neither_delete_nor_rewrite(statement: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_database_refuses_two_entries_for_one_day() -> None:
    twice = CalendarDay(
        date=date(2026, 11, 24), kind="holiday", name="x", source="x", recorded_at=timezone.now(), recorded_by="x"
    )
    with pytest.raises(DatabaseError), transaction.atomic():
        twice.save()
