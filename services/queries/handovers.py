"""What is on its way between units, for both sides; and how many dossiers each unit receives, decides and returns."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet

from portal.accounts.models import User
from services.models import Dossier, Handover
from services.models.work import HandoverQuerySet
from services.states import Capability
from staff.policies import known_grounds

MOST = 60
WORKING = frozenset({Capability.RECEIVE.value, Capability.PROCESS.value, Capability.RETURN.value})


def units_of_hand(user: User, on: date) -> list[int]:
    """Where the person takes things in."""
    return sorted({ground.unit_id for ground in known_grounds(user, on) if ground.capability in WORKING})


def visible_to(user: User, on: date) -> HandoverQuerySet:
    """What comes to the person's units, and what went from them."""
    if not user.is_officer:
        return Handover.objects.none()
    units = units_of_hand(user, on)
    rows = Handover.objects.between_units().filter(Q(to_unit__in=units) | Q(from_unit__in=units))
    return rows.select_related("dossier__version")


def coming(unit_ids: list[int]) -> HandoverQuerySet:
    rows = Handover.objects.in_transit().filter(to_unit__in=unit_ids).select_related("dossier__version")
    return rows.by_due_moment()


def going(unit_ids: list[int]) -> HandoverQuerySet:
    rows = Handover.objects.in_transit().filter(from_unit__in=unit_ids).select_related("dossier__version")
    return rows.by_due_moment()


def received(unit_ids: list[int]) -> QuerySet[Handover]:
    rows = Handover.objects.between_units().filter(to_unit__in=unit_ids, received_at__isnull=False)
    return rows.select_related("dossier__version").order_by("-received_at", "-id")


def of_dossier(dossier: Dossier) -> list[Handover]:
    """Rows of Form 06, in their order."""
    return list(Handover.objects.filter(dossier=dossier).order_by("id")[:MOST])


@dataclass(frozen=True, slots=True)
class Parts:
    """Dossiers of one unit, by the part it had in them. `elsewhere`: received for another unit to decide."""

    receiving: int = 0
    competent: int = 0
    returning: int = 0
    elsewhere: int = 0


def parts_of(unit_ids: list[int], *, first: date, last: date) -> dict[int, Parts]:
    """By unit, of what was filed from `first` to `last`. NĐ 118/2025 Đ.14: statistics for all three."""
    filed = Dossier.objects.filter(submitted_at__date__gte=first, submitted_at__date__lte=last)
    counted: dict[str, dict[int, int]] = {
        role: _by_unit(filed.filter(**{f"{role}_unit__in": unit_ids}), f"{role}_unit")
        for role in ("receiving", "competent", "returning")
    }
    away = filed.filter(receiving_unit__in=unit_ids).exclude(competent_unit=F("receiving_unit"))
    counted["elsewhere"] = _by_unit(away, "receiving_unit")
    return {unit: Parts(**{role: found.get(unit, 0) for role, found in counted.items()}) for unit in unit_ids}


def _by_unit(rows: QuerySet[Dossier], column: str) -> dict[int, int]:
    found = rows.values(column).annotate(number=Count("id")).order_by(column)
    return {row[column]: row["number"] for row in found}
