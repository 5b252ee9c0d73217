"""CSV that spreadsheets may open."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.api import sheets


def text(head: list[str], rows: list[list[object]]) -> str:
    return "".join(sheets.lines(head, rows))


def test_begins_with_a_byte_order_mark() -> None:
    assert text(["tên"], []).startswith("\ufefftên")


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_disarms_what_a_spreadsheet_would_run(cell: str) -> None:
    assert sheets.safe(cell) == f"'{cell}"


def test_leaves_numbers_and_days_alone() -> None:
    assert sheets.safe(-5) == "-5"


@given(st.lists(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0")), min_size=1, max_size=5))
def test_every_cell_comes_back_whole(cells: list[str]) -> None:
    [_head, row] = list(csv.reader(io.StringIO(text(["a"] * len(cells), [cells]).removeprefix("\ufeff"), newline="")))
    assert [cell.removeprefix("'") for cell in row] == [cell.removeprefix("'") for cell in cells]


def test_sends_a_large_sheet_in_pieces() -> None:
    pieces = list(sheets.lines(["a"], ([str(number)] for number in range(50_000))))
    assert len(pieces) > 3
    assert max(len(piece) for piece in pieces) < 70_000
