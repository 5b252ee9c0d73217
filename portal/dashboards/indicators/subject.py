"""What the formulas are given: one unit and period, with everything about its dossiers and procedures read once."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Q, Sum
from django.utils.functional import Promise

from portal.calendar.loading import load
from portal.calendar.working import Calendar, dates
from portal.dashboards.measures import Wish, facts_of, unfinished_late
from portal.dashboards.models import MonthFigure
from portal.dashboards.queries import figures
from portal.dashboards.queries.figures import Flow
from portal.dashboards.queries.places import Place
from portal.dashboards.rules import rules_on
from portal.dashboards.states import Measure, Span
from services.kinds import Filer, OnlineLevel
from services.models import ProcedureVersion
from units.kinds import Level


@dataclass(frozen=True, slots=True)
class Counted:
    """What a formula finds. `measure` and `lacking` name the list of what lowers it, where there is one.

    `numerator` None: not available, and `why`.
    """

    numerator: int | None
    denominator: int | None
    why: str | Promise = ""
    measure: Measure | None = None
    lacking: bool = True
    whole: Measure | None = None  # given where numerator and denominator are as long as their lists
    url: str = ""
    factor: int | None = None  # seconds are the sum that is divided


@dataclass(frozen=True, slots=True)
class Offered:
    """A procedure as it holds on the last day of the period, without its long texts."""

    procedure: int
    online: bool
    full: bool
    for_citizens: bool
    complete: bool
    decided_on: date | None
    from_on: date
    posted_on: date


class Subject:
    def __init__(self, place: Place, wish: Wish) -> None:
        self.place, self.wish = place, wish
        self.on = min(wish.period.last_day, wish.now.date())
        self.rules = rules_on(wish.period.last_day)

    @cached_property
    def whole(self) -> Flow:
        return figures.flow(self.wish)

    @cached_property
    def by_procedure(self) -> dict[int, Flow]:
        return figures.by_procedure(self.wish)

    @cached_property
    def offered(self) -> list[Offered]:
        """The procedures of the unit's level; of a province also those of its communes."""
        levels = ["province", "commune"] if self.place.level == Level.PROVINCE else [self.place.level]
        rows = ProcedureVersion.objects.at(self.on).filter(levels__overlap=levels).order_by("id")
        wanted = Q(parts__has_keys=list(self.rules.mandatory_parts))
        citizens = Q(parts__applicants__contains=[Filer.CITIZEN.value])
        columns = ("procedure_id", "online_level", "decision_on", "valid", "recorded_at")
        told = rows.annotate(is_complete=wanted, is_for_citizens=citizens).values_list(
            *columns, "is_complete", "is_for_citizens"
        )
        return [
            Offered(
                procedure=procedure,
                online=level != OnlineLevel.NONE,
                full=level == OnlineLevel.FULL,
                for_citizens=bool(for_citizens),
                complete=bool(complete),
                decided_on=decided_on,
                from_on=valid.lower,
                posted_on=recorded_at.date(),
            )
            for procedure, level, decided_on, valid, recorded_at, complete, for_citizens in told
        ]

    def of(self, chosen: list[Offered]) -> Flow:
        """The dossiers of these procedures."""
        return sum((self.by_procedure.get(one.procedure, Flow()) for one in chosen), Flow())

    @cached_property
    def published(self) -> list[Offered]:
        """Those whose decision is of the period."""
        first, last = self.wish.period.first, self.wish.period.last_day
        return [one for one in self.offered if one.decided_on and first <= one.decided_on <= last]

    @cached_property
    def calendar(self) -> Calendar:
        days = [day for one in self.published for day in (one.decided_on, one.from_on, one.posted_on) if day]
        return load(self.place.unit_id, first=min(days, default=self.on), last=max(days, default=self.on))

    def working_days(self, begin: date, end: date) -> int:
        """From the day after `begin` to `end`."""
        return sum(self.calendar.day(day).counts for day in dates(begin, end)) - self.calendar.day(begin).counts

    @cached_property
    def unfinished(self) -> tuple[int, int]:
        """How many were received and not finished when the period ended (now, while it runs); how many of them late."""
        wish = self.wish
        rows = MonthFigure.objects.filter(
            role=wish.role, unit__in=wish.ids, procedure_id=wish.procedure or 0, month__lte=wish.period.last,
            span=Span.MONTH,
        )  # fmt: skip
        told = rows.aggregate(came=Sum("received"), went=Sum("finished"))
        late = facts_of(wish).filter(unfinished_late(wish)).count()
        return (told["came"] or 0) - (told["went"] or 0), late
