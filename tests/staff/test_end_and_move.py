"""Ending, moving, correcting: what was true before stays written."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.events import Event
from services.models import LeaveCover
from staff import errors
from staff.models import Assignment, AssignmentKind, Delegation, Post
from staff.operations import Decision, appoint, correct_assignment, delegate, end_assignment, move, take_back
from tests.cast import DECISION, Cast, post_at, sign_in

END = Decision("77/QĐ-UBND", date(2026, 11, 1))


def now() -> datetime:
    return timezone.now()


def today() -> date:
    return timezone.localdate()


def test_ended_assignment_is_no_right_at_the_very_next_question(people: Cast) -> None:
    user = people.deputy.user
    assert user.has_perm("calendar.hours.edit", people.home)
    end_assignment(
        assignment=people.deputy.assignment,
        until=today(),
        decision=END,
        actor=people.administrator.user,
        now=now(),
    )
    assert not user.has_perm("calendar.hours.edit", people.home)


def test_ended_assignment_signs_out_at_the_very_next_request(people: Cast, client: Client) -> None:
    sign_in(client, people.deputy.user)
    assert client.get(reverse("staff:own-rights")).status_code == 200
    end_assignment(
        assignment=people.deputy.assignment,
        until=today(),
        decision=END,
        actor=people.administrator.user,
        now=now(),
    )
    answer = client.get(reverse("staff:own-rights"))
    assert answer.status_code == 302
    assert "ended=no_post" in answer["Location"]
    assert Event.objects.filter(name="accounts.session.ended", facts__reason="no_post").exists()


def test_end_in_the_future_keeps_the_right_until_then(people: Cast) -> None:
    end_assignment(
        assignment=people.deputy.assignment,
        until=today() + timedelta(days=1),
        decision=END,
        actor=people.administrator.user,
        now=now(),
    )
    assert people.deputy.user.has_perm("calendar.hours.edit", people.home)


def test_ends_once(people: Cast) -> None:
    deed = {"assignment": people.clerk.assignment, "decision": END, "actor": people.administrator.user, "now": now()}
    end_assignment(until=today(), **deed)
    with pytest.raises(errors.WrongTermError):
        end_assignment(until=today(), **deed)


@pytest.mark.parametrize("until", [date(2025, 7, 1), date(2024, 1, 1)])
def test_cannot_end_before_it_began(people: Cast, until: date) -> None:
    with pytest.raises(errors.BadDaysError):
        end_assignment(
            assignment=people.clerk.assignment, until=until, decision=END, actor=people.administrator.user, now=now()
        )


def test_refuses_a_stranger(people: Cast) -> None:
    with pytest.raises(errors.NotAllowedError):
        end_assignment(
            assignment=people.clerk.assignment, until=today(), decision=END, actor=people.leader.user, now=now()
        )


def test_delegations_end_with_it(people: Cast) -> None:
    lent = delegate(
        giver=people.leader.assignment,
        taker=people.specialist.assignment,
        capabilities=["staff.assignment.view"],
        first_day=today(),
        until=today() + timedelta(days=30),
        decision=DECISION,
        actor=people.leader.user,
        now=now(),
    )
    end_assignment(
        assignment=people.specialist.assignment,
        until=today() + timedelta(days=3),
        decision=END,
        actor=people.administrator.user,
        now=now(),
    )
    assert Delegation.objects.get(pk=lent.pk).until == today() + timedelta(days=3)


def test_move_is_one_deed_with_two_rows(people: Cast) -> None:
    new = move(
        assignment=people.specialist.assignment,
        post=post_at(people.neighbour, "civil-status-specialist"),
        first_day=today(),
        decision=END,
        actor=people.administrator.user,
        now=now(),
    )
    old = Assignment.objects.get(pk=people.specialist.assignment.pk)
    assert (old.until, new.first_day, new.unit_id) == (today(), today(), people.neighbour)
    told = Event.objects.filter(subject_type="staff.assignment", subject_id__in=[old.pk, new.pk])
    assert {"staff.assignment.moved", "staff.assignment.made"} <= set(told.values_list("name", flat=True))


def test_move_to_another_province_is_refused_and_nothing_changes(people: Cast) -> None:
    with pytest.raises(errors.NotAllowedError):
        move(
            assignment=people.specialist.assignment,
            post=post_at(people.elsewhere, "civil-status-specialist"),
            first_day=today(),
            decision=END,
            actor=people.administrator.user,
            now=now(),
        )
    assert Assignment.objects.get(pk=people.specialist.assignment.pk).until is None


def test_correction_keeps_the_row_and_writes_down_the_old_belief(people: Cast) -> None:
    corrected = correct_assignment(
        assignment=people.clerk.assignment,
        reason="Ghi nhầm ngày",
        first_day=date(2025, 8, 1),
        actor=people.administrator.user,
        now=now(),
    )
    event = Event.objects.about("staff.assignment", corrected.pk).get(name="staff.assignment.corrected")
    assert (corrected.pk, corrected.first_day) == (people.clerk.assignment.pk, date(2025, 8, 1))
    assert (event.facts["believed"]["from"], event.facts["reason"]) == ("2025-07-01", "Ghi nhầm ngày")


def coming(people: Cast) -> Assignment:
    post = Post.objects.get(pk=people.specialist.assignment.post_id)
    return appoint(
        person=people.clerk.person,
        post=post,
        kind=AssignmentKind.CONCURRENT,
        first_day=today() + timedelta(days=9),
        decision=DECISION,
        actor=people.administrator.user,
        now=now(),
    )


def test_an_appointment_that_has_not_begun_is_taken_back_and_the_trail_keeps_it(people: Cast) -> None:
    row = coming(people)
    planned = str(row.pk)
    take_back(assignment=row, decision=END, actor=people.administrator.user, now=now())
    assert not Assignment.objects.filter(pk=planned).exists()
    event = Event.objects.get(name="staff.assignment.taken_back")
    assert (event.subject_id, event.facts["person"]) == (planned, str(people.clerk.person.pk))
    assert (event.facts["post"], event.facts["decision"]) == (people.specialist.assignment.post_id, END.number)


def test_what_has_begun_is_not_taken_back_nor_by_a_stranger_nor_past_its_operation(people: Cast) -> None:
    row = coming(people)
    with pytest.raises(errors.WrongTermError):
        take_back(assignment=people.clerk.assignment, decision=END, actor=people.administrator.user, now=now())
    with pytest.raises(errors.NotAllowedError):
        take_back(assignment=row, decision=END, actor=people.leader.user, now=now())
    with pytest.raises(IntegrityError, match="never deleted"), transaction.atomic():
        row.delete()


def test_what_a_substitution_names_stays(people: Cast) -> None:
    row, day = coming(people), today() + timedelta(days=9)
    days = DateRange(day, day + timedelta(days=2))
    LeaveCover.objects.create(
        unit_id=people.home, absent=people.specialist.assignment, cover=row, valid=days,
        decision_no="1", decision_on=day, entered_by=people.leader.user, entered_at=now(),
    )  # fmt: skip
    with pytest.raises(errors.NamedElsewhereError):
        take_back(assignment=row, decision=END, actor=people.administrator.user, now=now())
    assert not Event.objects.filter(name="staff.assignment.taken_back").exists()
