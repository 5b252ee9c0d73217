"""What every deed on a document has in common: the lock before it, the step and the event after it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from documents import wording
from documents.errors import BusyError, NotAllowedError, StaleError, WrongStateError
from documents.models import Document, RouteStep, SigningItem
from documents.policies import may_take
from documents.states import ISSUED_ONCE, TRANSITIONS, Action, DocumentState, ItemState
from portal.accounts.models import User
from portal.events import record
from portal.events.actors import Actor
from portal.ui.wording import moment
from staff.models import Delegation, Person

SAVED_ALWAYS = ("state", "revision")


def lock(*, document: Document, action: Action, revision: int, actor: Actor, now: datetime) -> Document:
    """The row, locked, when the actor may take this step now, from the revision they saw, with nothing under way."""
    locked = Document.objects.select_for_update(of=("self",)).filter(pk=document.pk).first()
    if locked is None:  # who may read a document and no more finds no row to lock
        raise NotAllowedError
    require(document=locked, action=action, revision=revision, actor=actor, now=now)
    if SigningItem.objects.filter(document=locked, state=ItemState.WAITING).exists():
        raise BusyError
    return locked


def require(*, document: Document, action: Action, revision: int, actor: Actor, now: datetime) -> None:
    """Raises NotAllowedError, StaleError or WrongStateError; the caller holds the lock."""
    require_may(document=document, action=action, actor=actor, now=now)
    require_revision(document=document, revision=revision, actor=actor, now=now)
    if document.state not in TRANSITIONS[action].sources:
        raise WrongStateError


def require_may(*, document: Document, action: Action, actor: Actor, now: datetime) -> None:
    if not may_take(action, actor, document, localdate(now)):
        raise NotAllowedError


def require_revision(*, document: Document, revision: int, actor: Actor, now: datetime) -> None:
    """Raises StaleError, which names who was quicker. What they did is the actor's own to see: the unit's."""
    if document.revision == revision:
        return
    last = RouteStep.objects.filter(document=document).order_by("-revision").first()
    if last is None:
        raise WrongStateError
    person = Person.objects.filter(user_id=last.user_id).only("name").first() if last.user_id else None
    who = person.name if person else _("Somebody of this organ")
    raise StaleError(who=who, did=wording.step(last.action), at=moment(last.at))


def take(
    *,
    document: Document,
    action: Action,
    actor: Actor,
    now: datetime,
    note: str = "",
    facts: Mapping[str, Any] | None = None,
    changed: Iterable[str] = (),
    delegation: Delegation | None = None,
) -> RouteStep:
    """Move the locked document on, save what changed, and tell it: as a step and as an event."""
    transition = TRANSITIONS[action]
    before = DocumentState(document.state)
    document.state = transition.target
    document.revision += 1
    document.save(update_fields=[*SAVED_ALWAYS, *changed])
    step = enter_step(
        document=document, action=action.value, before=before, actor=actor, now=now, note=note, delegation=delegation
    )
    told = {"revision": document.revision, **(facts or {})}
    if delegation is not None:
        told["delegation"] = delegation.pk
    record(
        transition.fact,
        subject=document,
        actor=actor,
        unit=document.unit_id,
        at=now,
        before=before,
        after=transition.target,
        facts=told,
        concerns=[document.owner_id] if document.owner_id and transition.target in ISSUED_ONCE else [],
        on_behalf_of=delegation.giver.user if delegation else None,
    )
    return step


def enter_step(
    *,
    document: Document,
    action: str,
    before: str,
    actor: Actor,
    now: datetime,
    note: str = "",
    delegation: Delegation | None = None,
) -> RouteStep:
    return RouteStep.objects.create(
        document=document,
        action=action,
        before=before,
        after=document.state,
        revision=document.revision,
        actor=actor.event_actor,
        user=actor if isinstance(actor, User) else None,
        delegation=delegation,
        note=note[:1000],
        at=now,
    )
