"""A pasted table as rows of an act: what is meant is found, what could mean two things is refused."""

import pytest

from tests.units.land import TODAY, Land
from tests.units.reorganising import DAY, NOW, draft, root, run, scheduled
from units.kinds import ActKind
from units.operations import BadRows, Result, check_table, lines_of
from units.operations.pasting import read_pasted
from units.queries import children

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nobody_else")]


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


def test_a_line_is_told_by_its_number_in_the_table_as_it_was_pasted(land: Land) -> None:
    heads = "Đơn vị cũ\tĐơn vị mới"
    assert wrong(land, heads, "", "00001\tXã X", "99999\tXã X") == [(4, "unknown")]
    first = "00001\tPhường An Mới\tpart"
    read = check_table(text=f"{heads}\n\n{first}", kind=ActKind.MERGE, unit_id=root(land), effective_on=DAY, now=NOW)
    assert [(line.number, bool(line.problems)) for line in read.lines] == [(3, True)]


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


def names(land: Land, province: str) -> list[str]:
    return [unit.full_name for unit in children(land.new(province).pk, DAY)]


@pytest.mark.parametrize(
    ("kind", "line", "after"),
    [
        (ActKind.RENAME, "00001\tPhường An Mới", (["Phường An Mới", "Xã Đông"], ["Xã Êm"])),
        (ActKind.RETYPE, "00004\tPhường Đông", (["Phường An", "Phường Đông"], ["Xã Êm"])),
        (ActKind.TRANSFER, "00004\t11", (["Phường An"], ["Xã Đông", "Xã Êm"])),
        (ActKind.CREATE, "11\tXã Tây\t\t\t00098", (["Phường An", "Xã Đông"], ["Xã Êm", "Xã Tây"])),
        (ActKind.ABOLISH, "00004\t00001\ttoàn bộ", (["Phường An"], ["Xã Êm"])),
        (ActKind.BOUNDARY, "00004\t00001", (["Phường An", "Xã Đông"], ["Xã Êm"])),
    ],
)
def test_a_line_of_each_kind_is_checked_drafted_read_back_and_takes_effect(
    land: Land, kind: ActKind, line: str, after: tuple[list[str], list[str]]
) -> None:
    read = check_table(text=line, kind=kind, unit_id=root(land), effective_on=DAY, now=NOW)
    assert list(read.all_problems) == []
    act = draft(land, read.rows.results, read.rows.sources, kind=kind)
    written = lines_of(act)
    assert written is not None
    again = check_table(text=written, kind=kind, unit_id=root(land), effective_on=DAY, now=NOW)
    assert (again.rows, list(again.all_problems)) == (read.rows, [])
    run(scheduled(act))
    assert (names(land, "01"), names(land, "11")) == after


@pytest.mark.parametrize(
    ("kind", "line", "code"),
    [
        (ActKind.RENAME, "00001\tXã An", "kind"),  # another type is another kind of act
        (ActKind.RENAME, "00001\tAn Mới", "type"),
        (ActKind.TRANSFER, "00004\t01", "unchanged"),  # it lies there already
        (ActKind.TRANSFER, "00004\t99", "unknown"),
        (ActKind.CREATE, "01\tXã Đông\t\t\t00098", "namesake"),
        (ActKind.CREATE, "01\tXã Tây\t\t\t00005", "code"),
        (ActKind.ABOLISH, "00004\t99999\ttoàn bộ", "unknown"),
        (ActKind.ABOLISH, "00004\t00001\tnửa", "share"),
        (ActKind.BOUNDARY, "00004", "share"),
    ],
)
def test_a_line_that_does_not_fit_its_kind_is_refused_with_the_reason(
    land: Land, kind: ActKind, line: str, code: str
) -> None:
    read = check_table(text=line, kind=kind, unit_id=root(land), effective_on=DAY, now=NOW)
    problems = [problem for each in read.lines for problem in each.problems] + list(read.problems)
    assert code in {problem.code for problem in problems}
    assert all(str(problem.words).strip() for problem in problems)
