"""What the trial authority can do wrong on request."""

from enum import StrEnum


class Fault(StrEnum):
    NONE = ""
    DOWN = "down"
    SLOW = "slow"
    GARBAGE = "garbage"
