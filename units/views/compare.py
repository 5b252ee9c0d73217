"""What changed between two days: units formed, changed and ended, page by page."""

from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from units import queries
from units.country import data_from
from units.forms import CompareForm
from units.models import UnitVersion
from units.queries.counts import changed_between, changes_between, dissolved_between, formed_between
from units.queries.names import named_at
from units.views import words
from units.views.shared import address, page_of, page_urls, public_page, show, unit_url

KINDS = {"moi": formed_between, "doi": changed_between, "het": dissolved_between}


@public_page
def compare(request: HttpRequest) -> HttpResponse:
    days = {"tu": data_from().isoformat(), "den": timezone.localdate().isoformat()}
    form = CompareForm({**days, **{key: request.GET[key] for key in days if key in request.GET}})
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        kind = request.GET.get("loai", "")
        context |= _changes(request, kind if kind in KINDS else "", form.cleaned_data["tu"], form.cleaned_data["den"])
    return show(request, "units/compare.html", context, wrong=not form.is_valid())


def _changes(request: HttpRequest, kind: str, first: date, last: date) -> dict[str, Any]:
    """The counts of all three kinds, and a page of the chosen one; of the first that has any when none is chosen."""
    names = {"moi": _("Formed"), "doi": _("Changed name, type or parent"), "het": _("Ended")}
    total = changes_between(first, last)
    counts = {"moi": total.formed, "doi": total.changed, "het": total.dissolved}
    kind = kind or next((key for key, count in counts.items() if count), "moi")
    days = {"tu": first.isoformat(), "den": last.isoformat()}
    tabs = [
        {
            "text": f"{names[key]} ({words.number(count)})",
            "url": address(reverse("units:compare"), **days, loai=key),
            "current": key == kind,
        }
        for key, count in counts.items()
    ]
    found = page_of(request, _rows(kind, first, last), selection=f"{kind} {first} {last}")
    return {
        "tabs": tabs,
        "kind": kind,
        "title": names[kind],
        "lines": _lines(kind, found.rows, first, last),
        "first": first,
        "last": last,
        **page_urls(request, found),
    }


def _rows(kind: str, first: date, last: date) -> QuerySet[UnitVersion]:
    return KINDS[kind](first, last).select_related("event", "closed_by")


def _lines(kind: str, versions: list[UnitVersion], first: date, last: date) -> list[dict[str, Any]]:
    """Each unit with what it was, or is, at the other end of the time, and the act that did it."""
    told = {"moi": _made_of, "doi": _was, "het": _is}[kind](versions, first, last)
    named = named_at((version.unit_id, version.valid_from) for version in versions)
    return [
        {
            "text": version.full_name,
            "url": unit_url(version.unit_id, first if kind == "het" else last),
            "place": named[version.unit_id, version.valid_from].parent_name,
            "told": told.get(version.pk, ""),
            "act": words.act_name((version.closed_by or version.event) if kind == "het" else version.event),
            "on": version.valid_until if kind == "het" else version.valid_from,
        }
        for version in versions
    ]


def _made_of(versions: list[UnitVersion], first: date, _last: date) -> dict[int, str]:
    before = queries.predecessors_of_many([version.unit_id for version in versions], first)
    names = {unit_id: "; ".join(row.full_name for row in rows) for unit_id, rows in before.items() if rows}
    return {
        version.pk: _("From: %(names)s") % {"names": names[version.unit_id]}
        for version in versions
        if version.unit_id in names
    }


def _is(versions: list[UnitVersion], _first: date, last: date) -> dict[int, str]:
    after = queries.successors_of_many([version.unit_id for version in versions], last)
    return {version.pk: words.becomes(after[version.unit_id], version.unit_id) for version in versions}


def _was(versions: list[UnitVersion], _first: date, _last: date) -> dict[int, str]:
    """Name and place on the day before."""
    eves = {version.pk: (version.unit_id, version.valid_from - timedelta(days=1)) for version in versions}
    older = named_at(eves.values())
    return {
        pk: _("Before: %(names)s") % {"names": words.named(older[eve].full_name, older[eve].parent_name)}
        for pk, eve in eves.items()
    }
