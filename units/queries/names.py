"""Names, codes and parents of many units, each on its own day, in one statement."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection

from units.kinds import full_name


@dataclass(frozen=True, slots=True)
class Named:
    """A unit in words, as it stood on one day. Codes are the statistics office's; empty where there was none."""

    unit_id: int
    full_name: str
    code: str
    parent_id: int | None
    parent_name: str
    parent_code: str


NAMED = """
select version.unit_id, asked.day, version.type, version.name, coalesce(code.code, ''),
       version.parent_id, parent.type, parent.name, coalesce(parent_code.code, '')
  from (select distinct unnest(%s::bigint[]) as unit_id, unnest(%s::date[]) as day) asked
  join units_unit_version version on version.unit_id = asked.unit_id and version.valid @> asked.day
  left join units_unit_version parent on parent.unit_id = version.parent_id and parent.valid @> asked.day
  left join units_unit_code code on code.unit_id = version.unit_id and code.scheme = 'nso' and not code.is_alias
   and code.valid @> asked.day
  left join units_unit_code parent_code on parent_code.unit_id = version.parent_id and parent_code.scheme = 'nso'
   and not parent_code.is_alias and parent_code.valid @> asked.day
 order by version.sort_key, version.unit_id, asked.day"""


def named_at(asked: Iterable[tuple[int, date]]) -> dict[tuple[int, date], Named]:
    """By unit and day, in the order of the alphabet; units that didn't live that day are left out."""
    pairs = list(asked)
    if not pairs:
        return {}
    found: dict[tuple[int, date], Named] = {}
    with connection.cursor() as cursor:
        cursor.execute(NAMED, [[unit_id for unit_id, _ in pairs], [day for _, day in pairs]])
        for unit_id, day, type_, name, code, parent_id, parent_type, parent, parent_code in cursor:
            above = full_name(parent_type, parent) if parent else ""
            found[unit_id, day] = Named(unit_id, full_name(type_, name), code, parent_id, above, parent_code)
    return found
