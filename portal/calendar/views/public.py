"""The calendar of a year, open to everybody, and the question "when would it be due?"."""

import calendar as months
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.calendar import inputs, wording
from portal.calendar.forms import DueForm
from portal.calendar.loading import due_for
from portal.calendar.models import CalendarDay
from portal.calendar.policies import Capability, may
from portal.calendar.working import Calendar, CalendarTooShortError, DayKind, Session, dates

COLOURS = {DayKind.HOLIDAY: "blue", DayKind.SWAP_OFF: "purple", DayKind.SWAP_WORKED: "green"}


@login_not_required
@require_safe
def year(request: HttpRequest) -> HttpResponse:
    today = timezone.localtime(timezone.now(), inputs.ZONE).date()
    number, problem = _year(request.GET.get("nam", ""), today.year)
    calendar = Calendar.load(first=date(number, 1, 1), last=date(number, 12, 31))
    form = DueForm(request.GET) if "thoi_han" in request.GET else DueForm(initial={"ngay": today, "gio": "08:00"})
    answer = _answer(form) if form.is_bound and form.is_valid() else None
    context = {
        "year": number,
        "year_problem": problem,
        "years": [y for y in range(number - 1, number + 2) if inputs.FIRST_YEAR <= y <= inputs.LAST_YEAR],
        "status": calendar.status(number).value,
        "months": list(_months(calendar, number)),
        "hours": _hours(calendar, number),
        "may_edit": request.user.is_authenticated and may(request.user, Capability.DAY_EDIT),
        "form": form,
        "answer": answer,
    }
    return render(request, "calendar/year.html", context, status=400 if problem or form.errors else 200)


def _year(text: str, default: int) -> tuple[int, str]:
    """The year asked for, or this one with a sentence about what is wrong."""
    if not text:
        return default, ""
    if len(text) == 4 and text.isascii() and text.isdigit() and inputs.FIRST_YEAR <= int(text) <= inputs.LAST_YEAR:
        return int(text), ""
    facts = {"first": inputs.FIRST_YEAR, "last": inputs.LAST_YEAR, "year": default}
    return default, _("Choose a year from %(first)s to %(last)s. Here is the calendar of %(year)s.") % facts


def _answer(form: DueForm) -> dict[str, Any] | None:
    try:
        due, _calendar = due_for(accepted_at=form.cleaned_data["accepted_at"], limit=form.cleaned_data["limit"])
    except CalendarTooShortError:
        form.add_error("thoi_han", _("No working day was found within this limit. Check the limit and the unit."))
        return None
    return {
        "moment": wording.moment(due.moment),
        "iso": due.moment.isoformat(),
        "lines": [line.text for line in due.lines[:-1]],
        "warnings": [warning.text for warning in due.warnings],
    }


def _months(calendar: Calendar, number: int) -> Iterator[dict[str, Any]]:
    rows = list(CalendarDay.objects.live().of_unit(None).filter(date__year=number).order_by("date", "id"))
    for month in range(1, 13):
        last = date(number, month, months.monthrange(number, month)[1])
        yield {
            "name": _("Month %(month)s") % {"month": f"{month}/{number}"},
            "worked": sum(calendar.day(on).counts for on in dates(date(number, month, 1), last)),
            "days": [_entry(row) for row in rows if row.date.month == month],
        }


def _entry(row: CalendarDay) -> dict[str, Any]:
    kinds = {
        DayKind.HOLIDAY: _("Holiday"),
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
        "source": row.source,
        "verified": row.verified,
    }


def _hours(calendar: Calendar, number: int) -> list[dict[str, str]]:
    rows = []
    for hours in calendar.hours:
        if hours.first > date(number, 12, 31) or (hours.until and hours.until <= date(number, 1, 1)):
            continue
        since = "" if hours.first == date.min else _("since %(date)s") % {"date": wording.numbers(hours.first)}
        source = " · ".join(filter(None, [hours.source, since]))
        rows.append({"key": _("Monday to Friday"), "value": _sessions(hours.sessions), "source": source})
        if hours.saturday:
            rows.append({"key": _("Saturday, reception"), "value": _sessions(hours.saturday), "source": source})
    return rows


def _sessions(sessions: tuple[Session, ...]) -> str:
    parts = [
        _("%(opens)s to %(closes)s") % {"opens": wording.clock(s.opens), "closes": wording.clock(s.closes)}
        for s in sessions
    ]
    return ", ".join(parts)
