"""Both nets: the queries filter, and without their filter row-level security shows nothing either."""

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError, ProgrammingError
from django.utils import timezone
from psycopg import sql

from documents.drafts import Owner, RecipientLine
from documents.errors import NotAllowedError
from documents.models import (
    Document,
    DocumentVersion,
    IssuedResult,
    Recipient,
    RouteStep,
    SigningBatch,
    SigningItem,
)
from documents.operations.route import review
from documents.queries.documents import visible_to, waiting_for
from documents.states import DocumentState
from portal.accounts.models import User
from portal.isolation import Purpose, scope, use
from staff.operations import end_assignment
from staff.scopes import scope_of
from tests.cast import DECISION, Cast
from tests.documents.route.build import NOW, brought_to, citizen, drafted

TODAY = timezone.localdate(NOW)
TABLES = (Document, DocumentVersion, RouteStep, Recipient, SigningBatch, SigningItem, IssuedResult)


@pytest.fixture
def owner(db: None) -> User:
    return citizen("c-owner")


@pytest.fixture
def result(people_without_scope: Cast, owner: User) -> Document:
    """Issued to the owner, and sent to no other unit."""
    people = people_without_scope
    made_out = Owner(number="000188000777", user_id=owner.pk)
    lines = (RecipientLine(name="Như trên"),)
    with scope(units=[people.home]):
        return brought_to(people, DocumentState.ISSUED, owner=made_out, result_code="KQ.G15.000216", recipients=lines)


BY_HAND = "update documents_document set state = 'revoked' where id = %s; set constraints all immediate"


def shown() -> set[str]:
    """Tables that show at least one row when nobody filters."""
    return {model.__name__ for model in TABLES if model._default_manager.exists()}


def test_without_a_scope_nothing_is_seen(result: Document) -> None:
    assert shown() == set()


def test_an_officer_of_the_organ_sees_all_of_it(people_without_scope: Cast, result: Document) -> None:
    with use(scope_of(people_without_scope.specialist.user)):
        assert shown() == {model.__name__ for model in TABLES}


def test_an_officer_of_the_next_commune_sees_nothing(people_without_scope: Cast, result: Document) -> None:
    user = people_without_scope.outsider.user
    with use(scope_of(user)):
        assert shown() == set()
        assert not visible_to(user, TODAY).exists()
        assert not waiting_for(user, TODAY).exists()


def test_whoever_may_read_it_and_no_more_is_told_that_a_step_is_not_theirs(owner: User, result: Document) -> None:
    with transaction.atomic(), use(scope_of(owner)):
        read = Document.objects.get(pk=result.pk)
        with pytest.raises(NotAllowedError):
            review(document=read, revision=read.revision, actor=owner, now=NOW)


def test_what_was_sent_to_the_next_commune_is_read_there_once_it_is_issued(people_without_scope: Cast) -> None:
    people = people_without_scope
    with scope(units=[people.home]):
        issued, signed = (brought_to(people, state) for state in (DocumentState.ISSUED, DocumentState.SIGNED))
    with use(scope_of(people.outsider.user)):
        assert [document.pk for document in Document.objects.all()] == [issued.pk]
        assert {version.kind for version in DocumentVersion.objects.all()} == {"sealed"}
        assert not RouteStep.objects.exists()
        assert Document.objects.filter(pk=issued.pk).update(subject="x") == 0
    assert signed.state == DocumentState.SIGNED


def test_the_owner_sees_what_was_issued_and_no_draft_or_note(result: Document, owner: User) -> None:
    with use(scope_of(owner)):
        assert list(visible_to(owner, TODAY)) == [result]
        assert {version.kind for version in DocumentVersion.objects.all()} == {"sealed"}
        assert not RouteStep.objects.exists()
        assert not SigningItem.objects.exists()


def test_the_owner_sees_nothing_before_it_is_issued(people_without_scope: Cast, owner: User) -> None:
    people = people_without_scope
    with scope(units=[people.home]):
        brought_to(people, DocumentState.SIGNED, owner=Owner(number="000188000777", user_id=owner.pk))
    with use(scope_of(owner)):
        assert shown() == set()


def test_another_citizen_sees_nothing(result: Document) -> None:
    other = citizen("c-other")
    with use(scope_of(other)):
        assert shown() == set()
        assert not visible_to(other, TODAY).exists()


def test_an_officer_whose_post_ended_sees_nothing(people_without_scope: Cast, result: Document) -> None:
    people = people_without_scope
    with scope(units=[people.home, people.province]):
        end_assignment(
            assignment=people.specialist.assignment,
            until=TODAY,
            decision=DECISION,
            actor=people.administrator.user,
            now=NOW,
        )
    user = people.specialist.user
    with use(scope_of(user)):
        assert shown() == set()
        assert not visible_to(user, TODAY).exists()


@pytest.mark.parametrize("purpose", [Purpose.DIRECTORY, Purpose.STATISTICS, Purpose.RELAY])
def test_other_purposes_see_nothing(result: Document, purpose: Purpose) -> None:
    with scope(purpose=purpose):
        assert shown() == set()


def test_a_verification_sees_the_issued_file_and_no_draft(people_without_scope: Cast, result: Document) -> None:
    people = people_without_scope
    with scope(units=[people.home]):
        drafted(people)
    with scope(purpose=Purpose.VERIFICATION):
        assert [document.pk for document in Document.objects.all()] == [result.pk]
        assert {version.kind for version in DocumentVersion.objects.all()} == {"sealed"}
        assert not RouteStep.objects.exists()


def test_nobody_drafts_into_a_foreign_unit(people_without_scope: Cast) -> None:
    people = people_without_scope
    with (
        use(scope_of(people.outsider.user)),
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction.atomic(),
    ):
        Document.objects.create(
            code="AAAABBBBCCCC",
            unit_id=people.home,
            signer=people.leader.assignment,
            layout_version=1,
            layout_on=TODAY,
            drafted_at=NOW,
        )


@pytest.mark.parametrize("table", ["documents_documentversion", "documents_routestep"])
@pytest.mark.parametrize("change", ["update {} set id = id", "delete from {}"])
def test_versions_and_steps_are_never_changed(
    people_without_scope: Cast, result: Document, table: str, change: str
) -> None:
    with (
        scope(units=[people_without_scope.home]),
        pytest.raises(ProgrammingError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql.SQL(change).format(sql.Identifier(table)))


def test_a_document_is_never_deleted(people_without_scope: Cast, result: Document) -> None:
    with (
        scope(units=[people_without_scope.home]),
        pytest.raises(ProgrammingError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("delete from documents_document")


def test_a_state_changed_by_hand_does_not_commit(people_without_scope: Cast, result: Document) -> None:
    with (
        scope(units=[people_without_scope.home]),
        pytest.raises(IntegrityError, match="without an event"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(BY_HAND, [result.pk])
