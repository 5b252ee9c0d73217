"""The life of one notification on one channel, and of a code that confirms an address. Pure data."""

from dataclasses import dataclass
from enum import StrEnum

from portal.notifications.events import Fact


class State(StrEnum):
    PENDING = "pending"  # waits for its moment, or for a worker
    SENDING = "sending"  # handed over at least once; whether it arrived is known when it ends
    SENT = "sent"
    FAILED = "failed"  # the other side says no for good, or nobody can say what became of it
    DEAD = "dead"  # not handed over in all its tries
    MERGED = "merged"  # a newer one told its news before it went out


class Action(StrEnum):
    ORDER = "order"
    BEGIN = "begin"
    CONFIRM = "confirm"
    REFUSE = "refuse"
    GIVE_UP = "give_up"
    MERGE = "merge"
    SEND_AGAIN = "send_again"
    BOUNCE = "bounce"


class Reason(StrEnum):
    """Why it was not sent."""

    NONE = ""
    BAD_ADDRESS = "bad_address"
    NOT_ACCEPTED = "not_accepted"  # what it says, or who sends it
    OUTCOME_UNKNOWN = "outcome_unknown"  # cut off in the middle, and nobody to ask
    NO_ADDRESS = "no_address"  # the account is gone meanwhile


@dataclass(frozen=True, slots=True)
class Transition:
    """`sources` empty: the notification is born."""

    sources: frozenset[State]
    target: State
    fact: Fact


S = State
TRANSITIONS: dict[Action, Transition] = {
    Action.ORDER: Transition(frozenset(), S.PENDING, Fact.ORDERED),
    Action.BEGIN: Transition(frozenset({S.PENDING, S.DEAD}), S.SENDING, Fact.BEGUN),
    Action.CONFIRM: Transition(frozenset({S.SENDING}), S.SENT, Fact.SENT),
    Action.REFUSE: Transition(frozenset({S.SENDING}), S.FAILED, Fact.REFUSED),
    Action.GIVE_UP: Transition(frozenset({S.PENDING, S.SENDING}), S.DEAD, Fact.GIVEN_UP),
    Action.MERGE: Transition(frozenset({S.PENDING}), S.MERGED, Fact.MERGED),
    Action.SEND_AGAIN: Transition(frozenset({S.FAILED, S.DEAD}), S.PENDING, Fact.SENT_AGAIN),
    Action.BOUNCE: Transition(frozenset({S.SENT}), S.FAILED, Fact.BOUNCED),
}
STUCK = frozenset({S.FAILED, S.DEAD})  # what somebody has to look at
ENDED = frozenset({S.SENT, S.FAILED, S.DEAD, S.MERGED})


class CodeState(StrEnum):
    WAITING = "waiting"
    CONFIRMED = "confirmed"  # this address is this person's
    REPLACED = "replaced"  # a newer code was asked for
    LOCKED = "locked"  # wrong too often
    ENDED = "ended"  # entered after its time


class CodeAction(StrEnum):
    ASK = "ask"
    CONFIRM = "confirm"
    REPLACE = "replace"
    LOCK = "lock"
    END = "end"


@dataclass(frozen=True, slots=True)
class CodeTransition:
    sources: frozenset[CodeState]
    target: CodeState
    fact: Fact


WAITING = frozenset({CodeState.WAITING})
CODE_TRANSITIONS: dict[CodeAction, CodeTransition] = {
    CodeAction.ASK: CodeTransition(frozenset(), CodeState.WAITING, Fact.CODE_ASKED),
    CodeAction.CONFIRM: CodeTransition(WAITING, CodeState.CONFIRMED, Fact.ADDRESS_CONFIRMED),
    CodeAction.REPLACE: CodeTransition(WAITING, CodeState.REPLACED, Fact.CODE_REPLACED),
    CodeAction.LOCK: CodeTransition(WAITING, CodeState.LOCKED, Fact.CODE_LOCKED),
    CodeAction.END: CodeTransition(WAITING, CodeState.ENDED, Fact.CODE_ENDED),
}
