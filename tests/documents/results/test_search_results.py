"""Issued results are found by their owner's whole number, with a purpose, and the owner sees that somebody looked."""

import re
from typing import Any

import pytest
from django.test import Client

from documents.api import schemas
from documents.drafts import Owner
from documents.errors import BadSearchError, NotAllowedError
from documents.kinds import SearchPurpose
from documents.models import Document, IssuedResult
from documents.operations.issuing import revoke
from documents.operations.result_searches import Search, search_results
from documents.states import DocumentState
from portal.events import Event
from portal.isolation import scope
from tests.cast import Cast, sign_in
from tests.documents.api.calls import person, program
from tests.documents.route.build import LATER, NOW, brought_to, citizen, step

NUMBER, CODE = "000188000777", "KQ.G15.000216"
DOSSIER = "H01.00001-261125-0001"
PAGE = "/van-ban/ket-qua/"
BODY = {"ownerNumber": NUMBER, "purpose": "check"}


def issued(people: Cast, *, code: str = CODE, user: Any = None) -> Document:
    owner = Owner(number=NUMBER, user_id=user.pk if user else None)
    return brought_to(people, DocumentState.ISSUED, owner=owner, result_code=code)


def look(people: Cast, role: str = "desk_officer", **more: Any) -> Any:
    wanted: dict[str, Any] = {"owner_number": NUMBER, "purpose": SearchPurpose.CHECK, **more}
    return search_results(search=Search(**wanted), actor=getattr(people, role).user, now=NOW)


def searches() -> list[Event]:
    return list(Event.objects.filter(name="documents.result.searched").order_by("id"))


def test_finds_results_of_one_owner_with_whether_they_hold(people: Cast) -> None:
    ended, holds = issued(people), issued(people, code="KQ.G15.000217")
    step(revoke, ended, people.leader, reason="Cấp sai")
    IssuedResult.objects.filter(document=holds).update(issued_at=LATER)  # the newest is told first
    assert [(one.result_code, one.state, one.is_usable) for one in look(people)] == [
        ("KQ.G15.000217", "valid", True),
        (CODE, "revoked", False),
    ]
    assert [one.result_code for one in look(people, result_code=CODE)] == [CODE]
    assert look(people, owner_number="000188000778") == []


def test_an_officer_of_another_commune_finds_them_too_without_seeing_the_rows(people: Cast) -> None:
    issued(people)
    with scope(units=[people.neighbour]):
        assert not IssuedResult.objects.exists()
        assert [one.result_code for one in look(people, "outsider")] == [CODE]


def test_every_search_is_recorded_with_its_purpose_and_without_the_number(people: Cast) -> None:
    owner = citizen("chu-ho")
    issued(people, user=owner)
    look(people, purpose=SearchPurpose.REUSE, dossier=DOSSIER, result_code=CODE)
    look(people, owner_number="000188000778")
    first, second = searches()
    assert first.facts == {"purpose": "reuse", "dossier": DOSSIER, "result_code": CODE, "found": 1}
    assert (second.facts["found"], second.actor) == (0, people.desk_officer.user.event_actor)
    assert owner.pk in first.concerns
    assert not any(number in str(event.facts) for event in (first, second) for number in (NUMBER, "000188000778"))


@pytest.mark.parametrize("role", ["leader", "clerk", "vice_chair", "administrator"])
def test_only_officers_of_desk_and_processing_look(people: Cast, role: str) -> None:
    with pytest.raises(NotAllowedError):
        look(people, role)
    assert searches() == []


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"owner_number": ""}, "owner_number"),
        ({"owner_number": "0001"}, "owner_number"),
        ({"owner_number": "0001 88000777"}, "owner_number"),
        ({"result_code": "KQ.G15"}, "result_code"),
        ({"purpose": SearchPurpose.REUSE}, "dossier"),
        ({"dossier": NUMBER}, "dossier"),
    ],
)
def test_nothing_is_looked_for_by_half_a_number_or_without_what_the_purpose_needs(
    people: Cast, changed: dict[str, Any], field: str
) -> None:
    with pytest.raises(BadSearchError) as refused:
        look(people, **changed)
    assert set(refused.value.faults) == {field}
    assert searches() == []


def test_the_page_answers_a_post_and_never_puts_the_number_into_an_address(people: Cast) -> None:
    issued(people)
    client = sign_in(Client(), people.desk_officer.user)
    assert client.get(PAGE).status_code == 200
    answer = client.post(PAGE, {"owner_number": "0001 8800 0777", "purpose": "check"})
    text = answer.content.decode()
    assert answer.status_code == 200
    assert CODE in text
    assert "Location" not in answer
    assert not re.search(r'(href|action)="[^"]*0777', text)
    assert "no-store" in answer["Cache-Control"]
    assert len(searches()) == 1


def test_the_page_says_what_is_missing_at_its_field(people: Cast) -> None:
    client = sign_in(Client(), people.desk_officer.user)
    answer = client.post(PAGE, {"owner_number": NUMBER, "purpose": "reuse"})
    assert answer.status_code == 400
    assert "mã hồ sơ" in answer.content.decode().lower()
    assert searches() == []


def test_the_page_is_not_for_others(people: Cast) -> None:
    assert sign_in(Client(), people.clerk.user).get(PAGE).status_code == 403
    assert sign_in(Client(), citizen("ai-do")).get(PAGE).status_code == 404
    assert Client().get(PAGE).status_code == 302
    assert Client().post(PAGE, {"owner_number": NUMBER, "purpose": "check"}).status_code in {302, 403}


def test_rest_answers_the_same(people: Cast) -> None:
    issued(people)
    caller = person(people, "desk_officer")
    answer = caller.post("result-searches", BODY)
    assert answer.status_code == 201, answer.content
    assert set(answer.json()) == set(schemas.ResultSearchSerializer().fields)
    [row] = answer.json()["items"]
    assert set(row) == set(schemas.FoundResultSerializer().fields)
    assert (row["state"], row["isUsable"]) == ("valid", True)
    assert NUMBER not in answer.content.decode()
    assert caller.post("result-searches", BODY | {"purpose": "reuse"}).status_code == 422
    assert caller.post("result-searches", {"resultCode": CODE, "purpose": "check"}).status_code == 400
    assert person(people, "clerk").post("result-searches", BODY).status_code == 403


def test_a_program_looks_by_its_grant_only(people: Cast) -> None:
    issued(people)
    assert len(program(people, "documents.result.search").post("result-searches", BODY).json()["items"]) == 1
    assert program(people, "documents.document.view").post("result-searches", BODY).status_code == 403
