"""A small province in which anything is tried in any order: nothing gets lost, nothing gets stuck, everything adds up.

How to repeat a walk that failed: CONTRIBUTING.md, "A walk that failed".
"""

import os
import secrets
from collections.abc import Iterator

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

import tests.services.walk.deeds  # noqa: F401  every deed enters itself
from tests.documents.route.marks import sign_with_marks
from tests.services.walk import reached, tour
from tests.services.walk.machine import Walk
from tests.services.walk.outside import answer_instead
from tests.services.walk.trail import Seen
from tests.services.walk.walker import Walker
from tests.services.walk.world import STARTS, World, keep_time, settled

ASKED = os.environ.get("WALK_SEED", "")
SHORT, LONG, PARTS = int(os.environ.get("WALK_STEPS", "200")), 20_000, 4
USUAL, USUAL_LONG = 21, 884_799_033
LENGTH = 100  # steps of one walk, until what is open is closed


@pytest.fixture
def world(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    with transaction.atomic():
        made = settled()
        sign_with_marks(monkeypatch)
        answer_instead(monkeypatch, made.bank)
        keep_time(monkeypatch, made)
        yield made


def walk(world: World, *, steps: int, length: int, number: int) -> Seen:
    """At least so many steps; each run of the machine has a seed of its own, counted up from `number`."""
    Walk.world, Walk.seen = world, Seen()
    shrink = [Phase.shrink] if os.environ.get("WALK_SHRINK") else []
    while Walk.seen.steps < steps:
        left = -(-(steps - Walk.seen.steps) // (length * 2))
        asked = settings(
            max_examples=max(left, 2), stateful_step_count=length, deadline=None, database=None, print_blob=True,
            phases=[Phase.generate, *shrink], report_multiple_bugs=False, suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        run_state_machine_as_test(seed(number)(Walk), settings=asked)
        number += 1
    return Walk.seen


def number_of(usual: int) -> int:
    """Always the same walk, unless it is asked for another one, or for any."""
    return secrets.randbits(32) if ASKED == "any" else int(ASKED or usual)


@pytest.fixture
def told() -> Iterator[list[int]]:
    """With the seed, also when it fails: then it is repeated by it."""
    Walk.seen, begun_with = Seen(), list[int]()
    yield begun_with
    through = sum(Walk.seen.let_through.values())
    print(f"\nWALK_SEED={begun_with[-1]}: {Walk.seen.steps} steps, {through} of them let through")


def test_a_short_walk(world: World, told: list[int]) -> None:
    told.append(number_of(USUAL))
    assert walk(world, steps=SHORT, length=25, number=told[-1]).steps >= SHORT


def test_every_line_of_every_table_is_walked(world: World) -> None:
    """The rare ways on purpose; from every open place that they come to, they come to an end."""
    seen = Seen()
    for part in tour.PARTS:
        walker = Walker(world, seen, STARTS[1])
        try:
            part(tour.Tour(walker))
        except BaseException:
            walker.failed = True
            raise
        finally:
            walker.end()
    assert reached.missing(seen) == []


@pytest.mark.long
@pytest.mark.parametrize("part", range(PARTS))
def test_twenty_thousand_steps(world: World, told: list[int], part: int) -> None:
    """A quarter of them; four of these may run side by side."""
    told.append(number_of(USUAL_LONG))
    assert walk(world, steps=LONG // PARTS, length=LENGTH, number=told[-1] + part * 1000).steps >= LONG // PARTS
