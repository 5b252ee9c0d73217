"""Random acts over invented things: many chains, since each costs little."""

import os

import pytest

from tests.units.handing import Things
from tests.units.land import Land
from tests.units.random_acts import Acts, number_of, walk
from units.handovers import registered

pytestmark = pytest.mark.django_db


def over_things(land: Land, begun_with: int, *, walks: int, steps: int) -> None:
    things = Things()
    with registered(things):
        walk(lambda: Acts(land, things), begun_with, walks, steps)
    assert things.where() == {}  # every walk was undone


def test_a_few_random_acts(land: Land) -> None:
    over_things(land, number_of(21), walks=5, steps=12)


@pytest.mark.long
def test_many_random_acts(land: Land) -> None:
    """`ACTS_CHUNKS` times five walks, each chunk with the next seed."""
    begun_with = number_of(907_114_700)
    for chunk in range(int(os.environ.get("ACTS_CHUNKS", "20"))):
        over_things(land, begun_with + chunk, walks=5, steps=30)
