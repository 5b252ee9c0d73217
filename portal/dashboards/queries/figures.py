"""The figures. Sums by month answer for units and procedures; an officer's are counted from the facts."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Sum, Value
from django.db.models.functions import Coalesce

from portal.dashboards.measures import Wish, condition, facts_of
from portal.dashboards.models import MonthFigure, TimeCount
from portal.dashboards.queries.reading import Question, Row, answer
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
ONE = {"whole": Value(1)}  # all rows as one group, so that a sum is a query like any other


def _sums() -> dict[str, Any]:
    return {f"n_{name}": Coalesce(Sum(name), 0) for name in NAMES}


def _flow(row: Row) -> Flow:
    return Flow(*(int(row[f"n_{name}"]) for name in NAMES))


def _months(wish: Wish) -> Any:
    return _spans(wish).filter(procedure_id=wish.procedure or 0)


def _spans(wish: Wish) -> Any:
    """Whole years stand summed."""
    rows = MonthFigure.objects.filter(role=wish.role, unit__in=wish.ids)
    if wish.period.is_year:
        return rows.filter(span=Span.YEAR, month=wish.period.first)
    return rows.filter(span=Span.MONTH, month__range=(wish.period.first, wish.period.last))


def ask_by_unit(wish: Wish) -> Question[dict[int, Flow]]:
    rows = _months(wish).order_by().values("unit_id").annotate(**_sums())
    return Question(rows, lambda found: {row["unit_id"]: _flow(row) for row in found})


def by_unit(wish: Wish) -> dict[int, Flow]:
    return answer(ask_by_unit(wish))


def ask_by_month(wish: Wish) -> Question[dict[date, Flow]]:
    months = (wish.period.first, wish.period.last)
    rows = MonthFigure.objects.filter(role=wish.role, unit__in=wish.ids, span=Span.MONTH, month__range=months)
    of_procedure: Any = rows.filter(procedure_id=wish.procedure or 0).order_by()

    def made(found: list[Row]) -> dict[date, Flow]:
        told = {date.fromisoformat(row["month"]): _flow(row) for row in found}
        return {month: told.get(month, Flow()) for month in wish.period.months()}

    return Question(of_procedure.values("month").annotate(**_sums()), made)


def ask_by_procedure(wish: Wish) -> Question[dict[int, Flow]]:
    rows = _spans(wish).exclude(procedure_id=0).order_by().values("procedure_id").annotate(**_sums())
    return Question(rows, lambda found: {row["procedure_id"]: _flow(row) for row in found})


def ask_flow(wish: Wish) -> Question[Flow]:
    rows: Any = facts_of(wish) if wish.officer is not None else _months(wish)
    sums = _counted(wish) if wish.officer is not None else _sums()
    counted = rows.order_by().annotate(**ONE).values("whole").annotate(**sums)
    return Question(counted, lambda found: _flow(found[0]) if found else Flow())


def flow(wish: Wish) -> Flow:
    return answer(ask_flow(wish))


def ask_by_officer(wish: Wish) -> Question[dict[UUID, Flow]]:
    """Of those who worked on what ended in the period, the fifty with most; for one unit, never for a province."""
    rows = facts_of(wish).filter(condition(Measure.FINISHED, wish), officer__isnull=False)
    counted: Any = rows.order_by().values("officer_id").annotate(**_counted(wish))
    most = counted.order_by("-n_finished", "officer_id")[:OFFICERS]
    return Question(most, lambda found: {UUID(row["officer_id"]): _flow(row) for row in found})


def _counted(wish: Wish) -> dict[str, Any]:
    found: dict[str, Any] = {
        f"n_{measure}": Count("dossier", filter=condition(measure, wish)) for measure in FLOWS
    }  # fmt: skip
    went = condition(Measure.FINISHED, wish)
    return found | {"n_net_seconds": Coalesce(Sum("net_seconds", filter=went), 0)}


def ask_stocks_by_unit(wish: Wish) -> Question[dict[int, Stock]]:
    unit = f"{wish.role}_unit_id"
    rows = facts_of(wish).filter(finished_at=None).order_by().values(unit).annotate(**_standing(wish))
    return Question(rows, lambda found: {row[unit]: _stock(row) for row in found})


def ask_stock(wish: Wish) -> Question[Stock]:
    open_: Any = facts_of(wish).filter(finished_at=None).order_by()
    rows = open_.annotate(**ONE).values("whole")
    return Question(rows.annotate(**_standing(wish)), lambda found: _stock(found[0]) if found else Stock())


def stock(wish: Wish) -> Stock:
    return answer(ask_stock(wish))


def _standing(wish: Wish) -> dict[str, Any]:
    return {f"n_{measure}": Count("dossier", filter=condition(measure, wish)) for measure in STOCKS}


def _stock(row: Row) -> Stock:
    return Stock(*(row[f"n_{measure}"] for measure in STOCKS))


def ask_length(measure: Measure, wish: Wish, found: Any, *, whole: bool) -> Question[int]:
    """How long a list is: the figure of a flow says it, everything else is counted. `whole`: nothing narrows it."""
    if whole and measure in FLOWS and wish.officer is None:
        asked = ask_flow(wish)
        return Question(asked.rows, lambda rows: int(getattr(asked.made(rows), measure.value)))
    counted = found.order_by().annotate(**ONE).values("whole").annotate(number=Count("pk"))
    return Question(counted, lambda rows: int(rows[0]["number"]) if rows else 0)


def ask_causes(wish: Wish, measure: Measure = Measure.LATE) -> Question[dict[Cause, int]]:
    """Where the late ones lost their time, the most frequent first."""
    rows = facts_of(wish).filter(condition(measure, wish)).order_by().values("cause").annotate(number=Count("dossier"))
    return Question(
        rows.order_by("-number", "cause"), lambda found: {Cause(row["cause"]): row["number"] for row in found}
    )


def causes(wish: Wish, measure: Measure = Measure.LATE) -> dict[Cause, int]:
    return answer(ask_causes(wish, measure))


def ask_times(wish: Wish) -> Question[Times]:
    """Median and 90th percentile of the net time, to the step in which it is said: no mean of means."""
    if wish.officer is None and wish.procedure is None:
        rows = TimeCount.objects.filter(
            role=wish.role, unit__in=wish.ids, month__range=(wish.period.first, wish.period.last)
        )
        told: Any = rows.order_by().values("minutes").annotate(total=Sum("number")).order_by("minutes")
        return Question(told, lambda found: _times([(row["minutes"], int(row["total"])) for row in found]))
    went = facts_of(wish).filter(condition(Measure.FINISHED, wish), net_minutes__isnull=False)
    counted: Any = went.order_by().values("net_minutes").annotate(total=Count("dossier")).order_by("net_minutes")
    return Question(counted, lambda found: _times([(row["net_minutes"], row["total"]) for row in found]))


def _times(pairs: list[tuple[int, int]]) -> Times:
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
