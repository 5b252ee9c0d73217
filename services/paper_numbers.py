"""What becomes of a code that was set aside on paper. Pure data."""

from enum import StrEnum


class NumberState(StrEnum):
    FREE = "free"
    USED = "used"
    VOID = "void"
