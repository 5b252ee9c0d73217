"""A table of a spreadsheet as rows of an act: one line for each pair of an old unit and where it goes.

Columns are parted by tabs, as spreadsheets copy them; what stands in them for which kind of act says `COLUMNS`. Units
are named by their code, or by type and name as they are written; a name that several units bear is refused, never
guessed. A first line with the heads of the columns is passed over.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from django.utils.translation import gettext as _

from units.handovers.rules import RuleError, check_rule
from units.kinds import LABELS, LEVEL_OF, ActKind, Level, Scheme, Share, UnitType
from units.models import UnitCode, UnitVersion
from units.operations.rows import MOST_ROWS, RESULTS, SOURCES, BadRows, Ref, Result, RowProblem, Source
from units.queries.absent import reasons
from units.sorting import APOSTROPHES, search_key

TABLE_LIMIT = 2_000_000  # characters
COLUMNS = ("old", "new", "share", "default", "code", "villages", "addresses", "procedures")
# As a person writes them without looking at accents: whole, part, default.
WHOLE, PART = ("", "whole", "toan bo", "1"), ("part", "mot phan")
YES = ("x", "yes", "co", "1")
HEADS = ("old", "old unit", "don vi cu", "unit", "don vi", "unit above", "don vi cap tren")
SAME_UNIT = (ActKind.RENAME, ActKind.RETYPE, ActKind.TRANSFER)
DIGITS = {Level.COMMUNE: 5, Level.DISTRICT: 3, Level.PROVINCE: 2}  # spreadsheets drop the zeros before a code


@dataclass(frozen=True, slots=True)
class Pasted:
    results: tuple[Result, ...]
    sources: tuple[Source, ...]


@dataclass(slots=True)
class Line:
    """A line as it was given, by its number there, heads and empty lines counted too.

    `result`, `source`: the places of its rows in the tables, counted from 1; 0 is none.
    """

    number: int
    cells: tuple[str, ...]
    problems: list[RowProblem] = field(default_factory=list)
    result: int = 0
    source: int = 0


@dataclass(frozen=True, slots=True)
class Read:
    """Every line, wrong ones too. `problems`: what is wrong with the table as a whole."""

    lines: tuple[Line, ...]
    rows: Pasted
    problems: tuple[RowProblem, ...] = ()

    @property
    def all_problems(self) -> list[RowProblem]:
        return [*self.problems, *(problem for line in self.lines for problem in line.problems)]


def read_pasted(text: str, *, scope_id: int, on: date, kind: str = ActKind.MERGE) -> Pasted:
    """Rows of an act below the unit of the scope on the day. Raises `BadRows` with all lines."""
    read = read_table(text, scope_id=scope_id, on=on, kind=kind)
    if found := read.all_problems:
        raise BadRows(found)
    return read.rows


def read_table(
    text: str, *, scope_id: int, on: date, kind: str = ActKind.MERGE, known: Mapping[str, int] | None = None
) -> Read:
    """`known`: units that a new row may mean, by `key_of` or by code; of a correction, those that were made already."""
    lines = [(number, line) for number, line in enumerate(_plain(text[:TABLE_LIMIT]).splitlines(), 1) if line.strip()]
    if lines and search_key(lines[0][1].split("\t")[0]) in HEADS:
        del lines[0]
    if len(text) > TABLE_LIMIT or len(lines) > MOST_ROWS:
        words = _("An act has no more than 12,000 rows. Make several acts of it.")
        return Read((), Pasted((), ()), (RowProblem("", 0, "too-many", words),))
    return _Reading(scope_id, on, kind, known or {}).read(lines)


def _plain(text: str) -> str:
    """Accents as this portal writes them, and without the marks that other programs hide between letters."""
    return "".join(one for one in unicodedata.normalize("NFC", text) if unicodedata.category(one) != "Cf")


def key_of(kind: str, name: str, parent: int | None) -> str:
    return f"{kind} {_key(name)} {parent}"[:40]


def _key(name: str) -> str:
    """Case, blanks and the form of apostrophes don't matter; accents do."""
    plain = "".join("'" if letter in APOSTROPHES else letter for letter in name.casefold())
    return " ".join(plain.split())


class _Reading:
    def __init__(self, scope_id: int, on: date, kind: str, known: Mapping[str, int]) -> None:
        path = UnitVersion.objects.at(on).filter(unit_id=scope_id).values_list("path", flat=True).first()
        there = UnitVersion.objects.at(on).under(path or "0")
        self.versions = {version.unit_id: version for version in there}
        self.by_name: dict[str, list[int]] = defaultdict(list)
        for version in self.versions.values():
            self.by_name[_key(version.full_name)].append(version.unit_id)
        codes = UnitCode.objects.filter(scheme=Scheme.NSO, valid__contains=on, unit_id__in=self.versions)
        self.by_code: dict[str, list[int]] = defaultdict(list)
        for code, unit_id in codes.values_list("code", "unit_id"):
            self.by_code[code].append(unit_id)
        self.kind, self.known, self.scope_id, self.on = kind, known, scope_id, on
        self.absent: list[tuple[Line, str]] = []
        self.results: dict[str, Result] = {}
        self.sources: list[Source] = []
        self.seen: dict[tuple[int, object], int] = {}
        self.places: dict[str, int] = {}
        self.line = Line(0, ())

    def read(self, lines: list[tuple[int, str]]) -> Read:
        read = []
        for number, text in lines:
            cells = tuple(cell.strip() for cell in text.split("\t"))
            self.line = Line(number, cells[: len(COLUMNS)])
            read.append(self.line)
            if len(cells) > len(COLUMNS):
                self._wrong("columns", _("a line has at most %(most)s columns") % {"most": len(COLUMNS)})
                continue
            self._take(dict(zip(COLUMNS, [*cells, *[""] * len(COLUMNS)], strict=False)))
        self._explain()
        return Read(tuple(read), Pasted(tuple(self.results.values()), tuple(self.sources)))

    def _wrong(self, code: str, words: str, part: str = SOURCES) -> None:
        self.line.problems.append(RowProblem(part, self.line.number, code, words))

    def _explain(self) -> None:
        """All at once: a whole table may name units that are not there."""
        if not self.absent:
            return
        said = {said for _line, said in self.absent}
        told = reasons(said, scope_id=self.scope_id, on=self.on, key=_key)
        for line, text in self.absent:
            line.problems = [
                replace(problem, words=told[text]) if problem.code == "unknown" and text in told else problem
                for problem in line.problems
            ]

    def _take(self, given: dict[str, str]) -> None:
        old = self._there(given["old"])
        if old is None:
            return
        if self.kind == ActKind.CREATE:
            self._made(given, parent=old)
        elif self.kind in SAME_UNIT:
            self._changed(given, old)
        elif self.kind in (ActKind.ABOLISH, ActKind.BOUNDARY):
            self._into_living(given, old)
        elif (key := self._made(given, parent=self.versions[old].parent_id, like=old)) and self._once(old, key):
            self._pair(given, old, key)

    def _once(self, old: int, into: object) -> bool:
        first = self.seen.setdefault((old, into), self.line.number)
        if first != self.line.number:
            self._wrong("doubled", _("this pair stands in line %(first)s already") % {"first": first})
        return first == self.line.number

    def _there(self, said: str) -> int | None:
        found = self.by_code.get(said) or self.by_name.get(_key(said), [])
        if not found and said.isascii() and said.isdecimal():
            found = next(filter(None, (self.by_code.get(said.zfill(digits)) for digits in DIGITS.values())), [])
        if len(found) == 1:
            return found[0]
        told = {"name": said[:100]}
        if len(self.line.cells) == 1 and self.kind != ActKind.ABOLISH:
            self._wrong("columns", _("the line has one column: paste it from a spreadsheet, or put tabs between them"))
        elif found:
            self._wrong("namesake", _("several units are called %(name)s: write the code") % told)
        else:
            self._wrong("unknown", _("no unit “%(name)s” lives here on the day") % told)
            self.absent.append((self.line, said))
        return None

    def _named(self, name: str, level: Level | None) -> tuple[UnitType, str] | None:
        """The type with which the name begins, and the rest of it. `level` None: a level below the scope's own."""
        if not name:
            self._wrong("type", _("the second column is empty: write type and name of the unit"))
            return None
        kinds = [kind for kind in UnitType if LABELS[kind] and level in (None, LEVEL_OF[kind])]
        kind = next((kind for kind in kinds if _key(name).startswith(_key(LABELS[kind]) + " ")), None)
        if kind is None:
            told = {"name": name[:100], "types": ", ".join(dict.fromkeys(LABELS[kind] for kind in kinds))}
            self._wrong("type", _("“%(name)s” begins with none of the types %(types)s") % told)
            return None
        return kind, " ".join(name.split())[len(LABELS[kind]) :].strip()

    def _made(self, given: dict[str, str], *, parent: int | None, like: int | None = None) -> str:
        """A new unit of the level of the old one, or below its parent; empty when it can't be."""
        level = LEVEL_OF[self.versions[like].type] if like else self._below(parent)
        named = self._named(given["new"], level)
        if named is None:
            return ""
        kind, bare = named
        key = key_of(kind, bare, parent)
        before = self.results.get(key)
        if before and self.kind == ActKind.CREATE:
            self._wrong("doubled", _("this unit stands in a line above already"))
        code = self._code(given["code"], LEVEL_OF[kind])
        made = Result(
            key, bare, kind, parent, code or (before.code if before else ""),
            unit_id=self.known.get(key) or self.known.get(code) if self.known else None,
        )  # fmt: skip
        if before and before.code and before.code != made.code:
            self._wrong("code", _("this new unit has another code in a line above"))
        self.results[key] = made
        self.line.result = self.places.setdefault(key, len(self.results))
        return key

    def _below(self, parent: int | None) -> Level | None:
        above = LEVEL_OF[self.versions[parent].type] if parent else None
        return {Level.COUNTRY: Level.PROVINCE, Level.PROVINCE: Level.COMMUNE}.get(above) if above else None

    def _code(self, said: str, level: Level) -> str:
        is_short = said.isascii() and said.isdecimal() and len(said) < DIGITS.get(level, 0)
        return said.zfill(DIGITS[level]) if is_short else said

    def _changed(self, given: dict[str, str], old: int) -> None:
        """The unit lives on, under another name or type, or below another unit."""
        version, key = self.versions[old], str(old)
        if key in self.results:
            self._wrong("doubled", _("this unit stands in a line above already"), RESULTS)
            return
        if self.kind == ActKind.TRANSFER:
            parent = self._there(given["new"])
            if parent is None:
                return
            made = Result(key, version.name, version.type, parent, unit_id=old)
        else:
            named = self._named(given["new"], LEVEL_OF[version.type])
            if named is None:
                return
            made = Result(key, named[1], named[0], code=self._code(given["code"], LEVEL_OF[named[0]]), unit_id=old)
        self.results[key] = made
        self.line.result = len(self.results)

    def _into_living(self, given: dict[str, str], old: int) -> None:
        """To a unit that is there already, or to none."""
        into = self._there(given["new"]) if given["new"] else None
        if (given["new"] and into is None) or not self._once(old, into):
            return
        share = Share.BOUNDARY if self.kind == ActKind.BOUNDARY else self._share(given["share"])
        self._add(Source(old, into, share))

    def _share(self, said: str) -> Share:
        key = search_key(said)
        if key not in WHOLE + PART:
            self._wrong("share", _("a share is “whole” or “part”"))
        return Share.PART if key in PART else Share.WHOLE

    def _pair(self, given: dict[str, str], old: int, into: Ref) -> None:
        rule = {
            clause: entries
            for clause in ("villages", "addresses", "procedures")
            if (entries := [entry.strip() for entry in given[clause].split(";") if entry.strip()])
        }
        try:
            check_rule(rule)
        except RuleError as error:
            self._wrong("rule", str(error))
        is_default = search_key(given["default"]) in YES
        self._add(Source(old, into, self._share(given["share"]), is_default=is_default, rule=rule or None))

    def _add(self, source: Source) -> None:
        self.sources.append(source)
        self.line.source = len(self.sources)
