"""Where an assignment or a delegation stands in its life, and what may be done to it then. Pure data.

The state is not stored: it follows from the days of validity, so a future move takes effect by itself.
"""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from staff.events import Fact


class Term(StrEnum):
    COMING = "coming"
    CURRENT = "current"
    ENDED = "ended"


class Action(StrEnum):
    END = "end"
    TAKE_BACK = "take_back"
    MOVE = "move"
    CORRECT = "correct"
    DELEGATE = "delegate"
    REVOKE = "revoke"


class Capability(StrEnum):
    ASSIGNMENT_VIEW = "staff.assignment.view"
    ASSIGNMENT_EDIT = "staff.assignment.edit"
    DELEGATION_GIVE = "staff.delegation.give"
    ACCOUNT_OPEN = "staff.account.open"


# action -> in which terms it may be taken, which capability it needs, what is recorded
TRANSITIONS: dict[Action, tuple[Iterable[Term], Capability, Fact]] = {
    Action.END: ({Term.COMING, Term.CURRENT}, Capability.ASSIGNMENT_EDIT, Fact.ASSIGNMENT_ENDED),
    Action.TAKE_BACK: ({Term.COMING}, Capability.ASSIGNMENT_EDIT, Fact.ASSIGNMENT_TAKEN_BACK),
    Action.MOVE: ({Term.CURRENT}, Capability.ASSIGNMENT_EDIT, Fact.ASSIGNMENT_MOVED),
    Action.CORRECT: ({Term.COMING, Term.CURRENT, Term.ENDED}, Capability.ASSIGNMENT_EDIT, Fact.ASSIGNMENT_CORRECTED),
    Action.DELEGATE: ({Term.COMING, Term.CURRENT}, Capability.DELEGATION_GIVE, Fact.DELEGATION_GIVEN),
    Action.REVOKE: ({Term.COMING, Term.CURRENT}, Capability.DELEGATION_GIVE, Fact.DELEGATION_REVOKED),
}


def term(first: date, until: date | None, on: date) -> Term:
    """`until` is the first day on which it holds no more."""
    if on < first:
        return Term.COMING
    return Term.ENDED if until is not None and on >= until else Term.CURRENT
