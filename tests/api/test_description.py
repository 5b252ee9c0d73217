"""openapi.json says what the portal does: every address, every problem, every header."""

import json
import re
from typing import Any

import pytest
from django.test import Client

from portal.api import schema
from portal.api.problems import MEDIA_TYPE
from portal.routes import routes

METHODS = {"get", "post", "put", "patch", "delete"}
# They describe the API and are no part of it.
NAMED_BY_OAUTH = {"Token", "TokenRequest", "Revocation"}  # RFC 6749 and 7009
ABOUT = {"api/v1/openapi.json", "api/v1/tai-lieu"}


@pytest.fixture(params=["vi", "en"])
def document(request: pytest.FixtureRequest) -> dict[str, Any]:
    return schema.document(request.param)


def operations(document: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (path, method, operation)
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if method in METHODS
    ]


def test_describes_exactly_the_addresses_that_exist(document: dict[str, Any]) -> None:
    shaped = {
        re.sub(r"<\w+:(\w+)>", r"{\1}", route.path).replace("{pk}", "{id}")
        for route in routes()
        if route.path.startswith("api/v1/")
    }
    described = {f"api/v1{path}" for path, _method, _operation in operations(document)}
    assert described == shaped - ABOUT


def test_names_who_where_and_which_version(document: dict[str, Any]) -> None:
    info = document["info"]
    assert document["openapi"].startswith("3.1")
    assert re.fullmatch(r"\d+\.\d+\.\d+", info["version"])
    assert set(info["contact"]) == {"name", "url", "email"}
    assert all(re.fullmatch(r"https://.+/v1", server["url"]) for server in document["servers"])


def test_every_operation_has_its_own_name_and_a_tag(document: dict[str, Any]) -> None:
    ids = [operation["operationId"] for _path, _method, operation in operations(document)]
    assert len(set(ids)) == len(ids) > 10
    assert all(re.fullmatch(r"[a-z][a-zA-Z]+", name) for name in ids)
    assert all(operation["tags"] and operation["summary"] for _path, _method, operation in operations(document))


def test_paths_are_nouns_without_a_slash_at_the_end(document: dict[str, Any]) -> None:
    assert all(re.fullmatch(r"(/([a-z][a-z0-9.-]*|{[a-z][a-zA-Z]*}))+", path) for path in document["paths"])


def test_declares_every_path_parameter(document: dict[str, Any]) -> None:
    for path, _method, operation in operations(document):
        declared = {p["name"] for p in operation.get("parameters", []) if p["in"] == "path"}
        assert declared == set(re.findall(r"{(\w+)}", path))


def test_query_keys_are_lower_camel_case_and_explained(document: dict[str, Any]) -> None:
    for _path, _method, operation in operations(document):
        for parameter in operation.get("parameters", []):
            if parameter["in"] == "header":
                continue
            assert re.fullmatch(r"[a-z][a-zA-Z]*", parameter["name"])
            assert parameter["description"]


def test_every_refusal_is_a_problem(document: dict[str, Any]) -> None:
    for _path, _method, operation in operations(document):
        refusals = {status: body for status, body in operation["responses"].items() if status >= "400"}
        assert {"400", "406", "429", "500"} <= set(refusals)
        assert all(set(body["content"]) == {MEDIA_TYPE} for body in refusals.values())


def test_every_good_answer_names_its_version(document: dict[str, Any]) -> None:
    for _path, _method, operation in operations(document):
        good = [body for status, body in operation["responses"].items() if status < "400"]
        assert all("API-Version" in body["headers"] for body in good)


def test_days_and_moments_say_so_in_their_names(document: dict[str, Any]) -> None:
    for shape, component in document["components"]["schemas"].items():
        if shape in NAMED_BY_OAUTH:
            continue
        for name, field in component.get("properties", {}).items():
            assert re.fullmatch(r"[a-z][a-zA-Z]*", name)
            assert (field.get("format") == "date") == name.endswith("Date"), name
            assert (field.get("format") == "date-time") == name.endswith("At"), name


def test_shapes_are_upper_camel_case(document: dict[str, Any]) -> None:
    assert all(re.fullmatch(r"([A-Z][a-z]*)+", name) for name in document["components"]["schemas"])


def test_speaks_both_languages() -> None:
    assert (
        schema.document("vi")["paths"]["/units"]["get"]["summary"]
        != (schema.document("en")["paths"]["/units"]["get"]["summary"])
    )


@pytest.mark.django_db
def test_is_served_as_json_and_as_a_page(client: Client) -> None:
    served = client.get("/api/v1/openapi.json", HTTP_ACCEPT_LANGUAGE="en")
    assert json.loads(served.content) == json.loads(json.dumps(schema.document("en")))
    page = client.get("/api/v1/tai-lieu").content.decode()
    for _path, _method, operation in operations(schema.document("vi")):
        assert f'id="{operation["operationId"]}"' in page
    assert 'id="not-found"' in page
