"""Finding procedures as people say it."""

from datetime import date

import pytest

from services.queries.catalogue import KEYS, Filter, fields, search

pytestmark = pytest.mark.usefixtures("catalogue")
ON = date(2026, 11, 24)


def found(text: str = "", **filters: object) -> list[str]:
    rows = search(Filter(text=text, **filters), on=ON).order_by(*KEYS)[:200]  # type: ignore[arg-type]  # by name
    return [version.code for version in rows]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1.001193", "1.001193"),
        ("Đăng ký khai sinh", "1.001193"),
        ("dang ky khai sinh", "1.001193"),
        ("làm giấy khai sinh cho con", "1.001193"),
        ("mo quan", "1.001612"),
        ("sao y ban chinh", "2.000815"),
        ("giay doc than", "1.004873"),
        ("chung tu", "1.000656"),
        ("nhap ho khau", "1.004222"),
        ("trợ cấp khuyết tật", "1.001776"),
        ("marriage", "1.000894"),
    ],
)
def test_everyday_words_find_it_among_the_first(text: str, code: str) -> None:
    assert code in found(text)[:3]


def test_a_whole_name_comes_before_names_that_hold_its_words() -> None:
    assert found("đăng ký kết hôn")[0] == "1.000894"
    assert found("khai sinh")[0] == "1.001193"


def test_a_name_that_begins_so_comes_before_words_that_only_follow_each_other() -> None:
    assert found("chung thuc ban sao")[0] == "2.000815"


def test_a_word_is_found_from_its_beginning_only() -> None:
    assert "1.000894" in found("ket hon")
    assert "1.000894" not in found("et hon")


@pytest.mark.parametrize("text", ["zzzz", "!!!", "%", "_", "'", "\x00", "\ud800", "đ" * 500])
def test_nothing_found_is_no_mistake(text: str) -> None:
    assert found(text) == []


def test_filters_narrow_together() -> None:
    assert len(found()) == 200
    civil = found(field="Hộ tịch")
    assert "1.001193" in civil
    assert set(found("khai sinh", field="Hộ tịch")) < set(civil)
    assert "1.001193" in found(life_event="sinh-con")
    assert "1.000656" not in found(life_event="sinh-con")
    assert set(found("ket hon", online=True)) < set(found("ket hon"))
    assert "2.000635" in found("trich luc", level="province")
    assert "1.001193" not in found("khai sinh", level="province")


def test_nothing_holds_before_the_first_day() -> None:
    assert not search(Filter(text="khai sinh"), on=date(2020, 1, 1)).exists()


def test_all_fields_are_named_once() -> None:
    names = fields(ON)
    assert len(names) == len(set(names)) == 61


@pytest.mark.parametrize("event", ["sinh-con", "ket-hon", "cu-tru", "nha-dat", "kinh-doanh", "nguoi-than-qua-doi"])
def test_every_event_of_life_leads_to_procedures(event: str) -> None:
    assert found(life_event=event)
