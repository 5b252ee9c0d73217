"""The civil-status database's side: invented entries, found by number, name and birth date of a person in them."""

import json
from pathlib import Path
from typing import Any

from django.urls import path

from integrations.registers.faults import Fault, Register
from integrations.registers.mapping import plain_name
from integrations.registers.sandbox import Answered, Body, answers

ACTS: dict[str, list[dict[str, Any]]] = json.loads((Path(__file__).parent / "data" / "acts.json").read_text("utf-8"))
LISTS = {"ket-hon": "marriages", "khai-sinh": "births", "khai-tu": "deaths"}
ROLES = {"ket-hon": ("Chong", "Vo"), "khai-sinh": ("Con",), "khai-tu": ("NguoiChet",)}
ALWAYS = {"So", "Chong", "Vo", "Con", "NguoiChet"}


def is_of(person: dict[str, Any] | None, body: Body) -> bool:
    return bool(
        person
        and person["SoDinhDanh"] == body.get("SoDinhDanh")
        and plain_name(person["HoVaTen"]) == body.get("HoVaTen")
        and person["NgaySinh"][:8] in {body.get("NgayThangNam"), str(body.get("NgayThangNam"))[:4]}
    )


def found(kind: str, body: Body) -> list[dict[str, Any]]:
    rows = [act for act in ACTS[LISTS[kind]] if any(is_of(act.get(role), body) for role in ROLES[kind])]
    if other := body.get("SoDinhDanhKhac"):
        rows = [act for act in rows if other in {(act.get(role) or {}).get("SoDinhDanh") for role in ROLES[kind]}]
    return rows


@answers(Register.CIVIL_STATUS)
def entries(body: Body, fault: Fault) -> Answered:
    kind = body.get("Loai")
    if kind not in LISTS:
        return {"error_code": 2, "message": "Loai is none that we know."}
    rows = [] if fault is Fault.NO_MATCH else found(kind, body)
    if fault is Fault.PARTIAL:
        rows = [{name: value for name, value in row.items() if name in ALWAYS} for row in rows]
    if fault is Fault.OTHER_PERSON:
        rows = [act for act in ACTS[LISTS[kind]] if act not in rows][:1]
    return {"result": rows}


urlpatterns = [path("tra-cuu", entries)]
