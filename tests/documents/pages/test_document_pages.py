"""Documents on pages: each deed does it, once; readers and strangers are refused; what was typed is kept."""

import re
import time
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from documents.models import Document, SigningBatch, SigningItem
from documents.operations.route import submit_for_review
from documents.states import DocumentState
from tests.cast import Cast, sign_in
from tests.documents.route.build import brought_to, drafted, step, work_off

TOKEN = re.compile(r'name="form_token" value="([^"]+)"')
SIMPLE = [
    (DocumentState.DRAFT, "trinh", "specialist", DocumentState.SUBMITTED),
    (DocumentState.SUBMITTED, "rut-lai", "specialist", DocumentState.DRAFT),
    (DocumentState.SUBMITTED, "soat-noi-dung", "deputy", DocumentState.REVIEWED),
    (DocumentState.REVIEWED, "soat-the-thuc", "clerk", DocumentState.CHECKED),
    (DocumentState.CHECKED, "duyet", "leader", DocumentState.APPROVED),
]


def path(name: str, *args: Any) -> str:
    return reverse(f"documents:{name}", args=args)


def client_of(people: Cast, role: str) -> Client:
    return sign_in(Client(), getattr(people, role).user)


def token(client: Client, address: str) -> str:
    return TOKEN.findall(client.get(address).content.decode())[0]


def send(client: Client, document: Document, noun: str, *, page: str = "", **data: Any) -> Any:
    shown = page or path("document", document.pk)
    form = {"revision": document.revision, "form_token": token(client, shown)} | data
    return client.post(path("document-deed", document.pk, noun), form)


def state(document: Document) -> str:
    return Document.objects.get(pk=document.pk).state


@pytest.mark.parametrize(("start", "noun", "role", "target"), SIMPLE)
def test_a_deed_is_one_press_and_a_second_press_changes_nothing(
    people: Cast, start: DocumentState, noun: str, role: str, target: DocumentState
) -> None:
    document = brought_to(people, start)
    client = client_of(people, role)
    sent = {"revision": document.revision, "form_token": token(client, path("document", document.pk))}
    address = path("document-deed", document.pk, noun)
    answers = [client.post(address, sent) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert state(document) == target
    assert document.steps.count() + 1 == Document.objects.get(pk=document.pk).revision + 1


@pytest.mark.parametrize(("start", "noun", "role", "target"), SIMPLE)
def test_a_deed_refuses_get_readers_and_strangers(
    people: Cast, start: DocumentState, noun: str, role: str, target: DocumentState
) -> None:
    document = brought_to(people, start)
    assert client_of(people, role).get(path("document-deed", document.pk, noun)).status_code == 405
    reader = client_of(people, "desk_officer" if noun != "trinh" else "vice_chair")
    other = path("document-new") + f"?loai=decision&don-vi={people.home}"
    if noun != "trinh":
        assert send(reader, document, noun, page=other).status_code == 403
    outsider = client_of(people, "outsider")
    there = path("document-new") + f"?loai=decision&don-vi={people.neighbour}"
    assert send(outsider, document, noun, page=there).status_code == 404
    assert state(document) == start


def test_a_stranger_of_the_next_commune_sees_nothing(people: Cast) -> None:
    document = drafted(people)
    outsider = client_of(people, "outsider")
    for name in ("document", "document-preview", "document-revise"):
        assert outsider.get(path(name, document.pk)).status_code == 404
    assert "Tổ công nghệ số" not in outsider.get(path("documents")).content.decode()


def test_returning_asks_for_a_reason_and_keeps_it(people: Cast) -> None:
    document = brought_to(people, DocumentState.CHECKED)
    leader = client_of(people, "leader")
    page = path("document-deed", document.pk, "tra-lai")
    assert send(leader, document, "tra-lai", page=page, reason=" ").status_code == 400
    assert send(leader, document, "tra-lai", page=page, reason="Thiếu căn cứ pháp lý").status_code == 302
    assert state(document) == DocumentState.DRAFT
    assert "Thiếu căn cứ pháp lý" in leader.get(path("document", document.pk)).content.decode()


def test_whoever_acts_on_an_older_revision_is_told_and_keeps_what_they_typed(people: Cast) -> None:
    document = brought_to(people, DocumentState.SUBMITTED)
    leader = client_of(people, "leader")
    page = path("document-deed", document.pk, "tra-lai")
    form_token = token(leader, page)
    newer = send(client_of(people, "deputy"), document, "soat-noi-dung")
    assert newer.status_code == 302
    answer = leader.post(page, {"revision": document.revision, "form_token": form_token, "reason": "Sai tên xã"})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Trần Quốc Huy" in text
    assert "Sai tên xã" in text
    assert state(document) == DocumentState.REVIEWED


def test_list_is_filtered_by_state_type_words_and_turn(people: Cast) -> None:
    drafted(people)
    step(submit_for_review, drafted(people, subject="phê duyệt quy chế làm việc"), people.specialist)
    client = client_of(people, "specialist")

    def found(**query: str) -> tuple[bool, bool]:
        text = client.get(path("documents"), query).content.decode()
        return "Tổ công nghệ số" in text, "quy chế làm việc" in text

    assert found() == (True, True)
    assert found(trang_thai="draft") == (True, False)
    assert found(q="che lam viec") == (False, True)
    assert found(loai="notice") == (False, False)
    assert found(cho_toi="on") == (True, False)
    assert found(den="2020-01-01") == (False, False)
    assert client.get(path("documents"), {"tu": "mai"}).status_code == 400


def test_drafting_on_the_page_makes_what_was_typed(people: Cast) -> None:
    client = client_of(people, "specialist")
    page = path("document-new") + f"?loai=decision&don-vi={people.home}"
    sent = {
        "form_token": token(client, page), "subject": "thành lập Tổ rà soát", "authority": "Chủ tịch UBND xã An",
        "grounds": "Căn cứ Luật A\nCăn cứ Luật B", "articles": "Thành lập Tổ.\n\nTổ có nhiệm vụ:\n1. Rà soát.",
        "recipients": "Như Điều 2\nSở Nội vụ", "keeper": "VT", "urgency": "normal",
        "signer": f"{people.leader.assignment.pk}:TM.",
    }  # fmt: skip
    assert client.post(page, sent | {"subject": ""}).status_code == 400
    answer = client.post(page, sent)
    assert answer.status_code == 302
    made = Document.objects.get()
    assert made.content["articles"] == [["Thành lập Tổ."], ["Tổ có nhiệm vụ:", "1. Rà soát."]]
    assert list(made.recipients.order_by("place").values_list("name", flat=True)) == ["Như Điều 2", "Sở Nội vụ", "VT"]
    assert client.get(path("document-preview", made.pk)).content.startswith(b"%PDF")
    revise = path("document-revise", made.pk)
    again = sent | {"form_token": token(client, revise), "revision": 1, "subject": "thành lập Tổ kiểm tra"}
    assert client.post(revise, again).status_code == 302
    assert Document.objects.get().subject == "thành lập Tổ kiểm tra"


def test_signing_asks_for_the_second_factor_and_comes_back(people: Cast) -> None:
    document = brought_to(people, DocumentState.APPROVED)
    client = client_of(people, "leader")
    page = path("document-deed", document.pk, "chu-ky")
    assert send(client, document, "chu-ky", page=page).status_code == 302
    work_off()
    assert state(document) == DocumentState.SIGNED
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": time.time() - 700, "type": "totp"}]
    session.save()
    other = brought_to(people, DocumentState.APPROVED, subject="văn bản thứ hai")
    away = client.get(path("document-deed", other.pk, "chu-ky"))
    assert away.status_code == 302
    assert path("document-deed", other.pk, "chu-ky").replace("/", "%2F") in away["Location"]


@pytest.mark.parametrize(("way", "role", "start", "target"), [
    ("ky", "leader", DocumentState.APPROVED, DocumentState.SIGNED),
    ("phat-hanh", "clerk", DocumentState.SIGNED, DocumentState.ISSUED),
])  # fmt: skip
def test_a_batch_is_chosen_confirmed_once_and_watched(
    people: Cast, way: str, role: str, start: DocumentState, target: DocumentState
) -> None:
    documents = [brought_to(people, start, subject=f"văn bản {number}") for number in range(2)]
    client = client_of(people, role)
    choice, confirm = path(f"batch-{way}"), path(f"batch-{way}-confirm")
    assert client.post(choice, {}).status_code == 400
    picks = [f"{row.pk}:{row.revision}" for row in documents]
    assert client.post(choice, {"document": picks})["Location"] == confirm
    sent = {"form_token": token(client, confirm)}
    answers = [client.post(confirm, sent)["Location"] for _ in range(2)]
    assert answers[0] == answers[1]
    assert SigningBatch.objects.get(pk=answers[0].strip("/").split("/")[-1]).items.count() == 2
    assert client.get(answers[0]).status_code == 200
    assert client_of(people, "vice_chair").get(answers[0]).status_code == 404
    work_off()
    assert [state(row) for row in documents] == [target, target]


def test_the_rest_of_a_batch_is_called_off(people: Cast) -> None:
    document = brought_to(people, DocumentState.APPROVED)
    client = client_of(people, "leader")
    client.post(path("batch-ky"), {"document": [f"{document.pk}:{document.revision}"]})
    confirm = path("batch-ky-confirm")
    batch = client.post(confirm, {"form_token": token(client, confirm)})["Location"]
    assert client.get(batch + "huy/").status_code == 405
    assert client.post(batch + "huy/").status_code == 302
    assert SigningItem.objects.get().state == "cancelled"
    assert state(document) == DocumentState.APPROVED


def test_pages_take_a_bounded_number_of_queries(people: Cast, django_assert_max_num_queries: Any) -> None:
    for number in range(5):
        document = drafted(people, subject=f"văn bản {number}")
    client = client_of(people, "specialist")
    client.get(path("documents"))  # the first page of a session notes it
    with django_assert_max_num_queries(16):  # of these 14 are session, person, rights and scope
        client.get(path("documents"))
    with django_assert_max_num_queries(18):
        client.get(path("document", document.pk))
    with django_assert_max_num_queries(15):
        client.get(path("batch-ky"))


def test_what_waits_stands_in_the_work_of_its_officer(people: Cast) -> None:
    brought_to(people, DocumentState.SUBMITTED)
    assert "Tổ công nghệ số" in client_of(people, "deputy").get("/viec-cua-toi/").content.decode()
    assert "Tổ công nghệ số" not in client_of(people, "desk_officer").get("/viec-cua-toi/").content.decode()
