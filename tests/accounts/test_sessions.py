"""Sessions end: unused, too old, ended by their owner, closed accounts; and say so."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from portal.accounts.middleware import SessionRules
from portal.accounts.models import Session
from portal.accounts.operations import close_user
from portal.accounts.sessions import SessionStore, digest
from portal.events import Event
from portal.events.actors import System
from portal.isolation import EMPTY, Scope
from portal.isolation.scopes import scope_of
from tests.cast import Cast, sign_in

PAGE = "/tai-khoan/phien/"


def shift(client: Client, **by: Any) -> Session:
    """Move the clock: as if this session had been seen, or begun, that long ago."""
    row = Session.objects.get(key_digest=digest(client.session.session_key))
    for field, ago in by.items():
        setattr(row, field, timezone.now() - ago)
    row.save()
    return row


def test_cookie_is_stored_as_digest_only(people: Cast, client: Client) -> None:
    sign_in(client, people.clerk.user)
    key = client.session.session_key
    assert key not in str(list(Session.objects.values()))


@pytest.mark.parametrize(
    ("by", "why"),
    [({"seen_at": timedelta(minutes=16)}, "idle"), ({"begun_at": timedelta(hours=12, minutes=1)}, "absolute")],
)
def test_session_over_leads_to_signing_in_and_says_why(
    people: Cast, client: Client, by: dict[str, timedelta], why: str
) -> None:
    sign_in(client, people.clerk.user)
    shift(client, **by)
    answer = client.get(PAGE)
    assert answer.status_code == 302
    assert answer["Location"] == f"/dang-nhap/?next=%2Ftai-khoan%2Fphien%2F&ended={why}"
    assert Event.objects.get(name="accounts.session.ended").facts == {"reason": why}
    assert "govuk-inset-text" in client.get(answer["Location"]).content.decode()


def test_session_lives_on_while_it_is_used(people: Cast, client: Client) -> None:
    sign_in(client, people.clerk.user)
    row = shift(client, seen_at=timedelta(minutes=14))
    assert client.get(PAGE).status_code == 200
    row.refresh_from_db()
    assert timezone.now() - row.seen_at < timedelta(minutes=1)


def test_form_after_the_end_is_not_taken_and_brings_back(people: Cast, client: Client) -> None:
    sign_in(client, people.clerk.user)
    shift(client, seen_at=timedelta(minutes=16))
    answer = client.post("/tai-khoan/phien/ket-thuc-phien-khac/", HTTP_REFERER="http://testserver/tai-khoan/phien/?a=1")
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "next=%2Ftai-khoan%2Fphien%2F%3Fa%3D1" in page
    assert "Nothing was sent" in page or "Chưa có gì được gửi" in page


def test_form_of_a_stranger_is_not_taken(client: Client, db: None) -> None:
    answer = client.post("/tai-khoan/phien/ket-thuc-phien-khac/", HTTP_REFERER="https://evil.example/x")
    assert answer.status_code == 403
    assert "evil" not in answer.content.decode()


def test_closed_account_is_out_at_the_next_request(people: Cast, client: Client) -> None:
    sign_in(client, people.clerk.user)
    assert close_user(user=people.clerk.user, reason="lost", actor=System.COMMAND, now=timezone.now()) == 1
    assert "ended=disabled" in client.get(PAGE)["Location"]


def test_changed_password_ends_other_sessions(people: Cast, client: Client) -> None:
    sign_in(client, people.clerk.user)
    people.clerk.user.set_password("mot mat khau khac hẳn")
    people.clerk.user.save()
    assert client.get(PAGE).status_code == 302


def test_owner_sees_own_sessions_only(people: Cast, client: Client) -> None:
    sign_in(client, people.clerk.user)
    sign_in(Client(HTTP_USER_AGENT="x"), people.clerk.user)
    sign_in(Client(), people.outsider.user)
    answer = client.get(PAGE)
    assert len(answer.context["sessions"]) == 2


def test_owner_ends_one_and_its_browser_is_told(people: Cast, client: Client) -> None:
    sign_in(client, people.clerk.user)
    other = sign_in(Client(), people.clerk.user)
    row = Session.objects.get(key_digest=digest(other.session.session_key))
    assert client.post(reverse("accounts:session-end", args=[row.public_id])).status_code == 302
    assert "ended=owner" in other.get(PAGE)["Location"]
    assert client.get(PAGE).status_code == 200


def test_owner_ends_all_others(people: Cast, client: Client) -> None:
    sign_in(client, people.clerk.user)
    others = [sign_in(Client(), people.clerk.user) for _ in range(2)]
    client.post(reverse("accounts:sessions-end-others"))
    assert [other.get(PAGE).status_code for other in others] == [302, 302]
    assert client.get(PAGE).status_code == 200


def test_nobody_ends_the_session_of_another(people: Cast, client: Client) -> None:
    sign_in(client, people.outsider.user)
    other = sign_in(Client(), people.clerk.user)
    row = Session.objects.get(key_digest=digest(other.session.session_key))
    assert client.post(reverse("accounts:session-end", args=[row.public_id])).status_code == 404
    assert other.get(PAGE).status_code == 200


@pytest.mark.parametrize("name", ["accounts:sessions-end-others", "account_logout"])
def test_get_ends_nothing(people: Cast, client: Client, name: str) -> None:
    sign_in(client, people.clerk.user)
    assert client.get(reverse(name)).status_code == 405
    assert client.get(PAGE).status_code == 200


def test_sign_out_clears_the_browser_and_voids_the_cookie(people: Cast, client: Client) -> None:
    sign_in(client, people.clerk.user)
    old = client.cookies.copy()
    answer = client.post(reverse("account_logout"))
    assert "storage" in answer["Clear-Site-Data"]
    assert Event.objects.filter(name="accounts.user.signed_out").count() == 1
    again = Client()
    again.cookies = old
    assert again.get(PAGE).status_code == 302


def test_old_rows_are_swept(people: Cast, client: Client) -> None:
    sign_in(client, people.clerk.user)
    row = shift(client)
    row.expires_at = timezone.now() - timedelta(days=8)
    row.save()
    SessionStore.clear_expired()
    assert not Session.objects.filter(pk=row.pk).exists()


def test_session_that_is_over_opens_no_scope(people: Cast, client: Client) -> None:
    """Also not for an address under /api/, which answers strangers by itself."""
    seen: list[Scope] = []
    sign_in(client, people.clerk.user)
    shift(client, seen_at=timedelta(minutes=16))

    def look(request: HttpRequest) -> HttpResponse:
        seen.append(scope_of(request))
        return HttpResponse()

    request = RequestFactory().get("/api/v1/units")
    request.session = SessionStore(client.session.session_key)
    request.user = people.clerk.user
    SessionRules(look)(request)
    assert seen == [EMPTY]
    order = settings.MIDDLEWARE
    assert order.index("portal.accounts.middleware.SessionRules") < order.index(
        "portal.isolation.middleware.ScopeMiddleware"
    )
