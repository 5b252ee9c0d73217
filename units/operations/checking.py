"""A table that somebody hands in, judged before it is stored: every line with what is wrong with it."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from units.kinds import ActKind, Scheme, Share, full_name
from units.models import ReorgEvent, UnitCode, UnitVersion
from units.operations.judging import judge
from units.operations.pasting import SAME_UNIT, Pasted, Read, key_of, read_table
from units.operations.rows import (
    RESULTS,
    SOURCES,
    BadRows,
    Ref,
    ResultRow,
    RowProblem,
    SourceRow,
    Table,
    check_given,
    table_of,
)
from units.operations.writing import check_not_built_upon, take_back, tree_for


def kind_of_rows(act: ReorgEvent) -> ActKind:
    """What the lines of the act say; those of a correction say what the corrected act should have said."""
    while act.corrects is not None:
        act = act.corrects
    return ActKind(act.kind)


def check_table(
    *, text: str, kind: str, unit_id: int, effective_on: date, now: datetime, corrects: ReorgEvent | None = None
) -> Read:
    """Nothing is stored. What the tree has against the rows is asked once every line can be read."""
    told = kind_of_rows(corrects) if corrects else kind
    on = effective_on - timedelta(days=1) if corrects else effective_on
    read = read_table(text, scope_id=unit_id, on=on, kind=told, known=_known(corrects))
    if read.all_problems:
        return read
    try:
        check_given(read.rows.results, read.rows.sources)
    except BadRows as error:
        return _told(read, error.problems)
    again = frozenset(_made_by(corrects)) if corrects else frozenset()
    table = _as_table(read.rows, kind=kind, unit_id=unit_id, effective_on=effective_on, again=again)
    with _without(corrects, now):
        tree = tree_for(table)
    return _told(read, judge(table, tree))


@contextmanager
def _without(corrects: ReorgEvent | None, now: datetime) -> Iterator[None]:
    """The tree as it would be without the act that is corrected. Everything inside is undone."""
    if corrects is None:
        yield
        return
    check_not_built_upon(corrects)
    with transaction.atomic():
        take_back(corrects.pk, by=corrects, now=now)
        yield
        transaction.set_rollback(True)


def _made_by(act: ReorgEvent) -> Iterable[int]:
    return act.changes.filter(is_new=True).values_list("unit_id", flat=True)


def _known(corrects: ReorgEvent | None) -> dict[str, int]:
    """Units that the corrected act made, by their key and by their code: they stay the same units."""
    if corrects is None:
        return {}
    made = corrects.changes.filter(is_new=True).order_by("position", "id")
    found = {row.code: row.unit_id for row in made if row.code}
    return found | {key_of(row.type, row.name, row.parent_id): row.unit_id for row in made}


def _as_table(rows: Pasted, *, kind: str, unit_id: int, effective_on: date, again: frozenset[int]) -> Table:
    """New units get numbers below zero: they have none yet."""
    ids = {row.key: row.unit_id or -number for number, row in enumerate(rows.results, 1)}

    def unit(ref: Ref) -> int | None:
        return ids[ref] if isinstance(ref, str) else ref

    results = tuple(
        ResultRow(
            number, row.key, ids[row.key], row.unit_id is None or row.unit_id in again, row.name, row.type,
            unit(row.parent), row.code, row.axis_code,
        )
        for number, row in enumerate(rows.results, 1)
    )  # fmt: skip
    sources = tuple(
        SourceRow(number, row.old_id, unit(row.into), row.share, row.is_default, row.rule)
        for number, row in enumerate(rows.sources, 1)
    )
    return Table(0, kind, effective_on, unit_id, results, sources, again)


def _told(read: Read, problems: Iterable[RowProblem]) -> Read:
    """Each problem with the line that its row came from."""
    by_result = {line.result: line for line in reversed(read.lines)}
    by_source = {line.source: line for line in read.lines}
    others = []
    for problem in problems:
        line = {RESULTS: by_result, SOURCES: by_source}.get(problem.part, {}).get(problem.number)
        if line is None:
            others.append(problem)
        else:
            line.problems.append(problem)
    return Read(read.lines, read.rows, (*read.problems, *others))


def lines_of(act: ReorgEvent) -> str | None:
    """The rows of an act as somebody would paste them. None when lines could not say all of it."""
    table, kind = table_of(act), kind_of_rows(act)
    if any("answers" in (row.rule or {}) for row in table.sources) or any(row.axis_code for row in table.results):
        return None
    asked = {row.old_id for row in table.sources} | {row.parent_id for row in table.results if row.parent_id}
    asked |= {row.unit_id for row in table.results if not row.is_new}
    asked |= {row.new_id for row in table.sources if row.new_id}
    on = act.effective_on - timedelta(days=1)
    names = _names(asked, on if act.corrects_id or act.state in ("effective", "corrected") else act.effective_on)
    made = {row.unit_id: row for row in table.results}
    if table.sources:
        return "\n".join(_source_line(row, made.get(row.new_id or 0), names) for row in table.sources)
    return "\n".join(_result_line(row, kind, names) for row in table.results)


def _names(units: Iterable[int], on: date) -> dict[int, str]:
    """Codes, which are never mistaken; names where a unit bears none."""
    asked = list(units)
    found = {version.unit_id: version.full_name for version in UnitVersion.objects.at(on).filter(unit_id__in=asked)}
    codes = UnitCode.objects.filter(scheme=Scheme.NSO, valid__contains=on, unit_id__in=asked, is_alias=False)
    return found | dict(codes.values_list("unit_id", "code"))


def _source_line(row: SourceRow, into: ResultRow | None, names: dict[int, str]) -> str:
    share = {Share.WHOLE: _("whole"), Share.PART: _("part")}.get(Share(row.share), "")
    rule = [";".join((row.rule or {}).get(clause, ())) for clause in ("villages", "addresses", "procedures")]
    new = full_name(into.type, into.name) if into else names.get(row.new_id or 0, "")
    cells = [
        names.get(row.old_id, ""), new, str(share), "x" if row.is_default else "", into.code if into else "", *rule
    ]  # fmt: skip
    return "\t".join(cells).rstrip("\t")


def _result_line(row: ResultRow, kind: ActKind, names: dict[int, str]) -> str:
    above = names.get(row.parent_id or 0, "")
    first = names.get(row.unit_id, "") if kind in SAME_UNIT else above
    second = above if kind == ActKind.TRANSFER else full_name(row.type, row.name)
    return "\t".join([first, second, "", "", row.code]).rstrip("\t")
