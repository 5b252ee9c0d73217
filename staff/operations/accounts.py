"""Officers' accounts: opened for people with an assignment, by a one-time secret that is handed over on paper."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from portal.accounts.models import User
from portal.accounts.operations import create_officer, give_secret
from portal.events import record
from portal.events.actors import System
from portal.isolation import scope
from staff.errors import (
    ClosedAccountError,
    HasAccountError,
    NoAccountError,
    NotAllowedError,
    NotFirstError,
    OwnCaseError,
    WrongTermError,
)
from staff.events import Fact
from staff.models import Assignment, AssignmentKind, Person, Post
from staff.operations.assignments import appoint
from staff.operations.decision import Decision
from staff.operations.people import create_post, enter_person
from staff.policies import Asker, Capability, may_edit
from staff.states import Term

FIRST_POST = "province-administrator"


@transaction.atomic
def open_account(*, assignment: Assignment, username: str, actor: Asker | System, now: datetime) -> tuple[User, str]:
    """An account for the person at this assignment. The second value is the one-time secret, never shown again.

    Raises ValidationError when the user name is taken or malformed.
    """
    locked = _lock(assignment, actor, now)
    person = Person.objects.select_for_update().get(pk=locked.person_id)
    if person.user_id is not None:
        raise HasAccountError
    user = create_officer(username=username, password=None, actor=actor, now=now)
    person.user = user
    person.save(update_fields=["user"])
    Assignment.objects.filter(person=person).update(user=user)
    facts = {"user": str(user.pk)}
    unit = locked.unit_id
    record(Fact.ACCOUNT_OPENED, subject=person, actor=actor, unit=unit, at=now, facts=facts, concerns=[user.pk])
    return user, give_secret(user=user, unit=unit, actor=actor, now=now)


@transaction.atomic
def renew_secret(*, assignment: Assignment, actor: Asker | System, now: datetime) -> tuple[User, str]:
    """For who lost password or second factor: once used, the new secret voids both."""
    locked = _lock(assignment, actor, now)
    user = locked.user
    if user is None:
        raise NoAccountError
    if not user.is_active:
        raise ClosedAccountError
    return user, give_secret(user=user, unit=locked.unit_id, actor=actor, now=now)


@transaction.atomic
def make_first_administrator(
    *,
    name: str,
    number: str,
    username: str,
    unit_id: int,
    decision: Decision,
    first_day: date,
    actor: System,
    now: datetime,
) -> tuple[User, str]:
    """The one whom nobody could appoint: person, post, assignment and account of a province's first administrator."""
    with scope(units=[unit_id]):
        there = Assignment.objects.at_unit(unit_id).filter(post__code=FIRST_POST, user__is_active=True)
        if any(row.term(localdate(now)) is not Term.ENDED for row in there.order_by("id")):
            raise NotFirstError
        person = enter_person(name=name, number=number, user=None, unit_id=unit_id, actor=actor, now=now)
        posts = Post.objects.filter(unit_id=unit_id, code=FIRST_POST).on(first_day).order_by("id")
        post = posts.first() or create_post(unit_id=unit_id, code=FIRST_POST, first_day=first_day, actor=actor, now=now)
        assignment = appoint(
            person=person,
            post=post,
            kind=AssignmentKind.MAIN,
            first_day=first_day,
            decision=decision,
            actor=actor,
            now=now,
        )
        return open_account(assignment=assignment, username=username, actor=actor, now=now)


def _lock(assignment: Assignment, actor: Asker | System, now: datetime) -> Assignment:
    """The assignment, locked. The actor needs the right wherever the person works: an account opens all of it."""
    on = localdate(now)
    rows = Assignment.objects.select_for_update(of=("self",)).select_related("user", "post").order_by("pk")
    locked = list(rows.filter(person=assignment.person_id))
    mine = next(row for row in locked if row.pk == assignment.pk)
    if mine.term(on) is Term.ENDED:
        raise WrongTermError
    if mine.user_id is not None and getattr(actor, "pk", None) == mine.user_id:
        raise OwnCaseError
    places = {row.unit_id for row in locked if row.term(on) is not Term.ENDED}
    if not all(may_edit(actor, Capability.ACCOUNT_OPEN, unit) for unit in sorted(places)):
        raise NotAllowedError
    return mine
