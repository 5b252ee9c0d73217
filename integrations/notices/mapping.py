"""Notices of hospitals in our words. Field names are UNVERIFIED: nothing is published of this service."""

from collections.abc import Mapping
from typing import Any

from integrations.registers import codes
from integrations.registers.client import GarbageError
from integrations.registers.mapping import iso, part, parts, relative, text, without_nothing
from services.sources import Question

NEWBORN = ("notice", "issued_on", "hospital", "hospital_code", "hospital_address", "mother", "children")
DECEASED = ("notice", "issued_on", "hospital", "hospital_code", "hospital_address", "deceased", "died_at", "cause")
LEAST_GRAMS, MOST_GRAMS = 200, 9000


def birth(said: Mapping[str, Any], question: Question) -> tuple[str, dict[str, Any]]:
    """One notice, all children of one birth in their order. Raises GarbageError when it is another mother's."""
    values = _head(said) | {"mother": relative(said.get("Me")), "children": _children(said)}
    if not values["notice"] or not values["children"] or values["mother"].get("id_number") != question.who.number:
        raise GarbageError("The notice is none, or another mother's.")
    return values["notice"], without_nothing(values)


def death(said: Mapping[str, Any], question: Question) -> tuple[str, dict[str, Any]]:
    values = _head(said) | {
        "deceased": relative(said.get("NguoiChet")),
        "died_at": iso(said.get("NgayGioChet")),
        "cause": text(said.get("NguyenNhan")),
    }
    if not values["notice"] or values["deceased"].get("id_number") != question.who.number:
        raise GarbageError("The notice is none, or about somebody else.")
    return values["notice"], without_nothing(values)


def _head(said: Mapping[str, Any]) -> dict[str, Any]:
    hospital = part(said.get("CoSo"))
    return {
        "notice": text(said.get("SoGiay")),
        "issued_on": iso(said.get("NgayCap")),
        "hospital": text(hospital.get("Ten")),
        "hospital_code": text(hospital.get("Ma")),
        "hospital_address": text(hospital.get("DiaChi")),
    }


def _children(said: Mapping[str, Any]) -> list[dict[str, Any]]:
    found = []
    for child in parts(said.get("Con")):
        grams = child.get("CanNang")
        weighed = isinstance(grams, int) and LEAST_GRAMS <= grams <= MOST_GRAMS
        values = {
            "order": child.get("ThuTu") if isinstance(child.get("ThuTu"), int) else None,
            "born_at": iso(child.get("NgayGioSinh")),
            "sex": codes.sex(text(child.get("GioiTinh"))),
            "weight_g": grams if weighed else None,
        }
        found.append(without_nothing(values))
    return sorted((child for child in found if child.get("born_at")), key=lambda child: child.get("order", 0))
