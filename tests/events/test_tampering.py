"""Any one row of 10,000 changed, deleted, inserted or moved is named; seals expose what the chain alone cannot."""

import random
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.events.breaks import Break, Counts, Kind
from tests.events import tampering
from tests.events.trails import PARTS, UNITS, judge, sealed_trail, undone

ROWS = 10_000


@pytest.fixture(scope="module", autouse=True)
def own_seals() -> None:
    """The trail that all tests of this file share has its key beside it; each test undoes what it did."""


@pytest.fixture(scope="module")
def trail(module_db: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[psycopg.Connection[Any]]:
    with sealed_trail(module_db, tmp_path_factory.mktemp("seals"), rows=ROWS) as superuser:
        yield superuser


def places() -> st.SearchStrategy[tuple[int, int]]:
    """A chain and a place in it, never the last one: neighbours are exchanged too."""
    return st.tuples(st.integers(0, UNITS - 1), st.integers(1, ROWS // UNITS - 1))


def test_names_any_row_that_was_changed_deleted_inserted_or_moved(trail: psycopg.Connection[Any]) -> None:
    assert judge(trail) == Counts(units=UNITS, events=ROWS, seals=PARTS)
    deeds = [
        *((tampering.change_event, column) for column in tampering.EVENT_COLUMNS),
        *((tampering.change_link, column) for column in tampering.LINK_COLUMNS),
        *((deed, None) for deed in tampering.SIMPLE),
    ]
    draw = random.Random(20261123)  # noqa: S311  places to tamper with, the same in each run
    for deed, column in deeds:  # every deed at least once, then drawn ones
        named(trail, deed, column, draw.randrange(UNITS), draw.randrange(1, ROWS // UNITS))

    @given(st.sampled_from(deeds), places())
    def drawn(deed: Any, place: tuple[int, int]) -> None:
        named(trail, *deed, *place, only=place[0])

    drawn()
    assert judge(trail) == Counts(units=UNITS, events=ROWS, seals=PARTS)


def named(
    trail: psycopg.Connection[Any], deed: Any, column: str | None, unit: int, seq: int, *, only: int | None = None
) -> None:
    with undone(trail):
        event = tampering.event_at(trail, unit, seq)
        expected = deed(trail, unit, seq, column) if column else deed(trail, unit, seq)
        found = judge(trail, only)
        what = f"{deed.__name__} {column} at {unit}/{seq} was called {found}"
        assert isinstance(found, Break), what
        assert found.kind in expected, what
        assert found.unit == unit, what
        if deed is not tampering.insert_event:
            assert found.seq == seq, what
        if deed in {tampering.change_event, tampering.delete_event} and column != "id":
            assert found.event == event, what


def test_seals_name_what_was_done_with_all_later_hashes_computed_again(trail: psycopg.Connection[Any]) -> None:
    @given(st.sampled_from(tampering.HARD), places())
    def drawn(deed: Any, place: tuple[int, int]) -> None:
        exposed(trail, deed, *place, only=place[0])

    for deed in tampering.HARD:
        exposed(trail, deed, 3, 700)
    drawn()


def exposed(trail: psycopg.Connection[Any], deed: Any, unit: int, seq: int, *, only: int | None = None) -> None:
    with undone(trail):
        deed(trail, unit, seq)
        tampering.recompute(trail, unit)
        found = judge(trail, only)
        assert isinstance(found, Break)
        assert found.kind is Kind.NOT_AN_ANCESTOR, found
        assert found.unit == unit
        assert found.seq is not None
        first = int(found.detail.split("seq ")[1].split(" ")[0])
        assert first <= seq <= found.seq, found


def test_knows_every_column(trail: psycopg.Connection[Any]) -> None:
    columns = "select column_name from information_schema.columns where table_name = %s"
    for table, known in (("events_event", tampering.EVENT_COLUMNS), ("events_eventlink", tampering.LINK_COLUMNS)):
        assert {row[0] for row in trail.execute(columns, [table])} == set(known)
