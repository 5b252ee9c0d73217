"""Steps are shared out fairly: a property of every heap of work."""

import uuid
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.balancing import PRESSING, Piece, share, weight

NOW = datetime(2026, 11, 16, 2, tzinfo=UTC)
DUE = st.none() | st.integers(-100, 1000).map(lambda hours: NOW + timedelta(hours=hours))


@given(st.lists(DUE, max_size=60), st.lists(st.integers(0, 40), min_size=1, max_size=6))
def test_nobody_who_got_something_has_much_more_than_another(due: list[datetime | None], before: list[int]) -> None:
    pieces = [Piece(uuid.UUID(int=place), moment) for place, moment in enumerate(due)]
    load = {uuid.UUID(int=1000 + place): weighs for place, weighs in enumerate(before)}
    after = dict(load)
    shared = share(pieces, load, NOW)
    for piece, officer in shared:
        after[officer] += weight(piece.due_at, NOW)
    assert {piece.key for piece, _officer in shared} == {piece.key for piece in pieces}
    assert len(shared) == len(pieces)
    for officer in {officer for _piece, officer in shared}:
        assert after[officer] - min(after.values()) <= PRESSING


@given(st.lists(DUE, max_size=30))
def test_the_same_heap_is_shared_the_same_way(due: list[datetime | None]) -> None:
    pieces = [Piece(uuid.UUID(int=place), moment) for place, moment in enumerate(due)]
    load = {uuid.UUID(int=1000): 0, uuid.UUID(int=1001): 0}
    assert share(pieces, load, NOW) == share(list(reversed(pieces)), load, NOW)


def test_what_is_pressing_weighs_more() -> None:
    assert weight(NOW - timedelta(days=1), NOW) == PRESSING
    assert weight(NOW + timedelta(days=5), NOW) < PRESSING
