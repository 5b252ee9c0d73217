"""The population database's side: about thirty invented citizens, and numbers for newborns some seconds after the
question.
"""

import json
import os
import threading
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.urls import path
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from integrations.registers.faults import Fault, Register
from integrations.registers.mapping import VIETNAM, part, plain_name
from integrations.registers.sandbox import Answered, Body, answers

PEOPLE: list[dict[str, Any]] = json.loads((Path(__file__).parent / "data" / "citizens.json").read_text("utf-8"))
BY_NUMBER: dict[str, dict[str, Any]] = {row["CongDan"]["SoDinhDanh"]: row["CongDan"] for row in PEOPLE}
NOTES: dict[str, str | Promise] = {
    "family": _("parents in the demo commune; a birth notice is waiting"),
    "moved": _("moved here lately"),
    "minor": _("minor"),
    "foreigner": _("foreigner with a residence card"),
    "old_codes": _("address with unit codes from before 1 July 2025"),
    "split": _("address in a commune that was split"),
    "deceased": _("deceased"),
    "mismatch": _("VNeID and the population database give different birth dates"),
    "no_residence": _("no current residence"),
    "year_only": _("only the year of birth is known"),
    "partial": _("the record is not complete"),
}
ALWAYS = {"SoDinhDanh", "HoVaTen", "NgayThangNamSinh", "QuocTich"}  # what a partial record holds
NUMBER_SECONDS = float(os.environ.get("NUMBER_SECONDS", "8"))  # from the question to a newborn's personal number
FIRST_NUMBER = 900_000  # the last six digits of numbers issued here


def full_name(row: dict[str, Any]) -> str:
    return " ".join(filter(None, (row["HoVaTen"][name] for name in ("Ho", "ChuDem", "Ten"))))


def fits(row: dict[str, Any], body: Body) -> bool:
    """Number, name and birth date must all fit; of people with a year only, the year."""
    born, said = row["NgayThangNamSinh"], str(body.get("NgayThangNam") or "")
    same_day = born["NgayThangNam"] == said if born.get("NgayThangNam") else bool(said) and born["Nam"] == said[:4]
    return bool(plain_name(full_name(row)) == body.get("HoVaTen") and same_day)


def find(body: Body) -> dict[str, Any] | None:
    row = BY_NUMBER.get(str(body.get("SoDinhDanh")))
    return row if row and fits(row, body) else None


@answers(Register.POPULATION)
def citizen(body: Body, fault: Fault) -> Answered:
    row = find(body)
    if row is None or fault is Fault.NO_MATCH:
        return {"CongDan": None}
    if fault is Fault.PARTIAL:
        return {"CongDan": {name: value for name, value in row.items() if name in ALWAYS}}
    if fault is Fault.OTHER_PERSON:
        return {"CongDan": next(other for other in BY_NUMBER.values() if other is not row)}
    return {"CongDan": row}


@dataclass(frozen=True)
class Wish:
    number: str
    ready_at: float


class Numbers:
    """One key, one number, however often it is asked for."""

    def __init__(self) -> None:
        self._wishes: dict[str, Wish] = {}
        self._lock = threading.Lock()

    def wish(self, key: str, body: Body) -> Wish:
        with self._lock:
            if key not in self._wishes:
                number = _number(body, FIRST_NUMBER + len(self._wishes))
                self._wishes[key] = Wish(number, time.time() + NUMBER_SECONDS)
            return self._wishes[key]

    def look(self, key: str) -> Wish | None:
        with self._lock:
            return self._wishes.get(key)


NUMBERS = Numbers()


def _number(body: Body, running: int) -> str:
    """The digit after the province tells century and sex, then comes the year of birth."""
    born = str(body.get("NgayThangNam") or "20260101")
    digit = 2 * (int(born[:2]) - 19) + (1 if body.get("GioiTinh") == "2" else 0)
    return f"000{digit}{born[2:4]}{running:06d}"


def _state(wish: Wish | None) -> Answered:
    if wish is None:
        return {"TrangThai": "khong-co"}
    if time.time() < wish.ready_at:
        return {"TrangThai": "cho"}
    moment = datetime.fromtimestamp(wish.ready_at, VIETNAM).strftime("%Y%m%d%H%M%S")
    return {"TrangThai": "xong", "SoDinhDanh": wish.number, "ThoiDiem": moment}


@answers(Register.NUMBERS)
def request_number(body: Body, fault: Fault) -> Answered:
    if not body.get("HoVaTen") or not body.get("NgayThangNam") or not body.get("GioiTinh"):
        return {"error_code": 2, "message": "Name, birth date or sex is missing."}
    known = [parent for parent in (part(body.get("Me")), part(body.get("Cha"))) if parent.get("SoDinhDanh")]
    if any(parent["SoDinhDanh"] not in BY_NUMBER for parent in known):
        return {"error_code": 2, "message": "A parent's number is unknown."}
    wish = NUMBERS.wish(str(body["MaYeuCau"]), body)
    return {"TrangThai": "cho"} if fault is Fault.NO_MATCH else _state(wish)


@answers(Register.NUMBERS)
def number_status(body: Body, fault: Fault) -> Answered:
    return {"TrangThai": "cho"} if fault is Fault.NO_MATCH else _state(NUMBERS.look(str(body["MaYeuCau"])))


urlpatterns = [
    path("cong-dan", citizen),
    path("so-dinh-danh", request_number),
    path("so-dinh-danh/trang-thai", number_status),
]
