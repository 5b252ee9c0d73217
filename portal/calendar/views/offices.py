"""Office hours, closures and rules: of a unit by its own people, of the whole country by those who may."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.calendar import inputs, operations, wording
from portal.calendar.forms import RetireForm
from portal.calendar.models import UnitClosure
from portal.calendar.places import Place, place
from portal.calendar.policies import Capability
from portal.calendar.unit_forms import ClosureForm, HoursForm, SettingForm
from portal.calendar.views.deeds import deed, editor_of


def today() -> date:
    return timezone.localtime(timezone.now(), inputs.ZONE).date()


def place_or_404(unit_id: int) -> Place:
    found = place(unit_id, today())
    if found is None:
        raise Http404(_("There is no such unit today."))
    return found


@require_http_methods(["GET", "POST"])
def hours(request: HttpRequest, unit_id: int | None = None) -> HttpResponse:
    needed = Capability.SETTING_EDIT if unit_id is None else Capability.HOURS_EDIT
    editor = editor_of(request, needed, unit_id)
    words = {
        "title": _("Change office hours"),
        "entry": _("Wherever a unit has no hours of its own") if unit_id is None else place_or_404(unit_id).name,
        "done": _("The office hours stand on the calendar. Open due moments are counted again."),
    }

    def act(data: dict[str, Any]) -> object:
        return operations.set_office_hours(unit_id=unit_id, **data, actor=editor, now=timezone.now())

    return deed(request, HoursForm(request.POST or None), words, act, year=today().year, unit_id=unit_id)


@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, unit_id: int) -> HttpResponse:
    editor = editor_of(request, Capability.UNIT_CLOSE, unit_id)
    words = {
        "title": _("Close the office for some days"),
        "entry": place_or_404(unit_id).name,
        "done": _("The closure stands on the calendar. Open due moments are counted again."),
    }

    def act(data: dict[str, Any]) -> object:
        return operations.close_unit(unit_id=unit_id, **data, actor=editor, now=timezone.now())

    return deed(request, ClosureForm(request.POST or None), words, act, year=today().year, unit_id=unit_id)


@require_http_methods(["GET", "POST"])
def open_again(request: HttpRequest, pk: int) -> HttpResponse:
    closure = get_object_or_404(UnitClosure.objects.live(), pk=pk)
    editor = editor_of(request, Capability.UNIT_CLOSE, closure.unit_id)
    words = {
        "title": _("Remove a closure"),
        "entry": f"{wording.span(closure.first_on, closure.last_on)}: {closure.reason}",
        "done": _("The entry was removed; it stays in the journal. Open due moments are counted again."),
    }

    def act(data: dict[str, Any]) -> object:
        return operations.retire_closure(closure=closure, **data, actor=editor, now=timezone.now())

    form = RetireForm(request.POST or None)
    return deed(request, form, words, act, year=closure.first_on.year, unit_id=closure.unit_id)


@require_http_methods(["GET", "POST"])
def setting(request: HttpRequest) -> HttpResponse:
    editor = editor_of(request, Capability.SETTING_EDIT)
    words = {
        "title": _("Change a rule of the count"),
        "done": _("The rule stands on the calendar. Open due moments are counted again."),
    }

    def act(data: dict[str, Any]) -> object:
        return operations.set_setting(**data, actor=editor, now=timezone.now())

    return deed(request, SettingForm(request.POST or None), words, act, year=today().year)
