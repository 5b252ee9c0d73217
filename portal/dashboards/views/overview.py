"""Running a unit by its figures: what stands now, what came and went, where time was lost, who works on what."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from portal.dashboards import charts
from portal.dashboards.indicators.reporting import report_about
from portal.dashboards.indicators.subject import Subject
from portal.dashboards.measures import Wish
from portal.dashboards.periods import Period
from portal.dashboards.policies import units_of
from portal.dashboards.queries import figures
from portal.dashboards.queries.figures import Flow
from portal.dashboards.queries.names import Names, ask_officers, ask_procedures
from portal.dashboards.queries.reading import Question, answers
from portal.dashboards.states import Measure
from portal.dashboards.views import tables
from portal.dashboards.views.access import Look, figures_of, look_of, officer_of
from portal.dashboards.wording import CAUSES, number, points
from units.kinds import Level

PROCEDURES = 20
TREND = 12


@never_cache
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    if not units_of(officer_of(request), localdate()):
        return redirect("dashboards:own")
    look = look_of(request)
    with figures_of(look.place):
        found = _read(look)
    context = {"look": look, **_context(look, found), "tabs": tabs(look, "overview")}
    return render(request, "dashboards/overview.html", context, status=200 if look.form.is_valid() else 400)


def tabs(look: Look, current: str) -> list[tuple[str, str, bool]]:
    names = {
        "overview": _("Overview"),
        "late": _("Late"),
        "compare": _("Compare units"),
        "report": _("Index 766"),
    }
    return [(text, look.address(reverse(f"dashboards:{name}")), name == current) for name, text in names.items()]


def _read(look: Look) -> dict[str, Any]:
    wish = look.wish
    subject = Subject(look.place, wish)  # reads once what index and tables share
    asked: dict[str, Question[Any]] = {
        "stock": figures.ask_stock(wish),
        "before": figures.ask_flow(wish.for_period(wish.period.before())),
        "times": figures.ask_times(wish),
        "causes": figures.ask_causes(wish),
        "trend": figures.ask_by_month(wish.for_period(_year_until(wish))),
    }
    if look.place.level == Level.COMMUNE:
        asked["officers"] = figures.ask_by_officer(wish)
    found = subject.read(asked, whole_index=wish.procedure is None)
    found["procedures"] = {} if wish.procedure is not None else subject.by_procedure
    found |= {
        "flow": subject.whole,
        "groups": report_about(subject)["groups"] if wish.procedure is None else [],
        "officers": found.get("officers", {}),
    }
    return found | {"names": answers(ask_procedures(_shown(found["procedures"])), ask_officers(found["officers"]))}


def _shown(found: dict[int, Flow]) -> dict[int, Flow]:
    """Those with most, in their order."""
    ordered = sorted(found.items(), key=lambda pair: (-pair[1].received - pair[1].finished, pair[0]))
    return dict(ordered[:PROCEDURES])


def _year_until(wish: Wish) -> Period:
    """The twelve months that end with the period."""
    last = wish.period.last
    first = last.replace(year=last.year - 1, month=last.month + 1) if last.month < 12 else last.replace(month=1)
    return Period(first, last)


def _context(look: Look, found: dict[str, Any]) -> dict[str, Any]:
    link = partial(tables.list_address, look)
    names, officers = found["names"]
    return {
        "standing": tables.standing(found["stock"], link),
        "tiles": tables.tiles(found["flow"], found["before"], found["times"], link),
        "groups": [
            {"name": one["name"], "text": points(one["score"]), "of": one["points"], "possible": one["possible"]}
            for one in found["groups"]
        ],
        "report_url": look.address(reverse("dashboards:report")),
        "causes": [
            {"text": CAUSES[cause], "number": number(count), "url": link(Measure.LATE, nguyen_nhan=cause.value)}
            for cause, count in found["causes"].items()
        ],
        "trend": _trend(look, found["trend"]),
        "by_procedure": _procedures(look, _shown(found["procedures"]), names),
        "procedures_left": max(len(found["procedures"]) - PROCEDURES, 0),
        "by_officer": _officers(look, found["officers"], officers),
    }


def _trend(look: Look, months: dict[Any, Flow]) -> dict[str, Any]:
    rows = []
    for month, flow in months.items():
        period = Period(month, month)
        link = partial(tables.list_address, look, ky=period.code)
        rows.append((tables.cell(period.name, numeric=False), flow, link))
    ticks = [f"{month.month}/{month:%y}" for month in months]
    received = [flow.received for flow in months.values()]
    late = [flow.late for flow in months.values()]
    label = _("Dossiers received in each month; the numbers stand in the table below")
    label_late = _("Dossiers finished late in each month; the numbers stand in the table below")
    return {
        "chart": charts.bars(list(zip(ticks, received, strict=True)), label),
        "late_chart": charts.bars(list(zip(ticks, late, strict=True)), label_late, css_class="app-chart__bar--late"),
        "table": tables.table(_("Month by month"), _("Month"), rows),
    }


def _procedures(look: Look, found: dict[int, Flow], names: Names) -> tables.Table:
    rows = []
    for key, flow in found.items():
        code, name = names.get(key, ("", ""))
        link = partial(tables.list_address, look, thu_tuc=code)
        url = look.address(reverse("dashboards:overview"), thu_tuc=code)
        rows.append((tables.cell(f"{code} {name}", url=url, numeric=False), flow, link))
    return tables.table(_("By procedure"), _("Procedure"), rows)


def _officers(look: Look, found: dict[Any, Flow], names: dict[UUID, str]) -> tables.Table:
    rows = []
    for key, flow in found.items():
        link = partial(tables.list_address, look, can_bo=key)
        rows.append((tables.cell(names.get(key, "–"), numeric=False), flow, link))
    return tables.table(_("By officer"), _("Officer"), rows)
