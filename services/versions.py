"""What a version of a procedure says, in the shapes that deeds ask for. Pure, but for the files of `files`."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy

from documents.models import StoredFile
from portal.calendar.limits import Limit, LimitUnit
from services.errors import NotOfferedError
from services.kinds import Filing, StepRole
from services.models import ProcedureVersion

DECLARATION = "declaration"  # the source of a component that the answered form takes the place of
LONGEST_WAIT = timedelta(days=120)  # how far ahead a supplement's deadline may lie
STEPS: Mapping[StepRole, Promise] = {
    StepRole.RECEPTION: pgettext_lazy("step of a dossier", "Reception"),
    StepRole.SPECIALIST: pgettext_lazy("step of a dossier", "Examination"),
    StepRole.LEADER: pgettext_lazy("step of a dossier", "Signature"),
    StepRole.CLERK: pgettext_lazy("step of a dossier", "Number and seal"),
    StepRole.RETURNS: pgettext_lazy("step of a dossier", "Handing out"),
}
MODE_ADD = "add"
JOINT = "joint"


@dataclass(frozen=True, slots=True)
class Part:
    """One component: a paper, or what takes its place."""

    key: str
    name: str
    condition: str
    required: bool
    shown_only: bool
    originals: int
    copies: int
    replaceable_by: str
    alternative_to: str
    is_declaration: bool


@dataclass(frozen=True, slots=True)
class Step:
    key: str
    name: str
    role: StepRole
    share: float


def is_in_force(version: ProcedureVersion, on: date) -> bool:
    return on in version.valid


def is_filed_here(version: ProcedureVersion, *, at_desk: bool) -> bool:
    """Whether this portal takes it: online only where the version says so. NĐ 224/2026 Đ.15.1"""
    if not version.is_local:
        return False
    return at_desk or version.filing == Filing.HERE


def least_level(version: ProcedureVersion) -> int:
    """The level that the electronic identity needs to file online."""
    return int(version.min_identity_level)


def joint_case(limit: Limit) -> str:
    """How a part of a joined dossier bears the limit of the whole: "joint:20:working_day"."""
    return f"{JOINT}:{limit.value}:{limit.unit.value}"


def limit_of(version: ProcedureVersion, case: str = "") -> Limit:
    """The limit, in the named case of the sector's law when one is given, or the joint one of a joined dossier.

    Raises NotOfferedError without a limit.
    """
    if case.startswith(f"{JOINT}:"):
        _joint, days, kind = case.split(":")
        return Limit(int(days), LimitUnit(kind))
    told: Mapping[str, Any] = version.parts.get("limit") or {}
    value, unit = told.get("value"), told.get("unit")
    if not value or not unit:
        raise NotOfferedError
    same_day = bool(told.get("same_day_cutoff"))
    for entry in told.get("cases", []):
        if entry["key"] == case:
            added = value if entry.get("mode") == MODE_ADD else 0
            value, unit, same_day = added + entry["value"], entry["unit"], False
    return Limit(value, LimitUnit(unit), same_day=same_day)


def components(version: ProcedureVersion) -> tuple[Part, ...]:
    declared = {entry["component"] for entry in version.parts.get("forms", [])}
    english = (get_language() or "").startswith("en")
    return tuple(
        Part(
            key=entry["key"],
            name=(english and entry.get("name_en")) or entry["name_vi"],
            condition=entry.get("condition_vi", ""),
            required=bool(entry.get("required")),
            shown_only=bool(entry.get("present")),
            originals=int(entry.get("originals") or 0),
            copies=int(entry.get("copies") or 0),
            replaceable_by=entry.get("replaceable_by") or "",
            alternative_to=entry.get("alternative_to") or "",
            is_declaration=entry["key"] in declared,
        )
        for entry in version.parts.get("components", [])
    )


def missing_components(version: ProcedureVersion, proven: Set[str], *, at_desk: bool = True) -> list[Part]:
    """The required ones that nothing proves yet: no paper, no data, none of their alternatives, not the declaration.

    What is only shown is shown at the desk; nobody hands it in online. NĐ 118/2025 Đ.17.1
    """
    parts = components(version)
    instead = {part.alternative_to for part in parts if part.alternative_to and part.key in proven}
    return [
        part
        for part in parts
        if part.required and not part.is_declaration and part.key not in proven and part.key not in instead
        if at_desk or not part.shown_only
    ]


def steps(version: ProcedureVersion) -> tuple[Step, ...]:
    """In their order; a version known in name only is received, worked on, approved, registered and returned."""
    told = version.steps or [
        {"key": role.value, "name_vi": str(words), "role": role.value, "share_of_limit": 0.2}
        for role, words in STEPS.items()
    ]
    english = (get_language() or "").startswith("en")
    return tuple(
        Step(
            key=entry["key"],
            name=(english and entry.get("name_en")) or entry["name_vi"],
            role=StepRole(entry["role"]),
            share=float(entry.get("share_of_limit") or 0),
        )
        for entry in told
    )


def share_until(version: ProcedureVersion, key: str) -> float:
    """How much of the whole limit should have passed when this step is done."""
    total = 0.0
    for entry in steps(version):
        total += entry.share
        if entry.key == key:
            return min(total, 1.0)
    return 1.0


def max_supplements(version: ProcedureVersion, *, at_reception: bool) -> int:
    return int(version.supplements_at_reception if at_reception else version.supplements_in_processing)


def supplement_wait_days(version: ProcedureVersion) -> int | None:
    """The term of the sector's law; None for the general one. NĐ 118/2025 Đ.19.5"""
    days = version.parts.get("supplement_wait_days")
    return int(days) if days else None


def consultation_pause(version: ProcedureVersion) -> str:
    """The legal ground on which the clock stands while another organ is asked; empty where it runs on, as a rule."""
    return str(version.parts.get("consultation_pause") or "")


def result_code(version: ProcedureVersion) -> str:
    """The code of what this procedure issues; empty when it issues nothing with a code."""
    for entry in version.parts.get("results", []):
        if entry.get("kind") == "issue" and entry.get("code"):
            return str(entry["code"])
    return ""


def files(ids: Iterable[object]) -> list[StoredFile]:
    return list(StoredFile.objects.filter(pk__in=list(ids)).order_by("uploaded_at", "id"))
