"""Writing an act into the tree, and taking it back out."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import Error, connection, transaction
from django.utils.translation import gettext as _

from units.handovers import Reorganisation
from units.kinds import full_name
from units.models import ReorgEvent, Succession, Unit, UnitVersion
from units.operations.errors import BuiltUpon, CorrectedOtherwise, DoesNotFit
from units.operations.judging import judge
from units.operations.planning import Writing, plan, reorganisation
from units.operations.rows import BadRows, Table, table_of
from units.operations.standing import Tree, read_tree
from units.states import ActState

CLOSE = """
update units_unit_version set valid = daterange(lower(valid), %(day)s), closed_by_id = %(act)s
 where unit_id = any (%(units)s) and upper_inf(valid) and lower(valid) < %(day)s"""
END_CODES = """
update units_unit_code code set valid = daterange(lower(code.valid), %(day)s)
  from unnest(%(units)s::bigint[], %(schemes)s::text[]) as ended (unit_id, scheme)
 where code.unit_id = ended.unit_id and code.scheme = ended.scheme and upper_inf(code.valid) and not
       (code.is_alias and code.unit_id <> all (%(gone)s))"""
VERSIONS = """
insert into units_unit_version (unit_id, name, type, parent_id, path, valid, event_id, recorded_at)
select unit_id, name, type, parent_id, path::ltree, daterange(%(day)s, null), %(act)s, %(now)s
  from unnest(%(units)s::bigint[], %(names)s::text[], %(types)s::text[], %(parents)s::bigint[], %(paths)s::text[])
    as made (unit_id, name, type, parent_id, path)"""
CODES = """
insert into units_unit_code (unit_id, level, scheme, code, valid, is_alias)
select unit_id, level, scheme, code, daterange(%(day)s, null), false
  from unnest(%(units)s::bigint[], %(levels)s::text[], %(schemes)s::text[], %(codes)s::text[])
    as made (unit_id, level, scheme, code)"""

REUSED = """
select distinct act.legal_no from units_unit_code freed
  join units_unit_code given on given.scheme = freed.scheme and given.level = freed.level and given.code = freed.code
   and given.unit_id <> all (%(touched)s) and lower(given.valid) >= %(day)s
  join units_unit_version version on version.unit_id = given.unit_id and version.valid @> lower(given.valid)
  join units_reorg_event act on act.id = version.event_id
 where freed.unit_id = any (%(touched)s) and upper(freed.valid) = %(day)s"""


def asked_of(table: Table) -> set[int]:
    """All units that the rows name."""
    asked = {row.old_id for row in table.sources} | {row.new_id for row in table.sources if row.new_id}
    asked |= {row.unit_id for row in table.results} | {row.parent_id for row in table.results if row.parent_id}
    return asked


def tree_for(table: Table) -> Tree:
    return read_tree(table.scope_id, table.effective_on, asked_of(table), table.act_id)


def check_not_built_upon(act: ReorgEvent) -> None:
    """No other act ends or changes what this one made, nor lies below it, nor gave a code away that this one freed."""
    table = table_of(act)
    made = {row.unit_id for row in table.results if row.is_new}
    own = UnitVersion.objects.filter(event=act)
    others = set(own.exclude(closed_by=None).values_list("closed_by__legal_no", flat=True))
    below = UnitVersion.objects.filter(parent_id__in=made).exclude(event=act)
    others |= set(below.values_list("event__legal_no", flat=True))
    going = ReorgEvent.objects.filter(sources__new_id__in=made).exclude(pk=act.pk).exclude(corrects=act)
    others |= set(going.filter(state__in=[ActState.SCHEDULED, ActState.EFFECTIVE]).values_list("legal_no", flat=True))
    with connection.cursor() as cursor:
        cursor.execute(REUSED, {"touched": sorted(asked_of(table)), "day": act.effective_on})
        others |= {legal_no for (legal_no,) in cursor.fetchall()}
    if others:
        raise BuiltUpon(act.legal_no, ", ".join(sorted(others)[:5]))


def check_not_corrected(act: ReorgEvent, wrong: ReorgEvent) -> None:
    """One act is corrected by one other. Of two corrections the first that is scheduled counts."""
    bound = [ActState.SCHEDULED, ActState.EFFECTIVE, ActState.CORRECTED]
    others = ReorgEvent.objects.filter(corrects=wrong, state__in=bound).exclude(pk=act.pk).order_by("pk")
    if act.state == ActState.SCHEDULED:  # when two are scheduled all the same, the earlier one goes first
        others = others.exclude(state=ActState.SCHEDULED)
    if wrong.state != ActState.EFFECTIVE or others.exists():
        raise CorrectedOtherwise(wrong.legal_no, ", ".join(others.values_list("legal_no", flat=True)[:5]))


@contextmanager
def as_without(act: ReorgEvent, now: datetime) -> Iterator[None]:
    """The tree as it would be without the act that this one corrects. Everything inside is undone."""
    if act.corrects is None:
        yield
        return
    check_not_built_upon(act.corrects)
    with transaction.atomic():
        take_back(act.corrects.pk, by=act, now=now)
        yield
        transaction.set_rollback(True)


def judged(act: ReorgEvent, now: datetime) -> tuple[Table, Tree]:
    """The rows and the tree that they meet. Raises `BadRows`."""
    table = table_of(act)
    with as_without(act, now):
        tree = tree_for(table)
    if problems := judge(table, tree):
        raise BadRows(problems)
    return table, tree


def seen_by_apps(act: ReorgEvent, table: Table, tree: Tree | None = None) -> Reorganisation:
    names: Mapping[int, str]
    if tree is not None:
        names = {unit_id: standing.full_name for unit_id, standing in tree.alive.items()}
    else:
        targets = [row.new_id for row in table.sources if row.new_id]
        versions = UnitVersion.objects.at(act.effective_on).filter(unit_id__in=targets)
        names = {version.unit_id: full_name(version.type, version.name) for version in versions}
    return reorganisation(act, table, names)


def write_act(act: ReorgEvent, now: datetime) -> Writing:
    """The tree from the day of effect on. The act is scheduled already, or the database refuses every row."""
    table = table_of(act)
    tree = tree_for(table)
    if problems := judge(table, tree):
        raise BadRows(problems)
    writing = plan(table, tree)
    try:
        with transaction.atomic():
            _write(act, table, writing, now)
    except Error as error:
        words = _("Act %(act)s meets another tree than the one it was written for. Nothing was changed. (%(detail)s)")
        detail = str(error).splitlines()[0]
        raise DoesNotFit(words % {"act": act.legal_no, "detail": detail}) from error
    return writing


def _write(act: ReorgEvent, table: Table, writing: Writing, now: datetime) -> None:
    values: dict[str, Any] = {"day": act.effective_on, "act": act.pk, "now": now}
    there = set(Unit.objects.filter(pk__in=writing.begun).values_list("pk", flat=True))
    Unit.objects.bulk_create(
        [
            Unit(id=unit_id, level=level, created_by_event=act)
            for unit_id, level in writing.begun.items()
            if unit_id not in there
        ]
    )
    made = writing.versions
    with connection.cursor() as cursor:
        cursor.execute("set constraints unit_version_parent_alive deferred")
        cursor.execute(CLOSE, {**values, "units": writing.closed})
        if cursor.rowcount != len(writing.closed):
            raise DoesNotFit(
                _("Act %(act)s ends or changes %(wanted)s units, but %(found)s can be. Nothing was changed.")
                % {"act": act.legal_no, "wanted": len(writing.closed), "found": cursor.rowcount}
            )
        cursor.execute(VERSIONS, values | {
            "units": [row.unit_id for row in made], "names": [row.name for row in made],
            "types": [row.type for row in made], "parents": [row.parent_id for row in made],
            "paths": [row.path for row in made],
        })  # fmt: skip
        cursor.execute(END_CODES, values | {
            "units": [unit for unit, _ in writing.codes_end], "schemes": [scheme for _, scheme in writing.codes_end],
            "gone": sorted(table.into()),
        })  # fmt: skip
        cursor.execute(CODES, values | {
            "units": [row.unit_id for row in writing.codes], "levels": [row.level for row in writing.codes],
            "schemes": [row.scheme for row in writing.codes], "codes": [row.code for row in writing.codes],
        })  # fmt: skip
        cursor.execute("set constraints unit_version_parent_alive immediate")
    Succession.objects.bulk_create(
        Succession(
            event=act, old_id=row.old_id, new_id=row.new_id, kind=row.share, rule=row.rule,
            is_default=row.is_default or len(table.into().get(row.old_id, ())) == 1,
        )
        for row in table.sources
        if row.new_id is not None
    )  # fmt: skip


def take_back(act_id: int, *, by: ReorgEvent, now: datetime) -> int:
    """What the act wrote goes to the log, and what it closed is open again. How many versions were concerned."""
    with connection.cursor() as cursor:
        cursor.execute("select units_take_back(%s, %s, %s)", [act_id, by.pk, now])
        return int(cursor.fetchone()[0])


def reorganisation_of(act: ReorgEvent) -> Reorganisation:
    """As the apps see the act; its rows may still be those of a draft."""
    return seen_by_apps(act, table_of(act))
