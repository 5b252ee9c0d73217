"""Numbers are voided with a reason, books closed at the end of their year or with their unit."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from documents.models import RegisterBook, RegisterEntry
from documents.operations.registers import CloseGround, close_book, close_books, void_entry
from documents.registers import errors
from documents.registers.states import (
    BOOK_TRANSITIONS,
    ENTRY_TRANSITIONS,
    BookAction,
    BookState,
    EntryAction,
    EntryState,
)
from documents.registers.verifying import verify_book
from portal.events import Event
from portal.events.actors import System
from portal.isolation import scope
from tests.cast import Cast
from tests.documents.books import DECISION, NOW, outgoing
from tests.units.land import CITY

NEXT_YEAR = datetime(2027, 1, 4, 3, 0, tzinfo=UTC)


def void(people: Cast, entry: RegisterEntry, reason: str = "Ghi nhầm loại văn bản", **changes: object) -> RegisterEntry:
    return void_entry(**({"entry": entry, "reason": reason, "actor": people.clerk.user, "now": NOW} | changes))


def test_a_voided_number_stays_and_is_never_given_again(people: Cast) -> None:
    entry = outgoing(people)
    voided = void(people, entry)
    assert (voided.state, voided.void_reason, voided.voided_at) == ("voided", "Ghi nhầm loại văn bản", NOW)
    assert outgoing(people).number == 2
    assert verify_book(entry.book) is None


def test_voiding_says_in_the_trail_that_it_was_and_not_why(people: Cast) -> None:
    entry = void(people, outgoing(people), "Theo đơn của ông Nguyễn Văn A")
    event = Event.objects.about("documents.registerentry", entry.pk).get(name="documents.register_entry.voided")
    assert (event.before, event.after) == ("valid", "voided")
    assert "Nguyễn" not in str(event.facts)


def test_voids_once(people: Cast) -> None:
    entry = outgoing(people)
    void(people, entry)
    with pytest.raises(errors.AlreadyVoidedError):
        void(people, entry)


@pytest.mark.parametrize("reason", ["", " \n ", "x" * 501])
def test_needs_a_reason(people: Cast, reason: str) -> None:
    with pytest.raises(errors.NoReasonError):
        void(people, outgoing(people), reason)


@pytest.mark.parametrize("role", ["leader", "desk_officer", "outsider"])
def test_only_the_clerk_voids_and_closes(people: Cast, role: str) -> None:
    entry = outgoing(people)
    actor = getattr(people, role).user
    with pytest.raises(errors.NotAllowedError):
        void(people, entry, actor=actor)
    with pytest.raises(errors.NotAllowedError):
        close_book(book=entry.book, actor=actor, now=NEXT_YEAR)


def test_closes_when_the_year_is_over_and_not_before(people: Cast) -> None:
    book = outgoing(people).book
    with pytest.raises(errors.TooEarlyError):
        close_book(book=book, actor=people.clerk.user, now=datetime(2026, 12, 31, 16, 59, tzinfo=UTC))
    closed = close_book(book=book, actor=people.clerk.user, now=datetime(2026, 12, 31, 17, 0, tzinfo=UTC))
    assert (closed.state, closed.close_ground) == ("closed", "year_end")
    assert Event.objects.about("documents.registerbook", book.pk).get(after="closed").facts["head"] == closed.head_hash


def test_a_closed_book_changes_no_more(people: Cast) -> None:
    entry = outgoing(people)
    close_book(book=entry.book, actor=people.clerk.user, now=NEXT_YEAR)
    with pytest.raises(errors.BookClosedError):
        close_book(book=entry.book, actor=people.clerk.user, now=NEXT_YEAR)
    with pytest.raises(errors.BookClosedError):
        void(people, entry, now=NEXT_YEAR)


def test_a_reorganisation_closes_the_old_book_and_the_successor_begins_at_01(people: Cast) -> None:
    dissolved = people.land.old("00002").pk
    successor = people.home
    on = date(2025, 6, 30)
    moment = datetime(2025, 6, 30, 3, 0, tzinfo=UTC)
    with scope(units=[dissolved, successor]):
        old = outgoing(people, unit_id=dissolved, dated_on=on, now=moment, actor=System.COMMAND)
        day = moment + timedelta(days=1)
        closed = close_books(unit_id=dissolved, ground=CloseGround.REORGANISATION, actor=System.REORGANISATION, now=day)
        assert [(book.pk, book.state, book.close_ground) for book in closed] == [
            (old.book_id, "closed", "reorganisation")
        ]
        with pytest.raises(errors.UnitNotAliveError):
            outgoing(people, unit_id=dissolved, dated_on=day.date(), now=day, actor=System.COMMAND)
        assert outgoing(people, unit_id=successor, dated_on=day.date(), now=day).number == 1


def test_a_unit_that_keeps_its_identity_keeps_its_book(people: Cast) -> None:
    before = outgoing(people, dated_on=CITY - timedelta(days=1))
    with pytest.raises(errors.UnitAliveError):
        close_book(book=before.book, actor=people.clerk.user, now=NOW, ground=CloseGround.REORGANISATION)
    assert outgoing(people, dated_on=CITY).number == 2


def test_the_portal_closes_the_books_of_past_years_together(people: Cast) -> None:
    outgoing(people)
    outgoing(people, series="results", row=replace(DECISION, notation="KQ-UBND"))
    outgoing(people, dated_on=NEXT_YEAR.date(), now=NEXT_YEAR)
    closed = close_books(unit_id=people.home, ground=CloseGround.YEAR_END, actor=System.SCHEDULE, now=NEXT_YEAR)
    assert [book.year for book in closed] == [2026, 2026]
    assert RegisterBook.objects.get(state="open").year == 2027


def test_tables_name_every_action_and_end_where_nothing_follows() -> None:
    assert set(BOOK_TRANSITIONS) == set(BookAction)
    assert set(ENTRY_TRANSITIONS) == set(EntryAction)
    assert not any(BookState.CLOSED in sources for sources, *_ in BOOK_TRANSITIONS.values())
    assert not any(EntryState.VOIDED in sources for sources, *_ in ENTRY_TRANSITIONS.values())
