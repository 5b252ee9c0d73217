"""Many people and posts follow their units at once: some statements for all of them, and an event for each.

By the portal itself, in the transaction of an act; one by one it is `move` and `create_post`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange

from portal.events import Told, record_all
from portal.events.actors import System
from staff.days import days_fit
from staff.events import Fact
from staff.models import Assignment, Post
from staff.operations.decision import Decision

BATCH = 500
SHORTEN = "update staff_assignment set valid = daterange(lower(valid), %s) where id = any (%s)"
CLOSE = """update staff_post set valid = daterange(lower(valid), %s)
 where unit_id = any (%s) and valid @> %s::date and lower(valid) < %s"""


@dataclass(frozen=True, slots=True)
class Moving:
    """A locked assignment without delegations, which holds since before the day, and the post it goes to."""

    old: Assignment
    post: Post


def create_posts(posts: Sequence[Post], *, now: datetime) -> None:
    """Unsaved posts become rows."""
    for post in posts:
        post.recorded_at = now
    with days_fit():
        Post.objects.bulk_create(posts, batch_size=BATCH)
    told = [Told(post, post.unit_id, facts=_of_post(post)) for post in posts]
    record_all(Fact.POST_CREATED, told, actor=System.REORGANISATION, at=now)


def _of_post(post: Post) -> Mapping[str, object]:
    return {"code": post.code, "from": post.valid.lower, "until": post.valid.upper}


def move_all(moving: Sequence[Moving], *, first_day: date, decision: Decision, now: datetime) -> list[Assignment]:
    """The new assignments, in the order of the old ones."""
    made = [_follower(one, first_day, decision, now) for one in moving]
    with days_fit(), connection.cursor() as cursor:
        cursor.execute(SHORTEN, [first_day, [one.old.pk for one in moving]])
        Assignment.objects.bulk_create(made, batch_size=BATCH)
    decided = {"decision": decision.number, "decided_on": decision.on}
    begun, moved = [], []
    for one, new in zip(moving, made, strict=True):
        concerns = [new.user_id] if new.user_id else []
        days = {"from": first_day, "until": new.until}
        facts = {"post": one.post.code, "kind": new.kind, **days, **decided}
        begun.append(Told(new, new.unit_id, facts=facts, concerns=concerns))
        facts = {"to": str(new.pk), "on": first_day, **decided}
        moved.append(Told(one.old, one.old.unit_id, facts=facts, concerns=concerns))
    record_all(Fact.ASSIGNMENT_MADE, begun, actor=System.REORGANISATION, at=now)
    record_all(Fact.ASSIGNMENT_MOVED, moved, actor=System.REORGANISATION, at=now)
    return made


def _follower(one: Moving, first_day: date, decision: Decision, now: datetime) -> Assignment:
    return Assignment(
        person_id=one.old.person_id, user_id=one.old.user_id, post=one.post, unit_id=one.post.unit_id,
        kind=one.old.kind, valid=DateRange(first_day, one.old.until), decision_no=decision.number,
        decision_on=decision.on, recorded_at=now,
    )  # fmt: skip


def close_posts(units: Iterable[int], on: date) -> None:
    """Posts of these units that hold on the day end before it."""
    with days_fit(), connection.cursor() as cursor:
        cursor.execute(CLOSE, [on, sorted(units), on, on])
