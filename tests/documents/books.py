"""Entries of register books, as the clerk of An makes them."""

from datetime import UTC, date, datetime
from typing import Any

from documents.models import RegisterEntry
from documents.operations.registers import BookKind, EntryRow, register_incoming, take_number
from tests.cast import Cast

# WeasyPrint leaves its colour profile open; the engine of `documents.pdf` decides how it is loaded.
LEFT_OPEN = "ignore:Exception ignored in. <_io.FileIO:pytest.PytestUnraisableExceptionWarning"
NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)  # a Friday
TODAY = date(2026, 11, 20)
DECISION = EntryRow(
    notation="QĐ-UBND",
    subject="Quyết định về việc phê duyệt quy chế làm việc",
    signer="Nguyễn Văn Thành",
    recipients="Như Điều 3; Lưu: VT, VP",
    keeper="Văn phòng",
    copies=5,
    type_code="decision",
)
LETTER = EntryRow(
    author="Sở Nội vụ",
    reference="1024/SNV-CCHC",
    reference_on=date(2026, 11, 18),
    subject="Công văn về việc báo cáo cải cách hành chính",
    recipients="Văn phòng",
)


def outgoing(people: Cast, **changes: Any) -> RegisterEntry:
    asked: dict[str, Any] = {
        "unit_id": people.home,
        "kind": BookKind.OUTGOING,
        "series": "general",
        "dated_on": TODAY,
        "row": DECISION,
        "actor": people.clerk.user,
        "now": NOW,
    }
    return take_number(**(asked | changes))


def incoming(people: Cast, **changes: Any) -> RegisterEntry:
    asked: dict[str, Any] = {
        "unit_id": people.home,
        "row": LETTER,
        "arrived_on": TODAY,
        "actor": people.clerk.user,
        "now": NOW,
    }
    return register_incoming(**(asked | changes))
