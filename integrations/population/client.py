"""The adapter's three calls. Envelope and operation names are UNVERIFIED; the fields are those of the message sets."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from integrations.registers import client


@dataclass(frozen=True, slots=True)
class NumberAnswer:
    """`number` is empty while it is being issued; `known` says whether the key was ever asked with."""

    known: bool
    number: str
    moment: str


def citizen(head: Mapping[str, str]) -> Mapping[str, Any] | None:
    """CongDan, or nothing when number, name and birth date don't all fit one person. Raises client.RegisterError."""
    found = client.ask("population", head).get("CongDan")
    if found is None:
        return None
    if not isinstance(found, dict):
        raise client.GarbageError("CongDan is no object.")
    return found


def request_number(body: Mapping[str, Any]) -> NumberAnswer:
    return _number(client.ask("number-request", body))


def number_status(body: Mapping[str, Any]) -> NumberAnswer:
    return _number(client.ask("number-status", body))


def _number(document: Mapping[str, Any]) -> NumberAnswer:
    state = document.get("TrangThai")
    if state not in {"cho", "xong", "khong-co"}:
        raise client.GarbageError("TrangThai is none that we know.")
    number, moment = document.get("SoDinhDanh") or "", document.get("ThoiDiem") or ""
    if not isinstance(number, str) or not isinstance(moment, str):
        raise client.GarbageError("SoDinhDanh or ThoiDiem is no text.")
    return NumberAnswer(state != "khong-co", number if state == "xong" else "", moment)
