"""The business register at the adapter: one entry by its number."""

from collections.abc import Mapping
from typing import Any

from integrations.registers import client


def entry(head: Mapping[str, str], number: str) -> Mapping[str, Any] | None:
    found = client.ask("business", {**head, "MaSo": number}).get("DoanhNghiep")
    if found is not None and not isinstance(found, dict):
        raise client.GarbageError("DoanhNghiep is no object.")
    return found
