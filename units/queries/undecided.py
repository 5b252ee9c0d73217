"""Where a thing may belong that no rule of a split knew: units go on ending while it waits for a decision."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from units.models import ReorgSource
from units.queries.succession import Successor, successors_of_many

Split = tuple[int, int]  # the act, and the unit that it split


@dataclass(frozen=True, slots=True)
class Choices:
    """`heirs`: those who live on the day, in the act's order. `kept_by`: those of the unit that was given the thing."""

    heirs: tuple[Successor, ...]
    kept_by: frozenset[int]


def choices_of(splits: Collection[Split], on: date) -> dict[Split, Choices]:
    """Units that a split unit went into, or what became of them by the day; no key without rows."""
    acts, units = {act for act, _unit in splits}, {unit for _act, unit in splits}
    rows = ReorgSource.objects.filter(event_id__in=acts, old_id__in=units, new_id__isnull=False)
    went: dict[Split, list[tuple[int, bool]]] = {}
    for act, old, new, is_default in rows.order_by("position", "id").values_list(
        "event_id", "old_id", "new_id", "is_default"
    ):
        if (act, old) in splits and new is not None:
            went.setdefault((act, old), []).append((new, is_default))
    today = successors_of_many({new for heirs in went.values() for new, _default in heirs}, on)
    return {split: _choices(heirs, today) for split, heirs in went.items()}


def _choices(went: list[tuple[int, bool]], today: dict[int, list[Successor]]) -> Choices:
    first = next((new for new, is_default in went if is_default), went[0][0])
    heirs = {heir.unit_id: heir for new, _default in went for heir in today[new]}
    return Choices(tuple(heirs.values()), frozenset(heir.unit_id for heir in today[first]))
