"""Hand-overs between units as the pages show them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from services.models import Handover
from services.wording_consultations import GIVEN
from units.queries.nearest import nearest_versions

Context = dict[str, Any]


def lines(rows: Sequence[Handover], now: datetime) -> list[Context]:
    ids = {unit for row in rows for unit in (row.from_unit_id, row.to_unit_id)}
    found = nearest_versions(ids, now.date()) if ids else {}
    units = {unit: version.full_name for unit, version in found.items()}
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


def between_units_in_words(rows: Sequence[Handover], now: datetime) -> list[Context]:
    """Of one dossier, without those inside a unit."""
    return lines([row for row in rows if row.from_unit_id != row.to_unit_id], now)
