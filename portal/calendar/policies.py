"""Who may change the calendar: of the whole country (unit None), or of one unit."""

from enum import StrEnum
from typing import Protocol

from portal.events.actors import System


class Capability(StrEnum):
    """`DAY_EDIT` and `SETTING_EDIT` change the calendar of the whole country, wherever the post lies.

    `HOURS_EDIT` (office hours, days and rules of its own) and `UNIT_CLOSE` hold for the unit they are given for.
    """

    DAY_EDIT = "calendar.day.edit"
    SETTING_EDIT = "calendar.setting.edit"
    HOURS_EDIT = "calendar.hours.edit"
    UNIT_CLOSE = "calendar.unit.close"


NATIONAL = frozenset({Capability.DAY_EDIT, Capability.SETTING_EDIT})


class Editor(Protocol):
    """A user as Django knows it, who is also an actor of events."""

    @property
    def event_actor(self) -> str: ...

    def has_perm(self, perm: str, obj: object = None) -> bool: ...


def may(actor: Editor | System, capability: Capability, unit_id: int | None = None) -> bool:
    """The portal's own commands may; people when an assignment or delegation gives it to them, for the unit or at all.

    Asked without a unit, `has_perm` answers for any unit; so a unit's capability never opens the country's calendar.
    """
    if isinstance(actor, System):
        return True
    if unit_id is None:
        return capability in NATIONAL and actor.has_perm(capability.value)
    return capability not in NATIONAL and actor.has_perm(capability.value, unit_id)
