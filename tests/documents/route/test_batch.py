"""Up to 200 documents with one confirmation: one by one, with progress, failures by name, and a way to stop."""

import pytest

from documents import errors
from documents.models import Document, SigningBatch, SigningItem
from documents.operations.batches import Pick, cancel_batch, confirm_batch
from documents.operations.issuing import revoke
from documents.operations.route import return_document
from documents.queries.documents import progress
from documents.states import DocumentState, Goal, ItemState
from portal.events import Delivery, Event
from portal.events.delivering import deliver
from portal.isolation import Purpose, scope
from tests.cast import Cast
from tests.documents.route.build import NOW, brought_to, step, work_off


def picks(*documents: Document) -> list[Pick]:
    return [Pick(document.pk, document.revision) for document in documents]


def confirm(people: Cast, *documents: Document, goal: Goal = Goal.SIGN) -> SigningBatch:
    actor = people.leader if goal is Goal.SIGN else people.clerk
    return confirm_batch(picks=picks(*documents), goal=goal, actor=actor.user, now=NOW)


def approved(people: Cast, number: int = 3) -> list[Document]:
    return [brought_to(people, DocumentState.APPROVED) for _ in range(number)]


def test_all_are_signed_and_counted(people: Cast) -> None:
    batch = confirm(people, *approved(people))
    assert progress(batch.pk).waiting == 3
    work_off()
    found = progress(batch.pk)
    assert (found.total, found.done, found.failed) == (3, 3, 0)
    assert Document.objects.filter(state=DocumentState.SIGNED).count() == 3


def test_the_clerk_completes_them_together_too(people: Cast) -> None:
    signed = [brought_to(people, DocumentState.SIGNED) for _ in range(2)]
    confirm(people, *signed, goal=Goal.COMPLETE)
    work_off()
    issued = Document.objects.filter(state=DocumentState.ISSUED)
    assert set(issued.values_list("number", flat=True)) == {"01/QĐ-UBND", "02/QĐ-UBND"}


def test_what_cannot_be_signed_is_listed_with_its_reason_and_stops_nobody(people: Cast) -> None:
    good, changed = approved(people, 2)
    draft = brought_to(people, DocumentState.DRAFT)
    foreign = brought_to(people, DocumentState.APPROVED, signer_id=people.vice_chair.assignment.pk, capacity="KT.")
    stale = picks(changed)
    step(return_document, changed, people.clerk, reason="Sai")
    asked = [*picks(good, draft, foreign), *stale]
    batch = confirm_batch(picks=asked, goal=Goal.SIGN, actor=people.leader.user, now=NOW)
    work_off()
    notes = {item.document_id: item.note for item in SigningItem.objects.filter(batch=batch)}
    assert notes[good.pk] == ""
    assert notes[draft.pk] == str(errors.WrongStateError.message)
    assert notes[foreign.pk] == str(errors.NotAllowedError.message)
    assert "Hoàng Thị Mai" in notes[changed.pk]
    found = progress(batch.pk)
    assert (found.done, found.failed) == (1, 3)


@pytest.mark.parametrize("number", [0, 201])
def test_too_few_or_too_many_are_refused(people: Cast, number: int) -> None:
    document = brought_to(people, DocumentState.APPROVED)
    asked = [Pick(document.pk, 1)] if number else []
    asked += [Pick(type(document.pk)(int=place), 1) for place in range(number - 1)]
    with pytest.raises(errors.BadBatchError):
        confirm_batch(picks=asked, goal=Goal.SIGN, actor=people.leader.user, now=NOW)
    assert not SigningBatch.objects.exists()


def test_the_same_confirmation_twice_is_one_batch(people: Cast) -> None:
    documents = approved(people, 2)
    assert confirm(people, *documents) == confirm(people, *documents)
    assert SigningItem.objects.count() == 2


def test_a_document_that_waits_already_is_not_ordered_twice(people: Cast) -> None:
    first, second = approved(people, 2)
    confirm(people, first)
    batch = confirm(people, first, second)
    assert SigningItem.objects.get(batch=batch, document=first).note == str(errors.BusyError.message)
    work_off()
    assert Document.objects.filter(state=DocumentState.SIGNED).count() == 2


def test_the_rest_can_be_called_off(people: Cast) -> None:
    batch = confirm(people, *approved(people))
    with scope(purpose=Purpose.RELAY):
        first = Delivery.objects.open().filter(topic="documents.signing").order_by("created_at", "id").first()
    assert first is not None
    deliver(first.pk, clock=lambda: NOW)
    assert cancel_batch(batch=batch, actor=people.leader.user, now=NOW) == 2
    work_off()
    found = progress(batch.pk)
    assert (found.done, found.cancelled) == (1, 2)
    assert Document.objects.filter(state=DocumentState.APPROVED).count() == 2
    assert cancel_batch(batch=batch, actor=people.leader.user, now=NOW) == 0


def test_only_who_confirmed_calls_off(people: Cast) -> None:
    batch = confirm(people, *approved(people, 1))
    with pytest.raises(errors.NotAllowedError):
        cancel_batch(batch=batch, actor=people.clerk.user, now=NOW)


def test_one_that_fails_leaves_the_others_alone(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    documents = approved(people)
    batch = confirm(people, *documents)
    Document.objects.filter(pk=documents[1].pk).update(layout_code="poster")
    work_off()
    states = [item.state for item in SigningItem.objects.filter(batch=batch).order_by("place")]
    assert sorted(states) == [ItemState.DONE, ItemState.DONE, ItemState.FAILED]


def test_the_confirmation_is_told_with_its_size(people: Cast) -> None:
    batch = confirm(people, *approved(people, 2))
    [event] = Event.objects.about("documents.signingbatch", batch.pk)
    assert (event.name, event.facts) == ("documents.batch.confirmed", {"goal": "sign", "size": 2})


def test_an_ended_document_is_not_completed(people: Cast) -> None:
    document = step(revoke, brought_to(people, DocumentState.ISSUED), people.leader, reason="Sai")
    batch = confirm(people, document, goal=Goal.COMPLETE)
    assert progress(batch.pk).failed == 1
