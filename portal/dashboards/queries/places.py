"""Whose figures belong to a unit: its own, those of all below it, and those of the units that went into them.

What is closed keeps for ever the unit that decided it, so the figures of a unit that ended are found by its successor:
whole units count with the one that they went into. A unit that was split stands as a row of its own, under the unit
above its parts: no hint decides which part did what. So the rows of a unit add up to its figure on every day.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db import connection

from portal.dashboards.states import Role
from portal.isolation import Purpose, scope
from units.models import UnitVersion
from units.queries import Ended, Successor, UnknownUnit, ended, subtree, successors_of_many
from units.queries.nearest import nearest_versions

# All that ever went into the units, by acts in force on the day.
BEFORE = """
with recursive found (id) as (
  select unnest(%(units)s::bigint[])
  union
  select edge.old_id from found join units_succession edge on edge.new_id = found.id and edge.kind in ('whole', 'part')
  join units_reorg_event act on act.id = edge.event_id
    and act.state in ('scheduled', 'effective') and act.effective_on <= %(on)s
)
select id from found where id <> all (%(units)s::bigint[]) and exists (
  select 1 from dashboards_month_figure figure where figure.unit_id = found.id and figure.role = any (%(roles)s)
    and figure.span = 'year' and figure.procedure_id = 0)
"""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a comparison: a unit, and every unit id whose facts count there. `former`: it was split and ended."""

    unit_id: int
    name: str
    ids: tuple[int, ...]
    former: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """`ended`: for a unit that lives no more, since when and who came after it."""

    unit_id: int
    name: str
    level: str
    above: tuple[int, ...]
    rows: tuple[Row, ...]
    ended: Ended | None = None

    @property
    def ids(self) -> list[int]:
        return sorted({one for row in self.rows for one in row.ids})

    def row_of(self) -> dict[int, int]:
        """Unit id of a fact -> unit id of its row."""
        return {one: row.unit_id for row in self.rows for one in row.ids}


def place_of(unit_id: int, on: date) -> Place:
    """Raises UnknownUnit for a unit that was not there by the day."""
    below = list(subtree(unit_id, on).select_related("unit"))
    own = next((version for version in below if version.unit_id == unit_id), None)
    if own is None:
        return _place_of_ended(unit_id, on)
    depth = own.path.count(".") + 1
    living = {version.unit_id: _row_key(version, depth) for version in below}
    names = {version.unit_id: version.full_name for version in below}
    ids: dict[int, set[int]] = {}
    for one, key in living.items():
        ids.setdefault(key, set()).add(one)
    gone = _before(living, on)
    split = []
    for old, successors in successors_of_many(gone, on).items() if gone else ():
        if len(successors) == 1 and successors[0].unit_id in living:
            ids[living[successors[0].unit_id]].add(old)
        elif _main(successors) in living and unit_id not in {one.unit_id for one in successors}:
            split.append(old)
    keys = dict.fromkeys(living[version.unit_id] for version in below)
    rows = [Row(key, names[key], tuple(sorted(ids[key]))) for key in keys]
    rows += _former(split, on)
    above = tuple(int(step) for step in own.path.split(".")[:-1])
    level = next(version.unit.level for version in below if version.unit_id == unit_id)
    return Place(unit_id, own.full_name, level, above, tuple(rows))


def _place_of_ended(unit_id: int, on: date) -> Place:
    """As it was on its last day. What lay below it and lives on stands with the unit that is above it now."""
    gone = ended(unit_id, on)
    if gone is None:
        raise UnknownUnit(unit_id)
    was = place_of(unit_id, gone.on - timedelta(days=1))
    living = set(UnitVersion.objects.at(on).filter(unit_id__in=was.ids).values_list("unit_id", flat=True))
    rows = [replace(row, ids=tuple(one for one in row.ids if one not in living)) for row in was.rows]
    kept = tuple(row for row in rows if row.ids) or (Row(unit_id, was.name, (unit_id,)),)
    return replace(was, above=(), rows=kept, ended=gone)


def _row_key(version: UnitVersion, depth: int) -> int:
    """The unit right below the one asked for, or that one itself."""
    steps = version.path.split(".")
    return int(steps[depth]) if len(steps) > depth else int(steps[-1])


def _before(unit_ids: Iterable[int], on: date) -> set[int]:
    """What went into these and has a figure: of a province's three hundred former communes most often none."""
    with scope(purpose=Purpose.STATISTICS), connection.cursor() as cursor:
        cursor.execute(BEFORE, {"units": list(unit_ids), "on": on, "roles": [role.value for role in Role]})
        return {row[0] for row in cursor.fetchall()}


def _main(successors: list[Successor]) -> int | None:
    """Under which province a split unit is listed; nothing else is decided by it. None for what simply ended."""
    if not successors:
        return None
    hinted = [one.unit_id for one in successors if one.is_default]
    return min(hinted or [one.unit_id for one in successors])


def _former(unit_ids: list[int], on: date) -> list[Row]:
    versions = nearest_versions(unit_ids, on)
    rows = [Row(one, versions[one].full_name, (one,), former=True) for one in unit_ids if one in versions]
    return sorted(rows, key=lambda row: (row.name, row.unit_id))
