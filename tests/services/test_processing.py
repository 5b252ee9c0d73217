"""One officer at a time; each hand-over leaves its receipt; an earlier step can be asked to do it again."""

from datetime import date

import pytest

from services import errors
from services.batch_checks import prepare
from services.kinds import StepRole
from services.models import Handover, WorkItem
from services.operations import processing
from services.operations.extending import ask_extension
from services.policies import step_abilities
from services.states import BatchDeed, ItemState, State
from tests.services.build import Office

LATER = date(2026, 12, 31)


def test_taking_the_first_step_begins_the_work(office: Office) -> None:
    dossier = office.processing()
    assert dossier.state == State.PROCESSING
    assert dossier.holder == office.people.specialist.user


def test_a_second_officer_learns_that_somebody_was_first(office: Office) -> None:
    item = office.open_step(office.processing())
    with pytest.raises(errors.HeldByOtherError):
        processing.take_step(item=item, actor=office.people.leader.user, now=office.tick())
    with pytest.raises(errors.HeldByOtherError):
        processing.finish_step(item=item, note="", actor=office.people.leader.user, now=office.tick())


def test_what_nobody_has_taken_is_taken_before_it_is_worked_on(office: Office) -> None:
    dossier, now = office.accepted(), office.tick
    item, specialist = office.open_step(dossier), office.people.specialist.user
    for able, deed in (
        ("finish", lambda: processing.finish_step(item=item, note="", actor=specialist, now=now())),
        ("return", lambda: processing.return_step(item=item, to="receive", note="x", actor=specialist, now=now())),
        ("extend", lambda: ask_extension(item=item, new_due_on=LATER, reason="x", actor=specialist, now=now())),
    ):
        assert not step_abilities(specialist, item)[able]
        with pytest.raises(errors.NotTakenError):
            deed()
    item.refresh_from_db()
    assert (item.state, item.officer) == (ItemState.OPEN, None)
    assert step_abilities(specialist, item)["take"]


def test_handing_out_is_the_whole_desk_s_and_nobody_takes_it(office: Office) -> None:
    """Also where nobody works on dossiers, such as a desk that only receives and hands out."""
    dossier, people = office.processing(), office.people
    WorkItem.objects.of(dossier).open().update(role=StepRole.RETURNS, officer=None)
    item = office.open_step(dossier)
    for member in (people.specialist, people.leader, people.desk_officer):
        assert not {key for key, may in step_abilities(member.user, item).items() if may} & {"take", "assign", "finish"}
    with pytest.raises(errors.DeskStepError):
        processing.take_step(item=item, actor=people.specialist.user, now=office.tick())
    with pytest.raises(errors.DeskStepError):
        processing.assign_step(
            item=item, officer=people.specialist.user, reason="x", actor=people.leader.user, now=office.tick()
        )
    for deed in (BatchDeed.TAKE, BatchDeed.ASSIGN, BatchDeed.FINISH):
        assert not prepare(people.leader.user, deed, [office.again(dossier)]).picks


def test_taking_twice_changes_nothing(office: Office) -> None:
    item = office.open_step(office.processing())
    again = processing.take_step(item=item, actor=office.people.specialist.user, now=office.tick())
    assert again.taken_at == item.taken_at


def test_finishing_opens_the_next_step(office: Office) -> None:
    dossier = office.processing()
    item = office.open_step(dossier)
    following = processing.finish_step(item=item, note="Đủ", actor=office.people.specialist.user, now=office.tick())
    assert following is not None
    assert following.step == "approve"
    item.refresh_from_db()
    assert (item.state, item.note) == (ItemState.DONE, "Đủ")


def test_returning_needs_a_reason_and_opens_the_earlier_step_for_whoever_did_it(office: Office) -> None:
    dossier = office.processing()
    specialist, leader = office.people.specialist.user, office.people.leader.user
    processing.finish_step(item=office.open_step(dossier), note="", actor=specialist, now=office.tick())
    item = processing.take_step(item=office.open_step(dossier), actor=leader, now=office.tick())
    with pytest.raises(errors.NoReasonError):
        processing.return_step(item=item, to="examine", note=" ", actor=leader, now=office.tick())
    earlier = processing.return_step(item=item, to="examine", note="Thiếu quê quán", actor=leader, now=office.tick())
    assert (earlier.step, earlier.officer) == ("examine", specialist)
    states = dict(WorkItem.objects.of(dossier).values_list("step", "state"))
    assert (states["examine"], states["approve"]) == (ItemState.OPEN, ItemState.WAITING)
    assert office.again(dossier).holder == specialist


def test_nothing_goes_back_to_the_desk(office: Office) -> None:
    item = office.open_step(office.processing())
    with pytest.raises(errors.WrongStateError):
        processing.return_step(
            item=item, to="receive", note="x", actor=office.people.specialist.user, now=office.tick()
        )


def test_a_head_gives_the_step_to_somebody_else_with_a_receipt(office: Office) -> None:
    dossier = office.processing()
    item = office.open_step(dossier)
    clerk, leader = office.people.clerk.user, office.people.leader.user
    processing.assign_step(item=item, officer=clerk, reason="Nghỉ phép", actor=leader, now=office.tick())
    assert office.open_step(dossier).officer == clerk
    row = Handover.objects.get(dossier=dossier)
    assert (row.from_officer, row.to_officer) == (leader, clerk)


def test_nobody_gives_it_to_who_may_not_work_on_it(office: Office) -> None:
    item = office.open_step(office.processing())
    with pytest.raises(errors.NotAllowedError):
        processing.assign_step(
            item=item,
            officer=office.people.outsider.user,
            reason="x",
            actor=office.people.leader.user,
            now=office.tick(),
        )


def test_the_next_communes_officer_takes_nothing(office: Office) -> None:
    item = office.open_step(office.accepted())
    with pytest.raises(errors.NotAllowedError):
        processing.take_step(item=item, actor=office.people.outsider.user, now=office.tick())
