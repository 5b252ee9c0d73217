"""What the formulas are given: one unit and period, with everything about its dossiers and procedures read once."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.models import Count, DateField, Exists, F, Func, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.utils.functional import Promise

from portal.calendar.loading import load
from portal.calendar.working import Calendar, dates
from portal.dashboards.measures import Wish, facts_of, unfinished_late
from portal.dashboards.models import MonthFigure
from portal.dashboards.queries import figures
from portal.dashboards.queries import petitions as petition_queries
from portal.dashboards.queries.figures import Flow
from portal.dashboards.queries.places import Place
from portal.dashboards.queries.reading import Question, Row, answer, answers
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

    def read(self, besides: dict[str, Question[Any]], *, whole_index: bool = True) -> dict[str, Any]:
        """Everything that the formulas ask, and `besides`, in one statement. What is not read here comes when asked."""
        names: dict[str, Question[Any]] = {"whole": figures.ask_flow(self.wish)}
        if whole_index:
            names |= {
                "by_procedure": figures.ask_by_procedure(self.wish),
                "offered": self._ask_offered(),
                "petitions": petition_queries.ask(self.wish),
                "unfinished": self._ask_unfinished(),
                "can_be_paid": self._ask_account(),
                "paid": self._ask_paid(),
            }
        found = answers(*names.values(), *besides.values())
        self.__dict__.update(zip(names, found, strict=False))  # where cached properties keep what they found
        return dict(zip(besides, found[len(names) :], strict=True))

    @cached_property
    def whole(self) -> Flow:
        return answer(figures.ask_flow(self.wish))

    @cached_property
    def by_procedure(self) -> dict[int, Flow]:
        return answer(figures.ask_by_procedure(self.wish))

    @cached_property
    def offered(self) -> list[Offered]:
        return answer(self._ask_offered())

    @cached_property
    def petitions(self) -> petition_queries.Figures:
        return answer(petition_queries.ask(self.wish))

    @cached_property
    def can_be_paid(self) -> bool:
        return answer(self._ask_account())

    @cached_property
    def paid(self) -> frozenset[int]:
        return answer(self._ask_paid())

    @cached_property
    def unfinished(self) -> tuple[int, int]:
        return answer(self._ask_unfinished())

    def _ask_offered(self) -> Question[list[Offered]]:
        """The procedures of the unit's level; of a province also those of its communes."""
        levels = ["province", "commune"] if self.place.level == Level.PROVINCE else [self.place.level]
        rows = ProcedureVersion.objects.at(self.on).filter(levels__overlap=levels).order_by("id")
        told: Any = rows.annotate(
            is_complete=Q(parts__has_keys=list(self.rules.mandatory_parts)),
            is_for_citizens=Q(parts__applicants__contains=[Filer.CITIZEN.value]),
            fees=F("parts__fees"),
            channels=F("parts__channels"),
            starts=Func(F("valid"), function="lower", output_field=DateField()),
        ).values(
            "procedure_id", "procedure__code", "online_level", "decision_on", "starts", "recorded_at", "is_complete",
            "is_for_citizens", "fees", "channels",
        )  # fmt: skip
        return Question(told, lambda found: [_offered(row) for row in found])

    def of(self, chosen: list[Offered]) -> Flow:
        """The dossiers of these procedures."""
        return sum((self.by_procedure.get(one.procedure, Flow()) for one in chosen), Flow())

    def _ask_account(self) -> Question[bool]:
        """Whether anybody pays online here: there is a gateway, and one of the units has an account for it."""
        open_ = CollectingAccount.objects.filter(unit__in=self.wish.ids, valid__contains=self.on)
        rows = open_.order_by("id").values("pk")[:1] if gateway() is not None else open_.none()
        return Question(rows, bool)

    def _ask_paid(self) -> Question[frozenset[int]]:
        """Procedures of which something was paid online in the period, whenever it was received."""
        period = self.wish.period
        paid = facts_of(self.wish).filter(procedure=OuterRef("pk"), paid_month__range=(period.first, period.last))
        rows = Procedure.objects.filter(Exists(paid)).order_by("id").values("pk")
        return Question(rows, lambda found: frozenset(row["pk"] for row in found))

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

    def _ask_unfinished(self) -> Question[tuple[int, int]]:
        """How many were received and not finished when the period ended (now, while it runs); how many of them late."""
        wish = self.wish
        rows: Any = MonthFigure.objects.filter(
            role=wish.role, unit__in=wish.ids, procedure_id=wish.procedure or 0, month__lte=wish.period.last,
            span=Span.MONTH,
        ).order_by().annotate(whole=Value(1)).values("whole")  # fmt: skip
        late: Any = facts_of(wish).filter(unfinished_late(wish)).order_by().annotate(whole=Value(1)).values("whole")
        stood = rows.annotate(
            open=Coalesce(Sum("received"), 0) - Coalesce(Sum("finished"), 0),
            late=Coalesce(Subquery(late.annotate(number=Count("dossier")).values("number")), 0),
        ).values("open", "late")
        return Question(stood, lambda found: (found[0]["open"], found[0]["late"]) if found else (0, 0))


def _offered(row: Row) -> Offered:
    return Offered(
        procedure=row["procedure_id"],
        code=row["procedure__code"],
        online=row["online_level"] != OnlineLevel.NONE,
        full=row["online_level"] == OnlineLevel.FULL,
        for_citizens=bool(row["is_for_citizens"]),
        complete=bool(row["is_complete"]),
        has_fee=has_fee(row["fees"], row["channels"]),
        is_priced=is_priced(row["fees"], row["channels"]),
        decided_on=date.fromisoformat(row["decision_on"]) if row["decision_on"] else None,
        from_on=date.fromisoformat(row["starts"]),
        posted_on=datetime.fromisoformat(row["recorded_at"]).date(),
    )
