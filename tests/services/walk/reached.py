"""What must have been walked in the end: every state, every line of every table, and a way out of every open place."""

from collections.abc import Iterable

from services.events import Fact
from services.money_states import PAYMENT_MOVES, REFUND_MOVES
from services.petition_states import PETITION_TRANSITIONS
from services.states import CLOSED, CONSULTATION_TRANSITIONS, TRANSITIONS, Stage, State
from tests.services.walk.trail import MOVES, Seen

Move = tuple[str, str, str, str]


def missing(seen: Seen) -> list[object]:
    """In words of the tables; nothing when all of it was walked."""
    lines = {*_of_dossiers(), *_of_money(), *_of_petitions(), *_of_questions()}
    lines -= set(seen.moves)
    kept = {str(row.fact) for row in TRANSITIONS.values() if row.target is None} - seen.facts
    states = set(State) - {State(state) for state, _stage in seen.places}
    stages = set(Stage) - {Stage(stage) for _state, stage in seen.places}
    stuck = {place for place in seen.places if State(place[0]) not in CLOSED} - seen.closed_from
    return [*sorted(lines), *sorted(kept), *sorted(states), *sorted(stages), *sorted(stuck)]


def _of_dossiers() -> Iterable[Move]:
    return (("services.dossier", *move) for move in MOVES if move[1] != move[2])


def _of_money() -> Iterable[Move]:
    for move in PAYMENT_MOVES.values():
        for before in move.sources or {""}:
            yield "services.payment", str(Fact.PAYMENT_MOVED), str(before), str(move.target)
    for refund in REFUND_MOVES.values():
        for source in refund.sources or {""}:
            yield "services.refund", str(refund.fact), str(source), str(refund.target)


def _of_petitions() -> Iterable[Move]:
    for row in PETITION_TRANSITIONS.values():
        for before in row.sources or {""}:
            if before != row.target:  # forwarded once more: the state stays
                yield "services.petition", str(row.fact), str(before), str(row.target)


def _of_questions() -> Iterable[Move]:
    for row in CONSULTATION_TRANSITIONS.values():
        for before in row.sources:
            yield "services.consultation", str(row.fact), before, str(row.target)
