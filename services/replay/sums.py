"""Whether the whole country adds up: asked of the tables past all policies, before and after."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import psycopg

from services.states import OPEN
from units.country import Country
from units.kinds import LABELS, LEVEL_OF, Level, UnitType

STILL_OPEN = sorted(state.value for state in OPEN)
CLOSED = """select count(*), coalesce(sum(hashtextextended(id::text || ' ' || responsible_unit_id || ' ' ||
 competent_unit_id || ' ' || returning_unit_id || ' ' || receiving_unit_id || ' ' || revision, 0)), 0)::text
 from services_dossier where state <> all (%(open)s)"""
BY_STATE = "select state, count(*) from services_dossier where state = any (%(open)s) group by 1"
# By the province in whose tree the responsible unit lies on the day.
BY_PROVINCE = """
select (subpath(v.path, 1, 1)::text)::bigint, count(*) from services_dossier d
join units_unit_version v on v.unit_id = d.responsible_unit_id and v.valid @> %(on)s::date
where d.state = any (%(open)s) group by 1"""
HEIRS = """
select old.id, coalesce(s.new_id, old.id) from units_unit old left join units_succession s on s.old_id = old.id
 where old.level = 'province'"""
HELD = """with alive as (select unit_id from units_unit_version where valid @> %(on)s::date)
select count(*) from staff_assignment where kind = 'main' and valid @> %(on)s::date
 and unit_id in (select unit_id from alive)"""
# Each must find nothing.
WRONG = {
    "open dossiers that lie with a unit that has ended": """
with alive as (select unit_id from units_unit_version where valid @> %(on)s::date)
select count(*) from services_dossier where state = any (%(open)s) and not (responsible_unit_id in (select * from alive)
 and competent_unit_id in (select * from alive) and returning_unit_id in (select * from alive))""",
    "open steps that lie with a unit that has ended": """
with alive as (select unit_id from units_unit_version where valid @> %(on)s::date)
select count(*) from services_workitem where state in ('open', 'waiting') and unit_id not in (select * from alive)""",
    "officers with two posts on a day": """
select count(*) from (select person_id from staff_assignment
 where kind = 'main' and valid @> %(on)s::date group by 1 having count(*) > 1) as doubled""",
    "open register books of units that have ended": """
with alive as (select unit_id from units_unit_version where valid @> %(on)s::date)
select count(*) from documents_register_book where state = 'open' and unit_id not in (select * from alive)""",
    "documents under way at units that have ended": """
with alive as (select unit_id from units_unit_version where valid @> %(on)s::date)
select count(*) from documents_document where state = 'draft' and unit_id not in (select * from alive)""",
    "dossiers with two hand-overs by one act": """
select count(*) from (select from services_handover
 where ground = any (%(acts)s) group by dossier_id, ground having count(*) > 1) as twice""",
    "hand-overs without their event": """
select count(*) from services_handover h where h.ground = any (%(acts)s)
 and not exists (select from events_event e where e.id = h.event_id)""",
}
HANDED_OVER = "select count(*) from services_handover where ground = any (%(acts)s)"
UNITS = """
select u.level, coalesce(c.code, ''), v.name, v.type, coalesce(pc.code, '')
from units_unit_version v join units_unit u on u.id = v.unit_id
left join units_unit_code c on c.unit_id = u.id and c.scheme = 'nso' and not c.is_alias and c.valid @> %(on)s::date
left join units_unit_code pc on pc.unit_id = v.parent_id and pc.scheme = 'nso' and not pc.is_alias
  and pc.valid @> %(on)s::date
where v.valid @> %(on)s::date and u.level <> 'country'"""


@dataclass(frozen=True, slots=True)
class Sums:
    """`by_province`: open dossiers by the id of the province of the day."""

    closed: tuple[int, str]
    by_state: Mapping[str, int]
    by_province: Mapping[int, int]
    officers: int

    @property
    def open(self) -> int:
        return sum(self.by_state.values())


def sums(database: psycopg.Connection, on: date) -> Sums:
    facts = {"open": STILL_OPEN, "on": on}
    closed = database.execute(CLOSED, facts).fetchone()
    held = database.execute(HELD, facts).fetchone()
    return Sums(
        closed=(int(closed[0]), str(closed[1])) if closed else (0, ""),
        by_state=dict(database.execute(BY_STATE, facts).fetchall()),
        by_province=dict(database.execute(BY_PROVINCE, facts).fetchall()),
        officers=int(held[0]) if held else 0,
    )


def heirs(database: psycopg.Connection) -> dict[int, int]:
    """Old and new provinces, each to the one of today."""
    return dict(database.execute(HEIRS).fetchall())


def differences(before: Sums, after: Sums, filed: Mapping[int, int], heirs: Mapping[int, int]) -> Iterator[str]:
    """`filed`: what citizens handed in meanwhile, by province; nobody closed anything. `heirs`: old to new ones."""
    if before.closed != after.closed:
        yield f"closed dossiers: {before.closed[0]} before, {after.closed[0]} after, or one of them was touched"
    if before.open + sum(filed.values()) != after.open:
        yield f"open dossiers: {before.open} before, {sum(filed.values())} filed meanwhile, {after.open} after"
    expected = Counter(filed)
    for province, number in before.by_province.items():
        expected[heirs[province]] += number
    for province in sorted({*expected, *after.by_province}):
        if expected[province] != after.by_province.get(province, 0):
            found = after.by_province.get(province, 0)
            yield f"open dossiers of province {province}: {expected[province]} expected, {found} found"
    if before.officers != after.officers:
        yield f"officers at a living unit: {before.officers} before, {after.officers} after"


def wrongs(database: psycopg.Connection, on: date, acts: Sequence[str]) -> Iterator[str]:
    """What may be at no moment, whatever happened before."""
    facts = {"open": STILL_OPEN, "on": on, "acts": list(acts)}
    for what, statement in WRONG.items():
        row = database.execute(statement, facts).fetchone()
        if row and row[0]:
            yield f"{row[0]} {what}"


def unwritten(database: psycopg.Connection, acts: Sequence[str], moved: int) -> Iterator[str]:
    row = database.execute(HANDED_OVER, {"acts": list(acts)}).fetchone()
    if row and row[0] != moved:
        yield f"{moved} dossiers were moved, but there are {row[0]} rows of hand-overs"


def strangers(database: psycopg.Connection, country: Country, on: date) -> Iterator[str]:
    """Units of the day that are not as the files say, or not there."""
    found = {tuple(row) for row in database.execute(UNITS, {"on": on}).fetchall()}
    types = {(retype.level, retype.code): retype for retype in country.retypes}
    days = {act.legal_no: act.effective_on for act in country.acts}
    expected = set()
    for place in country.reformed:
        kind, retype = place.type, types.get((place.level, place.code))
        if retype and days[retype.act] <= on:
            kind = _type_of(retype.after, place.level)
        expected.add((place.level.value, place.code, place.name, kind, place.parent))
    for row in sorted(found ^ expected)[:5]:
        yield f"{'the tree has' if row in found else 'the tree lacks'} {' '.join(row)} on {on}"


def _type_of(full_name: str, level: Level) -> str:
    return next(kind.value for kind in UnitType if LEVEL_OF[kind] is level and full_name.startswith(f"{LABELS[kind]} "))
