"""Keeping the figures up to date: what changed is measured again, a minute after it happened at the latest.

No deed of a dossier waits for this, and none can be forgotten: the trail says what changed, by the transaction that
changed it.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.utils.timezone import localdate

from portal.dashboards import statements
from portal.dashboards.events import Fact
from portal.dashboards.models import DossierFact, MonthFigure, PetitionFact, TimeCount, Watermark
from portal.dashboards.rules import rules_on
from portal.dashboards.states import Role
from portal.events import record
from portal.events.actors import Actor
from portal.isolation import Purpose, scope
from services.models import Dossier, Evidence, Payment, Petition, Supplement, WorkItem
from services.models.evidence import SubjectKind
from services.money_states import COUNTED
from services.operations.petition_clocks import DUTIES

BATCH = 2000
DOSSIER = "services.dossier"
BESIDE: dict[str, type[WorkItem | Supplement | Payment | Petition]] = {
    "services.workitem": WorkItem,
    "services.supplement": Supplement,
    "services.payment": Payment,
    "services.petition": Petition,
}
EVIDENCE, PETITION = "services.evidence", "services.petition"
SUBJECTS = [DOSSIER, EVIDENCE, *BESIDE]
SUBJECT = ("dashboards.statistics", "1")
ONLY = 1  # the one row of Watermark
Pair = tuple[int, date]


@transaction.atomic
def refresh(*, actor: Actor, now: datetime) -> int:
    """Measure again what changed since the last time; how many dossiers. The first time counts everything.

    Leaves no event: it follows from events, and would double the trail. One refresh at a time; a second one
    leaves it to the first.
    """
    with scope(purpose=Purpose.STATISTICS):
        if not _one(statements.TRY_LOCK):
            return 0
        mark = Watermark.objects.filter(pk=ONLY).first()
        if mark is None:
            return rebuild(actor=actor, now=now)
        newest = int(_one(statements.NEWEST))  # before reading: whatever commits meanwhile is read again
        told = _told_about(mark.xact)
        changed = sorted(_changed(told))
        for begin in range(0, len(changed), BATCH):
            _measure(changed[begin : begin + BATCH], now)
        _measure_petitions(told.get(PETITION, []))
        mark.xact, mark.as_of = newest, now
        mark.save(update_fields=["xact", "as_of"])
        return len(changed)


@transaction.atomic
def rebuild(*, actor: Actor, now: datetime) -> int:
    """Count everything anew from the dossiers; how many there are."""
    with scope(purpose=Purpose.STATISTICS), connection.cursor() as cursor:
        cursor.execute(statements.LOCK)
        newest = int(_one(statements.NEWEST))
        cursor.execute("delete from dashboards_dossier_fact")
        cursor.execute(statements.MEASURE_ALL, _measuring(now))
        measured = cursor.rowcount
        PetitionFact.objects.all().delete()
        cursor.execute(statements.MEASURE_ALL_PETITIONS, {"duties": _duties()})
        MonthFigure.objects.all().delete()
        TimeCount.objects.all().delete()
        told = {"disliked": rules_on(localdate(now)).disliked_up_to}
        for role in Role:
            for statement in (*statements.SUM_ALL[role], statements.YEARS_ALL[role]):
                cursor.execute(statement, told)
        values = {"xact": newest, "as_of": now, "rebuilt_at": now}
        Watermark.objects.update_or_create(pk=ONLY, defaults=values)
        record(Fact.REBUILT, subject=SUBJECT, actor=actor, unit=None, at=now, facts={"dossiers": measured})
        return int(measured)


def _one(statement: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


def _told_about(since: int) -> dict[str, list[str]]:
    """What the events since then tell about, by its kind."""
    told: dict[str, list[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(statements.CHANGED, [str(since), SUBJECTS])
        for subject, key in cursor.fetchall():
            told.setdefault(subject, []).append(key)
    return told


def _changed(told: dict[str, list[str]]) -> set[UUID]:
    """The dossiers that are told about, directly or by something of theirs: a step, a payment, a petition, evidence."""
    found = _existing(told.get(DOSSIER, []))
    for subject, model in BESIDE.items():
        if keys := told.get(subject):
            rows: Any = model.objects.filter(pk__in=keys, dossier__isnull=False)
            found.update(rows.values_list("dossier_id", flat=True))
    if keys := told.get(EVIDENCE):
        seen = Evidence.objects.filter(pk__in=keys, subject_kind=SubjectKind.DOSSIER)
        found.update(seen.values_list("subject_id", flat=True))
    return found


def _existing(keys: Iterable[str]) -> set[UUID]:
    return set(Dossier.objects.filter(pk__in=list(keys)).values_list("pk", flat=True)) if keys else set()


def _measure(dossiers: list[UUID], now: datetime) -> None:
    """The facts of these dossiers, and every sum that they were part of before or are now."""
    before = _pairs(dossiers)
    with connection.cursor() as cursor:
        cursor.execute(statements.MEASURE_SOME, {**_measuring(now), "dossiers": dossiers})
        after = _pairs(dossiers)
        for role in Role:
            if pairs := sorted(before[role] | after[role]):
                for statement in statements.SUM_SOME[role]:
                    cursor.execute(statement, _told(pairs, now))
                years = sorted({(unit, month.replace(month=1)) for unit, month in pairs})
                for statement in statements.YEARS_SOME[role]:
                    cursor.execute(statement, _told(years, now))


def _measuring(now: datetime) -> dict[str, Any]:
    return {
        "zone": settings.TIME_ZONE,
        "counted": sorted(state.value for state in COUNTED),
        "online_ways": list(rules_on(localdate(now)).online_ways),
    }


def _measure_petitions(petitions: list[str]) -> None:
    """A batch at a time."""
    with connection.cursor() as cursor:
        for begin in range(0, len(petitions), BATCH):
            keys = [UUID(key) for key in petitions[begin : begin + BATCH]]
            cursor.execute(statements.MEASURE_SOME_PETITIONS, {"duties": _duties(), "petitions": keys})


def _duties() -> list[str]:
    return sorted(kind.value for kind in DUTIES)


def _pairs(dossiers: list[UUID]) -> dict[Role, set[Pair]]:
    """By role: the units and months in whose sums these facts stand."""
    found: dict[Role, set[Pair]] = {role: set() for role in Role}
    columns = ["received_month", "finished_month", *(f"{role}_unit_id" for role in Role)]
    for received, finished, *units in DossierFact.objects.filter(pk__in=dossiers).values_list(*columns):
        months = {month for month in (received, finished) if month}
        for role, unit in zip(Role, units, strict=True):
            found[role].update((unit, month) for month in months)
    return found


def _told(pairs: list[Pair], now: datetime) -> dict[str, Any]:
    return {
        "disliked": rules_on(localdate(now)).disliked_up_to,
        "pair_units": [unit for unit, _ in pairs],
        "pair_months": [month for _, month in pairs],
    }
