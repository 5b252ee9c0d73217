"""A number is the last one of its book plus one, or it is not taken at all."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from documents.models import RegisterBook, RegisterEntry
from documents.operations.registers import BookKind, CloseGround, EntryRow, close_book
from documents.registers import errors
from documents.registers.verifying import verify_book
from portal.events import Event
from portal.events.actors import System
from tests.cast import Cast
from tests.documents.books import DECISION, NOW, TODAY, outgoing


def test_numbers_run_from_01_without_a_gap(people: Cast) -> None:
    assert [outgoing(people).text for _ in range(11)] == [f"{number:02d}/QĐ-UBND" for number in range(1, 12)]


def test_opens_the_book_of_the_year_once_and_says_so(people: Cast) -> None:
    outgoing(people)
    outgoing(people)
    book = RegisterBook.objects.get()
    assert (book.kind, book.series, book.year, book.last_number, book.state) == (
        "outgoing", "general", 2026, 2, "open",
    )  # fmt: skip
    assert Event.objects.about("documents.registerbook", book.pk).get().after == "open"


def test_says_in_the_trail_which_number_and_hash(people: Cast) -> None:
    entry = outgoing(people)
    event = Event.objects.about("documents.registerentry", entry.pk).get()
    assert (event.facts["number"], event.facts["hash"], event.unit_id) == (1, entry.hash, people.home)
    assert "Nguyễn" not in str(event.facts)


def test_every_unit_and_year_has_its_own_series(people: Cast) -> None:
    outgoing(people)
    there = outgoing(people, unit_id=people.neighbour, actor=System.COMMAND)
    next_year = outgoing(people, dated_on=date(2027, 1, 4), now=datetime(2027, 1, 4, 3, 0, tzinfo=UTC))
    assert [there.number, next_year.number, outgoing(people).number] == [1, 1, 2]


@pytest.mark.parametrize("role", ["leader", "desk_officer", "outsider", "administrator"])
def test_refuses_everybody_but_the_clerk(people: Cast, role: str) -> None:
    with pytest.raises(errors.NotAllowedError):
        outgoing(people, actor=getattr(people, role).user)
    assert not RegisterBook.objects.exists()


def test_refuses_the_clerk_at_the_next_commune(people: Cast) -> None:
    with pytest.raises(errors.NotAllowedError):
        outgoing(people, unit_id=people.neighbour)


def test_refuses_a_date_before_the_last_one(people: Cast) -> None:
    outgoing(people)
    with pytest.raises(errors.BackDatedError):
        outgoing(people, dated_on=TODAY - timedelta(days=1))
    assert outgoing(people).number == 2


def test_refuses_a_date_that_lies_ahead(people: Cast) -> None:
    with pytest.raises(errors.FutureDateError):
        outgoing(people, dated_on=TODAY + timedelta(days=1))


def test_the_day_is_that_of_vietnam(people: Cast) -> None:
    late_evening = datetime(2026, 11, 19, 17, 30, tzinfo=UTC)  # half past midnight on the 20th
    assert outgoing(people, now=late_evening).dated_on == TODAY


def test_refuses_a_clock_that_runs_backwards_and_takes_nothing(people: Cast) -> None:
    outgoing(people)
    with pytest.raises(errors.ClockBackwardsError):
        outgoing(people, now=NOW - timedelta(minutes=1))
    assert RegisterBook.objects.get().last_number == 1


def test_who_waited_for_the_lock_is_no_clock_that_runs_backwards(people: Cast) -> None:
    first = outgoing(people)
    second = outgoing(people, now=NOW - timedelta(seconds=2))
    assert (second.number, second.recorded_at) == (2, first.recorded_at)


@pytest.mark.parametrize("series", ["secret", "no-such-series", "decision"])
def test_refuses_series_that_must_not_run_here(people: Cast, series: str) -> None:
    with pytest.raises((errors.SecretRefusedError, errors.UnknownSeriesError)):
        outgoing(people, series=series)


def test_says_why_a_secret_document_gets_no_number(people: Cast) -> None:
    with pytest.raises(errors.SecretRefusedError, match="Bí mật nhà nước"):
        outgoing(people, series="secret", row=replace(DECISION, type_code=""))


def test_each_kind_of_legal_normative_document_runs_by_itself(people: Cast) -> None:
    outgoing(people)
    legal = replace(DECISION, notation="2026/QĐ-UBND", type_code="legal-decision")
    assert outgoing(people, series="legal-decision", row=legal).text == "01/2026/QĐ-UBND"
    with pytest.raises(errors.WrongSeriesError):
        outgoing(people, row=legal)


def test_same_number_and_notation_of_two_series_is_refused(people: Cast) -> None:
    outgoing(people)
    with pytest.raises(errors.NumberTakenError):
        outgoing(people, series="results")
    assert RegisterEntry.objects.count() == 1


@pytest.mark.parametrize(
    "row",
    [
        replace(DECISION, subject=" "),
        replace(DECISION, signer=""),
        replace(DECISION, notation="X" * 31),
        replace(DECISION, subject="x" * 501),
        replace(DECISION, copies=-1),
    ],
)
def test_refuses_a_row_that_the_columns_do_not_hold(people: Cast, row: EntryRow) -> None:
    with pytest.raises(errors.BadRowError):
        outgoing(people, row=row)


def test_what_cannot_be_printed_becomes_a_space(people: Cast) -> None:
    assert outgoing(people, row=replace(DECISION, subject="Về\x00việc\n\tA")).subject == "Về việc A"


def test_a_unit_that_does_not_exist_that_day_gives_no_number(people: Cast) -> None:
    with pytest.raises(errors.UnitNotAliveError):
        outgoing(people, dated_on=date(2025, 6, 1))


def test_a_closed_book_gives_no_number(people: Cast) -> None:
    entry = outgoing(people)
    later = datetime(2027, 1, 2, 3, 0, tzinfo=UTC)
    close_book(book=entry.book, actor=people.clerk.user, now=later, ground=CloseGround.YEAR_END)
    with pytest.raises(errors.BookClosedError):
        outgoing(people, dated_on=date(2026, 12, 31), now=later)


def test_what_fails_after_the_number_gives_it_back(people: Cast) -> None:
    outgoing(people)
    with transaction.atomic():
        outgoing(people)
        transaction.set_rollback(True)
    entry = outgoing(people)
    assert entry.number == 2
    assert verify_book(entry.book) is None


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"number": 4}, "next_number"),
        ({"number": 1}, "next_number"),
        ({"dated_on": TODAY - timedelta(days=1)}, "not_back_dated"),
        ({"dated_on": TODAY + timedelta(days=1)}, "not_in_future"),
        ({"dated_on": date(2027, 1, 1)}, "in_its_year"),
        ({"year": 2025}, "of_its_book"),
        ({"recorded_at": NOW - timedelta(seconds=1)}, "clock_forward"),
        ({"prev_hash": "0" * 64}, "chained"),
        ({"hash": "f" * 64}, "entry_hash"),
        ({"subject": "Quyết định khác"}, "entry_hash"),
    ],
)
def test_the_database_refuses_what_no_operation_would_write(people: Cast, change: dict[str, object], rule: str) -> None:
    first = outgoing(people)
    entry = RegisterEntry.objects.get(pk=outgoing(people).pk)
    entry.pk, entry.number, entry.prev_hash, entry.recorded_at = None, 3, entry.hash, NOW
    for name, value in change.items():
        setattr(entry, name, value)
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        entry.save(force_insert=True)
    assert RegisterEntry.objects.filter(book=first.book).count() == 2


def test_post_and_use_of_copies_have_books_of_their_own(people: Cast) -> None:
    posted = EntryRow(reference="15/QĐ-UBND", recipients="Sở Nội vụ", copies=2)
    used = EntryRow(
        reference="15/QĐ-UBND", subject="Quyết định", recipients="Vàng Seo Páo", permitted_by="Chánh Văn phòng"
    )
    assert outgoing(people, kind=BookKind.POST, row=posted).number == 1
    assert outgoing(people, kind=BookKind.COPY_USE, row=used).number == 1
