"""Nobody gets a post or an assignment at a unit on a day on which the unit does not exist."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from portal.events.actors import System
from staff import errors
from staff.models import Assignment, AssignmentKind, Post
from staff.operations import appoint, create_post, end_assignment
from tests.cast import DECISION, NOW, Cast
from tests.units.acts import scheduled
from units.kinds import ActKind
from units.models import UnitVersion

GONE = date(2026, 9, 1)


def old_commune(people: Cast) -> int:
    """Xã Bình, which became part of Xã An on 1 July 2025."""
    return people.land.old("00002").pk


def end_home(people: Cast) -> None:
    """A reorganisation ends the unit while people hold posts there; that it may is part of the rule."""
    act = scheduled(ActKind.RETYPE, GONE)
    current = UnitVersion.objects.get(unit_id=people.home, valid__endswith=None)
    with connection.cursor() as cursor:
        cursor.execute(
            "update units_unit_version set valid = daterange(lower(valid), %s), closed_by_id = %s where id = %s",
            [GONE, act.pk, current.pk],
        )


@pytest.mark.parametrize(
    ("first", "until"),
    [(date(2025, 7, 1), None), (date(2025, 6, 30), date(2025, 7, 2)), (date(2020, 1, 1), date(2025, 6, 1))],
)
def test_post_outside_the_life_of_its_unit_is_refused(people: Cast, first: date, until: date | None) -> None:
    with pytest.raises(errors.UnitNotAliveError):
        create_post(
            unit_id=old_commune(people), code="clerk", first_day=first, until=until, actor=System.COMMAND, now=NOW
        )
    assert not Post.objects.filter(unit_id=old_commune(people)).exists()


def test_post_may_span_several_versions_of_a_living_unit(people: Cast) -> None:
    """The province got another type on 30 April 2026."""
    assert UnitVersion.objects.filter(unit_id=people.province).count() > 1
    create_post(unit_id=people.province, code="clerk", first_day=date(2025, 7, 1), actor=System.COMMAND, now=NOW)


def test_assignment_after_the_end_of_the_unit_is_refused_though_the_post_goes_on(people: Cast) -> None:
    end_home(people)
    with pytest.raises(errors.UnitNotAliveError):
        appoint(
            person=people.outsider.person,
            post=people.clerk.assignment.post,
            kind=AssignmentKind.CONCURRENT,
            first_day=GONE,
            decision=DECISION,
            actor=System.COMMAND,
            now=NOW,
        )


def test_assignment_up_to_the_end_of_the_unit_may_be(people: Cast) -> None:
    end_home(people)
    made = appoint(
        person=people.outsider.person,
        post=people.clerk.assignment.post,
        kind=AssignmentKind.CONCURRENT,
        first_day=GONE - timedelta(days=30),
        until=GONE,
        decision=DECISION,
        actor=System.COMMAND,
        now=NOW,
    )
    assert made.until == GONE


def test_days_may_be_taken_away_after_the_unit_has_ended(people: Cast) -> None:
    """People move by a decision of their own, which may come after the reorganisation."""
    end_home(people)
    until = GONE + timedelta(days=20)
    end_assignment(assignment=people.clerk.assignment, until=until, decision=DECISION, actor=System.COMMAND, now=NOW)
    assert Assignment.objects.get(pk=people.clerk.assignment.pk).until == until


def test_database_refuses_what_goes_around_the_operations(people: Cast) -> None:
    end_home(people)
    row = people.clerk.assignment
    row.pk, row.kind, row.valid = None, AssignmentKind.CONCURRENT, DateRange(GONE, None)
    with pytest.raises(IntegrityError, match="does not exist"), transaction.atomic():
        row.save(force_insert=True)
    with pytest.raises(IntegrityError, match="does not exist"), transaction.atomic():
        Post.objects.create(
            unit_id=old_commune(people), code="clerk", valid=DateRange(date(2025, 7, 1), None), recorded_at=NOW
        )
