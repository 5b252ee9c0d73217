"""Petitions of the replay: two of three are open, with their running limits; every second one has an address."""

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from portal.accounts import vault
from services.models.petitions import CONTACT, PIN, PetitionChannel
from services.models.sealed import seal_json
from services.petition_states import OPEN, ClockKind, PetitionState
from services.replay.invented import invented, village

# Of six: what nobody has read yet, what is worked on, what was answered, what has ended.
STATES = (
    PetitionState.WAITING, PetitionState.PROCESSING, PetitionState.SUPPLEMENT, PetitionState.ANSWERED,
    PetitionState.CLOSED, PetitionState.REFUSED,
)  # fmt: skip
BEGIN = datetime(2025, 6, 2, 2, 0, tzinfo=UTC)
VILLAGES_OF = 4
COLUMNS = (
    "id", "reference", "pin_sealed", "state", "kind", "channel", "text", "filer_id", "contact_sealed", "about_officer",
    "barred", "addressed_unit_id", "responsible_unit_id", "units", "handler_id", "dossier_code", "filed_at",
    "received_at", "answered_at", "closed_at", "next_due_at", "opinion", "revision",
)  # fmt: skip
CLOCKS = ("petition_id", "unit_id", "kind", "started_at", "due_at", "outcome")
Row = tuple[Any, ...]


def petition(place: int, unit: int, *, citizen: uuid.UUID, officer: uuid.UUID, key: uuid.UUID) -> tuple[Row, list[Row]]:
    """Its row, and those of its clocks that run."""
    state = STATES[place % len(STATES)]
    at = BEGIN + timedelta(days=place % 25, minutes=place % 300)
    is_open, taken = state in OPEN, state is not PetitionState.WAITING
    due = at + timedelta(days=60) if is_open else None
    contact = {"name": invented()["filer"], "address": village(place % VILLAGES_OF + 1)} if place % 2 else {}
    row: Row = (
        key, f"RP{place}", vault.seal("123456", context=PIN.context(key)), state, "delay", PetitionChannel.ONLINE,
        invented()["petition"], citizen, seal_json(contact, context=CONTACT.context(key)) if contact else None, "", [],
        unit, unit, [unit], officer if taken else None, "", at, at + timedelta(hours=2) if taken else None,
        at + timedelta(days=2) if state in {PetitionState.ANSWERED, PetitionState.CLOSED} else None,
        None if is_open else at + timedelta(days=3), due, "", 3,
    )  # fmt: skip
    return row, list(_clocks(key, unit, state, at, due))


def _clocks(
    key: uuid.UUID, unit: int, state: PetitionState, at: datetime, due: datetime | None
) -> Iterator[tuple[Any, ...]]:
    """What waits for its answer; an answer waits for being published."""
    running = ClockKind.PUBLISH if state is PetitionState.ANSWERED else ClockKind.ANSWER
    if due is not None:
        yield key, unit, running, at, due, ""
