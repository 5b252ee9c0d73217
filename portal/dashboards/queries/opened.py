"""What everybody may read: sums of whole units, without anybody's own rows, small numbers protected."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from portal.dashboards.measures import Wish
from portal.dashboards.models import MonthFigure, Watermark
from portal.dashboards.periods import Period
from portal.dashboards.queries import figures
from portal.dashboards.queries.figures import Flow, Stock, Times
from portal.dashboards.queries.places import Place
from portal.dashboards.queries.reading import Question, answer, answers
from portal.dashboards.rules import rules_on
from portal.dashboards.states import Role, Span
from portal.isolation import Purpose, scope
from units.models import UnitVersion
from units.queries import successors_of_many


@dataclass(frozen=True, slots=True)
class Published:
    """A number, or None and the number below which it lies: a small one could point at a person."""

    value: int | None
    below: int | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """In per cent; `at_least` and `at_most` where the exact one would give a small number away."""

    value: float | None = None
    at_least: int | None = None
    at_most: int | None = None


def published(number: int, smallest: int) -> Published:
    return Published(None, smallest) if 0 < number < smallest else Published(number)


def published_share(part: int, whole: int, smallest: int) -> Share:
    """Nothing of a whole that is small itself."""
    if whole < smallest:
        return Share()
    if 0 < whole - part < smallest:
        return Share(at_least=100 * (whole - smallest + 1) // whole)
    if 0 < part < smallest:
        return Share(at_most=-(-100 * (smallest - 1) // whole))
    return Share(value=round(100 * part / whole, 1))


@dataclass(frozen=True, slots=True)
class UnitFigures:
    flow: Flow
    stock: Stock
    times: Times
    months: dict[date, Flow]


def unit_figures(place: Place, period: Period, trend: Period, now: datetime) -> UnitFigures:
    wish = Wish(Role.COMPETENT, tuple(place.ids), period, now)
    months = figures.ask_by_month(wish.for_period(trend))
    asked = (figures.ask_flow(wish), figures.ask_stock(wish), figures.ask_times(wish), months)
    with scope(units=place.ids):
        return UnitFigures(*answers(*asked))


def all_units(period: Period, on: date) -> dict[int, Flow]:
    """By unit of the day; a unit that went wholly into another counts there, one that was split stays by itself."""
    rows = MonthFigure.objects.filter(role=Role.COMPETENT, procedure_id=0, span=Span.MONTH)
    rows = rows.filter(month__range=(period.first, period.last))
    with scope(purpose=Purpose.STATISTICS):
        wish = Wish(Role.COMPETENT, tuple(rows.values_list("unit_id", flat=True).distinct()), period, NEVER)
        found = figures.by_unit(wish)
    living = set(UnitVersion.objects.at(on).filter(unit_id__in=list(found)).values_list("unit_id", flat=True))
    after = successors_of_many([unit for unit in found if unit not in living], on)
    summed: dict[int, Flow] = {}
    for unit, flow in found.items():
        successors = after.get(unit, [])
        key = successors[0].unit_id if len(successors) == 1 else unit
        summed[key] = summed.get(key, Flow()) + flow
    return summed


NEVER = datetime.max.replace(tzinfo=UTC)  # stocks are not asked for


def smallest_on(period: Period) -> int:
    return rules_on(period.last_day).smallest_shown


def ask_as_of() -> Question[datetime | None]:
    """Up to which moment everything is counted; None before the first count."""
    rows = Watermark.objects.order_by("id").values("as_of")
    return Question(rows, lambda found: datetime.fromisoformat(found[0]["as_of"]) if found else None)


def as_of() -> datetime | None:
    return answer(ask_as_of())
