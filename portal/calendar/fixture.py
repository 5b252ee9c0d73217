"""The days off that the portal ships with, and the law's default settings: facts with their sources."""

import csv
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from portal.calendar.working import DayKind

FILE = Path(__file__).parent / "data" / "calendar.csv"
# What the first installation brings counts as known since then: nobody has asked the portal anything before.
KNOWN_SINCE = datetime(2025, 1, 1, tzinfo=UTC)
RECORDED_BY = "system:command"

DEFAULT_SESSIONS = [["07:30", "11:30"], ["13:30", "17:00"]]
DEFAULT_HOURS_SOURCE = "Mặc định của hệ thống; áp dụng khi địa phương chưa có quyết định về giờ làm việc"
# name -> (value, source)
DEFAULT_SETTINGS = {
    "time_zone": ("Asia/Ho_Chi_Minh", "Giờ chính thức của Việt Nam, UTC+7"),
    "same_day_cutoff": ("15:00", "Luật Hộ tịch 60/2014 Đ.5.3; NĐ 23/2015 Đ.7"),
    "supplement_wait_days": ("15", "NĐ 118/2025 Đ.19.5"),
    "max_extensions": ("1", "NĐ 118/2025 Đ.19.6"),
    "last_day_moves": ("yes", "BLDS 2015 Đ.148.5"),
}


@dataclass(frozen=True, slots=True)
class FixtureDay:
    date: date
    kind: DayKind
    name: str
    source: str
    verified: bool


def read(path: Path = FILE) -> list[FixtureDay]:
    """The rows of a calendar file. ValueError names the line that cannot be read."""
    days = []
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), start=2):
            try:
                day = FixtureDay(
                    date.fromisoformat(row["date"]),
                    DayKind(row["kind"]),
                    row["name"],
                    row["source"],
                    {"yes": True, "no": False}[row["verified"]],
                )
            except (KeyError, ValueError, TypeError) as problem:
                raise ValueError(f"{path.name}, line {number}: {problem}") from problem
            days.append(day)
    return days
