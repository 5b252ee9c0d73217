"""What the formulas are given: one unit and period, with everything about its dossiers and procedures read once."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, Sum
from django.utils.functional import Promise

from portal.calendar.loading import load
from portal.calendar.working import Calendar, dates
from portal.dashboards.measures import Wish, facts_of, unfinished_late
from portal.dashboards.models import MonthFigure
from portal.dashboards.queries import figures, petitions
from portal.dashboards.queries.figures import Flow
from portal.dashboards.queries.places import Place
from portal.dashboards.rules import rules_on
from portal.dashboards.states import Measure, PetitionMeasure, Span
from services.gateways import gateway
from services.kinds import Filer, OnlineLevel
from services.models import CollectingAccount, Procedure, ProcedureVersion
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
    petitions: PetitionMeasure | None = None  # the list is one of petitions, not of dossiers
    whole_petitions: PetitionMeasure | None = None
    procedures: frozenset[int] | None = None  # what is counted are procedures, `among` these
    among: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Offered:
    """A procedure as it holds on the last day of the period, without its long texts."""

    procedure: int
    code: str
    online: bool
    full: bool
    for_citizens: bool
    complete: bool
    has_fee: bool  # the catalogue names an amount, or says that somebody else sets it
    is_priced: bool  # and its amount is known
    decided_on: date | None
    from_on: date
    posted_on: date


def has_fee(fees: Any, channels: Any) -> bool:
    """`statements.HAS_FEE` says the same to the database."""
    return bool(fees and "amount_vnd" in fees and fees["amount_vnd"] != 0) or _costs(channels)


def is_priced(fees: Any, channels: Any) -> bool:
    return bool(fees and (fees.get("amount_vnd") or fees.get("formula"))) or _costs(channels)


def _costs(channels: Any) -> bool:
    return any((row.get("fee_vnd") or 0) > 0 for row in channels or [])


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
        columns = ("procedure_id", "procedure__code", "online_level", "decision_on", "valid", "recorded_at")
        told = rows.annotate(
            is_complete=wanted, is_for_citizens=citizens, fees=F("parts__fees"), channels=F("parts__channels")
        ).values_list(*columns, "is_complete", "is_for_citizens", "fees", "channels")
        return [
            Offered(
                procedure=procedure,
                code=code,
                online=level != OnlineLevel.NONE,
                full=level == OnlineLevel.FULL,
                for_citizens=bool(for_citizens),
                complete=bool(complete),
                has_fee=has_fee(fees, channels),
                is_priced=is_priced(fees, channels),
                decided_on=decided_on,
                from_on=valid.lower,
                posted_on=recorded_at.date(),
            )
            for procedure, code, level, decided_on, valid, recorded_at, complete, for_citizens, fees, channels in told
        ]

    def of(self, chosen: list[Offered]) -> Flow:
        """The dossiers of these procedures."""
        return sum((self.by_procedure.get(one.procedure, Flow()) for one in chosen), Flow())

    @cached_property
    def petitions(self) -> petitions.Figures:
        return petitions.figures_from(list(petitions.counting(self.wish)))

    @cached_property
    def can_be_paid(self) -> bool:
        """Whether anybody pays online here: there is a gateway, and one of the units has an account for it."""
        if gateway() is None:
            return False
        return CollectingAccount.objects.filter(unit__in=self.wish.ids, valid__contains=self.on).exists()

    @cached_property
    def paid(self) -> frozenset[int]:
        """Procedures of which something was paid online in the period, whenever it was received."""
        period = self.wish.period
        paid = facts_of(self.wish).filter(procedure=OuterRef("pk"), paid_month__range=(period.first, period.last))
        costing = [one.procedure for one in self.offered if one.has_fee]
        return frozenset(Procedure.objects.filter(Exists(paid), pk__in=costing).values_list("pk", flat=True))

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
