"""The dated settings as `Rules`: one for every stretch of time in which no setting changes."""

from collections.abc import Iterable, Sequence
from datetime import date, time
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from portal.calendar.fixture import DEFAULT_SETTINGS
from portal.calendar.working import Rules

Row = dict[str, Any]
YES_NO = {"yes": True, "no": False}


def check(name: str, value: str) -> None:
    """ValueError when the value is none that the setting can have."""
    if name == "time_zone":
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError) as problem:
            raise ValueError(f"{value!r} is no time zone.") from problem
        return
    _rules({**{key: default for key, (default, _) in DEFAULT_SETTINGS.items()}, name: value}, date.min, None)


def rules_of(rows: Sequence[Row], units: Sequence[int | None]) -> tuple[tuple[Rules, ...], str]:
    """The rules in the order of time, and the zone. `rows` have name, value, unit_id, first and until (ISO or null).

    `units` are nearest first; None is the country.
    """
    starts = sorted({date.min, *_dates(rows, "first"), *_dates(rows, "until")})
    ends: list[date | None] = [*starts[1:], None]
    rules = tuple(
        _rules(_values_on(first, rows, units), first, until) for first, until in zip(starts, ends, strict=True)
    )
    return rules, _values_on(starts[-1], rows, units)["time_zone"]


def _dates(rows: Iterable[Row], key: str) -> set[date]:
    return {date.fromisoformat(row[key]) for row in rows if row[key]}


def _values_on(on: date, rows: Sequence[Row], units: Sequence[int | None]) -> dict[str, str]:
    values = {name: default for name, (default, _) in DEFAULT_SETTINGS.items()}
    for unit_id in reversed(units):
        for row in rows:
            begun = not row["first"] or date.fromisoformat(row["first"]) <= on
            over = row["until"] and date.fromisoformat(row["until"]) <= on
            if row["unit_id"] == unit_id and begun and not over:
                values[row["name"]] = row["value"]
    return values


def _rules(values: dict[str, str], first: date, until: date | None) -> Rules:
    days, extensions = int(values["supplement_wait_days"]), int(values["max_extensions"])
    if not 1 <= days <= 366 or not 0 <= extensions <= 9:
        raise ValueError("The wait is 1 to 366 days, and a due date is set anew at most 9 times.")
    if values["last_day_moves"] not in YES_NO:
        raise ValueError(f"{values['last_day_moves']!r} is neither yes nor no.")
    return Rules(
        same_day_cutoff=time.fromisoformat(values["same_day_cutoff"]),
        supplement_wait_days=days,
        max_extensions=extensions,
        last_day_moves=YES_NO[values["last_day_moves"]],
        first=first,
        until=until,
    )
