"""What must hold for all answers, on every form of the repository."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from services.catalogue import fixture
from services.declarations import (
    Definition,
    Kind,
    Question,
    check_page,
    check_row,
    check_whole,
    migrate_answers,
    published_schema,
    read,
    review,
    walk,
)
from tests.services.forms import TODAY, world

CATALOGUE = fixture.read()
FORMS = {code: read(CATALOGUE.form_of(description)) for code, description in CATALOGUE.full.items()}
KEYS = sorted({question.key for form in FORMS.values() for _page, question in form.everything()})
CODES = st.sampled_from(sorted(FORMS))

junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)


def fitting(question: Question) -> st.SearchStrategy[Any]:
    """Answers of the right kind, most of them allowed."""
    if question.choices and question.kind is Kind.CHOICE:
        return st.sampled_from([value for value, _words in question.choices])
    if question.kind is Kind.SEVERAL:
        return st.lists(st.sampled_from([value for value, _words in question.choices]), unique=True, min_size=1)
    digits = st.text("0123456789", min_size=12, max_size=12)
    day = st.dates(date(1950, 1, 1), TODAY).map(str)
    kinds: dict[Kind, st.SearchStrategy[Any]] = {
        Kind.YES_NO: st.booleans(),
        Kind.DAY: day,
        Kind.ROUGH_DAY: day | st.integers(1900, 2026).map(str) | st.just("2001-12"),
        Kind.COUNT: st.integers(1, 20),
        Kind.MONEY: st.integers(1, 10**9),
        Kind.PERSONAL_NUMBER: digits,
        Kind.PHONE: digits.map(lambda text: f"0{text[:9]}"),
        Kind.EMAIL: st.just("an@example.vn"),
        Kind.TIME: st.just("14:30"),
        Kind.UNIT: st.just({"unit": 1}),
        Kind.ADDRESS: st.just({"unit": 1, "detail": "Thôn 1"}),
        Kind.FILES: st.lists(st.uuids().map(str), min_size=1, max_size=3, unique=True),
    }
    return kinds.get(question.kind, st.sampled_from(["An", "Páo", "Lai"]))


@st.composite
def filled(draw: st.DrawFn, form: Definition) -> dict[str, Any]:
    """As a person fills it in: page by page, only what is asked, and only pages that the engine takes."""
    answers: dict[str, Any] = {}
    for page in form.pages:
        step = walk(form, answers, world()).step(page.key)
        if step is None:
            continue
        if page.repeat:
            rows = draw(
                st.lists(st.fixed_dictionaries({q.key: fitting(q) for q in page.questions}), min_size=1, max_size=2)
            )
            rows = [row for row in rows if not check_row(form, page.key, row, answers, world())]
            answers = {**answers, page.repeat.key: rows} if rows else answers
            continue
        for _round in range(2):  # an answer may open another question of the page
            step = walk(form, answers, world()).step(page.key)
            open_questions = [one.question for one in step.asked if one.value is None] if step else []
            open_questions = [one for one in open_questions if not one.optional or draw(st.booleans())]
            answers = {**answers, **{question.key: draw(fitting(question)) for question in open_questions}}
        wrong = {fault.question for fault in check_page(form, page.key, answers, world())}
        answers = {key: value for key, value in answers.items() if key not in wrong}
    return answers


@given(CODES, st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=10), junk, max_size=25) | junk)
def test_no_answers_break_the_engine(code: str, answers: Any) -> None:
    form = FORMS[code]
    faults = check_whole(form, answers, world())
    assert all(fault.text and fault.code for fault in faults)
    if isinstance(answers, dict):
        way = walk(form, answers, world())
        assert review(way, world()) is not None
        assert migrate_answers(form, form, answers, world()).kept.keys() <= answers.keys()


@given(st.data(), CODES)
def test_what_every_page_took_the_whole_takes(data: st.DataObject, code: str) -> None:
    form = FORMS[code]
    answers = data.draw(filled(form))
    pages = [
        (fault.pointer, fault.code)
        for step in walk(form, answers, world()).steps
        for fault in check_page(form, step.page.key, answers, world())
    ]
    assert [(fault.pointer, fault.code) for fault in check_whole(form, answers, world())] == pages


@given(st.data(), CODES)
def test_what_the_engine_takes_the_published_schema_takes(data: st.DataObject, code: str) -> None:
    form = FORMS[code]
    answers = data.draw(filled(form))
    assume(not check_whole(form, answers, world()))
    validator = Draft202012Validator(published_schema(form))
    assert [error.message for error in validator.iter_errors(json.loads(json.dumps(answers)))] == []


@given(st.data(), CODES)
def test_what_registers_answer_no_schema_demands(data: st.DataObject, code: str) -> None:
    form = FORMS[code]
    answers = data.draw(filled(form))
    known = {key for _page, question in form.everything() if question.prefill for key in [question.key]}
    errors = Draft202012Validator(published_schema(form)).iter_errors(
        {k: v for k, v in answers.items() if k not in known}
    )
    assert not [
        error.message for error in errors if error.validator == "required" and known & set(error.validator_value)
    ]


@pytest.mark.parametrize("code", sorted(FORMS))
@given(data=st.data())
def test_the_same_form_keeps_every_answer_that_it_took(code: str, data: st.DataObject) -> None:
    form = FORMS[code]
    answers = data.draw(filled(form))
    migrated = migrate_answers(form, form, answers, world())
    assert migrated.kept == answers
    assert not migrated.dropped
    assert not migrated.to_answer_again
