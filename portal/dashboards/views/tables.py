"""Figures as tables: the same cells for pages, files and REST. Every figure carries the address of its list."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from portal.dashboards.queries.figures import Flow, Stock, Times
from portal.dashboards.states import Measure
from portal.dashboards.views.access import Look
from portal.dashboards.wording import MEASURES, minutes, number, share

Cell = dict[str, Any]
Link = Callable[..., str]
# Columns of a comparison: what is shown, of which whole (empty: a number).
FLOWS: Sequence[tuple[Measure, str]] = (
    (Measure.RECEIVED, ""),
    (Measure.ONLINE, "received"),
    (Measure.DIGITISED, "received"),
    (Measure.REUSED, "received"),
    (Measure.FINISHED, ""),
    (Measure.ON_TIME, "finished"),
    (Measure.LATE, ""),
)


@dataclass(frozen=True)
class Table:
    """`plain` are the same rows as numbers, for files."""

    label: str
    heads: list[Cell]
    rows: list[list[Cell]]
    plain: list[list[object]]


def head(text: str | Promise, **more: Any) -> Cell:
    return {"text": text, **more}


def cell(text: str, *, url: str = "", label: str | Promise = "", numeric: bool = True) -> Cell:
    return {"text": text, "url": url, "label": label, "numeric": numeric}


def list_address(look: Look, measure: Measure, **more: object) -> str:
    return look.address(reverse("dashboards:list"), chi_so=measure.value, **more)


def own_address(query: dict[str, str]) -> Link:
    """The lists of an officer's own figures."""

    def link(measure: Measure, **more: object) -> str:
        told = query | {"chi_so": measure.value} | {key: str(value) for key, value in more.items()}
        return f"{reverse('dashboards:own-list')}?{urlencode(told)}"

    return link


def flow_cells(flow: Flow, link: Link, **more: object) -> list[Cell]:
    found = []
    for measure, whole in FLOWS:
        value = getattr(flow, measure.value)
        text = share(value, getattr(flow, whole)) if whole else number(value)
        found.append(cell(text, url=link(measure, **more), label=MEASURES[measure]))
    return found


def flow_heads() -> list[Cell]:
    return [head(MEASURES[measure], numeric=True) for measure, _whole in FLOWS]


def flow_plain(flow: Flow) -> list[object]:
    return [getattr(flow, measure.value) for measure, _whole in FLOWS]


def tiles(flow: Flow, before: Flow, times: Times, link: Link) -> list[Cell]:
    """The figures of the period, each beside that of the period before it."""
    found = []
    for measure, whole in FLOWS:
        value, earlier = getattr(flow, measure.value), getattr(before, measure.value)
        text = share(value, getattr(flow, whole)) if whole else number(value)
        past = share(earlier, getattr(before, whole)) if whole else number(earlier)
        told = (
            _("%(part)s of %(whole)s") % {"part": number(value), "whole": number(getattr(flow, whole))} if whole else ""
        )
        found.append({"name": MEASURES[measure], "text": text, "url": link(measure), "told": told, "past": past})
    slow = link(Measure.FINISHED)
    found.append(
        {"name": _("Half took at most"), "text": minutes(times.median), "url": slow, "told": _("net time, median")}
    )
    found.append(
        {"name": _("Nine of ten took at most"), "text": minutes(times.p90), "url": slow, "told": _("net time, p90")}
    )
    return found


def standing(stock: Stock, link: Link) -> list[Cell]:
    """What stands now, by the same names as the lists."""
    measures = (Measure.OPEN, Measure.OVERDUE, Measure.DUE_SOON, Measure.PAUSED, Measure.WAITING)
    return [
        {
            "name": MEASURES[one],
            "text": number(getattr(stock, one.value)),
            "url": link(one),
            "late": one is Measure.OVERDUE and stock.overdue > 0,
        }
        for one in measures
    ]


def table(label: str, first: str, rows: Iterable[tuple[Cell, Flow, Link]], *, more: Sequence[str] = ()) -> Table:
    """Names before their figures."""
    given = list(rows)
    return Table(
        label=label,
        heads=[head(first), *flow_heads()],
        rows=[[name, *flow_cells(flow, link)] for name, flow, link in given],
        plain=[[name["text"], *flow_plain(flow)] for name, flow, _link in given],
    )
