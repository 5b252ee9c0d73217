"""Rows of the queries as JSON. Flat dictionaries: a page of 200 units costs four statements and no serializer."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from units import queries
from units.models import ReorgEvent, UnitCode, UnitVersion

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
    """Versions with level, code, parent, and successors for those that don't live on the day."""
    gone = [version.unit_id for version in versions if not lives(version, on)]
    after = queries.successors_of_many(gone, on) if gone else {}
    surroundings = _Surroundings(versions, on)
    return [surroundings.unit(version, after.get(version.unit_id, [])) for version in versions]


def lives(version: UnitVersion, on: date) -> bool:
    return version.valid_from <= on and (version.valid_until is None or on < version.valid_until)


class _Surroundings:
    """Codes and parents of a page of versions, each kind read once, on the day on which each version is told about."""

    def __init__(self, versions: Sequence[UnitVersion], on: date) -> None:
        self.on = on
        self.codes: dict[tuple[int, date], str] = {}
        self.parents: dict[tuple[int, date], UnitVersion] = {}
        days: dict[date, list[UnitVersion]] = {}
        for version in versions:
            days.setdefault(self.day(version), []).append(version)
        for day, group in days.items():
            above = {version.parent_id for version in group if version.parent_id}
            self._read(day, [version.unit_id for version in group], above)

    def day(self, version: UnitVersion) -> date:
        """The day asked about, or the nearest on which the version holds."""
        if self.on < version.valid_from:
            return version.valid_from
        if version.valid_until and self.on >= version.valid_until:
            return version.valid_until - timedelta(days=1)
        return self.on

    def _read(self, day: date, unit_ids: list[int], above: Iterable[int]) -> None:
        above = list(above)
        for unit_id, found in queries.codes_at([*unit_ids, *above], day).items():
            self.codes[unit_id, day] = found
        for unit_id, parent in queries.versions_at(above, day).items():
            self.parents[unit_id, day] = parent

    def unit(self, version: UnitVersion, after: list[queries.Successor]) -> Json:
        day = self.day(version)
        parent = self.parents.get((version.parent_id or 0, day))
        return {
            "id": version.unit_id,
            "code": self.codes.get((version.unit_id, day), ""),
            "fullName": version.full_name,
            "level": version.unit.level,
            "type": version.type,
            "name": version.name,
            "parentId": version.parent_id,
            "parentCode": self.codes.get((version.parent_id or 0, day), ""),
            "parentFullName": parent.full_name if parent else "",
            "validFromDate": version.valid_from.isoformat(),
            "validToDate": last_day(version.valid_until),
            "validOn": lives(version, self.on),
            "successors": [successor(row) for row in after],
        }
