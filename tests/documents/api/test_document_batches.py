"""Batches over REST: one confirmation, progress, the list of failures, calling off the rest; seen by their own only."""

import uuid

from documents.api import schemas
from documents.models import Document
from documents.operations.route import return_document
from documents.states import DocumentState
from tests.cast import Cast
from tests.documents.api.calls import person, stale
from tests.documents.route.build import brought_to, step, work_off

S = DocumentState


def order(*documents: Document) -> dict[str, object]:
    return {"goal": "sign", "documents": [{"id": str(row.pk), "revision": row.revision} for row in documents]}


def test_signs_what_can_be_signed_and_lists_what_failed(people: Cast) -> None:
    good, bad = brought_to(people, S.APPROVED), brought_to(people, S.APPROVED)
    body = order(good, bad)
    step(return_document, bad, people.leader, reason="Sai tên")
    leader = person(people, "leader")
    answer = leader.post("document-batches", body)
    assert answer.status_code == 202, answer.content
    place = answer["Location"].removeprefix("/api/v1/")
    work_off()
    batch = leader.get(place).json()
    assert set(batch) == set(schemas.DocumentBatchSerializer().fields)
    assert (batch["total"], batch["done"], batch["failed"], batch["waiting"]) == (2, 1, 1, 0)
    assert batch["items"][0]["documentId"] == str(bad.pk)
    assert batch["items"][0]["note"]
    [row] = leader.get("document-batches").json()["items"]
    assert row["id"] == batch["id"]


def test_needs_a_recent_second_factor(people: Cast) -> None:
    document = brought_to(people, S.APPROVED)
    assert stale(people, "leader", minutes=11).post("document-batches", order(document)).status_code == 403


def test_refuses_what_one_may_not_see_and_one_document_twice(people: Cast) -> None:
    document = brought_to(people, S.APPROVED)
    leader = person(people, "leader")
    stranger = {"goal": "sign", "documents": [{"id": str(uuid.uuid4()), "revision": 1}]}
    assert leader.post("document-batches", stranger).status_code == 422
    assert leader.post("document-batches", order(document, document)).status_code == 422
    assert person(people, "outsider").post("document-batches", order(document)).status_code == 422


def test_calls_off_what_waits(people: Cast) -> None:
    document = brought_to(people, S.APPROVED)
    leader = person(people, "leader")
    place = leader.post("document-batches", order(document))["Location"].removeprefix("/api/v1/")
    answer = leader.post(f"{place}/cancellations")
    assert answer.status_code == 201
    assert (answer.json()["cancelled"], answer.json()["waiting"]) == (1, 0)
    work_off()
    assert Document.objects.get(pk=document.pk).state == S.APPROVED


def test_only_who_confirmed_it_sees_it(people: Cast) -> None:
    document = brought_to(people, S.APPROVED)
    place = person(people, "leader").post("document-batches", order(document))["Location"].removeprefix("/api/v1/")
    for role in ("clerk", "outsider"):
        caller = person(people, role)
        assert caller.get(place).status_code == 404
        assert caller.post(f"{place}/cancellations").status_code == 404
