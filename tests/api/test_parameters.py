"""Reading query parameters."""

from datetime import date
from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from portal.api import parameters
from portal.api.problems import Problem

DECLARED = (
    parameters.day("on", "", default=lambda: date(2026, 11, 22), first=lambda: date(2004, 1, 1)),
    parameters.text("q", "", longest=10),
    parameters.choice("level", "", ["province", "commune"]),
    parameters.number("parent", ""),
    parameters.code("code", "", example="00004"),
    parameters.LIMIT,
)


def read(query: str) -> dict[str, Any]:
    return parameters.read_all(QueryDict(query), DECLARED)


def faults(query: str) -> list[tuple[str, str]]:
    with pytest.raises(Problem) as caught:
        read(query)
    return [(fault.pointer, fault.code) for fault in caught.value.errors]


def test_takes_defaults_for_what_is_absent() -> None:
    assert read("") == {
        "on": date(2026, 11, 22), "q": None, "level": None, "parent": None, "code": None, "limit": 50,
    }  # fmt: skip


def test_reads_each_kind() -> None:
    values = read("on=2025-06-30&q=%20Ba+%C4%90%C3%ACnh&level=commune&parent=7&code=00004&limit=200")
    assert values == {
        "on": date(2025, 6, 30), "q": "Ba Đình", "level": "commune", "parent": 7, "code": "00004", "limit": 200,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("query", "fault"),
    [
        ("on=22/11/2026", ("on", "date-malformed")),
        ("on=2026-02-30", ("on", "date-malformed")),
        ("on=20261122", ("on", "date-malformed")),
        ("on=٢٠٢٦-11-22", ("on", "date-malformed")),
        ("on=2003-12-31", ("on", "date-before-data")),
        ("on=9999-12-31", ("on", "date-too-far")),
        ("on=", ("on", "date-malformed")),
        ("q=", ("q", "empty")),
        ("q=12345678901", ("q", "too-long")),
        ("q=a%00b", ("q", "control-character")),
        ("level=district", ("level", "not-a-choice")),
        ("parent=-1", ("parent", "not-in-range")),
        ("parent=0", ("parent", "not-in-range")),
        ("parent=99999999999999999999", ("parent", "not-in-range")),
        ("parent=1e3", ("parent", "not-in-range")),
        ("limit=201", ("limit", "not-in-range")),
        ("code=%2e%2e", ("code", "code-malformed")),
        ("level=commune&level=commune", ("level", "repeated")),
        ("colour=red", ("colour", "unknown")),
        ("ON=2026-11-22", ("ON", "unknown")),
    ],
)
def test_refuses_and_says_which(query: str, fault: tuple[str, str]) -> None:
    assert faults(query) == [fault]


def test_shortens_the_name_of_an_unknown_parameter() -> None:
    [(pointer, _code)] = faults("a" * 500 + "=1")
    assert len(pointer) == 60


@given(st.dictionaries(st.sampled_from([p.name for p in DECLARED]), st.text(max_size=300)))
def test_whatever_is_typed_is_read_or_refused(query: dict[str, str]) -> None:
    given_query = QueryDict(mutable=True)
    given_query.update(query)
    known = {parameter.name for parameter in DECLARED}
    try:
        values = parameters.read_all(given_query, DECLARED)
    except Problem as problem:
        values = dict.fromkeys(known)
        pointers = {fault.pointer for fault in problem.errors}
    else:
        pointers = set()
    assert set(values) == known
    assert pointers <= known
