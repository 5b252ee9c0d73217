"""The fixed vocabulary of administrative units. Names of types are proper names: Vietnamese in every language."""

from enum import StrEnum


class Level(StrEnum):
    COUNTRY = "country"
    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"


class UnitType(StrEnum):
    COUNTRY = "quoc_gia"
    PROVINCE = "tinh"
    CENTRAL_CITY = "thanh_pho_truc_thuoc_trung_uong"
    RURAL_DISTRICT = "huyen"
    URBAN_DISTRICT = "quan"
    TOWN = "thi_xa"
    CITY = "thanh_pho"
    COMMUNE = "xa"
    WARD = "phuong"
    TOWNSHIP = "thi_tran"
    SPECIAL_ZONE = "dac_khu"


LABELS: dict[str, str] = {
    UnitType.COUNTRY: "",
    UnitType.PROVINCE: "Tỉnh",
    UnitType.CENTRAL_CITY: "Thành phố",
    UnitType.RURAL_DISTRICT: "Huyện",
    UnitType.URBAN_DISTRICT: "Quận",
    UnitType.TOWN: "Thị xã",
    UnitType.CITY: "Thành phố",
    UnitType.COMMUNE: "Xã",
    UnitType.WARD: "Phường",
    UnitType.TOWNSHIP: "Thị trấn",
    UnitType.SPECIAL_ZONE: "Đặc khu",
}

LEVEL_OF: dict[str, Level] = {
    UnitType.COUNTRY: Level.COUNTRY,
    UnitType.PROVINCE: Level.PROVINCE,
    UnitType.CENTRAL_CITY: Level.PROVINCE,
    UnitType.RURAL_DISTRICT: Level.DISTRICT,
    UnitType.URBAN_DISTRICT: Level.DISTRICT,
    UnitType.TOWN: Level.DISTRICT,
    UnitType.CITY: Level.DISTRICT,
    UnitType.COMMUNE: Level.COMMUNE,
    UnitType.WARD: Level.COMMUNE,
    UnitType.TOWNSHIP: Level.COMMUNE,
    UnitType.SPECIAL_ZONE: Level.COMMUNE,
}


class Scheme(StrEnum):
    """Systems of codes. `nso`: statistics office; `axis`: electronic identifiers (mã định danh điện tử)."""

    NSO = "nso"
    AXIS = "axis"
    TAX = "tax"
    BUDGET = "budget"
    POSTAL = "postal"


class ActKind(StrEnum):
    LOAD = "load"
    CREATE = "create"
    MERGE = "merge"
    SPLIT = "split"
    BOUNDARY = "boundary"
    RENAME = "rename"
    RETYPE = "retype"
    TRANSFER = "transfer"  # another parent
    CESSION = "cession"  # parts of units go to others
    ABOLISH = "abolish"
    CORRECT = "correct"


class Share(StrEnum):
    """How much of the old unit went into the new one."""

    WHOLE = "whole"
    PART = "part"
    BOUNDARY = "boundary"


def full_name(type: str, name: str) -> str:
    """`phuong`, "Ba Đình" → "Phường Ba Đình". Types stand apart from names: Phường 1 is `phuong`, "1"."""
    return f"{LABELS[type]} {name}".lstrip()
