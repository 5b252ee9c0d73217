"""Changing the calendar: fill in, check, confirm. Nothing is written before the second POST."""

from collections.abc import Callable
from typing import Any, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.calendar import operations, wording
from portal.calendar.forms import DeedForm, HolidayForm, RetireForm, SwapForm
from portal.calendar.models import CalendarDay
from portal.calendar.policies import Capability, Editor, may


def editor_of(request: HttpRequest, capability: Capability = Capability.DAY_EDIT, unit_id: int | None = None) -> Editor:
    editor = cast("Editor", request.user)
    if not may(editor, capability, unit_id):
        raise PermissionDenied(_("Changing the calendar needs a post that may do so. Nothing was changed."))
    return editor


def year_url(year: int, unit_id: int | None = None) -> str:
    query = {"nam": year} | ({"don-vi": unit_id} if unit_id is not None else {})
    return f"{reverse('calendar:year')}?{urlencode(query)}"


def deed(
    request: HttpRequest,
    form: DeedForm,
    words: dict[str, Any],
    act: Callable[[dict[str, Any]], object],
    *,
    year: int = 0,
    unit_id: int | None = None,
) -> HttpResponse:
    """First POST: the check page. POST with `confirmed`: the deed, then the year it concerns."""
    checking = request.method == "POST" and form.is_valid() and "change" not in request.POST
    if checking and "confirmed" in request.POST:
        try:
            act(form.arguments())
        except operations.CalendarError as problem:
            form.add_error(problem.field if problem.field in form.fields else None, str(problem))
            checking = False
        else:
            messages.success(request, words["done"])
            year = year or next(value.year for value in form.cleaned_data.values() if hasattr(value, "year"))
            return redirect(year_url(year, unit_id))
    page = "calendar/check.html" if checking else "calendar/deed.html"
    context = {"form": form, "back_url": year_url(year, unit_id) if year else reverse("calendar:year"), **words}
    return render(request, page, context, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def swap(request: HttpRequest) -> HttpResponse:
    editor = editor_of(request)
    words = {
        "title": _("Exchange a working day"),
        "done": _("The exchange stands on the calendar. Open due moments are counted again."),
    }
    form = SwapForm(request.POST or None)
    return deed(request, form, words, lambda data: operations.add_swap_day(**data, actor=editor, now=timezone.now()))


@require_http_methods(["GET", "POST"])
def holiday(request: HttpRequest) -> HttpResponse:
    editor = editor_of(request)
    words = {
        "title": _("Add a public holiday"),
        "done": _("The holiday stands on the calendar. Open due moments are counted again."),
    }
    form = HolidayForm(request.POST or None)
    return deed(request, form, words, lambda data: operations.add_holiday(**data, actor=editor, now=timezone.now()))


@require_http_methods(["GET", "POST"])
def retire(request: HttpRequest, pk: int) -> HttpResponse:
    editor = editor_of(request)
    day = get_object_or_404(CalendarDay.objects.live().of_unit(None), pk=pk)
    words = {
        "title": _("Remove an entry of the calendar"),
        "entry": f"{wording.day(day.date)}: {day.name}",
        "done": _("The entry was removed; it stays in the journal. Open due moments are counted again."),
    }
    form = RetireForm(request.POST or None)
    return deed(
        request,
        form,
        words,
        lambda data: operations.retire_day(day=day, **data, actor=editor, now=timezone.now()),
        year=day.date.year,
    )
