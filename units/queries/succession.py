"""Who came after a unit, and who came before, on any day: one recursive statement for one unit or for all."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db import connection

from units.kinds import full_name
from units.models import Unit
from units.queries.errors import UnknownUnit
from units.queries.tree import require_data


@dataclass(frozen=True, slots=True)
class Successor:
    """A unit that lived on the day asked about. `kind`: "whole" when all of the old unit is in it, "part" when some of
    it is.

    `is_default` marks the likeliest of several; it is a hint to show, never a decision.
    """

    unit_id: int
    code: str
    name: str
    full_name: str
    type: str
    parent_id: int | None
    parent_code: str
    parent_name: str
    kind: str
    is_default: bool


# Walks edges of acts in force by the day, and stops at units that live on it; `whole` and `is_default` hold along the
# way. A row is one arrival: at which unit, from which, by which share. Units that do not live come without description.
# LIMIT and OFFSET keep the planner from joining whole tables: it cannot know how few rows a walk has.
WALK = """
with recursive walk (source, unit_id, came_from, share, whole, is_default, lives) as (
  select asked.source, asked.source, null::bigint, null, true, true, (select true {alive} asked.source {today})
    from unnest(%(units)s::bigint[]) as asked (source)
  union
  select walk.source, edge.unit_id, walk.unit_id, edge.kind, walk.whole and edge.kind = 'whole',
         walk.is_default and edge.is_default, (select true {alive} edge.unit_id {today})
    from walk
   cross join lateral (
     select edge.{to} as unit_id, edge.kind::text, edge.is_default
       from units_succession edge join units_reorg_event act on act.id = edge.event_id
      where edge.{at} = walk.unit_id and edge.kind in ('whole', 'part')
        and act.state in ('scheduled', 'effective') and act.effective_on {in_time} %(on)s offset 0) edge
   where walk.lives is null
)
select walk.source, walk.unit_id, walk.came_from, walk.share, walk.whole, walk.is_default,
       coalesce(code.code, ''), version.name, version.type,
       version.parent_id, coalesce(parent_code.code, ''), coalesce(parent.type, ''), coalesce(parent.name, '')
  from walk
  left join lateral (select * {alive} walk.unit_id {today}) version on true
  left join lateral (select * {alive} version.parent_id {today}) parent on true
  left join lateral (select * {borne} walk.unit_id {today}) code on true
  left join lateral (select * {borne} version.parent_id {today}) parent_code on true
 order by version.sort_key, walk.unit_id"""
PARTS = {
    "alive": "from units_unit_version bearer where bearer.unit_id =",
    "borne": "from units_unit_code bearer where bearer.scheme = 'nso' and not bearer.is_alias and bearer.unit_id =",
    # As `valid @> on`, but so that the plain index on the unit is taken: it is cheaper than the GiST one.
    "today": "and lower(bearer.valid) <= %(on)s and (upper(bearer.valid) > %(on)s) is not false limit 1",
}
FORWARDS = WALK.format(at="old_id", to="new_id", in_time="<=", **PARTS)
BACKWARDS = WALK.format(at="new_id", to="old_id", in_time=">", **PARTS)


@dataclass(slots=True)
class Way:
    """What the walk from one unit reached."""

    found: dict[int, Successor] = field(default_factory=dict)
    ended: set[int] = field(default_factory=set)
    shares: dict[int, dict[int, str]] = field(default_factory=dict)

    def reach(self, unit: Successor) -> None:
        """Another arrival at a unit, on its own terms as good as any before."""
        if known := self.found.get(unit.unit_id):
            kind = "whole" if "whole" in (known.kind, unit.kind) else "part"
            unit = replace(unit, kind=kind, is_default=known.is_default or unit.is_default)
        self.found[unit.unit_id] = unit

    def complete(self) -> bool:
        """No part is missing: every unit on the way that ended went on whole, or in two parts at least."""
        went = (self.shares.get(unit_id, {}).values() for unit_id in self.ended)
        return all("whole" in shares or len(shares) > 1 for shares in went)

    def successors(self) -> list[Successor]:
        if len(self.found) == 1 and self.complete():  # parts that came together again are whole
            return [replace(unit, kind="whole") for unit in self.found.values()]
        return list(self.found.values())


def _walk(statement: str, unit_ids: list[int], on: date) -> dict[int, Way]:
    require_data(on)
    ways = {unit_id: Way() for unit_id in unit_ids}
    with connection.cursor() as cursor:
        cursor.execute(statement, {"units": unit_ids, "on": on})
        for source, unit_id, came_from, share, whole, default, *described in cursor:
            way = ways[source]
            if came_from is not None:
                way.shares.setdefault(came_from, {})[unit_id] = share
            if described[1] is None:
                way.ended.add(unit_id)
                continue
            way.reach(_described(unit_id, *described, whole=whole, is_default=default))
    return ways


def _described(unit_id: int, *columns: Any, whole: bool, is_default: bool) -> Successor:
    code, name, type_, parent_id, parent_code, parent_type, parent = columns
    return Successor(
        unit_id=unit_id,
        code=code,
        name=name,
        full_name=full_name(type_, name),
        type=type_,
        parent_id=parent_id,
        parent_code=parent_code,
        parent_name=full_name(parent_type, parent) if parent else "",
        kind="whole" if whole else "part",
        is_default=is_default,
    )


def successors_of_many(unit_ids: Iterable[int], on: date) -> dict[int, list[Successor]]:
    """For each unit what it is on the day; an empty list where it ended without successor, as districts did."""
    return {unit_id: way.successors() for unit_id, way in _walk(FORWARDS, list(unit_ids), on).items()}


def predecessors_of_many(unit_ids: Iterable[int], on: date) -> dict[int, list[Successor]]:
    """For each unit those that lived on the earlier day and went into it, whole or in part."""
    return {unit_id: list(way.found.values()) for unit_id, way in _walk(BACKWARDS, list(unit_ids), on).items()}


def successors(unit_id: int, borne_on: date, on: date) -> list[Successor]:
    """The unit as it lived on `borne_on`, seen on `on`: itself while it lives, else what it went into.

    Seen on a day before it was made, it is what went into it. Empty where it ended without successor. Raises
    `UnknownUnit`.
    """
    require_data(borne_on)
    resolve = successors_of_many if on >= borne_on else predecessors_of_many
    found = resolve([unit_id], on)[unit_id]
    if not found and not Unit.objects.filter(pk=unit_id).exists():
        raise UnknownUnit(unit_id)
    return found


def predecessors(unit_id: int, on: date) -> list[Successor]:
    """Those that lived on the earlier day and went into this unit; itself when it lived then."""
    return predecessors_of_many([unit_id], on)[unit_id]


SOURCES = """
with recursive source (id) as (
  select %(unit)s::bigint
  union
  select edge.old_id from source join units_succession edge on edge.new_id = source.id
    join units_reorg_event act on act.id = edge.event_id and act.state in ('scheduled', 'effective')
)
select id from source order by id"""


def sources(unit_id: int) -> list[int]:
    """The unit and all that ever went into it, whole or in part, however long ago."""
    with connection.cursor() as cursor:
        cursor.execute(SOURCES, {"unit": unit_id})
        return [row[0] for row in cursor.fetchall()]
