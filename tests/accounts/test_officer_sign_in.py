"""Officers: password, then the second factor; guessing is stopped, and nothing tells which names exist."""

import re
import time
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.conf import settings
from django.core.cache import cache
from django.shortcuts import resolve_url
from django.test import Client
from django.utils import timezone

from portal.accounts import lockout
from portal.accounts.models import Session
from portal.accounts.sessions import digest
from portal.accounts.signing_in import recent_second_factor
from portal.events import Event
from staff.operations import end_assignment
from tests.cast import DECISION, PASSWORD, Cast, code_now, officer

SIGN_IN = "/dang-nhap/can-bo/"
SECOND = "/dang-nhap/can-bo/xac-thuc/"


def first_step(client: Client, name: str = "hoa", password: str = PASSWORD, **extra: str):
    return client.post(SIGN_IN, {"login": name, "password": password, "next": "/tai-khoan/quyen/"}, **extra)


def facts(name: str) -> list[dict[str, object]]:
    return list(Event.objects.filter(name=name).order_by("id").values_list("facts", flat=True))


def messages(answer) -> list[str]:
    return re.findall(r"<li>(?:<a[^>]*>)?(.*?)(?:</a>)?</li>", answer.content.decode().split("error-summary", 1)[1])[:1]


def test_two_steps_lead_to_the_page_asked_for(people: Cast, client: Client) -> None:
    answer = first_step(client)
    assert (answer.status_code, answer["Location"]) == (302, SECOND)
    assert client.get("/tai-khoan/quyen/").status_code == 302, "one step is not enough"
    answer = client.post(SECOND, {"code": code_now()})
    assert (answer.status_code, answer["Location"]) == (302, "/tai-khoan/quyen/")
    assert client.get("/tai-khoan/quyen/").status_code == 200
    assert facts("accounts.user.signed_in") == [{"method": "password+second_factor"}]


def test_new_session_id_at_sign_in(people: Cast, client: Client) -> None:
    first_step(client)
    before = client.session.session_key
    client.post(SECOND, {"code": code_now()})
    assert client.session.session_key != before
    assert not Session.objects.filter(key_digest=digest(before)).exists()


def test_unknown_name_and_wrong_password_get_the_same_answer(people: Cast, client: Client) -> None:
    wrong, unknown = first_step(client, password="sai mat khau roi"), first_step(client, name="khong-co")
    assert wrong.status_code == unknown.status_code == 200
    assert messages(wrong) == messages(unknown)
    assert [fact["reason"] for fact in facts("accounts.sign_in.refused")] == ["password", "password"]
    assert "khong-co" not in str(list(Event.objects.values())), "what was typed may be a password"


def test_unknown_name_takes_as_long_as_a_wrong_password(people: Cast, settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
    people.clerk.user.set_password(PASSWORD)
    people.clerk.user.save()

    def seconds(name: str) -> float:
        began = time.perf_counter()
        first_step(Client(), name=name, password="sai mat khau roi")
        return time.perf_counter() - began

    seconds("mai")
    known, unknown = min(seconds("mai") for _ in range(3)), min(seconds("khong-co") for _ in range(3))
    assert 0.4 < known / unknown < 2.5


def test_citizens_have_no_password_door(people: Cast, client: Client) -> None:
    people.clerk.user.kind = "citizen"
    people.clerk.user.save()
    assert first_step(client, name="mai").status_code == 200
    assert "_auth_user_id" not in client.session


def test_five_wrong_passwords_lock_the_name_at_this_place_and_say_until_when(people: Cast, client: Client) -> None:
    for _ in range(lockout.FAILURES):
        first_step(client, password="sai mat khau roi")
    answer = first_step(client)
    assert answer.status_code == 200
    until = lockout.locked_until(name="hoa", ip="127.0.0.1", now=timezone.now())
    assert until is not None
    assert f"{timezone.localtime(until):%H:%M}" in answer.content.decode()
    assert len(facts("accounts.sign_in.locked")) == 1
    assert len(facts("accounts.sign_in.refused")) == lockout.FAILURES, "the lock itself records no more"


def test_lock_is_of_name_and_place_together(people: Cast, client: Client) -> None:
    for _ in range(lockout.FAILURES):
        first_step(client, password="sai mat khau roi")
    assert first_step(Client(), name="pao")["Location"] == SECOND, "a colleague in the same office"
    assert first_step(Client(), REMOTE_ADDR="10.0.0.9")["Location"] == SECOND, "the same officer elsewhere"


def test_lock_opens_by_itself(people: Cast) -> None:
    now = timezone.now()
    for _ in range(lockout.FAILURES):
        lockout.failed(name="hoa", ip="127.0.0.1", now=now)
    assert lockout.locked_until(name="HOA ", ip="127.0.0.1", now=now + lockout.LOCK - timedelta(seconds=1))
    assert lockout.locked_until(name="hoa", ip="127.0.0.1", now=now + lockout.LOCK) is None


def test_name_that_is_tried_from_everywhere_is_locked_everywhere() -> None:
    now = timezone.now()
    for number in range(lockout.FAILURES_EVERYWHERE):
        lockout.failed(name="hoa", ip=f"10.0.0.{number}", now=now)
    assert lockout.locked_until(name="hoa", ip="192.0.2.1", now=now)


def test_wrong_codes_lock_too(people: Cast, client: Client) -> None:
    first_step(client)
    for _ in range(lockout.FAILURES):
        client.post(SECOND, {"code": "000000"})
    answer = client.post(SECOND, {"code": code_now()})
    assert answer.status_code == 200
    assert "_auth_user_id" not in client.session
    assert [fact["reason"] for fact in facts("accounts.sign_in.refused")] == ["second_factor"] * lockout.FAILURES


def test_code_works_once(people: Cast) -> None:
    code = code_now()
    for expected in (302, 200):
        client = Client()
        first_step(client)
        assert client.post(SECOND, {"code": code}).status_code == expected


def test_code_of_long_ago_is_refused(people: Cast, client: Client) -> None:
    first_step(client)
    assert client.post(SECOND, {"code": code_now(-10)}).status_code == 200


def test_recovery_code_works_once(people: Cast) -> None:
    code = RecoveryCodes.activate(people.desk_officer.user).get_unused_codes()[0]
    for expected in (302, 200):
        client = Client()
        first_step(client)
        assert client.post(SECOND, {"code": code}).status_code == expected


def test_officer_without_second_factor_gets_nowhere_but_to_setting_it_up(people: Cast, client: Client) -> None:
    officer("moi", name="Người Mới", number="000190000099", unit_id=people.home, post="clerk", second_factor=False)
    assert first_step(client, name="moi").status_code == 302
    for path in ("/tai-khoan/quyen/", "/tai-khoan/phien/", "/tai-khoan/mat-khau/"):
        assert client.get(path)["Location"] == "/tai-khoan/xac-thuc/"
    assert client.get("/tai-khoan/xac-thuc/").status_code == 200
    client.post("/tai-khoan/xac-nhan/mat-khau/?next=/tai-khoan/xac-thuc/ung-dung/", {"password": PASSWORD})
    page = client.get("/tai-khoan/xac-thuc/ung-dung/")
    assert page.status_code == 200
    assert client.get("/tai-khoan/xac-thuc/ung-dung/ma-qr.svg")["Content-Type"] == "image/svg+xml"


def test_second_factor_secret_is_sealed(people: Cast) -> None:
    stored = Authenticator.objects.get(user=people.clerk.user, type="totp").data["secret"]
    assert "JBSWY3DP" not in stored


def test_last_second_factor_cannot_be_removed(people: Cast, client: Client) -> None:
    first_step(client)
    client.post(SECOND, {"code": code_now()})
    cache.clear()
    client.post("/tai-khoan/xac-nhan/?next=/", {"code": code_now()})
    client.post("/tai-khoan/xac-thuc/ung-dung/go/")
    assert Authenticator.objects.filter(user=people.desk_officer.user, type="totp").exists()


def test_officer_without_post_is_refused_after_both_steps(people: Cast, client: Client) -> None:
    from portal.isolation import scope

    with scope(units=[people.home, people.province]):
        end_assignment(
            assignment=people.desk_officer.assignment,
            until=timezone.localdate(),
            decision=DECISION,
            actor=people.administrator.user,
            now=timezone.now(),
        )
    first_step(client)
    answer = client.post(SECOND, {"code": code_now()})
    assert answer.status_code == 403
    assert "_auth_user_id" not in client.session
    assert facts("accounts.sign_in.refused") == [{"method": "password", "reason": "no_post"}]


@pytest.mark.parametrize("target", ["//evil.example", "https://evil.example/", "/\\evil.example"])
def test_next_never_leads_away(people: Cast, client: Client, target: str) -> None:
    client.post(SIGN_IN, {"login": "hoa", "password": PASSWORD, "next": target})
    assert client.post(SECOND, {"code": code_now()})["Location"] == resolve_url(settings.LOGIN_REDIRECT_URL)


def test_recent_second_factor_is_recent(people: Cast, client: Client, rf) -> None:
    first_step(client)
    client.post(SECOND, {"code": code_now()})
    request = rf.get("/")
    request.user, request.session = people.desk_officer.user, client.session
    now = timezone.now()
    assert recent_second_factor(request, now=now)
    assert not recent_second_factor(request, now=now + timedelta(minutes=11))


def test_forged_request_is_refused_with_a_page(people: Cast) -> None:
    answer = Client(enforce_csrf_checks=True).post(SIGN_IN, {"login": "hoa", "password": PASSWORD})
    assert answer.status_code == 403
    assert "<h1" in answer.content.decode()


def test_flood_from_one_address_is_answered_with_a_page(people: Cast, client: Client, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login": "2/m/ip"}
    answers = [first_step(client, password="sai mat khau roi") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[-1]["Retry-After"]
    assert "govuk-heading" in answers[-1].content.decode()
