"""What asked for a document has ended: wherever it stands, it is never signed, numbered, sealed or issued any more."""

from typing import Any

import pytest

from documents import making
from documents.errors import WrongStateError
from documents.models import Document, RegisterEntry
from documents.operations import route
from documents.operations.batches import complete, sign
from documents.operations.route import call_off
from documents.operations.signing import claim
from documents.policies import abilities
from documents.states import UNDER_WAY, DocumentState, ItemState
from portal.events import Event
from portal.events.actors import System
from staff.policies import today
from tests.cast import Cast
from tests.documents.route import marks
from tests.documents.route.build import LATER, NOW, brought_to, citizen, order, work_off

S = DocumentState
BEFORE_ISSUE = [S.DRAFT, S.SUBMITTED, S.REVIEWED, S.CHECKED, S.APPROVED, S.SIGNED]
WHY = "Hồ sơ đã được rút"


def end(document: Document, *, actor: Any = None) -> bool:
    return call_off(document_id=document.pk, reason=WHY, actor=actor or citizen("nguoi-nop"), now=LATER)


@pytest.mark.parametrize("state", BEFORE_ISSUE)
def test_from_every_step_before_issue_it_ends(people: Cast, state: S) -> None:
    document = brought_to(people, state)
    assert end(document)
    document.refresh_from_db()
    assert document.state == S.CANCELLED
    assert document.steps.order_by("-revision")[0].note == WHY
    assert Event.objects.filter(name="documents.document.called_off", subject_id=str(document.pk)).count() == 1
    for member in (people.leader, people.clerk):
        assert not any(abilities(member.user, document, today()).values())


def test_every_step_under_way_is_meant() -> None:
    assert set(BEFORE_ISSUE) | {S.NUMBERED, S.SEALED} == UNDER_WAY | {S.DRAFT}


def test_a_number_that_was_taken_is_voided_with_the_reason(people: Cast) -> None:
    document = brought_to(people, S.SIGNED)
    item = order(complete, document, people.clerk)
    assert claim(item_id=item.pk, actor=people.clerk.user, now=NOW) is not None  # the number is taken here
    assert end(document)
    document.refresh_from_db()
    entry = RegisterEntry.objects.get()
    assert (document.number, document.entry, document.state) == ("", None, S.CANCELLED)
    assert (entry.state, entry.void_reason) == ("voided", WHY)


def test_nothing_that_is_ordered_is_done_any_more(people: Cast) -> None:
    document = brought_to(people, S.APPROVED)
    item = order(sign, document, people.leader)
    end(document)
    work_off()
    item.refresh_from_db()
    document.refresh_from_db()
    assert (item.state, item.note, document.state) == (ItemState.CANCELLED, WHY, S.CANCELLED)


@pytest.mark.parametrize(("start", "deed", "role"), [(S.APPROVED, sign, "leader"), (S.SIGNED, complete, "clerk")])
def test_what_is_made_meanwhile_is_thrown_away(
    people: Cast, monkeypatch: pytest.MonkeyPatch, start: S, deed: Any, role: str
) -> None:
    document = brought_to(people, start)
    item = order(deed, document, getattr(people, role))

    def slow(*args: Any, **more: Any) -> Any:
        assert end(document)  # the dossier is withdrawn while the time-stamp service is asked
        return marks.sign_as(*args, **more)

    monkeypatch.setattr(making.recipe, "sign_as", slow)
    work_off()
    document.refresh_from_db()
    item.refresh_from_db()
    assert (document.state, item.state) == (S.CANCELLED, ItemState.CANCELLED)
    assert document.versions.filter(kind="sealed").count() == 0
    assert document.versions.filter(kind="signed").count() == (1 if start is S.SIGNED else 0)
    assert document.issued_at is None


def test_an_item_that_the_worker_held_meanwhile_fails(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its lock is skipped, so that two never wait for each other; the new revision keeps it from being stored."""
    document = brought_to(people, S.APPROVED)
    item = order(sign, document, people.leader)
    monkeypatch.setattr(route, "_call_off_items", lambda *_: None)
    end(document)
    work_off()
    item.refresh_from_db()
    assert (item.state, item.note) == (ItemState.FAILED, str(WrongStateError.message))
    assert Document.objects.get(pk=document.pk).state == S.CANCELLED


def test_nobody_orders_a_signature_afterwards(people: Cast) -> None:
    document = brought_to(people, S.APPROVED)
    end(document)
    with pytest.raises(WrongStateError):
        order(sign, document, people.leader)


def test_what_was_issued_stays_issued(people: Cast) -> None:
    document = brought_to(people, S.ISSUED)
    assert not end(document)
    assert Document.objects.get(pk=document.pk).state == S.ISSUED


def test_a_second_end_changes_nothing(people: Cast) -> None:
    document = brought_to(people, S.CHECKED)
    assert end(document, actor=System.SCHEDULE)
    assert end(document, actor=System.SCHEDULE)
    assert Document.objects.get(pk=document.pk).revision == document.revision + 1
