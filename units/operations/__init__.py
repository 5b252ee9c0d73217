"""The deeds of this app."""

from units.operations.acts import Change, confirm_effective_day, enter_act, take_effect
from units.operations.errors import (
    ActError,
    CheckFailed,
    DoesNotFit,
    NotAllowed,
    OtherCountry,
    OtherDay,
    TooEarly,
    WrongState,
)
from units.operations.loading import Loaded, load, load_country

__all__ = [
    "ActError",
    "Change",
    "CheckFailed",
    "DoesNotFit",
    "Loaded",
    "NotAllowed",
    "OtherCountry",
    "OtherDay",
    "TooEarly",
    "WrongState",
    "confirm_effective_day",
    "enter_act",
    "load",
    "load_country",
    "take_effect",
]
