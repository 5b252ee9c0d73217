"""States, actions and tables of transitions of this app. Pure data."""

from collections.abc import Set
from enum import StrEnum

from documents.events import Fact


class FileState(StrEnum):
    QUARANTINE = "quarantine"
    CLEAN = "clean"
    REFUSED = "refused"


class FileAction(StrEnum):
    MAKE = "make"
    HOLD = "hold"
    TAKE = "take"
    CLEAR = "clear"
    REFUSE = "refuse"


# action -> from which states, to which, what is recorded. No sources: the file is born so. Nothing leaves CLEAN or
# REFUSED: a file that turns out to be harmful later is another deed with another actor.
FILE_TRANSITIONS: dict[FileAction, tuple[Set[FileState], FileState, Fact]] = {
    FileAction.MAKE: (frozenset(), FileState.CLEAN, Fact.FILE_MADE),
    FileAction.HOLD: (frozenset(), FileState.QUARANTINE, Fact.FILE_UPLOADED),
    FileAction.TAKE: (frozenset(), FileState.CLEAN, Fact.FILE_UPLOADED),
    FileAction.CLEAR: (frozenset({FileState.QUARANTINE}), FileState.CLEAN, Fact.FILE_CLEARED),
    FileAction.REFUSE: (frozenset({FileState.QUARANTINE}), FileState.REFUSED, Fact.FILE_REFUSED),
}


class Capability(StrEnum):
    REGISTER_VIEW = "documents.register.view"
    REGISTER_NUMBER = "documents.register.number"
    REGISTER_ENTER = "documents.register.enter"
    REGISTER_VOID = "documents.register.void"
    REGISTER_CLOSE = "documents.register.close"
    REGISTER_RULE = "documents.register.rule"
