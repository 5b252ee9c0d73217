"""The tree as an act meets it on its day."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection

from units.kinds import full_name


@dataclass(frozen=True, slots=True)
class Standing:
    """A unit on the day, as other acts have it. `since` is the day itself where another act of the day wrote it."""

    version_id: int
    unit_id: int
    level: str
    name: str
    type: str
    parent_id: int | None
    path: str
    since: date
    until: date | None
    act: str  # the number of the act that wrote it
    ended_by: str

    @property
    def full_name(self) -> str:
        return full_name(self.type, self.name)


@dataclass
class Tree:
    """`alive`: all units of the scope on the day; `gone`: others that were asked about, as they last were."""

    on: date
    alive: dict[int, Standing] = field(default_factory=dict)
    gone: dict[int, Standing] = field(default_factory=dict)
    outside: dict[int, Standing] = field(default_factory=dict)
    codes: dict[tuple[str, str, str], int] = field(default_factory=dict)  # level, scheme, code -> unit
    later: dict[int, str] = field(
        default_factory=dict
    )  # unit -> number of the act that makes or changes it after the day
    children: dict[int, list[int]] = field(default_factory=dict)
    takes: dict[int, str] = field(default_factory=dict)  # unit -> number of an act of the day or later that gives to it
    expects: dict[int, str] = field(default_factory=dict)  # the same of an act before the day that is still to come
    bears: dict[int, str] = field(default_factory=dict)  # unit -> number of a later act that puts units below it

    def name(self, unit_id: int) -> str:
        found = self.alive.get(unit_id) or self.outside.get(unit_id) or self.gone.get(unit_id)
        return found.full_name if found else f"#{unit_id}"


COLUMNS = """version.id, version.unit_id, unit.level, version.name, version.type, version.parent_id, version.path::text,
  lower(version.valid), upper(version.valid), act.legal_no, coalesce(ending.legal_no, '')
  from units_unit_version version join units_unit unit on unit.id = version.unit_id
  join units_reorg_event act on act.id = version.event_id
  left join units_reorg_event ending on ending.id = version.closed_by_id"""
ALIVE = f"""select {COLUMNS}
 where version.valid @> %(on)s::date and version.path <@ (
   select path from units_unit_version where unit_id = %(scope)s and valid @> %(on)s::date)
 order by version.path, version.id"""  # noqa: S608  constants
ASKED = f"""select distinct on (version.unit_id) {COLUMNS}
 where version.unit_id = any (%(units)s)
 order by version.unit_id, (version.valid @> %(on)s::date) desc, version.valid desc"""
LATER = """select distinct on (version.unit_id) version.unit_id, act.legal_no from units_unit_version version
  join units_reorg_event act on act.id = version.event_id
 where version.unit_id = any (%(units)s) and lower(version.valid) > %(on)s order by version.unit_id, version.valid"""
OTHERS = "act.id <> %(act)s and act.id is distinct from (select corrects_id from units_reorg_event where id = %(act)s)"
TAKES = f"""select distinct on (before, edge.new_id) act.effective_on < %(on)s as before, edge.new_id, act.legal_no
  from units_succession edge
  join units_reorg_event act on act.id = edge.event_id and act.state in ('scheduled', 'effective')
 where edge.new_id = any (%(units)s) and edge.kind <> 'boundary'
   and (act.effective_on >= %(on)s or act.state = 'scheduled') and {OTHERS}
 order by before, edge.new_id, act.effective_on, act.id"""  # noqa: S608  constants
BEARS = f"""select distinct on (version.parent_id) version.parent_id, act.legal_no from units_unit_version version
  join units_reorg_event act on act.id = version.event_id
 where version.parent_id = any (%(units)s) and lower(version.valid) > %(on)s and {OTHERS}
 order by version.parent_id, version.valid, version.id"""  # noqa: S608  constants
CODES = "select level, scheme, code, unit_id from units_unit_code where valid && daterange(%(on)s::date, null)"


def read_tree(scope_id: int, on: date, asked: Iterable[int], act_id: int) -> Tree:
    """Six statements, whatever the size. `act_id`: the act that asks; what itself wrote is in nobody's way."""
    tree, units = Tree(on), sorted(set(asked))
    values: dict[str, Any] = {"scope": scope_id, "on": on, "units": units, "act": act_id}
    with connection.cursor() as cursor:
        cursor.execute(ALIVE, values)
        for row in cursor:
            standing = Standing(*row)
            tree.alive[standing.unit_id] = standing
            if standing.parent_id is not None:
                tree.children.setdefault(standing.parent_id, []).append(standing.unit_id)
        cursor.execute(ASKED, values)
        for row in cursor:
            standing = Standing(*row)
            if standing.unit_id in tree.alive:
                continue
            lives = standing.since <= on and (standing.until is None or on < standing.until)
            (tree.outside if lives else tree.gone)[standing.unit_id] = standing
        cursor.execute(LATER, values)
        tree.later = dict(cursor.fetchall())
        cursor.execute(TAKES, values)
        for before, unit_id, legal_no in cursor:
            (tree.expects if before else tree.takes)[unit_id] = legal_no
        cursor.execute(BEARS, values)
        tree.bears = dict(cursor.fetchall())
        cursor.execute(CODES, values)
        tree.codes = {(level, scheme, code): unit_id for level, scheme, code, unit_id in cursor}
    return tree
