"""What may be seen and done here, and the closed lists of the figures. Pure data."""

from enum import StrEnum


class Capability(StrEnum):
    STATISTICS_VIEW = "dashboards.statistics.view"
    REPORT_FREEZE = "dashboards.report.freeze"


class Role(StrEnum):
    """Which part of a dossier a unit is counted for. NĐ 118/2025 Đ.14"""

    RECEIVING = "receiving"
    COMPETENT = "competent"
    RETURNING = "returning"


class Cause(StrEnum):
    """Where a dossier lost its time: with whoever went furthest beyond their own due moment."""

    SUPPLEMENTS = "supplements"  # asked for more than once
    UNTAKEN = "untaken"  # nobody has taken the open step
    RECEPTION = "reception"
    SPECIALIST = "specialist"
    LEADER = "leader"
    CLERK = "clerk"
    RETURNS = "returns"
    UNKNOWN = "unknown"


class Measure(StrEnum):
    """Everything that is counted. Of each there is a list that is as long as the figure says."""

    RECEIVED = "received"
    ONLINE = "online"
    DIGITISED = "digitised"
    REUSED = "reused"
    FINISHED = "finished"
    ON_TIME = "on_time"
    LATE = "late"
    OPEN = "open"
    OVERDUE = "overdue"
    DUE_SOON = "due_soon"
    PAUSED = "paused"
    WAITING = "waiting"


NOW = frozenset({Measure.OPEN, Measure.OVERDUE, Measure.DUE_SOON, Measure.PAUSED, Measure.WAITING})
