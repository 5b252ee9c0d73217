"""Writing what an act changes into the tree, and reading it back."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import connection

from units.kinds import ActKind
from units.models import ReorgEvent
from units.operations.errors import DoesNotFit

CLOSE = """
update units_unit_version version
   set valid = daterange(lower(version.valid), %(day)s), closed_by_id = %(act)s
  from units_reorg_change change
 where change.event_id = %(act)s and version.unit_id = change.unit_id
   and upper_inf(version.valid) and lower(version.valid) < %(day)s
   and (version.name, version.type) <> (change.name, change.type)"""
FOLLOW = """
insert into units_unit_version (unit_id, name, type, parent_id, path, valid, event_id, recorded_at)
select version.unit_id, change.name, change.type, version.parent_id, version.path,
       daterange(%(day)s, null), %(act)s, %(now)s
  from units_unit_version version join units_reorg_change change using (unit_id)
 where version.closed_by_id = %(act)s and change.event_id = %(act)s"""


def write_changes(act: ReorgEvent, now: datetime) -> None:
    """Close the versions that hold, and write their followers from the day of effect. Children are left alone."""
    if act.kind not in (ActKind.RETYPE, ActKind.RENAME):
        raise DoesNotFit(f"Act {act.legal_no} is a {act.kind}; only names and types change by rows.")
    values: dict[str, int | date] = {"act": act.pk, "day": act.effective_on, "now": now}
    wanted = act.changes.count()
    with connection.cursor() as cursor:
        # Between the two statements a parent has no version on the day; its children may see it only afterwards.
        cursor.execute("set constraints unit_version_parent_alive deferred")
        cursor.execute(CLOSE, values)
        if cursor.rowcount != wanted:
            raise DoesNotFit(
                f"Act {act.legal_no} changes {wanted} units, but {cursor.rowcount} fit: the rest ended, change later, "
                "or have this name and type already. Nothing was changed."
            )
        cursor.execute(FOLLOW, values)
        cursor.execute("set constraints unit_version_parent_alive immediate")


WRITTEN = """
select count(*), count(version.id) from units_reorg_change change left join units_unit_version version
  on version.unit_id = change.unit_id and version.valid @> %(day)s::date
 and (version.name, version.type) = (change.name, change.type)
 where change.event_id = %(act)s"""


def check_written(act: ReorgEvent) -> int:
    """How many units the act makes or changes; each has the version that the act says, from its day on."""
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN, {"act": act.pk, "day": act.effective_on})
        wanted, written = cursor.fetchone()
    if wanted != written:
        raise DoesNotFit(
            f"Act {act.legal_no} changes {wanted} units, but the tree has {written} of them. Nothing was changed."
        )
    return int(wanted)


def province_of(unit_ids: Iterable[int], on: date) -> int | None:
    """The province that all these units lie in or are; nothing when there are several, or none."""
    with connection.cursor() as cursor:
        cursor.execute(
            """select distinct subpath(path, 1, 1)::text::bigint from units_unit_version
                where unit_id = any (%s) and valid @> %s::date and nlevel(path) > 1""",
            [list(unit_ids), on],
        )
        provinces = cursor.fetchall()
    return int(provinces[0][0]) if len(provinces) == 1 else None
