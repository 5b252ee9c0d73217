"""Everybody reads sums of units, never a person or a small number; machines find it described."""

import json
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from portal.dashboards import linked
from services.models import ProcedureVersion
from tests.dashboards.test_pages import counted
from tests.services.build import Office
from tests.services.conftest import catalogue

__all__ = ["catalogue", "counted"]
# CPSV-AP 3.2.0: what each kind of thing must have. tests/dashboards/test_public.py reads it, no schema language needed.
MANDATORY = {
    "cpsv:PublicService": ("dct:identifier", "dct:title", "dct:description", "cv:hasCompetentAuthority"),
    "cv:PublicOrganisation": ("skos:prefLabel", "dct:spatial"),
    "cv:Channel": ("dct:identifier",),
    "cv:Cost": ("dct:identifier",),
    "cv:Evidence": ("dct:identifier", "dct:title"),
    "cpsv:Output": ("dct:identifier", "dct:title"),
    "cv:Requirement": ("dct:identifier", "dct:title"),
    "cpsv:Rule": ("dct:identifier", "dct:title", "dct:description"),
    "dcat:Catalog": ("dct:title", "dct:description", "dct:publisher", "dcat:dataset"),
    "dcat:Dataset": ("dct:title", "dct:description", "dct:publisher", "dcat:distribution"),
    "dcat:Distribution": ("dcat:accessURL", "dct:license"),
    "foaf:Agent": ("foaf:name",),
}


def lacking(node: Any, path: str = "") -> list[str]:
    """Every mandatory property that is missing or empty, and every place without its type."""
    if isinstance(node, list):
        return [fault for place, one in enumerate(node) for fault in lacking(one, f"{path}/{place}")]
    if not isinstance(node, dict):
        return []
    kinds = node.get("@type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    found = [f"{path} {kind} {name}" for kind in kinds for name in MANDATORY.get(kind, ()) if not node.get(name)]
    if "dct:spatial" in node and node["dct:spatial"].get("@type") != "dct:Location":
        found.append(f"{path} dct:spatial is no dct:Location")
    found += [f"{path} language" for one in [node] if "@language" in one and one["@language"] not in {"vi", "en"}]
    return found + [fault for key, one in node.items() for fault in lacking(one, f"{path}/{key}")]


def test_the_page_of_a_unit_protects_small_numbers(counted: Office) -> None:
    html = Client().get(f"/so-lieu/don-vi/{counted.people.home}/?ky={counted.now:%Y-%m}").content.decode()
    assert "ít hơn 5" in html
    assert "Giàng Thị Nhuẫn" not in html
    assert "H01.00001-" not in html
    assert Client().get("/so-lieu/don-vi/999999999/").status_code == 404
    assert Client().get("/so-lieu/don-vi/1/?ky=x").status_code in {200, 404}


@pytest.mark.parametrize(
    "path", ["/so-lieu/", "/so-lieu/du-lieu-mo/", "/so-lieu/du-lieu-mo.jsonld", "/so-lieu/thu-tuc.jsonld"]
)
def test_open_without_signing_in(counted: Office, path: str) -> None:
    answer = Client().get(path)
    assert answer.status_code == 200
    assert "public" in answer["Cache-Control"]


def test_data_sets_are_described(counted: Office) -> None:
    body = json.loads(Client().get("/so-lieu/du-lieu-mo.jsonld").content)
    assert lacking(body) == []
    forms = [form for data_set in body["dcat:dataset"] for form in data_set["dcat:distribution"]]
    assert len(forms) == 3
    for form in forms:
        path = form["dcat:accessURL"]["@id"].removeprefix("http://testserver")
        assert Client().get(path).status_code == 200, path


def test_the_whole_catalogue_conforms(catalogue: str) -> None:
    with transaction.atomic():
        versions = ProcedureVersion.objects.select_related("procedure").order_by("id")
        nodes = list(linked.procedures_of(versions, lambda code: f"https://example.invalid/thu-tuc/{code}/"))
    assert len(nodes) > 500
    assert lacking(nodes) == []
    names = [node["@id"] for node in nodes]
    assert len(names) == len(set(names))


def test_the_graph_is_whole_json(catalogue: str) -> None:
    text = b"".join(Client().get("/so-lieu/thu-tuc.jsonld").streaming_content).decode()
    graph = json.loads(text)
    assert graph["@context"]["cpsv"]
    assert len(graph["@graph"]) > 500


def test_a_fault_would_be_seen() -> None:
    assert lacking({"@type": "cv:PublicOrganisation", "skos:prefLabel": "x", "dct:spatial": {"@id": "y"}})
    assert lacking({"@type": "cv:Evidence", "dct:identifier": "x"})
