"""A citizen sees what was issued to them, opens its file and leads others to its page; nobody else's."""

import pytest
from django.test import Client

from documents.codes import shown
from documents.drafts import Owner
from documents.models import Document
from documents.operations.issuing import revoke
from documents.states import DocumentState
from portal.accounts.models import User
from portal.isolation import scope
from tests.cast import Cast, sign_in
from tests.documents.route.build import brought_to, citizen, step


@pytest.fixture
def owner(db: None) -> User:
    return citizen("c-owner")


@pytest.fixture
def paper(people_without_scope: Cast, owner: User) -> Document:
    made_out = Owner(number="000188000777", user_id=owner.pk)
    with scope(units=[people_without_scope.home]):
        return brought_to(people_without_scope, DocumentState.ISSUED, owner=made_out, result_code="KQ.G15.000216")


def test_the_owner_sees_it_with_validity_file_and_page(client: Client, paper: Document, owner: User) -> None:
    sign_in(client, owner)
    text = client.get("/giay-to/").content.decode()
    assert paper.number in text
    assert "Đang có hiệu lực" in text
    assert f"/xac-minh/{shown(paper.code)}/" in text
    start = text.index('href="/tep/') + len('href="')
    answer = client.get(text[start : text.index('"', start)])
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")


def test_a_revoked_one_is_said_to_be(client: Client, people_without_scope: Cast, paper: Document, owner: User) -> None:
    with scope(units=[people_without_scope.home]):
        step(revoke, paper, people_without_scope.leader, reason="Cấp sai")
    sign_in(client, owner)
    assert "Đã thu hồi" in client.get("/giay-to/").content.decode()


def test_another_citizen_sees_an_empty_list(client: Client, paper: Document) -> None:
    sign_in(client, citizen("c-other"))
    text = client.get("/giay-to/").content.decode()
    assert paper.number not in text
    assert "app-empty" in text


def test_officers_and_visitors_have_no_such_page(client: Client, people_without_scope: Cast, paper: Document) -> None:
    assert client.get("/giay-to/").status_code == 302
    sign_in(client, people_without_scope.specialist.user)
    assert client.get("/giay-to/").status_code == 404
