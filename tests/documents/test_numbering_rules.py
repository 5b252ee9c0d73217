"""Symbols as the law writes them, abbreviations and series as the head of the organ decides."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from documents import catalogue
from documents.operations.numbering_rules import fix_abbreviation, split_series
from documents.registers import errors
from documents.registers.series import series_for
from documents.registers.symbols import notation, number_text
from tests.cast import Cast
from tests.documents.books import DECISION, NOW, TODAY, outgoing

NEW_YEAR = date(2026, 1, 1)


def decided(people: Cast, **changes: Any) -> dict[str, Any]:
    asked = {
        "unit_id": people.home,
        "first_day": NEW_YEAR,
        "decision_no": "02/QĐ-UBND",
        "decision_on": date(2025, 12, 30),
        "actor": people.leader.user,
        "now": NOW,
    }
    return asked | changes


def test_the_law_knows_29_types_in_its_order() -> None:
    types = catalogue.document_types(TODAY)
    assert len(types) == len({kind.code for kind in types}) == 29
    assert [kind.code for kind in types if not kind.abbreviation] == ["official-letter", "courtesy-letter"]
    assert (types[0].heading, types[0].abbreviation, types[-1].code) == ("NGHỊ QUYẾT", "NQ", "courtesy-letter")
    assert catalogue.document_types(date(2020, 3, 4)) == []


@pytest.mark.parametrize(("number", "text"), [(1, "01"), (9, "09"), (10, "10"), (1234, "1234")])
def test_numbers_below_ten_get_a_leading_zero(number: int, text: str) -> None:
    assert number_text(number) == text


@pytest.mark.parametrize(
    ("type_code", "division", "symbol"),
    [
        ("decision", "", "QĐ-UBND"),
        ("rules", "", "QyĐ-UBND"),
        ("official-letter", "", "UBND-VP"),
        ("official-letter", "economy", "UBND-KT"),
        ("official-letter", "VHXH", "UBND-VHXH"),
        ("true-copy", "", "SY-UBND"),
        ("legal-decision", "", "2026/QĐ-UBND"),
        ("legal-resolution", "", "2026/NQ-HĐND"),
    ],
)
def test_symbols_are_those_of_the_law(people: Cast, type_code: str, division: str, symbol: str) -> None:
    assert notation(type_code=type_code, unit_id=people.home, division=division, on=TODAY) == symbol


def test_the_head_of_the_organ_fixes_abbreviations_from_a_day_on(people: Cast) -> None:
    fix_abbreviation(division="", abbreviation="UBNDX", **decided(people))
    fix_abbreviation(division="land", abbreviation="ĐĐ", **decided(people))
    fix_abbreviation(division="", abbreviation="UB", **decided(people, first_day=date(2026, 7, 1)))
    letter = {"type_code": "official-letter", "unit_id": people.home, "division": "land"}
    assert notation(on=date(2025, 12, 31), **(letter | {"division": ""})) == "UBND-VP"
    assert notation(on=NEW_YEAR, **letter) == "UBNDX-ĐĐ"
    assert notation(on=date(2026, 7, 1), **letter) == "UB-ĐĐ"
    assert notation(type_code="decision", unit_id=people.neighbour, on=TODAY) == "QĐ-UBND"


def test_a_division_without_abbreviation_is_refused(people: Cast) -> None:
    with pytest.raises(errors.UnknownDivisionError):
        notation(type_code="official-letter", unit_id=people.home, division="space-travel", on=TODAY)


@pytest.mark.parametrize("wrong", ["", "ub nd", "u-b", "x" * 13, "ubnd"])
def test_an_abbreviation_is_a_few_capital_letters(people: Cast, wrong: str) -> None:
    with pytest.raises(errors.BadRuleError):
        fix_abbreviation(division="", abbreviation=wrong, **decided(people))


def test_a_split_series_begins_at_01_and_the_general_one_takes_the_type_no_more(people: Cast) -> None:
    outgoing(people, dated_on=date(2026, 6, 30))
    split_series(type_code="decision", apart=True, **decided(people, first_day=date(2026, 7, 1)))
    assert series_for(unit_id=people.home, type_code="decision", on=date(2026, 6, 30)) == "general"
    with pytest.raises(errors.WrongSeriesError):
        outgoing(people)
    report = replace(DECISION, type_code="report", notation="BC-UBND")
    assert outgoing(people, row=report).number == 2
    with pytest.raises(errors.WrongSeriesError):
        outgoing(people, series="decision", row=report)
    with pytest.raises(errors.NumberTakenError):  # 01/QĐ-UBND is of June: split in mid-year, own symbol
        outgoing(people, series="decision")
    assert outgoing(people, series="decision", row=replace(DECISION, notation="QĐ-UBND-VP")).number == 1


def test_types_may_come_back_to_the_general_series(people: Cast) -> None:
    split_series(type_code="decision", apart=True, **decided(people))
    split_series(type_code="decision", apart=False, **decided(people, first_day=date(2026, 7, 1)))
    assert series_for(unit_id=people.home, type_code="decision", on=TODAY) == "general"
    assert outgoing(people).number == 1


@pytest.mark.parametrize("type_code", ["legal-decision", "true-copy", "no-such-type"])
def test_what_the_law_has_split_or_does_not_know_is_not_decided_here(people: Cast, type_code: str) -> None:
    with pytest.raises(errors.UnknownSeriesError):
        split_series(type_code=type_code, apart=True, **decided(people))


def test_a_decision_is_needed_and_each_day_is_decided_once(people: Cast) -> None:
    with pytest.raises(errors.BadRuleError):
        split_series(type_code="decision", apart=True, **decided(people, decision_no=" "))
    split_series(type_code="decision", apart=True, **decided(people))
    with pytest.raises(errors.BadRuleError):
        split_series(type_code="decision", apart=False, **decided(people))
    with pytest.raises(errors.BadRuleError):  # would run into the rule that begins in January
        split_series(type_code="decision", apart=False, **decided(people, first_day=date(2025, 12, 1)))


@pytest.mark.parametrize("role", ["clerk", "desk_officer", "outsider"])
def test_only_the_head_of_the_organ_decides(people: Cast, role: str) -> None:
    with pytest.raises(errors.NotAllowedError):
        split_series(type_code="decision", apart=True, **decided(people, actor=getattr(people, role).user))
