"""The deeds of this app."""

from staff.operations.accounts import make_first_administrator, open_account, renew_secret
from staff.operations.assignments import appoint, correct_assignment, end_assignment, move, take_back
from staff.operations.decision import Decision
from staff.operations.delegations import delegate, revoke
from staff.operations.people import create_post, enter_person

__all__ = [
    "Decision",
    "appoint",
    "correct_assignment",
    "create_post",
    "delegate",
    "end_assignment",
    "enter_person",
    "make_first_administrator",
    "move",
    "open_account",
    "renew_secret",
    "revoke",
    "take_back",
]
