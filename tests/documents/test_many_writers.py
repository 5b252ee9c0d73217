"""Whatever many writers do at once: no gap, no double, no date that goes back."""

import threading
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

import pytest
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_django.plugin import DjangoDbBlocker

from documents.models import RegisterBook, RegisterEntry
from documents.operations.registers import BookKind, take_number, void_entry
from documents.registers.errors import RegisterError
from documents.registers.verifying import verify_book
from portal.events import Event
from portal.events.actors import System
from portal.isolation import scope
from tests.cast import Cast, cast
from tests.documents.books import DECISION, NOW, TODAY

WRITERS, EACH = 8, 50


@pytest.fixture
def real_people(real_db: str) -> Cast:
    with transaction.atomic():
        return cast()


def fail() -> None:
    raise InterruptedError


def at_once(writers: int, work: Callable[[int], None]) -> None:
    """Runs `work` in so many threads, each with its own connection; the first error is raised here."""
    failed: list[BaseException] = []

    def run(number: int) -> None:
        try:
            work(number)
        except BaseException as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[number]) for number in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]


def test_eight_writers_take_400_numbers_in_two_books(real_people: Cast) -> None:
    home, neighbour = real_people.home, real_people.neighbour
    fallen: list[int] = []

    def write(number: int) -> None:
        unit = (home, neighbour)[number % 2]
        for turn in range(EACH):
            now = NOW + timedelta(milliseconds=turn * 20 + number)
            try:
                with transaction.atomic(), scope(units=[unit]):
                    take_number(
                        unit_id=unit, kind=BookKind.OUTGOING, series="general", dated_on=TODAY, row=DECISION,
                        actor=System.COMMAND, now=now,
                    )  # fmt: skip
                    if turn % 10 == 9:
                        fail()  # the deed that took the number fails after it
            except InterruptedError:
                fallen.append(number)

    at_once(WRITERS, write)
    kept = WRITERS * (EACH - EACH // 10) // 2
    assert len(fallen) == WRITERS * EACH // 10
    with transaction.atomic(), scope(units=[home, neighbour]):
        books = list(RegisterBook.objects.order_by("id"))
        assert [book.last_number for book in books] == [kept, kept]
        for book in books:
            entries = list(RegisterEntry.objects.filter(book=book).in_order())
            assert [entry.number for entry in entries] == list(range(1, kept + 1))
            assert [entry.recorded_at for entry in entries] == sorted(entry.recorded_at for entry in entries)
            assert verify_book(book) is None
        assert Event.objects.filter(name="documents.register_entry.numbered").count() == 2 * kept


def test_a_book_that_all_want_to_open_is_opened_once(real_people: Cast) -> None:
    home = real_people.home
    together = threading.Barrier(WRITERS)

    def write(_number: int) -> None:
        together.wait()
        with transaction.atomic(), scope(units=[home]):
            take_number(
                unit_id=home, kind=BookKind.OUTGOING, series="general", dated_on=TODAY, row=DECISION,
                actor=System.COMMAND, now=NOW,
            )  # fmt: skip

    at_once(WRITERS, write)
    with transaction.atomic(), scope(units=[home]):
        assert RegisterBook.objects.get().last_number == WRITERS
        assert Event.objects.filter(name="documents.register_book.opened").count() == 1


def test_writers_with_different_days_never_date_a_number_back(real_people: Cast) -> None:
    home = real_people.home
    refused: list[date] = []

    def write(number: int) -> None:
        for turn in range(20):
            day = TODAY - timedelta(days=(number * 7 + turn * 3) % 11)
            try:
                with transaction.atomic(), scope(units=[home]):
                    take_number(
                        unit_id=home, kind=BookKind.OUTGOING, series="general", dated_on=day, row=DECISION,
                        actor=System.COMMAND, now=NOW,
                    )  # fmt: skip
            except RegisterError:
                refused.append(day)

    at_once(4, write)
    with transaction.atomic(), scope(units=[home]):
        entries = list(RegisterEntry.objects.in_order())
        assert [entry.number for entry in entries] == list(range(1, len(entries) + 1))
        assert [entry.dated_on for entry in entries] == sorted(entry.dated_on for entry in entries)
        assert len(entries) + len(refused) == 80
        assert refused
        assert verify_book(RegisterBook.objects.get()) is None


DEEDS = st.lists(
    st.tuples(
        st.sampled_from(["number", "void", "fail"]),
        st.integers(-4, 4),  # days from today
        st.integers(-90, 90),  # minutes from now
        st.sampled_from(["general", "results", "secret"]),
    ),
    max_size=12,
)


@pytest.fixture(scope="module")
def module_people(module_db: str, django_db_blocker: DjangoDbBlocker) -> Iterator[Cast]:
    with django_db_blocker.unblock():
        with transaction.atomic():
            people = cast()
        yield people


def deed(people: Cast, what: str, day: date, now: datetime, series: str) -> None:
    if what == "void":
        entry = RegisterEntry.objects.filter(state="valid").in_order().first()
        if entry is not None:
            void_entry(entry=entry, reason="Ghi nhầm", actor=people.clerk.user, now=now)
        return
    try:
        with transaction.atomic():
            take_number(
                unit_id=people.home, kind=BookKind.OUTGOING, series=series, dated_on=day, row=DECISION,
                actor=people.clerk.user, now=now,
            )  # fmt: skip
            if what == "fail":
                fail()
    except (RegisterError, InterruptedError):
        return


@given(deeds=DEEDS)
@settings(deadline=None)
def test_any_deeds_in_any_order_leave_books_without_gap_double_or_back_dating(
    module_people: Cast, deeds: list[tuple[str, int, int, str]]
) -> None:
    with transaction.atomic(), scope(units=[module_people.home]):
        for what, days, minutes, series in deeds:
            deed(module_people, what, TODAY + timedelta(days=days), NOW + timedelta(minutes=minutes), series)
        for book in RegisterBook.objects.order_by("id"):
            entries = list(RegisterEntry.objects.filter(book=book).in_order())
            assert [entry.number for entry in entries] == list(range(1, book.last_number + 1))
            assert [entry.dated_on for entry in entries] == sorted(entry.dated_on for entry in entries)
            assert all(entry.dated_on <= TODAY + timedelta(days=1) for entry in entries)
            assert verify_book(book) is None
        assert not RegisterBook.objects.filter(series="secret").exists()
        transaction.set_rollback(True)
