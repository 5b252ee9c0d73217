"""Days, moments and time left, in words."""

import datetime
from datetime import timedelta

import pytest
from django.utils import translation

from portal.calendar import Level, Remaining
from portal.ui.wording import COLOURS, day, deadline, moment

AT = datetime.datetime(2026, 11, 20, 8, 20, tzinfo=datetime.UTC)


def test_a_moment_is_said_in_the_portals_time_zone() -> None:
    assert moment(AT) == "15 giờ 20, thứ Sáu, 20/11/2026"
    with translation.override("en"):
        assert moment(AT) == "15:20, Friday, 20 November 2026"


def test_a_day_is_said_in_the_language_of_the_page() -> None:
    assert day(datetime.date(2025, 7, 1)) == "01/07/2025"
    with translation.override("en"):
        assert day(datetime.date(2025, 7, 1)) == "1 July 2025"


def test_nothing_is_said_as_nothing() -> None:
    assert day(None) == moment(None) == ""


@pytest.mark.parametrize(
    ("left", "words", "colour"),
    [
        (Remaining(Level.LATE, rest=timedelta(minutes=1)), "Trễ 1 phút", "red"),
        (Remaining(Level.LATE, days=1), "Trễ 1 ngày", "red"),
        (Remaining(Level.TODAY, rest=timedelta(hours=2, minutes=10)), "Còn 2 giờ 10 phút", "orange"),
        (Remaining(Level.SOON, days=1, rest=timedelta(hours=5)), "Còn 1 ngày 5 giờ", "yellow"),
        (Remaining(Level.LATER, days=3), "Còn 3 ngày", "green"),
        (Remaining(Level.PAUSED), "Đang tạm dừng tính thời gian", "grey"),
    ],
)
def test_time_left_is_said_in_the_words_of_the_calendar_with_its_colour(
    left: Remaining, words: str, colour: str
) -> None:
    assert (deadline(left).words, deadline(left).colour) == (words, colour)


def test_every_level_has_a_colour() -> None:
    assert set(COLOURS) == set(Level)
