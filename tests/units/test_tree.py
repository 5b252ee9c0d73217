"""The tree as of a day."""

from datetime import date, timedelta

import pytest

from tests.units.acts import scheduled
from tests.units.land import BEFORE, CITY, REFORM, TODAY, Land
from units.kinds import ActKind, Level
from units.models import UnitCode
from units.queries import (
    AmbiguousCode,
    BeforeData,
    NobodyBore,
    UnknownUnit,
    ancestors,
    bearer,
    children,
    codes_at,
    data_from,
    history,
    predecessors,
    resolve_old_address,
    root,
    search,
    subtree,
    successors,
    version_at,
    versions_at,
)

pytestmark = pytest.mark.django_db
TOO_EARLY = BEFORE - timedelta(days=1)


def names(units) -> list[str]:
    return [unit.full_name for unit in units]


def test_the_reform_happens_at_midnight(land: Land) -> None:
    country = root(BEFORE).unit_id
    assert root(REFORM).unit_id == country
    assert names(children(country, BEFORE)) == ["Tỉnh Đồi", "Tỉnh Sơn", "Tỉnh Thủy"]
    assert names(children(country, REFORM)) == ["Tỉnh Đồi", "Tỉnh Thủy"]


def test_a_unit_lives_from_its_first_day_to_the_day_before_its_end(land: Land) -> None:
    old, new = land.old("00001"), land.new("00001")
    assert (version_at(old.pk, BEFORE).full_name, version_at(old.pk, REFORM)) == ("Xã An", None)
    assert (version_at(new.pk, BEFORE), version_at(new.pk, REFORM).full_name) == (None, "Xã An")


def test_a_commune_that_lives_on_changes_its_parent_only(land: Land) -> None:
    commune = land.old("00005")
    assert commune == land.new("00005")
    assert names(ancestors(commune.pk, BEFORE)) == ["Việt Nam", "Tỉnh Đồi", "Huyện Em"]
    assert names(ancestors(commune.pk, REFORM)) == ["Việt Nam", "Tỉnh Đồi"]


def test_the_subtree_holds_the_unit_and_all_below_it_on_the_day(land: Land) -> None:
    assert names(subtree(land.old("01").pk, BEFORE)) == ["Xã An", "Xã Bình", "Xã Chung", "Tỉnh Sơn", "Huyện Thượng"]
    assert names(subtree(land.new("01").pk, TODAY)) == ["Phường An", "Xã Đông", "Thành phố Thủy"]
    assert not subtree(land.old("01").pk, REFORM).exists()


def test_lists_come_by_the_vietnamese_alphabet(land: Land) -> None:
    assert names(subtree(root(BEFORE).unit_id, BEFORE).filter(unit__level="commune")) == [
        "Xã An", "Xã Bình", "Xã Chung", "Thị trấn Đông", "Xã Êm",
    ]  # fmt: skip


def test_a_code_means_another_unit_on_another_day(land: Land) -> None:
    assert bearer("00001", BEFORE) != bearer("00001", REFORM)
    with pytest.raises(NobodyBore):
        bearer("00002", REFORM)


@pytest.mark.parametrize("code", ["", "0", "x" * 10_000, "\x00", "00001\x00", "\ud800", "００００１"])
def test_what_is_no_code_was_borne_by_nobody(land: Land, code: str) -> None:
    with pytest.raises(NobodyBore):
        bearer(code, BEFORE)


def test_an_alias_finds_the_unit_but_is_not_its_code(land: Land) -> None:
    assert bearer("00009", TODAY) == land.new("00004")
    assert codes_at([land.new("00004").pk], TODAY) == {land.new("00004").pk: "00004"}


def test_electronic_identifiers_are_a_scheme_of_their_own_and_end_with_the_reform(land: Land) -> None:
    assert bearer("H01", BEFORE, scheme="axis") == land.old("01")
    for scheme, on in (("nso", BEFORE), ("axis", REFORM)):
        with pytest.raises(NobodyBore):
            bearer("H01", on, scheme=scheme)


def test_a_code_on_two_levels_asks_for_the_level(land: Land) -> None:
    day = date(2027, 1, 1)
    scheduled(ActKind.MERGE, day)
    UnitCode.objects.create(unit=land.new("11"), level=Level.PROVINCE, scheme="nso", code="00001", valid=(day, None))
    with pytest.raises(AmbiguousCode):
        bearer("00001", day)
    assert bearer("00001", day, level=Level.PROVINCE) == land.new("11")


def test_many_units_are_asked_for_at_once(land: Land, django_assert_num_queries) -> None:
    units = [land.new("00001").pk, land.old("00001").pk]
    with django_assert_num_queries(1):
        assert list(versions_at(units, CITY)) == [units[0]]


@pytest.mark.parametrize(
    "ask",
    [
        lambda: root(TOO_EARLY),
        lambda: version_at(1, TOO_EARLY),
        lambda: versions_at([1], TOO_EARLY),
        lambda: children(1, TOO_EARLY),
        lambda: ancestors(1, TOO_EARLY),
        lambda: subtree(1, TOO_EARLY),
        lambda: bearer("00001", TOO_EARLY),
        lambda: successors(1, TOO_EARLY, TODAY),
        lambda: successors(1, BEFORE, TOO_EARLY),
        lambda: predecessors(1, TOO_EARLY),
        lambda: search("an", on=TOO_EARLY),
        lambda: resolve_old_address(commune="an", borne_on=TOO_EARLY, on=TODAY),
        lambda: resolve_old_address(commune="an", borne_on=BEFORE, on=TOO_EARLY),
    ],
)
def test_a_day_before_the_data_is_an_error_of_its_own(ask) -> None:
    assert data_from() == BEFORE
    with pytest.raises(BeforeData) as refused:
        ask()
    assert (refused.value.on, refused.value.data_from) == (TOO_EARLY, BEFORE)


@pytest.mark.parametrize("ask", [lambda: history(999999999), lambda: successors(999999999, BEFORE, TODAY)])
def test_a_unit_that_never_was_is_an_error_of_its_own(ask) -> None:
    with pytest.raises(UnknownUnit):
        ask()


def test_the_history_of_a_merged_and_renamed_unit(land: Land) -> None:
    formed, changed = history(land.new("00001").pk)
    assert (formed.on, formed.what, formed.act.legal_no) == (REFORM, "formed", "1/NQ")
    assert [(each.full_name, each.kind, each.parent_name) for each in formed.before] == [
        ("Xã An", "whole", "Huyện Thượng"),
        ("Xã Bình", "whole", "Huyện Thượng"),
        ("Xã Chung", "part", "Huyện Thượng"),
    ]
    assert [each.full_name for each in formed.after] == ["Xã An"]
    assert (changed.on, changed.what, changed.act.legal_no) == (CITY, "changed", "3/NQ")
    assert (changed.before[0].full_name, changed.after[0].full_name) == ("Xã An", "Phường An")


def test_the_history_of_a_split_unit_ends_with_its_parts(land: Land) -> None:
    loaded, dissolved = history(land.old("00003").pk)
    assert (loaded.what, loaded.before) == ("loaded", [])
    assert (dissolved.on, dissolved.what, dissolved.act.legal_no) == (REFORM, "dissolved", "1/NQ")
    assert [(each.full_name, each.kind, each.is_default) for each in dissolved.after] == [
        ("Xã An", "part", True),
        ("Xã Đông", "part", False),
    ]


def test_the_history_of_a_district_names_the_act_that_ended_all_districts(land: Land) -> None:
    dissolved = history(land.old("001").pk)[-1]
    assert (dissolved.act.legal_no, dissolved.after) == ("203/2025/QH15", [])


def test_the_history_of_a_unit_that_lives_on_is_one_unit(land: Land) -> None:
    loaded, changed = history(land.new("00005").pk)
    assert (loaded.before, changed.what) == ([], "changed")
    assert (changed.before[0].parent_name, changed.after[0].parent_name) == ("Huyện Em", "Tỉnh Đồi")
