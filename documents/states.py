"""The lives of a file, a document, an ordered signature and a result: states, actions, one table for each. Pure data.

The order of a document's last steps is law: signed by a person, numbered and dated, sealed by the organ, issued.
NĐ 30/2020 Đ.13-18
"""

from collections.abc import Set
from dataclasses import dataclass
from enum import StrEnum

from documents.events import Fact


class FileState(StrEnum):
    QUARANTINE = "quarantine"
    CLEAN = "clean"
    REFUSED = "refused"
    REMOVED = "removed"  # by a rule of retention: its digest stays, its content goes


class FileAction(StrEnum):
    MAKE = "make"
    HOLD = "hold"
    TAKE = "take"
    CLEAR = "clear"
    REFUSE = "refuse"
    REMOVE = "remove"


# action -> from which states, to which, what is recorded. No sources: the file is born so. Nothing leaves CLEAN or
# REFUSED: a file that turns out to be harmful later is another deed with another actor.
FILE_TRANSITIONS: dict[FileAction, tuple[Set[FileState], FileState, Fact]] = {
    FileAction.MAKE: (frozenset(), FileState.CLEAN, Fact.FILE_MADE),
    FileAction.HOLD: (frozenset(), FileState.QUARANTINE, Fact.FILE_UPLOADED),
    FileAction.TAKE: (frozenset(), FileState.CLEAN, Fact.FILE_UPLOADED),
    FileAction.CLEAR: (frozenset({FileState.QUARANTINE}), FileState.CLEAN, Fact.FILE_CLEARED),
    FileAction.REFUSE: (frozenset({FileState.QUARANTINE}), FileState.REFUSED, Fact.FILE_REFUSED),
    FileAction.REMOVE: (frozenset(FileState) - {FileState.REMOVED}, FileState.REMOVED, Fact.FILE_REMOVED),
}


class DocumentState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    REVIEWED = "reviewed"
    CHECKED = "checked"
    APPROVED = "approved"
    SIGNED = "signed"
    NUMBERED = "numbered"
    SEALED = "sealed"
    ISSUED = "issued"
    REPLACED = "replaced"
    REVOKED = "revoked"
    CANCELLED = "cancelled"


class Capability(StrEnum):
    DOCUMENT_VIEW = "documents.document.view"
    DOCUMENT_DRAFT = "documents.document.draft"
    DOCUMENT_REVIEW = "documents.document.review"
    DOCUMENT_CHECK = "documents.document.check"
    DOCUMENT_RETURN = "documents.document.return"
    DOCUMENT_SIGN = "documents.document.sign"
    DOCUMENT_NUMBER = "documents.document.number"
    DOCUMENT_SEAL = "documents.document.seal"
    DOCUMENT_ISSUE = "documents.document.issue"
    DOCUMENT_REVOKE = "documents.document.revoke"
    RESULT_SEARCH = "documents.result.search"
    REGISTER_VIEW = "documents.register.view"
    REGISTER_NUMBER = "documents.register.number"
    REGISTER_ENTER = "documents.register.enter"
    REGISTER_VOID = "documents.register.void"
    REGISTER_CLOSE = "documents.register.close"
    REGISTER_RULE = "documents.register.rule"


class Action(StrEnum):
    REVISE = "revise"
    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    REVIEW = "review"
    CHECK = "check"
    APPROVE = "approve"
    RETURN = "return"
    CANCEL = "cancel"
    CALL_OFF = "call_off"
    SIGN = "sign"
    NUMBER = "number"
    SEAL = "seal"
    ISSUE = "issue"
    REPLACE = "replace"
    REVOKE = "revoke"


@dataclass(frozen=True, slots=True)
class Transition:
    sources: Set[DocumentState]
    target: DocumentState
    capability: Capability
    fact: Fact


S, C = DocumentState, Capability
UNDER_WAY = frozenset({S.SUBMITTED, S.REVIEWED, S.CHECKED, S.APPROVED, S.SIGNED, S.NUMBERED, S.SEALED})
ISSUED_ONCE = frozenset({S.ISSUED, S.REPLACED, S.REVOKED})


def _from(*sources: DocumentState) -> frozenset[DocumentState]:
    return frozenset(sources)


TRANSITIONS: dict[Action, Transition] = {
    Action.REVISE: Transition(_from(S.DRAFT), S.DRAFT, C.DOCUMENT_DRAFT, Fact.DOCUMENT_REVISED),
    Action.SUBMIT: Transition(_from(S.DRAFT), S.SUBMITTED, C.DOCUMENT_DRAFT, Fact.DOCUMENT_SUBMITTED),
    Action.WITHDRAW: Transition(_from(S.SUBMITTED), S.DRAFT, C.DOCUMENT_DRAFT, Fact.DOCUMENT_WITHDRAWN),
    Action.REVIEW: Transition(_from(S.SUBMITTED), S.REVIEWED, C.DOCUMENT_REVIEW, Fact.DOCUMENT_REVIEWED),
    Action.CHECK: Transition(_from(S.REVIEWED), S.CHECKED, C.DOCUMENT_CHECK, Fact.DOCUMENT_CHECKED),
    # Whoever may sign approves, and any later change goes back to them. NĐ 30/2020 Đ.11
    Action.APPROVE: Transition(_from(S.CHECKED), S.APPROVED, C.DOCUMENT_SIGN, Fact.DOCUMENT_APPROVED),
    Action.RETURN: Transition(UNDER_WAY, S.DRAFT, C.DOCUMENT_RETURN, Fact.DOCUMENT_RETURNED),
    Action.CANCEL: Transition(_from(S.DRAFT), S.CANCELLED, C.DOCUMENT_DRAFT, Fact.DOCUMENT_CANCELLED),
    # The dossier that asked for it was withdrawn or stopped: no person's right, the end of the dossier decides.
    # NĐ 118/2025 Đ.21
    Action.CALL_OFF: Transition(UNDER_WAY | {S.DRAFT}, S.CANCELLED, C.DOCUMENT_DRAFT, Fact.DOCUMENT_CALLED_OFF),
    Action.SIGN: Transition(_from(S.APPROVED), S.SIGNED, C.DOCUMENT_SIGN, Fact.DOCUMENT_SIGNED),
    Action.NUMBER: Transition(_from(S.SIGNED), S.NUMBERED, C.DOCUMENT_NUMBER, Fact.DOCUMENT_NUMBERED),
    Action.SEAL: Transition(_from(S.NUMBERED), S.SEALED, C.DOCUMENT_SEAL, Fact.DOCUMENT_SEALED),
    Action.ISSUE: Transition(_from(S.SEALED), S.ISSUED, C.DOCUMENT_ISSUE, Fact.DOCUMENT_ISSUED),
    Action.REPLACE: Transition(_from(S.ISSUED), S.REPLACED, C.DOCUMENT_REVOKE, Fact.DOCUMENT_REPLACED),
    Action.REVOKE: Transition(_from(S.ISSUED), S.REVOKED, C.DOCUMENT_REVOKE, Fact.DOCUMENT_REVOKED),
}


class Goal(StrEnum):
    """How far one ordered job brings its document. COMPLETE is number, seal and issue in one."""

    SIGN = "sign"
    NUMBER = "number"
    SEAL = "seal"
    COMPLETE = "complete"


# goal -> the steps on its way, in their order; a job begins with the first that its document has not taken yet
STEPS: dict[Goal, tuple[Action, ...]] = {
    Goal.SIGN: (Action.APPROVE, Action.SIGN),
    Goal.NUMBER: (Action.NUMBER,),
    Goal.SEAL: (Action.SEAL,),
    Goal.COMPLETE: (Action.NUMBER, Action.SEAL, Action.ISSUE),
}


def steps_left(goal: Goal, state: DocumentState) -> tuple[Action, ...]:
    """What is still to be done on the way to the goal; empty when this state is not on that way."""
    steps = STEPS[goal]
    for index, action in enumerate(steps):
        if state in TRANSITIONS[action].sources:
            return steps[index:]
    return ()


class ItemState(StrEnum):
    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class ItemAction(StrEnum):
    FINISH = "finish"
    FAIL = "fail"
    CANCEL = "cancel"


ITEM_TRANSITIONS: dict[ItemAction, tuple[Set[ItemState], ItemState, Fact]] = {
    ItemAction.FINISH: (frozenset({ItemState.WAITING}), ItemState.DONE, Fact.ITEM_DONE),
    ItemAction.FAIL: (frozenset({ItemState.WAITING}), ItemState.FAILED, Fact.ITEM_FAILED),
    ItemAction.CANCEL: (frozenset({ItemState.WAITING}), ItemState.CANCELLED, Fact.ITEM_CANCELLED),
}


class ResultState(StrEnum):
    VALID = "valid"
    REPLACED = "replaced"
    REVOKED = "revoked"


class ResultAction(StrEnum):
    REPLACE = "replace"
    REVOKE = "revoke"


RESULT_TRANSITIONS: dict[ResultAction, tuple[Set[ResultState], ResultState, Fact]] = {
    ResultAction.REPLACE: (frozenset({ResultState.VALID}), ResultState.REPLACED, Fact.RESULT_REPLACED),
    ResultAction.REVOKE: (frozenset({ResultState.VALID}), ResultState.REVOKED, Fact.RESULT_REVOKED),
}
