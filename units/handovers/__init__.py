"""How an app takes part in a reorganisation: it registers a `Handover` when it starts (`docs/reorganisation.md`)."""

from units.handovers.registry import AlreadyRegisteredError, all_handovers, handover, register, registered, told_of
from units.handovers.rules import Case, Decision, RuleError, check_rule, decide
from units.handovers.values import (
    Applied,
    Blocker,
    Count,
    Cure,
    Finding,
    Handover,
    Heir,
    Held,
    Move,
    Preview,
    Reorganisation,
    Told,
    Undecided,
    Words,
)

__all__ = [
    "AlreadyRegisteredError",
    "Applied",
    "Blocker",
    "Case",
    "Count",
    "Cure",
    "Decision",
    "Finding",
    "Handover",
    "Heir",
    "Held",
    "Move",
    "Preview",
    "Reorganisation",
    "RuleError",
    "Told",
    "Undecided",
    "Words",
    "all_handovers",
    "check_rule",
    "decide",
    "handover",
    "register",
    "registered",
    "told_of",
]
