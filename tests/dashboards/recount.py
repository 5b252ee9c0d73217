"""The same figures as `portal.dashboards`, in plain words and dossier by dossier: slow, and nothing to get wrong."""

import math
from collections import Counter
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.timezone import localtime

from portal.dashboards.models import DossierFact, MonthFigure, PetitionFact, TimeCount
from portal.dashboards.states import Role
from portal.isolation import Purpose, scope
from services.models import (
    Attachment,
    ClockEntry,
    Component,
    Dossier,
    Evidence,
    Fee,
    Payment,
    Petition,
    PetitionClock,
    Rating,
    Supplement,
    WorkItem,
)


def month_of(moment: datetime | None) -> date | None:
    return localtime(moment).date().replace(day=1) if moment else None


def rounded(seconds: int) -> int:
    """As people say it: 5 minutes, hours, days."""
    if seconds <= 3600:
        return math.ceil(seconds / 300) * 5
    if seconds <= 3 * 86400:
        return math.ceil(seconds / 3600) * 60
    return math.ceil(seconds / 86400) * 1440


def ended_at(dossier: Dossier) -> datetime | None:
    stop = ClockEntry.objects.of(dossier).filter(kind="stop").first()
    return stop.at if stop else dossier.decided_at or dossier.closed_at


def waited(dossier: Dossier, end: datetime) -> float:
    total = 0.0
    for request in Supplement.objects.filter(dossier=dossier, at_reception=False).order_by("id"):
        total += (min(request.ended_at or end, end) - min(request.asked_at, end)).total_seconds()
    return total


def cause_of(dossier: Dossier, end: datetime | None) -> str:
    if Supplement.objects.filter(dossier=dossier).count() > 1:
        return "supplements"
    steps = [step for step in WorkItem.objects.of(dossier) if step.opened_at]
    if end is None:
        step = next((step for step in reversed(steps) if step.state == "open"), None)
        return ("untaken" if step.officer_id is None else step.role) if step else "unknown"
    ended = [step for step in steps if step.state in {"done", "cancelled"} and step.role != "returns"]
    over = [((s.done_at - s.due_at).total_seconds(), s.number, s.role) for s in ended if s.done_at and s.due_at]
    if over:
        return max(over)[2]
    return max(ended, key=lambda step: step.number).role if ended else "unknown"


def officer_of(dossier: Dossier) -> UUID | None:
    steps = [s for s in WorkItem.objects.of(dossier) if s.officer_id and s.role not in {"reception", "returns"}]
    best = max(steps, key=lambda step: (step.role == "specialist", step.number), default=None)
    return best.officer_id if best else dossier.holder_id


def costs(parts: dict[str, Any]) -> bool:
    """An amount in the catalogue, or one that somebody else sets."""
    amounts = [parts["fees"].get("amount_vnd", 0)] if "fees" in parts else []
    amounts += [row.get("fee_vnd") or 0 for row in parts.get("channels", [])]
    return any(amount is None or amount > 0 for amount in amounts)


def fact_of(dossier: Dossier) -> dict[str, Any]:
    end, start = ended_at(dossier), dossier.accepted_at
    net = max(int((end - start).total_seconds() - waited(dossier, end)), 0) if end and start else None
    papers = list(Component.objects.filter(dossier=dossier))
    there = {p.pk: Attachment.objects.filter(component=p, replaced_at=None).exists() for p in papers}
    found = set(
        Evidence.objects.filter(subject_id=dossier.pk, subject_kind="dossier", outcome="found").values_list(
            "source", flat=True
        )
    )
    replaced = {p.source for p in papers if p.proof == "data"}
    scores = list(Rating.objects.filter(dossier=dossier).values_list("score", flat=True))
    assessed = list(Fee.objects.filter(dossier=dossier, replaced_at=None).values_list("amount", flat=True))
    payments = Payment.objects.filter(dossier=dossier, way="gateway", state__in=["paid", "settled"])
    paid = [one.paid_at for one in payments if one.paid_at]
    online = dossier.channel == "online" and dossier.return_channel == "online"
    return {
        "procedure_id": dossier.version.procedure_id,
        "receiving_unit_id": dossier.receiving_unit_id,
        "competent_unit_id": dossier.competent_unit_id,
        "returning_unit_id": dossier.returning_unit_id,
        "officer_id": officer_of(dossier),
        "state": dossier.state,
        "received_at": start,
        "received_month": month_of(start),
        "finished_at": end,
        "finished_month": month_of(end),
        "due_at": dossier.due_at,
        "net_seconds": net,
        "net_minutes": rounded(net) if net is not None else None,
        "supplements": Supplement.objects.filter(dossier=dossier).count(),
        "late": bool(end and dossier.due_at and end > dossier.due_at),
        "slow": bool(end and dossier.due_at and end > dossier.due_at)
        or Supplement.objects.filter(dossier=dossier).count() > 1,
        "cause": cause_of(dossier, end),
        "full_online": online and dossier.version.online_level == "full",
        "digitised": any(p.proof == "data" or there[p.pk] for p in papers)
        and not any(p.proof == "attached" and not there[p.pk] for p in papers),
        "on_paper": dossier.version.result_on_paper,
        "has_result": bool(dossier.result_document and dossier.decided_at),
        "reused": bool(replaced or found),
        "used_population": "population" in found | replaced,
        "used_store": "issued_result" in found | replaced,
        "lowest_score": min(scores, default=None),
        "fee_due": costs(dossier.version.parts) and assessed != [0],
        "paid_month": month_of(min(paid, default=None)),
        "complained": Petition.objects.filter(dossier=dossier).exists(),
    }


def facts() -> dict[UUID, dict[str, Any]]:
    with scope(purpose=Purpose.BACKFILL):  # the only one that sees dossiers and evidence alike
        return {dossier.pk: fact_of(dossier) for dossier in Dossier.objects.select_related("version").order_by("id")}


def counted() -> dict[UUID, dict[str, Any]]:
    """What the table says of the same."""
    with scope(purpose=Purpose.STATISTICS):
        rows = DossierFact.objects.order_by("dossier_id").values()
        return {row["dossier_id"]: row for row in rows}


def sums(told: dict[UUID, dict[str, Any]]) -> Counter[tuple[Any, ...]]:
    """(role, unit, month, procedure or 0, what) -> how many."""
    found: Counter[tuple[Any, ...]] = Counter()
    for fact in told.values():
        if fact["received_at"] is None:
            continue
        for role in Role:
            for procedure in (0, fact["procedure_id"]):
                came = (role.value, fact[f"{role}_unit_id"], fact["received_month"], procedure)
                found[*came, "received"] += 1
                if fact["finished_month"]:
                    went = (role.value, fact[f"{role}_unit_id"], fact["finished_month"], procedure)
                    found[*went, "finished"] += 1
                    found[*went, "late" if fact["late"] else "on_time"] += 1
                    found[*went, "net_seconds"] += fact["net_seconds"]
    return +found


def summed() -> Counter[tuple[Any, ...]]:
    names = ("received", "finished", "on_time", "late", "net_seconds")
    with scope(purpose=Purpose.STATISTICS):
        rows = list(
            MonthFigure.objects.filter(span="month")
            .order_by("id")
            .values("role", "unit_id", "month", "procedure_id", *names)
        )
    found: Counter[tuple[Any, ...]] = Counter()
    for row in rows:
        for name in names:
            found[row["role"], row["unit_id"], row["month"], row["procedure_id"], name] += row[name]
    return +found


def times() -> tuple[Counter[Any], Counter[Any]]:
    """How often each length stands in the counts, and in the facts, for the competent unit."""
    with scope(purpose=Purpose.STATISTICS):
        told = {
            (row.unit_id, row.month, row.minutes): row.number
            for row in TimeCount.objects.filter(role=Role.COMPETENT).order_by("id")
        }
        rows = DossierFact.objects.filter(received_at__isnull=False, finished_at__isnull=False)
        plain = Counter(rows.order_by().values_list("competent_unit_id", "finished_month", "net_minutes"))
    return Counter(told), plain


def years() -> tuple[Counter[Any], Counter[Any]]:
    """What years say, and what their months add up to."""
    found: dict[str, Counter[Any]] = {"year": Counter(), "month": Counter()}
    with scope(purpose=Purpose.STATISTICS):
        for row in MonthFigure.objects.order_by("id").values():
            for name in ("received", "finished", "on_time", "complete", "net_seconds"):
                key = (row["role"], row["unit_id"], row["month"].year, row["procedure_id"], name)
                found[row["span"]][key] += row[name]
    return +found["year"], +found["month"]


def petition_of(petition: Petition) -> dict[str, Any]:
    clocks = list(PetitionClock.objects.filter(petition=petition).order_by("id"))
    answers = [clock.due_at for clock in clocks if clock.kind == "answer"]
    running = [clock.due_at for clock in clocks if clock.ended_at is None and clock.kind in {"answer", "publish"}]
    return {
        "unit_id": petition.responsible_unit_id,
        "barred": petition.barred,
        "kind": petition.kind,
        "state": petition.state,
        "filed_at": petition.filed_at,
        "handled_at": petition.answered_at or petition.closed_at,
        "answer_due_at": answers[-1] if answers else None,
        "late_from": min([*running, *(clock.due_at for clock in clocks if clock.breached_at)], default=None),
        "repeated": bool(petition.repeat_of_id or petition.merged_into_id),
        "score": petition.score,
    }


def petitions() -> tuple[dict[UUID, dict[str, Any]], dict[UUID, dict[str, Any]]]:
    """What the table says, and what a plain look finds."""
    with scope(purpose=Purpose.STATISTICS):
        plain = {one.pk: petition_of(one) for one in Petition.objects.order_by("id")}
        rows = {row["petition_id"]: row for row in PetitionFact.objects.order_by("petition_id").values()}
    return {key: {name: row[name] for name in plain.get(key, row)} for key, row in rows.items()}, plain
