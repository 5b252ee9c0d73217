"""The calendar of a year, open to everybody, and the question "when would it be due?"."""

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.calendar import inputs, wording
from portal.calendar.forms import DueForm
from portal.calendar.limits import LimitUnit
from portal.calendar.loading import due_for
from portal.calendar.places import Place, place
from portal.calendar.policies import Capability, may
from portal.calendar.views import sheets
from portal.calendar.views.offices import today
from portal.calendar.working import Calendar, CalendarTooShortError

UNIT = "don-vi"


@login_not_required
@require_safe
def year(request: HttpRequest) -> HttpResponse:
    now = today()
    number, problem = _year(request.GET.get("nam", ""), now.year)
    unit, unit_problem = _unit(request.GET.get(UNIT, ""), now)
    scope: dict[str, Any] = {"unit_id": unit.unit_id, "above": unit.above} if unit else {}
    calendar = Calendar.load(first=date(number, 1, 1), last=date(number, 12, 31), **scope)
    initial = {"ngay": now, "gio": "08:00", "don_vi_tinh": LimitUnit.WORKING_DAY.value}
    form = DueForm(request.GET) if "thoi_han" in request.GET else DueForm(initial=initial)
    answer = _answer(form, scope) if form.is_bound and form.is_valid() else None
    context = {
        "year": number,
        "unit": unit,
        "problems": [text for text in (problem, unit_problem) if text],
        "years": [y for y in range(number - 1, number + 2) if inputs.FIRST_YEAR <= y <= inputs.LAST_YEAR],
        "status": calendar.status(number).value,
        "weekdays": sheets.weekdays(),
        "months": list(sheets.year_of_months(calendar, number)),
        "notices": sheets.by_notice(number),
        "own_hours": sheets.hours_in(number, unit.unit_id) if unit else [],
        "hours": sheets.hours_in(number, None),
        "closures": sheets.closures_in(number, unit.unit_id) if unit else [],
        "rules": [] if unit else sheets.rules_in(number),
        "may": _rights(request, unit),
        "form": form,
        "answer": answer,
    }
    return render(request, "calendar/year.html", context, status=400 if context["problems"] or form.errors else 200)


def _rights(request: HttpRequest, unit: Place | None) -> dict[str, bool]:
    """Which deeds the page offers; what is offered is checked again when it is done."""
    user = request.user
    if not user.is_authenticated:
        return {}
    if unit is None:
        return {"days": may(user, Capability.DAY_EDIT), "settings": may(user, Capability.SETTING_EDIT)}
    return {
        "hours": may(user, Capability.HOURS_EDIT, unit.unit_id),
        "close": may(user, Capability.UNIT_CLOSE, unit.unit_id),
    }


def _unit(text: str, on: date) -> tuple[Place | None, str]:
    """The unit asked for, or none with a sentence about what is wrong."""
    if not text:
        return None, ""
    found = place(int(text), on) if len(text) < 16 and text.isascii() and text.isdigit() else None
    return found, "" if found else _("There is no such unit today. Here is the calendar of the whole country.")


def _year(text: str, default: int) -> tuple[int, str]:
    """The year asked for, or this one with a sentence about what is wrong."""
    if not text:
        return default, ""
    if len(text) == 4 and text.isascii() and text.isdigit() and inputs.FIRST_YEAR <= int(text) <= inputs.LAST_YEAR:
        return int(text), ""
    facts = {"first": inputs.FIRST_YEAR, "last": inputs.LAST_YEAR, "year": default}
    return default, _("Choose a year from %(first)s to %(last)s. Here is the calendar of %(year)s.") % facts


def _answer(form: DueForm, scope: dict[str, Any]) -> dict[str, Any] | None:
    data = form.cleaned_data
    try:
        due, _calendar = due_for(accepted_at=data["accepted_at"], limit=data["limit"], **scope)
    except CalendarTooShortError:
        form.add_error("thoi_han", _("No working day was found within this limit. Check the limit and the unit."))
        return None
    return {
        "moment": wording.moment(due.moment),
        "iso": due.moment.isoformat(),
        "lines": [line.text for line in due.lines[:-1]],
        "warnings": [warning.text for warning in due.warnings],
    }
