"""Names of what a line and a caution can say."""

from enum import StrEnum


class LineKind(StrEnum):
    START = "start"
    RESTART = "restart"
    LIMIT = "limit"
    PAUSE = "pause"
    ACCEPTANCE_DAY = "acceptance_day"
    COUNTED = "counted"
    COUNTED_TIME = "counted_time"
    SKIPPED = "skipped"
    PAUSED = "paused"
    CUTOFF = "cutoff"
    MONTH_END = "month_end"
    LAST_DAY = "last_day"
    EXTENSION = "extension"
    STOP = "stop"
    DUE = "due"
    # why a moment changed when the calendar did
    DAY_CHANGED = "day_changed"
    KEPT = "kept"
    MOVED = "moved"


class WarningKind(StrEnum):
    YEAR_MISSING = "year_missing"
    YEAR_COMPUTED = "year_computed"
    PAUSED = "paused"
    LATE_APOLOGY = "late_apology"
