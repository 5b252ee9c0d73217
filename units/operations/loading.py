"""Loading the whole country: one transaction, an event per act, and nothing at all when it was loaded before."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import connection, transaction

from portal.events.actors import Actor
from portal.isolation import Purpose, scope
from units.checks import Check, check_files, check_tables
from units.country import Act, Country
from units.kinds import ActKind
from units.models import ReorgEvent
from units.operations.acts import Change, enter_act
from units.operations.effect import settle, take_effect
from units.operations.errors import CheckFailed, OtherCountry
from units.operations.plan import COLUMNS, Planner, Rows, size
from units.operations.retypes import change_of
from units.operations.steps import day_of
from units.sorting import sort_key


@dataclass(frozen=True, slots=True)
class Loaded:
    """`acts` and `rows` that were written now; all zero when the country was there already."""

    acts: int
    rows: Mapping[str, int]
    checks: int


@transaction.atomic
def load_country(*, country: Country, actor: Actor, now: datetime) -> Loaded:
    """Load, run the acts of 2026 that are due, and hold the result against the known figures of the country.

    Raises `CheckFailed` with the name of the first check that doesn't hold, `OtherCountry` when other files were loaded
    before.
    """
    held = _hold(check_files(country))
    loaded = load(country=country, actor=actor, now=now)
    return replace(loaded, checks=held + _hold(check_tables())) if loaded.acts else loaded


def _hold(checks: Iterable[Check]) -> int:
    """How many checks there were; the first that doesn't hold ends the load."""
    held = 0
    for check in checks:
        if check.expected != check.found:
            raise CheckFailed(check.name, check.expected, check.found)
        held += 1
    return held


@transaction.atomic
def load(*, country: Country, actor: Actor, now: datetime) -> Loaded:
    """As `load_country`, for a country of any size and without its figures."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('units.load'))")
    known = {act.legal_no: bytes(act.file_sha256 or b"") for act in ReorgEvent.objects.filter(kind=ActKind.LOAD)}
    if known:
        if known != {act.legal_no: country.digest for act in country.loading}:
            raise OtherCountry
        return Loaded(0, {}, 0)
    rows = _load_states(country, actor, now)
    with scope(purpose=Purpose.REORGANISATION):
        for act in country.acts:
            if act.kind is not ActKind.LOAD:
                _enter_and_run(act, country, actor, now)
    return Loaded(len(country.acts), {table: len(part) for table, part in rows.items()}, 0)


def _load_states(country: Country, actor: Actor, now: datetime) -> dict[str, list[tuple[object, ...]]]:
    acts = {act.legal_no: _enter(act, country, actor, now) for act in country.loading}
    ids = {legal_no: act.pk for legal_no, act in acts.items()}
    planned = Planner(country, _new_ids(size(country)), ids, now.isoformat()).plan()
    # In the order in which lists are read: then the index on the sort key walks the table from page to page.
    planned.versions.sort(key=lambda row: (sort_key(str(row[1])), row[5]))
    tables = _by_table(planned)
    for table, rows in tables.items():
        _copy(table, rows)
    made = Counter(row[2] for row in planned.units)
    versions = Counter(row[6] for row in planned.versions)
    successions = Counter(row[0] for row in planned.successions)
    for act in acts.values():
        facts = {"units": made[act.pk], "versions": versions[act.pk], "successions": successions[act.pk]}
        settle(act=act, actor=actor, now=now, facts=facts, unit=None)
    with connection.cursor() as cursor:
        # Without fresh statistics the planner misjudges `valid @> day` until autovacuum comes by.
        cursor.execute(f"analyze {', '.join(COLUMNS)}")
    return tables


def _by_table(rows: Rows) -> dict[str, list[tuple[object, ...]]]:
    return {
        "units_unit": rows.units,
        "units_unit_version": rows.versions,
        "units_unit_code": rows.codes,
        "units_succession": rows.successions,
    }


def _new_ids(count: int) -> Iterator[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select nextval(pg_get_serial_sequence('units_unit', 'id')) from generate_series(1, %s)", [count]
        )
        return iter([row[0] for row in cursor.fetchall()])


def _copy(table: str, rows: list[tuple[object, ...]]) -> None:
    columns = ", ".join(COLUMNS[table])
    with connection.cursor() as cursor, cursor.copy(f"copy {table} ({columns}) from stdin") as copy:
        for row in rows:
            copy.write_row(row)


def _enter(act: Act, country: Country, actor: Actor, now: datetime, changes: Iterable[Change] = ()) -> ReorgEvent:
    return enter_act(
        kind=act.kind,
        legal_no=act.legal_no,
        legal_date=act.legal_date,
        effective_on=act.effective_on,
        confirmed=act.confirmed,
        title=act.title,
        note=act.note,
        file_sha256=country.digest,
        changes=changes,
        actor=actor,
        now=now,
    )


def _enter_and_run(act: Act, country: Country, actor: Actor, now: datetime) -> None:
    """An act whose day has not come yet stays scheduled."""
    changes = [change_of(retype, act) for retype in country.retypes if retype.act == act.legal_no]
    entered = _enter(act, country, actor, now, changes)
    if act.effective_on <= day_of(now):
        take_effect(act_id=entered.pk, actor=actor, now=now)
