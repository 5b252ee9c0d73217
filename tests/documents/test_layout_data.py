"""Data that are not whole are refused before anything is printed, and the refusal names the place, not the value."""

import copy
import datetime
import unicodedata
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from documents.layouts import LayoutDataError, render
from documents.layouts.catalogue import layouts
from documents.layouts.checking import plain, schema
from documents.layouts.samples import ON, sample

CODES = sorted({layout.code for layout in layouts()})
SCHEMAS = ["common", *sorted({layout.schema for layout in layouts()})]


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_one(name: str) -> None:
    Draft202012Validator.check_schema(schema(name))


def unbounded(part: Any, path: str) -> Iterator[str]:
    if isinstance(part, dict):
        limit = {"string": "maxLength", "array": "maxItems", "integer": "maximum"}.get(str(part.get("type")), "type")
        if limit not in part and "type" in part and not {"format", "enum"} & part.keys() and "pattern" not in part:
            yield path
        if part.get("type") == "object" and part.get("additionalProperties") is not False:
            yield f"{path} (takes anything)"
        for name, inner in part.items():
            yield from unbounded(inner, f"{path}.{name}")


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_input_has_a_limit(name: str) -> None:
    assert list(unbounded(schema(name), name)) == []


@pytest.mark.parametrize("code", CODES)
def test_each_missing_value_is_named(code: str) -> None:
    for name in schema(next(one.schema for one in layouts() if one.code == code))["required"]:
        data = sample(code)
        del data[name]
        with pytest.raises(LayoutDataError, match=f"'{name}' is a required property"):
            render(code, data, on=ON)


@pytest.mark.parametrize("code", CODES)
def test_what_the_layout_does_not_know_is_refused(code: str) -> None:
    with pytest.raises(LayoutDataError, match="'secret' was unexpected"):
        render(code, sample(code) | {"secret": "x"}, on=ON)


@pytest.mark.parametrize("value", ["", "   ", None, 7, "x" * 5000])
def test_an_empty_or_endless_text_is_refused(value: object) -> None:
    with pytest.raises(LayoutDataError):
        render("form-01", sample("form-01") | {"principal": value}, on=ON)


@pytest.mark.parametrize("value", ["20/11/2026", "2026-11-31", "hôm nay"])
def test_what_is_no_day_is_refused(value: str) -> None:
    with pytest.raises(LayoutDataError, match="made_on"):
        render("form-01", sample("form-01") | {"made_on": value}, on=ON)


@pytest.mark.parametrize("value", ["2026-11-20", "2026-11-20T15:20:00", "15:20"])
def test_a_moment_without_its_zone_is_refused(value: str) -> None:
    with pytest.raises(LayoutDataError, match="due_at"):
        render("form-01", sample("form-01") | {"due_at": value}, on=ON)


@pytest.mark.parametrize("text", ["Nguyễn ☐ Văn", "Nguyễn\nVăn", "Nguyễn \u200bVăn", "阮文", "Nguyễn 😀"])
def test_a_sign_that_the_face_cannot_draw_is_refused(text: str) -> None:
    with pytest.raises(LayoutDataError, match=r"\$\.principal: no letter for U\+"):
        render("form-01", sample("form-01") | {"principal": text}, on=ON)


def test_a_refusal_does_not_repeat_what_it_was_given() -> None:
    data = sample("birth-certificate")
    data["child"]["personal_number"] = "01032600123X"
    data["child"]["name"] = "ThS. Giàng Thị Ngọc"
    with pytest.raises(LayoutDataError) as refused:
        render("birth-certificate", data, on=ON)
    assert len(refused.value.problems) == 2
    assert "01032600123X" not in str(refused.value)
    assert "Giàng" not in str(refused.value)


@pytest.mark.parametrize("name", ["TS. Vàng Seo Lử", "PGS.TS Vàng Seo Lử", "ThS Vàng Seo Lử"])
def test_a_signer_has_no_academic_title(name: str) -> None:
    data = sample("decision")
    data["signature"]["name"] = name
    with pytest.raises(LayoutDataError, match="signature"):
        render("decision", data, on=ON)


def test_a_name_that_begins_like_a_title_is_a_name() -> None:
    data = sample("decision")
    data["signature"]["name"] = "Tsú A Páo"
    assert render("decision", data, on=ON).pages == 1


@pytest.mark.parametrize(
    "lines",
    [
        ["Chủ tịch"],
        ["Q. Chủ tịch"],
        ["KT. Chủ tịch", "Phó Chủ tịch"],
        ["TM. Ủy ban nhân dân", "Chủ tịch"],
        ["TM. Ủy ban nhân dân", "KT. Chủ tịch", "Phó Chủ tịch"],
        ["TL. Chủ tịch", "KT. Chánh Văn phòng", "Phó Chánh Văn phòng"],
        ["TUQ. Chủ tịch", "Giám đốc Trung tâm"],
    ],
)
def test_capacities_of_the_decree_are_accepted(lines: list[str]) -> None:
    data = sample("decision")
    data["signature"]["lines"] = lines
    assert "KyNguoi" in render("decision", data, on=ON).boxes


@pytest.mark.parametrize(
    "lines",
    [
        [],
        ["KT. Chủ tịch"],
        ["Chủ tịch", "Phó Chủ tịch"],
        ["KT.", "Phó Chủ tịch"],
        ["KT. Chủ tịch", "TL. Chánh Văn phòng"],
        ["TM. Ủy ban nhân dân", "Chủ tịch", "Phó Chủ tịch"],
        ["TM. Ủy ban nhân dân", "KT. Chủ tịch", "TL. Phó Chủ tịch"],
        ["TM. A", "KT. B", "KT. C", "D"],
    ],
)
def test_capacities_that_the_decree_does_not_know_are_refused(lines: list[str]) -> None:
    data = sample("decision")
    data["signature"]["lines"] = lines
    with pytest.raises(LayoutDataError, match="signature"):
        render("decision", data, on=ON)


def test_the_order_of_keys_and_the_form_of_letters_change_nothing() -> None:
    data = sample("official-letter")
    turned = dict(reversed(list(data.items())))
    turned["subject"] = unicodedata.normalize("NFD", turned["subject"])
    assert turned["subject"] != data["subject"]
    assert render("official-letter", turned, on=ON).pdf == render("official-letter", data, on=ON).pdf


def test_days_and_moments_may_come_as_such() -> None:
    data = sample("form-01")
    real = data | {
        "made_on": datetime.date(2026, 11, 20),
        "due_at": datetime.datetime.fromisoformat(data["due_at"]),
    }
    assert render("form-01", real, on=ON).pdf == render("form-01", data, on=ON).pdf


def test_what_has_no_place_on_paper_is_refused() -> None:
    with pytest.raises(TypeError, match="object has no place"):
        plain({"x": object()})


def test_data_are_not_touched() -> None:
    data = sample("form-07")
    before = copy.deepcopy(data)
    render("form-07", data, on=ON)
    assert data == before


def test_markup_in_data_is_text() -> None:
    data = sample("notice") | {"subject": "Về việc <b>tăng</b> & {{ giá }}"}
    assert render("notice", data, on=ON).pages == 1
