"""An officer's first sign-in: the one-time secret becomes a password and a second factor, once, within a day."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.accounts import lockout, one_time
from portal.accounts.models import OneTimeSecret, User
from portal.accounts.operations import close_user, give_secret
from portal.events import Event
from portal.events.actors import System
from portal.isolation import scope
from staff.models import Assignment
from staff.operations import end_assignment
from tests.cast import DECISION, PASSWORD, Cast, code_now, sign_in

FIRST = "/dang-nhap/can-bo/lan-dau/"
NEW = "đường lên bản mờ sương"


@pytest.fixture(autouse=True)
def clean_cache() -> None:
    cache.clear()


def secret_for(user: User) -> str:
    unit = Assignment.objects.of(user).get().unit_id
    with scope(units=[unit]):
        return give_secret(user=user, unit=unit, actor=System.COMMAND, now=timezone.now())


def use(client: Client, secret: str, name: str = "hoa", **more: str):
    return client.post(FIRST, {"login": name, "secret": secret, "password1": NEW, "password2": NEW, **more})


def reasons() -> list[str]:
    return list(Event.objects.filter(name="accounts.sign_in.refused").values_list("facts__reason", flat=True))


def test_secret_opens_once_and_leads_to_the_second_factor(people: Cast, client: Client) -> None:
    secret = secret_for(people.desk_officer.user)
    answer = use(client, secret)
    assert (answer.status_code, answer["Location"]) == (302, reverse("mfa_index"))
    assert client.get("/tai-khoan/quyen/")["Location"] == reverse("mfa_index"), "nothing else before that"
    assert client.get(reverse("mfa_activate_totp")).status_code == 200
    people.desk_officer.user.refresh_from_db()
    assert people.desk_officer.user.check_password(NEW)
    assert use(Client(), secret).status_code == 400
    assert reasons() == ["one_time_secret"]


def test_what_proved_the_officer_before_is_void(people: Cast, client: Client) -> None:
    elsewhere = sign_in(Client(), people.desk_officer.user)
    use(client, secret_for(people.desk_officer.user))
    assert not Authenticator.objects.filter(user=people.desk_officer.user).exists()
    assert elsewhere.get("/tai-khoan/quyen/").status_code == 302
    assert Client().post("/dang-nhap/can-bo/", {"login": "hoa", "password": PASSWORD}).status_code == 200


def test_until_it_is_used_nothing_changes(people: Cast, client: Client) -> None:
    secret_for(people.desk_officer.user)
    client.post("/dang-nhap/can-bo/", {"login": "hoa", "password": PASSWORD})
    assert client.post("/dang-nhap/can-bo/xac-thuc/", {"code": code_now()}).status_code == 302


def test_is_typed_as_people_type(people: Cast, client: Client) -> None:
    secret = secret_for(people.desk_officer.user)
    assert use(client, f" {secret.lower().replace('-', ' ')} ", "HOA").status_code == 302


def test_is_good_for_a_day_and_no_longer(people: Cast, client: Client) -> None:
    secret = secret_for(people.desk_officer.user)
    row = OneTimeSecret.objects.get()
    assert timedelta(hours=23, minutes=59) < row.expires_at - timezone.now() <= timedelta(hours=24)
    OneTimeSecret.objects.update(expires_at=timezone.now())
    assert use(client, secret).status_code == 400


def test_newer_one_voids_the_older(people: Cast, client: Client) -> None:
    older, newer = secret_for(people.desk_officer.user), secret_for(people.desk_officer.user)
    assert use(client, older).status_code == 400
    assert use(client, newer).status_code == 302


def test_is_of_one_officer_only(people: Cast, client: Client) -> None:
    secret = secret_for(people.desk_officer.user)
    assert use(client, secret, "mai").status_code == 400
    assert OneTimeSecret.objects.count() == 1


def test_is_kept_nowhere_in_clear(people: Cast, client: Client) -> None:
    secret = secret_for(people.desk_officer.user)
    assert secret not in str(list(OneTimeSecret.objects.values()))
    use(client, secret)
    told = str(list(Event.objects.values()))
    assert secret not in told
    assert NEW not in told


def test_weak_password_keeps_the_secret(people: Cast, client: Client) -> None:
    secret = secret_for(people.desk_officer.user)
    for weak in ("ngan", "hoahoahoahoa", "password1234"):
        assert use(client, secret, password1=weak, password2=weak).status_code == 400, weak
    assert use(client, secret, password2="khác đi một chút").status_code == 400
    assert use(client, secret).status_code == 302


def test_wrong_secrets_lock_and_say_until_when(people: Cast, client: Client) -> None:
    secret = secret_for(people.desk_officer.user)
    for _ in range(lockout.FAILURES):
        use(client, "AAAAA-AAAAA-AAAAA-AAAAA")
    answer = use(client, secret)
    assert answer.status_code == 400
    assert "sau " in answer.content.decode()
    assert reasons() == ["one_time_secret"] * lockout.FAILURES
    assert use(Client(REMOTE_ADDR="10.0.0.9"), secret).status_code == 302, "the same officer elsewhere"


def test_unknown_name_and_wrong_secret_get_the_same_answer(people: Cast) -> None:
    wrong, unknown = use(Client(), "AAAAA"), use(Client(), "AAAAA", "khong-co")
    assert wrong.status_code == unknown.status_code == 400
    first, second = (answer.content.decode().split("error-summary", 1)[1][:600] for answer in (wrong, unknown))
    assert first == second


def test_without_a_post_the_secret_is_refused_and_stays_good(people: Cast, client: Client) -> None:
    secret = secret_for(people.desk_officer.user)
    with scope(units=[people.home]):
        end_assignment(
            assignment=people.desk_officer.assignment,
            until=timezone.localdate(),
            decision=DECISION,
            actor=System.COMMAND,
            now=timezone.now(),
        )
    assert use(client, secret).status_code == 403
    assert reasons() == ["no_post"]
    assert OneTimeSecret.objects.exists()
    people.desk_officer.user.refresh_from_db()
    assert people.desk_officer.user.check_password(PASSWORD)


def test_closed_account_is_refused(people: Cast, client: Client) -> None:
    secret = secret_for(people.desk_officer.user)
    close_user(user=people.desk_officer.user, reason="nghỉ", actor=System.COMMAND, now=timezone.now())
    assert use(client, secret).status_code == 403
    assert "_auth_user_id" not in client.session


def test_secrets_have_a_hundred_bits_and_no_letter_that_is_mistaken() -> None:
    assert len(one_time.LETTERS) ** (one_time.GROUPS * one_time.LENGTH) >= 2**98
    assert not set(one_time.LETTERS) & set("01OI")
    assert len({one_time.make() for _ in range(100)}) == 100


def test_page_is_not_cached(client: Client, db: None) -> None:
    assert "no-store" in client.get(FIRST)["Cache-Control"]
