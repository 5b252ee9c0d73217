"""Posts and people follow their units: officers to the same post at the successor, leaders to where no right comes with
the post until somebody appoints them.

Two merged communes have two chairs, and the law knows one: nobody is appointed by a machine. Whoever led a unit that
ended keeps their place, visibly, at the post `awaiting-post` of its successor, which brings nothing with it.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Count as Number
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from portal.events import record
from portal.events.actors import Actor, System
from staff.errors import NamedElsewhereError
from staff.events import Fact
from staff.models import Assignment, AssignmentKind, Delegation, Post
from staff.operations import Decision, end_assignment, move, take_back
from staff.operations.assignments import drop_delegations
from staff.operations.following import Moving, close_posts, create_posts, move_all
from staff.policies import today
from units.handovers import (
    Applied,
    Blocker,
    Count,
    Cure,
    Finding,
    Held,
    Move,
    Preview,
    Reorganisation,
    Told,
    Undecided,
    Words,
)
from units.models import ReorgEvent

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
    may_end = True  # with a unit that has no successor: its officers' assignments end
    words = Words(
        things={WHAT: _("officers with an assignment")},
        states={kind.value: kind.label for kind in AssignmentKind},
        blockers={
            "leader-without-post": Cure(
                _("%(number)s leaders of %(unit)s have no post from the day on"),
                _("Appoint them before the day; else they wait at its successor without rights."),
            ),
            "place-ends": Cure(
                _("%(number)s officers of %(unit)s, which has no successor, have no place from the day on"),
                _("Appoint them elsewhere from the day on."),
            ),
            "nobody-at-desk": Cure(
                _("%(unit)s takes work over and has no post from the day on"),
                _("Create its posts and appoint people from the day on."),
            ),
        },
        findings={
            "right-survives": _("%(number)s assignments still hold at %(unit)s, which has ended"),
            "delegation-survives": _("%(number)s delegations still hold at %(unit)s, which has ended"),
            "post-survives": _("%(number)s posts are still open at %(unit)s, which has ended"),
        },
    )

    def count(self, units: Collection[int]) -> Iterator[Count]:
        with connection.cursor() as cursor:
            cursor.execute(COUNT, {"units": list(units), "today": today()})
            for unit_id, kind, user_id, number in cursor.fetchall():
                yield Count(WHAT, unit_id, number, kind, user_id)

    def standing(self, units: Collection[int]) -> Iterator[Count]:
        """Everybody with a place there now or later, also who goes elsewhere after it."""
        rows = held(units, today()).order_by().values_list("unit_id", "kind").annotate(number=Number("id"))
        for unit_id, kind, number in sorted(rows):
            yield Count(WHAT, unit_id, number, kind)

    def preview(self, act: Reorganisation) -> Preview:
        blockers: list[Blocker] = []
        told: Counter[tuple[str, int]] = Counter()
        for row in held(act.ending, act.effective_on):
            if act.main_heir(row.unit_id) is None:
                told["place-ends", row.unit_id] += 1
            elif row.post.is_leader:
                told["leader-without-post", row.unit_id] += 1
        blockers += [Blocker(code, unit_id, number, stops=False) for (code, unit_id), number in sorted(told.items())]
        staffed = set(held(act.ending, act.effective_on).values_list("unit_id", flat=True))
        coming = {act.main_heir(unit_id) for unit_id in staffed}
        there = set(held(act.receiving, act.effective_on).values_list("unit_id", flat=True))
        for unit_id in sorted(act.receiving - there - coming):
            blockers.append(Blocker("nobody-at-desk", unit_id, stops=False))
        return Preview(list(self.count(act.ending)), blockers)

    def hold(self, act: Reorganisation) -> Held:
        """Nobody is appointed in the minute of an act. Places that end with a unit without successor don't count."""
        alone = {unit_id for unit_id in act.ending if act.main_heir(unit_id) is None}
        return lambda units: self.count(set(units) - alone)

    def apply(self, act: Reorganisation, *, now: datetime, actor: Actor) -> Applied:
        decision, on = _decision(act), act.effective_on
        rows = list(held(act.ending, on).order_by("id").select_for_update(of=("self",)))
        staying: list[tuple[Assignment, int]] = []
        for row in rows:
            heir = act.main_heir(row.unit_id)
            if heir is None:
                _end(row, on, decision, now)
            else:
                staying.append((row, heir))
        followers = _follow_all(staying, on, decision, now)
        close_posts(act.ending, on)
        moves = Counter(
            (before, heir, new.kind) for (_row, heir), (new, before) in zip(staying, followers, strict=True)
        )
        undecided = [
            Undecided((SUBJECT, str(new.pk)), before, new.unit_id) for new, before in followers if before in act.split
        ]
        told = [Move(WHAT, old, new, number, kind) for (old, new, kind), number in moves.items()]
        return Applied(told, undecided)

    def place(self, subject: tuple[str, str], *, from_unit: int, to_unit: int, now: datetime, actor: Actor) -> None:
        row = _as_it_is(subject[1], from_unit, now)
        if row is None:
            return  # they left, or were moved by a decision of its own in the meantime
        decision = Decision(row.decision_no, row.decision_on)
        first = max(row.first_day, localdate(now))
        post = _posts_at([(row.post, to_unit)], first, now)[row.post_id, to_unit]
        _follow(row, post, first, decision, now)

    def tell(
        self, subjects: Collection[tuple[str, str]], *, reader: Actor, now: datetime
    ) -> dict[tuple[str, str], Told]:
        """Whose assignment it is, and at which post."""
        wanted = {key: kind for kind, key in subjects}
        rows = Assignment.objects.filter(pk__in=wanted).select_related("person", "post").order_by("id")
        return {(wanted[str(row.pk)], str(row.pk)): Told(row.person.name, row.post.name) for row in rows}

    def verify(self, act: Reorganisation) -> Iterable[Finding]:
        """Sessions bear no unit: an officer is in while an assignment holds, and may do what it brings."""
        units, on = sorted(act.ending), act.effective_on
        held_there = Q(giver__unit_id__in=units) | Q(taker__unit_id__in=units)
        lent = Delegation.objects.filter(held_there, Q(valid__endswith=None) | Q(valid__endswith__gt=on))
        begun = Post.objects.filter(unit_id__in=units, valid__startswith__lt=on)
        posts = begun.filter(Q(valid__endswith=None) | Q(valid__endswith__gt=on))
        yield from _findings("right-survives", held(units, on), "unit_id")
        yield from _findings("delegation-survives", lent, "giver__unit_id")
        yield from _findings("post-survives", posts, "unit_id")


def _as_it_is(pk: str, unit_id: int, now: datetime) -> Assignment | None:
    """The row that was listed while it stands there; else what an act after it has given the person instead."""
    listed = Assignment.objects.select_related("post").select_for_update(of=("self",)).get(pk=pk)
    if listed.unit_id == unit_id and (listed.until is None or listed.until > localdate(now)):
        return listed
    rows = Assignment.objects.filter(person_id=listed.person_id, kind=listed.kind, unit_id=unit_id)
    there = rows.not_ended(localdate(now)).select_related("post").select_for_update(of=("self",))
    return there.order_by("valid", "id").first()


def _findings(code: str, rows: Any, unit: str) -> Iterator[Finding]:
    counted = rows.order_by().values_list(unit).annotate(number=Number("id"))
    yield from (Finding(code, unit_id, number) for unit_id, number in sorted(counted))


def held(units: Iterable[int], on: date) -> Any:
    """Assignments at the units that hold on the day or begin later."""
    return Assignment.objects.filter(unit_id__in=list(units)).not_ended(on).select_related("post")


def _decision(act: Reorganisation) -> Decision:
    event = ReorgEvent.objects.get(pk=act.act_id)
    return Decision(event.legal_no, event.legal_date)


def _posts_at(wanted: Collection[tuple[Post, int]], first: date, now: datetime) -> dict[tuple[int, int], Post]:
    """One post for each that ended, by the old post and the unit; a leader's brings nothing with it.

    It stays open where a scheduled act ends the unit later: that act hands on, or is withdrawn.
    """
    made: dict[tuple[int, int], Post] = {}
    for old, unit in wanted:
        code, title = (AWAITING, old.name) if old.is_leader else (old.code, old.title)
        post = Post(unit_id=unit, code=code, title=title, phone=old.phone, valid=DateRange(first, None))
        made.setdefault((old.pk, unit), post)
    create_posts(list(made.values()), now=now)
    return made


def _follow_all(
    staying: Sequence[tuple[Assignment, int]], on: date, decision: Decision, now: datetime
) -> list[tuple[Assignment, int]]:
    """The assignments at the heirs, each with the unit it came from. Those with delegations, or planned for later, go
    one by one."""
    befores = [row.unit_id for row, _heir in staying]
    posts = _posts_at([(row.post, heir) for row, heir in staying], on, now)
    pks = [row.pk for row, _heir in staying]
    lent = Delegation.objects.filter(Q(giver__in=pks) | Q(taker__in=pks)).values_list("giver", "taker")
    single = {pk for pair in lent for pk in pair} | {row.pk for row, _heir in staying if row.first_day >= on}
    many = [Moving(row, posts[row.post_id, heir]) for row, heir in staying if row.pk not in single]
    moved = iter(move_all(many, first_day=on, decision=decision, now=now))
    found = []
    for (row, heir), before in zip(staying, befores, strict=True):
        post = posts[row.post_id, heir]
        found.append((_follow(row, post, on, decision, now) if row.pk in single else next(moved), before))
    return found


def _follow(row: Assignment, post: Post, on: date, decision: Decision, now: datetime) -> Assignment:
    if row.first_day < on:
        return move(assignment=row, post=post, first_day=on, decision=decision, actor=System.REORGANISATION, now=now)
    # It was planned for a day on which its unit has ended: it begins at the successor instead.
    old_unit = row.unit_id
    drop_delegations(assignment=row, actor=System.REORGANISATION, now=now)
    row.post, row.unit_id = post, post.unit_id
    row.decision_no, row.decision_on = decision.number, decision.on
    row.save(update_fields=["post", "unit", "decision_no", "decision_on"])
    facts = {"to": str(row.pk), "on": row.first_day, "decision": decision.number, "decided_on": decision.on}
    concerns = [row.user_id] if row.user_id else []
    actor = System.REORGANISATION
    record(Fact.ASSIGNMENT_MOVED, subject=row, actor=actor, unit=old_unit, at=now, facts=facts, concerns=concerns)
    return row


def _end(row: Assignment, on: date, decision: Decision, now: datetime) -> None:
    """Its unit has no successor. A plan for later days is taken back; where something names it, `verify` does too."""
    actor = System.REORGANISATION
    if row.first_day < on:
        end_assignment(assignment=row, until=on, decision=decision, actor=actor, now=now)
        return
    with suppress(NamedElsewhereError):
        take_back(assignment=row, decision=decision, actor=actor, now=now)
