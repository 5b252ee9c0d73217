"""From the rows of an act and the tree it meets to what is written. Pure; the rows were judged before."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from units.handovers import Heir, Reorganisation
from units.kinds import LEVEL_OF, Scheme, full_name
from units.models import ReorgEvent
from units.operations.judging import Judge
from units.operations.rows import ResultRow, Table
from units.operations.standing import Tree


@dataclass(frozen=True, slots=True)
class NewVersion:
    unit_id: int
    name: str
    type: str
    parent_id: int | None
    path: str


@dataclass(frozen=True, slots=True)
class NewCode:
    unit_id: int
    level: str
    scheme: str
    code: str


@dataclass
class Writing:
    """`closed`: units whose version ends; `carried`: those that only follow the unit above."""

    closed: list[int] = field(default_factory=list)
    begun: dict[int, str] = field(default_factory=dict)  # unit -> level
    versions: list[NewVersion] = field(default_factory=list)
    codes: list[NewCode] = field(default_factory=list)
    codes_end: list[tuple[int, str]] = field(default_factory=list)  # unit, scheme
    carried: int = 0


def plan(table: Table, tree: Tree) -> Writing:
    return _Planning(table, tree).all()


class _Planning:
    def __init__(self, table: Table, tree: Tree) -> None:
        self.table, self.tree, self.judge = table, tree, Judge(table, tree)
        self.results = self.judge.results
        self.paths: dict[int, str] = {}
        self.schemes: dict[int, set[str]] = {}
        for (_level, scheme, _code), holder in tree.codes.items():
            self.schemes.setdefault(holder, set()).add(scheme)
        self.out = Writing()

    def all(self) -> Writing:
        self.out.closed = sorted(self.judge.ending)
        for old_id in self.out.closed:
            self.out.codes_end += [(old_id, scheme) for scheme in sorted(self.schemes.get(old_id, ()))]
        for row in self.table.results:
            if row.is_new:
                self.out.begun[row.unit_id] = LEVEL_OF[row.type]
                self._version(row.unit_id, row.name, row.type)
            self._row_codes(row)
        for unit_id, standing in self.tree.alive.items():
            if unit_id in self.judge.ending:
                continue
            result = self.results.get(unit_id)
            name, type_ = (result.name, result.type) if result else (standing.name, standing.type)
            path = self._path(unit_id)
            now = (name, type_, self.judge.parent_after(unit_id), path)
            if now != (standing.name, standing.type, standing.parent_id, standing.path):
                self.out.closed.append(unit_id)
                self.out.carried += result is None
                self._version(unit_id, name, type_)
        return self.out

    def _path(self, unit_id: int) -> str:
        if unit_id not in self.paths:
            standing = self.tree.alive.get(unit_id)
            parent = self.judge.parent_after(unit_id)
            if parent is not None and (parent in self.tree.alive or parent in self.results):
                self.paths[unit_id] = f"{self._path(parent)}.{unit_id}"
            else:  # the root of the scope: what is above it stays
                self.paths[unit_id] = standing.path if standing else str(unit_id)
        return self.paths[unit_id]

    def _version(self, unit_id: int, name: str, type_: str) -> None:
        self.out.versions.append(
            NewVersion(unit_id, name, type_, self.judge.parent_after(unit_id), self._path(unit_id))
        )

    def _row_codes(self, row: ResultRow) -> None:
        level = LEVEL_OF[row.type]
        for scheme, code in ((Scheme.NSO, row.code), (Scheme.AXIS, row.axis_code)):
            if not code or self.tree.codes.get((level, scheme, code)) == row.unit_id:
                continue
            if not row.is_new:
                self.out.codes_end.append((row.unit_id, scheme))
            self.out.codes.append(NewCode(row.unit_id, level, scheme, code))


def reorganisation(act: ReorgEvent, table: Table, names: Mapping[int, str]) -> Reorganisation:
    """As the apps see it. `names`: of units that live on the day already."""
    made = {row.unit_id: full_name(row.type, row.name) for row in table.results if row.is_new}
    named = {**names, **{row.unit_id: full_name(row.type, row.name) for row in table.results}}
    heirs = {
        old_id: tuple(
            Heir(row.new_id, named.get(row.new_id, ""), row.share, row.is_default or len(rows) == 1, row.rule)
            for row in rows
            if row.new_id is not None
        )
        for old_id, rows in sorted(table.into().items())
    }
    changed = frozenset(row.unit_id for row in table.results if not row.is_new)
    return Reorganisation(
        act_id=act.pk, kind=act.kind, legal_no=act.legal_no, effective_on=act.effective_on, heirs=heirs, made=made,
        changed=changed, corrects=act.corrects_id,
    )  # fmt: skip
