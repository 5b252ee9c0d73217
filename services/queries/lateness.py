"""What is nearly late, what is late, and who held it: for sweeps, for heads, for their figures."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, UUIDField
from django.db.models.functions import Coalesce
from django.utils.timezone import get_default_timezone, localdate

from portal.accounts.models import User
from portal.calendar.loading import load
from services import printing
from services.models import Correction, Dossier, DueWarning, Extension, RealMoment, WorkItem
from services.models.dossiers import DossierQuerySet
from services.queries.dossiers import TEXT_LIMIT, about_owner, units_with
from services.rules import rules_on
from services.states import EXTENDABLE, Capability, ClaimState, ExtensionState, State

EXTENSION_GROUND = "NĐ 118/2025 Đ.19.6"
AHEAD = timedelta(days=60)  # beyond the longest run of days off that a warning may have to bridge
MOST = 50
RUNNING = [str(one) for one in sorted(EXTENDABLE)]


def nearly_due(now: datetime) -> Iterator[tuple[Dossier, int]]:
    """Dossiers to warn of, with the working days that are left; not on the day of their acceptance."""
    today = localdate(now)
    rows = Dossier.objects.filter(state__in=RUNNING, next_due_at__gt=now, next_due_at__lt=now + AHEAD)
    rows = rows.filter(accepted_at__lt=_midnight(today))
    units = rows.order_by("competent_unit").values_list("competent_unit", flat=True).distinct()
    for unit in list(units):
        calendar = load(unit, first=today, last=today + AHEAD)
        for days in sorted(rules_on(today).warning_days):
            day = today
            for _number in range(days):
                day = calendar.next_working_day(day)
            told = DueWarning.objects.filter(
                dossier=OuterRef("pk"), due_at=OuterRef("next_due_at"), days_left__lte=days
            )
            ripe = rows.filter(competent_unit=unit, next_due_at__lt=_midnight(day + timedelta(days=1)))
            for row in ripe.exclude(Exists(told)).order_by("next_due_at", "id").iterator(chunk_size=200):
                yield row, days


def _midnight(on: date) -> datetime:
    return datetime.combine(on, time(), get_default_timezone())


def undecided_extensions(now: datetime) -> Iterator[Dossier]:
    """Those whose proposal came to nothing: the due moment passed, or the clock went on without it."""
    moved = ~Q(dossier__state__in=RUNNING) | ~Q(dossier__due_at=F("old_due_at"))
    gone = Extension.objects.filter(Q(old_due_at__lte=now) | moved, state=ExtensionState.ASKED.value)
    rows = gone.select_related("dossier").order_by("old_due_at", "id")
    return (row.dossier for row in rows.iterator(chunk_size=200))


class Kind(StrEnum):
    """Parts of the list, as its address names them."""

    SOON = "sap-den-han"
    LATE = "qua-han"
    DECIDED_LATE = "xong-tre"
    RETURNED_LATE = "tra-tre"
    CORRECTED_LATE = "dinh-chinh-tre"


class Apology(StrEnum):
    NONE = "khong"
    LATE = "tre"
    IN_TIME = "dung-han"


@dataclass(frozen=True, slots=True)
class Wish:
    kind: Kind = Kind.LATE
    apology: str = ""
    unit: int | None = None
    officer: str = ""
    text: str = ""


def heads_units(user: User, on: date) -> list[int]:
    """Where this person answers for what is late: as the head, or whoever gives out the work."""
    return sorted({*units_with(user, Capability.APPROVE, on), *units_with(user, Capability.ASSIGN, on)})


def late_list(unit_ids: list[int], wish: Wish, now: datetime) -> QuerySet[Any]:
    """Dossiers that these units decide, with `officer_at_due`, `late_apology`, `handed_out_at`; soonest due first."""
    rows = Dossier.objects.filter(competent_unit__in=[wish.unit] if wish.unit else unit_ids, due_at__isnull=False)
    if wish.unit is not None and wish.unit not in unit_ids:
        return rows.none().order_by("due_at", "id")
    found: Any = annotated(rows).filter(_of_kind(wish.kind, now))
    if wish.apology:
        found = found.filter(_of_apology(Apology(wish.apology)))
    if wish.officer:
        found = found.filter(officer_at_due=wish.officer)
    if wish.text:
        said = wish.text[:TEXT_LIMIT].strip().upper()
        found = found.filter(Q(code__startswith=said) | Q(reference=said) | about_owner(wish.text))
    listed: QuerySet[Any] = found.select_related("version").order_by("due_at", "id")
    return listed


def annotated(rows: DossierQuerySet) -> QuerySet[Any]:
    """`officer_at_due`: who held the step when the time ran out, by the real moments that were confirmed."""
    confirmed = RealMoment.objects.filter(state=ClaimState.CONFIRMED.value)
    really = Subquery(confirmed.filter(step=OuterRef("pk")).values("really_at")[:1])
    steps = WorkItem.objects.filter(dossier=OuterRef("pk"), officer__isnull=False, opened_at__isnull=False)
    steps = steps.annotate(ended_at=Coalesce(really, "done_at"))
    held = steps.filter(opened_at__lt=OuterRef("due_at")).filter(Q(ended_at=None) | Q(ended_at__gt=OuterRef("due_at")))
    approved = Extension.objects.filter(dossier=OuterRef("pk"), state=ExtensionState.APPROVED.value)
    breached = Correction.objects.filter(dossier=OuterRef("pk"), breached_at__isnull=False)
    handed = confirmed.filter(dossier=OuterRef("pk"), step=None)
    return rows.annotate(
        officer_at_due=Coalesce(
            Subquery(held.order_by("number", "id").values("officer")[:1]), F("holder"), output_field=UUIDField()
        ),
        correction_due_at=Subquery(breached.order_by("-breached_at").values("due_at")[:1]),
        corrected_at=Subquery(breached.order_by("-breached_at").values("ended_at")[:1]),
        late_apology=Subquery(approved.values("late_apology")[:1]),
        handed_out_at=Coalesce(Subquery(handed.values("really_at")[:1]), F("closed_at")),
    )


def is_late(now: datetime) -> Q:
    """The promise is broken now: it runs, nothing was decided, and the clock did not stand still before."""
    running = Q(state__in=[*RUNNING, State.SUPPLEMENT.value], decided_at=None, due_at__lt=now)
    return running & (Q(paused_at=None) | Q(paused_at__gt=F("due_at")))


def _of_kind(kind: Kind, now: datetime) -> Q:
    if kind is Kind.SOON:
        near = Exists(DueWarning.objects.filter(dossier=OuterRef("pk"), due_at=OuterRef("due_at")))
        return Q(near, state__in=RUNNING, next_due_at__gt=now)
    if kind is Kind.LATE:
        return is_late(now)
    if kind is Kind.CORRECTED_LATE:
        return Exists(Correction.objects.filter(dossier=OuterRef("pk"), breached_at__isnull=False)) & Q()
    if kind is Kind.DECIDED_LATE:
        return Q(decided_at__gt=F("due_at"))
    return Q(state=State.RETURNED.value, decided_at__lte=F("due_at"), handed_out_at__gt=F("due_at"))


def _of_apology(apology: Apology) -> Q:
    return {
        Apology.NONE: Q(late_apology=None),
        Apology.LATE: Q(late_apology=True),
        Apology.IN_TIME: Q(late_apology=False),
    }[apology]


def head_counts(unit_ids: list[int], now: datetime) -> tuple[int, int]:
    """How many are overdue without apology, and how many are soon due."""
    late = late_list(unit_ids, Wish(apology=Apology.NONE), now)
    return late.count(), late_list(unit_ids, Wish(Kind.SOON), now).count()


def waiting_extensions(unit_ids: list[int]) -> list[Extension]:
    """For the head to decide, soonest due first."""
    rows = Extension.objects.filter(state=ExtensionState.ASKED.value, dossier__competent_unit__in=unit_ids)
    return list(rows.select_related("dossier__version").order_by("old_due_at", "id")[:MOST])


def extensions_of(dossier: Dossier) -> list[Extension]:
    """Newest first."""
    return list(Extension.objects.filter(dossier=dossier).order_by("-asked_at", "id")[:MOST])


def proposed_extension(item: WorkItem, now: datetime) -> dict[str, object]:
    """The draft of a proposal, with the dossier's data: for the officer to correct."""
    due_at = item.dossier.due_at or now
    first, rules = localdate(due_at), rules_on(localdate(now))
    calendar, day = load(item.dossier.competent_unit_id, first=first, last=first + AHEAD), first
    for _number in range(rules.extension_proposed_days):
        day = calendar.next_working_day(day)
    return {"new_due_on": day, "reason": printing.extension_reason(item.name), "ground": EXTENSION_GROUND}


def holders(unit_ids: list[int], now: datetime) -> list[object]:
    """Officers who hold or held something that is late, for the filter."""
    rows = Dossier.objects.filter(competent_unit__in=unit_ids, due_at__isnull=False)
    late: Any = annotated(rows).filter(is_late(now) | Q(decided_at__gt=F("due_at")))
    found = late.exclude(officer_at_due=None).order_by("officer_at_due")
    return list(found.values_list("officer_at_due", flat=True).distinct()[:MOST])


def is_breach(dossier: Dossier, now: datetime) -> bool:
    """The promise is broken, and nobody has apologised in time or late."""
    mine: Any = annotated(Dossier.objects.filter(pk=dossier.pk))
    return bool(mine.filter(is_late(now), late_apology=None).exists())


def warnings_for(user: User, now: datetime) -> list[DueWarning]:
    """The last warning of each running dossier that this officer holds, or that nobody of their unit has taken."""
    told = DueWarning.objects.filter(due_at__gt=now, due_at=F("dossier__due_at"), dossier__state__in=RUNNING)
    free = Q(dossier__holder=None, dossier__responsible_unit__in=units_with(user, Capability.PROCESS, localdate(now)))
    mine = told.filter(Q(dossier__holder=user) | free).select_related("dossier__version")
    found: dict[object, DueWarning] = {}
    for row in mine.order_by("due_at", "days_left", "id")[:MOST]:
        found.setdefault(row.dossier_id, row)
    return list(found.values())


def may_be_extended(dossier: Dossier, now: datetime) -> bool:
    """Before the promised moment, when no later date was set and none waits for the head."""
    states = [ExtensionState.ASKED.value, ExtensionState.APPROVED.value]
    taken = Extension.objects.filter(dossier=dossier, state__in=states).exists()
    return dossier.due_at is not None and now < dossier.due_at and not taken
