"""Who filed a birth online reads the draft before it is proposed; at the desk nobody waits."""

import pytest
from django.utils import timezone

from documents.errors import FormFaultError
from documents.models import Document, RegisterEntry
from portal.events import Event
from services import errors
from services.models import Confirmation, ProcedureVersion
from services.operations.confirming import ask_confirmation
from services.operations.processing import finish_step, return_step
from services.operations.proposing import ASK_NUMBER
from services.operations.supplements import ask_supplement
from services.states import Stage
from tests.cast import Cast
from tests.services.build import Office
from tests.services.confirming import asked, online, propose
from tests.services.own import citizen
from tests.services.test_supplements import NOTICE
from tests.services.working import birth_answers, first_signer, real


@pytest.fixture
def version(people: Cast) -> ProcedureVersion:
    return real("1.001193")


def test_the_proposal_of_an_online_birth_waits_for_its_citizen(office: Office) -> None:
    dossier, row = asked(office, citizen())
    assert (dossier.stage, dossier.result_document) == (Stage.AWAITING_CITIZEN, None)
    assert row.content["child"]["name"] == "Giàng Thị Nhuẫn"
    assert "registered" not in row.content
    assert row.asked_by == office.people.specialist.user
    assert not Document.objects.exists()
    assert not RegisterEntry.objects.exists()


def test_the_citizen_has_until_the_end_of_the_next_working_day(office: Office) -> None:
    _dossier, row = asked(office, citizen())
    local = timezone.localtime(row.deadline_at)
    assert (local.date() - timezone.localdate(office.now)).days == 1  # a Tuesday
    assert (local.hour, local.minute) == (17, 0)


def test_it_stands_in_the_trail_and_in_the_citizens_own(office: Office) -> None:
    filer = citizen()
    dossier, row = asked(office, filer)
    told = Event.objects.about("services.dossier", dossier.pk).get(name="services.result.draft_sent")
    assert told.facts["confirmation"] == str(row.pk)
    assert filer.pk in told.concerns
    assert Event.objects.about("services.confirmation", row.pk).get().after == "open"


def test_at_the_desk_nobody_waits(office: Office) -> None:
    filed = office.processing(answers=birth_answers(office.people.home), filer=citizen())
    assert propose(office, filed).stage == Stage.AWAITING_PERSONAL_NUMBER
    assert not Confirmation.objects.exists()


def test_whoever_has_no_account_is_not_asked(office: Office) -> None:
    assert propose(office, online(office, None)).stage == Stage.AWAITING_PERSONAL_NUMBER


def test_a_procedure_that_does_not_ask_for_it_goes_on(people: Cast) -> None:
    office = Office(people, real("1.009999", form_code="generic"), timezone.now())
    dossier = online(office, citizen())
    assert propose(office, dossier, "Chấp thuận đề nghị.").stage == Stage.AWAITING_SIGNATURE


def test_what_could_not_be_printed_is_refused_before_anybody_reads_it(office: Office) -> None:
    dossier = online(office, citizen(), answers={"mother_name": ""})
    with pytest.raises(FormFaultError):
        propose(office, dossier)
    assert office.again(dossier).stage == Stage.NONE
    assert not Confirmation.objects.exists()


def test_only_whoever_holds_the_step_asks(office: Office) -> None:
    dossier = online(office, citizen())
    item, signer = office.open_step(dossier), first_signer(office.people, office.now)
    with pytest.raises(errors.HeldByOtherError):
        ask_confirmation(item=item, signer=signer, actor=office.people.leader.user, now=office.tick())
    with pytest.raises(errors.NotAllowedError):
        ask_confirmation(item=item, signer=signer, actor=office.people.outsider.user, now=office.tick())


def test_while_the_citizen_reads_nothing_else_is_done_with_the_step(office: Office) -> None:
    dossier, _row = asked(office, citizen())
    item, pao = office.open_step(dossier), office.people.specialist.user
    with pytest.raises(errors.CitizenAskedError):
        propose(office, dossier)
    with pytest.raises(errors.CitizenAskedError):
        finish_step(item=item, note="", actor=pao, now=office.tick())
    with pytest.raises(errors.CitizenAskedError):
        return_step(item=item, to="receive", note="x", actor=pao, now=office.tick())
    with pytest.raises(errors.CitizenAskedError):
        ask_supplement(dossier=dossier, items=[NOTICE], reason="x", ground="y", actor=pao, now=office.tick())
    assert not Event.objects.filter(name=ASK_NUMBER).exists()
