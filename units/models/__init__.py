"""Tables of this app: units in time, the acts that change them, and what an act leaves behind."""

from units.models.acts import ReorgChange, ReorgEvent, ReorgEventQuerySet, ReorgSource
from units.models.records import ReorgProof, ReorgSignature, ReorgSimulation, UndecidedItem, UndecidedItemQuerySet
from units.models.tree import (
    Succession,
    Unit,
    UnitCode,
    UnitCodeLog,
    UnitVersion,
    UnitVersionLog,
    UnitVersionQuerySet,
)

__all__ = [
    "ReorgChange",
    "ReorgEvent",
    "ReorgEventQuerySet",
    "ReorgProof",
    "ReorgSignature",
    "ReorgSimulation",
    "ReorgSource",
    "Succession",
    "UndecidedItem",
    "UndecidedItemQuerySet",
    "Unit",
    "UnitCode",
    "UnitCodeLog",
    "UnitVersion",
    "UnitVersionLog",
    "UnitVersionQuerySet",
]
