"""Posts and people when their unit ends."""

from datetime import timedelta

import pytest

from portal.events import Event
from portal.events.actors import System
from portal.isolation import Purpose, scope
from staff.models import Assignment, AssignmentKind, Post
from staff.operations import Decision, appoint, create_post, delegate, end_assignment, move, take_back
from staff.policies import has_right
from staff.reorganisation import AWAITING, Posts
from staff.states import Capability
from tests.cast import DECISION, Cast, officer
from tests.units.reorganising import (
    DAY,
    MIDNIGHT,
    NOW,
    draft,
    merger,
    put_down,
    run,
    scheduled,
    signed,
    split,
    tried,
    withdrawn,
)
from units.handovers import registered, told_of
from units.kinds import ActKind
from units.models import ReorgEvent, ReorgProof, UndecidedItem
from units.operations import Result, Source, StandsThere, decide_item
from units.states import ActState

pytestmark = pytest.mark.django_db
EVE = DAY - timedelta(days=1)


@pytest.fixture(autouse=True)
def only_posts():
    with registered(Posts()):
        yield


def at(member, on=DAY) -> Assignment:
    return Assignment.objects.on(on).select_related("post").get(user=member.user)


def test_officers_go_to_the_same_post_and_leaders_wait_without_rights(people: Cast) -> None:
    act = scheduled(merger(people.land))
    made = act.changes.get().unit_id
    run(act)
    moved, leader = at(people.desk_officer), at(people.leader)
    assert (moved.unit_id, moved.post.code, moved.decision_no) == (made, "desk-officer", act.legal_no)
    assert (leader.unit_id, leader.post.code) == (made, AWAITING)
    assert at(people.desk_officer, EVE).unit_id == people.home
    with scope(purpose=Purpose.REORGANISATION):
        proof = ReorgProof.objects.get()
    assert proof.holds, proof.findings
    assert not Assignment.objects.not_ended(DAY).filter(unit_id__in=[people.home, people.neighbour]).exists()
    assert not Post.objects.on(DAY).filter(unit_id__in=[people.home, people.neighbour]).exists()


def test_no_right_outlives_its_unit(people: Cast) -> None:
    right = Capability.DELEGATION_GIVE.value
    assert has_right(people.leader.user, right, people.home, EVE)
    act = scheduled(merger(people.land))
    run(act)
    people.leader.user.remembered_rights = None
    for unit in (people.home, act.changes.get().unit_id):
        assert not has_right(people.leader.user, right, unit, DAY)


def test_a_delegation_ends_with_the_unit(people: Cast) -> None:
    giver, taker = people.leader.assignment, people.deputy.assignment
    with scope(units=[people.home]):
        made = delegate(
            giver=giver, taker=taker, capabilities=[Capability.ASSIGNMENT_VIEW.value], first_day=EVE,
            until=DAY + timedelta(days=30), decision=DECISION, actor=people.leader.user, now=NOW,
        )  # fmt: skip
    run(scheduled(merger(people.land)))
    made.refresh_from_db()
    assert made.until == DAY


def test_leaders_without_a_post_are_named_and_stop_nobody(people: Cast) -> None:
    simulation = tried(merger(people.land, title="Lần thử"))
    assert {row["code"] for row in simulation.blockers} == {"leader-without-post"}
    assert not any(row["stops"] for row in simulation.blockers)


def test_people_of_a_split_unit_follow_its_default_and_are_listed(people: Cast) -> None:
    act = scheduled(split(people.land))
    unit = dict(act.changes.values_list("key", "unit_id"))
    run(act)
    with scope(purpose=Purpose.REORGANISATION):
        items = list(UndecidedItem.objects.order_by("id"))
        assert {item.held_by_id for item in items} == {unit["S"]}
        item = items[0]
    with scope(units=[unit["S"], people.neighbour]):  # as the page asks, for the reader
        subject = (item.subject_type, item.subject_id)
        told = told_of("staff.posts", [subject], reader=people.administrator.user, now=NOW)[subject]
        row = Assignment.objects.select_related("person", "post").get(pk=item.subject_id)
        assert (told.title, told.hint) == (row.person.name, row.post.name)
    with scope(purpose=Purpose.REORGANISATION):
        decide_item(item_id=item.pk, to_unit=unit["N"], actor=System.REORGANISATION, now=MIDNIGHT)
    assert Assignment.objects.get(pk=item.subject_id).unit_id == unit["N"]


def test_a_plan_for_days_after_the_end_begins_at_the_successor(people: Cast) -> None:
    post = create_post(
        unit_id=people.neighbour, code="clerk", first_day=DAY + timedelta(days=5), actor=System.COMMAND, now=NOW
    )
    coming = appoint(
        person=people.clerk.person, post=post, kind=AssignmentKind.CONCURRENT, first_day=DAY + timedelta(days=9),
        decision=Decision("9/QĐ", DAY), actor=System.COMMAND, now=NOW,
    )  # fmt: skip
    act = scheduled(merger(people.land))
    run(act)
    coming.refresh_from_db()
    assert (coming.unit_id, coming.first_day) == (act.changes.get().unit_id, DAY + timedelta(days=9))


def test_who_goes_elsewhere_later_by_a_decision_of_their_own_stays_with_the_successor_until_then(people: Cast) -> None:
    later = DAY + timedelta(days=90)
    post = create_post(unit_id=people.elsewhere, code="clerk", first_day=DAY, actor=System.COMMAND, now=NOW)
    move(
        assignment=people.clerk.assignment, post=post, first_day=later, decision=Decision("9/QĐ", NOW.date()),
        actor=System.COMMAND, now=NOW,
    )  # fmt: skip
    act = scheduled(merger(people.land))
    run(act)
    between, then = at(people.clerk), at(people.clerk, later)
    assert (between.unit_id, between.until) == (act.changes.get().unit_id, later)
    assert then.unit_id == people.elsewhere


def test_an_act_that_runs_late_leads_on_whoever_left_in_between(people: Cast) -> None:
    act = scheduled(merger(people.land))
    giver, taker = people.leader.assignment, people.deputy.assignment
    with scope(units=[people.home]):
        delegate(
            giver=giver, taker=taker, capabilities=[Capability.ASSIGNMENT_VIEW.value], first_day=EVE,
            until=DAY + timedelta(days=30), decision=DECISION, actor=people.leader.user, now=NOW,
        )  # fmt: skip
    left, late = DAY + timedelta(days=2), MIDNIGHT + timedelta(days=4)
    for row in (giver, people.clerk.assignment):
        end_assignment(
            assignment=row, until=left, decision=Decision("9/QĐ", NOW.date()), actor=System.COMMAND, now=MIDNIGHT
        )
    run(act, now=late)
    made = act.changes.get().unit_id
    for member in (people.leader, people.clerk):
        following = at(member)
        assert (following.unit_id, following.until) == (made, left)
    with scope(purpose=Purpose.REORGANISATION):
        assert ReorgProof.objects.get().holds
        moved = Event.objects.filter(name="staff.assignment.moved")
        assert {event.at for event in moved} == {late}


def test_an_act_is_withdrawn_once_nobody_is_appointed_where_it_would_make_a_unit(people: Cast) -> None:
    act = scheduled(merger(people.land))
    made, later = act.changes.get().unit_id, DAY + timedelta(days=90)
    decided = {"decision": Decision("9/QĐ", NOW.date()), "actor": System.COMMAND, "now": NOW}
    kind = AssignmentKind.CONCURRENT
    with scope(units=[made, people.elsewhere]):
        post = create_post(unit_id=made, code="clerk", first_day=DAY, actor=System.COMMAND, now=NOW)
        other = create_post(unit_id=people.elsewhere, code="clerk", first_day=DAY, actor=System.COMMAND, now=NOW)
        there = appoint(person=people.clerk.person, post=post, kind=kind, first_day=DAY, until=later, **decided)
        appoint(person=people.clerk.person, post=other, kind=kind, first_day=later, **decided)
    with pytest.raises(StandsThere, match="1 người hoặc việc: Phường An Đông"):
        withdrawn(act)
    with scope(units=[made]):
        take_back(assignment=there, **decided)
    assert withdrawn(act).state == ActState.WITHDRAWN


def test_a_person_decides_about_somebody_whom_a_later_act_has_led_on_or_who_has_left(people: Cast) -> None:
    act = scheduled(split(people.land))
    unit = dict(act.changes.values_list("key", "unit_id"))
    run(act)
    member = people.outsider
    with scope(purpose=Purpose.REORGANISATION):
        item = UndecidedItem.objects.get(subject_id=str(at(member).pk))
    new = Result("Y", "An Tây", "phuong", people.province, code="00097")
    sources = [Source(unit["S"], "Y"), Source(people.elsewhere, "Y")]
    second = scheduled(draft(people.land, [new], sources, legal_no="78/NQ", effective_on=DAY + timedelta(days=1)))
    run(second, now=MIDNIGHT + timedelta(days=1))
    then = MIDNIGHT + timedelta(days=2)
    with scope(purpose=Purpose.REORGANISATION):
        decide_item(item_id=item.pk, to_unit=unit["N"], actor=System.REORGANISATION, now=then)
    assert at(member, DAY + timedelta(days=2)).unit_id == unit["N"]


def test_of_two_places_at_one_unit_the_one_that_was_listed_goes(people: Cast) -> None:
    act = scheduled(split(people.land))
    unit = dict(act.changes.values_list("key", "unit_id"))
    for code in ("clerk", "civil-status-specialist"):
        post = create_post(unit_id=people.neighbour, code=code, first_day=EVE, actor=System.COMMAND, now=NOW)
        appoint(
            person=people.clerk.person, post=post, kind=AssignmentKind.CONCURRENT, first_day=EVE,
            decision=Decision("9/QĐ", EVE), actor=System.COMMAND, now=NOW,
        )  # fmt: skip
    run(act)
    rows = Assignment.objects.on(DAY).filter(person=people.clerk.person, unit_id=unit["S"]).order_by("id")
    first, second = list(rows)
    with scope(purpose=Purpose.REORGANISATION):
        item = UndecidedItem.objects.get(subject_id=str(second.pk))
        decide_item(item_id=item.pk, to_unit=unit["N"], actor=System.REORGANISATION, now=MIDNIGHT)
    for row in (first, second):
        row.refresh_from_db()
    assert (first.unit_id, second.unit_id) == (unit["S"], unit["N"])


def test_a_question_about_somebody_who_has_left_is_answered_and_changes_nothing(people: Cast) -> None:
    act = scheduled(split(people.land))
    unit = dict(act.changes.values_list("key", "unit_id"))
    run(act)
    row = at(people.outsider)
    with scope(purpose=Purpose.REORGANISATION):
        item = UndecidedItem.objects.get(subject_id=str(row.pk))
    left, then = DAY + timedelta(days=2), MIDNIGHT + timedelta(days=3)
    with scope(purpose=Purpose.REORGANISATION):
        end_assignment(assignment=row, until=left, decision=Decision("9/QĐ", DAY), actor=System.COMMAND, now=MIDNIGHT)
        done = decide_item(item_id=item.pk, to_unit=unit["N"], actor=System.REORGANISATION, now=then)
    assert done.decided_at is not None
    row.refresh_from_db()
    assert (row.unit_id, row.until) == (unit["S"], left)


def test_a_unit_without_successor_ends_with_its_places_and_its_people_are_named_before(people: Cast) -> None:
    third = people.land.new("00005").pk
    member = officer("son", name="Lò Văn Sơn", number="000086000041", unit_id=third, post="clerk")
    plan = appoint(
        person=people.outsider.person, post=member.assignment.post, kind=AssignmentKind.CONCURRENT,
        first_day=DAY + timedelta(days=9), decision=Decision("9/QĐ", EVE), actor=System.COMMAND, now=NOW,
    )  # fmt: skip
    act = draft(people.land, sources=[Source(third)], kind=ActKind.ABOLISH)
    named = {(row["code"], row["stops"]) for row in tried(act).blockers if row["unit"] == third}
    assert named == {("place-ends", False)}
    signed(act)
    put_down(act)
    run(act)
    assert not Assignment.objects.on(DAY).filter(user=member.user).exists()
    assert not Assignment.objects.filter(pk=plan.pk).exists()
    with scope(purpose=Purpose.REORGANISATION):
        proof = ReorgProof.objects.get()
    assert proof.holds, proof.findings


def again(people: Cast, first: ReorgEvent) -> ReorgEvent:
    """A second act over what the first makes, a day later, scheduled before the first has taken effect."""
    made = first.changes.get().unit_id
    new = Result("Y", "An Tây", "phuong", people.province, code="00097")
    sources = [Source(made, "Y"), Source(people.elsewhere, "Y")]
    return scheduled(draft(people.land, [new], sources, legal_no="78/NQ", effective_on=DAY + timedelta(days=1)))


def test_people_follow_two_acts_of_which_the_second_was_scheduled_before_the_first_ran(people: Cast) -> None:
    first = scheduled(merger(people.land))
    second = again(people, first)
    run(first)
    assert at(people.clerk).unit_id == first.changes.get().unit_id
    run(second, now=MIDNIGHT + timedelta(days=1))
    following = at(people.clerk, DAY + timedelta(days=1))
    assert (following.unit_id, following.until) == (second.changes.get().unit_id, None)
    with scope(purpose=Purpose.REORGANISATION):
        assert [proof.holds for proof in ReorgProof.objects.all()] == [True, True]


def test_people_stay_where_a_first_act_led_them_when_the_second_is_withdrawn(people: Cast) -> None:
    first = scheduled(merger(people.land))
    second = again(people, first)
    run(first)
    withdrawn(second, now=MIDNIGHT + timedelta(hours=9))
    assert at(people.clerk, DAY + timedelta(days=400)).unit_id == first.changes.get().unit_id


def test_who_is_appointed_at_a_unit_that_a_scheduled_act_ends_goes_along(people: Cast) -> None:
    act = scheduled(merger(people.land))
    made = appoint(
        person=people.outsider.person, post=people.clerk.assignment.post, kind=AssignmentKind.CONCURRENT,
        first_day=EVE, decision=Decision("9/QĐ", EVE), actor=System.COMMAND, now=NOW,
    )  # fmt: skip
    run(act)
    made.refresh_from_db()
    following = Assignment.objects.on(DAY).get(person=people.outsider.person, kind=AssignmentKind.CONCURRENT)
    assert (made.until, following.unit_id) == (DAY, act.changes.get().unit_id)


def test_a_plan_for_days_after_a_second_act_is_led_on_by_both(people: Cast) -> None:
    coming = appoint(
        person=people.outsider.person, post=people.clerk.assignment.post, kind=AssignmentKind.CONCURRENT,
        first_day=DAY + timedelta(days=9), decision=Decision("9/QĐ", DAY), actor=System.COMMAND, now=NOW,
    )  # fmt: skip
    first = scheduled(merger(people.land))
    second = again(people, first)
    run(first)
    run(second, now=MIDNIGHT + timedelta(days=1))
    coming.refresh_from_db()
    assert (coming.unit_id, coming.first_day) == (second.changes.get().unit_id, DAY + timedelta(days=9))
