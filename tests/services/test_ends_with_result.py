"""A dossier that is withdrawn, stopped or not completed takes the draft of its result along; an issued result stays."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from documents import making
from documents.models import Document, RegisterEntry, SigningItem
from documents.operations.batches import complete, sign
from documents.operations.items import TOPIC
from documents.operations.route import return_document
from documents.states import DocumentState, ItemState
from portal.accounts.models import User
from portal.events import delivering
from portal.events.actors import System
from portal.isolation import Purpose, scope
from services import errors
from services.models import Dossier, ProcedureVersion
from services.operations import citizen
from services.operations.proposing import propose_result
from services.operations.supplements import expire_supplement
from services.states import State
from tests.cast import Cast
from tests.documents.route import marks
from tests.documents.route.build import make_certificates, order
from tests.services.build import Office
from tests.services.test_supplements import ask
from tests.services.working import birth_answers, first_signer, real, work_off

NUMBER = "001326900001"
GROUND = "NĐ 118/2025 Đ.21.3"


@pytest.fixture
def version(people: Cast, monkeypatch: pytest.MonkeyPatch) -> ProcedureVersion:
    marks.sign_with_marks(monkeypatch)
    monkeypatch.setattr(delivering, "breaker", delivering.Breaker())
    make_certificates(people)
    return real("1.001193")


@pytest.fixture
def office(people: Cast, version: ProcedureVersion) -> Office:
    return Office(people, version, timezone.now() - timedelta(minutes=30))


@pytest.fixture
def mother(people: Cast) -> User:
    return User.objects.create(kind="citizen", username="me", created_at=timezone.now())


def proposed(office: Office, mother: User) -> tuple[Dossier, Document]:
    answers = birth_answers(office.people.home) | {"child_personal_number": NUMBER}
    dossier = office.processing(answers=answers, filer=mother)
    dossier = propose_result(
        item=office.open_step(dossier),
        signer=first_signer(office.people, office.now),
        actor=office.people.specialist.user,
        now=office.tick(),
    )
    return dossier, Document.objects.get(pk=dossier.result_document)


def withdrawn_by_its_citizen(office: Office, dossier: Dossier, mother: User) -> None:
    """With nothing in scope but what is theirs."""
    with scope(citizen=mother.pk):
        citizen.withdraw(dossier=dossier, reason="Nộp nhầm", actor=mother, now=office.tick())


def signed(office: Office, document: Document) -> None:
    order(sign, document, office.people.leader, now=office.tick())
    work_off(timezone.now(), TOPIC)
    assert Document.objects.get(pk=document.pk).state == DocumentState.SIGNED


def test_withdrawn_by_its_citizen_the_draft_ends_in_the_same_moment(office: Office, mother: User) -> None:
    dossier, document = proposed(office, mother)
    withdrawn_by_its_citizen(office, dossier, mother)
    document.refresh_from_db()
    assert (office.again(dossier).state, document.state) == (State.WITHDRAWN, DocumentState.CANCELLED)
    assert dossier.code in document.steps.order_by("-revision")[0].note
    with pytest.raises(Exception, match="bước khác"):
        order(sign, document, office.people.leader, now=office.tick())


def test_withdrawn_while_the_leader_signs_nothing_is_signed(
    office: Office, mother: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier, document = proposed(office, mother)
    item = order(sign, document, office.people.leader, now=office.tick())

    def slow(*args: Any, **more: Any) -> Any:
        withdrawn_by_its_citizen(office, dossier, mother)
        return marks.sign_as(*args, **more)

    monkeypatch.setattr(making.recipe, "sign_as", slow)
    work_off(timezone.now(), TOPIC)
    assert SigningItem.objects.get(pk=item.pk).state == ItemState.CANCELLED
    assert Document.objects.get(pk=document.pk).state == DocumentState.CANCELLED
    assert not document.versions.filter(kind="signed").exists()


def test_withdrawn_while_the_clerk_seals_the_number_is_void(
    office: Office, mother: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier, document = proposed(office, mother)
    signed(office, document)
    order(complete, Document.objects.get(pk=document.pk), office.people.clerk, now=timezone.now())

    def slow(*args: Any, **more: Any) -> Any:
        withdrawn_by_its_citizen(office, dossier, mother)
        return marks.sign_as(*args, **more)

    monkeypatch.setattr(making.recipe, "sign_as", slow)
    work_off(timezone.now(), TOPIC)
    document.refresh_from_db()
    assert (document.state, document.number) == (DocumentState.CANCELLED, "")
    assert RegisterEntry.objects.get(type_code=document.type_code).state == "voided"
    assert office.again(dossier).state == State.WITHDRAWN


def test_stopped_by_the_organ_the_signed_result_ends(office: Office, mother: User) -> None:
    dossier, document = proposed(office, mother)
    signed(office, document)
    work_off(timezone.now(), "documents.document.signed")
    stopper = office.people.specialist.user
    citizen.stop(dossier=dossier, reason="Trùng hồ sơ", ground=GROUND, actor=stopper, now=office.tick())
    assert Document.objects.get(pk=document.pk).state == DocumentState.CANCELLED


def test_what_was_issued_is_no_longer_withdrawn(office: Office, mother: User) -> None:
    """Before the dossier has heard of it. NĐ 118/2025 Đ.21.1"""
    dossier, document = proposed(office, mother)
    signed(office, document)
    order(complete, Document.objects.get(pk=document.pk), office.people.clerk, now=timezone.now())
    work_off(timezone.now(), TOPIC)
    assert Document.objects.get(pk=document.pk).state == DocumentState.ISSUED
    with pytest.raises(errors.ResultIssuedError):
        withdrawn_by_its_citizen(office, dossier, mother)
    assert office.again(dossier).state == State.PROCESSING
    work_off(timezone.now(), "documents.document.signed", "documents.document.issued")
    assert office.again(dossier).state == State.DECIDED


def test_a_dossier_without_a_result_ends_as_before(office: Office, mother: User) -> None:
    dossier = office.processing(filer=mother)
    withdrawn_by_its_citizen(office, dossier, mother)
    assert office.again(dossier).state == State.WITHDRAWN


def test_not_completed_in_time_a_returned_draft_ends_too(office: Office, mother: User) -> None:
    dossier, document = proposed(office, mother)
    return_document(
        document=document, reason="Thiếu giấy", revision=document.revision, actor=office.people.leader.user,
        now=office.tick(),
    )  # fmt: skip
    work_off(timezone.now(), "documents.document.returned")
    request = ask(office, office.again(dossier), actor=office.people.specialist.user)
    with scope(purpose=Purpose.DEADLINES):
        late = request.deadline_at + timedelta(days=1)
        expire_supplement(dossier=office.again(dossier), actor=System.SCHEDULE, now=late)
    assert office.again(dossier).state == State.STOPPED
    assert Document.objects.get(pk=document.pk).state == DocumentState.CANCELLED


def test_the_entry_in_the_register_of_births_is_struck_out_with_it(office: Office, mother: User) -> None:
    dossier, _document = proposed(office, mother)
    entry = RegisterEntry.objects.get(book__series="births")
    assert entry.state == "valid"
    withdrawn_by_its_citizen(office, dossier, mother)
    entry.refresh_from_db()
    assert (entry.state, entry.voided_by) == ("voided", "system:relay")
    assert dossier.code in entry.void_reason


def test_nothing_more_is_asked_while_a_result_is_on_its_way(office: Office, mother: User) -> None:
    dossier, document = proposed(office, mother)
    with pytest.raises(errors.ResultOnItsWayError):
        ask(office, dossier, actor=office.people.specialist.user)
    assert office.again(dossier).state == State.PROCESSING
    leader = office.people.leader.user
    return_document(document=document, reason="Thiếu", revision=document.revision, actor=leader, now=office.tick())
    work_off(office.tick(), "documents.document.returned")
    assert ask(office, dossier, actor=office.people.specialist.user).state == "open"
