"""Set-based statements: where each open dossier of an ending unit goes, and all that hangs on it."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Q

from services.models import Dossier
from services.models.dossiers import DossierQuerySet
from staff.models import Assignment
from units.handovers import Case, Decision, Reorganisation

PARTS = ("responsible_unit_id", "competent_unit_id", "returning_unit_id", "receiving_unit_id")
READ = (
    "pk", "state", "accepted_at", "owner_id", "filer_id", "version__procedure__code", *PARTS,
)  # fmt: skip

# Rows of `m`: dossier, the unit that had a part in it, and the one that has it now.
_MAP = "unnest(%(dossiers)s::uuid[], %(before)s::bigint[], %(after)s::bigint[]) as m(dossier, before, after)"
# An officer goes on with what they held where they hold a post of the new unit; else it waits in the unit's pool.
_STAYS = (
    "exists (select 1 from unnest(%(officers)s::uuid[], %(posts)s::bigint[]) as p(officer, unit) "
    "where p.officer = {officer} and p.unit = {unit})"
)
# In this order: what hangs on a dossier is found by the unit that it still has.
_WRITTEN = (
    """
update services_workitem w set unit_id = m.after,
  officer_id = case when {step_stays} then w.officer_id end, taken_at = case when {step_stays} then w.taken_at end
from {pairs} where w.dossier_id = m.dossier and w.unit_id = m.before and w.state in ('waiting', 'open')
""",
    # What was on its way when its goal ended arrives at the new unit; rows of Form 06 that were received stay.
    """
update services_handover h set to_unit_id = m.after
from {pairs} where h.dossier_id = m.dossier and h.to_unit_id = m.before and h.received_at is null
""",
    """
update services_consultation c set asking_unit_id = m.after, revision = c.revision + 1
from {pairs} where c.dossier_id = m.dossier and c.asking_unit_id = m.before and c.state in ('waiting', 'open')
""",
    """
update services_refund r set unit_id = m.after
from {pairs} where r.dossier_id = m.dossier and r.unit_id = m.before and r.state in ('asked', 'approved')
""",
    """
update services_dossier d set responsible_unit_id = n.responsible, competent_unit_id = n.competent,
  returning_unit_id = n.hands_out, receiving_unit_id = n.receiving, revision = d.revision + 1,
  holder_id = case when {responsible_stays} or {competent_stays} then d.holder_id end
from unnest(%(ids)s::uuid[], %(responsible)s::bigint[], %(competent)s::bigint[], %(returning)s::bigint[],
  %(receiving)s::bigint[]) as n(id, responsible, competent, hands_out, receiving)
where d.id = n.id
""",
)
_GAPS = {
    "pairs": _MAP,
    "step_stays": _STAYS.format(officer="w.officer_id", unit="m.after"),
    "responsible_stays": _STAYS.format(officer="d.holder_id", unit="n.responsible"),
    "competent_stays": _STAYS.format(officer="d.holder_id", unit="n.competent"),
}
STATEMENTS = tuple(text.format(**_GAPS) for text in _WRITTEN)


@dataclass(frozen=True, slots=True)
class Follower:
    """One dossier on its way. The four units are those it had, and `to` those it gets."""

    pk: uuid.UUID
    state: str
    is_accepted: bool
    people: tuple[uuid.UUID, ...]
    procedure: str
    units: tuple[int, int, int, int]
    to: tuple[int, int, int, int]
    is_decided: bool = True

    @property
    def from_unit(self) -> int:
        return self.units[0]

    @property
    def to_unit(self) -> int:
        return self.to[0]

    @property
    def pairs(self) -> set[tuple[int, int]]:
        return {(before, after) for before, after in zip(self.units, self.to, strict=True) if before != after}


def followers(units: Iterable[int]) -> DossierQuerySet:
    """Open dossiers in which one of these units has a part still to play. Who received it is history afterwards."""
    ids = sorted(units)
    received = Q(receiving_unit__in=ids, accepted_at=None)
    part = Q(responsible_unit__in=ids) | Q(competent_unit__in=ids) | Q(returning_unit__in=ids) | received
    return Dossier.objects.open().filter(part)


def take(units: Iterable[int]) -> list[Follower]:
    return lock(followers(units))


def lock(found: DossierQuerySet) -> list[Follower]:
    """In one order, so that an officer's deed comes wholly before or wholly after."""
    rows = found.select_for_update(of=("self",)).order_by("pk").values_list(*READ)
    return [_follower(row) for row in rows.iterator()]


def _follower(row: Sequence[Any]) -> Follower:
    pk, state, accepted_at, owner, filer, procedure, *units = row
    people = tuple(sorted({one for one in (owner, filer) if one}))
    where = (units[0], units[1], units[2], units[3])
    return Follower(pk, state, accepted_at is not None, people, procedure, where, where)


def standing_at(one: Follower, before: int, after: int) -> Follower:
    """The same dossier as if it lay with `after` wherever it lies with `before`."""
    where = [after if unit == before else unit for unit in one.units]
    units = (where[0], where[1], where[2], where[3])
    return replace(one, units=units, to=units)


def led(one: Follower, act: Reorganisation, cases: Mapping[uuid.UUID, Case]) -> Follower:
    """Where the act leads it. A unit without successor keeps its part, and the proof names the dossier."""
    decisions: dict[int, Decision] = {}
    for place, unit in enumerate(one.units):
        if unit not in act.ending or unit in decisions or (place == 3 and one.is_accepted):
            continue
        known = cases[one.pk] if unit in act.split else Case(procedure=one.procedure)
        if decision := act.decide(unit, known):
            decisions[unit] = decision
    led_to = [decisions[unit].unit_id if unit in decisions else unit for unit in one.units]
    if one.is_accepted:
        led_to[3] = one.units[3]
    undecided = any(not decision.is_decided for decision in decisions.values())
    return replace(one, to=(led_to[0], led_to[1], led_to[2], led_to[3]), is_decided=not undecided)


def write(found: Sequence[Follower], on: date) -> None:
    """The dossiers and what hangs on them, in five statements."""
    pairs = [(one.pk, before, after) for one in found for before, after in sorted(one.pairs)]
    officers = posts({after for _pk, _before, after in pairs}, on)
    values: dict[str, Any] = {
        "ids": [one.pk for one in found],
        "responsible": [one.to[0] for one in found],
        "competent": [one.to[1] for one in found],
        "returning": [one.to[2] for one in found],
        "receiving": [one.to[3] for one in found],
        "dossiers": [pair[0] for pair in pairs],
        "before": [pair[1] for pair in pairs],
        "after": [pair[2] for pair in pairs],
        "officers": [officer for officer, _unit in officers],
        "posts": [unit for _officer, unit in officers],
    }
    with connection.cursor() as cursor:
        for statement in STATEMENTS:
            cursor.execute(statement, values)


def posts(units: Iterable[int], on: date) -> list[tuple[uuid.UUID, int]]:
    """Who holds a post at which of these units: (user, unit)."""
    rows = Assignment.objects.on(on).filter(unit__in=sorted(units)).exclude(user=None).order_by("user", "unit")
    return [(user, unit) for user, unit in rows.values_list("user", "unit").distinct() if user]
