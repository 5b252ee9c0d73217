"""What an act would do: figures and blockers from all who take part, kept, with nothing else changed."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.events import record
from portal.events.actors import Actor
from portal.isolation import Purpose, scope
from units.handovers import Blocker, Count, Cure, Reorganisation, Words, all_handovers, handover, may_end
from units.kinds import Share
from units.models import ReorgEvent, ReorgSimulation
from units.operations.rows import Table, table_of
from units.operations.standing import Tree
from units.operations.steps import canonical, lock, read_only, rows_digest, step, unit_of
from units.operations.writing import judged, seen_by_apps, tree_for
from units.states import TRANSITIONS, Action, ActState

ENGINE = "units"
WORDS = Words(
    things={},
    blockers={
        "no-successor": Cure(
            _("%(unit)s ends without successor and has %(number)s open things"),
            _("Name the unit that takes them over, or close them before the day."),
        ),
        "no-rule": Cure(
            _("%(unit)s is split, and no rule says what goes where"),
            _("Add villages, addresses, answers or procedures to its rows; else each open thing waits for a person."),
        ),
        "no-code": Cure(
            _("%(number)s new units have no code of the statistics office"),
            _("Enter the codes in the table; until then dossier codes bear the portal's own number of the unit."),
        ),
        "no-file": Cure(
            _("The act has no file yet"), _("Attach the file of the resolution; nobody can sign without it.")
        ),
    },
    findings={
        "still-alive": _("%(unit)s should have ended and lives on"),
        "no-parent": _("%(unit)s has no unit above it, or lies on a wrong path"),
        "no-heir": _("%(unit)s ended and nothing answers for it"),
        "code-twice": _("%(unit)s ended and still bears a code"),
        "not-conserved": _("%(number)s things more or less than before the act"),
        "left-behind": _("%(number)s things lie with %(unit)s, which has ended"),
    },
)


def words_of(name: str) -> Words:
    """Empty for a handover that no app answers to any more; its codes are shown then."""
    if name == ENGINE:
        return WORDS
    found = handover(name)
    return found.words if found else Words(things={})


@dataclass(frozen=True, slots=True)
class Foreseen:
    counts: list[dict[str, Any]]
    blockers: list[dict[str, Any]]
    flows: list[dict[str, Any]]


@transaction.atomic
def simulate(*, act_id: int, expected: int | None = None, actor: Actor, now: datetime) -> ReorgSimulation:
    """Judge the rows, ask everybody, keep the answer. Raises `BadRows` when the rows cannot be.

    An act that is signed or scheduled may be tried out again, to see what changed since; its signature stays over what
    was signed.
    """
    again = [ActState.SIMULATED, ActState.SIGNED, ActState.SCHEDULED]
    act = lock(act_id, Action.SIMULATE, actor, expected, also=again)
    foreseen, digest = foresee(act, now)
    number = act.simulations.count() + 1
    made = ReorgSimulation(
        event=act, number=number, unit_id=unit_of(act), made_at=now, made_by=actor.event_actor, rows_digest=digest,
        digest=canonical([digest.hex(), foreseen.counts, foreseen.blockers, foreseen.flows]), counts=foreseen.counts,
        blockers=foreseen.blockers, flows=foreseen.flows,
    )  # fmt: skip
    made.save(force_insert=True)
    facts = {"number": number, "digest": made.digest.hex(), "blockers": len(foreseen.blockers)}
    if act.state == ActState.DRAFT:
        step(act, Action.SIMULATE, actor=actor, now=now, facts=facts)
    else:
        fact = TRANSITIONS[Action.SIMULATE].fact
        facts["legal_no"] = act.legal_no
        record(fact, subject=act, actor=actor, unit=act.unit_id, at=now, before=act.state, after=act.state, facts=facts)
    return made


def foresee(act: ReorgEvent, now: datetime) -> tuple[Foreseen, bytes]:
    """With the digest of the rows. PostgreSQL refuses every write while the apps are asked."""
    if act.state == ActState.SCHEDULED and act.corrects_id is None:
        table = table_of(act)  # it stands in the tree already, so its rows no longer fit what they meet
        tree = tree_for(table)
    else:
        table, tree = judged(act, now)
    seen = seen_by_apps(act, table, tree)
    counts: list[dict[str, Any]] = []
    blockers = [_blocker(ENGINE, each) for each in _own_blockers(act, seen, table)]
    with scope(purpose=Purpose.REORGANISATION), read_only():
        for part in all_handovers():
            preview = part.preview(seen)
            counts += [_count(part.name, each) for each in preview.counts]
            blockers += [_blocker(part.name, each) for each in preview.blockers]
    blockers += [_blocker(ENGINE, each) for each in _without_successor(seen, counts)]
    counts.sort(key=_key)
    blockers.sort(key=lambda each: (not each["stops"], each["handover"], each["code"], each["unit"]))
    return Foreseen(counts, blockers, _flows(table, seen, tree)), rows_digest(act, table)


def _count(handover: str, each: Count) -> dict[str, Any]:
    row = {**asdict(each), "handover": handover, "unit": each.unit_id, "officer": str(each.officer or "")}
    del row["unit_id"]
    return row


def _key(row: dict[str, Any]) -> tuple[str, str, int, str, str]:
    return row["handover"], row["what"], row["unit"], row["state"], row["officer"]


def _blocker(handover: str, each: Blocker) -> dict[str, Any]:
    row = {**asdict(each), "handover": handover, "unit": each.unit_id, "subject": list(each.subject or ())}
    del row["unit_id"]
    return row


def _own_blockers(act: ReorgEvent, seen: Reorganisation, table: Table) -> Iterable[Blocker]:
    if act.file_sha256 is None:
        yield Blocker("no-file", unit_of(act))
    if nameless := sum(row.is_new and not row.code for row in table.results):
        yield Blocker("no-code", unit_of(act), nameless, stops=False)
    for unit_id in sorted(seen.split):
        if not any(heir.rule for heir in seen.heirs[unit_id]):
            yield Blocker("no-rule", unit_id, stops=False)


def _without_successor(seen: Reorganisation, counts: list[dict[str, Any]]) -> Iterable[Blocker]:
    ending = {part.name for part in all_handovers() if may_end(part)}
    kept = [row for row in counts if row["conserved"] and row["handover"] not in ending]
    for unit_id, heirs in seen.heirs.items():
        number = sum(row["number"] for row in kept if row["unit"] == unit_id)
        if not heirs and number:
            yield Blocker("no-successor", unit_id, number)


def _flows(table: Table, seen: Reorganisation, tree: Tree) -> list[dict[str, Any]]:
    """From old to new, for the picture and its table; boundaries last."""
    made = {heir.unit_id: heir.name for heirs in seen.heirs.values() for heir in heirs}
    rows = sorted(table.sources, key=lambda row: (row.share == Share.BOUNDARY, row.number))
    return [
        {
            "old": row.old_id, "old_name": tree.name(row.old_id), "new": row.new_id,
            "new_name": made.get(row.new_id) or tree.name(row.new_id) if row.new_id else "",
            "share": row.share, "is_default": row.is_default, "has_rule": bool(row.rule),
        }
        for row in rows
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure or blocker that is not the same in two simulations."""

    part: str  # counts or blockers
    row: dict[str, Any]
    before: int
    after: int


def compare(older: ReorgSimulation, newer: ReorgSimulation) -> list[Difference]:
    """What changed from one simulation to another, in the order of the figures."""
    found = []
    for part in ("counts", "blockers"):
        before, after = _by_row(getattr(older, part)), _by_row(getattr(newer, part))
        for key in sorted(before.keys() | after.keys()):
            (row, was), (other, now_is) = before.get(key, ({}, 0)), after.get(key, ({}, 0))
            if was != now_is:
                found.append(Difference(part, row or other, was, now_is))
    return found


def _by_row(rows: list[dict[str, Any]]) -> dict[str, tuple[dict[str, Any], int]]:
    found: dict[str, tuple[dict[str, Any], int]] = {}
    for row in rows:
        told = {name: value for name, value in row.items() if name != "number"}
        key = repr(sorted((name, str(value)) for name, value in told.items()))
        found[key] = (told, found.get(key, (told, 0))[1] + row["number"])
    return found
