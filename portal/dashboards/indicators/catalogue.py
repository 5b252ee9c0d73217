"""The indicators as data: `data/index766.csv`."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import groupby
from pathlib import Path

# What is counted are procedures, so that the lists behind these figures are too.
OF_PROCEDURES = ("1.1", "1.2", "1.3", "3.1", "3.2", "3.5a", "3.5b", "4.CT", "4.5a")
FILE = Path(__file__).parents[1] / "data" / "index766.csv"


@dataclass(frozen=True, slots=True)
class Indicator:
    """`points` None: shown, without points. `target` in per cent; None: the ratio itself is scored."""

    id: str
    name: str
    group: str
    points: int | None
    target: Decimal | None
    numerator: str
    denominator: str
    verified: bool


@cache
def indicators() -> tuple[Indicator, ...]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return tuple(
            Indicator(
                id=row["id"],
                name=row["name_vi"],
                group=row["group"],
                points=int(row["max_points"]) if row["max_points"] else None,
                target=Decimal(row["target"]) if row["target"] else None,
                numerator=row["numerator_rule"],
                denominator=row["denominator_rule"],
                verified=row["unverified"] == "no",
            )
            for row in csv.DictReader(file)
        )


def groups() -> Iterator[tuple[str, list[Indicator]]]:
    for name, members in groupby(indicators(), key=lambda one: one.group):
        yield name, list(members)
