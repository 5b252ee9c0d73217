"""The whole country as it is loaded. These tests share one database and only read."""

from collections import Counter
from datetime import date

import pytest

from units.checks import LEGACY_TYPES, TYPES_ON, check_tables
from units.models import ReorgEvent, Succession, Unit, UnitCode, UnitVersion
from units.queries import bearer, children, history, predecessors, root, subtree, successors, successors_of_many

pytestmark = pytest.mark.usefixtures("whole_country")
BEFORE, REFORM, TODAY = date(2025, 6, 30), date(2025, 7, 1), date(2026, 11, 22)


def test_every_check_of_the_tables_holds() -> None:
    checks = list(check_tables())
    assert len(checks) == len({check.name for check in checks}) == 15
    assert [check for check in checks if check.expected != check.found] == []


def test_the_number_of_units_versions_codes_and_successions() -> None:
    assert Unit.objects.count() == 14_007
    assert UnitVersion.objects.count() == 14_164
    assert UnitVersion.objects.filter(event__kind="load").count() == 14_139
    assert UnitCode.objects.filter(scheme="nso", is_alias=False).count() == 14_006
    assert Succession.objects.count() == 10_491


@pytest.mark.parametrize("on", TYPES_ON)
def test_the_tree_of_a_day_has_its_units_of_each_type(on: date) -> None:
    found = Counter(subtree(root(on).unit_id, on).exclude(parent=None).values_list("type", flat=True))
    assert found == {str(kind): count for kind, count in TYPES_ON[on].items()}


def test_the_three_levels_of_before_and_the_two_of_after() -> None:
    assert sum(LEGACY_TYPES.values()) == 63 + 696 + 10_035
    levels = Counter(subtree(root(TODAY).unit_id, TODAY).values_list("unit__level", flat=True))
    assert levels == {"country": 1, "province": 34, "commune": 3_321}


def test_all_10035_communes_of_before_resolve() -> None:
    communes = list(
        subtree(root(BEFORE).unit_id, BEFORE).filter(unit__level="commune").values_list("unit_id", flat=True)
    )
    found = successors_of_many(communes, TODAY)
    assert Counter(len(each) for each in found.values()) == {1: 9_594, 2: 369, 3: 55, 4: 16, 5: 1}
    for each in found.values():
        assert {unit.kind for unit in each} == ({"whole"} if len(each) == 1 else {"part"})
        assert sum(unit.is_default for unit in each) == 1


def test_districts_end_without_successor_but_for_five_islands() -> None:
    districts = list(
        subtree(root(BEFORE).unit_id, BEFORE).filter(unit__level="district").values_list("unit_id", flat=True)
    )
    found = successors_of_many(districts, TODAY)
    assert sorted(unit.full_name for each in found.values() for unit in each) == [
        "Đặc khu Bạch Long Vĩ", "Đặc khu Côn Đảo", "Đặc khu Cồn Cỏ", "Đặc khu Hoàng Sa", "Đặc khu Lý Sơn",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "before", "after"),
    [
        ("15", "Tỉnh Yên Bái", "Tỉnh Lào Cai"),
        ("24", "Tỉnh Bắc Giang", "Thành phố Bắc Ninh"),
        ("52", "Tỉnh Bình Định", "Tỉnh Gia Lai"),
        ("91", "Tỉnh Kiên Giang", "Tỉnh An Giang"),
        ("00004", "Phường Trúc Bạch", "Phường Ba Đình"),
    ],
)
def test_a_code_names_another_territory_after_the_reform(code: str, before: str, after: str) -> None:
    old, new = bearer(code, BEFORE), bearer(code, TODAY)
    assert old != new
    assert old.versions.get().full_name == before
    assert new.versions.get(valid__contains=TODAY).full_name == after


def test_a_province_that_took_nobody_in_lives_on() -> None:
    assert bearer("01", BEFORE) == bearer("01", TODAY)
    assert [step.what for step in history(bearer("01", TODAY).pk)] == ["loaded"]


def test_children_of_dong_nai_were_left_alone_when_it_became_a_city() -> None:
    dong_nai = bearer("75", TODAY).pk
    provinces = list(UnitVersion.objects.filter(unit_id=dong_nai).order_by("valid"))
    assert [each.full_name for each in provinces] == ["Tỉnh Đồng Nai", "Thành phố Đồng Nai"]
    communes = children(dong_nai, TODAY)
    assert Counter(each.valid_from for each in communes) == {REFORM: 85, date(2026, 4, 30): 10}


def test_the_commune_of_five_parts_names_them_all() -> None:
    parts = Counter(Succession.objects.filter(kind="part").values_list("old_id", flat=True))
    old, number = parts.most_common(1)[0]
    assert number == 5
    assert len(successors(old, BEFORE, TODAY)) == 5


def test_ba_dinh_knows_what_went_into_it() -> None:
    found = {each.full_name: each.kind for each in predecessors(bearer("00004", TODAY).pk, BEFORE)}
    assert found["Phường Trúc Bạch"] == "whole"
    assert len(found) == 10


def test_the_second_code_of_ba_che_is_an_alias() -> None:
    assert bearer("06978", TODAY) == bearer("06970", TODAY)


def test_only_days_read_in_an_act_count_as_confirmed() -> None:
    assumed = ReorgEvent.objects.filter(effective_on_confirmed=False)
    assert set(assumed.values_list("legal_no", flat=True)) == {
        "203/2025/QH15", "388/NQ-UBTVQH16", "36/2026/QH16", "39/2026/QH16",
    }  # fmt: skip
    assert not assumed.filter(note="").exists()


def test_every_act_is_in_force_and_signed_by_a_file() -> None:
    assert ReorgEvent.objects.count() == 42
    assert set(ReorgEvent.objects.values_list("state", flat=True)) == {"effective"}
    assert {bytes(digest) != b"" for digest in ReorgEvent.objects.values_list("file_sha256", flat=True)} == {True}
