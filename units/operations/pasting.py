"""A pasted table as rows of an act: old unit, new unit, share, default, code, villages, one line for each pair.

Columns are parted by tabs, as spreadsheets copy them. Units are named by their code, or by type and name as they are
written; a name that several units bear is refused, never guessed.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from units.kinds import LABELS, LEVEL_OF, Level, Scheme, UnitType
from units.models import UnitCode, UnitVersion
from units.operations.rows import MOST_ROWS, Problems, Result, Source
from units.sorting import APOSTROPHES, search_key

TABLE_LIMIT = 2_000_000  # characters
COLUMNS = ("old", "new", "share", "default", "code", "villages")
# As a person writes them without looking at accents: whole, part, default.
WHOLE, PART = ("", "whole", "toan bo", "1"), ("part", "mot phan")
YES = ("x", "yes", "co", "1")


@dataclass(frozen=True, slots=True)
class Pasted:
    results: tuple[Result, ...]
    sources: tuple[Source, ...]


def read_pasted(text: str, *, scope_id: int, on: date) -> Pasted:
    """Rows of a merger, split or cession below the unit of the scope on the day. Raises `BadRows` with all lines."""
    return _Reading(scope_id, on).read(text)


def _key(name: str) -> str:
    """Case, blanks and the form of apostrophes don't matter; accents do."""
    plain = "".join("'" if letter in APOSTROPHES else letter for letter in name.casefold())
    return " ".join(plain.split())


class _Reading:
    def __init__(self, scope_id: int, on: date) -> None:
        path = UnitVersion.objects.at(on).filter(unit_id=scope_id).values_list("path", flat=True).first()
        there = UnitVersion.objects.at(on).under(path or "0").exclude(unit__level=Level.COUNTRY)
        self.versions = {version.unit_id: version for version in there}
        self.by_name: dict[str, list[int]] = defaultdict(list)
        for version in self.versions.values():
            self.by_name[_key(version.full_name)].append(version.unit_id)
        codes = UnitCode.objects.filter(scheme=Scheme.NSO, valid__contains=on, unit_id__in=self.versions)
        self.by_code: dict[str, list[int]] = defaultdict(list)
        for code, unit_id in codes.values_list("code", "unit_id"):
            self.by_code[code].append(unit_id)
        self.problems = Problems()
        self.results: dict[str, Result] = {}
        self.sources: list[Source] = []

    def read(self, text: str) -> Pasted:
        lines = [line for line in text[:TABLE_LIMIT].splitlines() if line.strip()]
        if len(text) > TABLE_LIMIT or len(lines) > MOST_ROWS:
            self.problems.table("too-many", _("An act has no more than 12,000 rows. Make several acts of it."))
            self.problems.hold()
        seen: dict[tuple[int, str], int] = {}
        for number, line in enumerate(lines, 1):
            cells = [cell.strip() for cell in line.split("\t")]
            if len(cells) > len(COLUMNS):
                self.problems.source(
                    number, "columns", _("a line has at most %(most)s columns") % {"most": len(COLUMNS)}
                )
                continue
            given = dict(zip(COLUMNS, [*cells, *[""] * len(COLUMNS)], strict=False))
            old = self._old(number, given["old"])
            if old is None or not (key := self._new(number, given, old)):
                continue
            first = seen.setdefault((old, key), number)
            if first != number:
                words = _("this pair stands in line %(first)s already") % {"first": first}
                self.problems.source(number, "doubled", words)
            self._pair(number, given, old, key)
        self.problems.hold()
        return Pasted(tuple(self.results.values()), tuple(self.sources))

    def _old(self, number: int, said: str) -> int | None:
        found = self.by_code.get(said) or self.by_name.get(_key(said), [])
        if len(found) == 1:
            return found[0]
        told = {"name": said[:100]}
        if found:
            words = _("several units are called %(name)s: write the code") % told
            self.problems.source(number, "namesake", words)
        else:
            self.problems.source(number, "unknown", _("no unit “%(name)s” lives here on the day") % told)
        return None

    def _new(self, number: int, given: dict[str, str], old: int) -> str:
        """The key of the new unit: its full name and the unit above, which is that of the old one."""
        level = LEVEL_OF[self.versions[old].type]
        kinds = [kind for kind in UnitType if LEVEL_OF[kind] is level]
        name = given["new"]
        kind = next((kind for kind in kinds if _key(name).startswith(_key(LABELS[kind]) + " ")), None)
        if kind is None:
            told = {"name": name[:100], "types": ", ".join(LABELS[kind] for kind in kinds)}
            words = _("“%(name)s” begins with none of the types %(types)s") % told
            self.problems.source(number, "type", words)
            return ""
        bare = " ".join(name.split())[len(LABELS[kind]) :].strip()
        parent = self.versions[old].parent_id
        key = f"{kind} {_key(bare)} {parent}"[:40]
        known = self.results.get(key)
        made = Result(key, bare, kind, parent, given["code"] or (known.code if known else ""))
        if known and known.code and known.code != made.code:
            self.problems.source(number, "code", _("this new unit has another code in a line above"))
        self.results[key] = made
        return key

    def _pair(self, number: int, given: dict[str, str], old: int, key: str) -> None:
        share = search_key(given["share"])
        if share not in WHOLE + PART:
            self.problems.source(number, "share", _("a share is “whole” or “part”"))
        villages = [village.strip() for village in given["villages"].split(";") if village.strip()]
        self.sources.append(
            Source(
                old, key, "part" if share in PART else "whole", is_default=search_key(given["default"]) in YES,
                rule={"villages": villages} if villages else None,
            )
        )  # fmt: skip
