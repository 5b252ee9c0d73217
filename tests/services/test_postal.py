"""Results by post: packed, sent, delivered or back, and never handed out twice."""

from datetime import timedelta

import pytest

from portal.events import Event
from services.errors import NoReasonError, NotAllowedError, WrongStateError
from services.kinds import Channel
from services.models import Dossier, PostalItem
from services.operations import results
from services.operations.postal import (
    Ended,
    ask_for_post,
    hand_slip_over,
    note_came_back,
    note_delivery,
    prepare_slip,
    take_off_slip,
)
from services.postal_errors import (
    BadTrackingError,
    InPostError,
    NoPostalAddressError,
    NotForPostError,
    NothingToSendError,
    PostalMomentError,
    SlipGoneError,
    TooManyAttemptsError,
)
from services.printing_register import register_rows
from services.queries import postal as queries
from services.queries.lateness import annotated
from services.states import PostalState, Stage, State
from tests.services.build import Office
from tests.services.posting import ADDRESS, NUMBER, issued_for_post, packed, sent


def came_back(office: Office, item: PostalItem, reason: str = "absent") -> PostalItem:
    now = office.tick()
    said = Ended(now - timedelta(seconds=30), reason=reason)
    return note_came_back(item=item, said=said, actor=office.people.desk_officer.user, now=now)


def test_what_waits_is_packed_with_the_address_as_it_was_given(office: Office) -> None:
    dossier, home = issued_for_post(office), [office.people.home]
    assert list(queries.to_send(home)) == [dossier]
    (told,) = register_rows([dossier], now=office.now)
    assert told["note"] == "Gửi qua bưu điện"
    (item,) = packed(office, dossier)
    assert not queries.to_send(home).exists()
    assert (item.state, item.to["address"], item.to["name"]) == (PostalState.PREPARED, ADDRESS, dossier.filer_name)
    assert ADDRESS.encode() not in bytes(item.to_sealed)
    assert [slip.number for slip in queries.slips_of(home, open_only=True)] == [1]


def test_it_is_returned_when_it_was_delivered_and_the_click_stays_beside_it(office: Office) -> None:
    item = sent(office)
    delivered_at = office.tick()
    office.now += timedelta(days=2)
    said = Ended(delivered_at, receiver="Giàng A Sử", proof="Phiếu phát có chữ ký")
    done = note_delivery(item=item, said=said, actor=office.people.desk_officer.user, now=office.now)
    dossier = office.again(done.dossier)
    assert (dossier.state, dossier.closed_at) == (State.RETURNED, delivered_at)
    assert (done.ended_at, done.happened_at) == (office.now, delivered_at)
    event = Event.objects.about("services.dossier", dossier.pk).get(name="services.dossier.returned")
    assert event.at == office.now
    assert event.facts["channel"] == "post"
    (row,) = register_rows([Dossier.objects.select_related("version").get(pk=dossier.pk)], now=office.now)
    assert (row["returned_at"], row["returned_by"], row["taken_by"]) == (delivered_at, "Bưu chính", "Giàng A Sử")
    assert annotated(Dossier.objects.filter(pk=dossier.pk)).get().handed_out_at == delivered_at


def test_nobody_hands_out_what_is_on_its_way(office: Office) -> None:
    dossier = issued_for_post(office)
    packed(office, dossier)
    with pytest.raises(InPostError):
        results.hand_out(
            dossier=dossier, channel=Channel.DESK, receiver="x", actor=office.people.desk_officer.user,
            now=office.tick(),
        )  # fmt: skip
    assert office.again(dossier).state == State.DECIDED


def test_what_came_back_lies_at_the_desk_and_goes_once_more(office: Office) -> None:
    item = came_back(office, sent(office))
    dossier, home, desk = office.again(item.dossier), [office.people.home], office.people.desk_officer.user
    assert (dossier.state, dossier.stage) == (State.DECIDED, Stage.READY_FOR_PICKUP)
    assert list(queries.lying_here(home)) == [item]
    ask_for_post(dossier=dossier, address="Thôn Mới, xã An", actor=desk, now=office.tick())
    assert not queries.lying_here(home).exists()
    again = sent(office, dossier)
    assert (again.attempt, again.to["address"]) == (2, "Thôn Mới, xã An")
    came_back(office, again, "moved")
    with pytest.raises(TooManyAttemptsError):
        ask_for_post(dossier=dossier, address=ADDRESS, actor=desk, now=office.tick())
    done = results.hand_out(
        dossier=dossier, channel=Channel.DESK, receiver="Vàng Thị Dở", actor=desk, now=office.tick()
    )
    assert done.state == State.RETURNED
    assert not queries.lying_here(home).exists()


def test_it_is_taken_off_the_slip_before_it_went(office: Office) -> None:
    (item,) = packed(office)
    desk = office.people.desk_officer.user
    with pytest.raises(NoReasonError):
        take_off_slip(item=item, reason=" ", actor=desk, now=office.tick())
    take_off_slip(item=item, reason="Người dân đến lấy", actor=desk, now=office.tick())
    with pytest.raises(SlipGoneError):
        take_off_slip(item=item, reason="x", actor=desk, now=office.tick())
    assert list(queries.to_send([office.people.home])) == [item.dossier]
    with pytest.raises(SlipGoneError):
        hand_slip_over(slip=item.slip, courier="x", handed_at=office.now, tracking={}, actor=desk, now=office.tick())


def test_the_number_and_the_moment_are_those_of_the_carrier(office: Office) -> None:
    (item,) = packed(office)
    desk, now = office.people.desk_officer.user, office.tick()
    with pytest.raises(BadTrackingError):
        hand_slip_over(slip=item.slip, courier="x", handed_at=now, tracking={item.pk: "1"}, actor=desk, now=now)
    for moment in (now + timedelta(minutes=1), now - timedelta(days=1)):
        with pytest.raises(PostalMomentError):
            hand_slip_over(
                slip=item.slip, courier="x", handed_at=moment, tracking={item.pk: NUMBER}, actor=desk, now=now
            )
    hand_slip_over(
        slip=item.slip, courier="x", handed_at=now, tracking={item.pk: "ea 123456789 vn"}, actor=desk, now=now
    )
    item = PostalItem.objects.select_related("slip", "dossier").get(pk=item.pk)
    assert item.tracking == NUMBER
    early = Ended(now - timedelta(minutes=1), receiver="x", proof="x")
    with pytest.raises(PostalMomentError):
        note_delivery(item=item, said=early, actor=desk, now=office.tick())
    with pytest.raises(NoReasonError):
        note_delivery(item=item, said=Ended(now, receiver="x"), actor=desk, now=office.tick())
    with pytest.raises(NoReasonError):
        note_came_back(item=item, said=Ended(now, reason="other"), actor=desk, now=office.tick())


def test_one_that_does_not_fit_holds_nobody_up(office: Office) -> None:
    good, bare = issued_for_post(office), issued_for_post(office, contact={"phone": "0912"})
    working = office.processing()
    done = prepare_slip(
        unit_id=office.people.home, dossiers=[bare, working, good], carrier="vnpost",
        actor=office.people.desk_officer.user, now=office.tick(),
    )  # fmt: skip
    assert [item.dossier_id for item in done.items] == [good.pk]
    assert {type(refusal) for _dossier, refusal in done.failed} == {NoPostalAddressError, NotForPostError}
    none = prepare_slip(
        unit_id=office.people.home, dossiers=[bare], carrier="vnpost", actor=office.people.desk_officer.user,
        now=office.tick(),
    )  # fmt: skip
    assert (none.items, queries.slips_of([office.people.home]).count()) == ([], 1)
    with pytest.raises(NothingToSendError):
        prepare_slip(
            unit_id=office.people.home, dossiers=[good], carrier="pigeon", actor=office.people.desk_officer.user,
            now=office.tick(),
        )  # fmt: skip


def test_only_the_desk_that_hands_it_out_sends_it(office: Office) -> None:
    dossier, stranger = issued_for_post(office), office.people.specialist.user
    with pytest.raises(NotAllowedError):
        prepare_slip(
            unit_id=office.people.home, dossiers=[dossier], carrier="vnpost", actor=stranger, now=office.tick()
        )
    item = sent(office, dossier)
    for deed in (note_delivery, note_came_back):
        with pytest.raises(NotAllowedError):
            deed(item=item, said=Ended(office.now, "x", "x", "absent"), actor=stranger, now=office.tick())
    with pytest.raises(NotAllowedError):
        ask_for_post(dossier=dossier, address=ADDRESS, actor=stranger, now=office.tick())


def test_nothing_is_noted_twice(office: Office) -> None:
    item = came_back(office, sent(office))
    with pytest.raises(WrongStateError):
        came_back(office, item)
