"""Entries of the business register in our words. Field names are UNVERIFIED."""

from collections.abc import Mapping
from typing import Any

from integrations.registers.client import GarbageError
from integrations.registers.mapping import address, iso, relative, text, without_nothing

BUSINESS = ("number", "kind", "name", "state", "registered_on", "activities", "representative", "address")
KINDS = {"doanh-nghiep": "enterprise", "hop-tac-xa": "cooperative", "ho-kinh-doanh": "household_business"}
STATES = {"1": "active", "2": "suspended", "3": "ended"}


def business(said: Mapping[str, Any], number: str) -> tuple[str, dict[str, Any]]:
    activities = said.get("NganhNghe")
    values = {
        "number": text(said.get("MaSo")),
        "kind": KINDS.get(text(said.get("Loai")), ""),
        "name": text(said.get("Ten")),
        "state": STATES.get(text(said.get("TrangThai")), ""),
        "registered_on": iso(said.get("NgayDangKy")),
        "activities": [text(code) for code in activities][:100] if isinstance(activities, list) else [],
        "representative": relative(said.get("NguoiDaiDien")),
        "address": address(said.get("DiaChi")),
    }
    if values["number"] != number:
        raise GarbageError("The answer is about another business.")
    return number, without_nothing(values)
