"""What the registers have in common: how they write names, days and moments. All their values are texts."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from integrations.registers import codes
from services.sources import Question

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
MARKS = re.compile("[\u0300-\u036f]")
LONGEST = 300  # characters of one text
MOST = 50  # rows of one list
NUMBER = re.compile(r"[0-9]{12}")


def plain_name(name: str) -> str:
    """A name as the population database compares it: upper case A-Z, no accents, no spaces, Đ as D."""
    bare = MARKS.sub("", unicodedata.normalize("NFD", name.upper())).replace("Đ", "D")
    return "".join(letter for letter in bare if "A" <= letter <= "Z")


def day_text(day: date | None) -> str:
    return day.strftime("%Y%m%d") if day else ""


def day(value: object) -> date | None:
    """A day written yyyyMMdd; nothing for anything else, a day that never was among them."""
    written = text(value)
    if not re.fullmatch(r"[0-9]{8}", written):
        return None
    try:
        return date(int(written[:4]), int(written[4:6]), int(written[6:]))
    except ValueError:
        return None


def moment(value: object) -> datetime | None:
    """yyyyMMddHHmmss in the time of Vietnam."""
    written = text(value)
    on = day(written[:8])
    if on is None or not re.fullmatch(r"[0-9]{14}", written):
        return None
    hour, minute, second = (int(written[place : place + 2]) for place in (8, 10, 12))
    if hour > 23 or minute > 59 or second > 59:
        return None
    return datetime(on.year, on.month, on.day, hour, minute, second, tzinfo=VIETNAM)


def text(value: object) -> str:
    """A bounded text in NFC without what can't be printed; empty for anything that is no text."""
    if not isinstance(value, str):
        return ""
    words = "".join(letter if letter.isprintable() else " " for letter in unicodedata.normalize("NFC", value))
    return " ".join(words.split())[:LONGEST]


def number(value: object) -> str:
    """A personal number, or nothing: never something that only looks like one."""
    written = text(value)
    return written if NUMBER.fullmatch(written) else ""


def part(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def parts(value: object) -> list[Mapping[str, Any]]:
    rows = value[:MOST] if isinstance(value, list) else []
    return [one for one in rows if isinstance(one, dict)]


def head(question: Question, *, integration: str) -> dict[str, str]:
    """What every question begins with: who asks for whom, and for which service."""
    return {
        "MaTichHop": integration,
        "MaDVC": question.procedure,
        "MaCanBo": question.officer,
        "MaYeuCau": str(question.id),
        "SoDinhDanh": question.who.number,
        "HoVaTen": plain_name(question.who.name),
        "NgayThangNam": day_text(question.who.birth_on),
    }


def without_nothing(values: Mapping[str, Any]) -> dict[str, Any]:
    """Only what the register said: a value that it left out is not there, instead of being empty."""
    return {name: value for name, value in values.items() if value not in ("", None, [], {})}


def relative(value: object) -> dict[str, Any]:
    """A person as the entries of registers name them: only what is there."""
    said = part(value)
    born = day(said.get("NgaySinh"))
    return without_nothing(
        {
            "name": text(said.get("HoVaTen")),
            "id_number": number(said.get("SoDinhDanh")),
            "birth_on": born.isoformat() if born else "",
            "sex": codes.sex(text(said.get("GioiTinh"))),
            "ethnicity": codes.ethnicity(text(said.get("DanToc"))),
            "nationality": codes.nationality(text(said.get("QuocTich"))),
            "old_id_number": text(said.get("SoCMND")),
        }
    )


def address(value: object) -> dict[str, Any]:
    """Codes as the register wrote them, old ones of three levels among them; `services.prefill` resolves them."""
    said = part(value)
    return without_nothing(
        {
            "province_code": text(said.get("MaTinhThanh")),
            "district_code": text(said.get("MaQuanHuyen")),
            "commune_code": text(said.get("MaPhuongXa")),
            "detail": text(said.get("ChiTiet")),
            "country": text(said.get("QuocGia")),
        }
    )


def iso(value: object) -> str:
    """A day or moment of theirs as ISO 8601; empty when it is none."""
    found = moment(value) or day(value)
    return found.isoformat() if found else ""
