"""Who came after a unit, and who came before, on any day: one recursive statement for one unit or for all."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

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


# Walks edges of acts in force by the day, and stops at units that live on it. `whole` holds along the way; `loose` is a
# way that ends nowhere, or a split of which one part only is known. A unit whose parts all came together again is whole
# too.
WALK = """
with recursive walk (source, unit_id, whole, is_default) as (
  select id, id, true, true from unnest(%(units)s::bigint[]) as asked (id)
  union
  select walk.source, edge.{to}, walk.whole and edge.kind = 'whole', walk.is_default and edge.is_default
    from walk
    join units_succession edge on edge.{at} = walk.unit_id and edge.kind in ('whole', 'part')
    join units_reorg_event act on act.id = edge.event_id and act.state in ('scheduled', 'effective')
     and {in_time}
   where not exists (select from units_unit_version alive
                      where alive.unit_id = walk.unit_id and alive.valid @> %(on)s::date)
), reached as (
  select walk.source, walk.unit_id, bool_or(walk.whole) as whole, bool_or(walk.is_default) as is_default,
         exists (select from units_unit_version alive
                  where alive.unit_id = walk.unit_id and alive.valid @> %(on)s::date) as lives
    from walk group by walk.source, walk.unit_id
), judged as (
  select reached.*,
         count(*) filter (where lives) over same = 1 and not bool_or(not lives and (
           select coalesce(not bool_or(edge.kind = 'whole') and count(*) < 2, true)
             from units_succession edge join units_reorg_event act on act.id = edge.event_id
            where edge.{at} = reached.unit_id and edge.kind in ('whole', 'part')
              and act.state in ('scheduled', 'effective') and {in_time})) over same as together
    from reached window same as (partition by source)
)
select judged.source, judged.unit_id, coalesce(code.code, ''), version.name, version.type,
       version.parent_id, coalesce(parent_code.code, ''), coalesce(parent.type, ''), coalesce(parent.name, ''),
       judged.whole or (judged.together and {joins}), judged.is_default
  from judged
  join units_unit_version version on version.unit_id = judged.unit_id and version.valid @> %(on)s::date
  left join units_unit_version parent on parent.unit_id = version.parent_id and parent.valid @> %(on)s::date
  left join units_unit_code code on code.unit_id = judged.unit_id and code.scheme = 'nso' and not code.is_alias
   and code.valid @> %(on)s::date
  left join units_unit_code parent_code on parent_code.unit_id = version.parent_id and parent_code.scheme = 'nso'
   and not parent_code.is_alias and parent_code.valid @> %(on)s::date
 where judged.lives
 order by judged.source, version.sort_key, judged.unit_id"""
FORWARDS = WALK.format(at="old_id", to="new_id", in_time="act.effective_on <= %(on)s", joins="true")
BACKWARDS = WALK.format(at="new_id", to="old_id", in_time="act.effective_on > %(on)s", joins="false")


def _resolve(statement: str, unit_ids: Iterable[int], on: date) -> dict[int, list[Successor]]:
    require_data(on)
    asked = list(unit_ids)
    found: dict[int, list[Successor]] = {unit_id: [] for unit_id in asked}
    with connection.cursor() as cursor:
        cursor.execute(statement, {"units": asked, "on": on})
        for source, unit_id, code, name, type_, parent_id, parent_code, parent_type, parent, whole, default in cursor:
            found[source].append(
                Successor(
                    unit_id=unit_id,
                    code=code,
                    name=name,
                    full_name=full_name(type_, name),
                    type=type_,
                    parent_id=parent_id,
                    parent_code=parent_code,
                    parent_name=full_name(parent_type, parent) if parent else "",
                    kind="whole" if whole else "part",
                    is_default=default,
                )
            )
    return found


def successors_of_many(unit_ids: Iterable[int], on: date) -> dict[int, list[Successor]]:
    """For each unit what it is on the day; an empty list where it ended without successor, as districts did."""
    return _resolve(FORWARDS, unit_ids, on)


def predecessors_of_many(unit_ids: Iterable[int], on: date) -> dict[int, list[Successor]]:
    """For each unit those that lived on the earlier day and went into it, whole or in part."""
    return _resolve(BACKWARDS, unit_ids, on)


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
)
select id from source order by id"""


def sources(unit_id: int) -> list[int]:
    """The unit and all that ever went into it, whole or in part, however long ago."""
    with connection.cursor() as cursor:
        cursor.execute(SOURCES, {"unit": unit_id})
        return [row[0] for row in cursor.fetchall()]
