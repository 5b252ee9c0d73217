"""Posts and people follow their units: officers to the same post at the successor, leaders to where no right comes with
the post until somebody appoints them.

Two merged communes have two chairs, and the law knows one: nobody is appointed by a machine. Whoever led a unit that
ended keeps their place, visibly, at the post `awaiting-post` of its successor, which brings nothing with it.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext_lazy as _

from portal.events import record
from portal.events.actors import Actor, System
from staff.events import Fact
from staff.models import Assignment, AssignmentKind, Delegation, Post
from staff.operations import Decision, create_post, end_assignment, move
from staff.policies import today
from units.handovers import (
    Applied,
    Blocker,
    Count,
    Cure,
    Finding,
    Move,
    Preview,
    Reorganisation,
    Told,
    Undecided,
    Words,
)
from units.models import ReorgEvent, UnitVersion

AWAITING = "awaiting-post"
SUBJECT = "staff.assignment"
WHAT = "officer"
# Each person once for each kind of assignment: where the last of them is.
COUNT = """
select unit_id, kind, user_id, count(*) from (
  select distinct on (person_id, kind) unit_id, kind, user_id from staff_assignment
   where upper_inf(valid) or upper(valid) > %(today)s
   order by person_id, kind, lower(valid) desc, id desc) last
 where unit_id = any (%(units)s) group by 1, 2, 3 order by 1, 2, 3"""


class Posts:
    name, order = "staff.posts", 10
    words = Words(
        things={WHAT: _("officers with an assignment")},
        states={kind.value: kind.label for kind in AssignmentKind},
        blockers={
            "leader-without-post": Cure(
                _("%(number)s leaders of %(unit)s have no post from the day on"),
                _("Appoint them before the day; else they wait at its successor without rights."),
            ),
            "nobody-at-desk": Cure(
                _("%(unit)s takes work over and has no post from the day on"),
                _("Create its posts and appoint people from the day on."),
            ),
        },
        findings={"right-survives": _("%(number)s assignments still hold at %(unit)s, which has ended")},
    )

    def count(self, units: Collection[int]) -> Iterator[Count]:
        with connection.cursor() as cursor:
            cursor.execute(COUNT, {"units": list(units), "today": today()})
            for unit_id, kind, user_id, number in cursor.fetchall():
                yield Count(WHAT, unit_id, number, kind, user_id)

    def preview(self, act: Reorganisation) -> Preview:
        blockers: list[Blocker] = []
        leaders: dict[int, int] = {}
        for row in held(act.ending, act.effective_on):
            if row.post.is_leader and not _placed_otherwise(row, act.effective_on):
                leaders[row.unit_id] = leaders.get(row.unit_id, 0) + 1
        blockers += [
            Blocker("leader-without-post", unit_id, number, stops=False) for unit_id, number in sorted(leaders.items())
        ]
        staffed = set(held(act.ending, act.effective_on).values_list("unit_id", flat=True))
        coming = {act.main_heir(unit_id) for unit_id in staffed}
        there = set(held(act.receiving, act.effective_on).values_list("unit_id", flat=True))
        for unit_id in sorted(act.receiving - there - coming):
            blockers.append(Blocker("nobody-at-desk", unit_id, stops=False))
        return Preview(list(self.count(act.ending)), blockers)

    def apply(self, act: Reorganisation, *, now: datetime, actor: Actor) -> Applied:
        decision = _decision(act)
        moves: dict[tuple[int, int, str], int] = {}
        undecided = []
        made: dict[tuple[int, int], Post] = {}
        for row in held(act.ending, act.effective_on).order_by("id").select_for_update(of=("self",)):
            heir = act.main_heir(row.unit_id)
            if heir is None or _placed_otherwise(row, act.effective_on):
                _end(row, act.effective_on, decision, now)
                continue
            post = _post_at(heir, row.post, act.effective_on, made, now)
            follower = _follow(row, post, act.effective_on, decision, now)
            key = (row.unit_id, heir, row.kind)
            moves[key] = moves.get(key, 0) + 1
            if row.unit_id in act.split:
                undecided.append(Undecided((SUBJECT, str(follower.pk)), row.unit_id, heir))
        _close_posts(act.ending, act.effective_on)
        told = [Move(WHAT, old, new, number, kind) for (old, new, kind), number in moves.items()]
        return Applied(told, undecided)

    def place(self, subject: tuple[str, str], *, from_unit: int, to_unit: int, now: datetime, actor: Actor) -> None:
        row = Assignment.objects.select_related("post").select_for_update(of=("self",)).get(pk=subject[1])
        if row.unit_id != from_unit:
            return  # moved by a decision of its own in the meantime
        decision = Decision(row.decision_no, row.decision_on)
        first = max(row.first_day, today())
        _follow(row, _post_at(to_unit, row.post, first, {}, now), first, decision, now)

    def tell(self, subjects: Collection[tuple[str, str]]) -> dict[tuple[str, str], Told]:
        """Whose assignment it is, and at which post."""
        wanted = {key: kind for kind, key in subjects}
        rows = Assignment.objects.filter(pk__in=wanted).select_related("person", "post").order_by("id")
        return {(wanted[str(row.pk)], str(row.pk)): Told(row.person.name, row.post.name) for row in rows}

    def verify(self, act: Reorganisation) -> Iterable[Finding]:
        left: dict[int, int] = {}
        for unit_id in held(act.ending, act.effective_on).values_list("unit_id", flat=True):
            left[unit_id] = left.get(unit_id, 0) + 1
        return [Finding("right-survives", unit_id, number) for unit_id, number in sorted(left.items())]


def held(units: Iterable[int], on: date) -> Any:
    """Assignments at the units that hold on the day or begin later."""
    return Assignment.objects.filter(unit_id__in=list(units)).not_ended(on).select_related("post")


def _placed_otherwise(row: Assignment, on: date) -> bool:
    """The person has a main assignment from the day on, at another unit, by a decision of its own."""
    if row.kind != AssignmentKind.MAIN:
        return False
    mains = Assignment.objects.filter(person_id=row.person_id, kind=AssignmentKind.MAIN, valid__startswith__gte=on)
    return mains.exclude(unit_id=row.unit_id).exists()


def _decision(act: Reorganisation) -> Decision:
    event = ReorgEvent.objects.get(pk=act.act_id)
    return Decision(event.legal_no, event.legal_date)


def _post_at(unit_id: int, old: Post, first: date, made: dict[tuple[int, int], Post], now: datetime) -> Post:
    """One post for each that ended; a leader's brings nothing with it."""
    key = (old.pk, unit_id)
    if key not in made:
        code, title = (AWAITING, old.name) if old.is_leader else (old.code, old.title)
        last = UnitVersion.objects.filter(unit_id=unit_id).order_by("-valid").first()
        made[key] = create_post(
            unit_id=unit_id, code=code, title=title, phone=old.phone, first_day=first,
            until=last.valid_until if last else None, actor=System.REORGANISATION, now=now,
        )  # fmt: skip
    return made[key]


def _follow(row: Assignment, post: Post, on: date, decision: Decision, now: datetime) -> Assignment:
    if row.first_day < on:
        return move(assignment=row, post=post, first_day=on, decision=decision, actor=System.REORGANISATION, now=now)
    # It was planned for a day on which its unit has ended: it begins at the successor instead.
    old_unit = row.unit_id
    _drop_delegations(row, now)
    row.post, row.unit_id = post, post.unit_id
    row.decision_no, row.decision_on = decision.number, decision.on
    row.save(update_fields=["post", "unit", "decision_no", "decision_on"])
    facts = {"to": str(row.pk), "on": row.first_day, "decision": decision.number, "decided_on": decision.on}
    concerns = [row.user_id] if row.user_id else []
    actor = System.REORGANISATION
    record(Fact.ASSIGNMENT_MOVED, subject=row, actor=actor, unit=old_unit, at=now, facts=facts, concerns=concerns)
    return row


def _end(row: Assignment, on: date, decision: Decision, now: datetime) -> None:
    """Nothing to end where it would only begin: it stays a plan that gives no right, and `verify` names it."""
    if row.first_day < on:
        end_assignment(assignment=row, until=on, decision=decision, actor=System.REORGANISATION, now=now)


def _drop_delegations(row: Assignment, now: datetime) -> None:
    for delegation in Delegation.objects.filter(giver=row) | Delegation.objects.filter(taker=row):
        facts = {"until": delegation.first_day, "because_of_assignment": str(row.pk)}
        actor, unit = System.REORGANISATION, row.unit_id
        record(Fact.DELEGATION_REVOKED, subject=delegation, actor=actor, unit=unit, at=now, facts=facts)
        delegation.delete()


def _close_posts(units: Iterable[int], on: date) -> None:
    for post in Post.objects.on(on).filter(unit_id__in=list(units), valid__startswith__lt=on).select_for_update():
        post.valid = DateRange(post.valid.lower, on)
        post.save(update_fields=["valid"])
