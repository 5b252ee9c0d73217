"""The explanation of a due moment, as data: `wording.py` says it in the reader's language."""

from dataclasses import dataclass
from datetime import date, datetime

from portal.calendar import wording
from portal.calendar.kinds import LineKind, WarningKind
from portal.calendar.limits import Limit
from portal.calendar.working import Why


@dataclass(frozen=True, slots=True)
class Line:
    """One step: the dates it speaks of, how much of the limit it counts, and what the sentence needs.

    `counted` is in days, or in seconds for limits in hours; `number` is the running total after this line.
    """

    kind: LineKind
    first: date
    last: date
    counted: int = 0
    number: int = 0
    why: Why | None = None
    was: Why | None = None
    name: str = ""
    source: str = ""
    start: datetime | None = None
    end: datetime | None = None
    limit: Limit | None = None

    @property
    def text(self) -> str:
        return wording.line(self)

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Caution:
    kind: WarningKind
    year: int = 0

    @property
    def text(self) -> str:
        return wording.warning(self)

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Due:
    """When the result is due, and why.

    While the clock stands still (`paused_since`), `moment` is the earliest it can become: as if the pause ended where
    it began. Nothing is late while the clock stands still.
    """

    moment: datetime
    lines: tuple[Line, ...]
    warnings: tuple[Caution, ...] = ()
    paused_since: datetime | None = None
    stopped_at: datetime | None = None
    limit: Limit | None = None

    @property
    def unit_is_hour(self) -> bool:
        """The limit runs around the clock."""
        return self.limit is not None and self.limit.unit == "hour" and not self.limit.same_day
