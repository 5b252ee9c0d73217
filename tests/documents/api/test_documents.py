"""Documents over REST: listed, drafted, changed and read as on the pages, by people and by programs."""

import json
from typing import Any

import pytest
from django.test import Client

from documents.api import schemas
from documents.drafts import Owner
from documents.models import Document, Recipient
from documents.states import DocumentState
from portal.accounts.models.clients import Reach
from portal.events import Event
from tests.cast import Cast
from tests.documents.api.calls import draft_body, person, program
from tests.documents.route.build import brought_to, drafted

VIEW, DRAFT = "documents.document.view", "documents.document.draft"
NUMBER = "000095000077"


def fields(serializer: Any) -> set[str]:
    return set(serializer().fields)


def test_answers_have_the_fields_of_the_description(people: Cast) -> None:
    document = drafted(people)
    caller = person(people, "specialist")
    [row] = caller.get("documents").json()["items"]
    whole = caller.get(f"documents/{document.pk}").json()
    assert set(row) == fields(schemas.DocumentSummarySerializer)
    assert set(whole) == fields(schemas.DocumentSerializer)
    assert set(whole["recipients"][0]) == fields(schemas.DocumentRecipientSerializer)
    assert set(whole["steps"][0]) == fields(schemas.DocumentStepSerializer)


def test_lists_with_the_filters_of_the_page_and_by_cursor(people: Cast) -> None:
    rows = [drafted(people), drafted(people, subject="phê duyệt quy chế"), brought_to(people, DocumentState.SUBMITTED)]
    caller = person(people, "specialist")

    def found(**query: str) -> list[str]:
        return [row["id"] for row in caller.get("documents", **query).json()["items"]]

    assert sorted(found()) == sorted(str(row.pk) for row in rows)
    assert found(state="submitted") == [str(rows[2].pk)]
    assert found(q="quy che") == [str(rows[1].pk)]
    assert found(type="notice") == []
    assert found(to="2020-01-01") == []
    assert sorted(found(turn="mine")) == sorted(str(row.pk) for row in rows[:2])
    first = caller.get("documents", limit=2).json()
    rest = caller.client.get(first["next"]).json()
    assert [row["id"] for row in [*first["items"], *rest["items"]]] == found()
    assert caller.get("documents", state="asleep").status_code == 400


def test_a_long_list_takes_few_queries(people: Cast, django_assert_max_num_queries: Any) -> None:
    for _number in range(12):
        brought_to(people, DocumentState.CHECKED)
    caller = person(people, "leader")
    with django_assert_max_num_queries(30):
        assert len(caller.get("documents").json()["items"]) == 12


def test_abilities_say_whose_turn_it_is(people: Cast) -> None:
    document = brought_to(people, DocumentState.CHECKED)
    able = {
        role: person(people, role).get(f"documents/{document.pk}").json()["abilities"] for role in ("leader", "clerk")
    }
    assert (able["leader"]["approve"], able["clerk"]["approve"]) == (True, False)
    assert able["clerk"]["return"]


def test_drafts_what_was_sent_and_says_where_it_is(people: Cast) -> None:
    caller = person(people, "specialist")
    answer = caller.post("documents", draft_body(people, ownerNumber=NUMBER, resultCode="KQ.G15.000216"))
    assert answer.status_code == 201, answer.content
    made = Document.objects.get()
    assert answer["Location"] == f"/api/v1/documents/{made.pk}"
    assert made.owner_number == NUMBER
    assert NUMBER not in answer.content.decode()
    assert made.drafted_by == people.specialist.user.event_actor
    assert list(made.recipients.order_by("place").values_list("unit_id", flat=True)) == [people.neighbour, None]


def test_names_every_fault_of_a_draft_at_its_field(people: Cast) -> None:
    wrong = draft_body(people, type="ode", signerId=1, resultCode="KQ.G15.000216", unitId=people.home)
    wrong["recipients"].append({"name": "Nơi khác", "kind": "main", "unitId": 10**17})
    answer = person(people, "specialist").post("documents", wrong)
    assert answer.status_code == 422
    assert {fault["pointer"] for fault in answer.json()["errors"]} == {
        "/type", "/signerId", "/resultCode", "/recipients",
    }  # fmt: skip
    assert not Document.objects.exists()


def test_refuses_a_draft_at_another_organ(people: Cast) -> None:
    assert (
        person(people, "specialist").post("documents", draft_body(people, unitId=people.neighbour)).status_code == 403
    )


def test_the_same_request_again_drafts_once(people: Cast) -> None:
    caller, body = person(people, "specialist"), draft_body(people)
    first, second = (caller.post("documents", body, key="mot-lan") for _ in range(2))
    assert first.json() == second.json()
    assert Document.objects.count() == 1


def test_a_change_keeps_what_was_not_sent(people: Cast) -> None:
    owner = Owner(number=NUMBER, user_id=people.outsider.user.pk)
    document = drafted(people, owner=owner, result_code="KQ.G15.000216", division="VP")
    caller = person(people, "specialist")
    etag = caller.etag(document)
    answer = caller.patch(f"documents/{document.pk}", {"subject": "kiện toàn Tổ công nghệ số"}, match=etag)
    assert answer.status_code == 200, answer.content
    document.refresh_from_db()
    assert document.subject == "kiện toàn Tổ công nghệ số"
    assert (document.owner_number, document.owner_id, document.division) == (NUMBER, owner.user_id, "VP")
    assert Recipient.objects.filter(document=document, unit_id=people.neighbour).exists()
    assert answer["ETag"] != etag
    late = caller.patch(f"documents/{document.pk}", {"subject": "muộn"}, match=etag)
    assert late.status_code == 412
    assert late.json()["changedBy"] == "Vàng Seo Páo"


def test_a_change_needs_the_version_that_was_read(people: Cast) -> None:
    answer = person(people, "specialist").patch(f"documents/{drafted(people).pk}", {"subject": "gì đó"})
    assert answer.status_code == 428


def test_only_a_draft_is_changed(people: Cast) -> None:
    document = brought_to(people, DocumentState.REVIEWED)
    caller = person(people, "specialist")
    answer = caller.patch(f"documents/{document.pk}", {"subject": "gì đó"}, match=caller.etag(document))
    assert answer.status_code == 409


def test_content_before_and_after_the_signature(people: Cast) -> None:
    document = drafted(people)
    caller = person(people, "specialist")
    assert caller.get(f"documents/{document.pk}/content.pdf").content.startswith(b"%PDF")
    signed = brought_to(people, DocumentState.SIGNED)
    newest = signed.versions.order_by("-seq").first()
    assert newest is not None
    assert newest.kind == "signed"
    content = caller.get(f"documents/{signed.pk}/content.pdf").content
    assert b"#signed" in content
    assert Event.objects.filter(name="documents.document.viewed", subject_id=str(signed.pk)).count() == 1


def test_an_organ_it_was_sent_to_reads_what_was_issued_and_nothing_before(people: Cast) -> None:
    waits, issued = brought_to(people, DocumentState.CHECKED), brought_to(people, DocumentState.ISSUED)
    caller = person(people, "outsider")
    for path in (f"documents/{waits.pk}", f"documents/{waits.pk}/content.pdf"):
        assert caller.get(path).status_code == 404
    assert b"#signed" in caller.get(f"documents/{issued.pk}/content.pdf").content
    assert [row["id"] for row in caller.get("documents").json()["items"]] == [str(issued.pk)]
    assert caller.get(f"documents/{issued.pk}").json()["steps"] == []


def test_nobody_comes_without_signing_in(people: Cast, client: Client) -> None:
    document = drafted(people)
    for path in ("documents", f"documents/{document.pk}", f"documents/{document.pk}/content.pdf", "document-batches"):
        assert client.get(f"/api/v1/{path}").status_code == 401


def test_a_program_reads_and_drafts_by_its_grants_only(people: Cast) -> None:
    document = drafted(people)
    caller = program(people, VIEW, DRAFT)
    assert [row["id"] for row in caller.get("documents").json()["items"]] == [str(document.pk)]
    answer = caller.post("documents", draft_body(people))
    assert answer.status_code == 201, answer.content
    made = Document.objects.get(pk=json.loads(answer.content)["id"])
    assert made.drafted_by.startswith("user:")
    assert caller.deed(made, "submissions").json()["state"] == "submitted"
    assert caller.deed(made, "withdrawals").json()["state"] == "draft"
    assert caller.post("documents", draft_body(people, unitId=people.neighbour)).status_code == 403
    for noun in ("reviews", "checks", "approvals", "signatures", "completions", "issues", "revocations"):
        assert caller.deed(made, noun, {"reason": "x"} if noun == "revocations" else None).status_code == 403


def test_a_program_that_may_only_read_drafts_nothing(people: Cast) -> None:
    document = drafted(people)
    caller = program(people, VIEW, unit_id=people.province, reach=Reach.BELOW)
    assert caller.get(f"documents/{document.pk}").status_code == 200
    assert caller.post("documents", draft_body(people)).status_code == 403
    assert caller.deed(document, "submissions").status_code == 403


def test_a_program_of_the_next_commune_sees_nothing(people: Cast) -> None:
    document = drafted(people)
    caller = program(people, VIEW, unit_id=people.neighbour)
    assert caller.get("documents").json()["items"] == []
    assert caller.get(f"documents/{document.pk}").status_code == 404


@pytest.mark.parametrize("content", [[], "chữ", {"a": "\ud800"}])
def test_content_that_is_no_object_of_texts_is_refused(people: Cast, content: Any) -> None:
    assert person(people, "specialist").post("documents", draft_body(people, content=content)).status_code == 400
