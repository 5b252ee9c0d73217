"""Row-level security of files: without the filter nobody else's files are seen, and none is written elsewhere."""

import pytest
from django.db import transaction
from django.db.utils import ProgrammingError

from documents.models import StoredFile
from portal.isolation import Purpose, scope
from tests.cast import Cast
from tests.documents.test_store_file import citizen
from tests.documents.uploading import made


def seen() -> set[str]:
    return set(StoredFile.objects.values_list("name", flat=True))


@pytest.fixture
def files(people_without_scope: Cast) -> Cast:
    people = people_without_scope
    with scope(units=[people.home, people.neighbour]):
        made(people.home, name="home.pdf")
        made(people.neighbour, name="neighbour.pdf")
        made(people.home, name="owned.pdf", owner=citizen().pk)
    return people


def test_no_scope_sees_nothing(files: Cast) -> None:
    assert seen() == set()


def test_a_unit_sees_its_own_files(files: Cast) -> None:
    with scope(units=[files.neighbour]):
        assert seen() == {"neighbour.pdf"}


def test_a_citizen_sees_their_own_files(files: Cast) -> None:
    with scope(citizen=citizen("nguoi-khac").pk):
        assert seen() == set()
    with scope(units=[files.home]):
        owner = StoredFile.objects.get(name="owned.pdf").owner
    with scope(citizen=owner):
        assert seen() == {"owned.pdf"}


@pytest.mark.parametrize("purpose", sorted(set(Purpose) - {Purpose.RELAY, Purpose.DEMO, Purpose.RETENTION}))
def test_no_other_purpose_opens_files(files: Cast, purpose: Purpose) -> None:
    with scope(purpose=purpose):
        assert seen() == set()


def test_a_file_cannot_be_put_into_a_foreign_unit(files: Cast) -> None:
    with scope(units=[files.home]), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        made(files.neighbour)


def test_no_file_can_be_deleted(files: Cast) -> None:
    with scope(units=[files.home]), pytest.raises(ProgrammingError), transaction.atomic():
        StoredFile.objects.all()._raw_delete("default")
