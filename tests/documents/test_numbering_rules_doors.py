"""How an organ numbers: its head decides by page or REST, whoever sees the books reads it, nobody else learns of it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from documents.api import rule_schemas as schemas
from documents.models import OrganAbbreviation, SeriesRule
from portal.events import Event
from portal.isolation import scope
from tests.cast import Cast, sign_in
from tests.documents.api.calls import person

TODAY = timezone.localdate()
TOMORROW = TODAY + timedelta(days=1)
DECIDED = {"first_day": TOMORROW.isoformat(), "decision_no": "02/QĐ-UBND", "decision_on": TODAY.isoformat()}
SAID = {"firstDate": TOMORROW.isoformat(), "decisionNumber": "02/QĐ-UBND", "decisionDate": TODAY.isoformat()}


def address(people: Cast, noun: str = "", *, unit: int = 0) -> str:
    given = [unit or people.home, *([noun] if noun else [])]
    return reverse(f"documents:{'numbering-rule' if noun else 'numbering-rules'}", args=given)


def rows(people: Cast, model: Any) -> list[Any]:
    with scope(units=[people.home]):
        return list(model.objects.order_by("id"))


def test_the_head_fixes_an_abbreviation_and_all_who_see_the_books_read_it(people: Cast, client: Client) -> None:
    sign_in(client, people.leader.user)
    data = {"division": "", "abbreviation": "UBNDX", **DECIDED}
    assert client.post(address(people, "viet-tat"), data)["Location"] == address(people)
    assert [(row.abbreviation, row.valid.lower) for row in rows(people, OrganAbbreviation)] == [("UBNDX", TOMORROW)]
    assert Event.objects.filter(name="documents.abbreviation.fixed").count() == 1
    sign_in(client, people.clerk.user)
    told = client.get(address(people)).content.decode()
    assert "UBNDX" in told
    assert "02/QĐ-UBND" in told
    assert address(people, "viet-tat") not in told


def test_the_same_sent_twice_is_refused_in_words_and_kept_on_the_page(people: Cast, client: Client) -> None:
    sign_in(client, people.leader.user)
    data = {"type_code": "decision", "series": "own", **DECIDED}
    assert client.post(address(people, "day-so"), data).status_code == 302
    again = client.post(address(people, "day-so"), data)
    assert again.status_code == 400
    assert "02/QĐ-UBND" in again.content.decode()
    assert [(row.type_code, row.series) for row in rows(people, SeriesRule)] == [("decision", "decision")]


@pytest.mark.parametrize("noun", ["viet-tat", "day-so"])
def test_nothing_typed_is_an_error_at_each_field(people: Cast, client: Client, noun: str) -> None:
    sign_in(client, people.leader.user)
    answer = client.post(address(people, noun), {})
    assert answer.status_code == 400
    assert "Nhập số quyết định" in answer.content.decode()


@pytest.mark.parametrize(("role", "read", "decide"), [("clerk", 200, 403), ("desk_officer", 403, 403)])
def test_only_the_head_decides(people: Cast, client: Client, role: str, read: int, decide: int) -> None:
    sign_in(client, getattr(people, role).user)
    assert client.get(address(people)).status_code == read
    assert client.get(address(people, "viet-tat")).status_code == decide
    assert client.post(address(people, "viet-tat"), {"abbreviation": "X", **DECIDED}).status_code == decide
    assert rows(people, OrganAbbreviation) == []


def test_the_next_commune_is_not_there(people: Cast, client: Client) -> None:
    sign_in(client, people.leader.user)
    assert client.get(address(people, unit=people.neighbour)).status_code == 404
    assert client.get(address(people, "viet-tat", unit=people.neighbour)).status_code == 404
    assert client.get(address(people, "khac")).status_code == 404


def test_the_same_over_rest(people: Cast) -> None:
    head, clerk = person(people, "leader"), person(people, "clerk")
    body = {"unitId": people.home, "abbreviation": "UBNDX", **SAID}
    made = head.post("organ-abbreviations", body)
    assert made.status_code == 201, made.content
    assert set(made.json()) == set(schemas.OrganAbbreviationSerializer().fields)
    series = head.post("series-rules", {"unitId": people.home, "typeCode": "decision", "series": "own", **SAID})
    assert series.status_code == 201, series.content
    assert set(series.json()) == set(schemas.SeriesRuleSerializer().fields)
    assert clerk.get("organ-abbreviations").json()["items"] == [made.json()]
    assert clerk.get("series-rules", unit=people.home).json()["items"] == [series.json()]
    assert clerk.get("series-rules", unit=people.neighbour).json()["items"] == []
    assert clerk.post("organ-abbreviations", body).status_code == 403
    assert head.post("organ-abbreviations", body | {"unitId": people.neighbour}).status_code == 404
    assert head.post("organ-abbreviations", body).status_code == 422
    assert person(people, "desk_officer").get("series-rules").status_code == 404
