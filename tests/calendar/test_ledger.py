"""Pauses, restarts, extensions and stops, counted by hand."""

import pytest

from portal.calendar import Ledger, LedgerError, Limit, LimitUnit, WarningKind, due, net_time, supplement_deadline
from portal.calendar.kinds import LineKind
from portal.calendar.ledger import Entry, EntryKind
from tests.calendar.build import at, calendar, ledger

COUNTRY = calendar()
FRIDAY = "2026-11-20T10:00"
THREE = (3, "working_day")
SAME = (1, "working_day", True)


def pause(begin: str, end: str) -> list[tuple[str, ...]]:
    return [("pause", begin), ("resume", end)]


# limit, steps, due, reason
CASES = [
    (THREE, pause("2026-11-23T10:00", "2026-11-23T11:00"), "2026-11-27T17:00", "an hour's pause takes Mon 23"),
    (THREE, pause("2026-11-20T18:00", "2026-11-23T07:00"), "2026-11-26T17:00", "outside office hours it takes no day"),
    (THREE, pause("2026-11-23T11:30", "2026-11-23T13:30"), "2026-11-26T17:00", "the lunch break takes no day"),
    (THREE, pause("2026-11-20T14:00", "2026-11-20T15:00"), "2026-11-26T17:00", "the acceptance day never counts"),
    (THREE, pause("2026-11-25T16:59", "2026-11-25T17:01"), "2026-11-27T17:00", "the last minute of Wed 25"),
    (THREE, pause("2026-11-26T16:59", "2026-11-26T17:01"), "2026-11-27T17:00", "a pause on the due day itself"),
    (THREE, pause("2026-11-26T17:00", "2026-11-30T08:00"), "2026-11-26T17:00", "a pause after the end changes nothing"),
    (THREE, pause("2026-11-23T10:00", "2026-11-25T08:00"), "2026-11-30T17:00", "Mon 23 and Wed 25 are touched"),
    (
        THREE,
        [*pause("2026-11-23T08:00", "2026-11-23T09:00"), *pause("2026-11-23T14:00", "2026-11-23T15:00")],
        "2026-11-27T17:00",
        "two pauses on one day take one day",
    ),
    ((8, "working_hour"), pause("2026-11-23T08:00", "2026-11-23T09:00"), "2026-11-23T11:30", "an hour later"),
    ((8, "working_hour"), pause("2026-11-20T17:00", "2026-11-23T07:30"), "2026-11-23T10:30", "no minute was taken"),
    ((8, "hour"), pause("2026-11-20T12:00", "2026-11-20T14:00"), "2026-11-20T20:00", "two hours later"),
    (
        SAME,
        pause("2026-11-20T11:00", "2026-11-20T11:10"),
        "2026-11-23T17:00",
        "the day is touched, the next one is due",
    ),
    (
        (3, "day"),
        pause("2026-11-21T23:00", "2026-11-22T01:00"),
        "2026-11-25T17:00",
        "two dates are touched: 23, 24, 25",
    ),
    (THREE, [("restart", "2026-11-25T14:00")], "2026-11-30T17:00", "Thu 26, Fri 27, Mon 30 after the restart"),
    (
        THREE,
        [("pause", "2026-11-23T10:00"), ("restart", "2026-11-25T14:00")],
        "2026-11-30T17:00",
        "the restart ends the pause and forgets it",
    ),
    (SAME, [("restart", "2026-11-25T15:00")], "2026-11-26T17:00", "the cut-off holds at the restart too"),
    (SAME, [("restart", "2026-11-25T14:59")], "2026-11-25T17:00", "completed before the cut-off"),
    (THREE, [("extend", "2026-11-24T10:00", "2026-12-01T17:00")], "2026-12-01T17:00", "the new date"),
    (THREE, [("extend", "2026-11-24T10:00", "2026-12-01T10:00")], "2026-12-01T10:00", "the promised hour binds"),
    (THREE, [("extend", "2026-11-24T10:00", "2026-12-01T00:00")], "2026-12-01T17:00", "a date alone is its closing"),
    (THREE, [("extend", "2026-11-24T10:00", "2026-12-01T19:00")], "2026-12-02T17:00", "after closing is the next day"),
    (THREE, [("extend", "2026-11-24T10:00", "2026-11-28T17:00")], "2026-11-30T17:00", "a Saturday moves to Monday"),
    (
        THREE,
        [("extend", "2026-11-24T10:00", "2026-12-01T17:00"), *pause("2026-11-27T09:00", "2026-11-27T10:00")],
        "2026-12-02T17:00",
        "a pause after the extension takes its day from the new stretch",
    ),
    (
        THREE,
        [("extend", "2026-11-24T10:00", "2026-12-01T17:00"), ("restart", "2026-11-30T09:00")],
        "2026-12-03T17:00",
        "a restart counts the whole limit anew",
    ),
    (THREE, [("stop", "2026-11-25T09:00")], "2026-11-26T17:00", "a stopped clock keeps its due moment"),
]


@pytest.mark.parametrize(("value", "steps", "expected", "reason"), CASES, ids=[c[3] for c in CASES])
def test_the_ledger_moves_the_due_moment_as_counted_by_hand(
    value: tuple, steps: list[tuple[str, ...]], expected: str, reason: str
) -> None:
    limit = Limit(value[0], LimitUnit(value[1]), same_day=len(value) > 2)
    result = due(accepted_at=at(FRIDAY), limit=limit, calendar=COUNTRY, ledger=ledger(FRIDAY, *steps))
    assert result.moment == at(expected), "\n".join([reason, *map(str, result.lines)])


def test_an_open_pause_gives_the_earliest_moment_and_says_so() -> None:
    book = ledger(FRIDAY, ("pause", "2026-11-23T10:00"))
    result = due(accepted_at=at(FRIDAY), limit=Limit(3, LimitUnit.WORKING_DAY), calendar=COUNTRY, ledger=book)
    assert result.paused_since == at("2026-11-23T10:00")
    assert [caution.kind for caution in result.warnings] == [WarningKind.PAUSED]
    assert result.moment == at("2026-11-26T17:00")


EXTEND = ("extend", "2026-11-24T10:00", "2026-12-01T17:00")
REFUSED = [
    ([("resume", "2026-11-23T10:00")], "order"),
    ([("pause", "2026-11-23T10:00"), ("pause", "2026-11-23T11:00")], "order"),
    ([("stop", "2026-11-23T10:00"), ("restart", "2026-11-23T11:00")], "order"),
    ([("start", "2026-11-23T10:00")], "order"),
    ([("pause", "2026-11-23T10:00"), EXTEND], "order"),
    ([("pause", "2026-11-19T10:00")], "time"),
    ([("pause", "2026-11-23T10:00"), ("resume", "2026-11-23T09:00")], "time"),
    ([EXTEND, ("extend", "2026-11-25T10:00", "2026-12-05T17:00")], "extended"),
    ([EXTEND, ("restart", "2026-11-25T09:00"), ("extend", "2026-11-25T10:00", "2026-12-15T17:00")], "extended"),
    ([("extend", "2026-11-24T10:00", "2026-11-26T17:00")], "earlier"),
    ([("extend", "2026-11-24T10:00", "2026-11-23T17:00")], "earlier"),
    ([("extend", "2026-11-26T17:00", "2026-12-01T17:00")], "expired"),
]


@pytest.mark.parametrize(("steps", "code"), REFUSED)
def test_contradictions_are_refused(steps: list[tuple[str, ...]], code: str) -> None:
    with pytest.raises(LedgerError) as refused:
        due(
            accepted_at=at(FRIDAY),
            limit=Limit(3, LimitUnit.WORKING_DAY),
            calendar=COUNTRY,
            ledger=ledger(FRIDAY, *steps),
        )
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("made", "until", "expected"),
    [
        ("2026-11-24T10:00", "2026-11-26T17:00", "2026-11-26T17:00"),
        ("2026-11-24T10:00", "2026-11-23T17:00", "2026-11-26T17:00"),
        ("2026-11-26T17:00", "2026-12-01T17:00", "2026-12-01T17:00"),
    ],
)
def test_a_promise_stands_when_the_calendar_has_changed_since(made: str, until: str, expected: str) -> None:
    limit, book = Limit(3, LimitUnit.WORKING_DAY), ledger(FRIDAY, ("extend", made, until))
    found = due(accepted_at=at(FRIDAY), limit=limit, calendar=COUNTRY, ledger=book, binding=True)
    assert found.moment == at(expected)
    assert [line.kind for line in found.lines][-2:] == [LineKind.EXTENSION, LineKind.DUE]


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(LedgerError) as refused:
        Entry(EntryKind.START, at(FRIDAY).replace(tzinfo=None))
    assert refused.value.code == "naive"


def test_the_ledger_must_start_at_the_acceptance() -> None:
    with pytest.raises(LedgerError) as refused:
        due(
            accepted_at=at("2026-11-20T10:01"),
            limit=Limit(3, LimitUnit.WORKING_DAY),
            calendar=COUNTRY,
            ledger=Ledger.started(at(FRIDAY)),
        )
    assert refused.value.code == "start"


@pytest.mark.parametrize(
    ("decided", "late"),
    [("2026-11-25T17:00", False), ("2026-11-25T17:01", True), ("2026-11-26T16:59", True)],
)
def test_an_apology_on_the_last_day_is_allowed_but_flagged(decided: str, late: bool) -> None:
    book = ledger(FRIDAY, ("extend", decided, "2026-12-01T17:00"))
    result = due(accepted_at=at(FRIDAY), limit=Limit(3, LimitUnit.WORKING_DAY), calendar=COUNTRY, ledger=book)
    assert (WarningKind.LATE_APOLOGY in [caution.kind for caution in result.warnings]) is late


@pytest.mark.parametrize(
    ("requested", "expected"),
    [
        ("2026-11-20T10:00", "2026-12-07T17:00"),  # 5 December is a Saturday
        ("2026-11-23T10:00", "2026-12-08T17:00"),  # a Tuesday
        ("2026-02-02T10:00", "2026-02-23T17:00"),  # 17 February is mùng 1
    ],
)
def test_a_supplement_is_waited_for_fifteen_days(requested: str, expected: str) -> None:
    assert supplement_deadline(requested_at=at(requested), calendar=COUNTRY).moment == at(expected)


def test_net_time_takes_the_citizens_time_out_and_does_not_restart() -> None:
    book = ledger(FRIDAY, ("pause", "2026-11-20T11:00"), ("restart", "2026-11-23T08:30"))
    net = net_time(ledger=book, ended_at=at("2026-11-23T10:30"), calendar=COUNTRY)
    assert net.working.total_seconds() == 3 * 3600  # 10 to 11 on Friday, 8:30 to 10:30 on Monday
    assert net.elapsed.total_seconds() == 3 * 3600
    assert net.in_unit(LimitUnit.DAY) == net.elapsed


def test_net_time_ends_where_the_clock_stopped() -> None:
    book = ledger(FRIDAY, ("stop", "2026-11-20T11:00"))
    net = net_time(ledger=book, ended_at=at("2026-11-23T10:30"), calendar=COUNTRY)
    assert net.working.total_seconds() == 3600
