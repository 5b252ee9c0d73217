"""Row-level security of people: without the filter nobody else's colleagues are seen."""

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from portal.isolation import Purpose, scope, use
from staff.models import Person
from staff.scopes import scope_of
from tests.cast import Cast


def names() -> set[str]:
    return set(Person.objects.values_list("name", flat=True))


def test_no_scope_sees_nobody(people_without_scope: Cast) -> None:
    assert names() == set()


def test_officer_sees_colleagues_and_not_the_next_commune(people_without_scope: Cast) -> None:
    people = people_without_scope
    with use(scope_of(people.desk_officer.user)):
        assert "Vàng Seo Páo" in names()
        assert "Sùng A Chứ" not in names()


def test_outsider_sees_none_of_the_commune(people_without_scope: Cast) -> None:
    people = people_without_scope
    with use(scope_of(people.outsider.user)):
        assert names() == {"Sùng A Chứ"}


def test_directory_reads_and_cannot_write(people_without_scope: Cast) -> None:
    people = people_without_scope
    with scope(purpose=Purpose.DIRECTORY):
        assert "Sùng A Chứ" in names()
        assert Person.objects.filter(pk=people.outsider.person.pk).update(name="x") == 0


def test_writing_into_a_foreign_unit_changes_nothing(people_without_scope: Cast) -> None:
    people = people_without_scope
    with use(scope_of(people.outsider.user)):
        assert Person.objects.filter(pk=people.clerk.person.pk).update(name="x") == 0


def test_application_role_deletes_no_person(people_without_scope: Cast) -> None:
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("delete from staff_person")


def test_scope_does_not_outlive_its_transaction(real_db: str) -> None:
    with transaction.atomic(), scope(purpose=Purpose.DIRECTORY):
        names()
    with connection.cursor() as cursor:
        cursor.execute("select mc_purpose()")
        assert cursor.fetchone() == (None,)


def test_number_is_sealed_and_searchable_by_digest_only(people_without_scope: Cast) -> None:
    people = people_without_scope
    with use(scope_of(people.desk_officer.user)):
        row = Person.objects.get(number_index=Person.index_of("000192000006"))
        assert row.number == "000192000006"
        assert b"000192000006" not in bytes(row.number_sealed)
