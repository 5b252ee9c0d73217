"""The country as data: the files beside, read and checked, and the identity rule of the reform of 01/07/2025. Pure; no
database.

Codes are text; they repeat before and after the reform for different territories, so a unit is keyed here by (state,
level, code).
"""

import csv
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path

from units.kinds import ActKind, Level, Share, full_name

FOLDER = Path(__file__).resolve().parent / "data"
FILES = (
    "acts", "axis_codes", "aliases",
    "legacy_provinces", "legacy_districts", "legacy_communes",
    "provinces_2025", "communes_2025",
    "province_successions", "district_successions", "commune_successions",
    "reclassifications_2026",
)  # fmt: skip

PROVINCES_ACT = "202/2025/QH15"  # made the 34 provinces
DISTRICTS_ACT = "203/2025/QH15"  # ended the districts


class BadData(Exception):
    """A file does not say what the others need; the message names file and row."""


@dataclass(frozen=True, slots=True)
class Act:
    kind: ActKind
    legal_no: str
    legal_date: date
    effective_on: date
    confirmed: bool
    title: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A unit in one of the two states. `parent`: code of the unit above, empty for a province; `act`: made it so."""

    level: Level
    code: str
    name: str
    type: str
    parent: str = ""
    act: str = ""


@dataclass(frozen=True, slots=True)
class Edge:
    """From a legacy unit to a unit of 2025."""

    old_level: Level
    old: str
    new_level: Level
    new: str
    share: Share
    is_default: bool


@dataclass(frozen=True, slots=True)
class Retype:
    level: Level
    code: str
    before: str
    after: str
    act: str


@dataclass(frozen=True, slots=True)
class Country:
    acts: tuple[Act, ...]
    legacy: tuple[Place, ...]
    reformed: tuple[Place, ...]
    edges: tuple[Edge, ...]
    retypes: tuple[Retype, ...]
    axis_codes: Mapping[str, str]  # legacy province → H code
    aliases: Mapping[tuple[Level, str], str]  # unit of 2025 → another code under which it is known
    digest: bytes = field(default=b"", compare=False)

    @property
    def loading(self) -> tuple[Act, ...]:
        return tuple(act for act in self.acts if act.kind is ActKind.LOAD)

    @property
    def begins_on(self) -> date:
        return min(act.effective_on for act in self.acts)

    @property
    def reform_on(self) -> date:
        return max(act.effective_on for act in self.loading)

    def before_reform(self) -> "Country":
        """The country of its first day alone: nothing of it has ended yet, and nothing is known of what comes."""
        first = tuple(act for act in self.loading if act.effective_on == self.begins_on)
        return replace(self, acts=first, reformed=(), edges=(), retypes=(), aliases={})

    def part_of(self, provinces: Iterable[str]) -> "Country":
        """Only these provinces of 2025, with all that they were made of."""
        wanted = set(provinces)
        edges = [edge for edge in self.edges if edge.new_level is Level.PROVINCE and edge.new in wanted]
        old = {edge.old for edge in edges}
        districts = {place.code for place in self.legacy if place.level is Level.DISTRICT and place.parent in old}
        inside = {Level.PROVINCE: old, Level.DISTRICT: districts}
        legacy = tuple(
            place
            for place in self.legacy
            if (place.parent or place.code)
            in inside[Level.DISTRICT if place.level is Level.COMMUNE else Level.PROVINCE]
        )
        reformed = tuple(place for place in self.reformed if (place.parent or place.code) in wanted)
        new = {(place.level, place.code) for place in reformed}
        return replace(
            self,
            legacy=legacy,
            reformed=reformed,
            edges=tuple(edge for edge in self.edges if (edge.new_level, edge.new) in new),
            retypes=tuple(retype for retype in self.retypes if (retype.level, retype.code) in new),
            axis_codes={code: axis for code, axis in self.axis_codes.items() if code in old},
            aliases={key: alias for key, alias in self.aliases.items() if key in new},
        )


def keeps_identity(legacy: Iterable[Place], reformed: Iterable[Place], edges: Iterable[Edge]) -> set[tuple[Level, str]]:
    """(level, code) of the units that live on across the reform.

    A unit stays the same when its territory and its code stay: its only predecessor bears the same code, and has no
    other successor. A single predecessor is not enough, because that one may have been split. Name, type and parent may
    change.
    """
    into: dict[tuple[Level, str], list[tuple[Level, str]]] = defaultdict(list)
    out_of: dict[tuple[Level, str], int] = defaultdict(int)
    for edge in edges:
        into[edge.new_level, edge.new].append((edge.old_level, edge.old))
        out_of[edge.old_level, edge.old] += 1
    before = {(place.level, place.code) for place in legacy}
    keys = ((place.level, place.code) for place in reformed)
    return {key for key in keys if into[key] == [key] and key in before and out_of[key] == 1}


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _places(level: Level, file: str, parent: str = "", act: str = "") -> list[Place]:
    return [
        Place(level, row["code"], row["name"], row["type"], row[parent] if parent else "", row[act] if act else "")
        for row in _rows(file)
    ]


def _edges() -> list[Edge]:
    provinces = [
        Edge(Level.PROVINCE, row["old_code"], Level.PROVINCE, row["new_code"], Share(row["kind"]), is_default=True)
        for row in _rows("province_successions")
    ]
    districts = [
        Edge(
            Level.DISTRICT, row["old_district_code"], Level.COMMUNE, row["new_commune_code"], Share(row["kind"]),
            is_default=True,
        )
        for row in _rows("district_successions")
    ]  # fmt: skip
    communes = [
        Edge(
            Level.COMMUNE, row["old_code"], Level.COMMUNE, row["new_code"], Share(row["kind"]),
            is_default=row["default_successor"] == "1",
        )
        for row in _rows("commune_successions")
    ]  # fmt: skip
    return [*provinces, *districts, *communes]


def _acts(provinces: Iterable[Place]) -> list[Act]:
    """The acts of the file, and one resolution per province about its communes."""
    listed = [
        Act(
            ActKind(row["kind"]), row["legal_no"], date.fromisoformat(row["legal_date"]),
            date.fromisoformat(row["effective_on"]), row["confirmed"] == "1", row["title"], row["note"],
        )
        for row in _rows("acts")
    ]  # fmt: skip
    reform_on = max(act.effective_on for act in listed if act.kind is ActKind.LOAD)
    named = {place.code: full_name(place.type, place.name) for place in provinces}
    resolutions = {
        row["legal_basis"]: Act(
            ActKind.LOAD, row["legal_basis"], date.fromisoformat(row["legal_basis_date"]), reform_on, True,  # noqa: FBT003  confirmed: they are in force
            f"Sắp xếp các đơn vị hành chính cấp xã của {named[row['province_code']]} năm 2025",
        )
        for row in _rows("communes_2025")
    }  # fmt: skip
    return sorted([*listed, *resolutions.values()], key=lambda act: (act.effective_on, act.legal_date, act.legal_no))


@cache
def read() -> Country:
    """The whole country from the files of this app. Raises `BadData` where they contradict each other."""
    provinces = [replace(place, act=PROVINCES_ACT) for place in _places(Level.PROVINCE, "provinces_2025")]
    country = Country(
        acts=tuple(_acts(provinces)),
        legacy=(
            *_places(Level.PROVINCE, "legacy_provinces"),
            *_places(Level.DISTRICT, "legacy_districts", "province_code"),
            *_places(Level.COMMUNE, "legacy_communes", "district_code"),
        ),
        reformed=(*provinces, *_places(Level.COMMUNE, "communes_2025", "province_code", "legal_basis")),
        edges=tuple(_edges()),
        retypes=tuple(
            Retype(Level(row["level"]), row["code"], row["name_before"], row["name_after"], row["legal_basis"])
            for row in _rows("reclassifications_2026")
        ),
        axis_codes={row["province_code"]: row["axis_code"] for row in _rows("axis_codes")},
        aliases={(Level(row["level"]), row["code"]): row["alias"] for row in _rows("aliases")},
        digest=digest_of(*FILES),
    )
    check(country)
    return country


def digest_of(*names: str) -> bytes:
    """SHA-256 over the files, in the order named."""
    return hashlib.sha256(b"".join((FOLDER / f"{name}.csv").read_bytes() for name in names)).digest()


@cache
def data_from() -> date:
    """The first day about which anything is known."""
    return min(date.fromisoformat(row["effective_on"]) for row in _rows("acts"))


def check(country: Country) -> None:
    """Every code of a level once, every parent and every end of an edge present, every act named known."""
    acts = {act.legal_no for act in country.acts}
    above = {Level.DISTRICT: Level.PROVINCE, Level.COMMUNE: Level.DISTRICT}
    states = {}
    for state, places in (("legacy", country.legacy), ("2025", country.reformed)):
        keys = {(place.level, place.code) for place in places}
        if len(keys) != len(places):
            raise BadData(f"{state}: a code stands twice on one level.")
        for place in places:
            up = Level.PROVINCE if state == "2025" else above.get(place.level)
            if place.parent and (up, place.parent) not in keys:
                raise BadData(f"{state}: {place.level} {place.code} lies in {place.parent}, which is not there.")
            if place.act and place.act not in acts:
                raise BadData(f"{state}: {place.level} {place.code} names the act {place.act}, which is not there.")
        states[state] = keys
    for edge in country.edges:
        if (edge.old_level, edge.old) not in states["legacy"] or (edge.new_level, edge.new) not in states["2025"]:
            raise BadData(f"Succession {edge.old} → {edge.new} leads from or to a unit that is not there.")
    for retype in country.retypes:
        if (retype.level, retype.code) not in states["2025"] or retype.act not in acts:
            raise BadData(f"Change of {retype.level} {retype.code}: the unit or the act {retype.act} is not there.")
