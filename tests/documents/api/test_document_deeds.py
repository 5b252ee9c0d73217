"""Each deed has its noun: on the version that was read, once, by whose turn it is, never by a reader or a stranger."""

from typing import Any

import pytest

from documents.api.document_deeds import DEEDS
from documents.models import Document, SigningItem
from documents.states import TRANSITIONS, Action, DocumentState
from tests.cast import Cast
from tests.documents.api.calls import person, stale
from tests.documents.route.build import brought_to, drafted, work_off

S = DocumentState
REASON = {"reason": "Thiếu căn cứ pháp lý"}
NOW_DONE = [
    (S.DRAFT, "submissions", "specialist", {}, S.SUBMITTED),
    (S.SUBMITTED, "withdrawals", "specialist", {"note": "sửa lại"}, S.DRAFT),
    (S.SUBMITTED, "reviews", "deputy", {}, S.REVIEWED),
    (S.REVIEWED, "checks", "clerk", {}, S.CHECKED),
    (S.CHECKED, "approvals", "leader", {}, S.APPROVED),
    (S.CHECKED, "returns", "leader", REASON, S.DRAFT),
    (S.DRAFT, "cancellations", "specialist", REASON, S.CANCELLED),
    (S.ISSUED, "revocations", "leader", REASON, S.REVOKED),
]
ORDERED = [
    (S.APPROVED, "signatures", "leader", S.SIGNED),
    (S.SIGNED, "numbers", "clerk", S.NUMBERED),
    (S.SIGNED, "completions", "clerk", S.ISSUED),
]


def state(document: Document) -> str:
    return Document.objects.get(pk=document.pk).state


def test_every_deed_of_the_table_has_its_address() -> None:
    assert {deed.action for deed in DEEDS.values()} == set(TRANSITIONS) - {Action.REVISE, Action.CALL_OFF}


@pytest.mark.parametrize("case", NOW_DONE, ids=lambda case: f"{case[1]} from {case[0]}")
def test_a_deed_is_done_once(people: Cast, case: Any) -> None:
    start, noun, role, body, target = case
    document = brought_to(people, start)
    caller = person(people, role)
    etag = caller.etag(document)
    first, second = (caller.deed(document, noun, body, match=etag, key="mot-lan") for _ in range(2))
    assert first.status_code == second.status_code == 201, first.content
    assert first.json()["state"] == target
    assert second["Idempotency-Replayed"] == "true"
    assert Document.objects.get(pk=document.pk).revision == document.revision + 1


@pytest.mark.parametrize("case", NOW_DONE, ids=lambda case: f"{case[1]} from {case[0]}")
def test_readers_and_strangers_are_refused(people: Cast, case: Any) -> None:
    start, noun, role, body, _target = case
    document = brought_to(people, start)
    reader = "desk_officer" if start is not S.DRAFT else "vice_chair"
    if noun not in {"submissions", "cancellations"}:  # whoever may draft at the organ may submit and cancel
        assert person(people, reader).deed(document, noun, body).status_code == 403
    stranger = person(people, "outsider")
    etag = person(people, role).etag(document)
    assert stranger.deed(document, noun, body, match=etag).status_code == 404
    assert state(document) == start


@pytest.mark.parametrize(("start", "noun", "role", "target"), ORDERED)
def test_an_order_is_accepted_and_its_batch_tells_how_it_went(
    people: Cast, start: S, noun: str, role: str, target: S
) -> None:
    document = brought_to(people, start)
    caller = person(people, role)
    answer = caller.deed(document, noun)
    assert answer.status_code == 202, answer.content
    assert (answer.json()["waiting"], answer.json()["done"]) == (1, 0)
    shown = caller.get(f"documents/{document.pk}").json()
    assert shown["order"]["state"] == "waiting"
    assert not any(shown["abilities"].values())
    work_off()
    batch = caller.get(answer["Location"].removeprefix("/api/v1/")).json()
    assert (batch["waiting"], batch["done"], batch["abilities"]) == (0, 1, {"cancel": False})
    assert state(document) == target


def test_a_seal_and_an_issue_follow_a_number(people: Cast) -> None:
    document = brought_to(people, S.SIGNED)
    clerk = person(people, "clerk")
    for noun, target in (("numbers", S.NUMBERED), ("seals", S.SEALED)):
        assert clerk.deed(document, noun).status_code == 202
        work_off()
        assert state(document) == target
    assert clerk.deed(document, "issues").json()["state"] == S.ISSUED


@pytest.mark.parametrize(("start", "noun", "role", "target"), ORDERED)
def test_an_order_needs_a_second_factor_of_the_last_minutes(
    people: Cast, start: S, noun: str, role: str, target: S
) -> None:
    document = brought_to(people, start)
    ordered = SigningItem.objects.filter(document=document).count()
    assert stale(people, role, minutes=11).deed(document, noun).status_code == 403
    assert SigningItem.objects.filter(document=document).count() == ordered
    assert stale(people, role, minutes=9).deed(document, noun).status_code == 202


def test_a_deed_on_an_older_version_says_who_was_quicker(people: Cast) -> None:
    document = brought_to(people, S.SUBMITTED)
    leader = person(people, "leader")
    etag = leader.etag(document)
    assert person(people, "deputy").deed(document, "reviews").status_code == 201
    answer = leader.deed(document, "returns", REASON, match=etag)
    assert answer.status_code == 412
    assert answer.json()["changedBy"] == "Trần Quốc Huy"
    assert state(document) == S.REVIEWED


def test_a_deed_out_of_turn_is_a_conflict(people: Cast) -> None:
    document = drafted(people)
    assert person(people, "clerk").deed(document, "checks").status_code == 409


def test_a_return_without_a_reason_is_refused(people: Cast) -> None:
    document = brought_to(people, S.CHECKED)
    answer = person(people, "leader").deed(document, "returns", {"reason": "  "})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "/reason"


def test_what_the_form_check_finds_is_named_fault_by_fault(people: Cast) -> None:
    document = drafted(people, content={"authority": "Chủ tịch"})
    answer = person(people, "specialist").deed(document, "submissions")
    assert answer.status_code == 422
    assert "/content" in {fault["pointer"] for fault in answer.json()["errors"]}


def test_one_issued_document_replaces_another(people: Cast) -> None:
    old, new = brought_to(people, S.ISSUED), brought_to(people, S.ISSUED)
    leader = person(people, "leader")
    answer = leader.deed(old, "replacements", {"byId": str(new.pk)})
    assert answer.json()["replacedById"] == str(new.pk)
    assert leader.deed(new, "replacements", {"byId": "0f8e2d3c-4b5a-4978-8796-a5b4c3d2e1f0"}).status_code == 422
