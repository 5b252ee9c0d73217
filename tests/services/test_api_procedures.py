"""The catalogue over REST."""

from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft202012Validator

from services.api import schemas

pytestmark = pytest.mark.usefixtures("catalogue")


def get(path: str, status: int = 200, **query: Any) -> dict[str, Any]:
    response = Client().get(f"/api/v1/{path}", query)
    assert response.status_code == status, response.content
    body: dict[str, Any] = response.json()
    return body


def test_pages_through_all_once() -> None:
    client, body = Client(), get("procedures", limit=200)
    found = list(body["items"])
    while body["next"]:
        body = client.get(body["next"]).json()
        found += body["items"]
    assert len({row["code"] for row in found}) == len(found) == 573


def test_the_search_is_that_of_the_page() -> None:
    assert get("procedures", q="khai sinh cho con")["items"][0]["code"] == "1.001193"
    assert get("procedures", q="!!!")["items"] == []
    assert {row["fieldName"] for row in get("procedures", field="Hộ tịch")["items"]} == {"Hộ tịch"}


def test_answers_have_the_shape_that_the_description_promises() -> None:
    [row, *_] = get("procedures", q="khai sinh")["items"]
    assert set(row) == set(schemas.ProcedureSerializer().fields)
    assert set(get("procedures/1.001193")) == set(schemas.ProcedureDetailSerializer().fields)
    assert set(get("procedures/1.001193/form")) == set(schemas.ProcedureFormSerializer().fields)


def test_the_form_is_a_schema_that_refuses_what_is_not_asked() -> None:
    body = get("procedures/1.001193/form")
    Draft202012Validator.check_schema(body["schema"])
    assert not Draft202012Validator(body["schema"]).is_valid({"unknown": 1})
    assert body["schema"]["$defs"]["personal_number"]["pattern"] == r"^\d{12}$"
    assert body["ui"]["sections"][0]["pages"][0]["questions"][0]["label"]["en"]


def test_a_day_without_it_is_a_404() -> None:
    assert get("procedures/1.001193", 404, on="2026-01-01")["status"] == 404
    assert get("procedures/9.999999", 404)["status"] == 404
    assert get("procedures/9.999999/form", 404)["status"] == 404


def test_unknown_parameters_are_refused() -> None:
    assert get("procedures", 400, feld="x")["errors"][0]["pointer"] == "feld"
