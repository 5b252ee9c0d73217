"""The acts of 1 July 2025 and of 2026 as rows for the engine, from the country's files. Pure but for the ids of units.

A unit is touched by one act a day, so each province of 2025 has one act: it makes the province where it is new, makes
its communes, ends the old ones, and ends the districts between them.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from services.replay.invented import village
from units.country import DISTRICTS_ACT, PROVINCES_ACT, Act, Country, Edge, Place, keeps_identity
from units.kinds import ActKind, Level, Share
from units.operations import Head, Result, Source

Key = tuple[Level, str]
VILLAGES = 12  # invented people live in "Thôn 1" to "Thôn 12"
RULED = 10  # the rules of a split know the first ten: who lives in the others waits for a person
FILE = bytes(range(32))  # stands for the digest of a resolution's file


@dataclass(frozen=True, slots=True)
class Drafted:
    """`province`: the code of 2025 that the act is about."""

    province: str
    head: Head
    results: tuple[Result, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Reform:
    """`units`: ids of the units of 30 June by level and code; `root` is the country's."""

    country: Country
    units: Mapping[Key, int]
    root: int

    def acts(self) -> Iterator[Drafted]:
        country = self.country
        kept = keeps_identity(country.legacy, country.reformed, country.edges)
        into: dict[Key, list[Edge]] = defaultdict(list)
        for edge in country.edges:
            into[edge.old_level, edge.old].append(edge)
        for province in (place for place in country.reformed if place.level is Level.PROVINCE):
            yield _Province(self, province, kept, into).drafted()


class _Province:
    def __init__(self, reform: Reform, province: Place, kept: set[Key], into: Mapping[Key, list[Edge]]) -> None:
        self.country, self.units, self.root = reform.country, reform.units, reform.root
        self.province, self.kept, self.into = province, kept, into
        self.is_kept = (Level.PROVINCE, province.code) in kept
        self.ref: int | str = self.units[Level.PROVINCE, province.code] if self.is_kept else f"P{province.code}"
        edges = [edge for edge in self.country.edges if edge.new_level is Level.PROVINCE and edge.new == province.code]
        self.old = {edge.old for edge in edges}
        self.districts = [
            place for place in self.country.legacy if place.level is Level.DISTRICT and place.parent in self.old
        ]

    def drafted(self) -> Drafted:
        communes = [place for place in self.country.reformed if place.parent == self.province.code]
        act = next(act for act in self.country.acts if act.legal_no == communes[0].act)
        stays = any(place == replace(self.province, act="") for place in self.country.legacy)
        results = [] if self.is_kept and stays else [self._made(self.province, self.root)]
        results += [self._made(place, self.ref) for place in communes]
        head = Head(
            kind=ActKind.MERGE, legal_no=act.legal_no, legal_date=act.legal_date, effective_on=act.effective_on,
            title=act.title, unit_id=int(self.ref) if self.is_kept else self.root, file_sha256=FILE,
            note=f"{PROVINCES_ACT}, {DISTRICTS_ACT}",
        )  # fmt: skip
        return Drafted(self.province.code, head, tuple(results), tuple(self._sources()))

    def _made(self, place: Place, parent: int | str) -> Result:
        key = f"{'P' if place.level is Level.PROVINCE else 'C'}{place.code}"
        if (place.level, place.code) in self.kept:
            return Result(key, place.name, place.type, parent, unit_id=self.units[place.level, place.code])
        return Result(key, place.name, place.type, parent, code=place.code)

    def _sources(self) -> Iterator[Source]:
        if not self.is_kept:
            for code in sorted(self.old):
                yield Source(self.units[Level.PROVINCE, code], self.ref, is_default=True)
        codes = {place.code for place in self.districts}
        for place in self.districts:
            old = self.units[place.level, place.code]
            edges = self.into.get((place.level, place.code), [])
            # A district ends without successor, but for those that became one special zone
            yield Source(old, f"C{edges[0].new}", is_default=True) if edges else Source(old)
        for place in self.country.legacy:
            key = (place.level, place.code)
            if place.level is Level.COMMUNE and place.parent in codes and key not in self.kept:
                yield from self._shares(place, self.into[key])

    def _shares(self, place: Place, edges: list[Edge]) -> Iterator[Source]:
        """Of every second split commune the act knows which villages go where; of the others nobody does."""
        old, ruled = self.units[place.level, place.code], int(place.code) % 2 == 0
        for number, edge in enumerate(edges):
            villages = [village(one) for one in range(1, RULED + 1) if one % len(edges) == number]
            rule = {"villages": villages} if ruled and len(edges) > 1 else None
            yield Source(old, f"C{edge.new}", Share(edge.share), edge.is_default, rule)


def retypes(country: Country) -> list[Act]:
    """The acts of 2026 that say something about these units, in the order of their days."""
    named = {retype.act for retype in country.retypes}
    return [act for act in country.acts if act.kind is not ActKind.LOAD and act.legal_no in named]
