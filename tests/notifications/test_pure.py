"""Quiet hours over midnight and time zones, letters and parts of an SMS, rules and their days."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.notifications import sms
from portal.notifications.links import stop_address, stop_subject
from portal.notifications.quiet import is_quiet, next_allowed
from portal.notifications.rules import rules_on
from portal.notifications.states import ENDED, STUCK, TRANSITIONS, State

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
BEGINNING = datetime(2025, 1, 1, tzinfo=UTC)
EVENING, MORNING = time(21), time(7)


def at(hour: int, minute: int = 0, *, day: int = 16, zone: object = HANOI) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=zone)  # type: ignore[arg-type]  # a zone


@pytest.mark.parametrize(
    ("moment", "allowed"),
    [
        (at(20, 59), at(20, 59)),
        (at(21), at(7, day=17)),
        (at(23, 59), at(7, day=17)),
        (at(0, 1, day=17), at(7, day=17)),
        (at(6, 59, day=17), at(7, day=17)),
        (at(7, day=17), at(7, day=17)),
        (at(16, zone=UTC), at(7, day=17)),  # 23:00 in Vietnam
        (at(1, zone=UTC), at(8)),
    ],
)
def test_what_falls_into_the_night_waits_for_the_morning(moment: datetime, allowed: datetime) -> None:
    assert next_allowed(moment, begins=EVENING, ends=MORNING, zone=HANOI) == allowed


def test_hours_of_one_day_and_none_at_all() -> None:
    assert next_allowed(at(13), begins=time(12), ends=time(14), zone=HANOI) == at(14)
    assert next_allowed(at(15), begins=time(12), ends=time(14), zone=HANOI) == at(15)
    assert next_allowed(at(3), begins=time(0), ends=time(0), zone=HANOI) == at(3)


@given(
    st.integers(0, 5 * 366 * 24 * 60).map(
        lambda minutes: datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    ),
    st.times(),
    st.times(),
    st.sampled_from([HANOI, ZoneInfo("Europe/Berlin"), UTC]),
)
def test_the_next_allowed_moment_is_never_quiet_never_earlier_and_at_most_a_day_away(
    moment: datetime, begins: time, ends: time, zone: ZoneInfo
) -> None:
    found = next_allowed(moment, begins=begins, ends=ends, zone=zone)
    assert moment <= found <= moment + timedelta(hours=25)
    if zone is not None and str(zone) != "Europe/Berlin":  # there an hour of the clock is missing once a year
        assert not is_quiet(found.astimezone(zone).time(), begins, ends)


def test_vietnamese_becomes_letters_that_cost_little() -> None:
    said = sms.without_accents("Hồ sơ H15.26-261116-0001 đã tiếp nhận – hẹn trả 16:30 19/11/2026")
    assert said == "Ho so H15.26-261116-0001 da tiep nhan - hen tra 16:30 19/11/2026"
    assert sms.is_gsm(said)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("ồ" * 70, 1),
        ("ồ" * 71, 2),
        ("ồ" * 135, 3),
        ("", 1),
    ],
)
def test_parts_are_counted_as_networks_count_them(text: str, count: int) -> None:
    assert sms.parts(text) == count


def test_rules_of_a_day() -> None:
    assert rules_on(date(2026, 11, 16)).quiet_from == time(21)
    assert rules_on(date(2020, 1, 1)) == rules_on(date(2025, 7, 1))


def test_every_state_is_reached_and_what_waits_can_end() -> None:
    reached = {one.target for one in TRANSITIONS.values()}
    assert reached == set(State)
    left = {source for one in TRANSITIONS.values() for source in one.sources}
    assert set(State) - ENDED <= left
    assert left >= STUCK


def test_the_link_that_ends_a_kind_is_ours_and_whole() -> None:
    subject = "7a3c1f0e-98f1-4d0a-9a55-0e6a6a1c6f11:invitations"
    token = stop_address(subject).rstrip("/").rpartition("/")[2]
    found = stop_subject(token)
    assert found is not None
    assert (str(found[0]), found[1]) == ("7a3c1f0e-98f1-4d0a-9a55-0e6a6a1c6f11", "invitations")
    assert stop_subject(token[:-1] + ("A" if token[-1] != "A" else "B")) is None
    assert stop_subject("nonsense") is None
