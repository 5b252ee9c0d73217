"""Anybody with the code learns what was issued and whether it is in force; without it nobody learns anything."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.html import escape

from documents.codes import shown
from documents.drafts import Owner
from documents.models import Document, DocumentVersion, RouteStep
from documents.operations.issuing import revoke
from documents.printing import data_of, verification_address
from documents.states import DocumentState
from portal.isolation import Purpose, scope
from tests.cast import Cast
from tests.documents.route.build import brought_to, drafted, step

REASON = "Ban hành không đúng thẩm quyền"


@pytest.fixture
def issued(people_without_scope: Cast) -> Document:
    with scope(units=[people_without_scope.home]):
        return brought_to(people_without_scope, DocumentState.ISSUED)


def page(client: Client, code: str) -> Any:
    return client.get(f"/xac-minh/{shown(code)}/")


def test_it_says_what_was_issued_by_whom_and_that_it_is_in_force(client: Client, issued: Document) -> None:
    answer = page(client, issued.code)
    assert answer.status_code == 200
    with scope(purpose=Purpose.VERIFICATION):
        sha256 = DocumentVersion.objects.get(document=issued).sha256
    text = answer.content.decode()
    for wanted in (issued.number, issued.subject, "Quyết định", "Ủy ban nhân dân", "Đang có hiệu lực", sha256[:8]):
        assert escape(wanted) in text


def test_the_qr_code_of_the_document_leads_to_its_page(
    client: Client, people_without_scope: Cast, issued: Document
) -> None:
    with scope(units=[people_without_scope.home]):
        printed = data_of(issued)["verify_at"]
    assert printed == verification_address(issued.code)
    assert client.get(urlsplit(printed).path).status_code == 200


@pytest.mark.parametrize("code", ["AAAA-BBBB-CCCC", "x", "0" * 300, "%00", "tep2"])
def test_an_unknown_code_is_told_so(client: Client, db: None, code: str) -> None:
    answer = client.get(f"/xac-minh/{code}/")
    assert answer.status_code == 404
    assert "Không có văn bản" in answer.content.decode()


def test_what_is_not_issued_answers_as_an_unknown_code(client: Client, people_without_scope: Cast) -> None:
    with scope(units=[people_without_scope.home]):
        draft, signed = drafted(people_without_scope), brought_to(people_without_scope, DocumentState.SIGNED)
    for document in (draft, signed):
        answer = page(client, document.code)
        assert answer.status_code == 404
        assert document.subject not in answer.content.decode()


def test_a_revoked_one_says_so_with_reason_and_moment(
    client: Client, people_without_scope: Cast, issued: Document
) -> None:
    with scope(units=[people_without_scope.home]):
        step(revoke, issued, people_without_scope.leader, reason=REASON)
    text = page(client, issued.code).content.decode()
    assert "Đã thu hồi" in text
    assert REASON in text
    assert "Đang có hiệu lực" not in text


def test_a_replaced_one_leads_to_its_successor(client: Client, people_without_scope: Cast, issued: Document) -> None:
    with scope(units=[people_without_scope.home]):
        newer = brought_to(people_without_scope, DocumentState.ISSUED, replaces=issued.pk)
    text = page(client, issued.code).content.decode()
    assert "Đã được thay thế" in text
    assert f"/xac-minh/{shown(newer.code)}/" in text


def test_a_paper_made_out_to_a_person_does_not_show_its_subject_line(
    client: Client, people_without_scope: Cast
) -> None:
    owner = Owner(number="000188000777")
    with scope(units=[people_without_scope.home]):
        made = brought_to(
            people_without_scope,
            DocumentState.ISSUED,
            owner=owner,
            result_code="KQ.G15.000216",
            subject="cấp giấy cho bà Giàng Thị Mỷ",
        )
    text = page(client, made.code).content.decode()
    assert made.number in text
    assert "Giàng" not in text
    assert "000188000777" not in text


def test_without_filters_the_purpose_shows_only_ends_of_issued_documents(
    people_without_scope: Cast, issued: Document
) -> None:
    with scope(units=[people_without_scope.home]):
        step(revoke, issued, people_without_scope.leader, reason=REASON)
        drafted(people_without_scope)
    with scope(purpose=Purpose.VERIFICATION):
        assert [row.action for row in RouteStep.objects.all()] == ["revoke"]
        assert [row.pk for row in Document.objects.all()] == [issued.pk]


def test_a_code_is_found_as_it_is_typed(client: Client, issued: Document) -> None:
    answer = client.get("/xac-minh/", {"ma": shown(issued.code).lower().replace("-", " ")})
    assert answer.status_code == 302
    assert answer["Location"] == f"/xac-minh/{shown(issued.code)}/"


@pytest.mark.parametrize("typed", ["", "7Q2M", "0OI1-0OI1-0OI1", "x" * 300])
def test_a_code_that_cannot_be_one_is_refused_at_the_field(client: Client, db: None, typed: str) -> None:
    answer = client.get("/xac-minh/", {"ma": typed})
    assert answer.status_code == 400
    assert "govuk-error-message" in answer.content.decode()


@pytest.mark.parametrize("where", ["/xac-minh/tep/", "/xac-minh/{code}/"])
@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"GIF89a no pdf", "không đúng"),
        (b"", "không có nội dung"),
        (b"%PDF-1.7\n" + bytes(11 * 1024 * 1024), "lớn hơn"),
    ],
)
def test_what_is_no_pdf_is_refused_at_the_field(
    client: Client, issued: Document, where: str, content: bytes, says: str
) -> None:
    file = SimpleUploadedFile("giay.pdf", content, "application/pdf")
    answer = client.post(where.format(code=issued.code), {"file": file})
    assert answer.status_code == 400
    assert says in answer.content.decode()


def test_a_file_of_200_mb_is_refused_with_its_limit(client: Client, db: None) -> None:
    file = SimpleUploadedFile("giay.pdf", bytes(200 * 1024 * 1024), "application/pdf")
    answer = client.post("/xac-minh/tep/", {"file": file})
    assert answer.status_code == 400
    assert "10,0 MB" in answer.content.decode().replace("\xa0", " ")


def test_no_file_is_asked_for(client: Client, db: None) -> None:
    assert client.post("/xac-minh/tep/", {}).status_code == 400


def test_an_address_that_asks_too_often_has_to_wait(client: Client, issued: Document, settings: Any) -> None:
    settings.VERIFICATION_RATE = "2/min"
    assert [page(client, "A" * 12).status_code for _ in range(3)] == [404, 404, 429]
    assert client.get(f"/api/v1/verifications/{issued.code}").status_code == 429


def test_rest_says_the_same(client: Client, issued: Document) -> None:
    answer = client.get(f"/api/v1/verifications/{shown(issued.code)}")
    assert answer.status_code == 200
    found = answer.json()
    assert (found["number"], found["state"], found["replacedByCode"]) == (issued.number, "issued", None)
    unknown = client.get("/api/v1/verifications/AAAA-BBBB-CCCC")
    assert (unknown.status_code, unknown["Content-Type"]) == (404, "application/problem+json")
