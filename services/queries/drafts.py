"""Drafts of one person, and which unit would decide on them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from portal.accounts.models import User
from services.models import Dossier, Draft
from services.models.drafts import DraftQuerySet
from units.kinds import Level
from units.queries import ancestors, successors, version_at
from units.queries.nearest import nearest_version

SHOWN = 25


@dataclass(frozen=True, slots=True)
class Competent:
    """`unit_id` None when a split commune leaves several, which are `candidates`. `answer`: what it follows from."""

    unit_id: int | None
    candidates: tuple[int, ...]
    answer: str


def open_drafts(user: User, now: datetime) -> DraftQuerySet:
    """Those that can be gone on with; order them yourself."""
    return Draft.objects.of(user).unsent().filter(expires_at__gt=now, desk_unit=None)


def alike(user: User, code: str, now: datetime) -> tuple[list[Draft], list[Dossier]]:
    """Open drafts and dossiers of the same procedure: somebody may have forgotten them."""
    drafts = open_drafts(user, now).filter(version__procedure__code=code).order_by("-saved_at", "id")
    dossiers = Dossier.objects.of_citizen(user).open().filter(version__procedure__code=code)
    return list(drafts[:SHOWN]), list(dossiers.order_by("-submitted_at", "id")[:SHOWN])


def competent_unit(answers: Mapping[str, Any], residence: tuple[str, ...], *, on: date) -> Competent | None:
    """The commune of today in which the first answered residence lies."""
    for key in residence:
        place = answers.get(key)
        if not isinstance(place, Mapping) or not isinstance(place.get("unit"), int):
            continue
        unit_id = place["unit"]
        if version_at(unit_id, on):
            return Competent(unit_id, (), key)
        living = tuple(one.unit_id for one in successors(unit_id, _last_day(unit_id, on), on))
        living = tuple(one for one in living if version_at(one, on))
        if living:
            return Competent(living[0] if len(living) == 1 else None, living, key)
    return None


def province_of(unit_id: int, on: date) -> int | None:
    above = ancestors(unit_id, on).filter(unit__level=Level.PROVINCE)
    return above.values_list("unit_id", flat=True).first()


def usual_returning(draft: Draft, competent_unit_id: int, on: date) -> int:
    """Where the result is handed out when nobody chose: where the citizen stands, if that desk may. NĐ 118/2025 Đ.14"""
    desk = draft.desk_unit_id
    may = desk is not None and province_of(desk, on) == province_of(competent_unit_id, on)
    return desk if desk is not None and may else competent_unit_id


def _last_day(unit_id: int, on: date) -> date:
    """A day on which the unit lived."""
    found = nearest_version(unit_id, on)
    return found.valid_from if found else on
