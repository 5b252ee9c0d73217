"""The citizen confirms: what was confirmed is proposed by itself, as the officer who asked."""

from datetime import datetime
from typing import Any

import pytest
from django.utils import timezone

from documents.models import Document, RouteStep
from documents.operations.route import return_document
from portal.events import Event
from portal.events.actors import System
from portal.isolation import Purpose, scope
from services import errors
from services.models import Confirmation, ProcedureVersion
from services.operations.confirming import GO_ON, confirm_draft
from services.operations.processing import assign_step
from services.operations.proposing import ASK_NUMBER
from services.sources import Issued
from services.states import ItemState, Stage
from staff.operations import end_assignment
from tests.cast import DECISION, Cast
from tests.services.build import Office
from tests.services.confirming import NUMBER, asked, online, propose
from tests.services.own import citizen
from tests.services.working import real, work_off


class Registry:
    """Issues at once."""

    def look(self, *, key: Any, now: datetime) -> Issued:
        return Issued(NUMBER, now)


@pytest.fixture
def version(people: Cast) -> ProcedureVersion:
    return real("1.001193")


@pytest.fixture(autouse=True)
def registry(settings: Any) -> None:
    settings.PERSONAL_NUMBERS = f"{__name__}.Registry"


def test_confirmed_it_goes_on_as_the_officer_who_asked(office: Office) -> None:
    filer = citizen()
    dossier, row = asked(office, filer)
    with scope(citizen=filer.pk):
        confirm_draft(dossier=dossier, actor=filer, now=office.tick())
    row.refresh_from_db()
    assert (row.state, row.ended_at) == ("confirmed", office.now)
    assert work_off(office.tick(), GO_ON) == 1
    assert office.again(dossier).stage == Stage.AWAITING_PERSONAL_NUMBER
    work_off(office.tick(), ASK_NUMBER)
    later = office.again(dossier)
    assert later.stage == Stage.AWAITING_SIGNATURE
    document = Document.objects.get(origin_id=str(dossier.pk))
    pao = office.people.specialist.user
    assert RouteStep.objects.get(document=document, action="submit").actor == pao.event_actor
    assert document.content["child"]["personal_number"] == NUMBER


def test_what_was_confirmed_is_not_asked_again_when_the_signer_returns_it(office: Office) -> None:
    filer = citizen()
    dossier, _row = asked(office, filer)
    confirm_draft(dossier=dossier, actor=filer, now=office.tick())
    work_off(office.tick(), GO_ON)
    work_off(office.tick(), ASK_NUMBER)
    document = Document.objects.get(origin_id=str(dossier.pk))
    leader = office.people.leader.user
    return_document(
        document=document, reason="Kiểm tra lại", revision=document.revision, actor=leader, now=office.tick()
    )
    work_off(office.tick(), "documents.document.returned")
    assert propose(office, dossier).stage == Stage.AWAITING_SIGNATURE


def test_a_draft_that_says_something_else_is_shown_again(office: Office) -> None:
    filer = citizen()
    dossier, _row = asked(office, filer)
    confirm_draft(dossier=dossier, actor=filer, now=office.tick())
    assert propose(office, dossier, "Đăng ký quá hạn").stage == Stage.AWAITING_CITIZEN


def test_two_deliveries_have_one_effect(office: Office) -> None:
    filer = citizen()
    dossier, _row = asked(office, filer)
    confirm_draft(dossier=dossier, actor=filer, now=office.tick())
    propose(office, dossier)  # the officer was quicker
    work_off(office.tick(), GO_ON)
    assert Event.objects.filter(name="services.newborn.number_requested").count() == 1


def test_it_goes_on_as_the_colleague_who_holds_the_step_now(office: Office) -> None:
    filer, people = citizen(), office.people
    dossier, _row = asked(office, filer)
    colleague = people.vice_chair.user
    assign_step(
        item=office.open_step(dossier),
        officer=colleague,
        reason="Nghỉ phép",
        actor=people.specialist.user,
        now=office.tick(),
    )
    confirm_draft(dossier=dossier, actor=filer, now=office.tick())
    work_off(office.tick(), GO_ON)
    told = Event.objects.get(name="services.newborn.number_requested")
    assert told.actor == colleague.event_actor


def test_when_the_officer_has_left_the_step_stays_open_for_a_colleague(office: Office) -> None:
    filer, left = citizen(), office.people.specialist
    dossier, _row = asked(office, filer)
    with scope(purpose=Purpose.DEMO):
        end_assignment(
            assignment=left.assignment,
            until=timezone.localdate(),
            decision=DECISION,
            actor=System.COMMAND,
            now=timezone.now(),
        )
    confirm_draft(dossier=dossier, actor=filer, now=office.tick())
    assert work_off(office.tick(), GO_ON) == 1
    assert office.again(dossier).stage == Stage.NONE
    assert office.open_step(dossier).state == ItemState.OPEN


def test_nobody_else_confirms(office: Office) -> None:
    dossier, _row = asked(office, citizen())
    for user in (citizen("khac"), office.people.desk_officer.user, office.people.specialist.user):
        with pytest.raises(errors.NotAllowedError):
            confirm_draft(dossier=dossier, actor=user, now=office.tick())
    assert office.again(dossier).stage == Stage.AWAITING_CITIZEN


def test_once_and_only_what_was_read(office: Office) -> None:
    filer = citizen()
    dossier, _row = asked(office, filer)
    with pytest.raises(errors.StaleError):
        confirm_draft(dossier=dossier, actor=filer, now=office.tick(), revision=dossier.revision - 1)
    confirm_draft(dossier=dossier, actor=filer, now=office.tick(), revision=dossier.revision)
    with pytest.raises(errors.WrongStateError):
        confirm_draft(dossier=dossier, actor=filer, now=office.tick())
    assert Event.objects.filter(name="services.result.draft_confirmed").count() == 1


def test_nothing_is_confirmed_that_was_not_asked(office: Office) -> None:
    filer = citizen()
    with pytest.raises(errors.WrongStateError):
        confirm_draft(dossier=online(office, filer), actor=filer, now=office.tick())


def test_another_citizen_finds_no_row(office: Office) -> None:
    asked(office, citizen())
    with scope(citizen=citizen("khac").pk):
        assert not Confirmation.objects.exists()
