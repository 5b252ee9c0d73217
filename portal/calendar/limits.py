"""What a rule allows: so many days, hours or months."""

from dataclasses import dataclass
from enum import StrEnum


class LimitUnit(StrEnum):
    WORKING_DAY = "working_day"
    DAY = "day"
    WORKING_HOUR = "working_hour"
    HOUR = "hour"
    MONTH = "month"


# Longer than any limit of Vietnamese administrative law; keeps a mistyped number from walking through centuries.
LONGEST = {
    LimitUnit.WORKING_DAY: 2_000,
    LimitUnit.DAY: 3_660,
    LimitUnit.WORKING_HOUR: 10_000,
    LimitUnit.HOUR: 87_840,
    LimitUnit.MONTH: 120,
}


class LimitError(ValueError):
    """The limit has no meaning: nothing, less than nothing, or longer than any law allows."""


@dataclass(frozen=True, slots=True)
class Limit:
    """`value` units. With `same_day` the result is due on the day itself; `value` is for display and the index."""

    value: int
    unit: LimitUnit
    same_day: bool = False

    def __post_init__(self) -> None:
        unit = LimitUnit(self.unit)
        object.__setattr__(self, "unit", unit)
        if isinstance(self.value, bool) or not isinstance(self.value, int):
            raise LimitError(f"A limit is a whole number, not {self.value!r}.")
        if not 1 <= self.value <= LONGEST[unit]:
            raise LimitError(f"A limit of {self.value} {unit} is outside 1 to {LONGEST[unit]}.")
