"""The personal store at the adapter: which papers of these kinds does this owner have?"""

from collections.abc import Mapping, Sequence
from typing import Any

from integrations.registers import client
from integrations.registers.mapping import parts

CHANNEL = "2"  # KenhThucHien: online


def papers(head: Mapping[str, str], codes: Sequence[str]) -> list[Mapping[str, Any]]:
    body = {
        **head,
        "SoDinhDanhChuSoHuu": head["SoDinhDanh"],
        "HoTenNguoiYeuCau": head["HoVaTen"],
        "SoDinhDanhNguoiYeuCau": head["SoDinhDanh"],
        "KenhThucHien": CHANNEL,
        "MaThuTuc": head["MaDVC"],
        "DanhSachDanhMucKetQua": [{"MaKetQua": code, "SoKyHieu": ""} for code in codes],
    }
    document = client.ask("issued_result", body)
    if not isinstance(document.get("DanhSachGiayToKetQua"), list):
        raise client.GarbageError("DanhSachGiayToKetQua is no list.")
    return parts(document["DanhSachGiayToKetQua"])
