"""`explain_due` and `load_calendar` at the command line."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from portal.calendar import fixture
from portal.calendar.models import CalendarChange, CalendarDay
from portal.calendar.operations import add_holiday, retire_day
from portal.events.actors import System
from tests.calendar.build import at

pytestmark = pytest.mark.django_db
FRIDAY = ["--accepted", "2026-11-20T10:00"]
THREE = ["--limit", "3", "--unit", "working_day"]


def explain(*arguments: str) -> list[str]:
    out = StringIO()
    call_command("explain_due", *arguments, stdout=out)
    return out.getvalue().splitlines()


@pytest.mark.parametrize(
    ("arguments", "last"),
    [
        ([*FRIDAY, *THREE], "2026-11-26T17:00:00+07:00"),
        (["--accepted", "2026-11-20T03:00Z", *THREE], "2026-11-26T17:00:00+07:00"),
        ([*FRIDAY, *THREE, "--same-day"], "2026-11-20T17:00:00+07:00"),
        ([*FRIDAY, *THREE, "--pause", "2026-11-23T10:00", "2026-11-23T11:00"], "2026-11-27T17:00:00+07:00"),
        (
            [
                *(*FRIDAY, *THREE, "--pause", "2026-11-25T10:00", "2026-11-25T11:00"),
                *("--pause", "2026-11-23T10:00", "2026-11-23T11:00"),
            ],
            "2026-11-30T17:00:00+07:00",
        ),
        ([*FRIDAY, *THREE, "--restart", "2026-11-25T14:00"], "2026-11-30T17:00:00+07:00"),
        (
            [*FRIDAY, *THREE, "--pause", "2026-11-23T10:00", "2026-11-25T14:00", "--restart", "2026-11-25T14:00"],
            "2026-11-30T17:00:00+07:00",
        ),
        ([*FRIDAY, *THREE, "--extend", "2026-12-01"], "2026-12-01T17:00:00+07:00"),
        ([*FRIDAY, *THREE, "--office-unit", "7"], "2026-11-26T17:00:00+07:00"),
        (["--accepted", "2026-12-31T23:30", "--limit", "1", "--unit", "hour"], "2027-01-01T00:30:00+07:00"),
    ],
)
def test_the_last_line_is_the_due_moment(arguments: list[str], last: str) -> None:
    assert explain(*arguments)[-1] == last


def test_every_day_is_explained_in_vietnamese() -> None:
    lines = explain(*FRIDAY, *THREE)
    assert any("24/11/2026" in line and "NQ 28/2026/QH16" in line for line in lines)
    assert len(lines) == 10


@pytest.mark.parametrize(
    "arguments",
    [
        ["--accepted", "tomorrow", *THREE],
        ["--accepted", "1066-10-14T10:00", *THREE],
        ["--accepted", "9" * 10_000, *THREE],
        [*FRIDAY, "--limit", "0", "--unit", "day"],
        [*FRIDAY, "--limit", "-3", "--unit", "day"],
        [*FRIDAY, "--limit", "x", "--unit", "day"],
        [*FRIDAY, "--limit", "99999999", "--unit", "hour"],
        [*FRIDAY, *THREE, "--pause", "2026-11-23T11:00", "2026-11-23T10:00"],
        [*FRIDAY, *THREE, "--pause", "2026-11-19T11:00", "2026-11-23T10:00"],
        [
            *(*FRIDAY, *THREE, "--pause", "2026-11-23T10:00", "2026-11-25T10:00"),
            *("--pause", "2026-11-24T10:00", "2026-11-26T10:00"),
        ],
        [*FRIDAY, *THREE, "--restart", "2026-11-19T10:00"],
        [*FRIDAY, *THREE, "--pause", "2026-11-23T10:00", "2026-11-25T10:00", "--restart", "2026-11-24T10:00"],
        [*FRIDAY, *THREE, "--extend", "2026-11-21T10:00"],
    ],
)
def test_bad_input_is_one_clear_line_and_status_two(arguments: list[str]) -> None:
    with pytest.raises(CommandError) as refused:
        explain(*arguments)
    assert refused.value.returncode == 2
    assert 10 < len(str(refused.value)) < 200
    assert "\n" not in str(refused.value)


def load(path: Path = fixture.FILE) -> str:
    out = StringIO()
    call_command("load_calendar", "--file", str(path), stdout=out)
    return out.getvalue()


def test_loading_the_same_file_changes_nothing() -> None:
    assert "0 added, 0 changed, 0 retired, 44 as they were" in load()
    assert not CalendarChange.objects.exists()


def test_a_new_notice_confirms_and_moves_computed_days(tmp_path: Path) -> None:
    path = tmp_path / "calendar.csv"
    text = fixture.FILE.read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("2027-02-11")]
    lines = [
        "2027-01-01,holiday,Tết Dương lịch,TB 9/TB-BNV,yes" if line.startswith("2027-01-01") else line for line in lines
    ]
    path.write_text("\n".join([*lines, "2027-09-03,holiday,Quốc khánh (ngày liền kề),TB 9/TB-BNV,yes"]))
    assert "1 added, 1 changed, 1 retired, 42 as they were" in load(path)
    assert CalendarDay.objects.live().get(date="2027-01-01").verified
    assert CalendarDay.objects.get(date="2027-02-11").retired_at is not None
    assert "0 added, 0 changed, 0 retired" in load(path)


def test_what_people_changed_is_never_overridden_by_a_file() -> None:
    class Person:
        event_actor = "user:1"

        def has_perm(self, perm: str, obj: object = None) -> bool:
            return True

    by = {"actor": Person(), "now": at("2026-11-23T10:00")}
    retire_day(day=CalendarDay.objects.live().get(date="2027-02-11"), reason="TB 9", **by)
    add_holiday(on=at("2027-09-03T00:00").date(), name="Quốc khánh", source="TB 9", **by)
    assert "2027-02-11, 2027-09-03" in load()
    assert not CalendarDay.objects.live().filter(date="2027-02-11").exists()
    assert CalendarDay.objects.live().filter(date="2027-09-03").exists()


@pytest.mark.parametrize(
    "text", ["", "date,kind,name,source,verified\n2026-13-01,holiday,a,b,yes\n", "date,kind\n2026-01-01,holiday\n"]
)
def test_an_unreadable_file_is_refused_and_changes_nothing(text: str, tmp_path: Path) -> None:
    path = tmp_path / "calendar.csv"
    path.write_text(text)
    with pytest.raises(CommandError, match="nothing was changed"):
        load(path)
    assert CalendarDay.objects.live().count() == 44


def test_the_fixture_names_a_source_for_every_day() -> None:
    days = fixture.read()
    assert all(day.source and day.name for day in days)
    assert {day.date.year for day in days if not day.verified} == {2027}
    assert System.COMMAND.event_actor == fixture.RECORDED_BY
