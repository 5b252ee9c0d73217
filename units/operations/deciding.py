"""From the signature to the day: signing, scheduling, withdrawing."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from portal.events.actors import Actor
from units.models import ReorgEvent, ReorgSignature
from units.operations.errors import BadHead, Blocked, NotAsSeen, SamePerson, TooLate
from units.operations.leaving import leave_no_work, leave_nobody
from units.operations.rows import table_of
from units.operations.simulating import foresee
from units.operations.steps import canonical, day_of, lock, rows_digest, step, tree_lock, unit_of
from units.operations.writing import (
    check_not_built_upon,
    check_not_corrected,
    judged,
    seen_by_apps,
    take_back,
    write_act,
)
from units.states import Action, ActState


@transaction.atomic
def sign_act(*, act_id: int, seen: bytes, expected: int | None = None, actor: Actor, now: datetime) -> ReorgEvent:
    """One who wrote none of it takes responsibility for rows and figures. `seen`: the digest of what the signer read.

    What is in the way is asked for once more: a signature over figures of last week helps nobody.
    """
    act = lock(act_id, Action.SIGN, actor, expected)
    if actor.event_actor in act.authors:
        raise SamePerson(
            _("Who drafted an act does not sign it. Nothing was signed; ask another person with the right.")
        )
    _day_to_come(act, now)
    _only_one(act)
    simulation = act.simulations.order_by("-number").first()
    if simulation is None or bytes(simulation.digest) != seen:
        raise NotAsSeen(act.legal_no)
    if bytes(simulation.rows_digest) != rows_digest(act, table_of(act)):
        raise NotAsSeen(act.legal_no)
    foreseen, _digest = foresee(act, now)
    stopping = [row for row in foreseen.blockers if row["stops"]]
    if stopping:
        raise Blocked(act.legal_no, len(stopping))
    ReorgSignature.objects.create(
        event=act, simulation=simulation, unit_id=unit_of(act), signer=actor.event_actor, signed_at=now,
        digest=canonical([bytes(simulation.digest).hex(), actor.event_actor, now]),
    )  # fmt: skip
    step(act, Action.SIGN, actor=actor, now=now, facts={"digest": bytes(simulation.digest).hex()})
    return act


@transaction.atomic
def schedule_act(*, act_id: int, expected: int | None = None, actor: Actor, now: datetime) -> ReorgEvent:
    """From now on the tree answers for the days after the act; work is handed over on its day.

    A correction holds for days that are over, so it is written only when it takes effect.
    """
    tree_lock()
    act = lock(act_id, Action.SCHEDULE, actor, expected)
    _day_to_come(act, now)
    _only_one(act)
    if bytes(act.signature.simulation.rows_digest) != rows_digest(act, table_of(act)):
        raise NotAsSeen(act.legal_no)
    facts = {"effective_on": act.effective_on}
    step(act, Action.SCHEDULE, actor=actor, now=now, facts=facts, scheduled_at=now)
    if act.corrects_id is None:
        write_act(act, now)
        leave_no_work(act, seen_by_apps(act, table_of(act)))
    else:
        judged(act, now)
    return act


@transaction.atomic
def withdraw_act(*, act_id: int, reason: str, expected: int | None = None, actor: Actor, now: datetime) -> ReorgEvent:
    """It will not take effect. What a scheduled act wrote goes to the log, and the tree is as if it had not been.

    Also after its day, while something holds it up and nobody and nothing is at the units that it makes.
    """
    tree_lock()
    act = lock(act_id, Action.WITHDRAW, actor, expected)
    if not reason.strip() or len(reason) > 300:
        raise BadHead("reason", _("Say in 1 to 300 characters why the act is withdrawn."))
    facts: dict[str, object] = {"reason": reason.strip()}
    if act.state == ActState.SCHEDULED and act.corrects_id is None:
        if day_of(now) >= act.effective_on and not act.trouble:
            raise TooLate(act.legal_no, act.effective_on)
        check_not_built_upon(act)
        leave_nobody(act)
        facts["taken_back"] = take_back(act.pk, by=act, now=now)
    step(act, Action.WITHDRAW, actor=actor, now=now, facts=facts)
    return act


def _only_one(act: ReorgEvent) -> None:
    if act.corrects is not None:
        check_not_corrected(act, act.corrects)


def _day_to_come(act: ReorgEvent, now: datetime) -> None:
    """Until the end of its own day an act may still be signed and scheduled."""
    if act.corrects_id is None and act.effective_on < day_of(now):
        raise TooLate(act.legal_no, act.effective_on)
