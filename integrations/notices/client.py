"""The notices at the adapter: of births by the mother, of deaths by the deceased."""

from collections.abc import Mapping
from typing import Any

from integrations.registers import client
from integrations.registers.mapping import parts


def newest(register: str, head: Mapping[str, str], notice: str) -> Mapping[str, Any] | None:
    """The newest notice, or the one of this number; nothing when there is none. Raises client.RegisterError."""
    document = client.ask(register, {**head, "SoGiay": notice})
    if not isinstance(document.get("result"), list):
        raise client.GarbageError("The result is no list.")
    found = sorted(parts(document["result"]), key=lambda one: str(one.get("NgayCap", "")))
    return found[-1] if found else None
