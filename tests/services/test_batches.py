"""One confirmation for many dossiers: chosen at one moment, one transaction each, called off, taken back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.accounts.models import User
from portal.events import Delivery, Event
from portal.isolation import Purpose, scope
from services.batch_checks import prepare
from services.errors import BadBatchError, NotAllowedError, TooLateToUndoError
from services.kinds import Channel
from services.models import BatchItem, Dossier, DossierBatch, ProcedureVersion, WorkItem
from services.operations import batches
from services.operations.batches import ITEM, SPREAD, Order, Pick, cancel_batch, order_batch, undo_batch
from services.operations.processing import assign_step
from services.states import BatchDeed, BatchItemState, State
from tests.cast import Cast, Member
from tests.services.build import Office
from tests.services.lists import acting
from tests.services.test_results import issued
from tests.services.working import work_off

DONE, FAILED = BatchItemState.DONE, BatchItemState.FAILED


@pytest.fixture
def office(people: Cast, version: ProcedureVersion) -> Office:
    return Office(people, version, timezone.now() - timedelta(hours=3))


def picks(dossiers: list[Dossier]) -> list[Pick]:
    return [Pick(row.pk, Dossier.objects.get(pk=row.pk).revision) for row in dossiers]


def ordered(office: Office, who: Member, deed: BatchDeed, dossiers: list[Dossier], **said: object) -> DossierBatch:
    wanted = Order(deed, picks(dossiers), said)
    with acting(who) as actor:
        return order_batch(wanted=wanted, actor=actor, now=office.tick())


def work(office: Office) -> None:
    """The workers, until nothing of any batch waits."""
    while work_off(office.tick(), SPREAD, ITEM):
        pass


def items(who: Member, batch: DossierBatch) -> list[BatchItem]:
    with acting(who):
        return list(BatchItem.objects.filter(batch=batch).order_by("place"))


def assigned(office: Office, dossiers: list[Dossier], to: User | None = None, by: Member | None = None) -> DossierBatch:
    officer = to or office.people.specialist.user
    who = by or office.people.leader
    return ordered(office, who, BatchDeed.ASSIGN, dossiers, officer=str(officer.pk), reason="Chia việc tuần này")


def test_each_gets_its_officer_in_a_transaction_of_its_own(office: Office) -> None:
    found = [office.accepted() for _one in range(3)]
    batch = assigned(office, found)
    work(office)
    rows = items(office.people.leader, batch)
    assert [(row.state, row.note) for row in rows] == [(DONE, "")] * 3
    assert {office.again(row).holder_id for row in found} == {office.people.specialist.user.pk}
    assert office.again(found[0]).state == State.PROCESSING
    moved = Event.objects.filter(name="services.batch_item.moved", after="done")
    assert moved.count() == 3
    handed = Event.objects.filter(name="services.work_item.handed_over")
    with scope(purpose=Purpose.RELAY):
        assert Delivery.objects.filter(topic=ITEM).count() == 3, "a delivery is a transaction"
    assert {row.actor for row in handed} == {office.people.leader.user.event_actor}


def test_what_cannot_be_done_says_why_and_the_rest_goes_on(office: Office) -> None:
    good, unchecked = office.checked(office.submitted()), office.submitted()
    batch = ordered(office, office.people.desk_officer, BatchDeed.ACCEPT, [unchecked, good])
    work(office)
    first, second = items(office.people.desk_officer, batch)
    assert (first.state, second.state) == (FAILED, DONE)
    assert first.note
    assert office.again(good).code
    assert not office.again(unchecked).code


def test_a_dossier_that_changed_since_is_left_alone(office: Office) -> None:
    dossier = office.accepted()
    batch = assigned(office, [dossier])
    actor = office.people.leader.user
    assign_step(item=office.open_step(dossier), officer=actor, reason="x", actor=actor, now=office.tick())
    work(office)
    (row,) = items(office.people.leader, batch)
    assert row.state == FAILED
    assert office.again(dossier).holder_id == actor.pk


def test_only_for_whom_the_deed_is_allowed(office: Office) -> None:
    dossier = office.accepted()
    batch = assigned(office, [dossier], by=office.people.desk_officer)
    foreign = assigned(office, [dossier], by=office.people.outsider)
    work(office)
    for who, order in ((office.people.desk_officer, batch), (office.people.outsider, foreign)):
        (row,) = items(who, order)
        assert row.state == FAILED
    assert office.again(dossier).holder_id is None


def test_an_officer_whose_post_does_not_fit_gets_nothing(office: Office) -> None:
    dossier = office.accepted()
    batch = assigned(office, [dossier], to=office.people.outsider.user)
    work(office)
    (row,) = items(office.people.leader, batch)
    assert row.state == FAILED
    assert office.again(dossier).holder_id is None


def test_taken_finished_and_handed_out(office: Office) -> None:
    found = [office.accepted(), office.accepted()]
    who = office.people.specialist
    ordered(office, who, BatchDeed.TAKE, found)
    work(office)
    assert {office.again(row).holder_id for row in found} == {who.user.pk}
    ordered(office, who, BatchDeed.FINISH, found, note="Đủ điều kiện")
    work(office)
    assert {office.open_step(row).role for row in found} == {"leader"}
    out = ordered(
        office,
        office.people.desk_officer,
        BatchDeed.HAND_OUT,
        found,
        channel=Channel.DESK.value,
        receiver="Trưởng thôn",
    )
    work(office)
    assert [row.state for row in items(office.people.desk_officer, out)] == [FAILED, FAILED], "nothing is decided yet"


def test_issued_results_are_handed_out_to_one_person_for_all(office: Office) -> None:
    found = [issued(office, return_channel=Channel.DESK)[0] for _one in range(2)]
    desk, said = office.people.desk_officer, {"channel": Channel.DESK.value, "receiver": "Trưởng thôn"}
    with acting(desk) as actor:
        assert len(prepare(actor, BatchDeed.HAND_OUT, found).picks) == 2
    out = ordered(office, desk, BatchDeed.HAND_OUT, [*found, office.accepted()], **said)
    work(office)
    assert [row.state for row in items(desk, out)] == [DONE, DONE, FAILED]
    assert {office.again(row).state for row in found} == {State.RETURNED}
    told = Event.objects.filter(name="services.dossier.returned", actor=desk.user.event_actor)
    assert {row.facts["channel"] for row in told} == {"desk"}
    again = ordered(office, desk, BatchDeed.HAND_OUT, found, **said)
    work(office)
    assert {row.state for row in items(desk, again)} == {FAILED}, "nobody gets a result twice"


def test_the_same_delivery_twice_does_it_once(office: Office) -> None:
    dossier = office.accepted()
    batch = assigned(office, [dossier])
    work(office)
    (row,) = items(office.people.leader, batch)
    with acting(office.people.leader) as actor:
        batches.run_item(item_id=row.pk, actor=actor, now=office.tick())
        assert batches.spread_batch(batch_id=batch.pk, actor=actor, now=office.tick()) == 0
    assert Event.objects.filter(name="services.work_item.handed_over").count() == 1


def test_a_worker_that_dies_between_goes_on_where_it_was(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "AT_ONCE", 2)
    found = [office.accepted() for _one in range(5)]
    batch = assigned(office, found)
    work_off(office.tick(), SPREAD)
    assert len(items(office.people.leader, batch)) == 2

    def dies(**_anything: object) -> None:
        raise MemoryError

    with monkeypatch.context() as broken:
        broken.setattr("services.batches.run_item", dies)
        work_off(office.tick(), ITEM)
    assert {row.state for row in items(office.people.leader, batch)} == {BatchItemState.WAITING}
    office.tick(minutes=10)
    work(office)
    assert [row.state for row in items(office.people.leader, batch)] == [DONE] * 5
    with scope(purpose=Purpose.RELAY):
        assert not Delivery.objects.open().filter(topic__in=[SPREAD, ITEM]).exists()


def test_the_rest_is_called_off(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "AT_ONCE", 1)
    found = [office.accepted() for _one in range(3)]
    batch = assigned(office, found)
    work_off(office.tick(), SPREAD)
    work_off(office.tick(), ITEM)
    with acting(office.people.leader) as actor:
        cancelled = cancel_batch(batch=batch, actor=actor, now=office.tick())
        assert cancelled.cancelled_at
        again = cancel_batch(batch=batch, actor=actor, now=office.tick())
    assert again.cancelled_at == cancelled.cancelled_at
    with pytest.raises((NotAllowedError, DossierBatch.DoesNotExist)), acting(office.people.deputy) as other:
        cancel_batch(batch=batch, actor=other, now=office.tick())
    work(office)
    assert sum(office.again(row).holder_id is not None for row in found) == 1
    assert Event.objects.filter(name="services.batch.cancelled").count() == 1


def test_what_was_handed_over_is_taken_back_once(office: Office) -> None:
    free, held, moved = office.accepted(), office.processing(), office.accepted()
    batch = assigned(office, [free, held, moved], to=office.people.vice_chair.user)
    work(office)
    leader = office.people.leader.user
    assign_step(item=office.open_step(moved), officer=leader, reason="x", actor=leader, now=office.tick())
    with acting(office.people.leader) as actor:
        back = undo_batch(batch=batch, reason="Chia nhầm", actor=actor, now=office.tick())
        assert undo_batch(batch=batch, reason="Chia nhầm", actor=actor, now=office.tick()).pk == back.pk
    work(office)
    assert [row.state for row in items(office.people.leader, back)] == [DONE, DONE, FAILED]
    assert office.again(free).holder_id is None
    assert office.open_step(free).officer_id is None
    assert office.again(held).holder_id == office.people.specialist.user.pk
    assert office.again(moved).holder_id == leader.pk
    assert Event.objects.filter(name="services.work_item.released").count() == 1


def test_after_a_day_there_is_no_way_back(office: Office) -> None:
    batch = assigned(office, [office.accepted()])
    work(office)
    with acting(office.people.leader) as actor, pytest.raises(TooLateToUndoError):
        undo_batch(batch=batch, reason="x", actor=actor, now=office.tick(days=2))


@pytest.mark.parametrize("said", [{}, {"officer": "x"}, {"reason": "x"}])
def test_an_order_that_lacks_something_is_none(office: Office, said: dict[str, str]) -> None:
    with pytest.raises(BadBatchError):
        ordered(office, office.people.leader, BatchDeed.ASSIGN, [office.accepted()], **said)
    with pytest.raises(BadBatchError):
        ordered(office, office.people.leader, BatchDeed.TAKE, [])
    assert not Event.objects.filter(name="services.batch.ordered").exists()


def test_a_batch_is_seen_by_whoever_ordered_it(office: Office) -> None:
    batch = assigned(office, [office.accepted()])
    work(office)
    with acting(office.people.deputy):
        assert not DossierBatch.objects.exists()
        assert not BatchItem.objects.exists()
    assert len(items(office.people.leader, batch)) == 1
    assert WorkItem.objects.filter(officer=office.people.specialist.user).count() == 1
