"""Their fields, our words. Names of the INIT message as provincial systems send it; what answers it is UNVERIFIED and
therefore our own adapter's, so that only this file changes when the texts become available.
"""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone

from services.gateways import BackOrder, Order, Said, Word

VERSION, PAY, DONG = "1.0.6", "PAY", "VND"
MOMENT = "%Y%m%d%H%M%S"  # 24 hours: 12 is a known source of wrong times
# In the order of the message, without MaXacThuc itself and the nested receipt.
INIT = (
    "LoaiBanTin", "PhienBan", "MaDoiTac", "MaThamChieu", "SoTien", "LoaiHinhThanhToan", "MaKenhThanhToan",
    "MaThietBi", "NgonNgu", "MaTienTe", "MaNganHang", "ThongTinGiaoDich", "ThoiGianGD", "Ip",
)  # fmt: skip  # as a paragraph
WORD = (
    "LoaiBanTin", "PhienBan", "MaDoiTac", "MaThamChieu", "SoTien", "MaGiaoDich", "TrangThai", "NoiDung",
    "TKThuHuong", "ThoiGianGD",
)  # fmt: skip  # as a paragraph
STATES = {"00": Said.PAID, "01": Said.FAILED, "02": Said.PENDING, "03": Said.SETTLED}
LONGEST, MOST_DONG = 500, 10**12
LIMITS = {"MaThamChieu": 40, "MaGiaoDich": 80, "TKThuHuong": 19}


class NonsenseError(ValueError):
    """Not what the contract says."""


class ForgedError(ValueError):
    """MaXacThuc is not that of the other fields."""


def seal(message: Mapping[str, Any], fields: tuple[str, ...], secret: str) -> str:
    """MaXacThuc: keyed hash of the values joined by |. Algorithm and order UNVERIFIED, hence the setting."""
    told = "|".join(str(message.get(name, "")) for name in fields)
    return hmac.new(secret.encode(), told.encode(), getattr(hashlib, settings.PAYMENT_HASH)).hexdigest()


def sealed(message: dict[str, Any], fields: tuple[str, ...]) -> dict[str, Any]:
    return message | {"MaXacThuc": seal(message, fields, settings.PAYMENT_SECRET)}


def init(order: Order) -> dict[str, Any]:
    message = {
        "LoaiBanTin": "INIT",
        "PhienBan": VERSION,
        "MaDoiTac": settings.PAYMENT_PARTNER,
        "MaThamChieu": order.reference,
        "SoTien": str(order.amount),
        "LoaiHinhThanhToan": PAY,
        "MaKenhThanhToan": "",
        "MaThietBi": "",
        "NgonNgu": order.language,
        "MaTienTe": DONG,
        "MaNganHang": "",
        "ThongTinGiaoDich": order.purpose,
        "ThoiGianGD": timezone.localtime(order.at).strftime(MOMENT),
        "Ip": order.ip,
    }
    return sealed(message, INIT) | {"ThongTinBienLai": _receipt(order)}


def _receipt(order: Order) -> dict[str, Any]:
    return {
        "MaDVC": f"{order.procedure_code}.01",
        "TenDVC": order.procedure_name,
        "MaTTHC": order.procedure_code,
        "TenTTHC": order.procedure_name,
        "MaDonVi": order.unit_code,
        "TenDonVi": order.unit_name,
        "MaHoSo": order.dossier,
        "TenTKThuHuong": order.account_name,
        "TKThuHuong": order.account,
        "MaNHThuHuong": order.bank,
        "HoTenNguoiNop": order.payer_name,
        "SoCMNDNguoiNop": order.payer_number,
        "DiaChiNguoiNop": order.payer_address,
        "NoiDungThanhToan": order.purpose,
        "PhiLePhi": [{"TenPhiLePhi": name, "SoTien": str(amount)} for name, amount in order.items],
        "DSKhoanNop": [{"NoiDung": name, "SoTien": str(amount)} for name, amount in order.items],
    }


def question(kind: str, reference: str) -> dict[str, Any]:
    """CHECK: what became of an order."""
    return sealed(_common(kind) | {"MaThamChieu": reference}, WORD)


def back(order: BackOrder) -> dict[str, Any]:
    """REFUND: `MaGiaoDich` is our own name for it, so that the same order twice is carried out once."""
    message = _common("REFUND") | {"MaThamChieu": order.payment, "MaGiaoDich": order.reference}
    return sealed(message | {"SoTien": str(order.amount)}, WORD)


def day(on: str) -> dict[str, Any]:
    """STATEMENT: everything of one day, yyyymmdd."""
    return sealed(_common("STATEMENT") | {"ThoiGianGD": on}, WORD)


def _common(kind: str) -> dict[str, Any]:
    return {"LoaiBanTin": kind, "PhienBan": VERSION, "MaDoiTac": settings.PAYMENT_PARTNER}


def word(message: object) -> Word:
    """A notice, an answer to a look-up, or a line of a statement. Raises ForgedError, NonsenseError."""
    if not isinstance(message, dict) or any(not isinstance(message.get(name, ""), str) for name in WORD):
        raise NonsenseError("no message")
    given = str(message.get("MaXacThuc", ""))
    expected = seal(message, WORD, settings.PAYMENT_SECRET)
    if not settings.PAYMENT_SECRET or not hmac.compare_digest(given.encode(), expected.encode()):
        raise ForgedError("MaXacThuc")
    if message.get("MaDoiTac") != settings.PAYMENT_PARTNER:
        raise ForgedError("MaDoiTac")
    said = STATES.get(message.get("TrangThai", ""))
    amount, bank_key = _amount(message.get("SoTien", "")), message.get("MaGiaoDich", "")
    if said is None or any(len(message.get(name, "")) > LIMITS.get(name, LONGEST) for name in WORD):
        raise NonsenseError("TrangThai, or a field too long")
    if said in {Said.PAID, Said.SETTLED} and (not bank_key or amount <= 0):
        raise NonsenseError("money without a name or an amount")
    return Word(
        reference=message.get("MaThamChieu", ""),
        said=said,
        amount=amount,
        bank_key=bank_key,
        content=message.get("NoiDung", ""),
        account=message.get("TKThuHuong", ""),
        at=_moment(message.get("ThoiGianGD", "")),
        raw=dict(message),
    )


def _amount(text: str) -> int:
    if not (text.isascii() and text.isdecimal()) or len(text) > 13:
        raise NonsenseError("SoTien")
    amount = int(text)
    if amount > MOST_DONG:
        raise NonsenseError("SoTien")
    return amount


def _moment(text: str) -> datetime | None:
    if not text:
        return None
    try:
        return timezone.make_aware(datetime.strptime(text, MOMENT))  # noqa: DTZ007  theirs has no zone: it is Vietnam's
    except ValueError as error:
        raise NonsenseError("ThoiGianGD") from error
