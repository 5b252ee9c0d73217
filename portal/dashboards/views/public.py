"""Figures for everybody: one page for each unit, and all of them as a list. No person, no small number."""

from datetime import date
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.formats import number_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.dashboards import charts
from portal.dashboards.periods import NoPeriod, Period, choices
from portal.dashboards.queries import opened
from portal.dashboards.queries.figures import Flow
from portal.dashboards.queries.opened import Published, Share, published, published_share
from portal.dashboards.queries.places import Place, place_of
from portal.dashboards.states import Measure
from portal.dashboards.wording import MEASURES, minutes, number
from portal.ui.errors import Step, problem_page
from portal.ui.wording import day
from units.models import UnitVersion
from units.queries import Unanswerable

SIZE = 50
MAX_AGE = 60  # seconds: as old as the figures may be
SHARES = ((Measure.ON_TIME, "finished"), (Measure.ONLINE, "received"), (Measure.DIGITISED, "received"))


def open_page(view: Any) -> Any:
    """Anybody may read it, and caches may keep it for a minute."""

    @login_not_required
    @require_safe
    @wraps(view)
    def wrapped(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = view(request, **kwargs)
        patch_vary_headers(response, ["Cookie", "Save-Data"])
        if response.status_code == 200 and not request.user.is_authenticated:
            patch_cache_control(response, public=True, max_age=MAX_AGE)
        else:
            patch_cache_control(response, private=True, no_store=True)
        return response

    return wrapped


def period_of(request: HttpRequest, on: date) -> Period:
    """The last whole month when none is named, or none that is one."""
    try:
        return Period.of(request.GET.get("ky", ""))
    except NoPeriod:
        return Period.around(on).before()


def said(value: Published) -> str:
    return number(value.value) if value.value is not None else _("fewer than %(number)d") % {"number": value.below}


def said_share(share: Share) -> str:
    if share.at_least is not None:
        return _("at least %(share)d %%") % {"share": share.at_least}
    if share.at_most is not None:
        return _("at most %(share)d %%") % {"share": share.at_most}
    return f"{number_format(share.value, 1, use_l10n=True)}\N{NO-BREAK SPACE}%" if share.value is not None else "–"


@open_page
def index(request: HttpRequest) -> HttpResponse:
    on = localdate()
    period = period_of(request, on)
    flows, smallest = opened.all_units(period, on), opened.smallest_on(period)
    versions = UnitVersion.objects.at(on).filter(unit_id__in=list(flows)).in_order()
    page = Paginator(versions, SIZE).get_page(request.GET.get("page", "1")[:4])
    rows = [_row(version, flows[version.unit_id], period, smallest) for version in page]
    context = {
        "period": period,
        "periods": choices(on),
        "page_obj": page,
        "rows": rows,
        "as_of": opened.as_of(),
        "csv_url": f"{reverse('api:dashboards:unit-statistics-csv')}?{urlencode({'period': period.code})}",
    }
    return render(request, "dashboards/public.html", context)


def _row(version: UnitVersion, flow: Flow, period: Period, smallest: int) -> dict[str, Any]:
    url = f"{reverse('dashboards:public-unit', kwargs={'pk': version.unit_id})}?{urlencode({'ky': period.code})}"
    return {"name": version.full_name, "url": url, "cells": _cells(flow, smallest)}


def _cells(flow: Flow, smallest: int) -> list[dict[str, Any]]:
    numbers = [Measure.RECEIVED, Measure.FINISHED]
    found = [{"label": MEASURES[one], "text": said(published(getattr(flow, one.value), smallest))} for one in numbers]
    for measure, whole in SHARES:
        share = published_share(getattr(flow, measure.value), getattr(flow, whole), smallest)
        found.append({"label": MEASURES[measure], "text": said_share(share)})
    return found


@open_page
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    now = timezone.now()
    on = localdate(now)
    try:
        place = place_of(pk, on)
    except Unanswerable:
        return _no_unit(request)
    period = period_of(request, on)
    found = opened.unit_figures(place, period, _year(period.last), now)
    smallest = opened.smallest_on(period)
    enough = found.flow.finished >= smallest
    stock = [(Measure.OPEN, found.stock.open), (Measure.OVERDUE, found.stock.overdue)]
    ticks = [(f"{month.month}/{month:%y}", month, flow) for month, flow in found.months.items()]
    context = {
        "ended": ended_unit(place, period),
        "name": place.name,
        "unit_url": reverse("units:card", kwargs={"pk": pk}),
        "period": period,
        "periods": choices(on),
        "as_of": opened.as_of(),
        "cells": _cells(found.flow, smallest),
        "median": minutes(found.times.median) if enough else "–",
        "p90": minutes(found.times.p90) if enough else "–",
        "standing": [{"label": MEASURES[one], "text": said(published(value, smallest))} for one, value in stock],
        "smallest": smallest,
        "chart": charts.bars(
            [(tick, published(flow.received, smallest).value or 0) for tick, _month, flow in ticks],
            _("Dossiers received in each month; the numbers stand in the table below"),
        ),
        "months": [
            {"name": Period(month, month).name, "cells": _cells(flow, smallest)} for _tick, month, flow in ticks
        ],
        "heads": [cell["label"] for cell in _cells(Flow(), smallest)],
    }
    return render(request, "dashboards/public_unit.html", context)


def ended_unit(place: Place, period: Period) -> dict[str, Any] | None:
    """Since when it is no more, with the figures of those that came after it."""
    if place.ended is None:
        return None
    query = urlencode({"ky": period.code})
    after = [
        {
            "text": f"{one.full_name}, {one.parent_name}".rstrip(", "),
            "url": f"{reverse('dashboards:public-unit', kwargs={'pk': one.unit_id})}?{query}",
        }
        for one in place.ended.after
    ]
    return {"name": place.name, "on": day(place.ended.on), "after": after}


def _year(last: date) -> Period:
    first = last.replace(year=last.year - 1, month=last.month + 1) if last.month < 12 else last.replace(month=1)
    return Period(first, last)


def _no_unit(request: HttpRequest) -> HttpResponse:
    return problem_page(
        request,
        404,
        _("There is no such unit"),
        _("No unit has ever had this number in this portal."),
        [
            Step(_("Find out what your old commune is now"), reverse("units:resolve")),
            Step(_("See the figures of all units"), reverse("dashboards:public")),
        ],
    )
