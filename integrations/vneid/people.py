"""Invented citizens of the sandbox. No real number starts with 000."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Person:
    """`claims` is what the provider says of them; `note` what the tester should know."""

    key: str
    note: str | Promise
    claims: dict[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return str(self.claims.get("TenDoanhNghiep") or self.claims["HoVaTen"])


def _person(key: str, note: str | Promise, *, number: str, name: str, born: str, level: int = 2, **more: Any) -> Person:
    claims = {
        "sub": f"thu-nghiem-{key}",
        "LoaiTaiKhoan": "1",
        "SoDinhDanh": number,
        "HoVaTen": name,
        "NgayThangNamSinh": born,
        "TechID": f"TECH-{key.upper()}",
        "TrangThai": "1",
        "loAs": f"LoA{level}",
        "IAL": str(level),
    }
    return Person(key, note, claims | more)


PEOPLE = (
    _person("ban", _("level 2, lives in Bắc Hà"), number="000185000001", name="Vàng Thị Ban", born="08/03/1985"),
    _person("sinh", _("level 1"), number="000090000002", name="Giàng A Sình", born="19/07/1990", level=1),
    _person("binh", _("level 2, 76 years old"), number="000050000003", name="Trần Văn Bình", born="02/09/1950"),
    _person("may", _("level 2, recently moved"), number="000198000004", name="Lý Tả Mẩy", born="27/11/1998"),
    _person(
        "khang",
        _("level 1, 12 years old, with a guardian"),
        number="000214000005",
        name="Vàng Minh Khang",
        born="15/05/2014",
        level=1,
        SoDinhDanhNguoiGiamHo="000185000001",
    ),
    _person(
        "sato",
        _("level 2, foreigner with a residence card"),
        number="000392000006",
        name="SATO HANAKO",
        born="11/02/1992",
        QuocTich="JPN",
        HoChieu="TZ0000006",
    ),
    _person(
        "hoptacxa",
        _("organisation"),
        number="",
        name="Lù Thị Dung",
        born="",
        LoaiTaiKhoan="2",
        MaSoDoanhNghiep="0000000007",
        TenDoanhNghiep="Hợp tác xã Mận Tam Hoa Bắc Hà",
    ),
    _person(
        "thang",
        _("level 2, account suspended"),
        number="000078000008",
        name="Hoàng Văn Thắng",
        born="30/04/1978",
        TrangThai="0",
    ),
)
BY_KEY = {person.key: person for person in PEOPLE}
