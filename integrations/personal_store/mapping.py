"""DanhSachGiayToKetQua in our words."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from integrations.registers.mapping import day, text, without_nothing

RESULTS = ("papers",)


def papers(rows: list[Mapping[str, Any]], wanted: set[str], on: date) -> list[dict[str, Any]]:
    """Papers of the wanted kinds that hold on the day, the newest first."""
    found = []
    for row in rows:
        ends = day(row.get("HetHan"))
        if text(row.get("MaKetQua")) in wanted and (ends is None or ends >= on):
            found.append(_paper(row))
    return sorted(found, key=lambda paper: paper.get("issued_on", ""), reverse=True)


def _paper(row: Mapping[str, Any]) -> dict[str, Any]:
    issued, ends = day(row.get("NgayCap")), day(row.get("HetHan"))
    return without_nothing(
        {
            "code": text(row.get("MaKetQua")),
            "name": text(row.get("TenGiayTo")),
            "number": text(row.get("SoKyHieu")),
            "organ": text(row.get("CoQuanChuQuan")),
            "issued_on": issued.isoformat() if issued else "",
            "valid_until": ends.isoformat() if ends else "",
        }
    )
