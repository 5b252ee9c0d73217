"""Which commune is mine now: from the name on old papers to the unit of today, without guessing between namesakes."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from units import queries
from units.country import data_from
from units.forms import DayForm, OldAddressForm
from units.kinds import Level
from units.models import UnitVersion
from units.queries.nearest import nearest_version
from units.views import words
from units.views.shared import public_page, show, unit_url

MANY = 30  # candidates on one page; with more, district or province is asked for
SIMILAR = 10


@public_page
def ask(request: HttpRequest) -> HttpResponse:
    form = OldAddressForm(request.GET if "xa" in request.GET else None)
    context: dict[str, Any] = {"form": form}
    if form.is_bound and form.is_valid():
        context |= _candidates(form.address(), timezone.localdate())
    return show(request, "units/my_commune.html", context, wrong=bool(form.errors))


def _candidates(old: dict[str, str], on: date) -> dict[str, Any]:
    """Communes that bore the name on the last day before the reform; else those of today; else similar names."""
    found = queries.resolve_old_address(**old, borne_on=data_from(), on=on, limit=MANY)
    if not found.rows and old["district"] and not old["province"]:
        # two parts were typed: the second may have been the province
        asked = {**old, "district": "", "province": old["district"]}
        found = queries.resolve_old_address(**asked, borne_on=data_from(), on=on, limit=MANY)
    living = [] if found.rows else queries.resolve_old_address(**old, borne_on=on, on=on, limit=MANY).rows
    similar: list[queries.Found] = []
    if not found.rows and not living:
        similar = queries.search(old["commune"], on=on, level=Level.COMMUNE, limit=SIMILAR)
    return {
        "asked": ", ".join(part for part in old.values() if part),
        "candidates": [_line(row, on) for row in found.rows],
        "more": found.more,
        "living": [words.found_line(row, on) for row in living],
        "similar": [words.found_line(row, on) for row in similar],
        "answered": True,
    }


def _line(row: queries.Found, on: date) -> dict[str, Any]:
    """A candidate by the name and the place of its old papers."""
    old = row.names[0]
    return {
        "text": old.full_name,
        "place": old.place,
        "url": reverse("units:resolved", kwargs={"pk": row.unit_id}),
        "now": words.becomes(row.now, row.unit_id) or _("Unchanged"),
        "on": on,
    }


@public_page
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    days = DayForm.asked(request.GET)
    on = days.day
    old = nearest_version(pk, data_from())
    if old is None:
        raise queries.UnknownUnit(pk)
    borne_on = max(old.valid_from, data_from())
    rows = queries.successors(pk, borne_on, on)
    steps = queries.history(pk)
    above = list(UnitVersion.objects.at(borne_on).filter(path__above=old.path).order_by("path", "id"))[1:-1]
    context = {
        "form": days,
        "old": old,
        "old_place": ", ".join(unit.full_name for unit in reversed(above)),
        "old_code": steps[0].after[0].code,
        "card": unit_url(pk, on),
        "on": on,
        "ahead": on > timezone.localdate(),
        "lines": [words.successor_line(row, on) for row in rows],
        "is_new": old.valid_from > data_from(),
        "unchanged": [row.unit_id for row in rows] == [pk] and rows[0].full_name == old.full_name,
        "same": [row.unit_id for row in rows] == [pk],
        "acts": _acts(steps, on),
        "last_day": old.valid_until - timedelta(days=1) if old.valid_until else None,
    }
    return show(request, "units/my_commune_answer.html", context, wrong=not days.is_valid())


def _acts(steps: list[queries.Step], on: date) -> list[dict[str, Any]]:
    """The acts that led from the old unit to the one of the day, with their days."""
    return [
        {"name": words.act_name(step.act), "on": step.on, "title": step.act.title, "doubt": words.doubt(step.act)}
        for step in steps
        if step.what in {"changed", "dissolved", "formed"} and step.on <= on
    ]
