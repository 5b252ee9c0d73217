"""Officers sign in with their electronic identity of level 2, over real HTTP; who is no officer at work stays out."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.shortcuts import resolve_url
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from integrations.vneid.faults import Fault
from integrations.vneid.people import BY_KEY
from portal.accounts.models import Citizen, User
from portal.accounts.operations import close_user
from portal.accounts.signing_in import recent_second_factor
from portal.events import Event
from portal.events.actors import System
from portal.isolation import Purpose, scope
from staff import demo
from staff.operations import end_assignment
from tests.cast import DECISION, Member, officer
from tests.integrations.sandboxed import Sandbox, back, start
from tests.units.land import load_land

pytestmark = pytest.mark.django_db
RIGHTS = "/tai-khoan/quyen/"


def account(key: str = "mot-cua") -> Member:
    """An officer whose personal number the sandbox's VNeID knows under this key."""
    said = BY_KEY[key].claims
    unit_id = load_land().new("00001").pk
    return officer("hoa", name=said["HoVaTen"], number=said["SoDinhDanh"], unit_id=unit_id, post="desk-officer")


def knock(client: Client, sandbox: Sandbox, person: str = "mot-cua", fault: str = "", next_path: str = RIGHTS):
    return client.get(
        back(sandbox.choose(start(client, next_path, door="accounts:vneid-start-officer"), person, fault))
    )


def refusals() -> list[dict[str, object]]:
    return list(Event.objects.filter(name="accounts.sign_in.refused").values_list("facts", flat=True))


def test_officer_signs_in_and_comes_to_the_page_asked_for(sandbox: Sandbox, client: Client) -> None:
    member = account()
    answer = knock(client, sandbox)
    assert (answer.status_code, answer["Location"]) == (302, RIGHTS)
    assert client.get(RIGHTS).status_code == 200, "no further factor is asked for"
    event = Event.objects.get(name="accounts.user.signed_in")
    assert event.facts == {"method": "vneid-officer", "level": 2}
    assert event.actor == f"user:{member.user.pk}"
    with scope(purpose=Purpose.SIGN_IN):
        assert not Citizen.objects.exists()


def test_counts_as_a_fresh_second_factor(sandbox: Sandbox, client: Client, rf) -> None:
    member = account()
    knock(client, sandbox)
    request = rf.get("/")
    request.user, request.session = member.user, client.session
    assert recent_second_factor(request, now=timezone.now())
    assert not recent_second_factor(request, now=timezone.now() + timedelta(minutes=11))


def test_session_has_the_limits_of_officers(sandbox: Sandbox, client: Client, settings) -> None:
    account()
    knock(client, sandbox)
    settings.SESSION_LIMITS = {**settings.SESSION_LIMITS, "officer": {"idle": -1, "absolute": 12 * 3600}}
    assert client.get(RIGHTS)["Location"].startswith(reverse("accounts:sign-in"))


def test_citizen_without_officer_account_is_told_whom_to_ask(sandbox: Sandbox, client: Client) -> None:
    account()
    answer = knock(client, sandbox, "ban")
    assert answer.status_code == 403
    assert "quản trị" in answer.content.decode()
    assert refusals() == [{"method": "vneid-officer", "reason": "no_officer"}]
    assert "_auth_user_id" not in client.session
    assert not User.objects.filter(kind="citizen").exists(), "the officers' door makes nobody"


def test_organisation_is_no_officer(sandbox: Sandbox, client: Client) -> None:
    assert knock(client, sandbox, "hoptacxa").status_code == 403
    assert refusals() == [{"method": "vneid-officer", "reason": "no_officer"}]


def test_level_1_is_not_enough(sandbox: Sandbox, client: Client) -> None:
    account("sinh")
    answer = knock(client, sandbox, "sinh")
    assert answer.status_code == 403
    assert "mức độ 2" in answer.content.decode()
    assert refusals() == [{"method": "vneid-officer", "reason": "level"}]
    assert "_auth_user_id" not in client.session


def test_ended_assignment_is_refused_and_the_owner_can_see_it(sandbox: Sandbox, client: Client) -> None:
    member = account()
    with scope(purpose=Purpose.DEMO):
        end_assignment(
            assignment=member.assignment,
            until=timezone.localdate(),
            decision=DECISION,
            actor=System.COMMAND,
            now=timezone.now(),
        )
    assert knock(client, sandbox).status_code == 403
    assert refusals() == [{"method": "vneid-officer", "reason": "no_post"}]
    assert Event.objects.get(name="accounts.sign_in.refused").subject_id == str(member.user.pk)
    assert "_auth_user_id" not in client.session


def test_closed_account_is_refused(sandbox: Sandbox, client: Client) -> None:
    close_user(user=account().user, reason="nghỉ việc", actor=System.COMMAND, now=timezone.now())
    assert knock(client, sandbox).status_code == 403
    assert refusals() == [{"method": "vneid-officer", "reason": "closed"}]


@pytest.mark.parametrize("forged", ["door=vneid-officer", "door=vneid", "next=//evil.example&door=vneid-officer"])
def test_door_cannot_be_changed_by_the_answer(sandbox: Sandbox, client: Client, forged: str) -> None:
    """Begun as a citizen, one comes in as a citizen, whatever the address says."""
    account()
    answer = client.get(back(sandbox.choose(start(client), "mot-cua")) + f"&{forged}")
    assert answer["Location"] == resolve_url(settings.LOGIN_REDIRECT_URL)
    user = User.objects.get(pk=client.session["_auth_user_id"])
    assert user.is_citizen
    assert client.get(RIGHTS).status_code == 404


def test_state_of_a_citizens_attempt_does_not_open_the_officers_door(sandbox: Sandbox, client: Client) -> None:
    """Both doors tried at once in one browser: each answer belongs to its own attempt."""
    account()
    as_citizen, as_officer = start(client), start(client, RIGHTS, door="accounts:vneid-start-officer")
    states = [address.split("state=")[1].split("&")[0] for address in (as_citizen, as_officer)]
    swapped = back(sandbox.choose(as_citizen, "mot-cua")).replace(states[0], states[1])
    assert client.get(swapped).status_code == 400
    assert refusals() == [{"method": "vneid-officer", "reason": "code"}]
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(("fault", "reason"), [(Fault.DENIED, "denied"), (Fault.ALG_NONE, "algorithm")])
def test_wrong_answer_is_refused_here_too(sandbox: Sandbox, client: Client, fault: Fault, reason: str) -> None:
    account()
    knock(client, sandbox, fault=fault)
    assert refusals() == [{"method": "vneid-officer", "reason": reason}]
    assert "_auth_user_id" not in client.session


def test_demo_officers_of_the_sandbox_are_those_of_the_demo() -> None:
    marked = {person.username: (person.name, person.number) for person in demo.PEOPLE if person.vneid}
    assert len(marked) == 2
    said = {key: (person.claims["HoVaTen"], person.claims["SoDinhDanh"]) for key, person in BY_KEY.items()}
    assert marked.items() <= said.items()
    assert not {person.number for person in demo.PEOPLE if not person.vneid} & {number for _, number in said.values()}
