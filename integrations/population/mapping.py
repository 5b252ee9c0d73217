"""CongDan in our words. Religion and blood group are never taken over: no procedure of a commune needs them."""

from collections.abc import Mapping
from typing import Any

from integrations.registers import codes
from integrations.registers.client import GarbageError
from integrations.registers.mapping import (
    address,
    day,
    day_text,
    number,
    part,
    plain_name,
    relative,
    text,
    without_nothing,
)
from services.sources import Newborn, Question, Who

PERSON = (
    "name",
    "birth_on",
    "birth_year",
    "sex",
    "ethnicity",
    "nationality",
    "marital_status",
    "id_number",
    "old_id_number",
    "birth_place",
    "origin",
    "residence",
    "current_residence",
    "father",
    "mother",
    "spouse",
)


def full_name(value: object) -> str:
    said = part(value)
    return " ".join(filter(None, (text(said.get(name)) for name in ("Ho", "ChuDem", "Ten"))))


def person(said: Mapping[str, Any], question: Question) -> tuple[str, dict[str, Any]]:
    """Reference and values. Raises GarbageError when the answer is about somebody else: it must be shown to nobody."""
    name, born = full_name(said.get("HoVaTen")), part(said.get("NgayThangNamSinh"))
    if number(said.get("SoDinhDanh")) != question.who.number or plain_name(name) != plain_name(question.who.name):
        raise GarbageError("The answer is about somebody else.")
    birth_on, year = day(born.get("NgayThangNam")), text(born.get("Nam"))[:4]
    values = {
        "name": name,
        "birth_on": birth_on.isoformat() if birth_on else "",
        "birth_year": int(year) if year.isdecimal() else None,
        "sex": codes.sex(text(said.get("GioiTinh"))),
        "ethnicity": codes.ethnicity(text(said.get("DanToc"))),
        "nationality": codes.nationality(text(said.get("QuocTich"))),
        "marital_status": codes.marital_status(text(said.get("TinhTrangHonNhan"))),
        "id_number": question.who.number,
        "old_id_number": text(said.get("SoCMND")),
        "birth_place": address(said.get("NoiDangKyKhaiSinh")),
        "origin": address(said.get("QueQuan")),
        "residence": address(said.get("ThuongTru")),
        "current_residence": address(said.get("NoiOHienTai")),
        "father": relative(said.get("Cha")),
        "mother": relative(said.get("Me")),
        "spouse": relative(said.get("VoChong")),
    }
    return str(question.id), without_nothing(values)


def newborn(child: Newborn) -> dict[str, Any]:
    """The request for a number. Mother and father by their numbers where they have some."""
    ethnic = {name: code for code, name in codes.ETHNICITIES.items()}
    sexes = {ours: theirs for theirs, ours in codes.SEXES.items()}
    return {
        "HoVaTen": child.name,
        "NgayThangNam": day_text(child.birth_on),
        "GioiTinh": sexes.get(child.sex, ""),
        "DanToc": child.ethnicity if child.ethnicity in codes.ETHNICITIES else ethnic.get(child.ethnicity, ""),
        "QuocTich": child.nationality,
        "Me": _parent(child.mother),
        "Cha": _parent(child.father),
        "SoDangKyKhaiSinh": child.birth_entry,
    }


def _parent(who: Who | None) -> dict[str, str] | None:
    if who is None:
        return None
    return {"HoVaTen": who.name, "SoDinhDanh": who.number, "NgaySinh": day_text(who.birth_on)}
