"""Arrival numbers run in the order in which documents are received; what comes late to the register says so."""

from datetime import UTC, date, datetime

import pytest

from documents.operations.registers import Column, add_remark
from documents.registers import errors
from documents.registers.verifying import verify_book
from portal.events import Event
from tests.cast import Cast
from tests.documents.books import NOW, TODAY, incoming, outgoing

MONDAY = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


def test_arrival_numbers_have_a_series_of_their_own(people: Cast) -> None:
    outgoing(people)
    assert [incoming(people).text, incoming(people).text] == ["01", "02"]


@pytest.mark.parametrize(
    ("arrived_on", "now", "late"),
    [
        (TODAY, NOW, False),
        (date(2026, 11, 19), NOW, False),
        (date(2026, 11, 18), NOW, True),
        (TODAY, MONDAY, False),  # Friday to Monday: the next working day
        (date(2026, 11, 19), MONDAY, True),
        (date(2026, 4, 29), datetime(2026, 5, 4, 3, 0, tzinfo=UTC), False),  # over the days off of 30 April and 1 May
    ],
)
def test_later_than_the_next_working_day_is_late(people: Cast, arrived_on: date, now: datetime, late: bool) -> None:
    entry = incoming(people, arrived_on=arrived_on, now=now)
    event = Event.objects.about("documents.registerentry", entry.pk).get()
    assert (entry.late, event.facts["late"], entry.arrived_on) == (late, late, arrived_on)


def test_what_has_not_arrived_is_not_registered(people: Cast) -> None:
    with pytest.raises(errors.FutureDateError):
        incoming(people, arrived_on=date(2026, 11, 21))


def test_remarks_add_up_and_change_no_entry(people: Cast) -> None:
    entry = incoming(people)
    told = {"entry": entry, "actor": people.clerk.user, "now": NOW}
    add_remark(column=Column.HANDLER, text="Phòng Kinh tế", **told)
    add_remark(column=Column.HANDLER, text="Phòng Văn hóa - Xã hội", **told)
    add_remark(column=Column.DUE, on=date(2026, 11, 27), **told)
    assert entry.remarks.count() == 3
    assert verify_book(entry.book) is None


@pytest.mark.parametrize(
    ("column", "text", "on"),
    [
        (Column.RETURNED, "", TODAY),  # only where copies are lent
        (Column.DUE, "mai", None),  # a day
        (Column.HANDLER, "Văn phòng", TODAY),  # no day
        (Column.PROGRESS, " ", None),
        (Column.PROGRESS, "x" * 301, None),
    ],
)
def test_a_remark_fits_its_column(people: Cast, column: Column, text: str, on: date | None) -> None:
    with pytest.raises((errors.WrongColumnError, errors.NoReasonError)):
        add_remark(entry=incoming(people), column=column, text=text, on=on, actor=people.clerk.user, now=NOW)


def test_a_stranger_enters_and_remarks_nothing(people: Cast) -> None:
    with pytest.raises(errors.NotAllowedError):
        incoming(people, actor=people.desk_officer.user)
    with pytest.raises(errors.NotAllowedError):
        add_remark(entry=incoming(people), column=Column.NOTE, text="x", actor=people.outsider.user, now=NOW)
