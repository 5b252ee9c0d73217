"""The year as a page shows it: months as grids, entries by the notice they come from, hours, closures, rules."""

import calendar as months
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from portal.calendar import wording
from portal.calendar.loading import sessions_of
from portal.calendar.models import CalendarDay, CalendarSetting, OfficeHours, UnitClosure
from portal.calendar.unit_forms import SETTINGS, setting_value
from portal.calendar.working import Calendar, DayKind, Session, Why, dates

COLOURS = {DayKind.HOLIDAY: "", DayKind.SWAP_OFF: "purple", DayKind.SWAP_WORKED: "green"}
MARKS = {
    Why.HOLIDAY: "off",
    Why.SWAP_OFF: "off",
    Why.CLOSURE: "off",
    Why.SWAP_WORKED: "worked",
    Why.WEEKEND: "rest",
    Why.SATURDAY_RECEPTION: "rest",
}
SPOKEN = {"off", "worked"}  # the column says already that a day is a Saturday or Sunday


def weekdays() -> list[dict[str, str]]:
    short = [
        pgettext("head of a column", "Mon"), pgettext("head of a column", "Tue"), pgettext("head of a column", "Wed"),
        pgettext("head of a column", "Thu"), pgettext("head of a column", "Fri"), pgettext("head of a column", "Sat"),
        pgettext("head of a column", "Sun"),
    ]  # fmt: skip
    monday = date(2026, 11, 23)
    return [
        {"short": text, "whole": wording.weekday(monday.replace(day=monday.day + number))}
        for number, text in enumerate(short)
    ]


def year_of_months(calendar: Calendar, number: int) -> Iterator[dict[str, Any]]:
    """Each month with its weeks; a day is empty outside the month."""
    for month in range(1, 13):
        last = date(number, month, months.monthrange(number, month)[1])
        yield {
            "name": _("Month %(month)s") % {"month": f"{month}/{number}"},
            "worked": sum(calendar.day(on).counts for on in dates(date(number, month, 1), last)),
            "weeks": [
                [_cell(calendar, date(number, month, day)) if day else None for day in week]
                for week in months.Calendar().monthdayscalendar(number, month)
            ],
        }


def _cell(calendar: Calendar, on: date) -> dict[str, Any]:
    day = calendar.day(on)
    mark = MARKS.get(day.why, "") if day.why else ""
    return {"number": on.day, "mark": mark, "words": wording.reason(day.why) if mark in SPOKEN else ""}


def by_notice(number: int) -> list[dict[str, Any]]:
    """The entries of the country, each notice once, in the order of their first day."""
    notices: dict[tuple[str, bool], list[dict[str, Any]]] = {}
    for row in CalendarDay.objects.live().of_unit(None).filter(date__year=number).order_by("date", "id"):
        notices.setdefault((row.source, row.verified), []).append(_entry(row))
    return [{"source": source, "verified": verified, "days": days} for (source, verified), days in notices.items()]


def _entry(row: CalendarDay) -> dict[str, Any]:
    kinds = {
        DayKind.HOLIDAY: "",  # what most entries are needs no tag
        DayKind.SWAP_OFF: _("Day off in exchange"),
        DayKind.SWAP_WORKED: _("Worked in exchange"),
    }
    kind = DayKind(row.kind)
    return {
        "pk": row.pk,
        "iso": row.date.isoformat(),
        "day": wording.day(row.date),
        "kind": kinds[kind],
        "colour": COLOURS[kind],
        "name": row.name,
    }


def hours_in(number: int, unit_id: int | None) -> list[dict[str, str]]:
    """The hours that hold in the year: of the unit itself, or of the country."""
    rows = []
    year = (date(number, 1, 1), date(number + 1, 1, 1))
    for hours in OfficeHours.objects.live().of_unit(unit_id).filter(valid__overlap=year).order_by("valid", "id"):
        sessions, saturday = sessions_of(hours.sessions), sessions_of(hours.saturday)
        source = " · ".join(filter(None, [hours.source, _span(hours.valid.lower, hours.valid.upper)]))
        rows.append({"key": _("Monday to Friday"), "value": _sessions(sessions), "source": source})
        if saturday:
            rows.append({"key": _("Saturday, reception"), "value": _sessions(saturday), "source": source})
    return rows


def _span(first: date | None, until: date | None) -> str:
    if first is None and until is None:
        return ""
    if until is None:
        return _("since %(date)s") % {"date": wording.numbers(first or date.min)}
    if first is None:
        return _("until before %(date)s") % {"date": wording.numbers(until)}
    return _("from %(first)s until before %(until)s") % {
        "first": wording.numbers(first), "until": wording.numbers(until),
    }  # fmt: skip


def _sessions(sessions: Iterable[Session]) -> str:
    parts = [
        _("%(opens)s to %(closes)s") % {"opens": wording.clock(s.opens), "closes": wording.clock(s.closes)}
        for s in sessions
    ]
    return ", ".join(parts)


def closures_in(number: int, unit_id: int) -> list[dict[str, Any]]:
    found = UnitClosure.objects.live().of_unit(unit_id).filter(
        first_on__lte=date(number, 12, 31), last_on__gte=date(number, 1, 1)
    )  # fmt: skip
    return [
        {
            "pk": row.pk, "days": wording.span(row.first_on, row.last_on), "reason": row.reason, "source": row.source,
        }
        for row in found.order_by("first_on", "id")[:100]
    ]  # fmt: skip


def rules_in(number: int) -> list[dict[str, str]]:
    """The country's rules of the count that people may change, as they hold in the year."""
    labels = dict(SETTINGS)
    year = (date(number, 1, 1), date(number + 1, 1, 1))
    rows = CalendarSetting.objects.live().of_unit(None).filter(name__in=labels, valid__overlap=year)
    return [
        {
            "key": labels[row.name],
            "value": setting_value(row.name, row.value),
            "source": " · ".join(filter(None, [row.source, _span(row.valid.lower, row.valid.upper)])),
        }
        for row in rows.order_by("name", "valid", "id")
    ]
