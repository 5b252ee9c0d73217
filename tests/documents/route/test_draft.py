"""Drafting: by officers and by upper floors, whole or not at all; state secrets never."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from documents import errors
from documents.codes import LETTERS, normal, shown
from documents.drafts import Origin, Owner, RecipientLine
from documents.models import Document, Recipient, RouteStep
from documents.operations.drafting import draft_document, revise_draft
from documents.operations.route import cancel_draft, submit_for_review, withdraw
from documents.states import DocumentState
from portal.events import Event
from portal.events.actors import System
from tests.cast import Cast
from tests.documents.route.build import NOW, brought_to, draft_of, drafted, step

TODAY = timezone.localdate(NOW)
OWNER = Owner(number="000188000777")


def test_a_draft_has_a_code_nobody_mistypes(people: Cast) -> None:
    codes = {drafted(people).code for _ in range(5)}
    assert len(codes) == 5
    assert all(len(code) == 12 and set(code) <= set(LETTERS) for code in codes)
    code = codes.pop()
    assert normal(shown(code).lower()) == code


def test_a_draft_is_told_without_what_it_says(people: Cast) -> None:
    document = drafted(people, owner=OWNER, result_code="KQ.G15.000216")
    [event] = Event.objects.about("documents.document", document.pk)
    assert event.name == "documents.document.drafted"
    assert event.concerns == []
    assert document.subject not in str(event.facts)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("secrecy", "mật"),
        ("subject", " "),
        ("subject", "a" * 501),
        ("type_code", "novel"),
        ("layout", "poster"),
        ("content", {"body": "a" * 300_000}),
        ("content", {"body": "a\x00b"}),
        ("recipients", (RecipientLine(name=" "),)),
        ("recipients", (RecipientLine(name="x"),) * 101),
        ("owner", Owner(number="12 34")),
        ("result_code", "KQ.G15.000216"),
        ("result_code", "KQ.X15.000216"),
        ("valid_until", TODAY - timedelta(days=1)),
        ("signer_id", 0),
        ("unit_id", 0),
        ("replaces", "5a6f4e42-2b53-4d0e-8d52-0f2f3c9f7a11"),
    ],
)
def test_what_does_not_fit_is_named_and_nothing_is_kept(people: Cast, field: str, value: Any) -> None:
    draft = draft_of(people, valid_from=TODAY, **{field: value})
    actor = System.COMMAND if field == "unit_id" else people.specialist.user
    with pytest.raises(errors.BadDraftError) as refused:
        draft_document(draft=draft, actor=actor, now=NOW)
    assert field in refused.value.faults
    assert not Document.objects.exists()


def test_the_database_too_refuses_a_degree_of_secrecy(people: Cast) -> None:
    document = drafted(people)
    with pytest.raises(IntegrityError, match="document_no_secrecy"), transaction.atomic():
        Document.objects.filter(pk=document.pk).update(secrecy="secret")


def test_an_upper_floor_drafts_with_the_origin_it_will_know_it_by(people: Cast) -> None:
    origin = Origin(type="services.dossier", id="H29.18-261124-0001")
    document = draft_document(draft=draft_of(people, origin=origin), actor=System.SCHEDULE, now=NOW)
    assert (document.origin_type, document.origin_id) == (origin.type, origin.id)


def test_who_has_no_post_here_drafts_nothing(people: Cast) -> None:
    for member in (people.outsider, people.administrator):
        with pytest.raises(errors.NotAllowedError):
            draft_document(draft=draft_of(people), actor=member.user, now=NOW)


def test_a_revision_replaces_the_whole_draft(people: Cast) -> None:
    document = drafted(people)
    draft = replace(draft_of(people), subject="Về việc khác", recipients=(RecipientLine(name="Như Điều 3"),))
    revised = revise_draft(document=document, draft=draft, revision=1, actor=people.desk_officer.user, now=NOW)
    assert (revised.subject, revised.revision) == ("Về việc khác", 2)
    assert [line.name for line in Recipient.objects.filter(document=document)] == ["Như Điều 3"]


def test_a_draft_does_not_move_to_another_organ(people: Cast) -> None:
    draft = replace(draft_of(people), unit_id=people.neighbour)
    with pytest.raises(errors.BadDraftError):
        revise_draft(document=drafted(people), draft=draft, revision=1, actor=people.specialist.user, now=NOW)


def test_an_older_revision_changes_nothing(people: Cast) -> None:
    document = drafted(people)
    step(submit_for_review, document, people.specialist)
    step(withdraw, document, people.specialist)
    with pytest.raises(errors.StaleError):
        revise_draft(document=document, draft=draft_of(people), revision=1, actor=people.specialist.user, now=NOW)


def test_content_that_the_layout_cannot_print_is_not_submitted(people: Cast) -> None:
    document = drafted(people, content={})
    with pytest.raises(errors.FormFaultError):
        step(submit_for_review, document, people.specialist)
    document.refresh_from_db()
    assert document.state == DocumentState.DRAFT


def test_only_the_drafter_takes_it_back_and_only_before_review(people: Cast) -> None:
    document = brought_to(people, DocumentState.SUBMITTED)
    with pytest.raises(errors.NotAllowedError):
        step(withdraw, document, people.desk_officer)
    assert step(withdraw, document, people.specialist).state == DocumentState.DRAFT


def test_a_cancelled_draft_ends_with_its_reason(people: Cast) -> None:
    document = drafted(people)
    with pytest.raises(errors.NoReasonError):
        step(cancel_draft, document, people.specialist, reason=" ")
    assert step(cancel_draft, document, people.specialist, reason="Trùng").state == DocumentState.CANCELLED
    assert RouteStep.objects.filter(document=document).order_by("-revision")[0].note == "Trùng"


def test_the_owners_number_is_sealed(people: Cast) -> None:
    document = drafted(people, owner=OWNER)
    assert Document.objects.get(pk=document.pk).owner_number == OWNER.number
    assert OWNER.number.encode() not in bytes(document.owner_sealed or b"")
    assert OWNER.number not in repr(draft_of(people, owner=OWNER))
