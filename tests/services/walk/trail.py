"""What the trail says: every change of a state is one event, and each begins where the one before it ended."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from portal.events import Event
from services.states import CLOSED, CONSULTATION_TRANSITIONS, TRANSITIONS, State
from tests.services.walk.world import World

Subject = tuple[str, str]
DOSSIER = "services.dossier"
MOVES = {
    (str(row.fact), str(before), str(row.target))
    for row in TRANSITIONS.values()
    for before in (row.sources or {""})
    if row.target is not None
}


@dataclass
class Seen:
    """Over all walks: moves as (subject, fact, before, after), places of dossiers as (state, stage).

    `closed_from`: places from which a walk has come to an end.
    """

    moves: Counter[tuple[str, str, str, str]] = field(default_factory=Counter)
    places: Counter[tuple[str, str]] = field(default_factory=Counter)
    closed_from: set[tuple[str, str]] = field(default_factory=set)
    facts: set[str] = field(default_factory=set)  # of dossiers, those that keep the state among them
    steps: int = 0
    let_through: Counter[str] = field(default_factory=Counter)
    refused: Counter[tuple[str, str]] = field(default_factory=Counter)


@dataclass
class Trail:
    """One walk's events, read as they come. `states`: what each thing is by its events alone."""

    seen: Seen
    last: int = 0
    states: dict[Subject, str] = field(default_factory=dict)
    been: dict[str, set[tuple[str, str]]] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)

    def begin(self) -> None:
        self.last = Event.objects.order_by("-id").values_list("id", flat=True).first() or 0

    def read(self, world: World) -> set[str]:
        """What is new; the ids of the dossiers that it tells about."""
        rows = Event.objects.filter(id__gt=self.last).order_by("id")
        touched = set()
        for event in rows.only("id", "name", "subject_type", "subject_id", "before", "after", "facts"):
            self.last = event.pk
            subject = (event.subject_type, event.subject_id)
            world.order.setdefault(subject, event.pk)
            if event.subject_type == DOSSIER:
                touched.add(event.subject_id)
                self.seen.facts.add(event.name)
            elif event.facts.get("dossier"):
                touched.add(str(event.facts["dossier"]))
            if event.after:
                self._move(event, subject)
        return touched

    def _move(self, event: Event, subject: Subject) -> None:
        known = self.states.get(subject, "")
        assert event.before == known, f"{subject} was {known!r}, and {event.name} says {event.before!r}"
        self.states[subject] = event.after
        self.seen.moves[event.subject_type, event.name, event.before, event.after] += 1
        move = (event.name, event.before, event.after)
        assert event.subject_type != DOSSIER or move in MOVES, move
        if event.subject_type == "services.consultation":
            assert any(
                event.before in row.sources and event.after == row.target for row in CONSULTATION_TRANSITIONS.values()
            ), event.name

    def note(self, dossier: Any) -> None:
        """Where it stands; an end makes every place it came through one that can be left."""
        place = (dossier.state, dossier.stage)
        self.seen.places[place] += 1
        been = self.been.setdefault(str(dossier.pk), set())
        been.add(place)
        if State(dossier.state) in CLOSED:
            self.seen.closed_from |= been
