"""The engine of declaration forms, on small forms."""

from typing import Any

import pytest
from jsonschema import Draft202012Validator

from services.declarations import (
    Known,
    Sourced,
    check_page,
    check_whole,
    faults_of_form,
    published_schema,
    review,
    walk,
)
from services.declarations.definition import BadForm, read
from tests.services.forms import asked, form, page, ref, source, world

COLOURS = {"enum": ["red", "blue"]}
TOLD = {"red": {"vi": "Đỏ", "en": "Red"}, "blue": {"vi": "Xanh", "en": "Blue"}}
BRANCHES = form(
    {"colour": COLOURS, "why": ref("line"), "born": ref("day"), "died": ref("rough_day")},
    page("first", asked("colour", choices=TOLD)),
    page("second", asked("why"), show_if={"question": "colour", "is": "red"}),
    page("third", asked("born", latest="today"), asked("died", optional=True, earliest="born")),
)
ROWS = form(
    {"people": {"type": "array", "maxItems": 2, "items": {"properties": {"name": ref("name"), "age": ref("count")}}}},
    page(
        "people",
        asked("name"),
        asked("age"),
        repeat={"key": "people", "item": {"vi": "Người", "en": "Person"}, "least": 1},
    ),
)


def told(faults: list[Any]) -> dict[str, str]:
    return {fault.pointer: fault.code for fault in faults}


def test_what_is_missing_is_named_with_its_pointer_and_its_sentence() -> None:
    faults = check_whole(BRANCHES, {}, world())
    assert told(faults) == {"/colour": "missing", "/born": "missing"}
    assert faults[0].text == "Trả lời."
    assert (faults[0].page, faults[0].question) == ("first", "colour")


def test_a_condition_opens_a_page() -> None:
    assert told(check_whole(BRANCHES, {"colour": "red", "born": "2026-11-07"}, world())) == {"/why": "missing"}
    assert not check_whole(BRANCHES, {"colour": "blue", "born": "2026-11-07"}, world())


def test_an_answer_that_applies_no_more_stays_but_does_not_count() -> None:
    answers = {"colour": "blue", "why": "vì thích", "born": "2026-11-07"}
    assert not check_whole(BRANCHES, answers, world())
    assert "why" not in walk(BRANCHES, answers, world()).seen


def test_what_hangs_on_an_answer_that_applies_no_more_does_not_apply_either() -> None:
    chain = form(
        {"colour": COLOURS, "sure": {"type": "boolean"}, "why": ref("line")},
        page("a", asked("colour", choices=TOLD)),
        page("b", asked("sure"), show_if={"question": "colour", "is": "red"}),
        page("c", asked("why"), show_if={"question": "sure", "is": True}),
    )
    assert told(check_whole(chain, {"colour": "red", "sure": True}, world())) == {"/why": "missing"}
    assert not check_whole(chain, {"colour": "blue", "sure": True}, world())
    schema = Draft202012Validator(published_schema(chain))
    assert not schema.is_valid({"colour": "red", "sure": True})
    assert schema.is_valid({"colour": "blue", "sure": True})


def test_an_answer_that_applies_no_more_still_has_its_limits() -> None:
    answers = {"colour": "blue", "why": "x" * 201, "born": "2026-11-07"}
    assert told(check_whole(BRANCHES, answers, world())) == {"/why": "too-long"}


def test_what_the_form_does_not_ask_is_refused() -> None:
    answers = {"colour": "blue", "born": "2026-11-07", "a/b~c": 1}
    assert told(check_whole(BRANCHES, answers, world())) == {"/a~1b~0c": "unknown"}


@pytest.mark.parametrize(
    ("born", "code"),
    [
        ("2026-02-31", "no-such-day"),
        ("2026-11-25", "too-late"),
        ("1700-01-01", "too-early"),
        ("7/11/2026", "malformed"),
    ],
)
def test_a_day_must_exist_and_lie_within_its_bounds(born: str, code: str) -> None:
    assert told(check_whole(BRANCHES, {"colour": "blue", "born": born}, world())) == {"/born": code}


@pytest.mark.parametrize(
    ("died", "fine"), [("2026", True), ("2026-10", False), ("2026-11", True), ("2026-11-06", False)]
)
def test_a_rough_day_is_compared_as_the_span_that_it_is(died: str, *, fine: bool) -> None:
    faults = check_whole(BRANCHES, {"colour": "blue", "born": "2026-11-07", "died": died}, world())
    assert told(faults) == ({} if fine else {"/died": "too-early"})


def test_true_is_not_one() -> None:
    yes = form(
        {"sure": {"type": "boolean"}, "more": ref("line")},
        page("a", asked("sure")),
        page("b", asked("more"), show_if={"question": "sure", "is": True}),
    )
    assert told(check_whole(yes, {"sure": 1}, world())) == {"/sure": "no-choice"}
    assert told(check_whole(yes, {"sure": True}, world())) == {"/more": "missing"}


def test_rows_have_a_least_a_most_and_pointers() -> None:
    an, ba = {"name": "An", "age": 1}, {"name": "Ba", "age": 2}
    assert told(check_whole(ROWS, {}, world())) == {"/people": "too-few"}
    assert told(check_whole(ROWS, {"people": [an, ba, an]}, world())) == {"/people": "too-many"}
    assert told(check_whole(ROWS, {"people": [an, {"name": "4", "x": 1}]}, world())) == {
        "/people/1/x": "unknown", "/people/1/name": "too-short", "/people/1/age": "missing",
    }  # fmt: skip
    assert told(check_whole(ROWS, {"people": "An"}, world())) == {"/people": "wrong-type"}


PREFILLED = form(
    {"who": COLOURS, "name": ref("name"), "place": ref("unit")},
    page("who", asked("who", choices=TOLD)),
    page("name", asked("name", prefill=[{"from": "person.name", "if": {"question": "who", "is": "red"}}])),
    page("place", asked("place", show_if={"not": {"proven": "paper"}})),
)
REGISTER = Known({"person.name": Sourced("Giàng Thị Mỷ", "population")}, frozenset({"paper"}))


def test_what_a_register_knows_is_asked_of_nobody() -> None:
    assert not check_whole(PREFILLED, {"who": "red"}, world(REGISTER))
    assert told(check_whole(PREFILLED, {"who": "blue"}, world(REGISTER))) == {"/name": "missing"}
    assert told(check_whole(PREFILLED, {"who": "red"}, world())) == {"/name": "missing", "/place": "missing"}


def test_what_a_register_knows_cannot_be_typed_over() -> None:
    way = walk(PREFILLED, {"who": "red", "name": "Ai Khác"}, world(REGISTER))
    assert way.seen["name"] == "Giàng Thị Mỷ"


def test_what_was_said_before_is_not_asked_twice() -> None:
    twice = form(
        {"mine": ref("name"), "who": COLOURS, "theirs": ref("name")},
        page("a", asked("mine"), asked("who", choices=TOLD)),
        page("b", asked("theirs", prefill=[{"from": "answer.mine", "if": {"question": "who", "is": "red"}}])),
    )
    assert not check_whole(twice, {"mine": "An Bình", "who": "red"}, world())
    assert told(check_whole(twice, {"mine": "An Bình", "who": "blue"}, world())) == {"/theirs": "missing"}


def test_what_the_form_could_not_take_from_a_register_is_asked() -> None:
    broken = Known({"person.name": Sourced("", "population")}, frozenset({"paper"}))
    assert told(check_whole(PREFILLED, {"who": "red"}, world(broken))) == {"/name": "missing"}


def test_a_unit_must_live_unless_the_form_takes_old_ones() -> None:
    strict = form({"place": ref("unit")}, page("a", asked("place")))
    old = form({"place": ref("unit")}, page("a", asked("place", former=True)))
    assert told(check_page(strict, "a", {"place": {"unit": 2}}, world())) == {"/place/unit": "unit-ended"}
    assert not check_page(old, "a", {"place": {"unit": 2}}, world())
    assert told(check_page(old, "a", {"place": {"unit": 3}}, world())) == {"/place/unit": "no-unit"}
    assert told(check_page(old, "a", {"place": {"unit": True}}, world())) == {"/place/unit": "no-unit"}


def test_the_review_shows_words_and_sources() -> None:
    way = walk(PREFILLED, {"who": "red"}, world(REGISTER))
    lines = [line for section in review(way, world(REGISTER)) for line in section.lines]
    assert [line.words for line in lines] == ["Đỏ", "Giàng Thị Mỷ"]
    assert [bool(line.sourced) for line in lines] == [False, True]


PICK = asked("a", choices=TOLD)
GREEN = {"question": "a", "is": "green"}
BAD = [
    (source({"a": ref("line")}, page("p", asked("a", label={"vi": "A", "en": ""}))), "no text in en"),
    (source({"a": ref("line"), "b": ref("line")}, page("p", asked("a"))), "on no page"),
    (source({"a": ref("line")}, page("p", asked("a", show_if={"question": "z", "is": 1}))), "no earlier question"),
    (source({"a": COLOURS, "b": ref("line")}, page("p", PICK, asked("b", show_if=GREEN))), "nobody can answer"),
    (source({"a": ref("line")}, page("p", asked("a", prefill="person.shoe_size"))), "no source"),
    (source({"a": ref("line")}, page("p", asked("a", prefill="answer.b"))), "no earlier question of its kind"),
    (source({"a": ref("line")}, page("p", asked("a", colour="red"))), "nothing knows"),
    (source({"a": {"type": "string"}}, page("p", asked("a"))), "no kind"),
    (source({"a": ref("line")}, page("p", asked("a", show_if={"not": {"proven": "x"}}))), "no component"),
    (source({"a": ref("line")}, page("p", asked("a", label={"vi": "A" * 121, "en": "A"}))), "at most 120"),
    (source({"a": {"enum": ["x"]}}, page("p", asked("a"))), "fewer than two"),
]  # fmt: skip


@pytest.mark.parametrize(("broken", "complaint"), BAD, ids=[complaint for _, complaint in BAD])
def test_a_form_that_somebody_would_stumble_over_is_not_published(broken: dict[str, Any], complaint: str) -> None:
    assert any(complaint in fault for fault in faults_of_form(broken, []))


def test_a_file_that_is_no_form_is_refused_in_words() -> None:
    with pytest.raises(BadForm, match="KeyError"):
        read({"code": "t"})
