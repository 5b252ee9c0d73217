"""Which successor a case of a split unit belongs to, and the registry of those who take part."""

from datetime import date

import pytest

from units.handovers import (
    AlreadyRegisteredError,
    Case,
    Heir,
    Reorganisation,
    RuleError,
    all_handovers,
    check_rule,
    decide,
    register,
    registered,
)

NORTH = Heir(1, "Xã Bắc", "part", is_default=True, rule={"villages": ["Ấp 1", "Thôn Hòa"], "procedures": ["1.001193"]})
SOUTH = Heir(
    2, "Xã Nam", "part", rule={"villages": ["Ấp 10"], "addresses": ["đường Lê Lợi"], "answers": {"plot": ["77"]}}
)


@pytest.mark.parametrize(
    ("case", "unit", "by"),
    [
        (Case(village="ấp 1"), 1, "villages"),
        (Case(village="ẤP  10"), 2, "villages"),
        (Case(address="Số 3, Đường Lê Lợi, tổ 2"), 2, "addresses"),
        (Case(answers={"plot": "77"}), 2, "answers"),
        (Case(procedure="1.001193"), 1, "procedures"),
        (Case(village="Ấp 10", procedure="1.001193"), 2, "villages"),
        (Case(village="Thôn Hoa"), 1, "default"),
        (Case(address="đường Lê Lợi 2"), 2, "addresses"),
        (Case(address="đường Lê"), 1, "default"),
        (Case(), 1, "default"),
    ],
)
def test_the_most_exact_rule_decides(case: Case, unit: int, by: str) -> None:
    decision = decide((SOUTH, NORTH), case)
    assert decision is not None
    assert (decision.unit_id, decision.by, decision.is_decided) == (unit, by, by != "default")


def test_two_rules_that_claim_one_case_leave_it_to_a_person() -> None:
    both = (
        Heir(1, "", "part", is_default=True, rule={"villages": ["Ấp 1"]}),
        Heir(2, "", "part", rule={"villages": ["ấp 1"]}),
    )
    assert not decide(both, Case(village="Ấp 1")).is_decided


def test_one_heir_needs_no_rule_and_none_is_none() -> None:
    assert decide((NORTH,), Case()).by == "only"
    assert decide((), Case()) is None


@pytest.mark.parametrize(
    "rule",
    [
        [], "x", {"streets": ["a"]}, {"villages": []}, {"villages": "Ấp 1"}, {"villages": [1]},
        {"villages": ["x" * 201]},
        {"villages": ["--"]}, {"villages": ["a\x00b"]}, {"villages": ["a"] * 501}, {"answers": ["x"]}, {"answers": {}},
        {"answers": {"f": "x"}},
    ],
)  # fmt: skip
def test_what_is_no_rule_is_refused(rule: object) -> None:
    with pytest.raises(RuleError):
        check_rule(rule)


def test_a_rule_is_kept_as_it_was_meant() -> None:
    assert check_rule({"villages": [" Ấp 1 "], "answers": {"f": ["a"]}}) == {
        "villages": ["Ấp 1"],
        "answers": {"f": ["a"]},
    }
    assert check_rule({}) is None


def test_an_act_knows_who_ends_and_who_receives() -> None:
    act = Reorganisation(1, "merge", "1/NQ", date(2027, 1, 1), {7: (SOUTH, NORTH), 8: (Heir(2, "", "whole"),), 9: ()})
    assert (act.ending, act.split, act.receiving) == ({7, 8, 9}, {7}, {1, 2})
    assert [act.main_heir(unit) for unit in (7, 8, 9, 10)] == [1, 2, None, None]


class Nothing:
    def __init__(self, name: str, order: int) -> None:
        self.name, self.order = name, order


def test_handovers_stand_in_the_order_of_the_floors() -> None:
    upper, lower, other = Nothing("b", 30), Nothing("c", 10), Nothing("b", 1)
    with registered(upper, lower):
        register(upper)
        assert all_handovers() == [lower, upper]
        with pytest.raises(AlreadyRegisteredError):
            register(other)
    assert upper not in all_handovers()
