"""Who may touch the tree of units. Reading it is open to everybody."""

from typing import Protocol

from units.states import TRANSITIONS, Action, ActState, Capability

__all__ = ["DESK", "Capability", "abilities", "may", "may_confirm_date", "may_see_desk"]

DESK = (
    Capability.DRAFT,
    Capability.SIGN,
    Capability.RUN,
)  # whoever holds one of these sees acts before they are public


class Asker(Protocol):
    """A user: what it may do comes from its posts and delegations on the day."""

    def has_perm(self, perm: str, obj: object = None) -> bool: ...


def may(action: Action, user: Asker, unit_id: int | None) -> bool:
    """Whether the user may take this step with an act about the unit; `None` means the whole country."""
    return user.has_perm(TRANSITIONS[action].capability, unit_id)


def may_confirm_date(user: Asker, unit_id: int | None) -> bool:
    return user.has_perm(Capability.CONFIRM_DATE, unit_id)


def may_see_desk(user: Asker, unit_id: int | None) -> bool:
    return any(user.has_perm(capability, unit_id) for capability in DESK)


def abilities(user: Asker, *, state: str, unit_id: int | None, is_author: bool, is_signer: bool) -> dict[str, bool]:
    """What the user may do with the act as it stands. The day, the rows and what is in the way are asked for later."""
    steps = (Action.REVISE, Action.SIMULATE, Action.SIGN, Action.SCHEDULE, Action.WITHDRAW, Action.TAKE_EFFECT)
    able = {str(step): state in TRANSITIONS[step].sources and may(step, user, unit_id) for step in steps}
    able[Action.REVISE] = able[Action.REVISE] or (state == ActState.DRAFT and may(Action.REVISE, user, unit_id))
    again = (ActState.SIMULATED, ActState.SIGNED, ActState.SCHEDULED)
    able[Action.SIMULATE] = able[Action.SIMULATE] or (state in again and may(Action.SIMULATE, user, unit_id))
    able[Action.SIGN] = able[Action.SIGN] and not is_author
    able[Action.TAKE_EFFECT] = able[Action.TAKE_EFFECT] and not is_signer
    able[Action.CORRECT] = state == ActState.EFFECTIVE and may(Action.DRAFT, user, unit_id)
    return able
