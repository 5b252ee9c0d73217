"""The life of one notification on one channel. Pure data."""

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
