"""Issued, replaced, revoked; and the register of issued results."""

from datetime import timedelta

import pytest
from django.utils import timezone

from documents import errors
from documents.codes import shown
from documents.drafts import Origin, Owner
from documents.models import Document, DocumentVersion, IssuedResult, RouteStep
from documents.operations.batches import number as order_number
from documents.operations.batches import seal
from documents.operations.issuing import issue, replace, revoke
from documents.queries.results import find_for_reuse, own_results
from documents.queries.verification import issued_by_code
from documents.states import DocumentState, ResultState
from portal.events import Event
from portal.isolation import scope
from tests.cast import Cast
from tests.documents.route.build import NOW, brought_to, citizen, order, step, work_off

TODAY = timezone.localdate(NOW)
NUMBER, CODE = "000188000777", "KQ.G15.000216"
RESULT = {"owner": Owner(number=NUMBER), "result_code": CODE, "valid_until": TODAY + timedelta(days=180)}


def result_of(people: Cast, **more: object) -> IssuedResult:
    document = brought_to(people, DocumentState.ISSUED, **{**RESULT, **more})
    return IssuedResult.objects.get(document=document)


def test_an_issued_document_says_from_where_it_was_asked_for(people: Cast) -> None:
    document = brought_to(people, DocumentState.ISSUED, origin=Origin(type="services.dossier", id="H29-261124-0001"))
    told = Event.objects.about("documents.document", document.pk).get(name="documents.document.issued")
    assert told.facts["origin_type"] == "services.dossier"
    assert told.facts["origin_id"] == "H29-261124-0001"
    assert told.facts["number"] == document.number


def test_the_units_it_is_sent_to_may_read_it(people: Cast) -> None:
    document = brought_to(people, DocumentState.ISSUED)
    assert document.shared_with == [people.neighbour]
    sealed = document.versions.get(kind="sealed")
    assert sealed.file.shared_with == [people.neighbour]


def test_number_seal_and_issue_can_be_three_deeds(people: Cast) -> None:
    document = brought_to(people, DocumentState.SIGNED)
    for deed, reached in ((order_number, DocumentState.NUMBERED), (seal, DocumentState.SEALED)):
        order(deed, document, people.clerk)
        work_off()
        document.refresh_from_db()
        assert document.state == reached
    assert step(issue, document, people.clerk).state == DocumentState.ISSUED


def test_what_was_not_judged_valid_is_not_issued(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    document = brought_to(people, DocumentState.SIGNED)
    for deed in (order_number, seal):
        order(deed, document, people.clerk)
        work_off()
    monkeypatch.setattr(DocumentVersion, "is_valid", property(lambda _: False))
    with pytest.raises(errors.NotReadyError):
        step(issue, document, people.clerk)


def test_a_revoked_document_says_why_and_stays(people: Cast) -> None:
    result = result_of(people)
    with pytest.raises(errors.NoReasonError):
        step(revoke, result.document, people.leader, reason="")
    document = step(revoke, result.document, people.leader, reason="Cấp sai đối tượng")
    assert (document.state, document.ended_reason) == (DocumentState.REVOKED, "Cấp sai đối tượng")
    result.refresh_from_db()
    assert result.state == ResultState.REVOKED


def test_the_clerk_revokes_nothing(people: Cast) -> None:
    with pytest.raises(errors.NotAllowedError):
        step(revoke, brought_to(people, DocumentState.ISSUED), people.clerk, reason="x")


def test_the_new_document_replaces_the_old_one_when_it_is_issued(people: Cast) -> None:
    old = result_of(people)
    new = brought_to(people, DocumentState.ISSUED, replaces=old.document_id, **RESULT)
    document = Document.objects.get(pk=old.document_id)
    assert (document.state, document.replaced_by_id) == (DocumentState.REPLACED, new.pk)
    old.refresh_from_db()
    assert old.state == ResultState.REPLACED
    assert RouteStep.objects.filter(document=document, action="replace", note=new.number).exists()


def test_two_issued_documents_can_be_tied_later(people: Cast) -> None:
    old, new = brought_to(people, DocumentState.ISSUED), brought_to(people, DocumentState.ISSUED)
    with pytest.raises(errors.NotReplacingError):
        step(replace, old, people.leader, by=old)
    assert step(replace, old, people.leader, by=new).state == DocumentState.REPLACED


def test_a_result_is_found_again_by_owner_and_code(people: Cast) -> None:
    result = result_of(people)
    [known] = find_for_reuse(owner_number=NUMBER, result_code=CODE, on=TODAY)
    assert (known.document_id, known.number, known.is_usable) == (result.document_id, result.number, True)
    assert result.document_code == f"{NUMBER}.{CODE}"
    assert find_for_reuse(owner_number="000188000778", result_code=CODE, on=TODAY) == []
    assert find_for_reuse(owner_number=NUMBER, result_code="KQ.G15.000217", on=TODAY) == []
    assert find_for_reuse(owner_number="", result_code=CODE, on=TODAY) == []


@pytest.mark.parametrize(("days", "usable"), [(-1, False), (0, True), (180, True), (181, False)])
def test_a_result_is_usable_through_its_last_day(people: Cast, days: int, usable: bool) -> None:
    result_of(people)
    on = TODAY + timedelta(days=days)
    [known] = find_for_reuse(owner_number=NUMBER, result_code=CODE, on=on)
    assert known.is_usable is usable
    assert IssuedResult.objects.usable(on).exists() is usable


def test_a_revoked_result_is_named_and_not_usable(people: Cast) -> None:
    result = result_of(people)
    step(revoke, result.document, people.leader, reason="Cấp sai")
    [known] = find_for_reuse(owner_number=NUMBER, result_code=CODE, on=TODAY)
    assert (known.state, known.is_usable) == (ResultState.REVOKED, False)


def test_whoever_has_the_code_learns_what_was_issued(people: Cast) -> None:
    document = brought_to(people, DocumentState.ISSUED)
    with scope():
        assert issued_by_code("AAAA-BBBB-CCCC") is None
        found = issued_by_code(shown(document.code).lower())
    assert found is not None
    assert (found.document.number, found.version.kind, found.successor) == (document.number, "sealed", None)


def test_a_document_that_is_not_issued_has_no_public_face(people: Cast) -> None:
    assert issued_by_code(brought_to(people, DocumentState.SIGNED).code) is None


def test_the_owner_finds_their_own(people: Cast) -> None:
    user = citizen("c-777")
    result = result_of(people, owner=Owner(number=NUMBER, user_id=user.pk))
    assert list(own_results(user)) == [result]
    told = Event.objects.about("documents.issuedresult", result.pk).get()
    assert told.concerns == [user.pk]
    assert NUMBER not in str(told.facts)
