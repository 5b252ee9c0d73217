"""Facts that this app records; people are named by ids."""

from enum import StrEnum


class Fact(StrEnum):
    PERSON_ENTERED = "staff.person.entered"
    ACCOUNT_OPENED = "staff.account.opened"  # user
    POST_CREATED = "staff.post.created"  # code, unit, from, until
    ASSIGNMENT_MADE = "staff.assignment.made"  # post, kind, from, until, decision
    ASSIGNMENT_ENDED = "staff.assignment.ended"  # until, decision
    ASSIGNMENT_TAKEN_BACK = "staff.assignment.taken_back"  # person, post, kind, from, until, decision: it never began
    ASSIGNMENT_MOVED = "staff.assignment.moved"  # to which assignment
    ASSIGNMENT_CORRECTED = "staff.assignment.corrected"  # what was believed before, why
    DELEGATION_GIVEN = "staff.delegation.given"  # capabilities, to, from, until, decision
    DELEGATION_REVOKED = "staff.delegation.revoked"  # until, decision
