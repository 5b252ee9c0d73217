"""The sheet of a list: what a reader finds in it."""

from datetime import UTC, date, datetime
from decimal import Decimal
from operator import itemgetter

import openpyxl
import pytest

from portal.api.tables import LONGEST, Column, book

MOMENT = datetime(2026, 3, 9, 1, 30, tzinfo=UTC)


def cells(*row: object) -> list[openpyxl.cell.cell.Cell]:
    titles = [f"column {place}" for place in range(len(row))]
    columns = [Column(f"c{place}", title, itemgetter(str(place))) for place, title in enumerate(titles)]
    with book(columns, [{str(place): value for place, value in enumerate(row)}]) as file:
        sheet = openpyxl.load_workbook(file).active
    assert sheet is not None
    assert [cell.value for cell in next(sheet.iter_rows(max_row=1))] == titles
    return list(next(sheet.iter_rows(min_row=2)))


def test_each_kind_of_cell_is_read_as_what_it_is() -> None:
    words, number, price, day, moment, nothing, last = cells(
        "Tờ khai", 12, Decimal("8000.5"), date(2026, 3, 9), MOMENT, None, "sau"
    )
    assert (words.value, words.data_type) == ("Tờ khai", "s")
    assert (number.value, price.value) == (12, 8000.5)
    assert day.is_date
    assert day.value == datetime(2026, 3, 9)  # noqa: DTZ001  a sheet knows no zones
    assert moment.value == datetime(2026, 3, 9, 8, 30)  # noqa: DTZ001  the same
    assert (nothing.value, last.value) == (None, "sau")


@pytest.mark.parametrize("words", ["=1+1", "+84", "-1", "@SUM(A1)", "\tx"])
def test_nothing_runs(words: str) -> None:
    (cell,) = cells(words)
    assert (cell.value, cell.data_type) == (f"'{words}", "s")


@pytest.mark.parametrize("words", ["<b>&amp;</b>", "a\x00b\x1fc", "_x0041_", "một\nhai", "a\rb", "  x  ", "]]>"])
def test_any_sign_can_stand_in_a_cell(words: str) -> None:
    (cell,) = cells(words)
    assert openpyxl.utils.escape.unescape(str(cell.value)) == words


def test_a_very_long_text_is_cut() -> None:
    (cell,) = cells("a" * (LONGEST + 5))
    assert cell.value == "a" * LONGEST
