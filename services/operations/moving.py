"""What every deed on a dossier begins and ends with."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from portal.accounts.models import User
from portal.events import Topic, record
from portal.events.actors import Actor
from portal.events.models import Event
from portal.isolation import current
from services.errors import (
    CitizenAskedError,
    ConsultingError,
    HeldByOtherError,
    NotAllowedError,
    NotTakenError,
    StaleError,
    WrongStateError,
)
from services.models import Dossier, LinkedPart, WorkItem
from services.policies import Capability, may, may_at, may_work_on
from services.states import CLOSED, TRANSITIONS, Action, ItemState, Stage, State, is_worked_on

PART_ENDED = "services.part.look"  # topic of the delivery that looks at the joined dossier


def lock(dossier: Dossier, *, revision: int | None = None) -> Dossier:
    """The row as it stands now, locked to the end of the transaction. `revision` is what the actor looked at.

    Who waited here while a reorganisation took the dossier away sees it no more. Raises StaleError.
    """
    rows = Dossier.objects.select_for_update(of=("self",)).select_related("version__procedure")
    locked = rows.filter(pk=dossier.pk).first()
    if locked is None or _left_our_units(dossier, locked):
        raise StaleError
    if revision is not None and locked.revision != revision:
        raise StaleError
    return locked


def _left_our_units(seen: Dossier, locked: Dossier) -> bool:
    """A reorganisation handed it on while this deed waited: what we write now would lie outside of our scope."""
    units = current().units
    return (
        bool(units)
        and current().purpose is None
        and seen.responsible_unit_id in units
        and locked.responsible_unit_id not in units
    )


def permit(dossier: Dossier, action: Action, actor: Actor) -> None:
    """Raises NotAllowedError, WrongStateError. Rights are asked first: a stranger learns nothing of the state."""
    if not may(action, actor, dossier):
        raise NotAllowedError
    if State(dossier.state) not in TRANSITIONS[action].sources:
        raise WrongStateError


def step(
    dossier: Dossier,
    action: Action,
    *,
    actor: Actor,
    now: datetime,
    changed: Iterable[str] = (),
    facts: Mapping[str, Any] | None = None,
    stage: Stage = Stage.NONE,
    on_behalf_of: Actor | None = None,
    closed_at: datetime | None = None,
) -> Event:
    """Move a locked dossier along the table, save it with `changed`, and record it. `closed_at`: when it really ended,
    where that was before the click.
    """
    transition = TRANSITIONS[action]
    before, after = dossier.state, str(transition.target or dossier.state)
    dossier.state, dossier.stage = after, str(stage)
    if State(after) in CLOSED:
        dossier.closed_at, dossier.next_due_at, dossier.holder = closed_at or now, None, None
    save(dossier, "state", "stage", "closed_at", "next_due_at", "holder", *changed)
    same = before == after
    return record(
        transition.fact,
        subject=dossier,
        actor=actor,
        unit=dossier.responsible_unit_id,
        at=now,
        before="" if same else before,
        after="" if same else after,
        facts=dict(facts or {}),
        concerns=people(dossier),
        on_behalf_of=on_behalf_of,
        deliveries=_of_part(dossier),
    )


def _of_part(dossier: Dossier) -> list[Topic]:
    """A part that ended may end the joined dossier: a worker looks, since who ended it does not see the others."""
    if State(dossier.state) not in CLOSED or not LinkedPart.objects.filter(dossier=dossier).exists():
        return []
    return [Topic(name=PART_ENDED, payload={"dossier": str(dossier.pk)})]


def save(dossier: Dossier, *fields: str) -> None:
    dossier.revision += 1
    dossier.save(update_fields=sorted({*fields, "revision"}))


def tell(
    fact: str,
    dossier: Dossier,
    *,
    actor: Actor,
    now: datetime,
    facts: Mapping[str, Any] | None = None,
    deliveries: Iterable[Topic] = (),
) -> Event:
    """Something about the dossier that does not move it."""
    return record(
        fact,
        subject=dossier,
        actor=actor,
        unit=dossier.responsible_unit_id,
        at=now,
        facts=dict(facts or {}),
        concerns=people(dossier),
        deliveries=deliveries,
    )


def people(dossier: Dossier) -> set[uuid.UUID]:
    """Whose affair it is: they see in their own record what happened."""
    return {person for person in (dossier.owner_id, dossier.filer_id) if person}


def lock_step(item: WorkItem) -> tuple[Dossier, WorkItem]:
    """Always the dossier first, so that two deeds never wait for each other in a ring."""
    dossier = lock(item.dossier)
    locked = WorkItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    locked.dossier = dossier
    return dossier, locked


def hold(item: WorkItem, actor: User) -> tuple[Dossier, WorkItem]:
    """Both rows locked, when this officer holds the open step. Raises what stands against it."""
    dossier, locked = lock_step(item)
    if not may_at(actor, Capability.PROCESS, locked.unit_id):
        raise NotAllowedError
    if locked.state != ItemState.OPEN:
        raise WrongStateError
    require_held(locked, actor)
    return dossier, locked


def require_held(item: WorkItem, actor: Actor) -> None:
    """Raises NotTakenError, HeldByOtherError."""
    if not may_work_on(actor, item):
        raise HeldByOtherError if item.officer_id else NotTakenError


def require_processing(dossier: Dossier) -> None:
    """Raises WrongStateError, CitizenAskedError, ConsultingError."""
    if not is_worked_on(State(dossier.state), Stage(dossier.stage)):
        raise WrongStateError
    if dossier.stage == Stage.AWAITING_CITIZEN:
        raise CitizenAskedError
    if dossier.stage == Stage.CONSULTING:
        raise ConsultingError
