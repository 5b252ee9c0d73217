"""Finding units by the names they bore. These tests share one database and only read."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from units.country import read
from units.kinds import full_name
from units.queries import BadText, bearer, resolve_old_address, search

pytestmark = pytest.mark.usefixtures("whole_country")
BEFORE, REFORM, TODAY = date(2025, 6, 30), date(2025, 7, 1), date(2026, 11, 22)
NAMES = sorted({full_name(place.type, place.name) for place in (*read().legacy, *read().reformed)})


def found(text: str, **options) -> list[tuple[str, str]]:
    return [(each.full_name, each.place) for each in search(text, on=TODAY, **options)]


TRUC_BACH = ("Phường Trúc Bạch", "Quận Ba Đình, Thành phố Hà Nội")


@pytest.mark.parametrize(
    "text",
    [
        "Trúc Bạch", "truc bach", "TRÚC BẠCH", "phường trúc bạch", "p. Truc Bach", "P.Trúc Bạch", "Truc-Bach",
        "  trúc   bạch ",
        "Trúc Bạch, Ba Đình, Hà Nội", "truc bach, q. ba dinh", "phường trúc bạch, quận ba đình, tp hà nội",
        "bach, ba dinh",
        "truc bach ba dinh", "Trúc Bạch Hà Nội", "p. truc bach q ba dinh tp ha noi", "phuong truc bach ha n",
    ],
)  # fmt: skip
def test_an_old_name_is_found_however_it_is_typed(text: str) -> None:
    assert TRUC_BACH in found(text)


def test_a_found_unit_tells_what_it_is_today() -> None:
    (old,) = search("trúc bạch", on=TODAY)
    assert (old.lives, old.level, old.code) == (False, "commune", "00004")
    assert [(each.full_name, each.kind) for each in old.now] == [("Phường Ba Đình", "whole")]
    assert [(name.full_name, name.first, name.until) for name in old.names] == [("Phường Trúc Bạch", BEFORE, REFORM)]


def test_a_unit_renamed_since_is_found_once_with_both_names() -> None:
    units = [each for each in search("Long Thành", on=TODAY) if each.code == "26368" and each.lives]
    assert [[name.full_name for name in unit.names] for unit in units] == [["Xã Long Thành", "Phường Long Thành"]]


def test_names_of_days_to_come_are_not_known_yet() -> None:
    assert search("trúc bạch", on=BEFORE)[0].lives
    names = {each.full_name for each in search("Phường Long Thành", on=date(2026, 1, 1), level="commune")}
    assert "Phường Long Thành" not in names


def test_the_name_as_typed_comes_first_then_other_accents_then_longer_names() -> None:
    ranks = [each.position[0] for each in search("Thạnh An", on=TODAY, limit=200)]
    assert ranks == sorted(ranks)
    typed = [each.full_name for each in search("Thạnh An", on=TODAY) if each.position[0] == 0]
    assert {name.split(" ", 1)[1] for name in typed if not name.startswith("Thị trấn")} == {"Thạnh An"}


def test_accents_decide_between_namesakes_only_in_the_order() -> None:
    with_accents = {each.unit_id for each in search("Thạnh An", on=TODAY, limit=200)}
    assert with_accents == {each.unit_id for each in search("thanh an", on=TODAY, limit=200)}


def test_all_namesakes_are_listed() -> None:
    units = search("Xã Tân Thành", on=BEFORE, limit=200)
    exact = [each for each in units if each.names[0].full_name == "Xã Tân Thành"]
    assert len(exact) == sum(place.type == "xa" and place.name == "Tân Thành" for place in read().legacy)


@pytest.mark.parametrize("text", ["M'Drắk", "M’Drắk", "MDrak", "m'drak", "huyện m’đrắk"])
def test_apostrophes_do_not_matter(text: str) -> None:
    assert any("Drắk" in name or "Đrắk" in name for name, _ in found(text))


@pytest.mark.parametrize("text", ["tp hcm", "TP.HCM", "tphcm", "Thành phố Hồ Chí Minh", "ho chi minh"])
def test_the_usual_short_forms_are_understood(text: str) -> None:
    assert ("Thành phố Hồ Chí Minh", "") in found(text, level="province")


def test_a_number_alone_is_a_name_and_a_word_is_found_by_its_beginning_only() -> None:
    assert ("Quận 1", "Thành phố Hồ Chí Minh") in found("q1")
    assert all("1" in name for name, _ in found("Phường 1", limit=200))
    assert not found("ruc bach")


def test_a_code_finds_all_that_ever_bore_it() -> None:
    assert {name for name, _ in found("00004")} == {"Phường Trúc Bạch", "Phường Ba Đình"}
    assert {name for name, _ in found("H29")} == {"Thành phố Hồ Chí Minh"}


def test_a_parent_keeps_what_lies_under_it_and_under_what_went_into_it() -> None:
    lao_cai = bearer("15", TODAY).pk
    places = {place for _, place in found("bac ha", parent=lao_cai)}
    assert places == {"Huyện Bắc Hà, Tỉnh Lào Cai", "Tỉnh Lào Cai"}
    yen_bai = search("yên bình", on=TODAY, parent=lao_cai)
    assert {each.place for each in yen_bai} >= {"Huyện Yên Bình, Tỉnh Yên Bái", "Tỉnh Lào Cai"}
    assert not search("trúc bạch", on=TODAY, parent=lao_cai)


def test_name_and_province_in_a_row_find_old_and_new_units() -> None:
    units = {(each.full_name, each.place) for each in search("bac ha lao cai", on=TODAY)}
    assert units == {
        ("Xã Bắc Hà", "Tỉnh Lào Cai"),
        ("Huyện Bắc Hà", "Tỉnh Lào Cai"),
        ("Thị trấn Bắc Hà", "Huyện Bắc Hà, Tỉnh Lào Cai"),
    }
    assert {each.level for each in search("bac ha lao cai", on=TODAY, level="district")} == {"district"}
    assert found("q1 tphcm") == [("Quận 1", "Thành phố Hồ Chí Minh")]


def test_a_name_in_a_row_with_another_place_is_not_found() -> None:
    assert not search("bac ha ca mau", on=TODAY)
    assert not search("truc bach lao cai", on=TODAY, parent=bearer("15", TODAY).pk)


def test_names_in_a_row_come_in_pages_too() -> None:
    whole = [each.unit_id for each in search("tan thanh dong thap", on=TODAY)]
    first = search("tan thanh dong thap", on=TODAY, limit=1)
    rest = search("tan thanh dong thap", on=TODAY, after=first[-1].position)
    assert len(whole) > 1
    assert [each.unit_id for each in (*first, *rest)] == whole
    last = search("trúc bạch", on=TODAY)[-1]
    assert not search("trúc bạch", on=TODAY, after=last.position)


def test_a_level_keeps_its_units() -> None:
    assert {each.level for each in search("ba đình", on=TODAY, level="district")} == {"district"}


def test_pages_follow_each_other_without_gap_or_repetition() -> None:
    whole = [each.unit_id for each in search("an", on=TODAY, limit=200)]
    paged, after = [], None
    while len(paged) < 200:
        page = search("an", on=TODAY, limit=30, after=after)
        paged += [each.unit_id for each in page]
        after = page[-1].position
    assert paged[:200] == whole
    assert len(set(paged)) == len(paged)


def test_a_page_has_no_more_rows_than_the_limit_allows() -> None:
    assert len(search("a", on=TODAY, limit=100_000)) == 200
    assert len(search("a", on=TODAY, limit=0)) == 1


@pytest.mark.parametrize("text", ["", "   ", "!?", ",", "a" * 101, "a" * 10_000, "\u0301"])
def test_nothing_to_search_for_or_too_much_is_an_error_of_its_own(text: str) -> None:
    with pytest.raises(BadText):
        search(text, on=TODAY)


@pytest.mark.parametrize(
    "text", ["100%", "a_b%", "'; drop table", "\\", "(((", "*.1.*", "Đ\u0300", "😀 an", "a\tb\nc", "a\x00b", "\ud800"]
)
def test_signs_have_no_meaning(text: str) -> None:
    try:
        search(text, on=TODAY)
    except BadText:
        assert not any(letter.isalnum() for letter in text)


@given(st.text(max_size=100))
def test_any_text_has_an_answer_or_the_one_error(text: str) -> None:
    try:
        search(text, on=TODAY, limit=3)
    except BadText as refused:
        assert refused.length == len(text)  # noqa: PT017  either outcome is right


@given(st.sampled_from(NAMES))
def test_every_full_name_that_ever_was_finds_its_bearer(name: str) -> None:
    names = {old.full_name for each in search(name, on=TODAY, limit=200) for old in each.names}
    assert name in names


def test_an_old_address_with_all_its_parts_is_one_commune() -> None:
    old = resolve_old_address(commune="truc bach", district="Ba Đình", province="Hà Nội", borne_on=BEFORE, on=TODAY)
    assert not old.more
    assert [(each.full_name, each.now[0].full_name) for each in old.rows] == [("Phường Trúc Bạch", "Phường Ba Đình")]


def test_a_commune_alone_brings_all_its_namesakes_to_choose_from() -> None:
    wanted = [place for place in read().legacy if place.level == "commune" and place.name == "Hòa Bình"]
    old = resolve_old_address(commune="Hòa Bình", borne_on=BEFORE, on=TODAY, limit=200)
    assert {each.code for each in old.rows} >= {place.code for place in wanted}
    assert all(each.place for each in old.rows)
    assert resolve_old_address(commune="Hòa Bình", borne_on=BEFORE, on=TODAY, limit=2).more


def test_a_split_commune_brings_all_its_parts_with_a_hint_only() -> None:
    (old,) = resolve_old_address(
        commune="Phường Tân Thành", district="Quận Tân Phú", province="hcm", borne_on=BEFORE, on=TODAY
    ).rows
    assert [(each.name, each.kind) for each in old.now] == [
        ("Phú Thọ Hòa", "part"), ("Tân Phú", "part"), ("Tân Sơn Nhì", "part"),
    ]  # fmt: skip
    assert sum(each.is_default for each in old.now) == 1


def test_a_part_of_a_name_is_no_old_address() -> None:
    assert resolve_old_address(commune="Trúc", borne_on=BEFORE, on=TODAY).rows == []


def test_the_wrong_province_finds_nobody() -> None:
    assert resolve_old_address(commune="Trúc Bạch", province="Huế", borne_on=BEFORE, on=TODAY).rows == []


@pytest.mark.parametrize("part", ["commune", "district", "province"])
def test_an_old_address_of_endless_text_is_an_error_of_its_own(part: str) -> None:
    with pytest.raises(BadText):
        resolve_old_address(**({"commune": "An"} | {part: "a" * 101}), borne_on=BEFORE, on=TODAY)
