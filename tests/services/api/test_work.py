"""Steps over REST: the queue, one officer at a time, handed over, finished, returned."""

import pytest

from services.api import work_schemas as schemas
from services.models import Dossier, WorkItem
from tests.services.api.talking import Rest, pointers, read
from tests.services.build import Office


@pytest.fixture
def pao(office: Office) -> Rest:
    return Rest(office.people.specialist.user)


def one(office: Office, dossier: Dossier) -> tuple[WorkItem, str]:
    item = office.open_step(dossier)
    return item, f"work-items/{item.pk}"


def test_the_queue_has_its_filters(office: Office, pao: Rest) -> None:
    taken, free = office.processing(), office.accepted()
    [first, second] = pao.get("work-items")["items"]
    assert {first["dossierId"], second["dossierId"]} == {str(taken.pk), str(free.pk)}
    assert [row["dossierId"] for row in pao.get("work-items", held="me")["items"]] == [str(taken.pk)]
    assert [row["dossierId"] for row in pao.get("work-items", held="nobody")["items"]] == [str(free.pk)]
    assert pao.get("work-items", unit=office.people.neighbour)["items"] == []
    assert set(first) == set(schemas.WorkItemSerializer().fields)
    following = pao.get("work-items", limit=1)
    assert pao.client.get(following["next"]).json()["items"] == [second]


def test_takes_it_and_the_second_comes_too_late(office: Office, pao: Rest) -> None:
    _item, path = one(office, office.accepted())
    etag = pao.etag(path)
    body = read(pao.send(f"{path}/takings", etag=etag), 201)
    assert body["officerId"] == str(office.people.specialist.user.pk)
    assert set(body) == set(schemas.WorkItemDetailSerializer().fields)
    late = Rest(office.people.vice_chair.user)
    assert late.send(f"{path}/takings", etag=etag).status_code == 412
    response = late.send(f"{path}/takings", etag=late.etag(path))
    assert read(response, 409)["errors"][0]["code"] == "held-by-other"


def test_finishes_and_returns(office: Office, pao: Rest) -> None:
    dossier = office.processing()
    item, path = one(office, dossier)
    body = read(pao.send(f"{path}/completions", {"note": "Đủ điều kiện"}, etag=pao.etag(path)), 201)
    assert (body["state"], body["note"]) == ("done", "Đủ điều kiện")
    leader = Rest(office.people.leader.user)
    _next, onward = one(office, dossier)
    read(leader.send(f"{onward}/takings", etag=leader.etag(onward)), 201)
    shown = leader.get(onward)
    assert [row["step"] for row in shown["earlierSteps"]] == [item.step]
    told = {"step": item.step, "reason": "Xác minh lại"}
    assert read(leader.send(f"{onward}/returns", told, etag=leader.etag(onward)), 201)["state"] in {
        "returned",
        "waiting",
    }
    assert office.open_step(dossier).step == item.step


def test_hands_over_to_a_colleague(office: Office, pao: Rest) -> None:
    _item, path = one(office, office.processing())
    rows = pao.get(f"{path}/colleagues")["items"]
    officer = str(office.people.vice_chair.user.pk)
    assert officer in {row["officerId"] for row in rows}
    told = {"officerId": officer, "reason": "Nghỉ phép"}
    wrong = told | {"officerId": str(office.people.outsider.user.pk)}
    assert pointers(pao.send(f"{path}/assignments", wrong, etag=pao.etag(path))) == {"/officerId": "no-colleague"}
    assert read(pao.send(f"{path}/assignments", told, etag=pao.etag(path)), 201)["officerId"] == officer


def test_proposes_with_a_signer_who_is_there(office: Office, pao: Rest) -> None:
    _item, path = one(office, office.processing())
    assert pao.get(path)["signers"]
    response = pao.send(f"{path}/proposals", {"signerAssignmentId": 10**9}, etag=pao.etag(path))
    assert pointers(response) == {"/signerAssignmentId": "no-signer"}


@pytest.mark.parametrize("noun", ["takings", "assignments", "completions", "returns", "proposals"])
def test_strangers_find_no_step(office: Office, noun: str) -> None:
    _item, path = one(office, office.accepted())
    body = {
        "takings": None,
        "assignments": {"officerId": str(office.people.outsider.user.pk), "reason": "x"},
        "completions": {},
        "returns": {"step": "receive", "reason": "x"},
        "proposals": {"signerAssignmentId": 1},
    }[noun]
    assert Rest(office.people.outsider.user).send(f"{path}/{noun}", body, etag='"0"').status_code == 404
    rest = Rest(office.people.specialist.user)
    assert rest.send(f"{path}/{noun}", body).status_code == 428
    assert rest.send(f"{path}/{noun}", body, etag='"0"').status_code == 412


def test_whoever_works_on_no_step_has_no_queue(office: Office) -> None:
    assert Rest(office.people.outsider.user).get("work-items", status=403)
