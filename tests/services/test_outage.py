"""Codes on paper: given to one dossier or void, and the clock runs from the moment on the paper."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from portal.events import Event
from services.errors import (
    BadBlockError,
    NoReasonError,
    NotAllowedError,
    NumberTakenError,
    WrongMomentError,
    WrongStateError,
)
from services.models import ClockEntry, Dossier, PaperBlock, PaperNumber
from services.operations.filing import Places
from services.operations.outage import accept_on_paper, set_numbers_aside, void_number, void_rest
from services.operations.reception import accept
from services.paper_numbers import NumberState
from services.queries.outage import left_behind
from tests.services.build import Office


def block(office: Office, count: int = 3) -> PaperBlock:
    user, now = office.people.desk_officer.user, office.tick()
    return set_numbers_aside(
        unit_id=office.people.home, day=localdate(now), count=count, reason="Mất điện", actor=user, now=now
    )


def numbers(made: PaperBlock) -> list[PaperNumber]:
    return list(PaperNumber.objects.filter(block=made).order_by("code"))


def enter(office: Office, dossier: Dossier, number: PaperNumber, *, ago: timedelta = timedelta(hours=1)) -> Dossier:
    now = office.tick()
    return accept_on_paper(
        dossier=dossier,
        number=number,
        received_at=now - ago,
        proof="Tập mất điện, tờ 1",
        actor=office.people.desk_officer.user,
        now=now,
    )


def test_codes_set_aside_are_nobody_elses(office: Office) -> None:
    made = block(office)
    dossier = accept(
        dossier=office.checked(office.submitted()), actor=office.people.desk_officer.user, now=office.tick()
    )
    codes = [number.code for number in numbers(made)]
    assert len(set(codes)) == 3
    assert dossier.code not in codes
    assert dossier.code > max(codes)


def test_the_dossier_bears_the_code_on_the_paper_and_its_clock_began_then(office: Office) -> None:
    number = numbers(block(office))[0]
    office.now += timedelta(hours=2)
    dossier = enter(office, office.checked(office.submitted()), number)
    number.refresh_from_db()
    assert dossier.code == number.code
    assert (number.state, number.dossier_id) == (NumberState.USED, dossier.pk)
    entry = ClockEntry.objects.get(dossier=dossier)
    assert entry.at == dossier.accepted_at
    assert entry.entered_at - entry.at == timedelta(hours=1)
    assert entry.proof == "Tập mất điện, tờ 1"


def test_a_code_is_given_once(office: Office) -> None:
    number = numbers(block(office))[0]
    office.now += timedelta(hours=2)
    enter(office, office.checked(office.submitted()), number)
    with pytest.raises(NumberTakenError):
        enter(office, office.checked(office.submitted()), number)


def test_a_void_code_is_given_to_nobody(office: Office) -> None:
    number = numbers(block(office))[0]
    user = office.people.desk_officer.user
    void_number(number=number, reason="Không dùng", actor=user, now=office.tick())
    office.now += timedelta(hours=2)
    with pytest.raises(NumberTakenError):
        enter(office, office.checked(office.submitted()), number)
    last = Event.objects.filter(subject_id=str(number.pk)).order_by("id").last()
    assert last is not None
    assert (last.before, last.after) == ("free", "void")


def test_the_moment_lies_on_the_day_of_the_code_and_not_ahead(office: Office) -> None:
    number = numbers(block(office))[0]
    dossier = office.checked(office.submitted())
    for ago in (timedelta(days=1), timedelta(minutes=-5)):
        with pytest.raises(WrongMomentError):
            enter(office, dossier, number, ago=ago)
    number.refresh_from_db()
    assert number.state == NumberState.FREE


def test_a_strangers_desk_has_no_say(office: Office) -> None:
    made, stranger = block(office), office.people.outsider.user
    with pytest.raises(NotAllowedError):
        void_number(number=numbers(made)[0], reason="x", actor=stranger, now=office.tick())
    with pytest.raises(NotAllowedError):
        set_numbers_aside(
            unit_id=office.people.home, day=localdate(office.now), count=1, reason="x", actor=stranger, now=office.now
        )


def test_not_too_many_and_not_for_yesterday(office: Office) -> None:
    user, home, now = office.people.desk_officer.user, office.people.home, office.tick()
    for day, count in ((localdate(now), 201), (localdate(now), 0), (localdate(now) - timedelta(days=1), 5)):
        with pytest.raises(BadBlockError):
            set_numbers_aside(unit_id=home, day=day, count=count, reason="Bão", actor=user, now=now)
    assert not PaperBlock.objects.exists()


def test_for_another_organ_the_number_on_paper_is_void_and_leads_to_the_dossier(office: Office) -> None:
    people = office.people
    number = numbers(block(office))[0]
    office.now += timedelta(hours=2)
    dossier = office.checked(office.submitted(places=Places(people.home, people.neighbour, people.home)))
    done = enter(office, dossier, number)
    number.refresh_from_db()
    assert done.code.split("-")[0] != number.code.split("-")[0]
    assert (number.state, number.dossier_id) == (NumberState.VOID, done.pk)
    assert done.code in number.note
    assert ClockEntry.objects.get(dossier=done).at == done.accepted_at
    with pytest.raises(NumberTakenError):
        enter(office, office.checked(office.submitted()), number)


def test_without_a_code_the_clock_still_runs_from_the_paper(office: Office) -> None:
    office.now += timedelta(hours=2)
    dossier, now = office.checked(office.submitted()), office.tick()
    user = office.people.desk_officer.user
    values = {"dossier": dossier, "number": None, "proof": "Tập mất điện, tờ 1", "actor": user, "now": now}
    for moment in (now + timedelta(minutes=1), now - timedelta(days=8)):
        with pytest.raises(WrongMomentError):
            accept_on_paper(received_at=moment, **values)
    done = accept_on_paper(received_at=now - timedelta(hours=1), **values)
    assert done.accepted_at == now - timedelta(hours=1)


def test_what_is_left_is_made_void_together_when_the_day_is_over(office: Office) -> None:
    made, user, home = block(office), office.people.desk_officer.user, office.people.home
    office.now += timedelta(hours=2)
    enter(office, office.checked(office.submitted()), numbers(made)[0])
    with pytest.raises(WrongStateError):
        void_rest(block=made, reason="Không dùng", actor=user, now=office.tick())
    assert left_behind([home], localdate(office.now)) == 0
    office.now += timedelta(days=1)
    assert left_behind([home], localdate(office.now)) == 2
    with pytest.raises(NotAllowedError):
        void_rest(block=made, reason="x", actor=office.people.outsider.user, now=office.tick())
    with pytest.raises(NoReasonError):
        void_rest(block=made, reason=" ", actor=user, now=office.tick())
    assert void_rest(block=made, reason="Không dùng", actor=user, now=office.tick()) == 2
    assert left_behind([home], localdate(office.now)) == 0
    assert [number.state for number in numbers(made)] == ["used", "void", "void"]
