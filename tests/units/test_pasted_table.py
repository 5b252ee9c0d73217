"""A pasted table as rows of an act: what is meant is found, what could mean two things is refused."""

import pytest

from tests.units.land import TODAY, Land
from tests.units.reorganising import DAY, draft, root, scheduled
from units.handovers import registered
from units.kinds import ActKind
from units.operations import BadRows, Result
from units.operations.pasting import read_pasted
from units.queries import children

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_else():
    with registered():
        yield


def pasted(land: Land, *lines: str):
    return read_pasted("\n".join(lines), scope_id=root(land), on=TODAY)


def wrong(land: Land, *lines: str) -> list[tuple[int, str]]:
    with pytest.raises(BadRows) as refused:
        pasted(land, *lines)
    return [(problem.number, problem.code) for problem in refused.value.problems]


def test_units_by_code_and_by_name_become_an_act(land: Land) -> None:
    rows = pasted(land, "00001\tPhường An Đông\t\t\t00077", "", "xã  đông\tphường An Đông\ttoàn bộ")
    scheduled(draft(land, rows.results, rows.sources))
    assert [unit.full_name for unit in children(land.new("01").pk, DAY)] == ["Phường An Đông"]


def test_parts_with_their_villages(land: Land) -> None:
    rows = pasted(land, "00004\tXã Bắc\tpart\t\t\tẤp 1; Ấp 2", "00004\tXã Nam\tmột phần\tx")
    assert [(row.share, row.is_default, row.rule) for row in rows.sources] == [
        ("part", False, {"villages": ["Ấp 1", "Ấp 2"]}), ("part", True, None)
    ]  # fmt: skip
    scheduled(draft(land, rows.results, rows.sources, kind=ActKind.SPLIT))


def test_every_wrong_line_is_named(land: Land) -> None:
    assert wrong(
        land,
        "99999\tXã X",
        "Xã Dong\tXã X",
        "00001\tLàng X",
        "00001\tXã X\thalf",
        "00001\tXã X",
        "a" + "\t" * 8,
    ) == [(1, "unknown"), (2, "unknown"), (3, "type"), (4, "share"), (5, "doubled"), (6, "columns")]


def test_a_name_that_two_units_bear_is_never_guessed(land: Land) -> None:
    above = land.new("11").pk
    twin = Result("T", "Đông", "xa", above)
    scheduled(draft(land, [twin], kind=ActKind.CREATE))
    with pytest.raises(BadRows) as refused:
        read_pasted("Xã Đông\tXã X", scope_id=root(land), on=DAY)
    assert [problem.code for problem in refused.value.problems] == ["namesake"]
    assert read_pasted("00004\tXã X", scope_id=root(land), on=DAY).sources


def test_two_codes_for_one_new_unit(land: Land) -> None:
    assert wrong(land, "00001\tXã X\t\t\t1", "00004\tXã X\t\t\t2") == [(2, "code")]
