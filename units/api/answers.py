"""Rows of the queries as JSON. Flat dictionaries: a page of 200 units costs three statements and no serializer."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from units import queries
from units.models import ReorgEvent, UnitCode, UnitVersion
from units.queries.names import Named, named_at
from units.queries.nearest import nearest_day

Json = dict[str, Any]


def last_day(until: date | None) -> str | None:
    """Ranges are half-open in the database; people and programs get the last day on which it holds."""
    return (until - timedelta(days=1)).isoformat() if until else None


def act(row: ReorgEvent) -> Json:
    return {
        "id": row.pk,
        "kind": row.kind,
        "legalNumber": row.legal_no,
        "title": row.title,
        "decidedDate": row.legal_date.isoformat(),
        "effectiveDate": row.effective_on.isoformat(),
        "effectiveDateConfirmed": row.effective_on_confirmed,
        "state": row.state,
    }


def successor(row: queries.Successor) -> Json:
    return {
        "id": row.unit_id,
        "code": row.code,
        "fullName": row.full_name,
        "name": row.name,
        "type": row.type,
        "parentId": row.parent_id,
        "parentCode": row.parent_code,
        "parentFullName": row.parent_name,
        "kind": row.kind,
        "isDefault": row.is_default,
    }


def party(row: queries.Party) -> Json:
    return {
        "id": row.unit_id,
        "code": row.code,
        "fullName": row.full_name,
        "parentFullName": row.parent_name,
        "kind": row.kind,
        "isDefault": row.is_default,
    }


def step(row: queries.Step) -> Json:
    return {
        "effectiveDate": row.on.isoformat(),
        "what": row.what,
        "act": act(row.act),
        "before": [party(unit) for unit in row.before],
        "after": [party(unit) for unit in row.after],
    }


def code(row: UnitCode) -> Json:
    return {
        "scheme": row.scheme,
        "code": row.code,
        "isAlias": row.is_alias,
        "validFromDate": row.valid.lower.isoformat(),
        "validToDate": last_day(row.valid.upper),
    }


def units(versions: Sequence[UnitVersion], on: date) -> list[Json]:
    """Versions, each with code and parent on the day, or the nearest on which it holds, and with what became of it."""
    ended = [version.unit_id for version in versions if version.valid_until and version.valid_until <= on]
    to_come = [version.unit_id for version in versions if on < version.valid_from]
    after = queries.successors_of_many(ended, on) if ended else {}
    after |= queries.predecessors_of_many(to_come, on) if to_come else {}
    named = named_at((version.unit_id, nearest_day(version, on)) for version in versions)
    return [
        _unit(version, named[version.unit_id, nearest_day(version, on)], after.get(version.unit_id, []), on)
        for version in versions
    ]


def lives(version: UnitVersion, on: date) -> bool:
    return nearest_day(version, on) == on


def _unit(version: UnitVersion, named: Named, after: list[queries.Successor], on: date) -> Json:
    return {
        "id": version.unit_id,
        "code": named.code,
        "fullName": named.full_name,
        "level": version.unit.level,
        "type": version.type,
        "name": version.name,
        "parentId": named.parent_id,
        "parentCode": named.parent_code,
        "parentFullName": named.parent_name,
        "validFromDate": version.valid_from.isoformat(),
        "validToDate": last_day(version.valid_until),
        "validOn": lives(version, on),
        "successors": [successor(row) for row in after],
    }
