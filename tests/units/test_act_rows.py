"""Rows that cannot be: each is refused with its row and the reason, and nothing is changed."""

from datetime import timedelta

import pytest

from tests.units.land import Land
from tests.units.reorganising import DAY, draft, merger, put_down, scheduled, signed, tried
from units.kinds import ActKind
from units.models import ReorgChange, ReorgEvent
from units.operations import BadRows, Result, Source
from units.queries import version_at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nobody_else")]


def codes(refused) -> list[tuple[str, int, str]]:
    return [(problem.part, problem.number, problem.code) for problem in refused.value.problems]


def result(land: Land, key: str = "X", name: str = "Mới", **fields) -> Result:
    return Result(**{"key": key, "name": name, "type": "xa", "parent": land.new("01").pk} | fields)


GIVEN = {
    "a key that no row has": (
        lambda land: ([result(land)], [Source(land.new("00001").pk, "Y")]), ("sources", 1, "unknown"),
    ),
    "a unit above by a key that no row has": (lambda land: ([result(land, parent="Y")], []), ("results", 1, "unknown")),
    "a key twice": (lambda land: ([result(land), result(land)], []), ("results", 2, "doubled")),
    "a unit twice": (
        lambda land: ([result(land, unit_id=1), result(land, key="Y", unit_id=1)], []), ("results", 2, "doubled"),
    ),
    "a pair twice": (lambda land: ([result(land)], [Source(land.new("00001").pk, "X")] * 2), ("sources", 2, "doubled")),
    "two defaults": (
        lambda land: (
            [result(land), result(land, key="Y")],
            [Source(land.new("00001").pk, key, "part", is_default=True) for key in ("X", "Y")],
        ),
        ("sources", 2, "default"),
    ),
    "an unknown unit": (lambda land: ([result(land)], [Source(999999, "X")]), ("sources", 1, "unknown")),
    "an unknown type": (lambda land: ([result(land, type="lang")], []), ("results", 1, "type")),
    "no name": (lambda land: ([result(land, name="")], []), ("results", 1, "name")),
    "a name with a line in it": (lambda land: ([result(land, name="A\nB")], []), ("results", 1, "name")),
    "a code with a space": (lambda land: ([result(land, code="00 1")], []), ("results", 1, "code")),
    "a rule that is none": (
        lambda land: ([result(land)], [Source(land.new("00001").pk, "X", rule={"x": 1})]), ("sources", 1, "rule"),
    ),
    "a share that is none": (
        lambda land: ([result(land)], [Source(land.new("00001").pk, "X", share="half")]), ("sources", 1, "share"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", GIVEN)
def test_what_no_draft_may_say(land: Land, case: str) -> None:
    build, expected = GIVEN[case]
    results, sources = build(land)
    before = ReorgEvent.objects.count()
    with pytest.raises(BadRows) as refused:
        draft(land, results, sources)
    assert expected in codes(refused)
    assert ReorgEvent.objects.count() == before
    assert str(refused.value.problems[0])


def refusal(land: Land, results=(), sources=(), kind: ActKind = ActKind.MERGE, **fields) -> list[tuple[str, int, str]]:
    act = draft(land, results, sources, kind=kind, **fields)
    with pytest.raises(BadRows) as refused:
        tried(act)
    assert ReorgEvent.objects.get(pk=act.pk).state == "draft"
    return codes(refused)


def both(land: Land, **fields) -> list[Source]:
    return [Source(land.new("00001").pk, "X"), Source(land.new("00004").pk, "X")]


def test_an_empty_table(land: Land) -> None:
    assert ("", 0, "empty") in refusal(land)


def test_a_unit_that_ended_before(land: Land) -> None:
    sources = [*both(land), Source(land.old("00002").pk, "X")]
    assert refusal(land, [result(land)], sources) == [("sources", 3, "ended")]


def test_a_unit_that_lies_elsewhere(land: Land) -> None:
    sources = [*both(land), Source(land.new("00005").pk, "X")]
    assert refusal(land, [result(land)], sources, unit_id=land.new("01").pk) == [("sources", 3, "outside")]


def test_a_unit_that_both_ends_and_lives_on(land: Land) -> None:
    rows = [result(land), result(land, key="Y", name="Khác", unit_id=land.new("00001").pk)]
    assert ("sources", 1, "twice") in refusal(land, rows, both(land))


def test_a_successor_that_ends_the_same_day(land: Land) -> None:
    one, other = land.new("00001").pk, land.new("00004").pk
    found = refusal(land, sources=[Source(one, other), Source(other)], kind=ActKind.ABOLISH)
    assert found == [("sources", 1, "successor-ends")]
    round_about = [Source(one, other), Source(other, one)]
    assert ("sources", 2, "successor-ends") in refusal(land, sources=round_about, kind=ActKind.ABOLISH)


def test_a_successor_that_another_act_ends_the_same_day(land: Land) -> None:
    scheduled(draft(land, sources=[Source(land.new("00004").pk)], kind=ActKind.ABOLISH))
    found = refusal(land, sources=[Source(land.new("00001").pk, land.new("00004").pk)], kind=ActKind.ABOLISH)
    assert found == [("sources", 1, "successor-ends")]


def test_a_unit_that_goes_into_itself(land: Land) -> None:
    one = land.new("00001").pk
    assert ("sources", 1, "cycle") in refusal(land, sources=[Source(one, one)], kind=ActKind.ABOLISH)


def test_units_above_in_a_circle(land: Land) -> None:
    above = version_at(land.new("01").pk, DAY).parent_id
    rows = [
        Result("A", "Một", "huyen", "B"),
        Result("B", "Hai", "tinh", above),
        Result("C", "Ba", "tinh", "C"),
    ]
    found = refusal(land, rows, kind=ActKind.CREATE)
    assert {code for _, _, code in found} & {"cycle", "parent"}


def test_acts_that_overlap_name_the_other(land: Land) -> None:
    first = scheduled(merger(land))
    assert refusal(land, [result(land)], both(land))[0][2] == "overlap"
    later = draft(land, [result(land)], both(land), effective_on=DAY + timedelta(days=9))
    with pytest.raises(BadRows, match=first.legal_no):
        tried(later)


def test_a_change_before_one_that_is_scheduled_for_later(land: Land) -> None:
    later = scheduled(merger(land, effective_on=DAY + timedelta(days=9)))
    act = draft(land, [result(land)], both(land))
    with pytest.raises(BadRows, match=later.legal_no):
        tried(act)


def test_two_drafts_of_the_same_units_the_second_is_stopped_when_it_is_scheduled(land: Land) -> None:
    first, second = merger(land), merger(land)
    for act in (first, second):
        tried(act)
        signed(act)
    put_down(first)
    with pytest.raises(BadRows):
        put_down(second)
    assert ReorgEvent.objects.get(pk=second.pk).state == "signed"


def test_shares_add_up(land: Land) -> None:
    one = land.new("00001").pk
    rows = [result(land), result(land, key="Y", name="Khác")]
    whole = [Source(one, "X"), Source(one, "Y", is_default=True)]
    assert ("sources", 1, "share") in refusal(land, rows, whole, kind=ActKind.SPLIT)
    lost = [Source(one, "X", "part"), Source(land.new("00004").pk, "X")]
    assert ("sources", 1, "share") in refusal(land, rows[:1], lost)
    undecided = [Source(one, "X", "part"), Source(one, "Y", "part")]
    assert ("sources", 1, "default") in refusal(land, rows, undecided, kind=ActKind.SPLIT)


def test_other_territory_makes_another_unit(land: Land) -> None:
    assert refusal(land, sources=[Source(land.new("00001").pk, land.new("00004").pk)])[0][2] == "identity"


def test_a_province_does_not_leave_its_communes_behind(land: Land) -> None:
    found = refusal(land, sources=[Source(land.new("11").pk)], kind=ActKind.ABOLISH)
    assert found == [("sources", 1, "orphan")]


def test_a_code_that_another_unit_bears(land: Land) -> None:
    assert refusal(land, [result(land, code="00005")], both(land)) == [("results", 1, "code")]
    tried(draft(land, [result(land, code="00004")], both(land)))


def test_a_namesake_under_the_same_unit_above(land: Land) -> None:
    rows = [result(land, key="X", name="Êm", parent=land.new("11").pk)]
    assert refusal(land, rows, both(land)) == [("results", 1, "namesake")]


@pytest.mark.parametrize(
    ("kind", "rows"),
    [
        (ActKind.MERGE, "one"), (ActKind.SPLIT, "both"), (ActKind.CESSION, "both"), (ActKind.CREATE, "both"),
        (ActKind.ABOLISH, "both"), (ActKind.BOUNDARY, "both"), (ActKind.RENAME, "both"), (ActKind.TRANSFER, "rename"),
        (ActKind.RETYPE, "rename"),
    ],
)  # fmt: skip
def test_rows_do_what_the_kind_says(land: Land, kind: ActKind, rows: str) -> None:
    results, sources = [result(land)], both(land)[: 1 if rows == "one" else 2]
    if rows == "rename":
        results, sources = [result(land, name="Biển", unit_id=land.new("00004").pk)], []
    assert "kind" in {code for _, _, code in refusal(land, results, sources, kind=kind)}


def test_a_unit_that_is_so_already(land: Land) -> None:
    row = result(land, name="Đông", unit_id=land.new("00004").pk)
    assert refusal(land, [row], kind=ActKind.RENAME)[0][2] == "unchanged"


def test_levels_stay(land: Land) -> None:
    row = result(land, name="Đông", type="tinh", unit_id=land.new("00004").pk)
    assert ("results", 1, "level") in refusal(land, [row], kind=ActKind.RETYPE)
    under = result(land, parent=land.new("00005").pk)
    assert ("results", 1, "parent") in refusal(land, [under], both(land))


def test_a_new_unit_needs_one_above(land: Land) -> None:
    assert ("results", 1, "parent") in refusal(land, [result(land, parent=None)], both(land))


def test_a_new_unit_that_nothing_goes_into(land: Land) -> None:
    rows = [result(land), result(land, key="Y", name="Khác")]
    assert refusal(land, rows, both(land)) == [("results", 2, "kind")]


def test_rows_keep_their_number(land: Land) -> None:
    act = merger(land)
    assert list(ReorgChange.objects.filter(event=act).values_list("position", "key")) == [(1, "X")]
