"""A state changes, or is born, only together with its event."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction

from portal.events import guard_state
from tests.events.tables import born, demo, make_dossiers, moved, state_of, told


@pytest.fixture(scope="module", autouse=True)
def tables(module_db: str) -> None:
    make_dossiers()


@pytest.fixture(autouse=True)
def dossiers(tables: None) -> None:
    """One dossier, a draft. The events of the tests before stay, and must not help."""
    with transaction.atomic(), demo():
        with connection.cursor() as cursor:
            cursor.execute("delete from t_dossier")
        born(1)
        told(1, "", "draft")


def test_a_change_with_its_event_passes() -> None:
    with transaction.atomic(), demo():
        moved(1, "submitted")
        told(1, "draft", "submitted")
    assert state_of(1) == "submitted"


def test_two_changes_with_two_events_pass() -> None:
    with transaction.atomic(), demo():
        moved(1, "submitted")
        told(1, "draft", "submitted")
        moved(1, "received")
        told(1, "submitted", "received")
    assert state_of(1) == "received"


def refused(deed: Callable[[], None]) -> None:
    with pytest.raises(IntegrityError, match="without an event of the same transaction"), transaction.atomic(), demo():
        deed()
    assert state_of(1) == "draft"
    assert state_of(2) is None


def test_a_change_without_event_is_refused() -> None:
    refused(lambda: moved(1, "submitted"))


def test_a_birth_without_event_is_refused() -> None:
    refused(lambda: born(2))


def test_a_birth_whose_event_names_another_state_is_refused() -> None:
    refused(lambda: (born(2, "received"), told(2, "", "draft")))  # type: ignore[func-returns-value]  two deeds in one


@pytest.mark.parametrize(
    ("number", "before", "after", "subject"),
    [
        (2, "draft", "submitted", "services.dossier"),
        (1, "submitted", "submitted", "services.dossier"),
        (1, "draft", "received", "services.dossier"),
        (1, "", "submitted", "services.dossier"),
        (1, "draft", "submitted", "documents.document"),
    ],
)
def test_an_event_that_does_not_match_is_no_event(number: int, before: str, after: str, subject: str) -> None:
    def deed() -> None:
        moved(1, "submitted")
        told(number, before, after, subject=subject)

    refused(deed)


def test_an_event_of_an_earlier_transaction_does_not_count() -> None:
    with transaction.atomic(), demo():
        told(1, "draft", "submitted")
    refused(lambda: moved(1, "submitted"))


def test_a_second_change_needs_its_own_event() -> None:
    def deed() -> None:
        moved(1, "submitted")
        told(1, "draft", "submitted")
        moved(1, "received")

    refused(deed)


def test_an_event_that_was_rolled_back_to_a_savepoint_does_not_count() -> None:
    def deed() -> None:
        moved(1, "submitted")
        with transaction.atomic():
            told(1, "draft", "submitted")
            transaction.set_rollback(True)

    refused(deed)


def test_other_columns_change_freely() -> None:
    with connection.cursor() as cursor:
        cursor.execute("update t_dossier set note = 'x', state = 'draft' where id = 1")
        assert cursor.rowcount == 1


@pytest.mark.parametrize("wrong", ["t; drop table x", "T", "a b", "1a", ""])
def test_odd_names_never_reach_the_database(wrong: str) -> None:
    with pytest.raises(ValueError, match="plain name"):
        guard_state(wrong, "services.dossier")
    with pytest.raises(ValueError, match="subject type"):
        guard_state("t_dossier", wrong)
