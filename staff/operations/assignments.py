"""Assignments begin, end, move and are corrected; each by a decision, each under the lock of its post."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import ProtectedError
from django.utils.timezone import localdate

from portal.events import record
from portal.events.actors import System
from staff.days import days_fit
from staff.errors import BadDaysError, NamedElsewhereError, NotAllowedError, OwnCaseError, WrongTermError
from staff.events import Fact
from staff.models import Assignment, AssignmentKind, Delegation, Person, Post
from staff.operations.decision import Decision
from staff.policies import Asker, Capability, may, may_edit
from staff.states import TRANSITIONS, Action


@transaction.atomic
def appoint(
    *,
    person: Person,
    post: Post,
    kind: AssignmentKind,
    first_day: date,
    until: date | None = None,
    decision: Decision,
    actor: Asker | System,
    now: datetime,
) -> Assignment:
    """Put a person at a post, from a day that may lie ahead: it takes effect by itself."""
    locked = Post.objects.select_for_update().get(pk=post.pk)
    if not may_edit(actor, Capability.ASSIGNMENT_EDIT, locked.unit_id):
        raise NotAllowedError
    _not_own(actor, person.user_id)
    return _make(
        person=person,
        post=locked,
        kind=kind,
        first_day=first_day,
        until=until,
        decision=decision,
        actor=actor,
        now=now,
    )


@transaction.atomic
def end_assignment(
    *, assignment: Assignment, until: date, decision: Decision, actor: Asker | System, now: datetime
) -> Assignment:
    """`until` is the first day without it. Delegations given or taken by it end with it."""
    locked = _lock(assignment, Action.END, actor, now)
    _shorten(locked, until, actor, now)
    facts = {"until": until, "decision": decision.number, "decided_on": decision.on}
    _tell(Fact.ASSIGNMENT_ENDED, locked, actor, now, facts)
    return locked


@transaction.atomic
def take_back(*, assignment: Assignment, decision: Decision, actor: Asker | System, now: datetime) -> None:
    """An appointment that has not begun is as if it had not been; what was planned stands in the event. Whoever was
    moved by it is appointed anew. Raises NamedElsewhereError besides.
    """
    locked = _lock(assignment, Action.TAKE_BACK, actor, now)
    drop_delegations(assignment=locked, actor=actor, now=now)
    facts = {
        "person": str(locked.person_id),
        "post": locked.post_id,
        "kind": locked.kind,
        "from": locked.first_day,
        "until": locked.until,
        "decision": decision.number,
        "decided_on": decision.on,
    }
    _tell(Fact.ASSIGNMENT_TAKEN_BACK, locked, actor, now, facts)
    try:
        locked.delete()
    except ProtectedError as error:
        raise NamedElsewhereError from error


def drop_delegations(*, assignment: Assignment, actor: Asker | System, now: datetime) -> None:
    """Those of a plan, which never began either."""
    for delegation in Delegation.objects.filter(giver=assignment) | Delegation.objects.filter(taker=assignment):
        facts = {"until": delegation.first_day, "because_of_assignment": str(assignment.pk)}
        unit = assignment.unit_id
        record(Fact.DELEGATION_REVOKED, subject=delegation, actor=actor, unit=unit, at=now, facts=facts)
        delegation.delete()


@transaction.atomic
def move(
    *, assignment: Assignment, post: Post, first_day: date, decision: Decision, actor: Asker | System, now: datetime
) -> Assignment:
    """To another post on the day, by one decision. Needs the right at both units. Returns the new assignment."""
    old = _lock(assignment, Action.MOVE, actor, now)
    target = Post.objects.select_for_update().get(pk=post.pk)
    if not may_edit(actor, Capability.ASSIGNMENT_EDIT, target.unit_id):
        raise NotAllowedError
    until = old.until
    _shorten(old, first_day, actor, now)
    person = Person(pk=old.person_id, user_id=old.user_id)  # its row may be out of the actor's sight by now
    new = _make(
        person=person,
        post=target,
        kind=AssignmentKind(old.kind),
        first_day=first_day,
        until=until,
        decision=decision,
        actor=actor,
        now=now,
    )
    facts = {"to": str(new.pk), "on": first_day, "decision": decision.number, "decided_on": decision.on}
    _tell(Fact.ASSIGNMENT_MOVED, old, actor, now, facts)
    return new


@transaction.atomic
def correct_assignment(
    *,
    assignment: Assignment,
    reason: str,
    first_day: date | None = None,
    decision: Decision | None = None,
    actor: Asker | System,
    now: datetime,
) -> Assignment:
    """What was written was wrong from the start: the row is put right, the old belief stands in the event."""
    locked = _lock(assignment, Action.CORRECT, actor, now)
    believed = {"from": locked.first_day, "decision": locked.decision_no, "decided_on": locked.decision_on}
    if first_day is not None:
        if locked.until is not None and first_day >= locked.until:
            raise BadDaysError
        locked.valid = DateRange(first_day, locked.until)
    if decision is not None:
        locked.decision_no, locked.decision_on = decision.number, decision.on
    locked.recorded_at = now
    with days_fit():
        locked.save(update_fields=["valid", "decision_no", "decision_on", "recorded_at"])
    _tell(Fact.ASSIGNMENT_CORRECTED, locked, actor, now, {"believed": believed, "reason": reason[:300]})
    return locked


def _lock(assignment: Assignment, action: Action, actor: Asker | System, now: datetime) -> Assignment:
    """The row, locked, when this step may be taken now by this actor. A late act leads on also who has left since."""
    locked = Assignment.objects.select_for_update().get(pk=assignment.pk)
    terms, _capability, _fact = TRANSITIONS[action]
    if not may(action, actor, locked.unit_id):
        raise NotAllowedError
    _not_own(actor, locked.user_id)
    if actor is not System.REORGANISATION and locked.term(localdate(now)) not in terms:
        raise WrongTermError
    return locked


def _not_own(actor: Asker | System, user_id: Any) -> None:
    if user_id is not None and getattr(actor, "pk", None) == user_id:
        raise OwnCaseError


def _make(
    *,
    person: Person,
    post: Post,
    kind: AssignmentKind,
    first_day: date,
    until: date | None,
    decision: Decision,
    actor: Asker | System,
    now: datetime,
) -> Assignment:
    if until is not None and until <= first_day:
        raise BadDaysError
    made = Assignment(
        person_id=person.pk,
        user_id=person.user_id,
        post=post,
        unit_id=post.unit_id,
        kind=kind,
        valid=DateRange(first_day, until),
        decision_no=decision.number,
        decision_on=decision.on,
        recorded_at=now,
    )
    with days_fit():
        made.save(force_insert=True)
    facts = {
        "post": post.code,
        "kind": kind.value,
        "from": first_day,
        "until": until,
        "decision": decision.number,
        "decided_on": decision.on,
    }
    _tell(Fact.ASSIGNMENT_MADE, made, actor, now, facts)
    return made


def _shorten(assignment: Assignment, until: date, actor: Asker | System, now: datetime) -> None:
    if until <= assignment.first_day or (assignment.until is not None and until > assignment.until):
        raise BadDaysError
    for delegation in Delegation.objects.filter(giver=assignment) | Delegation.objects.filter(taker=assignment):
        if delegation.until is not None and delegation.until <= until:
            continue
        record(
            Fact.DELEGATION_REVOKED,
            subject=delegation,
            actor=actor,
            unit=assignment.unit_id,
            at=now,
            facts={"until": until, "because_of_assignment": str(assignment.pk)},
        )
        if delegation.first_day >= until:
            delegation.delete()  # it never began; the event keeps that it was planned
        else:
            delegation.valid = DateRange(delegation.first_day, until)
            delegation.save(update_fields=["valid"])
    assignment.valid = DateRange(assignment.first_day, until)
    with days_fit():
        assignment.save(update_fields=["valid"])


def _tell(fact: Fact, assignment: Assignment, actor: Asker | System, now: datetime, facts: dict[str, Any]) -> None:
    record(
        fact,
        subject=assignment,
        actor=actor,
        unit=assignment.unit_id,
        at=now,
        facts=facts,
        concerns=[assignment.user_id] if assignment.user_id else [],
    )
