"""What can be wrong with the trail, and how the verifier says so."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    CONTENT_CHANGED = "content changed"
    LINK_WRONG = "link wrong"
    ROW_MISSING = "row missing"
    ROW_INSERTED = "row inserted"
    ORDER_CHANGED = "order changed"
    HEAD_BEHIND = "head behind"
    HEAD_AHEAD = "head ahead"
    HEAD_WRONG = "head wrong"
    CONCERNS_WRONG = "index of people wrong"
    SEAL_MISSING = "seal missing"
    SEAL_CHANGED = "seal changed"
    SEAL_SIGNATURE = "seal signature wrong"
    NOT_AN_ANCESTOR = "sealed head not an ancestor"


@dataclass(frozen=True)
class Break:
    """The first place where the trail stops being what was written. `unit` 0 is the chain of events without a unit."""

    kind: Kind
    unit: int | None = None
    seq: int | None = None
    event: int | None = None
    seal: int | None = None
    detail: str = ""

    def __str__(self) -> str:
        place = [
            f"{name} {value}"
            for name, value in (("unit", self.unit), ("seq", self.seq), ("event", self.event), ("seal", self.seal))
            if value is not None
        ]
        return ", ".join(place) + f": {self.kind}" + (f" ({self.detail})" if self.detail else "")


@dataclass(frozen=True)
class Counts:
    units: int
    events: int
    seals: int
