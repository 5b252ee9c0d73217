"""The day of an act: tree, handovers, proof and event in one transaction, or nothing of it."""

import logging
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import takewhile
from typing import Any

from django.db import OperationalError, transaction
from django.utils.translation import gettext as _

from portal.events import record
from portal.events.actors import Actor
from portal.isolation import Purpose, scope
from units.events import Fact
from units.handovers import Applied, Held, all_handovers
from units.models import ReorgEvent, ReorgProof, ReorgSignature
from units.operations.errors import ActError, SamePerson, TooEarly, WaitsFor, WrongState
from units.operations.helping import keep_undecided, questions_follow
from units.operations.leaving import leave_no_work
from units.operations.proving import Figures, concerned, conserved, figures, findings_of
from units.operations.rows import table_of
from units.operations.steps import day_of, is_person, permit, step, tree_lock, unit_of
from units.operations.tree import check_written, province_of
from units.operations.writing import (
    asked_of,
    check_not_built_upon,
    check_not_corrected,
    seen_by_apps,
    take_back,
    write_act,
)
from units.states import TRANSITIONS, Action, ActState

log = logging.getLogger(__name__)
TROUBLE_LENGTH = 500


@transaction.atomic
def take_effect(*, act_id: int, actor: Actor, now: datetime) -> ReorgEvent:
    """The day of a scheduled act has come: it is in force. A second run is refused and changes nothing.

    By hand it takes a second person: who signed does not run it too.
    """
    tree_lock()
    act = ReorgEvent.objects.select_for_update(of=("self",)).get(pk=act_id)
    told = TRANSITIONS[Action.TAKE_EFFECT]
    if act.state not in told.sources:
        raise WrongState(act.legal_no, act.state, Action.TAKE_EFFECT)
    if day_of(now) < act.effective_on:
        raise TooEarly(act.legal_no, act.effective_on)
    unit = act.unit_id or province_of(act.changes.values_list("unit_id", flat=True), act.effective_on)
    permit(actor, told.capability, unit)
    with scope(purpose=Purpose.REORGANISATION):
        if is_person(actor) and ReorgSignature.objects.filter(event=act, signer=actor.event_actor).exists():
            words = _("Who signed an act does not let it take effect by hand. It stays scheduled; ask another person.")
            raise SamePerson(words)
        _waits(act)
        facts: dict[str, Any] = {"changed": 0}
        if act.corrects_id is not None:
            _correct(act, actor, now)
        facts["changed"] = check_written(act)
        facts |= _hand_over(act, actor, now)
        settle(act=act, actor=actor, now=now, facts=facts, unit=unit)
    return act


def settle(*, act: ReorgEvent, actor: Actor, now: datetime, facts: Mapping[str, object], unit: int | None) -> None:
    """The last step of every act once its rows are written: scheduled → effective, with its event."""
    told = TRANSITIONS[Action.TAKE_EFFECT]
    before, act.state = act.state, told.target
    act.revision, act.trouble = act.revision + 1, ""
    act.save(update_fields=["state", "revision", "trouble"])
    facts = {"legal_no": act.legal_no, "effective_on": act.effective_on, **facts}
    record(told.fact, subject=act, actor=actor, unit=unit, at=now, before=before, after=act.state, facts=facts)


def _waits(act: ReorgEvent) -> None:
    """Acts of the day, or of days before, that this one builds on come first."""
    asked = asked_of(table_of(act))
    for each in takewhile(lambda other: other.pk != act.pk, ReorgEvent.objects.due(act.effective_on)):
        if asked & asked_of(table_of(each)):
            raise WaitsFor(act.legal_no, each.legal_no)


def _correct(act: ReorgEvent, actor: Actor, now: datetime) -> None:
    """What the other act said goes to the log; this one is written in its place."""
    wrong = ReorgEvent.objects.select_for_update(of=("self",)).get(corrections=act)
    check_not_corrected(act, wrong)
    check_not_built_upon(wrong)
    take_back(wrong.pk, by=act, now=now)
    write_act(act, now)
    step(wrong, Action.CORRECT, actor=actor, now=now, facts={"by": act.pk})


def _hand_over(act: ReorgEvent, actor: Actor, now: datetime) -> dict[str, Any]:
    """All apps in the order of the floors; then the proof. For the event: how much moved, and whether it holds."""
    begun = time.perf_counter()
    seen = seen_by_apps(act, table_of(act))
    if not seen.heirs and not seen.made:
        return {}
    units = concerned(seen)
    leave_no_work(act, seen)
    questions_follow(seen)  # before new ones come
    before: Figures = []
    moves: list[dict[str, Any]] = []
    held: dict[str, Held | None] = {}
    waiting = 0
    for handover in all_handovers():
        held[handover.name] = handover.hold(seen)  # not before its turn, so that people wait as short as can be
        before += figures(handover, units, held[handover.name])
        applied: Applied = handover.apply(seen, now=now, actor=actor)
        moves += [{"handover": handover.name, **asdict(move)} for move in applied.moves]
        waiting += keep_undecided(act, handover.name, applied, now)
    after = [row for handover in all_handovers() for row in figures(handover, units, held[handover.name])]
    found = list(conserved(before, after, seen.ending)) + findings_of(seen)
    ReorgProof.objects.create(
        event=act, unit_id=unit_of(act), made_at=now, before=before, after=after, moves=moves, findings=found,
        holds=not found, milliseconds=int((time.perf_counter() - begun) * 1000),
    )  # fmt: skip
    moved = sum(move["number"] for move in moves)
    return {"moved": moved, "undecided": waiting, "holds": not found, "findings": len(found)}


@dataclass(frozen=True, slots=True)
class Ran:
    """`trouble`: why it could not take effect; empty when it is in force."""

    act_id: int
    legal_no: str
    trouble: str = ""


def run_due_acts(*, actor: Actor, now: datetime) -> list[Ran]:
    """Every act whose day has come, in order, each in its own transaction. What fails is told, and tried again."""
    ran = []
    for act in list(ReorgEvent.objects.due(day_of(now))):
        try:
            take_effect(act_id=act.pk, actor=actor, now=now)
        except WrongState:
            continue  # another worker was faster
        except Exception as error:
            log.exception("Act %s could not take effect.", act.legal_no)
            ran.append(Ran(act.pk, act.legal_no, _why_not(error)))
            _hold_up(act.pk, ran[-1].trouble, actor, now)
        else:
            ran.append(Ran(act.pk, act.legal_no))
    return ran


def _why_not(error: Exception) -> str:
    """Why an act did not take effect, for those who cure it. What the machine says of itself goes to the log."""
    if isinstance(error, ActError):
        return str(error)[:TROUBLE_LENGTH]
    if isinstance(error, OperationalError):
        return _(
            "The database was busy or could not be reached. Wait some minutes; if it stays so, call the operators."
        )
    return _(
        "A fault in the portal stopped the handing over. Call the operators: their log has the number of the act and "
        "the fault."
    )


@transaction.atomic
def _hold_up(act_id: int, trouble: str, actor: Actor, now: datetime) -> None:
    """Said once for each new reason."""
    act = ReorgEvent.objects.select_for_update(of=("self",)).get(pk=act_id)
    if act.state != ActState.SCHEDULED or act.trouble == trouble:
        return
    act.trouble = trouble
    act.save(update_fields=["trouble"])
    facts = {"legal_no": act.legal_no, "trouble": trouble}
    state, unit = act.state, act.unit_id
    with scope(purpose=Purpose.REORGANISATION):
        record(Fact.HELD_UP, subject=act, actor=actor, unit=unit, at=now, before=state, after=state, facts=facts)
