"""A joined dossier and its parts: for its citizen and its desk all of them, for others only their own."""

from services.models import Dossier, LinkedPart
from services.states import OPEN, State

MOST = 20


def parts_of(dossier: Dossier) -> list[LinkedPart]:
    """Those that the reader may see, in their order."""
    rows = LinkedPart.objects.filter(joined=dossier).select_related("dossier__version__procedure")
    return list(rows.order_by("number", "id")[:MOST])


def open_parts_of(dossier: Dossier) -> list[Dossier]:
    return [part.dossier for part in parts_of(dossier) if part.dossier.is_open]


def part_of(dossier: Dossier) -> LinkedPart | None:
    """Of which joined dossier it is a part; the other one is not fetched along, since not everybody sees it."""
    return LinkedPart.objects.filter(dossier=dossier).first()


def joined_dossier(dossier: Dossier) -> Dossier | None:
    """Nothing for whoever sees the part alone."""
    part = part_of(dossier)
    return Dossier.objects.select_related("version").filter(pk=part.joined_id).first() if part else None


def is_over(parts: list[LinkedPart]) -> bool:
    return all(part.dossier.state not in {str(state) for state in OPEN} for part in parts)


def joint_cases(dossier: Dossier) -> list[tuple[str, str]]:
    """Key and words of the cases of the law that the joint due moment can still be moved by."""
    if State(dossier.state) is not State.PROCESSING:
        return []
    cases = (dossier.version.parts.get("limit") or {}).get("cases", [])
    return [(entry["key"], entry["condition_vi"]) for entry in cases if entry["key"] != dossier.limit_case]
