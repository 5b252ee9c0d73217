"""The table of the route, row by row: every pair of state and action, and every action's right."""

from datetime import datetime
from typing import Any

import pytest

from documents import errors
from documents.models import Document
from documents.operations import moving
from documents.states import (
    ITEM_TRANSITIONS,
    RESULT_TRANSITIONS,
    STEPS,
    TRANSITIONS,
    UNDER_WAY,
    Action,
    DocumentState,
    Goal,
    ItemAction,
    ItemState,
    ResultAction,
    ResultState,
    steps_left,
)
from portal.accounts.models import User
from portal.events.actors import System
from tests.cast import Cast
from tests.documents.route.build import NOW, drafted

S = DocumentState
# The way as the decree has it, written down a second time: what each action may begin from.
EXPECTED: dict[Action, set[DocumentState]] = {
    Action.REVISE: {S.DRAFT},
    Action.SUBMIT: {S.DRAFT},
    Action.CANCEL: {S.DRAFT},
    Action.WITHDRAW: {S.SUBMITTED},
    Action.REVIEW: {S.SUBMITTED},
    Action.CHECK: {S.REVIEWED},
    Action.APPROVE: {S.CHECKED},
    Action.SIGN: {S.APPROVED},
    Action.NUMBER: {S.SIGNED},
    Action.SEAL: {S.NUMBERED},
    Action.ISSUE: {S.SEALED},
    Action.RETURN: {S.SUBMITTED, S.REVIEWED, S.CHECKED, S.APPROVED, S.SIGNED, S.NUMBERED, S.SEALED},
    Action.CALL_OFF: set(DocumentState) - {S.ISSUED, S.REPLACED, S.REVOKED, S.CANCELLED},
    Action.REPLACE: {S.ISSUED},
    Action.REVOKE: {S.ISSUED},
}
ENDS = {S.REPLACED, S.REVOKED, S.CANCELLED}


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("state", DocumentState)
def test_each_action_begins_only_where_the_decree_lets_it(action: Action, state: DocumentState) -> None:
    assert (state in TRANSITIONS[action].sources) == (state in EXPECTED[action])


def test_nothing_leaves_an_end() -> None:
    assert not [action for action in Action if TRANSITIONS[action].sources & ENDS]


def test_a_number_is_given_only_to_what_a_person_signed_and_a_seal_only_to_what_has_a_number() -> None:
    assert {action for action in Action if TRANSITIONS[action].target is S.NUMBERED} == {Action.NUMBER}
    assert TRANSITIONS[Action.NUMBER].sources == {TRANSITIONS[Action.SIGN].target}
    assert TRANSITIONS[Action.SEAL].sources == {TRANSITIONS[Action.NUMBER].target}
    assert TRANSITIONS[Action.ISSUE].sources == {TRANSITIONS[Action.SEAL].target}


def test_every_fact_of_the_route_is_told_by_one_action() -> None:
    facts = [transition.fact for transition in TRANSITIONS.values()]
    assert len(facts) == len(set(facts))


@pytest.mark.parametrize("goal", Goal)
@pytest.mark.parametrize("state", DocumentState)
def test_a_job_takes_up_the_way_where_its_document_stands(goal: Goal, state: DocumentState) -> None:
    steps = steps_left(goal, state)
    assert steps == STEPS[goal][len(STEPS[goal]) - len(steps) :]
    assert bool(steps) == any(state in TRANSITIONS[action].sources for action in STEPS[goal])
    reached = state
    for action in steps:
        assert reached in TRANSITIONS[action].sources
        reached = TRANSITIONS[action].target


@pytest.mark.parametrize("action", ItemAction)
def test_an_item_ends_once(action: ItemAction) -> None:
    sources, target, _fact = ITEM_TRANSITIONS[action]
    assert sources == {ItemState.WAITING}
    assert target is not ItemState.WAITING


@pytest.mark.parametrize("action", ResultAction)
def test_a_result_ends_once(action: ResultAction) -> None:
    sources, target, _fact = RESULT_TRANSITIONS[action]
    assert sources == {ResultState.VALID}
    assert target is not ResultState.VALID


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("state", DocumentState)
def test_the_deeds_ask_the_table(monkeypatch: pytest.MonkeyPatch, action: Action, state: DocumentState) -> None:
    monkeypatch.setattr(moving, "may_take", lambda *_: True)
    wanted: dict[str, Any] = {"document": Document(state=state, revision=3), "action": action, "revision": 3}
    if state in TRANSITIONS[action].sources:
        moving.require(**wanted, actor=System.SCHEDULE, now=NOW)
        return
    with pytest.raises(errors.WrongStateError):
        moving.require(**wanted, actor=System.SCHEDULE, now=NOW)


# Who may do what of the table in this commune, by their post.
HOLDERS: dict[Action, set[str]] = {
    Action.REVISE: {"specialist", "desk_officer", "deputy", "leader", "vice_chair", "clerk"},
    Action.SUBMIT: {"specialist", "desk_officer", "deputy", "leader", "vice_chair", "clerk"},
    Action.CANCEL: {"specialist", "desk_officer", "deputy", "leader", "vice_chair", "clerk"},
    Action.WITHDRAW: {"specialist"},  # who drafted it
    Action.REVIEW: {"deputy", "leader", "vice_chair"},
    Action.CHECK: {"clerk"},
    Action.APPROVE: {"leader"},  # whom the document names
    Action.SIGN: {"leader"},
    Action.NUMBER: {"clerk"},
    Action.SEAL: {"clerk"},
    Action.ISSUE: {"clerk"},
    Action.RETURN: {"deputy", "leader", "vice_chair", "clerk"},
    Action.CALL_OFF: set(),  # nobody: it follows from the end of what asked for it
    Action.REPLACE: {"leader", "vice_chair"},
    Action.REVOKE: {"leader", "vice_chair"},
}
ROLES = ("desk_officer", "specialist", "leader", "vice_chair", "deputy", "clerk", "administrator", "outsider")


def test_each_right_is_held_by_the_posts_that_bring_it(people: Cast) -> None:
    document = drafted(people)
    found = {
        action: {role for role in ROLES if _may(document, action, getattr(people, role).user, NOW)} for action in Action
    }
    assert found == HOLDERS


def _may(document: Document, action: Action, user: User, now: datetime) -> bool:
    try:
        moving.require_may(document=document, action=action, actor=user, now=now)
    except errors.NotAllowedError:
        return False
    return True


def test_what_is_under_way_can_always_be_returned() -> None:
    assert TRANSITIONS[Action.RETURN].sources == UNDER_WAY
