"""Units side by side: every column can be sorted by, and drawn as bars."""

from functools import partial
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from portal.dashboards import charts
from portal.dashboards.queries.comparing import Line, compared
from portal.dashboards.queries.figures import Flow, Stock
from portal.dashboards.queries.places import Row
from portal.dashboards.states import Measure
from portal.dashboards.views import files, tables
from portal.dashboards.views.access import Look, figures_of, look_of
from portal.dashboards.views.overview import tabs
from portal.dashboards.wording import MEASURES, number

SORTS = [measure.value for measure, _whole in tables.FLOWS] + [Measure.OVERDUE.value, Measure.OPEN.value]
BARS = 20


@never_cache
@require_GET
def compare(request: HttpRequest) -> HttpResponseBase:
    look = look_of(request)
    with figures_of(look.place):
        lines = compared(look.place, look.wish)
    sort = request.GET.get("sap_xep", "")
    sort = sort if sort in SORTS else ""
    if sort:
        lines.sort(key=lambda line: (-value_of(line, sort), line[0].name, line[0].unit_id))
    ending = request.GET.get("tep", "")
    if look.form.is_valid() and ending in files.ENDINGS:
        name = f"units-{look.wish.period.code}-{look.place.unit_id}"
        plain = [
            [row.unit_id, row.name, *tables.flow_plain(flow), stock.open, stock.overdue] for row, flow, stock in lines
        ]
        if ending == "csv":
            return files.csv(name, HEAD, plain)
        return files.xlsx(name, look.place.name, HEAD, plain)
    status = 200 if look.form.is_valid() else 400
    return render(request, "dashboards/compare.html", _context(request, look, lines, sort), status=status)


HEAD = ("unit", "name", *SORTS[:-2], Measure.OPEN.value, Measure.OVERDUE.value)


def value_of(line: Line, sort: str) -> float:
    """Shares are compared as shares."""
    _row, flow, stock = line
    if sort in {Measure.OVERDUE.value, Measure.OPEN.value}:
        return float(getattr(stock, sort))
    whole = next((whole for measure, whole in tables.FLOWS if measure.value == sort), "")
    value = float(getattr(flow, sort))
    return value / max(getattr(flow, whole), 1) if whole else value


def _context(request: HttpRequest, look: Look, lines: list[Line], sort: str) -> dict[str, Any]:
    path = reverse("dashboards:compare")
    heads = [tables.head(_("Unit"))]
    for one in (*SORTS[:-2], Measure.OPEN.value, Measure.OVERDUE.value):
        url = look.address(path, sap_xep=one)
        heads.append(
            tables.head(MEASURES[Measure(one)], numeric=True, url=url, sorted="descending" if one == sort else "")
        )
    drawn = sorted(lines, key=lambda line: -line[2].overdue)[:BARS]
    whole_flow = sum((flow for _row, flow, _stock in lines), Flow())
    whole_stock = sum((stock for _row, _flow, stock in lines), Stock())
    whole = Row(look.place.unit_id, _("All together"), tuple(look.place.ids))
    return {
        "look": look,
        "tabs": tabs(look, "compare"),
        "heads": heads,
        "rows": [_cells(look, line) for line in (*lines, (whole, whole_flow, whole_stock))],
        "chart": charts.bars(
            [(str(place), line[2].overdue) for place, line in enumerate(drawn, start=1)],
            _("Overdue now, the units with most first; names and numbers stand in the table"),
            css_class="app-chart__bar--late",
        ),
        "drawn": [f"{place}. {line[0].name}: {number(line[2].overdue)}" for place, line in enumerate(drawn, start=1)],
        "files": [
            (ending.upper(), look.address(path, **({"sap_xep": sort} if sort else {}), tep=ending))
            for ending in files.ENDINGS
        ],
    }


def _cells(look: Look, line: Line) -> list[tables.Cell]:
    """Lists of a former unit are those of the whole place: nobody answers for it alone any more."""
    row, flow, stock = line
    if row.former:
        link, url = _no_list, ""
        name = _("%(name)s (former, split)") % {"name": row.name}
    else:
        link = partial(tables.list_address, look, don_vi=row.unit_id)
        url = look.address(reverse("dashboards:overview"), don_vi=row.unit_id)
        name = row.name
    cells = [tables.cell(name, url=url, numeric=False), *tables.flow_cells(flow, link)]
    for measure in (Measure.OPEN, Measure.OVERDUE):
        value = number(getattr(stock, measure.value))
        cells.append(tables.cell(value, url=link(measure), label=MEASURES[measure]))
    return cells


def _no_list(_measure: Measure, **_more: object) -> str:
    return ""
