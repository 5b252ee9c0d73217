"""Whether the whole country adds up: asked of the tables past all policies, before and after."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import LiteralString

import psycopg

from services import petition_states
from services.states import OPEN
from units.country import Country
from units.kinds import LABELS, LEVEL_OF, Level, UnitType

STILL_OPEN = sorted(state.value for state in OPEN)
OPEN_PETITIONS = sorted(state.value for state in petition_states.OPEN)
CLOSED = """select count(*), coalesce(sum(hashtextextended(id::text || ' ' || responsible_unit_id || ' ' ||
 competent_unit_id || ' ' || returning_unit_id || ' ' || receiving_unit_id || ' ' || revision, 0)), 0)::text
 from services_dossier where state <> all (%(open)s)"""
BY_STATE = "select state, count(*) from services_dossier where state = any (%(open)s) group by 1"
# By the province in whose tree the responsible unit lies on the day.
BY_PROVINCE = """
select (subpath(v.path, 1, 1)::text)::bigint, count(*) from services_dossier d
join units_unit_version v on v.unit_id = d.responsible_unit_id and v.valid @> %(on)s::date
where d.state = any (%(open)s) group by 1"""
CLOSED_PETITIONS = """select count(*), coalesce(sum(hashtextextended(id::text || ' ' || responsible_unit_id || ' ' ||
 revision, 0)), 0)::text from services_petition where state <> all (%(petitions)s)"""
PETITIONS = """
select (subpath(v.path, 1, 1)::text)::bigint, count(*) from services_petition p
join units_unit_version v on v.unit_id = p.responsible_unit_id and v.valid @> %(on)s::date
where p.state = any (%(petitions)s) group by 1"""
HEIRS = """
select old.id, coalesce(s.new_id, old.id) from units_unit old left join units_succession s on s.old_id = old.id
 where old.level = 'province'"""
HELD = """with alive as (select unit_id from units_unit_version where valid @> %(on)s::date)
select count(*) from staff_assignment where kind = 'main' and valid @> %(on)s::date
 and unit_id in (select unit_id from alive)"""
# Each must find nothing. `alive`: the units of the day.
ALIVE = "with alive as (select unit_id from units_unit_version where valid @> %(on)s::date)\n"
_WRONG = {
    "open dossiers that lie with a unit that has ended": """
select count(*) from services_dossier where state = any (%(open)s) and not (responsible_unit_id in (select * from alive)
 and competent_unit_id in (select * from alive) and returning_unit_id in (select * from alive))""",
    "open steps that lie with a unit that has ended": """
select count(*) from services_workitem where state in ('open', 'waiting') and unit_id not in (select * from alive)""",
    "officers with two posts on a day": """
select count(*) from (select person_id from staff_assignment
 where kind = 'main' and valid @> %(on)s::date group by 1 having count(*) > 1) as doubled""",
    "open register books of units that have ended": """
select count(*) from documents_register_book where state = 'open' and unit_id not in (select * from alive)""",
    "documents under way at units that have ended": """
select count(*) from documents_document where state = 'draft' and unit_id not in (select * from alive)""",
    "open petitions that lie with a unit that has ended": """
select count(*) from services_petition where state = any (%(petitions)s)
 and responsible_unit_id not in (select * from alive)""",
    "limits of open petitions that run for another unit": """
select count(*) from services_petitionclock c join services_petition p on p.id = c.petition_id
 where c.ended_at is null and p.state = any (%(petitions)s) and c.unit_id <> p.responsible_unit_id""",
    "answers to ratings that a unit owes that has ended": """
select count(*) from services_ratingreply where state = 'open' and unit_id not in (select * from alive)""",
    "questions that wait at, or were asked by, a unit that has ended": """
select count(*) from services_consultation where state in ('open', 'waiting')
 and not (unit_id in (select * from alive) and asking_unit_id in (select * from alive))""",
    "refunds under way of open dossiers that lie with a unit that has ended": """
select count(*) from services_refund r join services_dossier d on d.id = r.dossier_id where d.state = any (%(open)s)
 and r.state in ('asked', 'approved') and r.unit_id not in (select * from alive)""",
    "hand-overs under way to a unit that has ended": """
select count(*) from services_handover h join services_dossier d on d.id = h.dossier_id where d.state = any (%(open)s)
 and h.received_at is null and h.to_unit_id not in (select * from alive)""",
    "drafts addressed to a unit that has ended": """
select count(*) from services_draft cross join lateral unnest(array[competent_unit_id, returning_unit_id, desk_unit_id])
 as unit where dossier_id is null and unit is not null and unit not in (select * from alive)""",
    "posts and assignments that hold at a unit that has ended": """
select count(*) from (
 select unit_id from staff_post where valid @> %(on)s::date
 union all select unit_id from staff_assignment where valid @> %(on)s::date) as held
 where unit_id not in (select * from alive)""",
    "delegations that hold at a unit that has ended": """
select count(*) from staff_delegation d
 join staff_assignment giver on giver.id = d.giver_id join staff_assignment taker on taker.id = d.taker_id
 where d.valid @> %(on)s::date
 and not (giver.unit_id in (select * from alive) and taker.unit_id in (select * from alive))""",
    "rights of programs at a unit that has ended": """
select count(*) from accounts_clientgrant g join accounts_apiclient c on c.id = g.client_id
 where c.state <> 'closed' and g.unit_id not in (select * from alive)""",
    "numbers in the books of an organ that did not live on their day": """
select count(*) from documents_register_entry e where not exists (
 select from units_unit_version v where v.unit_id = e.unit_id and v.valid @> e.dated_on)""",
    "numbers that stand twice in one series": """
select count(*) from (select from documents_register_entry e join documents_register_book b on b.id = e.book_id
 group by b.unit_id, b.kind, b.series, b.year, e.number having count(*) > 1) as twice""",
    "dossiers with two hand-overs by one act": """
select count(*) from (select from services_handover
 where ground = any (%(acts)s) group by dossier_id, ground having count(*) > 1) as twice""",
    "hand-overs without their event": """
select count(*) from services_handover h where h.ground = any (%(acts)s)
 and not exists (select from events_event e where e.id = h.event_id)""",
}
WRONG = {what: ALIVE + statement for what, statement in _WRONG.items()}
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
    """`by_province`, `petitions`: open ones by the id of the province of the day. What is closed, by its checksum."""

    closed: tuple[int, str]
    closed_petitions: tuple[int, str]
    petitions: Mapping[int, int]
    by_state: Mapping[str, int]
    by_province: Mapping[int, int]
    officers: int

    @property
    def open(self) -> int:
        return sum(self.by_state.values())


def sums(database: psycopg.Connection, on: date) -> Sums:
    facts = {"open": STILL_OPEN, "petitions": OPEN_PETITIONS, "on": on}
    held = database.execute(HELD, facts).fetchone()
    return Sums(
        closed=_checksum(database, CLOSED, facts),
        closed_petitions=_checksum(database, CLOSED_PETITIONS, facts),
        petitions=dict(database.execute(PETITIONS, facts).fetchall()),
        by_state=dict(database.execute(BY_STATE, facts).fetchall()),
        by_province=dict(database.execute(BY_PROVINCE, facts).fetchall()),
        officers=int(held[0]) if held else 0,
    )


def _checksum(database: psycopg.Connection, statement: LiteralString, facts: Mapping[str, object]) -> tuple[int, str]:
    row = database.execute(statement, facts).fetchone()
    return (int(row[0]), str(row[1])) if row else (0, "")


def heirs(database: psycopg.Connection) -> dict[int, int]:
    """Old and new provinces, each to the one of today."""
    return dict(database.execute(HEIRS).fetchall())


def differences(before: Sums, after: Sums, filed: Mapping[int, int], heirs: Mapping[int, int]) -> Iterator[str]:
    """`filed`: what citizens handed in meanwhile, by province; nobody closed anything. `heirs`: old to new ones."""
    if before.closed != after.closed:
        yield f"closed dossiers: {before.closed[0]} before, {after.closed[0]} after, or one of them was touched"
    if before.closed_petitions != after.closed_petitions:
        ended, ends = before.closed_petitions[0], after.closed_petitions[0]
        yield f"closed petitions: {ended} before, {ends} after, or one of them was touched"
    if before.open + sum(filed.values()) != after.open:
        yield f"open dossiers: {before.open} before, {sum(filed.values())} filed meanwhile, {after.open} after"
    yield from _by_province("dossiers", before.by_province, after.by_province, Counter(filed), heirs)
    yield from _by_province("petitions", before.petitions, after.petitions, Counter(), heirs)
    if before.officers != after.officers:
        yield f"officers at a living unit: {before.officers} before, {after.officers} after"


def _by_province(
    what: str, before: Mapping[int, int], after: Mapping[int, int], new: Counter[int], heirs: Mapping[int, int]
) -> Iterator[str]:
    expected = Counter(new)
    for province, number in before.items():
        expected[heirs[province]] += number
    for province in sorted({*expected, *after}):
        if expected[province] != after.get(province, 0):
            yield f"open {what} of province {province}: {expected[province]} expected, {after.get(province, 0)} found"


def wrongs(database: psycopg.Connection, on: date, acts: Sequence[str]) -> Iterator[str]:
    """What may be at no moment, whatever happened before."""
    facts = {"open": STILL_OPEN, "petitions": OPEN_PETITIONS, "on": on, "acts": list(acts)}
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
