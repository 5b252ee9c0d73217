"""Appointing: by decision, by who has the right, within what can exist."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from portal.accounts.models import User
from portal.events import Event
from portal.events.actors import System
from portal.isolation import Purpose, scope
from staff import errors
from staff.models import Assignment, AssignmentKind
from staff.operations import Decision, appoint, enter_person
from tests.cast import DECISION, NOW, Cast, Member, post_at

FIRST = date(2026, 1, 1)


def do(people: Cast, *, actor: User | System | None = None, to: Member | None = None, **more: object) -> Assignment:
    wanted = {
        "person": (to or people.clerk).person,
        "post": post_at(people.home, "desk-officer"),
        "kind": AssignmentKind.CONCURRENT,
        "first_day": FIRST,
        "decision": DECISION,
        "actor": actor or people.administrator.user,
        "now": NOW,
    }
    return appoint(**{**wanted, **more})  # type: ignore[arg-type]  # the fields of the deed, some replaced


def test_administrator_of_the_province_appoints_in_a_commune(people: Cast) -> None:
    made = do(people)
    assert (made.unit_id, made.first_day, made.until, made.user_id) == (people.home, FIRST, None, people.clerk.user.pk)


def test_is_an_event_of_the_unit_that_names_the_decision_and_no_person(people: Cast) -> None:
    made = do(people)
    event = Event.objects.about("staff.assignment", made.pk).get()
    assert event.name == "staff.assignment.made"
    assert (event.unit_id, event.facts["decision"], event.facts["from"]) == (people.home, "01/QĐ-UBND", "2026-01-01")
    assert "Mai" not in str(event.facts)


@pytest.mark.parametrize("role", ["desk_officer", "leader", "outsider"])
def test_refuses_who_has_no_right(people: Cast, role: str) -> None:
    with pytest.raises(errors.NotAllowedError):
        do(people, actor=getattr(people, role).user)


def test_refuses_a_unit_of_another_province(people: Cast) -> None:
    with pytest.raises(errors.NotAllowedError):
        do(people, post=post_at(people.elsewhere, "desk-officer"))


def test_nobody_appoints_themselves(people: Cast) -> None:
    with pytest.raises(errors.OwnCaseError):
        do(people, to=people.administrator)


def test_two_main_assignments_on_one_day_cannot_be(people: Cast) -> None:
    with pytest.raises(errors.OverlapError):
        do(people, kind=AssignmentKind.MAIN)
    assert Assignment.objects.filter(person=people.clerk.person).count() == 1


def test_two_concurrent_assignments_may(people: Cast) -> None:
    do(people)
    do(people, post=post_at(people.home, "civil-status-specialist"))
    assert Assignment.objects.of(people.clerk.user).on(FIRST).count() == 3


def test_cannot_lie_outside_its_post(people: Cast) -> None:
    with pytest.raises(errors.BadDaysError):
        do(people, first_day=date(2025, 6, 1))


def test_cannot_end_before_it_begins(people: Cast) -> None:
    with pytest.raises(errors.BadDaysError):
        do(people, until=FIRST)


def test_needs_a_decision() -> None:
    with pytest.raises(errors.NoDecisionError):
        Decision(" ", FIRST)


def test_future_assignment_gives_its_rights_on_its_day_and_not_before(people: Cast) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    do(people, post=post_at(people.home, "centre-deputy-director"), first_day=tomorrow)
    assert not people.clerk.user.has_perm("calendar.hours.edit", people.home)
    Assignment.objects.filter(valid__startswith=tomorrow).update(valid=(tomorrow - timedelta(days=1), None))
    assert people.clerk.user.has_perm("calendar.hours.edit", people.home)


def test_person_enters_once(people: Cast) -> None:
    with scope(purpose=Purpose.DEMO), pytest.raises(errors.KnownPersonError):
        enter_person(
            name="Hoàng Thị Mai", number="000192000006", user=None, unit_id=people.home, actor=System.COMMAND, now=NOW
        )
