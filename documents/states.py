"""What posts may bring about documents and registers. Pure data."""

from enum import StrEnum


class Capability(StrEnum):
    REGISTER_VIEW = "documents.register.view"
    REGISTER_NUMBER = "documents.register.number"
    REGISTER_ENTER = "documents.register.enter"
    REGISTER_VOID = "documents.register.void"
    REGISTER_CLOSE = "documents.register.close"
    REGISTER_RULE = "documents.register.rule"
