"""Days, numbers and squares as a document says them."""

import datetime

import pytest
import segno
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from documents.layouts import words


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "không"), (5, "năm"), (10, "mười"), (11, "mười một"), (15, "mười lăm"), (20, "hai mươi"),
        (21, "hai mươi mốt"), (25, "hai mươi lăm"), (100, "một trăm"), (101, "một trăm lẻ một"),
        (1000, "một nghìn"), (1005, "một nghìn không trăm lẻ năm"), (1998, "một nghìn chín trăm chín mươi tám"),
        (2000, "hai nghìn"), (2026, "hai nghìn không trăm hai mươi sáu"),
        (2115, "hai nghìn một trăm mười lăm"),
    ],
)  # fmt: skip  # a table
def test_a_number_in_words(number: int, said: str) -> None:
    assert words.spelled(number) == said


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        (8000, "tám nghìn"), (50_000, "năm mươi nghìn"), (150_000, "một trăm năm mươi nghìn"),
        (1_000_000, "một triệu"), (1_005_000, "một triệu không trăm lẻ năm nghìn"),
        (2_021_015, "hai triệu không trăm hai mươi mốt nghìn không trăm mười lăm"), (12_000, "mười hai nghìn"),
        (1_000_000_500, "một tỷ năm trăm"),
    ],
)  # fmt: skip  # a table
def test_a_sum_in_words(amount: int, said: str) -> None:
    assert words.in_words(amount) == said


def test_a_sum_without_words_is_refused() -> None:
    with pytest.raises(ValueError, match="1000000000000"):
        words.in_words(10**12)


@given(st.integers(0, 9999), st.integers(0, 9999))
def test_two_numbers_never_sound_alike(one: int, other: int) -> None:
    assert (words.spelled(one) == words.spelled(other)) == (one == other)


@pytest.mark.parametrize("number", [-1, 10_000])
def test_a_number_that_has_no_words_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match=str(number)):
        words.spelled(number)


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (datetime.date(2026, 2, 5), "ngày 05 tháng 02 năm 2026"),
        (datetime.date(2026, 3, 15), "ngày 15 tháng 3 năm 2026"),
        (datetime.date(2026, 11, 20), "ngày 20 tháng 11 năm 2026"),
    ],
)
def test_a_day_has_the_zeros_of_the_decree(on: datetime.date, said: str) -> None:
    assert words.day(on) == said


def test_april_is_the_fourth() -> None:
    assert words.spelled_day(datetime.date(1999, 4, 5)).startswith("ngày năm, tháng tư, năm một nghìn")


def test_a_moment_is_said_in_the_zone_of_the_portal() -> None:
    at = datetime.datetime(2026, 1, 31, 17, 5, tzinfo=datetime.UTC)
    assert words.moment(at) == "00 giờ 05 phút, ngày 01 tháng 02 năm 2026"
    assert words.short_moment(at) == "00:05, 01/02/2026"


def test_a_document_is_vietnamese_for_every_reader() -> None:
    with translation.override("en"):
        assert words.day(datetime.date(2026, 11, 20)) == "ngày 20 tháng 11 năm 2026"
        assert words.money(1_234_500) == "1.234.500 đồng"


def test_a_square_draws_each_dark_module_once() -> None:
    address = "https://motcua.example.vn/xac-minh/7Q2M-K9TD"
    square = words.square(address)
    drawn = []
    for run in square.path.split("M")[1:]:
        (x, y), length = run.split("h")[0].split(), int(run.split("h")[1])
        drawn += [(int(x) + step, int(float(y))) for step in range(length)]
    rows = list(segno.make(address, error="m", micro=False).matrix_iter(border=2))
    assert sorted(drawn) == sorted((x, y) for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    assert address in square.words
