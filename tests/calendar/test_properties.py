"""What holds for every acceptance, limit, pause and calendar; and a slow stepping oracle that must agree."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from portal.calendar import Calendar, Ledger, Limit, LimitUnit, LineKind, due, recompute
from portal.calendar.counting import add_months
from portal.calendar.ledger import Entry, EntryKind, Pause
from portal.calendar.working import DayKind, SpecialDay
from tests.calendar.build import ZONE, calendar

COUNTRY = calendar()
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
OPEN_HOURS = [((7, 30), (11, 30)), ((13, 30), (17, 0))]

moments = st.builds(
    lambda on, minute: datetime(on.year, on.month, on.day, tzinfo=ZONE) + minute * MINUTE,
    st.dates(date(2025, 1, 1), date(2027, 10, 1)),
    st.integers(0, 24 * 60 - 1),
)
units = st.sampled_from(list(LimitUnit))
same_day = Limit(1, LimitUnit.WORKING_DAY, same_day=True)


def limit_of(unit: LimitUnit, value: int) -> Limit:
    return Limit(min(value, 6) if unit is LimitUnit.MONTH else value, unit)


limits = st.one_of(st.just(same_day), st.builds(limit_of, units, st.integers(1, 40)))
days_off = st.frozensets(st.dates(date(2025, 1, 1), date(2027, 12, 31)), max_size=30)
pause_lengths = st.lists(st.tuples(st.integers(0, 60 * 24 * 6), st.integers(1, 60 * 24 * 4)), max_size=3)


def with_days_off(base: Calendar, extra: frozenset[date]) -> Calendar:
    return replace(base, days={**base.days, **{on: SpecialDay(DayKind.HOLIDAY, "thử") for on in extra}})


def book(accepted: datetime, lengths: list[tuple[int, int]]) -> Ledger:
    """Pauses from gaps and lengths in minutes, one after the other."""
    entries, moment = [Entry(EntryKind.START, accepted)], accepted
    for gap, length in lengths:
        begin, end = moment + gap * MINUTE, moment + (gap + length) * MINUTE
        entries += [Entry(EntryKind.PAUSE, begin), Entry(EntryKind.RESUME, end)]
        moment = end
    return Ledger(tuple(entries))


# --- The oracle: steps of a minute or a day, written without looking at the product's way --------------------------


def open_day(cal: Calendar, on: date) -> bool:
    special = cal.days.get(on)
    if special is not None:
        return special.kind is DayKind.SWAP_WORKED
    return on.weekday() < 5


def minute_counts(cal: Calendar, moment: datetime) -> bool:
    clock = (moment.hour, moment.minute)
    return open_day(cal, moment.date()) and any(opens <= clock < closes for opens, closes in OPEN_HOURS)


def paused(moment: datetime, pauses: tuple[Pause, ...]) -> bool:
    return any(pause.start <= moment < pause.end for pause in pauses)


def touched(cal: Calendar, on: date, pauses: tuple[Pause, ...], *, working: bool) -> bool:
    """Minute by minute, only over the pauses' own dates."""
    if not any(pause.start.date() <= on <= pause.end.date() for pause in pauses):
        return False
    minutes = (datetime(on.year, on.month, on.day, tzinfo=ZONE) + number * MINUTE for number in range(24 * 60))
    return any(paused(moment, pauses) and (not working or minute_counts(cal, moment)) for moment in minutes)


def closing(on: date) -> datetime:
    return datetime(on.year, on.month, on.day, 17, tzinfo=ZONE)


def oracle(cal: Calendar, accepted: datetime, limit: Limit, pauses: tuple[Pause, ...]) -> datetime:
    if limit.same_day:
        on = accepted.date()
        if not (open_day(cal, on) and accepted.hour < 15):
            on += DAY
        while not open_day(cal, on) or touched(cal, on, pauses, working=True):
            on += DAY
        return closing(on)
    if limit.unit in {LimitUnit.HOUR, LimitUnit.WORKING_HOUR}:
        left, moment = limit.value * 60, accepted
        while left:
            runs = not paused(moment, pauses)
            left -= runs and (limit.unit is LimitUnit.HOUR or minute_counts(cal, moment))
            moment += MINUTE
        return moment
    working = limit.unit is LimitUnit.WORKING_DAY
    on, left = accepted.date(), limit.value
    if limit.unit is LimitUnit.MONTH:
        left = (add_months(on, limit.value) - on).days
    while left:
        on += DAY
        left -= (open_day(cal, on) or not working) and not touched(cal, on, pauses, working=working)
    while not open_day(cal, on) or touched(cal, on, pauses, working=True):
        on += DAY
    return closing(on)


@given(moments, limits, days_off, pause_lengths)
def test_the_count_equals_the_slow_oracle(
    accepted: datetime, limit: Limit, extra: frozenset[date], lengths: list[tuple[int, int]]
) -> None:
    cal, ledger = with_days_off(COUNTRY, extra), book(accepted, lengths)
    result = due(accepted_at=accepted, limit=limit, calendar=cal, ledger=ledger)
    assert result.moment == oracle(cal, accepted, limit, ledger.pauses())


@given(moments, limits, days_off, pause_lengths)
def test_a_due_moment_lies_after_acceptance_and_inside_office_hours(
    accepted: datetime, limit: Limit, extra: frozenset[date], lengths: list[tuple[int, int]]
) -> None:
    cal = with_days_off(COUNTRY, extra)
    moment = due(accepted_at=accepted, limit=limit, calendar=cal, ledger=book(accepted, lengths)).moment
    assert moment > accepted
    if limit.unit is not LimitUnit.HOUR:
        assert any(opens < moment <= closes for opens, closes in cal.spans(moment.date()))


@given(moments, units, st.integers(1, 30), st.integers(0, 10), pause_lengths)
def test_a_longer_limit_is_never_due_earlier(
    accepted: datetime, unit: LimitUnit, value: int, more: int, lengths: list[tuple[int, int]]
) -> None:
    ledger = book(accepted, lengths)
    short, long = (
        due(accepted_at=accepted, limit=Limit(v, unit), calendar=COUNTRY, ledger=ledger).moment
        for v in (value, value + more)
    )
    assert short <= long


@given(moments, limits, days_off, st.dates(date(2025, 1, 1), date(2027, 12, 31)))
def test_one_more_day_off_never_makes_anything_due_earlier(
    accepted: datetime, limit: Limit, extra: frozenset[date], another: date
) -> None:
    fewer, more = with_days_off(COUNTRY, extra), with_days_off(COUNTRY, extra | {another})
    assert (
        due(accepted_at=accepted, limit=limit, calendar=fewer).moment
        <= due(accepted_at=accepted, limit=limit, calendar=more).moment
    )


@given(moments, limits, pause_lengths)
def test_a_pause_never_makes_anything_due_earlier_and_gives_back_all_the_time_it_took(
    accepted: datetime, limit: Limit, lengths: list[tuple[int, int]]
) -> None:
    ledger = book(accepted, lengths)
    plain = due(accepted_at=accepted, limit=limit, calendar=COUNTRY).moment
    with_pauses = due(accepted_at=accepted, limit=limit, calendar=COUNTRY, ledger=ledger).moment
    assert with_pauses >= plain
    taken = sum((COUNTRY.working_time_between(p.start, p.end) for p in ledger.pauses() if p.end <= plain), timedelta())
    if limit.unit is LimitUnit.WORKING_HOUR and not limit.same_day:
        assert COUNTRY.working_time_between(plain, with_pauses) >= taken


@given(moments, limits, days_off, pause_lengths)
def test_the_counted_lines_add_up_to_the_limit_and_no_date_is_left_out(
    accepted: datetime, limit: Limit, extra: frozenset[date], lengths: list[tuple[int, int]]
) -> None:
    cal = with_days_off(COUNTRY, extra)
    result = due(accepted_at=accepted, limit=limit, calendar=cal, ledger=book(accepted, lengths))
    counted = sum(line.counted for line in result.lines)
    expected = {
        LimitUnit.WORKING_DAY: limit.value,
        LimitUnit.DAY: limit.value,
        LimitUnit.WORKING_HOUR: limit.value * 3600,
        LimitUnit.HOUR: limit.value * 3600,
        LimitUnit.MONTH: (add_months(accepted.date(), limit.value) - accepted.date()).days,
    }
    assert counted == (1 if limit.same_day else expected[limit.unit])
    told = {LineKind.START, LineKind.LIMIT, LineKind.DUE, LineKind.MONTH_END}
    covered = {
        line.first + number * DAY
        for line in result.lines
        if line.kind not in told
        for number in range((line.last - line.first).days + 1)
    }
    every = {accepted.date() + n * DAY for n in range((result.moment.date() - accepted.date()).days + 1)}
    assert every <= covered


@given(moments, limits, days_off, pause_lengths)
def test_counting_twice_says_the_same(
    accepted: datetime, limit: Limit, extra: frozenset[date], lengths: list[tuple[int, int]]
) -> None:
    cal, ledger = with_days_off(COUNTRY, extra), book(accepted, lengths)
    first, second = (due(accepted_at=accepted, limit=limit, calendar=cal, ledger=ledger) for _ in range(2))
    assert first == second
    assert [line.text for line in first.lines] == [line.text for line in second.lines]


@given(moments, limits, days_off, days_off)
def test_a_changed_calendar_never_moves_anything_before_what_was_printed(
    accepted: datetime, limit: Limit, before: frozenset[date], after: frozenset[date]
) -> None:
    old, new = with_days_off(COUNTRY, before), with_days_off(COUNTRY, after)
    printed = due(accepted_at=accepted, limit=limit, calendar=old).moment
    again = recompute(printed=printed, accepted_at=accepted, limit=limit, calendar=new, before=old)
    assert again.moment >= printed
    assert again.moment == max(printed, due(accepted_at=accepted, limit=limit, calendar=new).moment)
    assert again.why or not again.moved


@given(moments, moments)
def test_working_minutes_equal_the_minutes_counted_one_by_one(a: datetime, b: datetime) -> None:
    start, end = min(a, b), min(max(a, b), min(a, b) + timedelta(days=12))
    minutes = int((end - start) / MINUTE)
    assert COUNTRY.working_minutes_between(start, end) == sum(
        minute_counts(COUNTRY, start + number * MINUTE) for number in range(minutes)
    )
