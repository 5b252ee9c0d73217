"""Open steps shared out among colleagues so that nobody has much more than another. Pure: no database, no clock."""

import heapq
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

SOON = timedelta(days=2)
PRESSING, USUAL = 2, 1  # what a step weighs that is late or soon due, and any other


@dataclass(frozen=True, slots=True)
class Piece:
    """An open step: its key, and when it is due."""

    key: uuid.UUID
    due_at: datetime | None


def weight(due_at: datetime | None, now: datetime) -> int:
    return PRESSING if due_at is not None and due_at < now + SOON else USUAL


def share(pieces: Sequence[Piece], load: Mapping[uuid.UUID, int], now: datetime) -> list[tuple[Piece, uuid.UUID]]:
    """Each piece with its officer: the soonest due first, each to whoever has the least to do then.

    `load` is what each has on the table already, weighed the same way; its order decides between equals.
    """
    heap = [(weighs, place, officer) for place, (officer, weighs) in enumerate(load.items())]
    heapq.heapify(heap)
    shared = []
    for piece in sorted(pieces, key=lambda one: (one.due_at is None, one.due_at or now, one.key)):
        weighs, place, officer = heap[0]
        shared.append((piece, officer))
        heapq.heapreplace(heap, (weighs + weight(piece.due_at, now), place, officer))
    return shared
