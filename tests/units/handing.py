"""A handover for tests: invented things in a table of the session, each at one unit, open or closed."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime

from django.db import connection

from portal.events.actors import Actor
from units.handovers import (
    Applied,
    Blocker,
    Case,
    Count,
    Cure,
    Finding,
    Move,
    Preview,
    Reorganisation,
    Undecided,
    Words,
)

TABLE = "create temp table things (id serial primary key, unit_id bigint, state text, village text)"


def rows(statement: str, *values: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


class Things:
    """`blocked`: units that are not ready; `lost`: what `apply` forgets, for tests of the proof."""

    name, order = "tests.things", 30
    words = Words(
        things={"thing": "Things"},
        states={"open": "open", "closed": "closed"},
        blockers={"not-ready": Cure("%(unit)s is not ready", "Make it ready.")},
        findings={"astray": "%(number)s things lie with a unit that has ended"},
    )

    def __init__(self) -> None:
        self.blocked: set[int] = set()
        self.lost = False
        self.fails = False
        rows("drop table if exists things")
        rows(TABLE)

    def add(self, unit_id: int, state: str = "open", village: str = "") -> int:
        return rows(
            "insert into things (unit_id, state, village) values (%s, %s, %s) returning id", unit_id, state, village
        )[0][0]

    def bring(self, unit_id: int, *, village: str, now: datetime) -> None:
        self.add(unit_id, village=village)

    def finish(self, pick: int, *, now: datetime) -> int:
        waiting = list(self.where())
        chosen = waiting[pick % len(waiting)]
        return len(rows("update things set state = 'closed' where id = %s and state = 'open' returning id", chosen))

    def lies(self) -> dict[str, int]:
        return dict(rows("select id::text, unit_id from things where state = 'open'"))

    def where(self) -> dict[int, int]:
        return dict(rows("select id, unit_id from things order by id"))

    def close(self, thing: int) -> None:
        rows("update things set state = 'closed' where id = %s", thing)

    def count(self, units: Collection[int]) -> Iterator[Count]:
        grouped = "select unit_id, state, count(*) from things where unit_id = any (%s) group by 1, 2 order by 1, 2"
        for unit_id, state, number in rows(grouped, list(units)):
            if state == "open":
                yield Count("thing", unit_id, number, state)

    def preview(self, act: Reorganisation) -> Preview:
        return Preview(
            list(self.count(act.ending)), [Blocker("not-ready", unit) for unit in sorted(self.blocked & act.receiving)]
        )

    def hold(self, act: Reorganisation) -> None:
        """Nobody works on invented things meanwhile."""

    def apply(self, act: Reorganisation, *, now: datetime, actor: Actor) -> Applied:
        if self.fails:
            raise RuntimeError("the machine stops here")
        undecided, moves = [], []
        for thing, unit, village in rows(
            "select id, unit_id, village from things where state = 'open' and unit_id = any (%s) order by id",
            list(act.ending),
        ):
            decision = act.decide(unit, Case(village=village))
            if decision is None or self.lost:
                continue
            rows("update things set unit_id = %s where id = %s", decision.unit_id, thing)
            moves.append(Move("thing", unit, decision.unit_id, 1, "open"))
            if not decision.is_decided:
                undecided.append(Undecided(("tests.thing", str(thing)), unit, decision.unit_id))
        return Applied(moves, undecided)

    def place(self, subject: tuple[str, str], *, from_unit: int, to_unit: int, now: datetime, actor: Actor) -> None:
        rows(
            "update things set unit_id = %s where id = %s and unit_id = %s and state = 'open'",
            to_unit, int(subject[1]), from_unit,
        )  # fmt: skip

    def verify(self, act: Reorganisation) -> Iterable[Finding]:
        for unit, number in rows(
            "select unit_id, count(*) from things where state = 'open' and unit_id = any (%s) group by 1",
            list(act.ending),
        ):
            yield Finding("astray", unit, number)
