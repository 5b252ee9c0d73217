"""Who may change the calendar: of the whole country (unit None), or of one unit."""

from enum import StrEnum
from typing import Protocol

from portal.events.actors import System


class Capability(StrEnum):
    DAY_EDIT = "calendar.day.edit"
    HOURS_EDIT = "calendar.hours.edit"
    UNIT_CLOSE = "calendar.unit.close"
    SETTING_EDIT = "calendar.setting.edit"


class Editor(Protocol):
    """A user as Django knows it, who is also an actor of events."""

    @property
    def event_actor(self) -> str: ...

    def has_perm(self, perm: str, obj: object = None) -> bool: ...


def may(actor: Editor | System, capability: Capability, unit_id: int | None = None) -> bool:
    """The portal's own commands may; people when an assignment or delegation gives it to them for the unit."""
    return isinstance(actor, System) or actor.has_perm(capability.value, unit_id)
