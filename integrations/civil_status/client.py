"""The civil-status service at the adapter: one address, three kinds of entries."""

from collections.abc import Mapping
from typing import Any

from integrations.registers import client
from integrations.registers.mapping import parts


def newest_entry(kind: str, head: Mapping[str, str], other_number: str) -> Mapping[str, Any] | None:
    """The newest entry of this person, of both persons when another number is named; nothing when there is none."""
    document = client.ask("civil_status", {**head, "Loai": kind, "SoDinhDanhKhac": other_number})
    if not isinstance(document.get("result"), list):
        raise client.GarbageError("The result is no list.")
    found = sorted(parts(document["result"]), key=lambda one: str(one.get("NgayDangKy", "")))
    return found[-1] if found else None
