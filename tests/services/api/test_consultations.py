"""Questions between units over REST: by the same rules as on the pages, and nothing of the dossier beside them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.accounts.models import User
from services.api import consultation_schemas as schemas
from services.models import Consultation
from services.states import Stage
from tests.cast import Cast
from tests.documents.uploading import sent
from tests.services.api.talking import Rest, facts, pointers, read
from tests.services.build import Office
from tests.services.consulting import QUESTION, Asking, asking, neighbour
from tests.services.own import citizen

OPINION = {"opinion": "agrees", "text": "Không có"}


@pytest.fixture
def office(people: Cast, version: object) -> Office:
    return Office(people, version, timezone.now() - timedelta(minutes=30))  # type: ignore[arg-type]  # a version


@pytest.fixture
def on(office: Office) -> Asking:
    return asking(office)


@pytest.fixture
def member(office: Office) -> User:
    return neighbour(office).user


def body(unit_id: int, **more: object) -> dict[str, object]:
    one = {"unitId": unit_id, "kind": "opinion", "question": QUESTION, "workingDays": 3}
    return {"questions": [one | more]}


def test_asked_read_and_answered(office: Office, on: Asking, member: User) -> None:
    path = f"work-items/{office.open_step(on.dossier).pk}"
    rest, theirs = Rest(office.people.specialist.user), Rest(member)
    asked = read(rest.send(f"{path}/consultations", body(office.people.neighbour), etag=rest.etag(path)), 201)
    assert (asked["abilities"]["consult"], asked["abilities"]["finish"]) == (True, False)
    [told] = theirs.get("consultations", side="asked")["items"]
    assert set(told) == set(schemas.ConsultationSerializer().fields)
    one = theirs.get(f"consultations/{told['id']}")
    assert set(one) == set(schemas.ConsultationDetailSerializer().fields)
    assert (one["question"], one["ownerName"], one["abilities"]) == (QUESTION, None, {"answer": True, "revoke": False})
    theirs.get(f"dossiers/{on.dossier.pk}", status=404)
    theirs.get(path, status=404)
    file = sent(actor=member, unit_id=office.people.neighbour)
    given = theirs.send(
        f"consultations/{told['id']}/opinions", {**OPINION, "fileIds": [str(file.pk)]},
        etag=theirs.etag(f"consultations/{told['id']}"),
    )  # fmt: skip
    assert read(given, 201)["state"] == "answered"
    [mine] = rest.get(f"{path}/consultations")["items"]
    assert rest.get(f"consultations/{mine['id']}")["answerFileIds"] == [str(file.pk)]
    assert on.stage() == Stage.NONE
    assert "services.dossier.opinion_given" in {name for name, *_rest in facts(on.dossier)}


def test_needs_the_version_that_was_read_and_counts_once(on: Asking, member: User) -> None:
    (row,) = on.ask()
    rest, path = Rest(member), f"consultations/{row.pk}"
    assert rest.send(f"{path}/opinions", OPINION).status_code == 428
    assert rest.send(f"{path}/opinions", OPINION, etag='"0"').status_code == 412
    blank = rest.send(f"{path}/opinions", {"opinion": "maybe", "text": ""}, etag=rest.etag(path))
    assert pointers(blank) == {"/opinion": "not-a-choice", "/text": "too-short"}
    etag = rest.etag(path)
    first, second = (rest.send(f"{path}/opinions", OPINION, etag=etag, key="one") for _ in range(2))
    assert (first.status_code, second.content) == (201, first.content)
    again = read(rest.send(f"{path}/opinions", OPINION, etag=rest.etag(path)), 409)
    assert again["errors"][0]["code"] == "wrong-state"


def test_taken_back_by_who_asked_only(office: Office, on: Asking, member: User) -> None:
    (row,) = on.ask()
    rest, theirs, path = Rest(office.people.specialist.user), Rest(member), f"consultations/{row.pk}"
    no = theirs.send(f"{path}/revocations", {"reason": "x"}, etag=theirs.etag(path))
    assert no.status_code == 403
    read(rest.send(f"{path}/revocations", {"reason": "Đã rõ"}, etag=rest.etag(path)), 201)
    assert theirs.get(path)["question"] is None
    assert rest.get(path)["question"] == QUESTION


def test_it_is_nobody_elses(office: Office, on: Asking) -> None:
    (row,) = on.ask()
    for user in (citizen("khac"), office.people.outsider.user):
        Rest(user).get(f"consultations/{row.pk}", status=404)
        assert Rest(user).send(f"consultations/{row.pk}/opinions", OPINION, etag='"0"').status_code == 404
    Rest(citizen("la")).get("consultations", status=403)
    assert Consultation.objects.get().state == "open"


def test_while_answers_are_awaited_the_step_is_not_completed(office: Office, on: Asking) -> None:
    on.ask()
    path = f"work-items/{office.open_step(on.dossier).pk}"
    rest = Rest(office.people.specialist.user)
    refused = read(rest.send(f"{path}/completions", {}, etag=rest.etag(path)), 409)
    assert refused["errors"][0]["code"] == "consulting"
