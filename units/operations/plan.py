"""From the country as data to the rows of the tables. Pure: ids come from outside, nothing is written here."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from units.country import DISTRICTS_ACT, PROVINCES_ACT, Country, Place, keeps_identity
from units.kinds import Level, Scheme, UnitType

Key = tuple[Level, str]
ROOT = Place(Level.COUNTRY, "", "Việt Nam", UnitType.COUNTRY)


def span(first: date, until: date | None = None) -> str:
    """PostgreSQL's text of the days from `first` up to, and without, `until`."""
    return f"[{first},{until or ''})"


@dataclass(frozen=True, slots=True)
class Node:
    id: int
    path: str


@dataclass(slots=True)
class Rows:
    """Tuples in the order of `COLUMNS`."""

    units: list[tuple[object, ...]] = field(default_factory=list)
    versions: list[tuple[object, ...]] = field(default_factory=list)
    codes: list[tuple[object, ...]] = field(default_factory=list)
    successions: list[tuple[object, ...]] = field(default_factory=list)


COLUMNS = {
    "units_unit": ("id", "level", "created_by_event_id"),
    "units_unit_version": (
        "unit_id", "name", "type", "parent_id", "path", "valid", "event_id", "closed_by_id", "recorded_at",
    ),
    "units_unit_code": ("unit_id", "level", "scheme", "code", "valid", "is_alias"),
    "units_succession": ("event_id", "old_id", "new_id", "kind", "is_default"),
}  # fmt: skip


def size(country: Country) -> int:
    """How many units the country has over both states, the root included."""
    return 1 + len(country.legacy) + len(country.reformed) - len(_kept(country))


def _kept(country: Country) -> set[Key]:
    return keeps_identity(country.legacy, country.reformed, country.edges)


@dataclass
class Planner:
    """Goes through the legacy state, then through that of the reform. `acts`: legal number → id of the act."""

    country: Country
    ids: Iterator[int]
    acts: Mapping[str, int]
    now: str
    rows: Rows = field(default_factory=Rows)

    def plan(self) -> Rows:
        country = self.country
        self.begin, self.reform = country.begins_on, country.reform_on if country.reformed else None
        self.first_act = self.acts[country.loading[0].legal_no]
        self.kept = _kept(country)
        self.after = {(place.level, place.code): place for place in country.reformed}
        self.ends = self._endings()
        self.root = self._unit(Level.COUNTRY, self.first_act, "")
        self._version(self.root, ROOT, None, span(self.begin), self.first_act, end=None)
        self.old: dict[Key, Node] = {}
        self.new: dict[Key, Node] = {}
        self.spanning: dict[Key, bool] = {}
        for place in country.legacy:
            self._legacy(place)
        for place in country.reformed:
            self._reformed(place)
        self._successions()
        self._other_codes()
        return self.rows

    def _endings(self) -> dict[Key, int]:
        """Which act ended a legacy unit: the one that made its successor, or the one about all districts."""
        if self.reform is None:
            return {}
        ends = {
            (place.level, place.code): self.acts[DISTRICTS_ACT if place.level is Level.DISTRICT else PROVINCES_ACT]
            for place in self.country.legacy
        }
        for edge in self.country.edges:
            ends[edge.old_level, edge.old] = self.acts[self.after[edge.new_level, edge.new].act]
        return ends

    def _legacy(self, place: Place) -> None:
        key = (place.level, place.code)
        above = Level.PROVINCE if place.level is Level.DISTRICT else Level.DISTRICT
        parent = self.old[above, place.parent] if place.parent else self.root
        node = self.old[key] = self._unit(place.level, self.first_act, parent.path)
        goes_on = self.spanning[key] = self._spans(place)
        until = None if goes_on else self.reform
        ended_by = None if goes_on else self.ends[key]
        self._version(node, place, parent.id, span(self.begin, until), self.first_act, end=ended_by)
        self._code(node, place.level, place.code, span(self.begin, None if key in self.kept else self.reform))

    def _spans(self, place: Place) -> bool:
        """Lives on under the same name and type, directly below the country: one version spans the reform."""
        if self.reform is None:
            return True
        key = (place.level, place.code)
        if key not in self.kept or place.level is not Level.PROVINCE:
            return False
        return (self.after[key].name, self.after[key].type) == (place.name, place.type)

    def _reformed(self, place: Place) -> None:
        key, act = (place.level, place.code), self.acts[place.act]
        first = self.country.reform_on
        parent = self.new[Level.PROVINCE, place.parent] if place.parent else self.root
        if key in self.kept:
            id_ = self.old[key].id
            node = self.new[key] = Node(id_, f"{parent.path}.{id_}")
            if self.spanning[key]:
                return
        else:
            node = self.new[key] = self._unit(place.level, act, parent.path)
            self._code(node, place.level, place.code, span(first))
        self._version(node, place, parent.id, span(first), act, end=None)

    def _successions(self) -> None:
        for edge in self.country.edges:
            old, new = self.old[edge.old_level, edge.old], self.new[edge.new_level, edge.new]
            if old.id != new.id:
                act = self.acts[self.after[edge.new_level, edge.new].act]
                self.rows.successions.append((act, old.id, new.id, edge.share, edge.is_default))

    def _other_codes(self) -> None:
        for code, axis in self.country.axis_codes.items():
            # What of these lives on after the reform is not known: they are closed with the old provinces.
            node = self.old[Level.PROVINCE, code]
            self._code(node, Level.PROVINCE, axis, span(self.begin, self.reform), scheme=Scheme.AXIS)
        for (level, code), alias in self.country.aliases.items():
            self._code(self.new[level, code], level, alias, span(self.country.reform_on), is_alias=True)

    def _unit(self, level: Level, act: int, above: str) -> Node:
        id_ = next(self.ids)
        self.rows.units.append((id_, level, act))
        return Node(id_, f"{above}.{id_}".lstrip("."))

    def _version(self, node: Node, place: Place, parent: int | None, valid: str, act: int, *, end: int | None) -> None:
        row = (node.id, place.name, place.type, parent, node.path, valid, act, end, self.now)
        self.rows.versions.append(row)

    def _code(
        self, node: Node, level: Level, code: str, valid: str, *, scheme: Scheme = Scheme.NSO, is_alias: bool = False
    ) -> None:
        self.rows.codes.append((node.id, level, scheme, code, valid, is_alias))
