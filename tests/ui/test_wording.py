"""Days, moments and time left, in words."""

import datetime

import pytest
from django.utils import translation

from portal.ui.wording import day, deadline, moment

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
    ("minutes", "today", "words", "colour"),
    [
        (-1, False, "Trễ 1 phút", "red"),
        (-480, False, "Trễ 1 ngày", "red"),
        (0, True, "Còn 0 phút", "orange"),
        (130, True, "Còn 2 giờ 10 phút", "orange"),
        (300, False, "Còn 5 giờ", "yellow"),
        (480, False, "Còn 1 ngày", "green"),
        (1439, False, "Còn 2 ngày", "green"),
    ],
)
def test_time_left_is_said_in_words_with_its_colour(minutes: int, *, today: bool, words: str, colour: str) -> None:
    found = deadline(minutes_left=minutes, due_today=today)
    assert (found.words, found.colour) == (words, colour)


def test_english_knows_one_from_many() -> None:
    with translation.override("en"):
        assert deadline(minutes_left=-480).words == "Late by 1 day"
        assert deadline(minutes_left=960).words == "2 days left"
