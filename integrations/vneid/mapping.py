"""Their claims, our words. Names of the claims as the national portal's and VNeID's connection guides have them."""

import re
from datetime import date, datetime
from typing import Any

from portal.accounts.identity import Claims, Reason, RefusedError

PERSONAL_NUMBER = re.compile(r"[0-9]{12}")
ORGANISATION_NUMBER = re.compile(r"[0-9]{10}(-?[0-9]{3})?")
PERSON_ACCOUNT = "1"  # LoaiTaiKhoan; everything else is an organisation
ACTIVE = {"1", "active", "hoatdong"}  # TrangThai; absent means active
LEVEL = re.compile(r"(?:loa|muc)?\s*([12])", re.IGNORECASE)
LONGEST_NAME = 200


def to_claims(said: dict[str, Any], *, issuer: str) -> Claims:
    """What the provider said, checked and in our shape. Raises RefusedError(MISSING_CLAIM | SUSPENDED)."""
    if _text(said, "TrangThai", "1").lower() not in ACTIVE:
        raise RefusedError(Reason.SUSPENDED)
    party, number = _number(said)
    name = " ".join(_text(said, "HoVaTen" if party == "person" else "TenDoanhNghiep").split())
    level = LEVEL.fullmatch(_text(said, "loAs") or _text(said, "IAL"))
    if not number or not name or level is None:
        raise RefusedError(Reason.MISSING_CLAIM)
    return Claims(
        issuer=issuer,
        subject=_text(said, "sub"),
        party=party,
        number=number,
        name=name[:LONGEST_NAME],
        birth_on=_day(_text(said, "NgayThangNamSinh")),
        tech_id=_text(said, "TechID")[:100],
        level=int(level.group(1)),
    )


def _text(said: dict[str, Any], claim: str, default: str = "") -> str:
    value = said.get(claim, default)
    return str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _number(said: dict[str, Any]) -> tuple[str, str]:
    """Foreigners with a residence card have a personal number too; organisations their own or the tax number."""
    if _text(said, "LoaiTaiKhoan") == PERSON_ACCOUNT:
        number = _text(said, "SoDinhDanh")
        return "person", number if PERSONAL_NUMBER.fullmatch(number) else ""
    number = _text(said, "MaSoDoanhNghiep") or _text(said, "MaSoThue")
    return "organisation", number if ORGANISATION_NUMBER.fullmatch(number) else ""


def _day(text: str) -> date | None:
    for shape in ("%d/%m/%Y", "%Y-%m-%d", "%Y%m%d"):
        try:
            return datetime.strptime(text, shape).date()  # noqa: DTZ007  a birthday has no time zone
        except ValueError:
            continue
    return None
