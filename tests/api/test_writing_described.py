"""What openapi.json says of an address that writes: headers, body with an example, refusals."""

from typing import Any

import jsonschema
import pytest
from django.utils import translation
from drf_spectacular.generators import SchemaGenerator

from portal.api.problems import MEDIA_TYPE

pytestmark = pytest.mark.urls("tests.api.urls")


@pytest.fixture
def document() -> dict[str, Any]:
    generator: Any = SchemaGenerator
    with translation.override("en"):
        built: dict[str, Any] = generator(urlconf=None).get_schema(request=None, public=True)
    return built


def headers(operation: dict[str, Any]) -> dict[str, bool]:
    return {p["name"]: p.get("required", False) for p in operation["parameters"] if p["in"] == "header"}


def test_asks_for_a_key_with_each_post(document: dict[str, Any]) -> None:
    assert headers(document["paths"]["/marks"]["post"]) == {"Idempotency-Key": True}


def test_asks_for_the_version_with_each_change(document: dict[str, Any]) -> None:
    item = document["paths"]["/marks/{name}"]
    assert headers(item["patch"]) == {"Idempotency-Key": False, "If-Match": True}
    assert headers(item["delete"]) == {"Idempotency-Key": False, "If-Match": True}
    assert headers(item["get"]) == {}


def test_describes_the_body_with_an_example_that_fits(document: dict[str, Any]) -> None:
    for path, method in (("/marks", "post"), ("/marks/{name}", "patch")):
        [content] = document["paths"][path][method]["requestBody"]["content"].values()
        name = content["schema"]["$ref"].rpartition("/")[2]
        schema = document["components"]["schemas"][name]
        assert schema["additionalProperties"] is False
        jsonschema.validate(content["example"], schema)
    assert document["paths"]["/marks"]["post"]["requestBody"]["required"] is True


def test_names_every_refusal_of_writing(document: dict[str, Any]) -> None:
    posted = document["paths"]["/marks"]["post"]["responses"]
    changed = document["paths"]["/marks/{name}"]["patch"]["responses"]
    assert {"400", "401", "403", "409", "413", "415", "422", "429"} <= set(posted)
    assert {"404", "409", "412", "422", "428"} <= set(changed)
    assert {"412", "428"} & set(posted) == set()
    assert all(MEDIA_TYPE in body["content"] for status, body in changed.items() if status >= "400")


def test_says_which_headers_the_answer_carries(document: dict[str, Any]) -> None:
    made = document["paths"]["/marks"]["post"]["responses"]["201"]["headers"]
    assert {"ETag", "Location", "Idempotency-Replayed", "API-Version"} <= set(made)
    shown = document["paths"]["/marks/{name}"]["get"]["responses"]
    assert "ETag" in shown["200"]["headers"]
    assert "304" not in shown
