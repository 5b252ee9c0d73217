"""Whether everything adds up after an act: figures before and after, the tree, and what the apps find."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import connection

from portal.isolation import Purpose, scope
from units.handovers import Finding, Handover, Held, Reorganisation, all_handovers
from units.models import ReorgEvent, ReorgProof
from units.operations.rows import table_of
from units.operations.simulating import ENGINE
from units.operations.steps import canonical, read_only
from units.operations.writing import seen_by_apps
from units.queries.succession import successors_of_many
from units.states import ActState

Figures = list[dict[str, Any]]

STILL_ALIVE = """select unit_id from units_unit_version
 where unit_id = any (%(units)s) and (upper_inf(valid) or upper(valid) > %(on)s) order by unit_id"""
NO_PARENT = """
select child.unit_id from units_unit_version child
 where child.valid @> %(on)s::date and child.parent_id is not null
   and (child.event_id = %(act)s or child.parent_id = any (%(units)s))
   and not exists (select from units_unit_version parent where parent.unit_id = child.parent_id
                      and parent.valid @> %(on)s::date and child.path = parent.path || child.unit_id::text)
 order by child.unit_id"""
CODE_TWICE = """select distinct unit_id from units_unit_code
 where unit_id = any (%(units)s) and (upper_inf(valid) or upper(valid) > %(on)s) order by unit_id"""


@dataclass
class Proven:
    """`findings`: with the handover that found it; "units" is the engine itself."""

    figures_before: Figures = field(default_factory=list)
    figures_after: Figures = field(default_factory=list)
    findings: list[dict[str, Any]] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        return not self.findings


def figures(handover: Handover, units: Collection[int], held: Held | None) -> Figures:
    """What the units are responsible for now, by kind, state and unit; of what is held, the very things."""
    found: Counter[tuple[str, str, str, int, bool]] = Counter()
    for each in handover.count(units) if held is None else held(units):
        found[handover.name, each.what, each.state, each.unit_id, each.conserved] += each.number
    names = ("handover", "what", "state", "unit", "conserved")
    return [dict(zip(names, key, strict=True)) | {"number": number} for key, number in sorted(found.items())]


def concerned(act: Reorganisation) -> list[int]:
    return sorted(act.ending | act.receiving | set(act.made))


def conserved(before: Figures, after: Figures, ended: Collection[int]) -> Iterable[dict[str, Any]]:
    """What is more or less than before, and what stayed with a unit that ended."""
    sums: Counter[tuple[str, str, str]] = Counter()
    for sign, rows in ((-1, before), (1, after)):
        for row in rows:
            if row["conserved"]:
                sums[row["handover"], row["what"], row["state"]] += sign * row["number"]
    for (handover, what, state), difference in sorted(sums.items()):
        if difference:
            yield finding(handover, Finding("not-conserved", None, difference)) | {"what": what, "state": state}
    for row in after:
        if row["conserved"] and row["unit"] in ended and row["number"]:
            yield finding(row["handover"], Finding("left-behind", row["unit"], row["number"])) | {"what": row["what"]}


def finding(handover: str, each: Finding) -> dict[str, Any]:
    row = {**asdict(each), "handover": handover, "unit": each.unit_id, "subject": list(each.subject or ())}
    del row["unit_id"]
    return row


def findings_of(act: Reorganisation) -> list[dict[str, Any]]:
    """Of the tree and of every app. Reads only; the scope is the caller's."""
    found = [finding(ENGINE, each) for each in _tree_findings(act)]
    for handover in all_handovers():
        found += [finding(handover.name, each) for each in handover.verify(act)]
    return found


def _tree_findings(act: Reorganisation) -> Iterable[Finding]:
    values: dict[str, Any] = {"units": sorted(act.ending), "on": act.effective_on, "act": act.act_id}
    with connection.cursor() as cursor:
        for code, statement in (("still-alive", STILL_ALIVE), ("no-parent", NO_PARENT), ("code-twice", CODE_TWICE)):
            cursor.execute(statement, values)
            yield from [Finding(code, row[0]) for row in cursor.fetchall()]
    going = [unit_id for unit_id, heirs in act.heirs.items() if heirs]
    for unit_id, heirs in successors_of_many(going, act.effective_on).items() if going else ():
        if not heirs:
            yield Finding("no-heir", unit_id)


def proof_digest(proof: ReorgProof) -> str:
    """Over everything that was proven; the report on the act names it."""
    told = [proof.event_id, proof.made_at, proof.before, proof.after, proof.moves, proof.findings, proof.holds]
    return canonical(told).hex()


def prove(act: ReorgEvent) -> Proven:
    """An act in force, asked again: what was proven on its day, and what holds now. Of one that was corrected only the
    first: what holds now is the other act's.
    """
    seen = seen_by_apps(act, table_of(act))
    with scope(purpose=Purpose.REORGANISATION), read_only():
        found = [] if act.state == ActState.CORRECTED else findings_of(seen)
        proof = ReorgProof.objects.filter(event=act).first()
    proven = Proven(findings=found)
    if proof is not None:
        proven.figures_before, proven.figures_after = proof.before, proof.after
        proven.findings = list(conserved(proof.before, proof.after, seen.ending)) + found
    return proven
