"""Officers get their accounts from an administrator who may give them, and the first administrator from a command."""

import io
import re
import sys
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import OneTimeSecret, User
from portal.accounts.operations import close_user
from portal.events import Event
from portal.events.actors import System
from portal.isolation import Purpose, scope
from staff import errors
from staff.models import Assignment, AssignmentKind, Person
from staff.operations import appoint, end_assignment, enter_person, open_account, renew_secret
from tests.cast import DECISION, NOW, SINCE, Cast, officer, post_at, sign_in
from tests.units.land import load_land

SECRET = re.compile(r"[2-9A-Z]{5}(?:-[2-9A-Z]{5}){3}")


def newcomer(people: Cast, *, until: date | None = None) -> Assignment:
    """Somebody at a post of the commune, without an account."""
    with scope(units=[people.home, people.province]):
        person = enter_person(
            name="Lý Thị Sài", number="000179000010", user=None, unit_id=people.home, actor=System.COMMAND, now=NOW
        )
        return appoint(
            person=person,
            post=post_at(people.home, "clerk"),
            kind=AssignmentKind.MAIN,
            first_day=SINCE,
            until=until,
            decision=DECISION,
            actor=System.COMMAND,
            now=NOW,
        )


def commune_administrator(people: Cast) -> User:
    made = officer(
        "quan-tri-xa", name="Tẩn A Lở", number="000090000011", unit_id=people.home, post="commune-administrator"
    )
    return made.user


def open_for(assignment: Assignment, actor: User | System, username: str = "sai") -> tuple[User, str]:
    return open_account(assignment=assignment, username=username, actor=actor, now=timezone.now())


@pytest.mark.parametrize("who", ["province", "commune"])
def test_administrators_open_accounts_at_their_units(people: Cast, who: str) -> None:
    actor = people.administrator.user if who == "province" else commune_administrator(people)
    assignment = newcomer(people)
    user, secret = open_for(assignment, actor)
    assert SECRET.fullmatch(secret)
    assignment.refresh_from_db()
    assert (assignment.user, user.is_officer, user.has_usable_password()) == (user, True, False)
    assert Person.objects.get(pk=assignment.person_id).user == user
    names = list(Event.objects.filter(actor=f"user:{actor.pk}").order_by("id").values_list("name", flat=True))
    assert names == ["accounts.user.created", "staff.account.opened", "accounts.one_time_secret.given"]


def test_the_whole_way_from_the_page_to_the_first_work(people: Cast, client: Client) -> None:
    assignment = newcomer(people)
    sign_in(client, people.administrator.user)
    listed = client.get(reverse("staff:accounts", args=[people.home])).content.decode()
    address = reverse("staff:account", args=[assignment.pk])
    assert address in listed
    assert "Lý Thị Sài" in client.get(address).content.decode()
    page = client.post(address, {"username": "sai"})
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    secret = SECRET.findall(page.content.decode())[0]
    assert not SECRET.findall(client.get(address).content.decode()), "shown once"
    password = "đường lên bản mờ sương"
    newly = Client()
    form = {"login": "sai", "secret": secret, "password1": password, "password2": password}
    assert newly.post("/dang-nhap/can-bo/lan-dau/", form)["Location"] == reverse("mfa_index")


def test_has_an_account_already(people: Cast) -> None:
    with pytest.raises(errors.HasAccountError):
        open_for(people.clerk.assignment, people.administrator.user)


def test_reloading_the_page_makes_no_second_account(people: Cast, client: Client) -> None:
    assignment = newcomer(people)
    sign_in(client, people.administrator.user)
    address = reverse("staff:account", args=[assignment.pk])
    client.post(address, {"username": "sai"})
    count = User.objects.count()
    client.post(address, {"username": "sai"})
    assert User.objects.count() == count


def test_new_secret_for_who_lost_the_password(people: Cast) -> None:
    user, secret = renew_secret(assignment=people.clerk.assignment, actor=people.administrator.user, now=timezone.now())
    assert user == people.clerk.user
    assert SECRET.fullmatch(secret)
    event = Event.objects.get(name="accounts.one_time_secret.given")
    assert (event.unit_id, event.subject_id) == (people.home, str(user.pk))


@pytest.mark.parametrize("role", ["desk_officer", "leader", "outsider", "deputy"])
def test_who_has_no_right_gives_no_account(people: Cast, client: Client, role: str) -> None:
    assignment = newcomer(people)
    actor = getattr(people, role).user
    with pytest.raises(errors.NotAllowedError):
        open_for(assignment, actor)
    with pytest.raises(errors.NotAllowedError):
        renew_secret(assignment=people.clerk.assignment, actor=actor, now=timezone.now())
    sign_in(client, actor)
    assert client.get(reverse("staff:accounts", args=[people.home])).status_code == 403
    assert client.post(reverse("staff:account", args=[assignment.pk]), {"username": "sai"}).status_code in {403, 404}
    assert not OneTimeSecret.objects.exists()


def test_commune_administrator_cannot_take_over_an_account_of_the_province(people: Cast) -> None:
    """Who also works at the province is given secrets by the province only."""
    with scope(purpose=Purpose.DEMO):
        appoint(
            person=people.administrator.person,
            post=post_at(people.home, "clerk"),
            kind=AssignmentKind.CONCURRENT,
            first_day=SINCE,
            decision=DECISION,
            actor=System.COMMAND,
            now=NOW,
        )
    here = Assignment.objects.get(person=people.administrator.person, unit_id=people.home)
    with pytest.raises(errors.NotAllowedError):
        renew_secret(assignment=here, actor=commune_administrator(people), now=timezone.now())


def test_nobody_gives_themselves_a_secret(people: Cast) -> None:
    with pytest.raises(errors.OwnCaseError):
        renew_secret(assignment=people.administrator.assignment, actor=people.administrator.user, now=timezone.now())


def test_ended_assignment_brings_no_account(people: Cast) -> None:
    with pytest.raises(errors.WrongTermError):
        open_for(newcomer(people, until=date(2026, 1, 1)), people.administrator.user)


def test_closed_account_gets_no_secret(people: Cast, client: Client) -> None:
    close_user(user=people.clerk.user, reason="nghỉ", actor=System.COMMAND, now=timezone.now())
    with pytest.raises(errors.ClosedAccountError):
        renew_secret(assignment=people.clerk.assignment, actor=people.administrator.user, now=timezone.now())
    sign_in(client, people.administrator.user)
    assert client.post(reverse("staff:account", args=[people.clerk.assignment.pk])).status_code == 409


@pytest.mark.parametrize("username", ["hoa", "Hoa Lù", "-x", "x" * 65])
def test_bad_user_name_is_said_at_the_field(people: Cast, client: Client, username: str) -> None:
    assignment = newcomer(people)
    sign_in(client, people.administrator.user)
    answer = client.post(reverse("staff:account", args=[assignment.pk]), {"username": username})
    assert answer.status_code == 400
    assert "error-summary" in answer.content.decode()
    assert not OneTimeSecret.objects.exists()
    with pytest.raises(ValidationError):
        open_for(assignment, people.administrator.user, username)


# --- The first administrator ----------------------------------------------------------------------------------------

Create = Callable[..., str]
ARGUMENTS = {"name": "Đặng Văn Sơn", "province": "01", "decision": "5/QĐ-UBND", "decided_on": date(2025, 7, 1)}


@pytest.fixture
def create(monkeypatch: pytest.MonkeyPatch) -> Create:
    def run(username: str = "son", number: str = "000080000012", **more: Any) -> str:
        said = io.StringIO()
        monkeypatch.setattr(sys, "stdin", io.StringIO(number + "\n"))
        call_command("create_administrator", username, stdout=said, **{**ARGUMENTS, **more})
        return said.getvalue()

    return run


def test_first_administrator_of_a_province_signs_in_by_the_printed_secret(
    people: Cast, client: Client, create: Create
) -> None:
    with scope(purpose=Purpose.DEMO):
        end_assignment(
            assignment=people.administrator.assignment,
            until=timezone.localdate(),
            decision=DECISION,
            actor=System.COMMAND,
            now=timezone.now(),
        )
    said = create()
    password = "đường lên bản mờ sương"
    form = {"login": "son", "secret": SECRET.findall(said)[0], "password1": password, "password2": password}
    assert client.post("/dang-nhap/can-bo/lan-dau/", form)["Location"] == reverse("mfa_index")
    assert "000080000012" not in said
    user = User.objects.get(username="son")
    assert user.has_perm("staff.account.open", people.home), "and opens all further accounts"


def test_there_is_one_first_administrator_only(people: Cast, create: Create) -> None:
    with pytest.raises(CommandError, match="quản trị"):
        create()
    assert not User.objects.filter(username="son").exists()


@pytest.mark.parametrize(
    "wrong", [{"number": "123"}, {"number": ""}, {"province": "99"}, {"decision": " "}, {"username": "X Y"}]
)
def test_wrong_input_is_one_sentence_and_makes_nobody(db: None, create: Create, wrong: dict[str, str]) -> None:
    load_land()
    with pytest.raises(CommandError) as said:
        create(**wrong)
    assert "\n" not in str(said.value)
    assert not User.objects.exists()
