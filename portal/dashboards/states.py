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


class Span(StrEnum):
    """How long a sum reaches."""

    MONTH = "month"
    YEAR = "year"


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
    FULL_ONLINE = "full_online"
    ONLINE_RESULT = "online_result"
    COMPLETE = "complete"
    USED_POPULATION = "used_population"
    USED_STORE = "used_store"
    FEE_DUE = "fee_due"
    PAID_ONLINE = "paid_online"
    FINISHED = "finished"
    ON_TIME = "on_time"
    LATE = "late"
    KEPT_TIME = "kept_time"
    ON_PAPER = "on_paper"
    WITH_RESULT = "with_result"
    DISLIKED = "disliked"
    DISPLEASED = "displeased"
    INDEX_LATE = "index_late"
    OPEN = "open"
    OVERDUE = "overdue"
    DUE_SOON = "due_soon"
    PAUSED = "paused"
    WAITING = "waiting"


NOW = frozenset({Measure.OPEN, Measure.OVERDUE, Measure.DUE_SOON, Measure.PAUSED, Measure.WAITING})
CAME = (
    Measure.RECEIVED, Measure.ONLINE, Measure.DIGITISED, Measure.REUSED, Measure.FULL_ONLINE, Measure.ONLINE_RESULT,
    Measure.COMPLETE, Measure.USED_POPULATION, Measure.USED_STORE, Measure.FEE_DUE, Measure.PAID_ONLINE,
)  # fmt: skip
WENT = (
    Measure.FINISHED, Measure.ON_TIME, Measure.LATE, Measure.KEPT_TIME, Measure.ON_PAPER, Measure.WITH_RESULT,
    Measure.DISLIKED, Measure.DISPLEASED,
)  # fmt: skip


class PetitionMeasure(StrEnum):
    """What is counted of petitions; of each there is a list that is as long."""

    FILED = "filed"
    SORTED = "sorted"  # of a type that has a name
    ANSWERABLE = "answerable"  # handled or due in the period
    KEPT = "kept"  # of these: every limit of the law was met
    BROKEN = "broken"  # of these: one was not
    DISLIKED = "disliked"
    REPEATED = "repeated"
    LATE = "late"  # of those filed: a limit was not met
    LOWERING = "lowering"  # of those filed: disliked, repeated or late
