"""A result is drafted from the dossier, checked, and stands before its signer; a returned one opens the step again."""

from datetime import datetime
from typing import Any

import pytest
from django.utils import timezone

from documents.models import Document, RegisterEntry, RouteStep
from documents.operations.route import return_document
from documents.states import DocumentState
from services import errors
from services.models import Dossier, ProcedureVersion, WorkItem
from services.operations import processing
from services.operations.proposing import ASK_NUMBER, propose_result
from services.sources import Away, Issued, Newborn, NotFound, Pending, Reason, SourceKey
from services.states import ItemState, Stage
from tests.cast import Cast
from tests.services.build import Office
from tests.services.working import birth_answers, first_signer, real, work_off

NUMBER = "001326900001"


class Registry:
    """Answers as it is told; what it was asked stays to be looked at."""

    answers: list[Any] = []
    asked: list[Newborn] = []

    def request(self, newborn: Newborn, *, key: Any, now: datetime) -> Any:
        self.asked.append(newborn)
        return self.answers.pop(0)

    def look(self, *, key: Any, now: datetime) -> Any:
        return self.answers.pop(0) if self.asked else NotFound(SourceKey.POPULATION, now)


@pytest.fixture
def version(people: Cast) -> ProcedureVersion:
    return real("1.001193")


@pytest.fixture
def office(people: Cast, version: ProcedureVersion) -> Office:
    return Office(people, version, timezone.now())


@pytest.fixture
def registry(settings: Any) -> type[Registry]:
    settings.PERSONAL_NUMBERS = f"{__name__}.Registry"
    Registry.answers, Registry.asked = [], []
    return Registry


def propose(office: Office, *, text: str = "", **answers: Any) -> Dossier:
    dossier = office.processing(answers={**birth_answers(office.people.home), **answers})
    return propose_result(
        item=office.open_step(dossier),
        signer=first_signer(office.people, office.now),
        text=text,
        actor=office.people.specialist.user,
        now=office.tick(),
    )


def test_with_a_number_the_certificate_stands_before_its_signer(office: Office) -> None:
    dossier = propose(office, child_personal_number=NUMBER)
    document = Document.objects.get(pk=dossier.result_document)
    assert (document.state, document.layout_code) == (DocumentState.CHECKED, "birth-extract")
    assert (document.origin_type, document.origin_id) == ("services.dossier", str(dossier.pk))
    assert (document.result_code, document.owner_number) == ("KQ.G15.000031", NUMBER)
    assert document.content["registered"]["number"] == f"01/{office.now.year}"
    assert document.content["child"]["native_place"] == "Phường An, Thành phố Thủy"
    assert dossier.stage == Stage.AWAITING_SIGNATURE
    assert office.open_step(dossier).role == "leader"
    assert set(RouteStep.objects.filter(document=document).values_list("action", "actor")) >= {
        ("review", "system:relay"),
        ("check", "system:relay"),
    }


def test_while_it_waits_for_the_signature_no_step_moves_by_hand(office: Office) -> None:
    dossier = propose(office, child_personal_number=NUMBER)
    item = office.open_step(dossier)
    leader = office.people.leader.user
    processing.take_step(item=item, actor=leader, now=office.tick())
    with pytest.raises(errors.ResultOnItsWayError):
        processing.finish_step(item=item, note="", actor=leader, now=office.tick())
    with pytest.raises(errors.ResultOnItsWayError):
        processing.return_step(item=item, to="examine", note="x", actor=leader, now=office.tick())


def test_without_a_number_it_waits_for_it_and_goes_on_by_itself(office: Office, registry: type[Registry]) -> None:
    registry.answers = [Pending(office.now), Issued(NUMBER, office.now)]
    dossier = propose(office)
    assert (dossier.stage, dossier.result_document) == (Stage.AWAITING_PERSONAL_NUMBER, None)
    work_off(office.tick(), ASK_NUMBER)
    assert registry.asked[0].birth_entry == f"01/{office.now.year}"
    assert office.again(dossier).stage == Stage.AWAITING_PERSONAL_NUMBER
    work_off(office.tick(), ASK_NUMBER)
    later = office.again(dossier)
    assert later.stage == Stage.AWAITING_SIGNATURE
    assert Document.objects.get(pk=later.result_document).owner_number == NUMBER
    assert RegisterEntry.objects.filter(book__series="births").count() == 1


def test_while_the_number_is_waited_for_nothing_else_is_proposed(office: Office) -> None:
    dossier = propose(office)
    with pytest.raises(errors.WrongStateError):
        propose_result(
            item=office.open_step(dossier),
            signer=first_signer(office.people, office.now),
            actor=office.people.specialist.user,
            now=office.tick(),
        )


def test_a_register_that_is_away_is_asked_again_later(office: Office, registry: type[Registry]) -> None:
    registry.answers = [Away(SourceKey.POPULATION, Reason.TIMEOUT), Issued(NUMBER, office.now)]
    dossier = propose(office)
    work_off(office.tick(), ASK_NUMBER)
    assert office.again(dossier).stage == Stage.AWAITING_PERSONAL_NUMBER
    work_off(office.tick(hours=2), ASK_NUMBER)
    assert office.again(dossier).stage == Stage.AWAITING_SIGNATURE


def test_what_cannot_be_printed_ends_the_waiting_with_its_reason(office: Office, registry: type[Registry]) -> None:
    registry.answers = [Issued(NUMBER, office.now)]
    dossier = propose(office, mother_name="")
    work_off(office.tick(), ASK_NUMBER)
    later = office.again(dossier)
    assert (later.stage, later.answers["child_personal_number"]) == (Stage.NONE, NUMBER)
    assert "parents" in office.open_step(dossier).note


def test_what_the_officer_wrote_stays_below_the_reason(office: Office, registry: type[Registry]) -> None:
    registry.answers = [Issued(NUMBER, office.now)]
    dossier = propose(office, text="Cha đẻ chưa đăng ký kết hôn", mother_name="")
    work_off(office.tick(), ASK_NUMBER)
    note = office.open_step(dossier).note
    assert "parents" in note.splitlines()[0]
    assert note.endswith("Cha đẻ chưa đăng ký kết hôn")


def test_only_whoever_holds_the_step_proposes(office: Office) -> None:
    dossier = office.processing(answers=birth_answers(office.people.home))
    item, signer = office.open_step(dossier), first_signer(office.people, office.now)
    with pytest.raises(errors.HeldByOtherError):
        propose_result(item=item, signer=signer, actor=office.people.leader.user, now=office.tick())
    with pytest.raises(errors.NotAllowedError):
        propose_result(item=item, signer=signer, actor=office.people.outsider.user, now=office.tick())


def test_a_returned_draft_opens_the_step_again_with_its_reason_and_is_mended(office: Office) -> None:
    dossier = propose(office, child_personal_number=NUMBER)
    document = Document.objects.get(pk=dossier.result_document)
    leader = office.people.leader.user
    return_document(
        document=document, reason="Sai quê quán", revision=document.revision, actor=leader, now=office.tick()
    )
    work_off(office.tick(), "documents.document.returned")
    item = office.open_step(dossier)
    assert (item.role, item.note, item.officer) == ("specialist", "Sai quê quán", office.people.specialist.user)
    again = propose_result(
        item=item,
        signer=first_signer(office.people, office.now),
        actor=office.people.specialist.user,
        now=office.tick(),
    )
    assert again.result_document == document.pk
    assert RegisterEntry.objects.filter(book__series="births").count() == 1


def test_a_decision_keeps_its_review_by_people(people: Cast) -> None:
    office = Office(people, real("1.009999", form_code="generic"), timezone.now())
    dossier = office.processing()
    proposed = propose_result(
        item=office.open_step(dossier),
        signer=first_signer(people, office.now),
        text="Chấp thuận đề nghị.\n\nQuyết định có hiệu lực kể từ ngày ký.",
        actor=people.specialist.user,
        now=office.tick(),
    )
    document = Document.objects.get(pk=proposed.result_document)
    assert (document.state, document.layout_code) == (DocumentState.SUBMITTED, "decision")
    assert len(document.content["articles"]) == 2


def test_a_stale_step_is_refused(office: Office) -> None:
    dossier = propose(office, child_personal_number=NUMBER)
    item = WorkItem.objects.of(dossier).get(role="specialist")
    assert item.state == ItemState.DONE
    with pytest.raises(errors.WrongStateError):
        processing.finish_step(item=item, note="", actor=office.people.specialist.user, now=office.tick())
