"""API clients: an administrator lets a program in, changes its secret, suspends it, closes it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from portal.accounts.errors import BadTermError, NotAllowedError, NotForProgramsError, WrongStateError
from portal.accounts.models import ApiClient, ClientSecret, Kind
from portal.accounts.operations import GrantRow, close_client, resume_client, suspend_client
from portal.accounts.states import TRANSITIONS, ClientAction, ClientState
from portal.events.actors import System
from portal.events.models import Event
from portal.isolation import Purpose, scope
from tests.accounts.programs import MAKE, SHOW, ask, decide, make_client, province_wide, secret_of
from tests.cast import Cast, cast

DEEDS: dict[ClientAction, Any] = {
    ClientAction.SUSPEND: suspend_client,
    ClientAction.RESUME: resume_client,
    ClientAction.CLOSE: close_client,
}


def told(name: str) -> list[Event]:
    with scope(purpose=Purpose.VERIFY):
        return list(Event.objects.filter(name=name).order_by("id"))


def do(action: ClientAction, client: ApiClient, people: Cast) -> ApiClient:
    return decide(DEEDS[action], client, people)


def bring_to(state: ClientState, people: Cast) -> ApiClient:
    client = make_client(people)
    if state is ClientState.SUSPENDED:
        do(ClientAction.SUSPEND, client, people)
    if state is ClientState.CLOSED:
        do(ClientAction.CLOSE, client, people)
    return client


def test_makes_a_user_that_is_a_program_and_records_what_it_may(people: Cast) -> None:
    client = make_client(people)
    assert client.user.kind == Kind.SERVICE
    assert not client.user.has_usable_password()
    [event] = told("accounts.client.created")
    assert event.unit_id == people.home
    assert event.actor == people.administrator.user.event_actor
    assert event.facts["grants"] == [[MAKE, people.home, "own"]]


@pytest.mark.parametrize("who", ["desk_officer", "outsider", "leader"])
def test_refuses_who_may_not(people: Cast, who: str) -> None:
    with pytest.raises(NotAllowedError):
        make_client(people, actor=getattr(people, who).user)
    assert not ApiClient.objects.exists()


def test_refuses_rights_at_a_unit_beyond_the_administrators_reach(people: Cast) -> None:
    with pytest.raises(NotAllowedError):
        make_client(people, grants=[GrantRow(MAKE, people.elsewhere)])


def test_refuses_what_no_app_opened_to_programs(people: Cast) -> None:
    with pytest.raises(NotForProgramsError):
        make_client(people, grants=[GrantRow("staff.assignment.edit", people.home)])


@pytest.mark.parametrize("days", [0, -1, 6 * 366])
def test_refuses_days_that_do_not_fit(people: Cast, days: int) -> None:
    with pytest.raises(BadTermError):
        make_client(people, until=timezone.localdate() + timedelta(days=days))


def test_a_program_gives_nobody_rights(people: Cast) -> None:
    client = make_client(people)
    with pytest.raises(NotAllowedError):
        make_client(people, actor=client.user)


def test_keeps_no_secret_that_could_be_read(people: Cast) -> None:
    client = make_client(people)
    secret = secret_of(client, people)
    [row] = ClientSecret.objects.filter(client=client)
    assert secret not in str(vars(row))
    assert all(secret not in str(vars(event)) for event in told("accounts.client.secret_given"))


def test_the_old_secret_stays_good_for_a_while(people: Cast) -> None:
    client = make_client(people)
    old, new = secret_of(client, people), secret_of(client, people, overlap=timedelta(days=3))
    assert ask(client, old).status_code == ask(client, new).status_code == 200
    rows = ClientSecret.objects.filter(client=client).order_by("-made_at", "-id")
    assert rows[1].expires_at < timezone.now() + timedelta(days=3, minutes=1)


def test_without_overlap_the_old_secret_ends_at_once(people: Cast) -> None:
    client = make_client(people)
    old, new = secret_of(client, people), secret_of(client, people, overlap=timedelta(0))
    assert (ask(client, old).status_code, ask(client, new).status_code) == (401, 200)


def test_at_most_two_secrets_are_good(people: Cast) -> None:
    client = make_client(people)
    first, second, third = (secret_of(client, people) for _ in range(3))
    assert [ask(client, secret).status_code for secret in (first, second, third)] == [401, 200, 200]


@pytest.mark.parametrize("state", ClientState)
@pytest.mark.parametrize("action", ClientAction)
def test_every_action_in_every_state(people: Cast, state: ClientState, action: ClientAction) -> None:
    client = bring_to(state, people)
    sources, target, fact = TRANSITIONS[action]
    if state in sources:
        assert do(action, client, people).state == target
        event = told(fact)[-1]
        assert (event.before, event.after) == (state, target)
        assert event.facts["reason"] == "thử"
    else:
        with pytest.raises(WrongStateError):
            do(action, client, people)
        assert ApiClient.objects.get(pk=client.pk).state == state


@pytest.mark.parametrize("action", ClientAction)
def test_nobody_else_changes_its_state(people: Cast, action: ClientAction) -> None:
    client = make_client(people)
    with pytest.raises(NotAllowedError):
        DEEDS[action](client=client, reason="", actor=people.outsider.user, now=timezone.now())


def test_a_closed_program_gets_no_secret(people: Cast) -> None:
    with pytest.raises(WrongStateError):
        secret_of(bring_to(ClientState.CLOSED, people), people)


def test_rights_hold_where_they_were_granted(people: Cast) -> None:
    user = make_client(people, grants=province_wide(people)).user
    here, there, elsewhere = people.home, people.neighbour, people.elsewhere
    assert [user.has_perm(MAKE, unit) for unit in (here, there, elsewhere)] == [True, True, False]
    assert [user.has_perm(SHOW, unit) for unit in (here, there, elsewhere)] == [True, False, False]
    assert user.has_perm(SHOW)
    assert not user.has_perm("tests.mark.remove")


def test_rights_end_with_the_client(people: Cast) -> None:
    client = make_client(people)
    assert client.user.has_perm(MAKE, people.home)
    do(ClientAction.SUSPEND, client, people)
    assert not client.user.has_perm(MAKE, people.home)


def test_no_state_changes_without_its_event(real_db: str) -> None:
    with transaction.atomic():
        client = make_client(cast(), actor=System.COMMAND)
    with pytest.raises(DatabaseError, match="without an event"), transaction.atomic():
        ApiClient.objects.filter(pk=client.pk).update(state=ClientState.CLOSED)
