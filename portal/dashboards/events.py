"""Facts that this app records."""

from enum import StrEnum


class Fact(StrEnum):
    REBUILT = "dashboards.statistics.rebuilt"  # dossiers
    FROZEN = "dashboards.report.frozen"  # first, last, digest
