"""A joined dossier and its parts as the pages show them."""

from collections.abc import Callable
from typing import Any

from services.models import Dossier
from services.queries.joined import joined_dossier, parts_of
from services.wording_citizen import standing
from units.queries.nearest import nearest_versions

Context = dict[str, Any]


def parts(dossier: Dossier, address: Callable[[Dossier], str]) -> list[Context]:
    """Each part with where it stands and who decides on it, for whoever sees it."""
    rows = [row.dossier for row in parts_of(dossier)]
    names = nearest_versions({row.competent_unit_id for row in rows}, dossier.submitted_at.date()) if rows else {}
    told = []
    for row in rows:
        where = standing(row)
        version = names.get(row.competent_unit_id)
        told.append(
            {
                "dossier": row,
                "url": address(row),
                "procedure": row.version.name_vi,
                "unit": version.full_name if version else "",
                "phase": where.phase,
                "colour": where.colour,
            }
        )
    return told


def whole(dossier: Dossier, address: Callable[[Dossier], str]) -> Context | None:
    """The joined dossier of a part; nothing for whoever does not see it."""
    found = joined_dossier(dossier)
    return {"dossier": found, "url": address(found), "procedure": found.version.name_vi} if found else None
