"""Returning: from every step before issue, with a reason; a number that was taken is voided."""

import pytest

from documents import errors
from documents.kinds import Capacity
from documents.models import Document, DocumentVersion, Recipient, RegisterEntry, RouteStep
from documents.operations.batches import number
from documents.operations.route import check_format, return_document
from documents.states import DocumentState
from tests.cast import Cast
from tests.documents.route.build import brought_to, order, step, work_off

S = DocumentState


@pytest.mark.parametrize("state", [S.SUBMITTED, S.REVIEWED, S.CHECKED, S.APPROVED, S.SIGNED])
def test_goes_back_to_the_draft_with_the_reason(people: Cast, state: DocumentState) -> None:
    document = step(return_document, brought_to(people, state), people.clerk, reason="Thiếu căn cứ")
    assert document.state == S.DRAFT
    last = RouteStep.objects.filter(document=document).order_by("-revision")[0]
    assert (last.action, last.before, last.note) == ("return", state, "Thiếu căn cứ")


def test_without_a_reason_it_stays(people: Cast) -> None:
    with pytest.raises(errors.NoReasonError):
        step(return_document, brought_to(people, S.REVIEWED), people.clerk, reason="")


def test_the_number_of_what_is_returned_is_voided_and_not_given_again(people: Cast) -> None:
    document = brought_to(people, S.SIGNED)
    order(number, document, people.clerk)
    work_off()
    document = step(return_document, document, people.clerk, reason="Sai ngày hiệu lực")
    assert (document.number, document.entry, document.dated_on) == ("", None, None)
    assert RegisterEntry.objects.get(number=1).void_reason == "Sai ngày hiệu lực"
    again = brought_to(people, S.ISSUED)
    assert again.number == "02/QĐ-UBND"


def test_what_was_signed_stays_among_the_versions_and_is_signed_anew(people: Cast) -> None:
    document = step(return_document, brought_to(people, S.SIGNED), people.clerk, reason="Sai tên")
    kinds = list(DocumentVersion.objects.filter(document=document).order_by("seq").values_list("kind", flat=True))
    assert kinds == ["draft", "prepared", "signed"]


def test_an_issued_document_is_not_returned(people: Cast) -> None:
    with pytest.raises(errors.WrongStateError):
        step(return_document, brought_to(people, S.ISSUED), people.clerk, reason="Sai")


def test_the_form_check_names_every_fault_at_once(people: Cast) -> None:
    document = brought_to(people, S.REVIEWED)
    Recipient.objects.filter(document=document).delete()
    Document.objects.filter(pk=document.pk).update(capacity=Capacity.DEPUTY)
    with pytest.raises(errors.FormFaultError) as refused:
        step(check_format, document, people.clerk)
    assert set(refused.value.faults) == {"recipients", "signer"}
    document.refresh_from_db()
    assert document.state == S.REVIEWED
