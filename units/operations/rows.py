"""The table of an act: what a person hands in, and what it is once its units have ids."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from units.handovers.rules import RuleError, check_rule
from units.kinds import LEVEL_OF, Share
from units.models import ReorgEvent
from units.operations.errors import ActError

MOST_ROWS = 12_000  # the reform of 2025 had 10,566 pairs
Ref = int | str | None  # a unit's id, or the key of a row of the same table

RESULTS, SOURCES = "results", "sources"


@dataclass(frozen=True, slots=True)
class Result:
    """A unit from the day on. Without `unit_id` it is new; with it, it lives on under this name, type and parent."""

    key: str
    name: str
    type: str
    parent: Ref = None  # None: as it is
    code: str = ""
    axis_code: str = ""
    unit_id: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """An old unit and where it goes. `into` None: it ends without successor."""

    old_id: int
    into: Ref = None
    share: str = Share.WHOLE
    is_default: bool = False
    rule: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class ResultRow:
    number: int  # as people count the rows of the table
    key: str
    unit_id: int
    is_new: bool
    name: str
    type: str
    parent_id: int | None
    code: str
    axis_code: str


@dataclass(frozen=True, slots=True)
class SourceRow:
    number: int
    old_id: int
    new_id: int | None
    share: str
    is_default: bool
    rule: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Table:
    """All rows of one act. `again`: units of the corrected act, which may be made once more or are dropped."""

    act_id: int
    kind: str
    effective_on: date
    scope_id: int
    results: tuple[ResultRow, ...] = ()
    sources: tuple[SourceRow, ...] = ()
    again: frozenset[int] = frozenset()

    def into(self) -> dict[int, list[SourceRow]]:
        """By old unit; boundaries, which end nothing, are left out."""
        found: dict[int, list[SourceRow]] = {}
        for row in self.sources:
            if row.share != Share.BOUNDARY:
                found.setdefault(row.old_id, []).append(row)
        return found


@dataclass(frozen=True, slots=True)
class RowProblem:
    """`part`: results or sources; empty for the table as a whole."""

    part: str
    number: int
    code: str
    words: str | Promise

    def __str__(self) -> str:
        if not self.part:
            return str(self.words)
        text = gettext("Old units, row %(number)s: %(words)s")
        if self.part == RESULTS:
            text = gettext("Units from the day on, row %(number)s: %(words)s")
        return text % {"number": self.number, "words": self.words}


class BadRows(ActError):
    """Rows that cannot be; all of them are named. Nothing was written."""

    code = "bad-rows"

    def __init__(self, problems: Sequence[RowProblem]) -> None:
        self.problems = list(problems)
        first = " ".join(str(problem) for problem in self.problems[:10])
        super().__init__(
            gettext("The rows of the act cannot be as they are; nothing was changed. %(first)s") % {"first": first}
        )


@dataclass
class Problems:
    """Collects what is wrong, in the order of the rows."""

    found: list[RowProblem] = field(default_factory=list)

    def result(self, row: ResultRow | int, code: str, words: str | Promise) -> None:
        self.found.append(RowProblem(RESULTS, row if isinstance(row, int) else row.number, code, words))

    def source(self, row: SourceRow | int, code: str, words: str | Promise) -> None:
        self.found.append(RowProblem(SOURCES, row if isinstance(row, int) else row.number, code, words))

    def table(self, code: str, words: str | Promise) -> None:
        self.found.append(RowProblem("", 0, code, words))

    def hold(self) -> None:
        if self.found:
            raise BadRows(self.found)


def check_given(results: Sequence[Result], sources: Sequence[Source]) -> None:
    """What can be said of rows before the tree is asked. Raises `BadRows`."""
    problems = Problems()
    if len(results) + len(sources) > MOST_ROWS:
        problems.table("too-many", _("An act has no more than 12,000 rows. Make several acts of it."))
        problems.hold()
    keys: set[str] = set()
    units: set[int] = set()
    for number, row in enumerate(results, 1):
        _check_result(problems, number, row)
        if row.key in keys:
            problems.result(number, "doubled", _("the key “%(key)s” stands twice") % {"key": row.key})
        if row.unit_id in units:
            problems.result(number, "doubled", _("unit %(id)s stands twice") % {"id": row.unit_id})
        keys.add(row.key)
        units |= {row.unit_id} if row.unit_id else set()
    for number, row in enumerate(results, 1):
        if isinstance(row.parent, str) and row.parent not in keys:
            problems.result(number, "unknown", _("no row has the key “%(key)s”") % {"key": row.parent})
    pairs: set[tuple[int, Ref]] = set()
    defaults: set[int] = set()
    for number, source in enumerate(sources, 1):
        _check_source(problems, number, source, keys)
        if (source.old_id, source.into) in pairs:
            problems.source(number, "doubled", _("unit %(id)s goes twice into the same unit") % {"id": source.old_id})
        if source.is_default and source.old_id in defaults:
            problems.source(number, "default", _("unit %(id)s has two defaults") % {"id": source.old_id})
        pairs.add((source.old_id, source.into))
        defaults |= {source.old_id} if source.is_default else set()
    problems.hold()


def _clean(text: str, limit: int) -> bool:
    return text == unicodedata.normalize("NFC", text).strip() and len(text) <= limit and text.isprintable()


def _check_result(problems: Problems, number: int, row: Result) -> None:
    if not row.key or not _clean(row.key, 40):
        problems.result(number, "key", _("the key has 1 to 40 characters"))
    if not row.name or not _clean(row.name, 100):
        problems.result(number, "name", _("the name has 1 to 100 characters that can be printed"))
    if row.type not in LEVEL_OF:
        problems.result(number, "type", _("there is no type “%(type)s”") % {"type": row.type[:40]})
    for code in (row.code, row.axis_code):
        if not _clean(code, 35) or " " in code:
            problems.result(number, "code", _("a code has at most 35 characters and no space"))


def _check_source(problems: Problems, number: int, row: Source, keys: set[str]) -> None:
    if isinstance(row.into, str) and row.into not in keys:
        problems.source(number, "unknown", _("no row has the key “%(key)s”") % {"key": row.into})
    if row.share not in {share.value for share in Share}:
        problems.source(number, "share", _("a share is whole, part or boundary"))
    try:
        check_rule(row.rule)
    except RuleError as error:
        problems.source(number, "rule", str(error))


def table_of(act: ReorgEvent) -> Table:
    """The rows as they are kept."""
    changes = act.changes.order_by("position", "id")
    results = tuple(
        ResultRow(
            row.position, row.key, row.unit_id, row.is_new, row.name, row.type, row.parent_id, row.code, row.axis_code
        )
        for row in changes
    )
    sources = tuple(
        SourceRow(row.position, row.old_id, row.new_id, row.share, row.is_default, row.rule)
        for row in act.sources.order_by("position", "id")
    )
    again: frozenset[int] = frozenset()
    if act.corrects is not None:
        again = frozenset(act.corrects.changes.filter(is_new=True).values_list("unit_id", flat=True))
    return Table(act.pk, act.kind, act.effective_on, act.unit_id or 0, results, sources, again)


def new_keys(results: Iterable[Result]) -> list[str]:
    return [row.key for row in results if row.unit_id is None]
