"""What every deed on a petition begins and ends with."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from portal.accounts.models import User
from portal.events import record
from portal.events.actors import Actor
from portal.events.models import Event
from services.errors import NotAllowedError
from services.events import Fact
from services.models import EntryType, Petition, PetitionEntry
from services.petition_errors import PetitionHeldError, PetitionMovedError, PetitionStaleError
from services.petition_policies import holds, may_take_step
from services.petition_states import CLOSED, PETITION_TRANSITIONS, PetitionAction, PetitionSide, PetitionState


def lock(petition: Petition, *, revision: int | None = None) -> Petition:
    """The row as it stands now, locked to the end of the transaction. `revision` is what the actor looked at."""
    locked = Petition.objects.select_for_update(of=("self",)).get(pk=petition.pk)
    if revision is not None and locked.revision != revision:
        raise PetitionStaleError
    return locked


def permit(petition: Petition, action: PetitionAction, actor: Actor) -> None:
    """Rights are asked first: a stranger learns nothing of the state.

    Raises NotAllowedError, PetitionMovedError, PetitionHeldError.
    """
    if not may_take_step(action, actor, petition):
        raise NotAllowedError
    require(petition, action)
    if PETITION_TRANSITIONS[action].side is PetitionSide.HOLDER and not holds(actor, petition):
        raise PetitionHeldError


def require(petition: Petition, action: PetitionAction) -> None:
    if PetitionState(petition.state) not in PETITION_TRANSITIONS[action].sources:
        raise PetitionMovedError


def move(
    petition: Petition,
    action: PetitionAction,
    *,
    actor: Actor,
    now: datetime,
    due_at: datetime | None = None,
    changed: Iterable[str] = (),
    facts: Mapping[str, Any] | None = None,
) -> Event:
    """Move a locked petition along the table, save it with `changed`, and record it. `due_at`: what is due next."""
    transition = PETITION_TRANSITIONS[action]
    before, petition.state = petition.state, str(transition.target)
    petition.next_due_at = due_at
    if PetitionState(petition.state) in CLOSED and petition.closed_at is None:
        petition.closed_at = now
    save(petition, "state", "next_due_at", "closed_at", *changed)
    same = before == petition.state  # forwarded once more by the unit that it had come to
    return _record(
        transition.fact,
        petition,
        actor=actor,
        now=now,
        before="" if same else before,
        after="" if same else petition.state,
        facts=facts,
    )


def save(petition: Petition, *fields: str) -> None:
    petition.revision += 1
    petition.save(update_fields=sorted({*fields, "revision"}))


def tell(
    fact: Fact, petition: Petition, *, actor: Actor, now: datetime, facts: Mapping[str, Any] | None = None
) -> Event:
    """Something about the petition that does not move it."""
    return _record(fact, petition, actor=actor, now=now, facts=facts)


def _record(fact: Fact, petition: Petition, *, facts: Mapping[str, Any] | None, now: datetime, **more: Any) -> Event:
    unit = petition.responsible_unit_id
    return record(fact, subject=petition, unit=unit, at=now, facts=dict(facts or {}), concerns=people(petition), **more)


def people(petition: Petition) -> set[uuid.UUID]:
    """Who sees in their own record what happened to it."""
    return {petition.filer_id} if petition.filer_id else set()


def write(
    petition: Petition,
    kind: EntryType,
    text: str,
    *,
    actor: Actor,
    now: datetime,
    to_unit: int | None = None,
    until: datetime | None = None,
) -> PetitionEntry:
    return PetitionEntry.objects.create(
        petition=petition,
        type=kind,
        text=text.strip(),
        unit_id=petition.responsible_unit_id,
        to_unit_id=to_unit,
        author=actor if isinstance(actor, User) else None,
        written_at=now,
        until=until,
    )
