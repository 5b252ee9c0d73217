"""Who may take which step with a dossier, asked the same way by pages, REST and operations."""

from typing import Protocol, runtime_checkable

from portal.accounts.models import User
from portal.events.actors import Actor, System
from services.kinds import StepRole
from services.models import Consultation, Dossier, Handover, LinkedPart, WorkItem
from services.states import (
    EXTENDABLE,
    OPEN,
    TRANSITIONS,
    UNDER_CORRECTION,
    Action,
    Capability,
    ConsultationState,
    ItemState,
    Side,
    Stage,
    State,
    is_worked_on,
)

__all__ = [
    "RESULT_ON_ITS_WAY",
    "Capability",
    "abilities",
    "consultation_abilities",
    "is_of_desk",
    "is_party",
    "may",
    "may_ask_for_post",
    "may_ask_payment",
    "may_ask_supplement",
    "may_at",
    "may_choose_joint_limit",
    "may_confirm",
    "may_consult",
    "may_give_opinion",
    "may_keep_filter",
    "may_publish",
    "may_receive_handover",
    "may_report_mistake",
    "may_revoke_consultation",
    "may_see",
    "may_work_on",
    "step_abilities",
]
RESULT_ON_ITS_WAY = frozenset(
    {Stage.AWAITING_CITIZEN, Stage.AWAITING_PERSONAL_NUMBER, Stage.AWAITING_SIGNATURE, Stage.AWAITING_NUMBER}
)


@runtime_checkable
class Asker(Protocol):
    """Who acts with rights of their own."""

    def has_perm(self, perm: str, obj: object = None) -> bool: ...


def is_party(user: User, dossier: Dossier) -> bool:
    """Whether it is this person's own affair, as owner or as filer."""
    return user.pk is not None and user.pk in {dossier.owner_id, dossier.filer_id}


def may_confirm(actor: Actor, dossier: Dossier) -> bool:
    """Owner and filer say for themselves whether a draft is right; no officer says it for them."""
    return isinstance(actor, User) and actor.is_citizen and is_party(actor, dossier)


def may_report_mistake(actor: Actor, dossier: Dossier) -> bool:
    """Owner and filer, the desk that hands the result out, and whoever works on such results."""
    if may_confirm(actor, dossier):
        return True
    asked = ((Capability.RETURN, dossier.returning_unit_id), (Capability.PROCESS, dossier.competent_unit_id))
    return any(may_at(actor, capability, unit) for capability, unit in asked)


def may_ask_for_post(actor: Actor, dossier: Dossier) -> bool:
    """Owner and filer say where the result is sent; the desk that hands it out writes down what they say there."""
    return may_confirm(actor, dossier) or may_at(actor, Capability.RETURN, dossier.returning_unit_id)


def may_at(actor: Actor, capability: Capability, unit_id: int) -> bool:
    """Whether the actor's post brings the capability at the unit; the portal's own deeds need none."""
    if isinstance(actor, System):
        return True
    return isinstance(actor, Asker) and actor.has_perm(capability.value, unit_id)


def may_see(user: User, dossier: Dossier) -> bool:
    if not user.is_officer:
        return is_party(user, dossier)
    return any(may_at(user, Capability.VIEW, unit) for unit in sorted(dossier.unit_ids()))


def is_of_desk(item: WorkItem) -> bool:
    """What the whole desk does, which may be one where nobody works on dossiers: no officer takes it for themselves."""
    return item.role in {StepRole.RECEPTION, StepRole.RETURNS}


def may_work_on(actor: Actor, item: WorkItem) -> bool:
    """Whoever holds the step; while nobody does, it has to be taken first."""
    if isinstance(actor, System):
        return True
    held = item.state == ItemState.OPEN and item.officer_id is not None
    return held and item.officer_id == getattr(actor, "pk", None) and may_at(actor, Capability.PROCESS, item.unit_id)


def may_ask_supplement(actor: Actor, dossier: Dossier) -> bool:
    """Of one that is worked on: whoever holds its open step, unless its result is on its way, its clock stands for
    an opinion, or each of its parts asks for itself.
    """
    if dossier.stage in RESULT_ON_ITS_WAY or dossier.paused_at is not None:
        return False
    if item := _open_step(dossier):
        return may_work_on(actor, item)
    return not LinkedPart.objects.filter(joined=dossier, dossier__closed_at=None).exists()


def may_ask_payment(actor: Actor, dossier: Dossier) -> bool:
    """Whoever holds the open step of one that is worked on, while it waits for nobody else."""
    item = None if dossier.stage in RESULT_ON_ITS_WAY | {Stage.CONSULTING} else _open_step(dossier)
    return item is not None and may_work_on(actor, item)


def _open_step(dossier: Dossier) -> WorkItem | None:
    return WorkItem.objects.of(dossier).open().first()


def may_receive_handover(actor: Actor, handover: Handover) -> bool:
    """Whoever receives, works or hands out at the unit to which it was given."""
    wanted = (Capability.RECEIVE, Capability.PROCESS, Capability.RETURN)
    return any(may_at(actor, capability, handover.to_unit_id) for capability in wanted)


def may_choose_joint_limit(actor: Actor, dossier: Dossier) -> bool:
    """The desk that received a joined dossier answers for its joint due moment. NĐ 118/2025 Đ.28.2a"""
    return may_at(actor, Capability.RECEIVE, dossier.receiving_unit_id)


def may_consult(dossier: Dossier) -> bool:
    """While it is worked on and no result is on its way. Who asks holds the step. NĐ 118/2025 Đ.19.4a"""
    return State(dossier.state) is State.PROCESSING and dossier.stage in {Stage.NONE, Stage.CONSULTING}


def may_give_opinion(actor: Actor, consultation: Consultation) -> bool:
    """Whoever works on dossiers at the asked unit; the asking unit answers only what it asks itself."""
    return isinstance(actor, User) and may_at(actor, Capability.PROCESS, consultation.unit_id)


def may_revoke_consultation(actor: Actor, consultation: Consultation) -> bool:
    return may_at(actor, Capability.PROCESS, consultation.asking_unit_id)


def consultation_abilities(user: User, consultation: Consultation) -> dict[str, bool]:
    is_open = consultation.state == ConsultationState.OPEN
    return {
        "answer": is_open and may_give_opinion(user, consultation),
        "revoke": consultation.is_pending and may_revoke_consultation(user, consultation),
    }


def may(action: Action, actor: Actor, dossier: Dossier) -> bool:
    """Whether this is the actor's step at all; whether its time has come, the table says."""
    if isinstance(actor, System):
        return True
    side = TRANSITIONS[action].side
    if side is Side.CITIZEN:
        own = isinstance(actor, User) and actor.is_citizen and is_party(actor, dossier)
        return own or may_at(actor, Capability.FILE_FOR_CITIZEN, dossier.receiving_unit_id)
    places = {
        Side.DESK: (Capability.RECEIVE, dossier.responsible_unit_id),  # before the acceptance whoever answers for it
        Side.HEAD: (Capability.APPROVE, dossier.competent_unit_id),
        Side.RETURNING: (Capability.RETURN, dossier.returning_unit_id),
    }
    if side in places:
        return may_at(actor, *places[side])
    if side is Side.HANDLER:
        capability = Capability.STOP if action is Action.STOP else Capability.PROCESS
        return may_at(actor, capability, dossier.competent_unit_id)
    return False


def abilities(user: User, dossier: Dossier) -> dict[str, bool]:
    """What this person may do now: for buttons and for REST."""
    state = State(dossier.state)
    found = {
        action.value: state in transition.sources and may(action, user, dossier)
        for action, transition in TRANSITIONS.items()
        if transition.sources and transition.side is not Side.SYSTEM
    }
    if state is State.DECIDED and Stage(dossier.stage) in UNDER_CORRECTION:
        found |= {Action.RETURN.value: False, Action.CORRECT.value: False}
    for action, may_ask in ((Action.ASK_SUPPLEMENT, may_ask_supplement), (Action.ASK_PAYMENT, may_ask_payment)):
        found[action.value] = found[action.value] and may_ask(user, dossier)
    confirm = dossier.stage == Stage.AWAITING_CITIZEN and may_confirm(user, dossier)
    return found | {
        "view": may_see(user, dossier),
        "message": state in OPEN and may_see(user, dossier),
        "confirm": confirm,
        "object": confirm,
    }


def step_abilities(user: User, item: WorkItem) -> dict[str, bool]:
    """What this officer may do with the step now; whether there is an earlier one to return it to, the rows say."""
    state, dossier = State(item.dossier.state), item.dossier
    is_open, at_desk = item.state == ItemState.OPEN, is_of_desk(item)
    able = not at_desk and may_at(user, Capability.PROCESS, item.unit_id)
    held = not at_desk and may_work_on(user, item)
    here = is_worked_on(state, Stage(dossier.stage))
    working = held and here and dossier.stage not in RESULT_ON_ITS_WAY
    onward = working and dossier.stage != Stage.CONSULTING
    return {
        "take": is_open and item.officer_id is None and able,
        "consult": held and may_consult(dossier),
        "propose": onward and item.role == StepRole.SPECIALIST,
        "recall": held and here and dossier.stage == Stage.AWAITING_CITIZEN,
        "finish": onward,
        "supplement": working and state is State.PROCESSING and dossier.paused_at is None,
        "payment": onward and state is State.PROCESSING,
        "extend": held and state in EXTENDABLE and dossier.paused_at is None,
        "return": onward,
        "assign": held or (is_open and not at_desk and may_at(user, Capability.ASSIGN, item.unit_id)),
        "note": True,
        "stop": state in TRANSITIONS[Action.STOP].sources and may(Action.STOP, user, dossier),
    }


def may_keep_filter(actor: Actor, unit_id: int | None) -> bool:
    """One's own, any officer; those of a unit, whoever hands out the work there."""
    if unit_id is None:
        return isinstance(actor, User) and actor.is_officer
    return may_at(actor, Capability.ASSIGN, unit_id)


def may_publish(actor: Actor) -> bool:
    """Anywhere: what is published holds in the whole province. NĐ 63/2010 Đ.13"""
    return isinstance(actor, System) or (
        isinstance(actor, Asker) and actor.has_perm(Capability.PROCEDURE_PUBLISH.value)
    )
