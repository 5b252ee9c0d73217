"""Reading bodies: strict, all faults at once, and whatever comes is read or refused."""

import json
from datetime import UTC, date, datetime
from typing import Any

import jsonschema
import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from portal.api import bodies
from portal.api.bodies import Body
from portal.api.problems import Problem


def even(value: Any, pointer: str, reading: bodies.Reading) -> Any:
    if value != {"even": True}:
        reading.wrong(f"{pointer}/even", "not-even", "Not even.")
    return value


PAPER = bodies.group("paper", "", bodies.text("title", "", longest=10, example="a"), bodies.truth("isOriginal", ""))
BODY = Body(
    "Everything",
    bodies.text("name", "", longest=5, example="An"),
    bodies.text("note", "", longest=20, lines=True, required=False, example="x"),
    bodies.text("code", "", longest=4, pattern=r"\d{4}", hint="Four digits.", required=False, example="0001"),
    bodies.number("count", "", lowest=1, highest=9, example=1),
    bodies.truth("isUrgent", "", required=False, default=False),
    bodies.choice("kind", "", ["a", "b"], required=False),
    bodies.day("bornDate", "", required=False, nullable=True),
    bodies.moment("seenAt", "", required=False),
    bodies.several("papers", "", PAPER, most=2, required=False),
    bodies.free("answers", "", check=even, schema={"type": "object"}, example={"even": True}, required=False),
)
LEAST: dict[str, Any] = {"name": "An", "count": 3}


def faults(data: Any) -> set[tuple[str, str]]:
    with pytest.raises(Problem) as caught:
        BODY.read(data)
    return {(fault.pointer, fault.code) for fault in caught.value.errors}


def test_reads_each_kind_and_fills_in_what_is_absent() -> None:
    data = LEAST | {
        "note": "hai\ndòng",
        "code": "0042",
        "kind": "b",
        "bornDate": "2026-02-28",
        "seenAt": "2026-11-22T09:30:00+07:00",
        "papers": [{"title": "Giấy", "isOriginal": True}],
        "answers": {"even": True},
    }
    assert BODY.read(data) == data | {
        "isUrgent": False,
        "bornDate": date(2026, 2, 28),
        "seenAt": datetime(2026, 11, 22, 2, 30, tzinfo=UTC),
    }
    assert BODY.read(LEAST)["bornDate"] is None


def test_writes_letters_as_one_and_takes_blanks_away() -> None:
    assert BODY.read(LEAST | {"name": "  A\u0302n "})["name"] == "\u00c2n"


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"name": ""}, ("/name", "too-short")),
        ({"name": "   "}, ("/name", "too-short")),
        ({"name": "a" * 6}, ("/name", "too-long")),
        ({"name": 5}, ("/name", "not-text")),
        ({"name": None}, ("/name", "null")),
        ({"name": "a\nb"}, ("/name", "control-character")),
        ({"name": "a\x00"}, ("/name", "control-character")),
        ({"name": "\ud800"}, ("/name", "control-character")),
        ({"note": "a\x07"}, ("/note", "control-character")),
        ({"code": "42"}, ("/code", "malformed")),
        ({"code": "٤٢٤٢"}, ("/code", "malformed")),
        ({"count": 0}, ("/count", "not-in-range")),
        ({"count": 10}, ("/count", "not-in-range")),
        ({"count": "3"}, ("/count", "not-in-range")),
        ({"count": 3.0}, ("/count", "not-in-range")),
        ({"count": True}, ("/count", "not-in-range")),
        ({"isUrgent": "true"}, ("/isUrgent", "not-a-truth")),
        ({"isUrgent": 1}, ("/isUrgent", "not-a-truth")),
        ({"kind": "c"}, ("/kind", "not-a-choice")),
        ({"kind": ["a"]}, ("/kind", "not-a-choice")),
        ({"bornDate": "2026-02-30"}, ("/bornDate", "date-malformed")),
        ({"bornDate": "22/11/2026"}, ("/bornDate", "date-malformed")),
        ({"seenAt": "2026-11-22T09:30:00"}, ("/seenAt", "moment-malformed")),
        ({"seenAt": "2026-13-22T09:30:00Z"}, ("/seenAt", "moment-malformed")),
        ({"seenAt": None}, ("/seenAt", "null")),
        ({"papers": {}}, ("/papers", "not-a-list")),
        ({"papers": [{}] * 3}, ("/papers", "wrong-count")),
        ({"papers": [7]}, ("/papers/0", "not-an-object")),
        ({"papers": [{"title": "a", "isOriginal": 0}]}, ("/papers/0/isOriginal", "not-a-truth")),
        ({"papers": [{"title": "a", "isOriginal": True, "x": 1}]}, ("/papers/0/x", "unknown")),
        ({"answers": {}}, ("/answers/even", "not-even")),
        ({"colour": 1}, ("/colour", "unknown")),
        ({"a/b~c": 1}, ("/a~1b~0c", "unknown")),
    ],
)
def test_refuses_and_says_where(changed: dict[str, Any], fault: tuple[str, str]) -> None:
    assert faults(LEAST | changed) == {fault}


@pytest.mark.parametrize("data", [[], None, "x", 7, True])
def test_a_body_is_an_object(data: Any) -> None:
    assert faults(data) == {("", "not-an-object")}


def test_names_all_faults_at_once_but_not_endlessly() -> None:
    assert faults({}) == {("/name", "required"), ("/count", "required")}
    assert len(faults(LEAST | {f"x{number}": 1 for number in range(500)})) == bodies.FAULTS_LIMIT


def test_says_it_in_vietnamese() -> None:
    with pytest.raises(Problem) as caught:
        BODY.read({"name": "An"})
    assert [fault.detail for fault in caught.value.errors] == ["Thiếu trường bắt buộc này."]


def test_a_change_gives_what_was_sent_and_no_more() -> None:
    assert BODY.optional("Some").read({"count": 4}) == {"count": 4}
    assert BODY.optional("Some").read({"bornDate": None}) == {"bornDate": None}
    with pytest.raises(Problem):
        BODY.optional("Some").read({"colour": 1})


def test_its_example_fits_its_description() -> None:
    with translation.override("en"):
        jsonschema.validate(BODY.example, json.loads(json.dumps(BODY.described())))
    assert BODY.read(BODY.example)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from([*BODY.fields, "x"]), JSON) | JSON)
def test_whatever_is_sent_is_read_or_refused_with_a_pointer(data: Any) -> None:
    values, told = dict.fromkeys(BODY.fields), ()
    try:
        values = BODY.read(data)
    except Problem as problem:
        told = problem.errors
    assert set(values) == set(BODY.fields)
    assert all(fault.where == "body" and fault.detail for fault in told)


@given(st.data())
def test_what_the_description_allows_is_read(data: st.DataObject) -> None:
    """For text that has something to read, which no schema can say."""
    name = data.draw(st.text("AbĐưỡ09-", min_size=1, max_size=5))
    sent = {"name": name, "count": data.draw(st.integers(1, 9)), "isUrgent": data.draw(st.booleans())}
    jsonschema.validate(sent, BODY.described())
    assert BODY.read(sent)["count"] == sent["count"]
