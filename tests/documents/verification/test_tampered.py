"""Whatever was done to an issued file, the page says that it is not valid; the untouched one is valid."""

import time
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from documents.codes import shown
from documents.models import Document, DocumentVersion
from documents.queries.files import read
from documents.signing.engine import status
from documents.states import DocumentState
from portal.isolation import Purpose, scope
from tests.cast import Cast
from tests.documents.route.build import brought_to
from tests.signing.test_tampering import TAMPERINGS
from tests.trust import Trust

SECONDS = 5.0  # for one page, on a machine that does other things too


@pytest.fixture
def issued(signing_people: Cast) -> Document:
    return brought_to(signing_people, DocumentState.ISSUED)


def contents(document: Document) -> dict[str, bytes]:
    """Kind of version -> its file."""
    rows = DocumentVersion.objects.filter(document=document).select_related("file").order_by("seq")
    return {row.kind: read(row.file) for row in rows if row.kind != "draft"}


def verdict(client: Client, content: bytes, code: str = "") -> tuple[bool, str]:
    where = f"/xac-minh/{shown(code)}/" if code else "/xac-minh/tep/"
    answer: Any = client.post(where, {"file": SimpleUploadedFile("giay.pdf", content, "application/pdf")})
    if answer.status_code == 400:  # so broken that the inspection refuses it
        return False, answer.content.decode()
    assert answer.status_code == 200
    return answer.context["check"].verdict.valid, answer.content.decode()


def test_the_untouched_file_is_valid_with_and_without_its_code(client: Client, issued: Document) -> None:
    content = contents(issued)["sealed"]
    began = time.process_time()
    valid, text = verdict(client, content, issued.code)
    assert time.process_time() - began < SECONDS
    assert valid
    assert "giống từng byte" in text
    assert "không hợp lệ" not in text
    valid, text = verdict(client, content)
    assert valid
    assert "Nguyễn Văn Thành" in text


def test_every_tampered_file_is_not_valid(client: Client, issued: Document, trust: Trust) -> None:
    files = contents(issued)
    sealed, signed = files["sealed"], files["signed"]
    passed = []
    for tamper in TAMPERINGS:
        changed = tamper(sealed, signed, trust)
        assert changed != sealed
        valid, text = verdict(client, changed, issued.code)
        if valid or ("không hợp lệ" not in text and "govuk-error-message" not in text):
            passed.append(tamper.__name__)
    assert len(TAMPERINGS) >= 12
    assert passed == []


def test_unknown_status_is_never_valid(client: Client, issued: Document, trust: Trust) -> None:
    content = contents(issued)["sealed"]
    status.MEMORY.forget()
    trust.faults(ocsp="down", crl="down")
    valid, text = verdict(client, content, issued.code)
    assert not valid
    assert "không hợp lệ" in text


def test_the_file_of_another_document_is_not_this_one(client: Client, issued: Document, signing_people: Cast) -> None:
    other = brought_to(signing_people, DocumentState.ISSUED)
    valid, text = verdict(client, contents(other)["sealed"], issued.code)
    assert not valid
    assert "không phải tệp đã ban hành" in text


def test_nothing_that_was_sent_is_kept(client: Client, issued: Document) -> None:
    content = contents(issued)["sealed"]
    with scope(purpose=Purpose.DEMO):
        before = DocumentVersion.objects.count()
    verdict(client, content + b"\n", issued.code)
    with scope(purpose=Purpose.DEMO):
        assert DocumentVersion.objects.count() == before
