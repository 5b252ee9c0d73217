"""The units over REST, on the whole country."""

from typing import Any

import pytest
from django.test import Client
from rest_framework import serializers

from units.api import schemas

pytestmark = pytest.mark.usefixtures("whole_country")
OLD, REFORM, TODAY = "2025-06-30", "2025-07-01", "2026-11-22"


def get(path: str, status: int = 200, **query: Any) -> dict[str, Any]:
    response = Client().get(f"/api/v1/{path}", query)
    assert response.status_code == status, response.content
    body: dict[str, Any] = response.json()
    return body


def find(code: str, on: str) -> dict[str, Any]:
    [unit] = get("units", code=code, borneOnDate=on, on=on)["items"]
    return dict(unit)


def walk(path: str, **query: Any) -> list[dict[str, Any]]:
    """Every entry of a list, page by page along its links."""
    client, body = Client(), get(path, **query)
    found = list(body["items"])
    while body["next"]:
        response = client.get(body["next"])
        assert f'<{body["next"]}>; rel="next"' != response.get("Link")
        body = response.json()
        found += body["items"]
    return found


def same_shape(serializer: serializers.BaseSerializer[Any], value: Any) -> None:
    """The answer has exactly the fields that the description promises."""
    if isinstance(serializer, serializers.ListSerializer):
        for item in value:
            same_shape(serializer.child, item)
    elif isinstance(serializer, serializers.Serializer):
        assert set(value) == set(serializer.fields)
        for name, field in serializer.fields.items():
            same_shape(field, value[name])


@pytest.mark.parametrize(("on", "provinces"), [(OLD, 63), (REFORM, 34), (TODAY, 34)])
def test_lists_the_provinces_of_a_day(on: str, provinces: int) -> None:
    assert len(get("units", level="province", on=on, limit=200)["items"]) == provinces


def test_pages_through_all_communes_once_and_in_vietnamese_order() -> None:
    found = walk("units", level="commune", on=TODAY, limit=200)
    assert len({unit["id"] for unit in found}) == len(found) == 3321
    names = [unit["name"] for unit in found]
    assert names.index("Cam Lâm") < names.index("Cần Đước") < names.index("Dầu Giây") < names.index("Đức Lập")


def test_goes_back_the_way_it_came() -> None:
    first = get("units", level="province", on=TODAY, limit=10)
    second = Client().get(first["next"]).json()
    assert Client().get(second["prev"]).json()["items"] == first["items"]
    assert first["prev"] is None


def test_sends_the_neighbours_as_links_too() -> None:
    response = Client().get("/api/v1/units", {"level": "province", "on": TODAY, "limit": 10})
    assert response["Link"] == f'<{response.json()["next"]}>; rel="next"'


def test_filters_by_type_and_parent() -> None:
    hanoi = find("01", TODAY)
    assert len(get("units", parent=hanoi["id"], type="phuong", on=TODAY, limit=200)["items"]) == 51


def test_finds_old_names_without_accents_and_says_what_they_are_now() -> None:
    [unit] = get("units", q="truc bach, ba dinh", on=TODAY)["items"]
    assert (unit["fullName"], unit["validOn"]) == ("Phường Trúc Bạch", False)
    assert [after["fullName"] for after in unit["successors"]] == ["Phường Ba Đình"]


def test_pages_through_search_results_once() -> None:
    found = walk("units", q="tan phu", on=TODAY, limit=7)
    assert len({unit["id"] for unit in found}) == len(found) > 20


def test_a_unit_that_ended_is_answered_with_its_successors() -> None:
    unit = get(f"units/{find('00004', OLD)['id']}", on=TODAY)
    assert unit["validOn"] is False
    assert unit["validToDate"] == OLD
    assert [(after["fullName"], after["kind"]) for after in unit["successors"]] == [("Phường Ba Đình", "whole")]


def test_a_unit_not_yet_formed_is_answered_with_what_it_was_made_of() -> None:
    unit = get(f"units/{find('00004', TODAY)['id']}", on=OLD)
    assert unit["validOn"] is False
    assert "Phường Trúc Bạch" in {before["fullName"] for before in unit["successors"]}


def test_a_retyped_unit_keeps_its_number() -> None:
    quang_ninh = find("22", TODAY)
    assert quang_ninh["fullName"] == "Thành phố Quảng Ninh"
    assert get(f"units/{quang_ninh['id']}", on=OLD)["fullName"] == "Tỉnh Quảng Ninh"


def test_resolves_an_old_code() -> None:
    answer = get("unit-codes/00004", borneOnDate=OLD, on=TODAY)
    assert answer["bearer"]["fullName"] == "Phường Trúc Bạch"
    assert [(after["code"], after["kind"]) for after in answer["successors"]] == [("00004", "whole")]


def test_names_all_parts_of_a_split_commune_and_marks_the_hint() -> None:
    rows = get("unit-codes/00634", borneOnDate=OLD, on=TODAY)["successors"]
    assert len(rows) == 5
    assert {row["kind"] for row in rows} == {"part"}
    assert sum(row["isDefault"] for row in rows) == 1


def test_a_code_that_nobody_bore_is_a_problem_that_says_so() -> None:
    problem = get("unit-codes/99999", 404, borneOnDate=OLD)
    assert problem["type"].endswith("#not-found")
    assert "99999" in problem["detail"]
    assert OLD in problem["detail"]


def test_walks_up_and_down() -> None:
    ward = find("00004", OLD)
    above = [unit["fullName"] for unit in get(f"units/{ward['id']}/ancestors", on=OLD)["items"]]
    assert above == ["Việt Nam", "Thành phố Hà Nội", "Quận Ba Đình"]
    district = find("001", OLD)
    below = [unit["id"] for unit in get(f"units/{district['id']}/children", on=OLD, limit=200)["items"]]
    assert ward["id"] in below
    subtree = walk(f"units/{find('01', OLD)['id']}/subtree", on=OLD, limit=200)
    assert len(subtree) == 557


def test_tells_a_history_act_by_act() -> None:
    steps = get(f"units/{find('00004', OLD)['id']}/history")["items"]
    assert [step["what"] for step in steps] == ["loaded", "dissolved"]
    assert steps[1]["act"]["legalNumber"] == "1656/NQ-UBTVQH15"


def test_names_successors_and_predecessors() -> None:
    old, new = find("00004", OLD), find("00004", TODAY)
    assert [row["id"] for row in get(f"units/{old['id']}/successors", on=TODAY)["items"]] == [new["id"]]
    assert old["id"] in {row["id"] for row in get(f"units/{new['id']}/predecessors")["items"]}
    district = find("001", OLD)
    assert get(f"units/{district['id']}/successors", on=TODAY)["items"] == []


def test_marks_effective_days_that_nobody_confirmed() -> None:
    acts = walk("reorganisations", limit=5)
    assert {act["legalNumber"]: act["effectiveDateConfirmed"] for act in acts}["36/2026/QH16"] is False
    assert get(f"reorganisations/{acts[0]['id']}") == acts[0]
    days = [act["effectiveDate"] for act in acts]
    assert days == sorted(days)


def test_streams_the_tree_as_csv() -> None:
    response = Client().get("/api/v1/units.csv", {"on": OLD})
    lines = b"".join(response.streaming_content).decode().splitlines()
    assert response.streaming
    assert response["Content-Type"].startswith("text/csv")
    assert lines[0].startswith("\ufeffid,code,level")
    assert len(lines) == 1 + 1 + 63 + 696 + 10035


def test_answers_have_the_fields_of_the_description() -> None:
    unit = find("00634", OLD)
    same_shape(schemas.UnitDetailSerializer(), get(f"units/{unit['id']}", on=TODAY))
    same_shape(schemas.UnitSerializer(many=True), get("units", q="ba dinh", on=TODAY)["items"])
    same_shape(schemas.StepSerializer(many=True), get(f"units/{unit['id']}/history")["items"])
    same_shape(schemas.CodeAnswerSerializer(), get("unit-codes/00634", borneOnDate=OLD))
    same_shape(schemas.ActSerializer(many=True), get("reorganisations")["items"])


@pytest.mark.parametrize(
    ("path", "query", "fault"),
    [
        ("units", {"on": "2025-06-29"}, ("on", "date-before-data")),
        ("units", {"on": "1900-01-01"}, ("on", "date-before-data")),
        ("units", {"on": "22/11/2026"}, ("on", "date-malformed")),
        ("units", {"q": "a" * 10_000}, ("q", "too-long")),
        ("units", {"q": " "}, ("q", "empty")),
        ("units", {"q": "!!"}, ("q", "empty")),
        ("units", {"q": "a", "type": "xa"}, ("type", "not-together")),
        ("units", {"borneOnDate": OLD}, ("borneOnDate", "not-together")),
        ("units", {"cursor": "made-up"}, ("cursor", "cursor-invalid")),
        ("units", {"limit": "201"}, ("limit", "not-in-range")),
        ("unit-codes/00004", {"scheme": "other"}, ("scheme", "not-a-choice")),
    ],
)
def test_refuses_what_it_cannot_answer_and_names_the_parameter(
    path: str, query: dict[str, str], fault: tuple[str, str]
) -> None:
    [error] = get(path, 400, **query)["errors"]
    assert (error["pointer"], error["code"]) == fault


def test_refuses_a_cursor_of_another_list() -> None:
    cursor = get("units", level="province", on=TODAY, limit=5)["next"].split("cursor=")[1]
    response = Client().get(f"/api/v1/units?level=commune&on={TODAY}&cursor={cursor}")
    assert response.status_code == 400
    assert response.json()["errors"][0]["code"] == "cursor-invalid"


@pytest.mark.parametrize("path", ["units/999999999999", "units/0", "units/-1", "units/99999999999999999999", "units/a"])
def test_a_number_that_no_unit_has_is_not_found(path: str) -> None:
    assert get(path, 404)["status"] == 404
