"""The sandbox itself: never in production, and strict with what the portal asks."""

import os
import subprocess
import sys
from urllib.parse import urlencode

import pytest
import requests
from django.conf import settings
from django.test import Client

from tests.integrations.sandboxed import SECRET, Sandbox, start


@pytest.mark.parametrize("production", [{"MC_PRODUCTION": "1"}, {"DJANGO_SETTINGS_MODULE": "portal.settings.base"}])
def test_refuses_to_start_in_production(production: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "integrations.sandbox", "--port", "0"],
        env={"PATH": os.environ["PATH"], **production},
        capture_output=True,
        text=True,
        timeout=60,
        cwd=settings.BASE_DIR,
        check=False,
    )
    assert done.returncode == 1
    assert "does not run in production" in done.stderr


GOOD = {
    "response_type": "code",
    "client_id": "portal",
    "redirect_uri": "http://127.0.0.1:8000/dang-nhap/vneid/tra-loi/",
    "scope": "openid",
    "state": "s",
    "nonce": "n",
    "code_challenge": "c",
    "code_challenge_method": "S256",
}


@pytest.mark.parametrize(
    "bad",
    [
        {"client_id": "another"},
        {"redirect_uri": "https://evil.example/dang-nhap/vneid/tra-loi/"},
        {"redirect_uri": "http://127.0.0.1:8000/elsewhere/"},
        {"code_challenge_method": "plain"},
        {"response_type": "token"},
    ],
)
def test_wrong_request_leads_nowhere(sandbox: Sandbox, bad: dict[str, str]) -> None:
    answer = requests.get(f"{sandbox.issuer}/auth?{urlencode(GOOD | bad)}", allow_redirects=False, timeout=10)
    assert answer.status_code == 400


def test_page_is_marked_as_trial_and_has_no_inline_code(sandbox: Sandbox) -> None:
    answer = requests.get(f"{sandbox.issuer}/auth?{urlencode(GOOD)}", timeout=10)
    assert 'lang="vi"' in answer.text
    assert "<script" not in answer.text
    assert "style=" not in answer.text
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_cookie_has_a_name_of_its_own(sandbox: Sandbox) -> None:
    answer = requests.get(f"{sandbox.issuer}/auth?{urlencode(GOOD)}", timeout=10)
    assert set(answer.cookies.keys()) == {"sandbox-csrf"}


@pytest.mark.django_db
def test_code_is_taken_once(sandbox: Sandbox, client: Client) -> None:
    location = sandbox.choose(start(client), "ban")
    code = location.split("code=")[1].split("&")[0]
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": "x", "code_verifier": "y"}
    for _ in range(2):
        answer = requests.post(f"{sandbox.issuer}/token", data=form, auth=("portal", SECRET), timeout=10)
        assert (answer.status_code, answer.json()) == (400, {"error": "invalid_grant"})
    assert requests.post(f"{sandbox.issuer}/token", data=form, auth=("portal", "wrong"), timeout=10).status_code == 401


def test_userinfo_wants_post_and_a_token(sandbox: Sandbox) -> None:
    assert requests.get(f"{sandbox.issuer}/userinfo", timeout=10).status_code == 405
    assert requests.post(f"{sandbox.issuer}/userinfo", timeout=10).status_code == 401
