"""The life of a queue ticket: one table of its steps. Pure data. NĐ 118/2025 Đ.13.2b"""

from dataclasses import dataclass
from enum import StrEnum

from services.events import Fact


class TicketState(StrEnum):
    WAITING = "waiting"
    CALLED = "called"
    SERVED = "served"
    MISSED = "missed"  # called, and nobody came; may be called again the same day
    LAPSED = "lapsed"  # the day ended before


class TicketAction(StrEnum):
    DRAW = "draw"
    CALL = "call"
    FINISH = "finish"
    MISS = "miss"
    LAPSE = "lapse"


@dataclass(frozen=True, slots=True)
class TicketStep:
    """`sources` empty: the ticket is born."""

    sources: frozenset[TicketState]
    target: TicketState
    fact: Fact


S = TicketState
TICKET_STEPS: dict[TicketAction, TicketStep] = {
    TicketAction.DRAW: TicketStep(frozenset(), S.WAITING, Fact.TICKET_DRAWN),
    TicketAction.CALL: TicketStep(frozenset({S.WAITING, S.CALLED, S.MISSED}), S.CALLED, Fact.TICKET_CALLED),
    TicketAction.FINISH: TicketStep(frozenset({S.CALLED}), S.SERVED, Fact.TICKET_SERVED),
    TicketAction.MISS: TicketStep(frozenset({S.CALLED}), S.MISSED, Fact.TICKET_MISSED),
    TicketAction.LAPSE: TicketStep(frozenset({S.WAITING, S.CALLED, S.MISSED}), S.LAPSED, Fact.TICKET_LAPSED),
}
UNDONE = frozenset({S.WAITING, S.CALLED, S.MISSED})
