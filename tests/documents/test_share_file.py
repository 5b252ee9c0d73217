"""Sharing: by who keeps the file, with units that exist, and nobody else's sharing."""

import pytest

from documents.errors import FileNotYoursError, SharedTooWidelyError, UnknownUnitError
from documents.models import StoredFile
from documents.operations.files import share_with
from documents.policies import may_read_file
from portal.events import Event
from portal.isolation import scope, use
from staff.scopes import scope_of
from tests.cast import NOW, Cast
from tests.documents.uploading import made

ON = NOW.date()


def test_another_unit_reads_it_then(people: Cast) -> None:
    file = made(people.home)
    assert not may_read_file(people.outsider.user, file, ON)
    shared = share_with(file=file, unit_ids=[people.neighbour], actor=people.clerk.user, now=NOW)
    assert may_read_file(people.outsider.user, shared, ON)
    with use(scope_of(people.outsider.user)):
        assert StoredFile.objects.get().pk == file.pk
    event = Event.objects.about("documents.storedfile", file.pk).last()
    assert event is not None
    assert (event.name, event.facts) == ("documents.file.shared", {"units": [people.neighbour]})


def test_once_is_enough(people: Cast) -> None:
    file = made(people.home)
    for _ in range(2):
        share_with(file=file, unit_ids=[people.neighbour, people.home], actor=people.clerk.user, now=NOW)
    file.refresh_from_db()
    assert file.shared_with == [people.neighbour]
    assert Event.objects.about("documents.storedfile", file.pk).filter(name="documents.file.shared").count() == 1


def test_who_only_reads_gives_nothing_on(people: Cast) -> None:
    file = share_with(file=made(people.home), unit_ids=[people.neighbour], actor=people.clerk.user, now=NOW)
    with pytest.raises(FileNotYoursError):
        share_with(file=file, unit_ids=[people.province], actor=people.outsider.user, now=NOW)


def test_units_that_do_not_exist_are_refused(people: Cast) -> None:
    with pytest.raises(UnknownUnitError):
        share_with(file=made(people.home), unit_ids=[people.neighbour, 10**9], actor=people.clerk.user, now=NOW)


def test_sharing_is_bounded(people: Cast) -> None:
    with pytest.raises(SharedTooWidelyError):
        share_with(file=made(people.home), unit_ids=range(10**9, 10**9 + 101), actor=people.clerk.user, now=NOW)


def test_the_database_lets_readers_change_nothing(people: Cast) -> None:
    file = share_with(file=made(people.home), unit_ids=[people.neighbour], actor=people.clerk.user, now=NOW)
    with scope(units=[people.neighbour]):
        assert StoredFile.objects.filter(pk=file.pk).update(shared_with=[people.elsewhere]) == 0
