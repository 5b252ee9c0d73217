"""Refused, sent on, withdrawn, stopped: each with its reason, and nothing waits for anybody afterwards."""

import pytest

from portal.isolation import use
from services import errors
from services.models import ClockEntry, Dossier, Moment, Rating
from services.operations import citizen, reception
from services.operations.reception import Way
from services.states import State
from staff.scopes import scope_of
from tests.services.build import Office
from tests.services.consulting import neighbour as officer_next_door
from tests.services.test_supplements import ask


def test_refused_with_reason_and_ground(office: Office) -> None:
    dossier = office.submitted()
    desk = office.people.desk_officer.user
    with pytest.raises(errors.NoReasonError):
        reception.refuse(dossier=dossier, reason="", ground="x", actor=desk, now=office.tick())
    ended = reception.refuse(
        dossier=dossier, reason="Không thuộc thẩm quyền", ground="NĐ 118/2025 Đ.17.1c", actor=desk, now=office.tick()
    )
    assert (ended.state, ended.code) == (State.REFUSED, "")
    assert ended.closed_at == ended.answered_at == office.now


def test_sent_on_it_is_the_other_desk_that_answers(office: Office) -> None:
    officer_next_door(office)
    dossier = office.checked(office.submitted())
    desk, neighbour = office.people.desk_officer.user, office.people.neighbour
    moved = reception.reroute(
        dossier=dossier, way=Way(neighbour), ground="Nơi cư trú của mẹ", actor=desk, now=office.tick()
    )
    assert (moved.state, moved.responsible_unit_id) == (State.SUBMITTED, neighbour)
    assert moved.receiving_unit_id == office.people.home
    with pytest.raises(errors.NotAllowedError):
        reception.accept(dossier=moved, actor=desk, now=office.tick())
    taken = reception.accept(dossier=moved, actor=office.people.outsider.user, now=office.tick())
    assert taken.code.startswith("H01.00004-")


def test_sent_back_by_a_desk_that_has_no_further_part_in_it(office: Office) -> None:
    officer_next_door(office)
    home, neighbour = office.people.home, office.people.neighbour
    desk, other = office.people.desk_officer.user, office.people.outsider.user
    with use(scope_of(desk)):
        moved = reception.reroute(
            dossier=office.submitted(), way=Way(neighbour), ground="Nơi cư trú của mẹ", actor=desk, now=office.tick()
        )
    with use(scope_of(other)):
        back = reception.reroute(dossier=moved, way=Way(home), ground="Đã chuyển đi", actor=other, now=office.tick())
        assert not Dossier.objects.exists()
    assert (back.responsible_unit_id, back.competent_unit_id) == (home, home)
    assert back.handovers.in_transit().filter(to_unit=home).exists()


def test_withdrawn_the_clock_stops_and_no_step_is_open(office: Office) -> None:
    dossier = office.processing()
    ended = citizen.withdraw(
        dossier=dossier, reason="Nộp nhầm", actor=office.people.desk_officer.user, now=office.tick()
    )
    assert ended.state == State.WITHDRAWN
    assert not ended.work_items.open().exists()
    assert [entry.kind for entry in ClockEntry.objects.of(dossier)] == ["start", "stop"]


def test_withdrawn_while_something_was_waited_for(office: Office) -> None:
    request = ask(office, office.submitted())
    citizen.withdraw(dossier=request.dossier, reason="", actor=office.people.desk_officer.user, now=office.tick())
    request.refresh_from_db()
    assert request.state == "cancelled"


def test_stopped_by_the_organ_with_reason_and_ground(office: Office) -> None:
    dossier = office.processing()
    specialist = office.people.specialist.user
    with pytest.raises(errors.NoReasonError):
        citizen.stop(dossier=dossier, reason="x", ground="", actor=specialist, now=office.tick())
    ended = citizen.stop(
        dossier=dossier, reason="Người nộp đề nghị", ground="NĐ 118/2025 Đ.21.3", actor=specialist, now=office.tick()
    )
    assert ended.state == State.STOPPED


def test_what_has_ended_takes_no_further_step(office: Office) -> None:
    desk = office.people.desk_officer.user
    ended = citizen.withdraw(dossier=office.submitted(), reason="", actor=desk, now=office.tick())
    with pytest.raises(errors.WrongStateError):
        citizen.withdraw(dossier=ended, reason="", actor=desk, now=office.tick())
    with pytest.raises(errors.WrongStateError):
        reception.accept(dossier=ended, actor=desk, now=office.tick())


def test_only_its_own_people_rate(office: Office) -> None:
    with pytest.raises(errors.NotAllowedError):
        citizen.rate(
            dossier=office.submitted(),
            moment=Moment.RECEIPT,
            score=5,
            text="",
            actor=office.people.desk_officer.user,
            now=office.tick(),
        )
    assert not Rating.objects.exists()
