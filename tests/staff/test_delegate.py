"""Delegation: own powers, in writing, for a time, never given on."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from portal.events import Event
from staff import errors
from staff.models import Delegation
from staff.operations import Decision, delegate, end_assignment, revoke
from staff.policies import grounds
from tests.cast import DECISION, Cast

VIEW = "staff.assignment.view"


def do(people: Cast, **more: Any) -> Delegation:
    today = timezone.localdate()
    wanted: dict[str, Any] = {
        "giver": people.leader.assignment,
        "taker": people.specialist.assignment,
        "capabilities": [VIEW],
        "first_day": today,
        "until": today + timedelta(days=10),
        "decision": DECISION,
        "actor": people.leader.user,
        "now": timezone.now(),
    }
    return delegate(**{**wanted, **more})


def test_lends_what_the_own_post_brings(people: Cast) -> None:
    assert not people.specialist.user.has_perm(VIEW, people.home)
    lent = do(people)
    assert people.specialist.user.has_perm(VIEW, people.home)
    assert not people.specialist.user.has_perm(VIEW, people.neighbour)
    found = grounds(people.specialist.user, timezone.localdate())
    assert [ground.delegation for ground in found if ground.capability == VIEW] == [lent]


def test_is_an_event_that_concerns_both(people: Cast) -> None:
    event = Event.objects.about("staff.delegation", do(people).pk).get()
    assert event.name == "staff.delegation.given"
    assert set(event.concerns) == {people.leader.user.pk, people.specialist.user.pk}


def test_only_the_holder_lends(people: Cast) -> None:
    with pytest.raises(errors.NotAllowedError):
        do(people, actor=people.administrator.user)


def test_who_took_may_not_give_on(people: Cast) -> None:
    do(people)
    with pytest.raises(errors.NotAllowedError):
        do(people, giver=people.specialist.assignment, taker=people.clerk.assignment, actor=people.specialist.user)


@pytest.mark.parametrize("wanted", [["calendar.hours.edit"], ["staff.delegation.give"], [], [VIEW, "no.such.thing"]])
def test_refuses_what_the_own_post_does_not_bring(people: Cast, wanted: list[str]) -> None:
    with pytest.raises(errors.NotOwnRightError):
        do(people, capabilities=wanted)


def test_cannot_outlast_the_assignment_that_takes_it(people: Cast) -> None:
    today = timezone.localdate()
    end_assignment(
        assignment=people.specialist.assignment,
        until=today + timedelta(days=3),
        decision=DECISION,
        actor=people.administrator.user,
        now=timezone.now(),
    )
    with pytest.raises(errors.BadDaysError):
        do(people)
    assert do(people, until=today + timedelta(days=3)).until == today + timedelta(days=3)


def test_revoked_is_over_at_once(people: Cast) -> None:
    lent = do(people, first_day=timezone.localdate() - timedelta(days=2))
    decision = Decision("5/QĐ", date(2026, 11, 1))
    deed = {"delegation": lent, "until": timezone.localdate(), "decision": decision, "now": timezone.now()}
    with pytest.raises(errors.NotAllowedError):
        revoke(actor=people.specialist.user, **deed)
    revoke(actor=people.leader.user, **deed)
    assert not people.specialist.user.has_perm(VIEW, people.home)
    with pytest.raises(errors.WrongTermError):
        revoke(actor=people.leader.user, **deed)
