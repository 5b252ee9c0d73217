"""Acceptance: the code is taken, the clock starts, the first step opens."""

from datetime import timedelta

import pytest
from django.utils.timezone import localtime

from portal.events import Event
from services import errors
from services.models import ClockEntry, Handover, WorkItem
from services.operations import reception
from services.operations.filing import Places
from services.states import ItemState, State
from tests.services.build import Office, version_of


def test_takes_a_code_of_the_competent_unit_and_the_day(office: Office) -> None:
    first, second = office.accepted(), office.accepted()
    assert first.code.endswith("-261116-0001")
    assert second.code == first.code[:-1] + "2"
    assert first.code.startswith("H01.00001-")


def test_starts_the_clock_and_prints_the_due_moment(office: Office) -> None:
    dossier = office.accepted()
    [entry] = ClockEntry.objects.of(dossier)
    assert (entry.kind, entry.at) == ("start", dossier.accepted_at)
    assert dossier.due_at == dossier.printed_due_at == dossier.next_due_at
    assert localtime(dossier.due_at).isoformat() == "2026-11-19T17:00:00+07:00"


def test_opens_the_first_step_after_that_of_the_desk(office: Office) -> None:
    dossier = office.accepted()
    states = list(WorkItem.objects.of(dossier).values_list("step", "state"))
    assert states[:3] == [("receive", ItemState.DONE), ("examine", ItemState.OPEN), ("approve", ItemState.WAITING)]
    item = office.open_step(dossier)
    assert item.due_at is not None
    assert item.due_at < dossier.due_at


def test_steps_of_a_procedure_known_in_name_only_have_names_that_people_read(office: Office) -> None:
    named = Office(office.people, version_of("9.000001", steps=[]), office.now)
    names = list(WorkItem.objects.of(named.accepted()).values_list("name", flat=True))
    assert names == ["Tiếp nhận", "Thẩm tra", "Ký duyệt", "Vào số, đóng dấu", "Trả kết quả"]


def test_is_an_event_with_both_moments(office: Office) -> None:
    dossier = office.accepted()
    event = Event.objects.about("services.dossier", dossier.pk).get(name="services.dossier.accepted")
    assert (event.before, event.after) == (State.SUBMITTED, State.ACCEPTED)
    assert event.facts["code"] == dossier.code


def test_needs_every_paper_looked_at(office: Office) -> None:
    dossier = office.submitted()
    with pytest.raises(errors.NotCheckedError):
        reception.accept(dossier=dossier, actor=office.people.desk_officer.user, now=office.tick())


def test_refuses_the_desk_of_the_next_commune(office: Office) -> None:
    dossier = office.checked(office.submitted())
    with pytest.raises(errors.NotAllowedError):
        reception.accept(dossier=dossier, actor=office.people.outsider.user, now=office.tick())


def test_refuses_a_second_acceptance(office: Office) -> None:
    dossier = office.accepted()
    with pytest.raises(errors.WrongStateError):
        reception.accept(dossier=dossier, actor=office.people.desk_officer.user, now=office.tick())


def test_refuses_a_stale_page(office: Office) -> None:
    dossier = office.checked(office.submitted())
    with pytest.raises(errors.StaleError):
        reception.accept(dossier=dossier, revision=1, actor=office.people.desk_officer.user, now=office.tick())


def test_keeps_the_real_moment_apart_from_the_click(office: Office) -> None:
    dossier = office.checked(office.submitted())
    really = office.now - timedelta(minutes=3)
    with_proof = reception.accept(
        dossier=dossier,
        actor=office.people.desk_officer.user,
        now=office.tick(hours=1),
        really_at=really,
        proof="Sổ giấy quyển 1, số 5",
    )
    [entry] = ClockEntry.objects.of(with_proof)
    assert (entry.at, entry.entered_at) == (really, office.now)


def test_hands_over_to_the_competent_unit_when_that_is_another(office: Office) -> None:
    home, neighbour = office.people.home, office.people.neighbour
    dossier = office.accepted(places=Places(home, neighbour, home))
    again = office.again(dossier)
    assert again.responsible_unit_id == neighbour
    assert again.code.startswith("H01.00004-")
    row, papers = Handover.objects.filter(dossier=dossier).order_by("id")
    assert (row.from_unit_id, row.to_unit_id, row.received_at) == (home, neighbour, None)
    assert (row.what, papers.what) == ("dossier", "papers")
