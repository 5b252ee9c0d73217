"""The figures. Sums by month answer for units and procedures; an officer's are counted from the facts."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Sum
from django.db.models.functions import Coalesce

from portal.dashboards.measures import Wish, condition, facts_of
from portal.dashboards.models import MonthFigure, TimeCount
from portal.dashboards.states import CAME, WENT, Cause, Measure, Span

FLOWS = (*CAME, *WENT)
STOCKS = (Measure.OPEN, Measure.OVERDUE, Measure.DUE_SOON, Measure.PAUSED, Measure.WAITING)
OFFICERS = 50


@dataclass(frozen=True, slots=True)
class Flow:
    """What came and went in a period."""

    received: int = 0
    online: int = 0
    digitised: int = 0
    reused: int = 0
    full_online: int = 0
    online_result: int = 0
    complete: int = 0
    used_population: int = 0
    used_store: int = 0
    fee_due: int = 0
    paid_online: int = 0
    finished: int = 0
    on_time: int = 0
    late: int = 0
    kept_time: int = 0
    on_paper: int = 0
    with_result: int = 0
    disliked: int = 0
    displeased: int = 0
    net_seconds: int = 0

    def __add__(self, other: "Flow") -> "Flow":
        return Flow(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))


@dataclass(frozen=True, slots=True)
class Stock:
    """What stands now."""

    open: int = 0
    overdue: int = 0
    due_soon: int = 0
    paused: int = 0
    waiting: int = 0

    def __add__(self, other: "Stock") -> "Stock":
        return Stock(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))


@dataclass(frozen=True, slots=True)
class Times:
    """Minutes of net time; None where nothing ended."""

    median: int | None
    p90: int | None


NAMES = [one.name for one in fields(Flow)]


def _sums() -> dict[str, Any]:
    return {f"n_{name}": Coalesce(Sum(name), 0) for name in NAMES}


def _flow(row: dict[str, Any]) -> Flow:
    return Flow(*(int(row[f"n_{name}"]) for name in NAMES))


def _months(wish: Wish) -> Any:
    return _spans(wish).filter(procedure_id=wish.procedure or 0)


def _spans(wish: Wish) -> Any:
    """Whole years stand summed."""
    rows = MonthFigure.objects.filter(role=wish.role, unit__in=wish.ids)
    if wish.period.is_year:
        return rows.filter(span=Span.YEAR, month=wish.period.first)
    return rows.filter(span=Span.MONTH, month__range=(wish.period.first, wish.period.last))


def by_unit(wish: Wish) -> dict[int, Flow]:
    rows = _months(wish).order_by().values("unit_id").annotate(**_sums())
    return {row["unit_id"]: _flow(row) for row in rows}


def by_month(wish: Wish) -> dict[date, Flow]:
    if wish.officer is not None:
        return {month: flow(wish.for_period(type(wish.period)(month, month))) for month in wish.period.months()}
    months = (wish.period.first, wish.period.last)
    rows = MonthFigure.objects.filter(role=wish.role, unit__in=wish.ids, span=Span.MONTH, month__range=months)
    of_procedure: Any = rows.filter(procedure_id=wish.procedure or 0).order_by()
    found = {row["month"]: _flow(row) for row in of_procedure.values("month").annotate(**_sums())}
    return {month: found.get(month, Flow()) for month in wish.period.months()}


def by_procedure(wish: Wish) -> dict[int, Flow]:
    rows = _spans(wish).exclude(procedure_id=0).order_by().values("procedure_id").annotate(**_sums())
    return {row["procedure_id"]: _flow(row) for row in rows}


def flow(wish: Wish) -> Flow:
    if wish.officer is not None:
        return _flow(facts_of(wish).aggregate(**_counted(wish)))
    return _flow(_months(wish).aggregate(**_sums()))


def by_officer(wish: Wish) -> dict[UUID, Flow]:
    """Of those who worked on what ended in the period, the fifty with most; for one unit, never for a province."""
    rows = facts_of(wish).filter(condition(Measure.FINISHED, wish), officer__isnull=False)
    counted: Any = rows.order_by().values("officer_id").annotate(**_counted(wish))
    return {row["officer_id"]: _flow(row) for row in counted.order_by("-n_finished", "officer_id")[:OFFICERS]}


def _counted(wish: Wish) -> dict[str, Any]:
    found: dict[str, Any] = {
        f"n_{measure}": Count("dossier", filter=condition(measure, wish)) for measure in FLOWS
    }  # fmt: skip
    went = condition(Measure.FINISHED, wish)
    return found | {"n_net_seconds": Coalesce(Sum("net_seconds", filter=went), 0)}


def stocks_by_unit(wish: Wish) -> dict[int, Stock]:
    unit = f"{wish.role}_unit_id"
    rows = facts_of(wish).filter(finished_at=None).order_by().values(unit).annotate(**_standing(wish))
    return {row[unit]: _stock(row) for row in rows}


def stock(wish: Wish) -> Stock:
    return _stock(facts_of(wish).filter(finished_at=None).aggregate(**_standing(wish)))


def _standing(wish: Wish) -> dict[str, Any]:
    return {f"n_{measure}": Count("dossier", filter=condition(measure, wish)) for measure in STOCKS}


def _stock(row: dict[str, Any]) -> Stock:
    return Stock(*(row[f"n_{measure}"] for measure in STOCKS))


def length_of(measure: Measure, wish: Wish) -> int | None:
    """How long the list behind a flow is, without counting it; None where only counting tells."""
    if measure not in FLOWS or wish.officer is not None:
        return None
    return int(getattr(flow(wish), measure.value))


def causes(wish: Wish, measure: Measure = Measure.LATE) -> dict[Cause, int]:
    """Where the late ones lost their time, the most frequent first."""
    rows = facts_of(wish).filter(condition(measure, wish)).order_by().values("cause").annotate(number=Count("dossier"))
    return {Cause(row["cause"]): row["number"] for row in rows.order_by("-number", "cause")}


def times(wish: Wish) -> Times:
    """Median and 90th percentile of the net time, to the step in which it is said: no mean of means."""
    if wish.officer is None and wish.procedure is None:
        rows = TimeCount.objects.filter(
            role=wish.role, unit__in=wish.ids, month__range=(wish.period.first, wish.period.last)
        )
        counted: Any = rows.order_by().values_list("minutes").annotate(number=Sum("number")).order_by("minutes")
    else:
        went = facts_of(wish).filter(condition(Measure.FINISHED, wish), net_minutes__isnull=False)
        counted = went.order_by().values_list("net_minutes").annotate(number=Count("dossier"))
        counted = counted.order_by("net_minutes")
    pairs = [(minutes, number) for minutes, number in counted]
    return Times(percentile(pairs, 50), percentile(pairs, 90))


def percentile(counted: Iterable[tuple[int, int]], percent: int) -> int | None:
    """The smallest value that at least so many percent do not exceed; `counted` is in the order of the values."""
    pairs = list(counted)
    whole = sum(number for _, number in pairs)
    reached = 0
    for value, number in pairs:
        reached += number
        if reached * 100 >= percent * whole:
            return value
    return None
