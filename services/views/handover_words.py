"""Hand-overs between units as the pages show them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from services.models import Dossier, Handover
from services.queries.handovers import of_dossier
from services.wording_consultations import GIVEN
from units.queries.nearest import nearest_versions

Context = dict[str, Any]


def lines(rows: Sequence[Handover], now: datetime) -> list[Context]:
    ids = {unit for row in rows for unit in (row.from_unit_id, row.to_unit_id)}
    units = {unit: version.full_name for unit, version in nearest_versions(ids, now.date()).items()}
    return [
        {
            "row": row,
            "what": GIVEN[row.what],
            "from": units.get(row.from_unit_id, ""),
            "to": units.get(row.to_unit_id, ""),
            "given_by": row.giver,
            "taken_by": row.taker,
            "is_late": row.due_at is not None and (row.received_at or now) > row.due_at,
        }
        for row in rows
    ]


def of_dossier_in_words(dossier: Dossier, now: datetime) -> list[Context]:
    """Those between units."""
    return lines([row for row in of_dossier(dossier) if row.from_unit_id != row.to_unit_id], now)
