"""What the engine of reorganisations and the apps that take part say to each other. Plain values, no tables."""

import uuid
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol, runtime_checkable

from django.utils.functional import Promise

from portal.events.actors import Actor
from units.handovers.rules import Case, Decision, decide

Text = str | Promise  # translated when it is shown, never when it is stored


@dataclass(frozen=True, slots=True)
class Heir:
    """Where a unit goes that ends. `share`: whole or part. `rule`: which cases of a part are its own."""

    unit_id: int
    name: str
    share: str
    is_default: bool = False
    rule: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Reorganisation:
    """One act as the apps see it: which units end on its day, and who is there for their work from then on.

    Units to come have their final ids already while the act is a draft, but no rows: keep no foreign key to them before
    `apply`. `heirs` is empty for a unit that ends without successor.
    """

    act_id: int
    kind: str
    legal_no: str
    effective_on: date
    heirs: Mapping[int, tuple[Heir, ...]]
    made: Mapping[int, str] = field(default_factory=dict)  # units that begin with the act, by id, and their names
    changed: frozenset[int] = frozenset()  # other name, type or parent: the same unit, nothing is handed over
    corrects: int | None = None  # an act whose handovers are judged anew: see docs/reorganisation.md

    @property
    def ending(self) -> frozenset[int]:
        return frozenset(self.heirs)

    @property
    def split(self) -> frozenset[int]:
        """Units that end and whose work goes to several."""
        return frozenset(unit_id for unit_id, heirs in self.heirs.items() if len(heirs) > 1)

    @property
    def receiving(self) -> frozenset[int]:
        return frozenset(heir.unit_id for heirs in self.heirs.values() for heir in heirs)

    def main_heir(self, unit_id: int) -> int | None:
        """The one unit that is responsible while nothing else is known; None without successor."""
        heirs = self.heirs.get(unit_id, ())
        first = next((heir for heir in heirs if heir.is_default), heirs[0] if heirs else None)
        return first.unit_id if first else None

    def decide(self, unit_id: int, case: Case) -> Decision | None:
        """Which heir a case of the ending unit belongs to. None without successor."""
        return decide(self.heirs.get(unit_id, ()), case)


@dataclass(frozen=True, slots=True)
class Count:
    """So many things of one sort at one unit. `what` is a key of the handover's `Words.things`.

    What is `conserved` is held against itself before and after the act, by `what` and `state`, over all units of the
    act.
    """

    what: str
    unit_id: int
    number: int
    state: str = ""
    officer: uuid.UUID | None = None  # the user's id
    conserved: bool = True


Held = Callable[[Collection[int]], Iterable[Count]]  # of the units of the act; asked before and after it


@dataclass(frozen=True, slots=True)
class Blocker:
    """What is in the way. `code` is a key of `Words.blockers`. With `stops` false it is said, and nobody is held up."""

    code: str
    unit_id: int
    number: int = 1
    subject: tuple[str, str] | None = None  # ("services.dossier", key)
    url: str = ""  # where it is cured
    stops: bool = True


@dataclass(frozen=True, slots=True)
class Preview:
    counts: Collection[Count] = ()
    blockers: Collection[Blocker] = ()


@dataclass(frozen=True, slots=True)
class Move:
    """So many things went from one unit to another, or stayed with neither because their unit has no successor."""

    what: str
    from_unit: int
    to_unit: int | None
    number: int
    state: str = ""


@dataclass(frozen=True, slots=True)
class Undecided:
    """One thing of a split unit that no rule knew. It lies with `held_by` already, and waits there for a person."""

    subject: tuple[str, str]
    from_unit: int
    held_by: int


@dataclass(frozen=True, slots=True)
class Applied:
    moves: Collection[Move] = ()
    undecided: Collection[Undecided] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not add up after the act. `code` is a key of `Words.findings`."""

    code: str
    unit_id: int | None = None
    number: int = 1
    subject: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What a person has to know of one thing in order to decide where it belongs. `url`: where it is read."""

    title: str
    hint: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Cure:
    """What is in the way, and what to do about it; both may use %(number)s and %(unit)s."""

    what: Text
    cure: Text


@dataclass(frozen=True, slots=True)
class Words:
    """How people read the codes of one handover."""

    things: Mapping[str, Text]
    states: Mapping[str, Text] = field(default_factory=dict)
    blockers: Mapping[str, Cure] = field(default_factory=dict)
    findings: Mapping[str, Text] = field(default_factory=dict)


@runtime_checkable
class Telling(Protocol):
    """A handover that leaves things undecided also says what they are, as far as the reader may see them.

    Where that is personal data, the reading is recorded: it is the page that shows it who asks.
    """

    def tell(
        self, subjects: Collection[tuple[str, str]], *, reader: Actor, now: datetime
    ) -> Mapping[tuple[str, str], Told]: ...


class Handover(Protocol):
    """One subject that follows the units. `name` is kept with every preview and proof: it never changes.

    `order`: floors from below, 10 staff, 20 documents, 30 services and meetings, 40 what reads across.
    All of them run under the purpose REORGANISATION, `preview` and `verify` in a transaction that PostgreSQL keeps from
    writing.

    Two things may be there besides (`registry`): `may_end`, True where what it counts may end with a unit that has no
    successor; `standing(units)`, which counts what is at units to come, where `count` does not see all of it.
    """

    name: str
    order: int
    words: Words

    def count(self, units: Collection[int]) -> Iterable[Count]:
        """What these units are responsible for at the moment, open work first of all. Few statements, no loop."""
        ...

    def preview(self, act: Reorganisation) -> Preview:
        """What would move, and what is in the way. `counts` are those of the units that end."""
        ...

    def hold(self, act: Reorganisation) -> Held | None:
        """Lock what will be handed over, and answer with what counts these very things, wherever they lie then, and
        whatever of the units is not conserved. People wait from here to the end of the act.

        People go on working meanwhile: what they bring to a successor must not spoil the proof. None where nobody
        works at midnight; then `count` of all units of the act is compared.
        """
        ...

    def apply(self, act: Reorganisation, *, now: datetime, actor: Actor) -> Applied:
        """Hand everything open over, within the transaction of the act. A second run finds nothing left to do.

        The tree has its new units already. What is closed stays with the unit that decided it.
        """
        ...

    def place(self, subject: tuple[str, str], *, from_unit: int, to_unit: int, now: datetime, actor: Actor) -> None:
        """A person decided where an undecided thing belongs: hand it on."""
        ...

    def verify(self, act: Reorganisation) -> Iterable[Finding]:
        """What is wrong after the act took effect; nothing, for ever, when all is well."""
        ...
