"""The units that answers name: all in one statement, and nothing breaks over what is no unit."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from services.queries.places import UnitsOn
from tests.cast import Cast
from units.queries import ancestors, version_at

DAY = date(2026, 11, 16)


def test_all_units_of_the_answers_in_one_statement(people: Cast) -> None:
    named = (people.home, people.neighbour, people.elsewhere)
    answers: dict[str, Any] = {
        "residence": {"unit": named[0], "detail": "x"},
        "children": [{"born_at": {"unit": named[1]}}, "y", None],
        "title": "z",
        "born_at": {"unit": named[2]},
    }
    units = UnitsOn(DAY, answers)
    with CaptureQueriesContext(connection) as asked:
        told = [units.name(unit) for unit in named]
        assert all(units.lives(unit) for unit in named)
    assert len(asked) == 1, asked.captured_queries
    for unit, name in zip(named, told, strict=True):
        version = version_at(unit, DAY)
        assert version is not None
        assert name is not None
        assert name.startswith(version.full_name)


def test_the_name_says_where_it_lies(people: Cast) -> None:
    province = version_at(people.province, DAY)
    assert province is not None
    assert str(UnitsOn(DAY).name(people.home)).endswith(f", {province.full_name}")


@pytest.mark.parametrize("number", [-1, 0, 999_999_999, 2**63 - 1, 2**63, 10**30])
def test_a_number_that_no_unit_has(people: Cast, number: int) -> None:
    units = UnitsOn(DAY, {"residence": {"unit": number}, "hometown": {"unit": people.home}})
    assert units.name(number) is None
    assert not units.lives(number)
    assert units.name(people.home)


def test_the_country_is_nobodys_address(people: Cast) -> None:
    [country] = [version.unit_id for version in ancestors(people.home, DAY) if version.parent_id is None]
    assert UnitsOn(DAY).name(country) is None


@pytest.mark.parametrize("answers", [None, [], "x", 7, {"a": {"unit": True}}, {"a": [[{"unit": 1}]]}])
def test_answers_of_any_shape(people: Cast, answers: object) -> None:
    assert UnitsOn(DAY, answers).name(people.home)
