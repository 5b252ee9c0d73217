"""The life of a reorganisation act. Pure data: who may do what lies in `policies`, how it is done in `operations`."""

from dataclasses import dataclass
from enum import StrEnum

from units.events import Fact


class ActState(StrEnum):
    DRAFT = "draft"
    SIMULATED = "simulated"
    SIGNED = "signed"
    SCHEDULED = "scheduled"
    EFFECTIVE = "effective"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"


class Capability(StrEnum):
    """What a post may bring with it; named here because the table below needs it, asked for through `policies`."""

    DRAFT = "units.reorganisation.draft"
    ENTER = "units.reorganisation.enter"
    SIGN = "units.reorganisation.sign"
    RUN = "units.reorganisation.run"
    CONFIRM_DATE = "units.reorganisation.confirm_date"
    DECIDE = "units.undecided.decide"


class Action(StrEnum):
    DRAFT = "draft"
    ENTER = "enter"
    SIMULATE = "simulate"
    REVISE = "revise"
    SIGN = "sign"
    SCHEDULE = "schedule"
    TAKE_EFFECT = "take_effect"
    CORRECT = "correct"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True)
class Transition:
    """`sources` empty: the act is born. The state guard wants the event of `fact` in the same transaction."""

    sources: frozenset[ActState]
    target: ActState
    capability: Capability
    fact: Fact


def _from(*sources: ActState) -> frozenset[ActState]:
    return frozenset(sources)


S, C, F = ActState, Capability, Fact
TRANSITIONS: dict[Action, Transition] = {
    Action.DRAFT: Transition(_from(), S.DRAFT, C.DRAFT, F.DRAFTED),
    # An act in force already, made outside the portal: it comes in with its number and file, and only has to take
    # effect.
    Action.ENTER: Transition(_from(), S.SCHEDULED, C.ENTER, F.ENTERED),
    Action.SIMULATE: Transition(_from(S.DRAFT), S.SIMULATED, C.DRAFT, F.SIMULATED),
    Action.REVISE: Transition(_from(S.SIMULATED), S.DRAFT, C.DRAFT, F.REVISED),
    Action.SIGN: Transition(_from(S.SIMULATED), S.SIGNED, C.SIGN, F.SIGNED),
    Action.SCHEDULE: Transition(_from(S.SIGNED), S.SCHEDULED, C.SIGN, F.SCHEDULED),
    Action.TAKE_EFFECT: Transition(_from(S.SCHEDULED), S.EFFECTIVE, C.RUN, F.TOOK_EFFECT),
    Action.CORRECT: Transition(_from(S.EFFECTIVE), S.CORRECTED, C.SIGN, F.CORRECTED),
    Action.WITHDRAW: Transition(_from(S.DRAFT, S.SIMULATED, S.SIGNED, S.SCHEDULED), S.WITHDRAWN, C.SIGN, F.WITHDRAWN),
}
