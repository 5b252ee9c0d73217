"""The clock of a dossier as a ledger: what started, held, restarted, extended and stopped it, and on what ground."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class EntryKind(StrEnum):
    START = "start"
    PAUSE = "pause"
    RESUME = "resume"
    RESTART = "restart"
    EXTEND = "extend"
    STOP = "stop"


class LedgerError(ValueError):
    """The entries contradict each other. `code` is stable, for a caller that words it in its own language."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Entry:
    """What happened to the clock at the real moment `at` (aware); `until` is the new moment of an extension."""

    kind: EntryKind
    at: datetime
    ground: str = ""
    until: datetime | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "kind", EntryKind(self.kind))
        for moment in (self.at, self.until):
            if moment is not None and moment.utcoffset() is None:
                raise LedgerError("naive", f"The moment {moment.isoformat()} has no time zone.")
        if (self.until is not None) != (self.kind is EntryKind.EXTEND):
            raise LedgerError("until", "An extension names its new moment, and nothing else does.")


@dataclass(frozen=True, slots=True)
class Pause:
    """The clock stood still from `start` to `end`; `end` is None while it still does."""

    start: datetime
    end: datetime | None
    ground: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """What counts now: the last start or restart with all that followed it."""

    start: datetime
    ground: str
    restarted: bool
    pauses: tuple[Pause, ...]
    extension: Entry | None
    stopped_at: datetime | None

    @property
    def paused_since(self) -> datetime | None:
        return self.pauses[-1].start if self.pauses and self.pauses[-1].end is None else None


# kind of entry -> states of the clock in which it may stand, and the state after it
ORDER: dict[EntryKind, tuple[frozenset[str], str]] = {
    EntryKind.START: (frozenset({"new"}), "running"),
    EntryKind.PAUSE: (frozenset({"running"}), "paused"),
    EntryKind.RESUME: (frozenset({"paused"}), "running"),
    EntryKind.RESTART: (frozenset({"running", "paused"}), "running"),
    EntryKind.EXTEND: (frozenset({"running"}), "running"),
    EntryKind.STOP: (frozenset({"running", "paused"}), "stopped"),
}
LONGEST_LEDGER = 500


@dataclass(frozen=True, slots=True)
class Ledger:
    """Entries in the order of their real moments, checked when made."""

    entries: tuple[Entry, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "entries", tuple(self.entries))
        if len(self.entries) > LONGEST_LEDGER:
            raise LedgerError("long", f"A clock has at most {LONGEST_LEDGER} entries.")
        state = "new"
        for number, entry in enumerate(self.entries):
            allowed, after = ORDER[entry.kind]
            if state not in allowed:
                raise LedgerError("order", f"{entry.kind} at {entry.at.isoformat()}: the clock is {state}.")
            if number and entry.at < self.entries[number - 1].at:
                raise LedgerError("time", f"{entry.kind} at {entry.at.isoformat()} comes before the entry above it.")
            state = after
        if not self.entries:
            raise LedgerError("empty", "A clock begins with a start.")

    @classmethod
    def started(cls, at: datetime, ground: str = "") -> "Ledger":
        return cls((Entry(EntryKind.START, at, ground),))

    def plus(self, *entries: Entry) -> "Ledger":
        return Ledger((*self.entries, *entries))

    @property
    def start(self) -> datetime:
        return self.entries[0].at

    @property
    def stopped_at(self) -> datetime | None:
        return self.entries[-1].at if self.entries[-1].kind is EntryKind.STOP else None

    def extensions(self) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if entry.kind is EntryKind.EXTEND)

    def pauses(self) -> tuple[Pause, ...]:
        """Every pause of the whole life; a restart or a stop ends the pause it meets."""
        return _pauses(self.entries)

    def last_run(self) -> Run:
        number = max(i for i, e in enumerate(self.entries) if e.kind in {EntryKind.START, EntryKind.RESTART})
        first, rest = self.entries[number], self.entries[number + 1 :]
        extensions = [entry for entry in rest if entry.kind is EntryKind.EXTEND]
        return Run(
            start=first.at,
            ground=first.ground,
            restarted=first.kind is EntryKind.RESTART,
            pauses=_pauses(rest),
            extension=extensions[-1] if extensions else None,
            stopped_at=self.stopped_at,
        )


def _pauses(entries: tuple[Entry, ...]) -> tuple[Pause, ...]:
    found: list[Pause] = []
    since: Entry | None = None
    for entry in entries:
        if entry.kind is EntryKind.PAUSE:
            since = entry
        elif since is not None and entry.kind in {EntryKind.RESUME, EntryKind.RESTART, EntryKind.STOP}:
            found.append(Pause(since.at, entry.at, since.ground))
            since = None
    if since is not None:
        found.append(Pause(since.at, None, since.ground))
    return tuple(found)
