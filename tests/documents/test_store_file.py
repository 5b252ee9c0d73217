"""Storing: the content once and unchanged, the row with its reason for being clean, nobody's unit but one's own."""

import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.utils import ProgrammingError
from pytest_django.fixtures import DjangoAssertNumQueries

from documents.errors import FileNotYoursError, FileRefusedError
from documents.models import Blob, Cleared, StoredFile
from documents.queries.files import bytes_sent, read
from documents.states import FileState
from portal.accounts.models import Kind, User
from portal.events import Event
from portal.isolation import scope
from tests.cast import NOW, Cast
from tests.documents.making import pdf
from tests.documents.uploading import CONTENT, made, sent


def citizen(username: str = "cong-dan") -> User:
    found: User = User.objects.create(kind=Kind.CITIZEN, username=username, created_at=NOW)
    return found


def test_our_own_product_is_clean_by_birth(people: Cast) -> None:
    file = made(people.home)
    assert (file.state, file.cleared_by, file.judged_at) == (FileState.CLEAN, Cleared.MADE, NOW)
    assert read(file) == b"%PDF-1.7 ours"


def test_an_upload_without_a_scanner_is_clean_and_says_why(people: Cast) -> None:
    file = sent(actor=people.clerk.user, unit_id=people.home)
    assert (file.state, file.cleared_by) == (FileState.CLEAN, Cleared.INSPECTION)
    assert (file.name, file.blob.media_type, file.blob.size) == ("giấy khai sinh.pdf", "application/pdf", len(CONTENT))


def test_is_an_event_that_names_the_content_and_not_the_file(people: Cast) -> None:
    file = sent(actor=people.clerk.user, unit_id=people.home)
    event = Event.objects.about("documents.storedfile", file.pk).get()
    assert (event.name, event.before, event.after) == ("documents.file.uploaded", "", "clean")
    assert event.facts["sha256"] == file.blob_id
    assert "khai sinh" not in str(event.facts)


def test_the_same_content_is_kept_once(people: Cast, media: Path) -> None:
    first, second = (sent(actor=people.clerk.user, unit_id=people.home, name=name) for name in ("a.pdf", "b.pdf"))
    assert first.blob_id == second.blob_id
    assert first.pk != second.pk
    assert [path.name for path in media.rglob("*") if path.is_file()] == [first.blob_id]


def test_content_lies_under_its_hash_and_cannot_be_written(people: Cast, media: Path) -> None:
    file = made(people.home)
    path = media / file.blob_id[:2] / file.blob_id
    assert path.read_bytes() == b"%PDF-1.7 ours"
    assert path.stat().st_mode & 0o222 == 0


def test_a_citizen_stores_for_themselves_only(people: Cast) -> None:
    own, other = citizen(), citizen("nguoi-khac")
    with scope(citizen=own.pk):
        assert sent(actor=own, owner=own.pk).owner == own.pk
        with pytest.raises(FileNotYoursError):
            sent(actor=own, owner=other.pk)
        with pytest.raises(FileNotYoursError):
            sent(actor=own, unit_id=people.home)


def test_an_officer_stores_at_the_own_unit_only(people: Cast) -> None:
    own = citizen()
    assert sent(actor=people.desk_officer.user, unit_id=people.home, owner=own.pk).owner == own.pk
    with pytest.raises(FileNotYoursError):
        sent(actor=people.outsider.user, unit_id=people.home)


def test_a_citizen_sends_so_much_within_a_day(people: Cast, settings: object) -> None:
    own = citizen()
    settings.UPLOAD_DAY_BYTES = 2 * len(CONTENT)  # type: ignore[attr-defined]  # pytest-django's wrapper
    with scope(citizen=own.pk):
        sent(actor=own, owner=own.pk)
        sent(actor=own, owner=own.pk)
        with pytest.raises(FileRefusedError) as refused:
            sent(actor=own, owner=own.pk)
        assert refused.value.code == "quota"
        assert bytes_sent(own.pk, now=NOW + timedelta(days=1, seconds=1)) == 0


def test_limits_can_be_set(people: Cast, settings: object) -> None:
    settings.UPLOAD_LIMITS = {"attachment": {"bytes": 10}}  # type: ignore[attr-defined]  # the same
    with pytest.raises(FileRefusedError) as refused:
        sent(actor=people.clerk.user, unit_id=people.home)
    assert refused.value.code == "too-large"
    assert "10" in str(refused.value)


def test_a_content_is_never_changed_or_deleted(people: Cast) -> None:
    made(people.home)
    for sentence in ("update documents_blob set size = 1", "delete from documents_blob"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sentence)
    assert Blob.objects.get().size == len(b"%PDF-1.7 ours")


@pytest.mark.parametrize("column", ["blob_id", "kind", "uploaded_at"])
def test_of_a_file_only_judgement_and_readers_can_change(people: Cast, column: str) -> None:
    file = made(people.home)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        StoredFile.objects.filter(pk=file.pk).update(**{column: getattr(file, column)})


@pytest.mark.parametrize(
    ("column", "value"), [("name", "khac.pdf"), ("unit_id", None), ("owner", uuid.uuid4()), ("uploaded_by", "")]
)
def test_name_and_owner_change_only_when_a_rule_removes_the_file(people: Cast, column: str, value: object) -> None:
    file = made(people.home)
    with pytest.raises(IntegrityError, match="only when it is removed"), transaction.atomic():
        StoredFile.objects.filter(pk=file.pk).update(**{column: value})


def test_no_state_without_its_event(people: Cast) -> None:
    file = made(people.home)
    StoredFile.objects.filter(pk=file.pk).update(state="refused", cleared_by="")
    with pytest.raises(IntegrityError, match="without an event"), connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")


def test_storing_costs_few_statements(people: Cast, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_max_num_queries(12):
        sent(actor=people.clerk.user, unit_id=people.home, content=pdf(b"(another)"))
