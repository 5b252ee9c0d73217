"""Filing over REST: by an officer or a program for somebody, and by a citizen with a draft or in one go."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.accounts.models import Kind, User
from portal.accounts.operations import GrantRow
from portal.isolation import scope
from services.models import Component, Dossier, ProcedureVersion
from services.policies import Capability
from tests.accounts.programs import make_client, token_of
from tests.cast import Cast
from tests.services.api.talking import Rest, facts, pointers, read
from tests.services.api.test_citizen_files import upload
from tests.services.build import Office
from tests.services.working import birth_answers, real, requester


@pytest.fixture
def version(people: Cast) -> ProcedureVersion:
    """With the form that is published."""
    return real("1.001193")


@pytest.fixture
def hoa(office: Office) -> Rest:
    return Rest(office.people.desk_officer.user)


def told(office: Office, **more: Any) -> dict[str, Any]:
    body = {
        "procedure": "1.001193",
        "answers": birth_answers(office.people.home) | requester(office.people.home),
        "receivingUnitId": office.people.home,
        "filer": {"name": "Vàng Thị Dở", "phone": "0912000321"},
        "components": [{"key": "birth_notice", "proof": "shown"}],
    }
    return body | more


def test_an_officer_files_for_somebody_who_stays_the_filer(office: Office, hoa: Rest) -> None:
    response = hoa.send("dossiers", told(office))
    body = read(response, 201)
    assert (body["filerName"], body["ownerName"]) == ("Vàng Thị Dở", "Giàng Thị Nhuẫn")
    assert (body["state"], body["channel"], body["contact"]) == ("submitted", "desk", {"phone": "0912000321"})
    assert response["Location"] == f"/api/v1/dossiers/{body['id']}"
    assert response["ETag"] == hoa.etag(f"dossiers/{body['id']}")
    dossier = Dossier.objects.get(pk=body["id"])
    assert dossier.assisted_by == office.people.desk_officer.user
    assert dict(Component.objects.filter(dossier=dossier).values_list("key", "proof"))["birth_notice"] == "shown"
    assert facts(dossier) == [
        ("services.dossier.submitted", "", "submitted", office.people.desk_officer.user.event_actor)
    ]


@pytest.mark.parametrize("filed", ["shown", "attached"])
def test_the_answer_says_what_a_later_reading_says(office: Office, hoa: Rest, filed: str) -> None:
    files = [read(upload(hoa, unitId=office.people.home), 201)["id"]] if filed == "attached" else []
    papers = [{"key": "birth_notice", "proof": filed, "fileIds": files}]
    body = told(office, components=papers, returningUnitId=office.people.neighbour)
    at_once = read(hoa.send("dossiers", body), 201)
    assert [part["fileIds"] for part in at_once["components"] if part["key"] == "birth_notice"] == [files]
    assert at_once == hoa.get(f"dossiers/{at_once['id']}")


def test_filing_costs_sixteen_statements(office: Office, hoa: Rest) -> None:
    body = told(office)
    hoa.send("dossiers", body)
    with CaptureQueriesContext(connection) as asked:
        read(hoa.send("dossiers", body), 201)
    frame = ("SAVEPOINT", "RELEASE", "select set_config")
    found = [one["sql"] for one in asked.captured_queries if not one["sql"].startswith(frame)]
    assert len(found) <= 16, "\n".join(found)


def test_sent_twice_it_is_one_dossier(office: Office, hoa: Rest) -> None:
    first, second = (hoa.send("dossiers", told(office), key="one") for _ in range(2))
    assert first.content == second.content
    assert Dossier.objects.count() == 1


def test_answers_are_judged_as_on_the_pages(office: Office, hoa: Rest) -> None:
    answers = told(office)["answers"] | {"child_birth_day": "2199-01-01", "colour": "red"}
    del answers["birth_place"]
    found = pointers(hoa.send("dossiers", told(office, answers=answers)))
    assert found["/answers/child_birth_day"] == "too-late"
    assert found["/answers/colour"] == "unknown"
    assert found["/answers/birth_place"] == "missing"
    assert not Dossier.objects.exists()


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ({"procedure": "9.999999"}, {"/procedure": "not-found"}),
        ({"competentUnitId": 10**9}, {"/competentUnitId": "no-unit"}),
        ({"filer": None}, {"/filer": "null"}),
        ({"draftId": "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"}, {"/draftId": "not-for-you"}),
        ({"components": [{"key": "nope", "proof": "shown"}]}, {"/components/0/key": "not-a-choice"}),
        ({"components": [{"key": "birth_notice", "proof": "data"}]}, {"/components/0/proof": "no-source"}),
        ({"components": [{"key": "birth_notice", "proof": "attached"}]}, {"/components/0/fileIds": "required"}),
        ({"answers": []}, {"/answers": "not-an-object"}),
    ],
)
def test_what_is_wrong_has_its_place(office: Office, hoa: Rest, more: dict[str, Any], found: dict[str, str]) -> None:
    assert pointers(hoa.send("dossiers", told(office, **more))) == found


def test_files_of_others_are_not_there(office: Office, hoa: Rest) -> None:
    rows = [{"key": "birth_notice", "proof": "attached", "fileIds": ["0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"]}]
    assert pointers(hoa.send("dossiers", told(office, components=rows))) == {"/components/0/fileIds": "no-file"}


def test_only_at_ones_own_desk(office: Office, hoa: Rest) -> None:
    body = told(office, receivingUnitId=office.people.neighbour)
    assert read(hoa.send("dossiers", body), 403)["errors"][0]["code"] == "not-allowed"
    assert Rest(office.people.specialist.user).send("dossiers", told(office)).status_code == 403
    assert not Dossier.objects.exists()


def test_whoever_is_neither_citizen_nor_officer_files_nothing(office: Office) -> None:
    user = User.objects.create(username="nguoi-nop", kind=Kind.CITIZEN, created_at=office.now)
    assert Rest(user).send("dossiers", told(office)).status_code == 403
    assert not Dossier.objects.exists()


def test_a_program_files_and_reads_with_what_its_token_holds(office: Office) -> None:
    grants = [GrantRow(one, office.people.home) for one in (Capability.VIEW, Capability.FILE_FOR_CITIZEN)]
    client = make_client(office.people, grants=grants)
    with scope():
        full = token_of(client, office.people)
    headers = {"Authorization": f"Bearer {full}", "Idempotency-Key": "one"}
    response = Client().post("/api/v1/dossiers", told(office), "application/json", headers=headers)
    body = read(response, 201)
    path = f"/api/v1/dossiers/{body['id']}"
    shown = Client().get(path, headers=headers)
    assert read(shown, 200)["reference"] == body["reference"]
    deed = headers | {"If-Match": shown["ETag"], "Idempotency-Key": "two"}
    assert Client().post(f"{path}/acceptances", {}, "application/json", headers=deed).status_code == 403
    other = told(office, receivingUnitId=office.people.neighbour)
    key = headers | {"Idempotency-Key": "three"}
    assert Client().post("/api/v1/dossiers", other, "application/json", headers=key).status_code == 403
