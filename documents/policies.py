"""Who may do what with the things of this app, and why: by post, delegation and day."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from documents import capacities
from documents.kinds import AS_HEAD, Capacity
from documents.layouts.catalogue import Family, layouts
from documents.models import Document, StoredFile
from documents.states import TRANSITIONS, Action, Capability, DocumentState
from portal.accounts.models import Kind, User
from portal.accounts.models.clients import Reach as ClientReach
from portal.accounts.queries import grants_of
from portal.events.actors import Actor, System
from portal.isolation import Purpose, current
from staff.catalogue import Reach
from staff.models import Assignment, Delegation
from staff.policies import Asker, allows, known_grounds, known_units, known_where
from staff.scopes import units_granted
from units.queries import ancestors, subtree, taken_over

__all__ = [
    "Asker",
    "Capability",
    "SigningRight",
    "abilities",
    "held",
    "may",
    "may_draft",
    "may_keep_file",
    "may_read_file",
    "may_take",
    "signing_right",
    "signing_rights",
    "units_of",
    "units_seen",
    "units_with",
    "viewing_units",
]

# What the portal may do by itself: prepare. Judging, signing, numbering and sealing are deeds of people.
BY_ITSELF = frozenset({Action.REVISE, Action.SUBMIT, Action.WITHDRAW, Action.CANCEL})
# A certificate that an upper floor fills whole from a dossier which people have examined says nothing of its own, nor
# does the report on an act, filled from its proof: what review and form check would compare, the portal compares by
# itself. Its signer still reads, and signs or returns it.
BY_ITSELF_WHERE_FILLED = BY_ITSELF | {Action.REVIEW, Action.CHECK}
ACT, ACT_REPORT = "units.reorgevent", "reorganisation-report"  # its origin and its layout
BY_SIGNERS = frozenset({Action.APPROVE, Action.SIGN})
BY_NOBODY = frozenset({Action.CALL_OFF})  # follows from what an upper floor has decided
NOT_OFFERED = BY_NOBODY | {Action.REPLACE}  # that one happens when the new document is issued


def units_of(user: User, on: date) -> set[int]:
    """Where the user works on the day, by a post or by what was delegated to them, and the units that ended and whose
    closed work those keep. Not what lies below.

    Of a program: where its token lets it do anything.
    """
    if user.kind == Kind.SERVICE:
        return units_granted(user, "", on)
    return known_units(user, on) if user.is_officer else set()


def may_read_file(user: User, file: StoredFile, on: date) -> bool:
    """Its owner, and officers of its unit or of a unit it is shared with."""
    return file.owner == user.pk or bool(file.units & units_of(user, on))


def may_keep_file(actor: Actor, *, owner: uuid.UUID | None, unit_id: int | None, on: date) -> bool:
    """Whether the actor may store or share a file of this owner and unit; the portal's own actors come from code."""
    if isinstance(actor, System) or current().purpose is Purpose.PETITION:
        return True  # who sends a petition in hands its files to the unit that it goes to, with an account or without
    if not isinstance(actor, User):
        return False
    return (owner is not None and owner == actor.pk) or (unit_id is not None and unit_id in units_of(actor, on))


def may(actor: Asker | System, capability: Capability, unit_id: int) -> bool:
    """Whether the actor holds the capability at the unit; the portal itself may do what it is scheduled to."""
    return isinstance(actor, System) or actor.has_perm(capability.value, unit_id)


# --- Documents ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SigningRight:
    """That an assignment may sign for a unit on a day, and in which capacities; `delegation` when it is lent."""

    assignment: Assignment
    capacities: tuple[Capacity, ...]
    delegation: Delegation | None = None


def signing_rights(user: User, unit_id: int, on: date) -> Iterator[SigningRight]:
    """By the own post, or by a delegation of the head. What was lent is never lent on. NĐ 30/2020 Đ.13"""
    if not user.is_active:
        return
    for ground in known_grounds(user, on):
        if ground.capability != Capability.DOCUMENT_SIGN or ground.unit_id != unit_id:
            continue
        if ground.delegation is None:
            yield SigningRight(ground.assignment, capacities.own_capacities(ground.assignment.post.code, on))
        elif AS_HEAD & set(capacities.own_capacities(ground.delegation.giver.post.code, on)):
            yield SigningRight(ground.assignment, _lent(ground.assignment), ground.delegation)


def _lent(taker: Assignment) -> tuple[Capacity, ...]:
    """By order only to the head of a unit. NĐ 30/2020 Đ.13.4"""
    return (Capacity.BY_ORDER, Capacity.AUTHORISED) if taker.post.is_leader else (Capacity.AUTHORISED,)


def signing_right(user: User, document: Document, on: date) -> SigningRight | None:
    """The right by which `user` signs this very document: as the signer it names, in the capacity it prints."""
    for right in signing_rights(user, document.unit_id, on):
        if right.assignment.pk == document.signer_id and document.capacity in right.capacities:
            return right
    return None


def held(user: User, unit_id: int, on: date) -> set[str]:
    """Every capability of `user` at the unit on the day, lent ones included; of a program what it was granted."""
    if not user.is_active:
        return set()
    if user.kind == Kind.SERVICE:
        grants = list(_granted(user, on))
        above = (
            set(ancestors(unit_id, on).values_list("unit_id", flat=True)) if any(low for *_, low in grants) else set()
        )
        return {code for code, unit, low in grants if unit == unit_id or (low and unit in above)}
    found = known_grounds(user, on)
    is_elsewhere = any(ground.unit_id != unit_id and ground.reach is Reach.BELOW for ground in found)
    above = set(ancestors(unit_id, on).values_list("unit_id", flat=True)) if is_elsewhere else set()
    return {ground.capability for ground in found if allows(ground, unit_id, above)}


def _granted(user: User, on: date) -> Iterator[tuple[str, int, bool]]:
    """What a program was granted and its token still holds: the right, where, and whether at all units below too."""
    for grant in grants_of(user, on):
        if user.narrowed_to is None or grant.capability in user.narrowed_to:
            yield grant.capability, grant.unit_id, grant.reach == ClientReach.BELOW


def units_with(user: User, capability: Capability, on: date, *, is_below: bool = True) -> set[int]:
    """Where `user` has the right on the day; with the units below when their post, or a program's grant, says so."""
    if not user.is_active:
        return set()
    if user.kind == Kind.SERVICE:
        places = [(unit, low) for code, unit, low in _granted(user, on) if code == capability]
    else:
        own = [ground for ground in known_grounds(user, on) if ground.capability == capability]
        places = [(ground.unit_id, ground.reach is Reach.BELOW) for ground in own]
    units = {unit for unit, _low in places}
    for above in sorted({unit for unit, low in places if low and is_below}):
        units.update(subtree(above, on).values_list("unit_id", flat=True))
    return units


def may_take(action: Action, actor: Actor, document: Document, on: date) -> bool:
    """Whether the actor may take this step with the document on that day, whatever its state."""
    if isinstance(actor, System):
        filled = is_filled_certificate(document) or is_report_of_act(document)
        return action in (BY_ITSELF_WHERE_FILLED if filled else BY_ITSELF)
    if not isinstance(actor, User):
        return False
    return _may_take(action, actor, document, on, held(actor, document.unit_id, on))


def is_filled_certificate(document: Document) -> bool:
    """A result with an owner and a code, of an upper floor, in a layout that leaves nothing to the drafter's words."""
    if not (document.origin_type and document.result_code):
        return False
    chosen = next((one for one in layouts() if one.code == document.layout_code), None)
    return chosen is not None and chosen.family is Family.CERTIFICATE


def is_report_of_act(document: Document) -> bool:
    return document.origin_type == ACT and document.layout_code == ACT_REPORT


def _may_take(action: Action, user: User, document: Document, on: date, rights: set[str]) -> bool:
    if action in BY_NOBODY or TRANSITIONS[action].capability not in rights:
        return False
    if action in BY_SIGNERS:
        return signing_right(user, document, on) is not None
    return action is not Action.WITHDRAW or document.drafted_by == user.event_actor


def may_draft(actor: Actor, unit_id: int, on: date) -> bool:
    if isinstance(actor, User):
        return Capability.DOCUMENT_DRAFT in held(actor, unit_id, on)
    return isinstance(actor, System)


def abilities(user: User, document: Document, on: date, *, rights: set[str] | None = None) -> dict[str, bool]:
    """For templates and REST: which steps this person may take now. `rights` is what `held` says, for whole lists."""
    state = DocumentState(document.state)
    if rights is None:
        rights = held(user, document.unit_id, on)
    return {
        action.value: state in TRANSITIONS[action].sources and _may_take(action, user, document, on, rights)
        for action in Action
        if action not in NOT_OFFERED
    }


def units_seen(user: User, capability: Capability, on: date, *, is_below: bool = True) -> set[int]:
    """As `units_with`, and the units that ended and whose closed work those keep."""
    if not user.is_active:
        return set()
    if user.kind == Kind.SERVICE:
        units = units_with(user, capability, on, is_below=is_below)
        return units | taken_over(units, on)
    return known_where(user, capability, on, is_below=is_below)


def viewing_units(user: User, on: date) -> set[int]:
    """The organs whose documents `user` may see on the day."""
    return units_seen(user, Capability.DOCUMENT_VIEW, on)
