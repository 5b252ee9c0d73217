"""One officer at a time; each hand-over leaves its receipt; an earlier step can be asked to do it again."""

import pytest

from services import errors
from services.models import Handover, WorkItem
from services.operations import processing
from services.states import ItemState, State
from tests.services.build import Office


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
    item = office.open_step(dossier)
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
