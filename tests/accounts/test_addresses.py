"""There is no other way in: no sign-up, no reset by mail, no mail addresses, no passkey door, no Django admin."""

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from portal.routes import routes

SIGNS_IN = {
    "accounts:sign-in",
    "accounts:first-sign-in",
    "accounts:vneid-start",
    "accounts:vneid-start-officer",
    "accounts:vneid-answer",
    "account_login",
    "mfa_authenticate",
}


def test_ways_in_are_the_known_ones() -> None:
    found = {route.name for route in routes() if "dang-nhap" in route.path or "login" in route.name.lower()}
    assert found == SIGNS_IN


@pytest.mark.parametrize(
    "name",
    ["account_signup", "account_email", "account_reset_password", "account_confirm_email", "account_request_login_code",
     "mfa_login_webauthn", "mfa_signup_webauthn", "mfa_trust", "socialaccount_signup", "admin:login"],
)  # fmt: skip
def test_has_no_address(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.django_db
def test_start_needs_a_form_of_ours() -> None:
    assert Client().get("/dang-nhap/vneid/").status_code == 405
    assert Client(enforce_csrf_checks=True).post("/dang-nhap/vneid/").status_code == 403


@pytest.mark.django_db
def test_pages_of_signing_in_are_not_cached(client: Client) -> None:
    for name in ("accounts:sign-in", "account_login"):
        assert "no-store" in client.get(reverse(name))["Cache-Control"]
