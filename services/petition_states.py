"""The life of a petition: states, deeds, and one table of who may take which step. Pure data.

The states are those of the national system (QĐ 766/QĐ-TTg, index 5.2), and three in which a petition ends besides:
closed without being published, merged into another one, not completed or withdrawn by whoever sent it.
"""

from dataclasses import dataclass
from enum import StrEnum

from services.events import Fact


class PetitionState(StrEnum):
    WAITING = "waiting"  # nobody has received it yet
    PROCESSING = "processing"
    SUPPLEMENT = "supplement"
    ANSWERED = "answered"  # waits for its publication
    PUBLISHED = "published"
    REFUSED = "refused"
    FORWARDED = "forwarded"  # on its way to another unit, which answers for it from this moment on
    CLOSED = "closed"  # answered to the person alone
    MERGED = "merged"
    LAPSED = "lapsed"  # what was asked for did not come in time
    WITHDRAWN = "withdrawn"


class PetitionSide(StrEnum):
    """Who takes the step."""

    ANYBODY = "anybody"  # whoever sends it in, or somebody at the desk for them
    FILER = "filer"
    UNIT = "unit"  # whoever may handle petitions at the unit that answers for it, before anybody holds it
    HOLDER = "holder"  # who holds it
    HEAD = "head"
    SYSTEM = "system"


class PetitionAction(StrEnum):
    FILE = "file"
    RECEIVE = "receive"
    ASK = "ask"
    SUPPLEMENT = "supplement"
    LAPSE = "lapse"
    WITHDRAW = "withdraw"
    REFUSE = "refuse"
    FORWARD = "forward"
    ANSWER = "answer"
    PUBLISH = "publish"
    CLOSE = "close"
    RETRACT = "retract"
    MERGE = "merge"


class ClockKind(StrEnum):
    """What the law times (QĐ 766/QĐ-TTg, index 5.2; NĐ 20/2008 Đ.9)."""

    REFUSE = "refuse"
    ASK = "ask"
    ANSWER = "answer"
    PUBLISH = "publish"
    FORWARD = "forward"


class ClockOutcome(StrEnum):
    RUNNING = ""
    MET = "met"  # the deed was done; whether in time, `breached_at` says
    DROPPED = "dropped"  # another deed made it needless


@dataclass(frozen=True, slots=True)
class PetitionTransition:
    """`sources` empty: the petition is born. `ends` is the clock that the deed meets."""

    sources: frozenset[PetitionState]
    target: PetitionState
    side: PetitionSide
    fact: Fact
    ends: ClockKind | None = None


def _from(*sources: PetitionState) -> frozenset[PetitionState]:
    return frozenset(sources)


S, A, F, K, T = PetitionState, PetitionAction, Fact, ClockKind, PetitionTransition
OPEN = frozenset({S.WAITING, S.PROCESSING, S.SUPPLEMENT, S.ANSWERED, S.FORWARDED})
CLOSED = frozenset(S) - OPEN
UNTAKEN = (S.WAITING, S.FORWARDED)
ANSWER_SENT = frozenset({S.ANSWERED, S.PUBLISHED, S.CLOSED})
# Everything that is not listed is refused.
PETITION_TRANSITIONS: dict[PetitionAction, PetitionTransition] = {
    A.FILE: T(_from(), S.WAITING, PetitionSide.ANYBODY, F.PETITION_FILED),
    A.RECEIVE: T(_from(*UNTAKEN), S.PROCESSING, PetitionSide.UNIT, F.PETITION_RECEIVED),
    A.ASK: T(_from(S.PROCESSING), S.SUPPLEMENT, PetitionSide.HOLDER, F.PETITION_SUPPLEMENT_ASKED, K.ASK),
    A.SUPPLEMENT: T(_from(S.SUPPLEMENT), S.PROCESSING, PetitionSide.FILER, F.PETITION_SUPPLEMENTED),
    A.LAPSE: T(_from(S.SUPPLEMENT), S.LAPSED, PetitionSide.SYSTEM, F.PETITION_LAPSED),
    A.WITHDRAW: T(_from(*UNTAKEN, S.PROCESSING, S.SUPPLEMENT), S.WITHDRAWN, PetitionSide.FILER, F.PETITION_WITHDRAWN),
    A.REFUSE: T(_from(*UNTAKEN, S.PROCESSING), S.REFUSED, PetitionSide.HOLDER, F.PETITION_REFUSED, K.REFUSE),
    A.FORWARD: T(_from(*UNTAKEN, S.PROCESSING), S.FORWARDED, PetitionSide.HOLDER, F.PETITION_FORWARDED, K.FORWARD),
    A.ANSWER: T(_from(S.PROCESSING), S.ANSWERED, PetitionSide.HOLDER, F.PETITION_ANSWERED, K.ANSWER),
    A.PUBLISH: T(_from(S.ANSWERED), S.PUBLISHED, PetitionSide.HEAD, F.PETITION_PUBLISHED, K.PUBLISH),
    A.CLOSE: T(_from(S.ANSWERED), S.CLOSED, PetitionSide.HEAD, F.PETITION_CLOSED),
    A.RETRACT: T(_from(S.PUBLISHED), S.CLOSED, PetitionSide.HEAD, F.PETITION_RETRACTED),
    A.MERGE: T(_from(*UNTAKEN, S.PROCESSING), S.MERGED, PetitionSide.HOLDER, F.PETITION_MERGED),
}


class ReplyState(StrEnum):
    """What became of a low rating: its head has to answer, or has."""

    OPEN = "open"
    ANSWERED = "answered"
