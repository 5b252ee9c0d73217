"""Who may do what, and why: from assignments and delegations on the day, in the time of Vietnam."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.utils.timezone import localdate

from portal.accounts.models import User
from portal.events.actors import System
from staff import catalogue, wording
from staff.catalogue import Reach
from staff.models import Assignment, Delegation
from staff.states import TRANSITIONS, Action, Capability
from units.queries import above_now, below_ever, taken_over_by

__all__ = [
    "Asker",
    "Capability",
    "Ground",
    "allows",
    "grounds",
    "has_right",
    "known_below",
    "known_grounds",
    "known_units",
    "known_where",
    "may",
    "may_hold_session",
]


class Asker(Protocol):
    """Who acts: a user with rights, who is also an actor of events."""

    @property
    def event_actor(self) -> str: ...

    def has_perm(self, perm: str, obj: object = None) -> bool: ...


@dataclass(frozen=True, slots=True)
class Ground:
    """Why somebody has a capability: from their own post, or lent by another's."""

    capability: str
    assignment: Assignment  # the holder's own
    reach: Reach
    source: str
    delegation: Delegation | None = None

    @property
    def words(self) -> str:
        return wording.capability(self.capability)

    @property
    def unit_id(self) -> int:
        """Where it holds: with a delegation, at the unit of the one who lends."""
        return self.delegation.giver.unit_id if self.delegation else self.assignment.unit_id

    @property
    def unit_ids(self) -> set[int]:
        """That unit, and those that ended and whose closed work it keeps."""
        return {self.unit_id, *taken_over_of(self.delegation or self.assignment)}


def taken_over_of(held: Assignment | Delegation) -> Iterable[int]:
    """Units that ended and whose closed work its unit keeps, as they were read with it."""
    return getattr(held, "taken_over", ())


def may_hold_session(user: User, on: date) -> bool:
    """An officer is in while they hold any assignment. Asked first of all in a request, so it is looked up for all."""
    remember(user)
    return bool(known_posts(user, on)[0])


def grounds(user: User, on: date) -> Iterator[Ground]:
    """Everything `user` may do on the day, with the reason for each."""
    yield from _grounds(*_held(user, on), on)


def known_grounds(user: User, on: date) -> list[Ground]:
    """As `grounds`, looked up once while a request is answered."""
    kept: Remembered = user.remembered_rights or Remembered()
    if on not in kept.grounds:
        kept.grounds[on] = list(_grounds(*known_posts(user, on), on))
    return kept.grounds[on]


def known_posts(user: User, on: date) -> tuple[list[Assignment], list[Delegation]]:
    """What somebody holds, and what was lent to them, looked up once while a request is answered."""
    kept: Remembered = user.remembered_rights or Remembered()
    if on not in kept.posts:
        kept.posts[on] = _held(user, on)
    return kept.posts[on]


def _held(user: User, on: date) -> tuple[list[Assignment], list[Delegation]]:
    held = Assignment.objects.of(user).on(on).select_related("post").order_by("id")
    lent = Delegation.objects.to(user).on(on).select_related("giver__post", "taker__post").order_by("id")
    return list(held.annotate(taken_over=taken_over_by("unit_id", on))), list(
        lent.annotate(taken_over=taken_over_by("giver__unit_id", on))
    )


def _grounds(held: list[Assignment], lent: list[Delegation], on: date) -> Iterator[Ground]:
    for assignment in held:
        for grant in catalogue.grants_of(assignment.post.code, on):
            yield Ground(grant.capability, assignment, grant.reach, grant.source)
    for delegation in lent:
        if not is_alive(delegation, on):
            continue
        own = {grant.capability: grant for grant in catalogue.grants_of(delegation.giver.post.code, on)}
        for capability in delegation.capabilities:
            if capability in own:  # nobody lends what their post has lost
                grant = own[capability]
                yield Ground(capability, delegation.taker, grant.reach, delegation.decision_no, delegation)


def is_alive(delegation: Delegation, on: date) -> bool:
    """A delegation ends with either assignment."""
    return on in delegation.giver.valid and on in delegation.taker.valid


def allows(ground: Ground, unit_id: int | None, above: set[int]) -> bool:
    """Whether it reaches the unit; `above` are the units over it. None asks for the right anywhere."""
    return unit_id is None or unit_id in ground.unit_ids or (ground.reach is Reach.BELOW and ground.unit_id in above)


class Remembered:
    """What was found out about one person's rights while one request is answered; the next request asks anew."""

    def __init__(self) -> None:
        self.posts: dict[date, tuple[list[Assignment], list[Delegation]]] = {}
        self.grounds: dict[date, list[Ground]] = {}
        self.above: dict[tuple[int, date], set[int]] = {}
        self.below: dict[tuple[int, date], list[int]] = {}


def remember(user: User) -> None:
    """For the beginning of a request: a page asks for rights a dozen times, and the answer is one."""
    user.remembered_rights = Remembered()


def has_right(user: User, capability: str, unit_id: int | None, on: date) -> bool:
    kept: Remembered = user.remembered_rights or Remembered()
    found = [ground for ground in known_grounds(user, on) if ground.capability == capability]
    if not found:
        return False
    above: set[int] = set()
    reaches = any(ground.reach is Reach.BELOW for ground in found)
    if unit_id is not None and reaches and not any(unit_id in ground.unit_ids for ground in found):
        if (unit_id, on) not in kept.above:
            kept.above[unit_id, on] = above_now(unit_id, on)
        above = kept.above[unit_id, on]
    return any(allows(ground, unit_id, above) for ground in found)


def known_below(user: User, unit_id: int, on: date) -> list[int]:
    """The unit, everything below it, and what those have taken over; looked up once while a request is answered."""
    kept: Remembered = user.remembered_rights or Remembered()
    if (unit_id, on) not in kept.below:
        kept.below[unit_id, on] = below_ever(unit_id, on)
    return kept.below[unit_id, on]


def known_units(user: User, on: date) -> set[int]:
    """Where somebody works on the day by a post or by what was lent, and what those units have taken over."""
    held, lent = known_posts(user, on)
    own = {unit for one in held for unit in (one.unit_id, *taken_over_of(one))}
    return own | {unit for one in lent if is_alive(one, on) for unit in (one.giver.unit_id, *taken_over_of(one))}


def known_where(user: User, capability: str, on: date, *, is_below: bool = True) -> set[int]:
    """The units at which an officer's posts bring the capability, with those below where they reach so far, and those
    that went into one of these.
    """
    held = [ground for ground in known_grounds(user, on) if ground.capability == capability]
    units = {unit for ground in held for unit in ground.unit_ids}
    for above in {ground.unit_id for ground in held if is_below and ground.reach is Reach.BELOW}:
        units.update(known_below(user, above, on))
    return units


def may(action: Action, actor: Asker | System, unit_id: int) -> bool:
    """Whether the actor may take this step with something of the unit."""
    _terms, capability, _fact = TRANSITIONS[action]
    return may_edit(actor, capability, unit_id)


def may_edit(actor: Asker | System, capability: Capability, unit_id: int) -> bool:
    return isinstance(actor, System) or actor.has_perm(capability.value, unit_id)


def today() -> date:
    """The day on which rights are asked for, in the time of Vietnam."""
    return localdate()
