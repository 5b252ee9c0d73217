"""Whether the rows of an act fit the tree that they meet. Pure: everything wrong is named with its row."""

from collections import Counter
from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _

from units.kinds import LEVEL_OF, ActKind, Level, Scheme, Share, full_name
from units.operations.rows import Problems, ResultRow, RowProblem, SourceRow, Table
from units.operations.standing import Standing, Tree

ABOVE = {
    Level.PROVINCE: (Level.COUNTRY,),
    Level.DISTRICT: (Level.PROVINCE,),
    Level.COMMUNE: (Level.PROVINCE, Level.DISTRICT),
    Level.COUNTRY: (),
}
STRUCTURAL = (ActKind.MERGE, ActKind.SPLIT, ActKind.CESSION)
SAME_UNIT = (ActKind.RENAME, ActKind.RETYPE, ActKind.TRANSFER)


def judge(table: Table, tree: Tree) -> list[RowProblem]:
    """Nothing when the act can be written as it stands."""
    return Judge(table, tree).all()


class Judge:
    def __init__(self, table: Table, tree: Tree) -> None:
        self.table, self.tree, self.problems = table, tree, Problems()
        self.into = table.into()
        self.results = {row.unit_id: row for row in table.results}
        self.ending = {old for old in self.into if old not in table.again}

    def all(self) -> list[RowProblem]:
        if not self.table.results and not self.table.sources:
            self.problems.table("empty", _("The table has no row."))
        self._scope()
        for row in self.table.sources:
            self._source(row)
        for old_id, rows in self.into.items():
            self._shares(old_id, rows)
        for result in self.table.results:
            self._result(result)
        if not self.problems.found:  # what follows takes the rows above for granted
            self._orphans()
            self._cycles()
            self._followers()
            self._codes()
            self._namesakes()
            self._kind()
            self._dropped()
        return self.problems.found

    def _scope(self) -> None:
        if self.table.scope_id not in self.tree.alive:
            self.problems.table("scope", _("The unit that the act belongs to does not live on its day."))

    def _missing(self, unit_id: int) -> tuple[str, str] | None:
        """Why the unit can't be touched on the day; None when it can."""
        tree = self.tree
        if standing := tree.alive.get(unit_id):
            return self._overlaps(standing)
        if standing := tree.outside.get(unit_id):
            return "outside", _("%(unit)s lies outside the unit that the act belongs to") % {"unit": standing.full_name}
        if not (standing := tree.gone.get(unit_id)):
            return "unknown", _("there is no unit %(id)s") % {"id": unit_id}
        if standing.since > tree.on:
            return "not-yet", _("%(unit)s begins later, by act %(act)s") % {
                "unit": standing.full_name,
                "act": standing.act,
            }
        told = {"unit": standing.full_name, "act": standing.ended_by}
        if standing.until == tree.on:
            return "overlap", _("%(unit)s ends on the same day by act %(act)s") % told
        return "ended", _("%(unit)s ended before, by act %(act)s") % told

    def _overlaps(self, standing: Standing) -> tuple[str, str] | None:
        told = {"unit": standing.full_name, "act": standing.act}
        if standing.since == self.tree.on:
            return "overlap", _("%(unit)s changes on the same day by act %(act)s") % told
        if standing.until is not None:
            told["act"] = self.tree.later.get(standing.unit_id) or standing.ended_by
            return "overlap", _("%(unit)s changes later by act %(act)s; withdraw that act first") % told
        return None

    def _source(self, row: SourceRow) -> None:
        if row.old_id not in self.table.again and (found := self._missing(row.old_id)):
            self.problems.source(row, *found)
            return
        if row.old_id in self.ending and (other := self.tree.takes.get(row.old_id) or self.tree.bears.get(row.old_id)):
            told = {"unit": self.tree.name(row.old_id), "act": other}
            words = _("act %(act)s gives work or units to %(unit)s on that day or later; one of the two has to change")
            self.problems.source(row, "overlap", words % told)
        if row.old_id in self.results:
            words = _("%(unit)s cannot both end and live on") % {"unit": self.tree.name(row.old_id)}
            self.problems.source(row, "twice", words)
        if row.new_id is None:
            if row.share != Share.WHOLE or row.rule or row.is_default:
                self.problems.source(row, "share", _("a unit without successor ends whole, without rule"))
            self._alone(row)
            return
        if row.new_id == row.old_id:
            self.problems.source(row, "cycle", _("a unit does not go into itself"))
        elif row.new_id in self.into:
            words = _("%(unit)s ends on the same day itself") % {"unit": self.tree.name(row.new_id)}
            self.problems.source(row, "successor-ends", words)
        elif row.new_id not in self.results:
            self._living_target(row, row.new_id)

    def _alone(self, row: SourceRow) -> None:
        """A unit without successor inherits nothing that it could not hand on."""
        if act := self.tree.expects.get(row.old_id):
            told = {"unit": self.tree.name(row.old_id), "act": act}
            words = _("%(unit)s gets work by act %(act)s before its end: name a unit that takes it over")
            self.problems.source(row, "no-successor", words % told)

    def _living_target(self, row: SourceRow, new_id: int) -> None:
        """A unit that is there already: only where nothing but duties, or a strip without people, goes to it."""
        standing = self.tree.alive.get(new_id)
        if standing is None:
            code, words = self._missing(new_id) or ("unknown", "")
            self.problems.source(row, "successor-ends" if code == "overlap" else code, words)
        elif ending := self._ends_later(new_id):
            self.problems.source(row, "successor-ends", ending)
        elif self.table.kind not in (ActKind.ABOLISH, ActKind.BOUNDARY, ActKind.CORRECT):
            words = _("%(unit)s gets other territory, so it is a new unit: give it a row of its own")
            self.problems.source(row, "identity", words % {"unit": standing.full_name})

    def _ends_later(self, unit_id: int) -> str:
        """By which act a living unit ends after the day; empty when it lives on."""
        standing = self.tree.alive[unit_id]
        if standing.until is None or unit_id in self.tree.later:
            return ""
        return _("%(unit)s ends by act %(act)s") % {"unit": standing.full_name, "act": standing.ended_by}

    def _shares(self, old_id: int, rows: list[SourceRow]) -> None:
        first, name = rows[0], {"unit": self.tree.name(old_id)}
        targets = Counter(row.new_id for row in rows)
        if any(count > 1 for count in targets.values()):
            self.problems.source(first, "doubled", _("%(unit)s goes twice into the same unit") % name)
        if len(rows) > 1 and any(row.share == Share.WHOLE for row in rows):
            self.problems.source(first, "share", _("%(unit)s goes into several units, so each gets a part") % name)
        if len(rows) == 1 and first.share == Share.PART:
            self.problems.source(first, "share", _("only a part of %(unit)s goes anywhere: where is the rest?") % name)
        defaults = sum(row.is_default for row in rows)
        if len(rows) > 1 and defaults != 1:
            self.problems.source(
                first, "default", _("exactly one of the units that %(unit)s goes into is the default") % name
            )

    def _result(self, row: ResultRow) -> None:
        level = LEVEL_OF[row.type]
        if not row.is_new:
            if found := self._missing(row.unit_id):
                self.problems.result(row, *found)
                return
            standing = self.tree.alive[row.unit_id]
            if standing.level != level:
                self.problems.result(row, "level", _("a unit does not change its level; make a new one"))
            same = (standing.name, standing.type) == (row.name, row.type)
            if same and row.parent_id in (None, standing.parent_id) and not row.code and not row.axis_code:
                self.problems.result(row, "unchanged", _("%(unit)s is so already") % {"unit": standing.full_name})
        elif row.parent_id is None:
            self.problems.result(row, "parent", _("a new unit needs the unit above it"))
        if row.parent_id is not None:
            self._parent(row, level, row.parent_id)

    def _parent(self, row: ResultRow, level: Level, parent_id: int) -> None:
        made = self.results.get(parent_id)
        if parent_id in self.into:
            words = _("%(unit)s, the unit above, ends on that day") % {"unit": self.tree.name(parent_id)}
            self.problems.result(row, "parent", words)
        elif parent_id not in self.tree.alive and not (made and made.is_new):
            code, words = self._missing(parent_id) or ("unknown", "")
            self.problems.result(row, code, words)
        else:
            above = LEVEL_OF[made.type] if made else self.tree.alive[parent_id].level
            if above not in ABOVE[level]:
                self.problems.result(row, "parent", _("the unit above is of a level that has no such units"))
            elif not made and (ending := self._ends_later(parent_id)):
                self.problems.result(row, "parent", ending)

    def parent_after(self, unit_id: int) -> int | None:
        """Whose child the unit is from the day on: as its row says, else where its parent goes whole."""
        row = self.results.get(unit_id)
        if row and row.parent_id is not None:
            return row.parent_id
        standing = self.tree.alive.get(unit_id)
        if standing is None or standing.parent_id not in self.ending:
            return standing.parent_id if standing else None
        heirs = [source.new_id for source in self.into[standing.parent_id]]
        return heirs[0] if len(heirs) == 1 else None

    def _living(self) -> Iterator[int]:
        yield from (unit_id for unit_id in self.tree.alive if unit_id not in self.ending)
        yield from (row.unit_id for row in self.table.results if row.is_new)

    def _orphans(self) -> None:
        for old_id in sorted(self.ending):
            for child in self.tree.children.get(old_id, ()):
                if child not in self.ending and not self._fits(child):
                    told = {"unit": self.tree.name(child), "parent": self.tree.name(old_id)}
                    words = _("%(unit)s lies in %(parent)s and would have no unit above it: give it a row") % told
                    self.problems.source(self.into[old_id][0], "orphan", words)

    def _fits(self, child: int) -> bool:
        """Its unit above, after the act, is there and of a level that has such units."""
        parent = self.parent_after(child)
        if parent is None:
            return False
        above = LEVEL_OF[self.results[parent].type] if parent in self.results else self.tree.alive[parent].level
        return above in ABOVE[Level(self.tree.alive[child].level)]

    def _cycles(self) -> None:
        for row in self.table.results:
            seen, at = {row.unit_id}, self.parent_after(row.unit_id)
            while at is not None and at not in seen:
                seen.add(at)
                at = self.parent_after(at)
            if at is not None:
                self.problems.result(row, "cycle", _("following the units above leads back to the unit itself"))
                return

    def _followers(self) -> None:
        """Units below one that ends or moves get another path, so nothing else may change them on that day or later."""
        if self.problems.found:
            return
        for unit_id, standing in self.tree.alive.items():
            if unit_id in self.ending or unit_id in self.results:
                continue
            if (cause := self._carried_by(unit_id)) and (found := self._overlaps(standing)):
                told = {"unit": self.tree.name(cause), "words": found[1]}
                words = _("what lies below %(unit)s follows it, but %(words)s") % told
                if cause in self.into:
                    self.problems.source(self.into[cause][0], found[0], words)
                else:
                    self.problems.result(self.results[cause], found[0], words)

    def _carried_by(self, unit_id: int) -> int | None:
        """The nearest unit above, as it stands before the act, that ends or gets another unit above it."""
        standing = self.tree.alive.get(unit_id)
        while standing is not None and standing.parent_id is not None:
            above = standing.parent_id
            standing = self.tree.alive.get(above)
            if above in self.ending or (standing and self.parent_after(above) != standing.parent_id):
                return above
        return None

    def _codes(self) -> None:
        wanted: dict[tuple[str, str, str], int] = {}
        for row in self.table.results:
            level = LEVEL_OF[row.type]
            for scheme, code in ((Scheme.NSO, row.code), (Scheme.AXIS, row.axis_code)):
                if not code:
                    continue
                holder = self.tree.codes.get((level, scheme, code))
                own = holder == row.unit_id
                if (level, scheme, code) in wanted or (holder is not None and not own and holder not in self.ending):
                    told = {"code": code, "unit": self.tree.name(wanted.get((level, scheme, code), holder or 0))}
                    self.problems.result(row, "code", _("the code %(code)s is borne by %(unit)s on that day") % told)
                wanted[level, scheme, code] = row.unit_id

    def _namesakes(self) -> None:
        taken: dict[tuple[int | None, str, str], int] = {}
        for unit_id in self._living():
            row, standing = self.results.get(unit_id), self.tree.alive.get(unit_id)
            source = row or standing
            if source is None:
                continue
            key = (self.parent_after(unit_id), source.type, source.name.casefold())
            other = taken.setdefault(key, unit_id)
            if other == unit_id:
                continue
            named = row or self.results.get(other)
            if named:
                words = _("another unit is called %(name)s under the same unit above")
                self.problems.result(named, "namesake", words % {"name": full_name(source.type, source.name)})

    def _kind(self) -> None:
        checks: dict[str, Callable[[], str]] = {
            ActKind.CREATE: self._create,
            ActKind.MERGE: self._merge,
            ActKind.SPLIT: self._split,
            ActKind.CESSION: self._cession,
            ActKind.ABOLISH: self._abolish,
            ActKind.BOUNDARY: self._boundary,
            **dict.fromkeys(SAME_UNIT, self._same_unit),
        }
        if self.table.kind in checks and (words := checks[self.table.kind]()):
            self.problems.table("kind", words)
        made_of = {row.new_id for row in self.table.sources}
        if self.table.kind in STRUCTURAL:
            for row in self.table.results:
                if row.is_new and row.unit_id not in made_of:
                    self.problems.result(row, "kind", _("nothing goes into this new unit"))
            for source in self.table.sources:
                if source.share == Share.BOUNDARY or (source.new_id is None and not self._emptied(source.old_id)):
                    self.problems.source(source, "kind", _("each old unit goes whole or in part into a new one"))

    def _emptied(self, old_id: int) -> bool:
        """A tier between that loses all below it by the act, as the districts of 2025 did: nobody succeeds it."""
        below = self.tree.children.get(old_id, ())
        return bool(below) and all(child in self.ending or self.parent_after(child) != old_id for child in below)

    def _create(self) -> str:
        is_one = not self.table.sources and any(row.is_new for row in self.table.results)
        return "" if is_one else _("Creating units has new units and no old ones.")

    def _merge(self) -> str:
        sizes = Counter(row.new_id for row in self.table.sources)
        return "" if any(size > 1 for size in sizes.values()) else _("In a merger several units go into one.")

    def _split(self) -> str:
        return "" if any(len(rows) > 1 for rows in self.into.values()) else _("In a split one unit goes into several.")

    def _cession(self) -> str:
        sizes = Counter(row.new_id for row in self.table.sources)
        is_one = any(row.share == Share.PART and sizes[row.new_id] > 1 for row in self.table.sources)
        return "" if is_one else _("In a cession a part of one unit goes to another.")

    def _abolish(self) -> str:
        return "" if self.into and not self.table.results else _("Abolishing has old units and no new ones.")

    def _boundary(self) -> str:
        is_one = not self.table.results and all(
            row.share == Share.BOUNDARY and row.new_id is not None for row in self.table.sources
        )
        return "" if is_one else _("A boundary act has pairs of units that live on, and nothing else.")

    def _same_unit(self) -> str:
        if self.table.sources or any(row.is_new for row in self.table.results):
            return _("This kind of act changes units that live on: no unit ends and none begins.")
        for row in self.table.results:
            standing = self.tree.alive[row.unit_id]
            differs = {
                ActKind.RENAME: row.name != standing.name,
                ActKind.RETYPE: row.type != standing.type,
                ActKind.TRANSFER: row.parent_id not in (None, standing.parent_id),
            }
            if not differs[ActKind(self.table.kind)]:
                told = {"unit": standing.full_name}
                return _("The rows do something else with %(unit)s than the kind of the act says.") % told
        return ""

    def _dropped(self) -> None:
        """A correction that makes a unit no more has to say where its work goes."""
        for unit_id in sorted(self.table.again - set(self.results) - set(self.into)):
            words = _("%(unit)s was made by the corrected act: keep it, or say where its work goes")
            self.problems.table("dropped", words % {"unit": self.tree.name(unit_id)})
