"""Every state x action from the table, and any walk through them: each state is reached, and each petition can end."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from portal.events.actors import System
from services.errors import ServicesError
from services.models import Petition
from services.operations import petition_publishing as publishing
from services.operations import petition_work as work
from services.operations.petition_moving import permit
from services.petition_deadlines import lapse, note_breaches
from services.petition_errors import PetitionMovedError
from services.petition_states import (
    CLOSED,
    OPEN,
    PETITION_TRANSITIONS,
    PetitionAction,
    PetitionSide,
    PetitionState,
)
from tests.cast import Cast
from tests.services.conftest import MONDAY
from tests.services.petitioning import ANSWER, Box

A, S = PetitionAction, PetitionState


@pytest.fixture
def box(people: Cast) -> Box:
    return Box(people, MONDAY)


@pytest.mark.parametrize("state", list(S))
def test_every_deed_in_every_state(box: Box, state: PetitionState) -> None:
    """Those that the table does not list are refused, the others permitted to those whose step it is."""
    petition = box.in_state(state)
    assert petition.state == state
    for action, transition in PETITION_TRANSITIONS.items():
        if not transition.sources:
            continue
        if state in transition.sources:
            permit(petition, action, System.SCHEDULE)
        else:
            with pytest.raises(PetitionMovedError):
                permit(petition, action, System.SCHEDULE)


def test_from_every_open_state_an_end_can_be_reached() -> None:
    reach = {state: {t.target for t in PETITION_TRANSITIONS.values() if state in t.sources} for state in S}
    ends: set[PetitionState] = set(CLOSED)
    for _round in S:
        ends |= {state for state in S if reach[state] & ends}
    assert ends == set(S)
    assert not any(reach[state] & OPEN for state in CLOSED)


def test_every_state_can_be_reached() -> None:
    reached = {t.target for t in PETITION_TRANSITIONS.values()}
    assert reached == set(S)


def test_nobody_but_the_portal_lapses() -> None:
    assert [a for a, t in PETITION_TRANSITIONS.items() if t.side is PetitionSide.SYSTEM] == [A.LAPSE]


class Walk(RuleBasedStateMachine):
    """One inbox, in which whoever may does what comes to mind. `box` is set by the test."""

    box: Box

    def __init__(self) -> None:
        super().__init__()
        self.keys: list[Any] = []

    @initialize()
    def begin(self) -> None:
        self.keys = [self.box.filed().pk]

    def one(self, number: int) -> Petition:
        return Petition.objects.get(pk=self.keys[number % len(self.keys)])

    def hand(self, petition: Petition) -> Any:
        """Who may act at the unit where it is; None at a unit of which nobody is here."""
        at_home = petition.responsible_unit_id == self.box.people.home
        return (petition.handler or self.box.handler) if at_home else None

    def attempt(self, deed: Any, **said: Any) -> None:
        """What is refused is refused whole: nothing of it is kept."""
        petition = said["petition"]
        before = Petition.objects.get(pk=petition.pk).revision
        try:
            deed(now=self.box.tick(), **said)
        except ServicesError:
            assert Petition.objects.get(pk=petition.pk).revision == before

    @precondition(lambda self: len(self.keys) < 5)
    @rule()
    def file(self) -> None:
        self.keys.append(self.box.filed().pk)

    @rule(days=st.integers(0, 20))
    def wait(self, days: int) -> None:
        now = self.box.tick(days=days)
        note_breaches(now=now)
        lapse(now=now)

    @rule(number=st.integers(0, 9), deed=st.sampled_from(["receive", "ask", "refuse", "answer", "forward", "back"]))
    def work(self, number: int, deed: str) -> None:
        petition = self.one(number)
        if (actor := self.hand(petition)) is None:
            return
        said: dict[str, Any] = {"petition": petition, "actor": actor}
        home, neighbour = self.box.people.home, self.box.people.neighbour
        if deed == "receive":
            self.attempt(work.receive_petition, **said)
        elif deed in {"forward", "back"}:
            self.attempt(work.forward_petition, text="x", to_unit=neighbour if deed == "forward" else home, **said)
        else:
            named = {"ask": work.ask_filer, "refuse": work.refuse_petition, "answer": work.answer_petition}
            self.attempt(named[deed], text=ANSWER, **said)

    @rule(number=st.integers(0, 9), other=st.integers(0, 9))
    def merge(self, number: int, other: int) -> None:
        petition = self.one(number)
        if actor := self.hand(petition):
            self.attempt(work.merge_petition, petition=petition, into=self.one(other), actor=actor)

    @rule(number=st.integers(0, 9))
    def supplement(self, number: int) -> None:
        if self.one(number).state == S.SUPPLEMENT:
            self.box.supplement(self.one(number))

    @rule(number=st.integers(0, 9), deed=st.sampled_from(["publish", "close", "retract"]))
    def lead(self, number: int, deed: str) -> None:
        said: dict[str, Any] = {"petition": self.one(number), "actor": self.box.head}
        if deed == "publish":
            words = {"title": "Hướng dẫn", "question": ANSWER, "answer": ANSWER, "confirmed": True}
            self.attempt(publishing.publish_petition, **words, **said)
        else:
            named = {"close": publishing.close_petition, "retract": publishing.retract_petition}
            self.attempt(named[deed], text="Việc riêng", **said)

    @invariant()
    def nothing_falls_between(self) -> None:
        for petition in Petition.objects.filter(pk__in=self.keys):
            state, running = S(petition.state), petition.clocks.filter(ended_at=None)
            assert petition.responsible_unit_id in petition.units
            assert (petition.closed_at is None) == (state in OPEN)
            assert (petition.next_due_at is None) == (state in CLOSED)
            assert running.exists() == (state in OPEN)
            assert all(row.unit_id == petition.responsible_unit_id for row in running)
            assert hasattr(petition, "publication") == (
                state is S.PUBLISHED or petition.entries.filter(type="retraction").exists()
            )
        with connection.cursor() as cursor:
            cursor.execute("set constraints all immediate; set constraints all deferred")


def test_any_walk(box: Box) -> None:
    start = box.now

    class Here(Walk):
        pass

    Here.box = box
    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=12, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
    assert box.now - start > timedelta(minutes=12)
