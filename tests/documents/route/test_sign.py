"""Signing: by whom the document names, by their post of the day, once, and outside of any lock."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from documents import errors, making
from documents.kinds import Capacity
from documents.models import Certificate, Document, DocumentVersion, RouteStep, SigningItem
from documents.operations.batches import cancel_batch, complete, sign
from documents.operations.certificates import revoke_certificate
from documents.operations.route import approve, check_format, return_document
from documents.signing.errors import TrustServiceAwayError
from documents.states import DocumentState, ItemState
from portal.events import Delivery, Event
from portal.events import delivering as delivering_module
from portal.events.actors import System
from portal.isolation import Purpose, scope
from staff.operations import Decision, delegate, end_assignment
from staff.operations import revoke as revoke_delegation
from tests.cast import DECISION, Cast
from tests.documents.route.build import LATER, NOW, brought_to, drafted, order, step, work_off

TODAY = timezone.localdate(NOW)


@pytest.fixture(autouse=True)
def fresh_breaker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivering_module, "breaker", delivering_module.Breaker())


def lend(people: Cast, giver: Any, taker: Any, **more: Any) -> Any:
    wanted = {
        "giver": giver.assignment,
        "taker": taker.assignment,
        "capabilities": ["documents.document.sign"],
        "first_day": TODAY,
        "until": TODAY + timedelta(days=10),
        "decision": DECISION,
        "actor": giver.user,
        "now": NOW,
    }
    return delegate(**{**wanted, **more})


def trust_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_args: Any, **_more: Any) -> bytes:
        raise TrustServiceAwayError

    monkeypatch.setattr(making.recipe, "sign_as", away)


def kinds(document: Document) -> list[str]:
    return list(DocumentVersion.objects.filter(document=document).order_by("seq").values_list("kind", flat=True))


def test_the_leader_signs_what_was_approved(people: Cast) -> None:
    document = brought_to(people, DocumentState.APPROVED)
    item = order(sign, document, people.leader)
    assert item.state == ItemState.WAITING
    work_off()
    document.refresh_from_db()
    assert document.state == DocumentState.SIGNED
    assert kinds(document) == ["draft", "prepared", "signed"]
    assert SigningItem.objects.get(pk=item.pk).state == ItemState.DONE


def test_signing_a_checked_document_approves_it_too(people: Cast) -> None:
    document = brought_to(people, DocumentState.CHECKED)
    order(sign, document, people.leader)
    work_off()
    steps = list(RouteStep.objects.filter(document=document).order_by("revision").values_list("action", flat=True))
    assert steps[-2:] == ["approve", "sign"]


def test_two_clicks_give_one_signature(people: Cast) -> None:
    document = brought_to(people, DocumentState.APPROVED)
    assert order(sign, document, people.leader).pk == order(sign, document, people.leader).pk
    work_off()
    work_off()
    assert kinds(document).count("signed") == 1


def test_a_delivery_that_comes_twice_gives_one_signature(people: Cast) -> None:
    document = brought_to(people, DocumentState.APPROVED)
    order(sign, document, people.leader)
    work_off()
    with scope(purpose=Purpose.RELAY):
        Delivery.objects.filter(topic="documents.signing").update(done_at=None, lease_until=None)
    work_off()
    assert kinds(document).count("signed") == 1


def test_nobody_else_signs(people: Cast) -> None:
    document = brought_to(people, DocumentState.APPROVED)
    for member in (people.vice_chair, people.deputy, people.clerk, people.specialist, people.outsider):
        with pytest.raises(errors.NotAllowedError):
            order(sign, document, member)


def test_a_post_that_ended_yesterday_signs_nothing(people: Cast) -> None:
    document = brought_to(people, DocumentState.APPROVED)
    end_assignment(
        assignment=people.leader.assignment,
        until=TODAY,
        decision=DECISION,
        actor=people.administrator.user,
        now=NOW,
    )
    with pytest.raises(errors.NotAllowedError):
        order(sign, document, people.leader)


def test_a_post_that_ended_after_the_click_signs_nothing(people: Cast) -> None:
    document = brought_to(people, DocumentState.APPROVED)
    item = order(sign, document, people.leader)
    end_assignment(
        assignment=people.leader.assignment,
        until=TODAY,
        decision=DECISION,
        actor=people.administrator.user,
        now=NOW,
    )
    work_off()
    item.refresh_from_db()
    document.refresh_from_db()
    assert (item.state, document.state) == (ItemState.FAILED, DocumentState.APPROVED)
    assert item.note == str(errors.NotAllowedError.message)


def test_a_deputy_signs_for_the_head_by_their_post(people: Cast) -> None:
    more = {"signer_id": people.vice_chair.assignment.pk, "capacity": Capacity.DEPUTY}
    document = brought_to(people, DocumentState.SIGNED, **more)
    assert RouteStep.objects.get(document=document, action="sign").user_id == people.vice_chair.user.pk


@pytest.mark.parametrize("capacity", [Capacity.OWN, Capacity.COLLECTIVE, Capacity.ACTING])
def test_a_deputy_does_not_sign_as_the_head(people: Cast, capacity: Capacity) -> None:
    with pytest.raises(errors.FormFaultError) as refused:
        brought_to(people, DocumentState.SUBMITTED, signer_id=people.vice_chair.assignment.pk, capacity=capacity)
    assert list(refused.value.faults) == ["signer"]


@pytest.mark.parametrize("capacity", [Capacity.BY_ORDER, Capacity.AUTHORISED])
def test_a_deputy_signs_for_the_head_without_a_delegation_only_as_deputy(people: Cast, capacity: Capacity) -> None:
    document = brought_to(people, DocumentState.REVIEWED, signer_id=people.vice_chair.assignment.pk, capacity=capacity)
    with pytest.raises(errors.FormFaultError) as refused:
        step(check_format, document, people.clerk)
    assert list(refused.value.faults) == ["signer"]


def test_by_written_authorisation_somebody_else_signs_and_it_is_said_for_whom(people: Cast) -> None:
    lent = lend(people, people.leader, people.specialist)
    more = {"signer_id": people.specialist.assignment.pk, "capacity": Capacity.AUTHORISED}
    document = brought_to(people, DocumentState.SIGNED, **more)
    assert RouteStep.objects.get(document=document, action="sign").delegation == lent
    told = Event.objects.about("documents.document", document.pk).get(name="documents.document.signed")
    assert told.on_behalf_of == people.leader.user.event_actor
    assert told.facts["delegation"] == lent.pk


def test_by_order_only_the_head_of_a_division_signs(people: Cast) -> None:
    lend(people, people.leader, people.specialist)
    more = {"signer_id": people.specialist.assignment.pk, "capacity": Capacity.BY_ORDER}
    document = brought_to(people, DocumentState.REVIEWED, **more)
    with pytest.raises(errors.FormFaultError):
        step(check_format, document, people.clerk)


def test_an_authorisation_that_is_not_in_force_yet_gives_nothing(people: Cast) -> None:
    lend(people, people.leader, people.specialist, first_day=TODAY + timedelta(days=1))
    more = {"signer_id": people.specialist.assignment.pk, "capacity": Capacity.AUTHORISED}
    document = brought_to(people, DocumentState.REVIEWED, **more)
    with pytest.raises(errors.FormFaultError):
        step(check_format, document, people.clerk)


def test_a_deputy_authorises_nobody(people: Cast) -> None:
    """The right to sign for the head is the head's alone to give. NĐ 30/2020 Đ.13.3"""
    with pytest.raises(Exception, match="quyền"):
        lend(people, people.vice_chair, people.specialist)


def test_without_a_usable_certificate_nothing_is_signed(people: Cast) -> None:
    document = brought_to(people, DocumentState.APPROVED)
    certificate = Certificate.objects.get(person=people.leader.person)
    revoke_certificate(certificate=certificate, reason="Mất thiết bị", actor=System.COMMAND, now=NOW)
    item = order(sign, document, people.leader)
    work_off()
    item.refresh_from_db()
    document.refresh_from_db()
    assert (item.state, document.state) == (ItemState.FAILED, DocumentState.APPROVED)
    assert item.note


def test_while_the_time_stamp_is_away_the_document_stays_and_says_it_is_tried_again(
    people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = brought_to(people, DocumentState.APPROVED)
    item = order(sign, document, people.leader)
    with monkeypatch.context() as away:
        trust_is_away(away)
        work_off()
    item.refresh_from_db()
    document.refresh_from_db()
    assert (item.state, document.state) == (ItemState.WAITING, DocumentState.APPROVED)
    assert item.note == str(TrustServiceAwayError())
    work_off(LATER + timedelta(hours=2))
    document.refresh_from_db()
    assert document.state == DocumentState.SIGNED


def test_the_number_is_taken_once_when_the_seal_must_be_tried_again(
    people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = brought_to(people, DocumentState.SIGNED)
    order(complete, document, people.clerk)
    with monkeypatch.context() as away:
        trust_is_away(away)
        work_off()
    document.refresh_from_db()
    assert (document.state, document.number) == (DocumentState.NUMBERED, "01/QĐ-UBND")
    assert "sealed" not in kinds(document)
    work_off(LATER + timedelta(hours=2))
    document.refresh_from_db()
    assert (document.state, document.number) == (DocumentState.ISSUED, "01/QĐ-UBND")


def test_while_it_is_being_signed_nobody_moves_it(people: Cast) -> None:
    document = brought_to(people, DocumentState.APPROVED)
    order(sign, document, people.leader)
    with pytest.raises(errors.BusyError):
        step(return_document, document, people.leader, reason="Sai tên tổ")


def test_what_was_called_off_is_not_stored_when_it_comes_back_signed(
    people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = brought_to(people, DocumentState.APPROVED)
    item = order(sign, document, people.leader)
    signed = making.recipe.sign_as

    def cancelled_meanwhile(*args: Any, **more: Any) -> bytes:
        cancel_batch(batch=item.batch, actor=people.leader.user, now=NOW)
        return signed(*args, **more)

    monkeypatch.setattr(making.recipe, "sign_as", cancelled_meanwhile)
    work_off()
    document.refresh_from_db()
    item.refresh_from_db()
    assert (item.state, document.state) == (ItemState.CANCELLED, DocumentState.APPROVED)
    assert kinds(document) == ["draft"]


def test_the_seal_comes_only_on_a_signature_that_is_good(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    document = brought_to(people, DocumentState.SIGNED)
    real = making.recipe.fill
    monkeypatch.setattr(making.recipe, "fill", lambda pdf, values: real(pdf, values).replace(b"person-", b"nobody-"))
    item = order(complete, document, people.clerk)
    work_off()
    item.refresh_from_db()
    document.refresh_from_db()
    assert (item.state, document.state) == (ItemState.FAILED, DocumentState.NUMBERED)
    assert "sealed" not in kinds(document)


def test_who_saw_an_older_one_is_told_who_changed_what(people: Cast) -> None:
    seen = brought_to(people, DocumentState.CHECKED)
    step(approve, seen, people.leader)
    with pytest.raises(errors.StaleError) as refused:
        sign(document=seen, revision=seen.revision, actor=people.leader.user, now=NOW)
    assert "Nguyễn Văn Thành" in str(refused.value)
    assert "đã duyệt" in str(refused.value)


def test_a_revoked_authorisation_is_over_for_what_waits(people: Cast) -> None:
    lent = lend(people, people.leader, people.specialist, first_day=TODAY - timedelta(days=3))
    more = {"signer_id": people.specialist.assignment.pk, "capacity": Capacity.AUTHORISED}
    document = brought_to(people, DocumentState.APPROVED, **more)
    revoke_delegation(delegation=lent, until=TODAY, decision=Decision("7/QĐ", TODAY), actor=people.leader.user, now=NOW)
    with pytest.raises(errors.NotAllowedError):
        order(sign, document, people.specialist)


def test_a_draft_is_not_signed(people: Cast) -> None:
    with pytest.raises(errors.WrongStateError):
        order(sign, drafted(people), people.leader)
