"""Which dossiers of a selection a deed can be done to now, and why not to the others. Asked before the confirmation."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from services import versions
from services.models import Component, Dossier, PrintedForm, ProcedureVersion, Proof, WorkItem
from services.operations.batches import Pick
from services.policies import RESULT_ON_ITS_WAY, is_of_desk, may, may_at
from services.states import TRANSITIONS, Action, BatchDeed, Capability, ItemState, Stage, State
from staff.policies import known_grounds, remember

NOT_YOURS = _("your post does not allow it")
NO_STEP = _("no step is open that an officer works on")
HELD = _("somebody else works on it")
UNTAKEN = _("nobody has taken its step yet")
YOURS = _("you hold it already")
ON_ITS_WAY = _("its result is on its way")
NOT_PROCESSED = _("it is not being processed now")
NOT_NOW = _("it is not at this point now")
NOT_CHECKED = _("its papers have not all been checked")
NO_RESULT = _("it has no result to hand out")
NO_PAPER = _("nothing has been printed for it yet")
Reason = str | Promise
# What a post must bring for a deed to be offered at all.
NEEDS: Mapping[BatchDeed, frozenset[Capability]] = {
    BatchDeed.ASSIGN: frozenset({Capability.ASSIGN, Capability.PROCESS}),
    BatchDeed.TAKE: frozenset({Capability.PROCESS}),
    BatchDeed.ACCEPT: frozenset({Capability.RECEIVE}),
    BatchDeed.FINISH: frozenset({Capability.PROCESS}),
    BatchDeed.HAND_OUT: frozenset({Capability.RETURN}),
    BatchDeed.PRINT: frozenset({Capability.VIEW}),
}


@dataclass
class Prepared:
    """`picks` can be done; `refused` can't, each with its reason."""

    picks: list[Pick] = field(default_factory=list)
    refused: list[tuple[Dossier, str]] = field(default_factory=list)
    units: set[int] = field(default_factory=set)  # of the steps that can be done

    @property
    def reasons(self) -> list[tuple[str, int]]:
        """The most frequent first."""
        return Counter(reason for _one, reason in self.refused).most_common()


@dataclass(frozen=True, slots=True)
class Found:
    """What is asked of each dossier, read once for all of them."""

    steps: Mapping[uuid.UUID, WorkItem]
    proven: Mapping[uuid.UUID, set[str]]
    versions: Mapping[int, ProcedureVersion]
    printed: frozenset[uuid.UUID]


def deeds_of(user: User, now: datetime) -> list[BatchDeed]:
    """Those that the person's posts bring anywhere."""
    held = {ground.capability for ground in known_grounds(user, localdate(now))}
    return [deed for deed, needed in NEEDS.items() if needed & held]


def prepare(user: User, deed: BatchDeed, dossiers: Sequence[Dossier]) -> Prepared:
    """A handful of statements, however many dossiers."""
    if user.remembered_rights is None:
        remember(user)
    found, prepared = _read(deed, dossiers), Prepared()
    check = CHECKS[deed]
    for dossier in dossiers:
        step = found.steps.get(dossier.pk)
        reason = check(user, dossier, step, found)
        if reason:
            prepared.refused.append((dossier, str(reason)))
        else:
            prepared.picks.append(Pick(dossier.pk, dossier.revision))
            prepared.units.add(step.unit_id if step else dossier.responsible_unit_id)
    return prepared


def _read(deed: BatchDeed, dossiers: Sequence[Dossier]) -> Found:
    ids = [row.pk for row in dossiers]
    rows = WorkItem.objects.filter(dossier__in=ids, state=ItemState.OPEN.value).order_by("number", "id")
    steps = {row.dossier_id: row for row in rows}
    proven: dict[uuid.UUID, set[str]] = defaultdict(set)
    kept: dict[int, ProcedureVersion] = {}
    if deed is BatchDeed.ACCEPT:
        kept = ProcedureVersion.objects.in_bulk({row.version_id for row in dossiers})
        papers = Component.objects.filter(dossier__in=ids).exclude(proof=Proof.MISSING)
        for row in papers.only("dossier", "key", "proof", "checked_at"):
            if row.checked_at or row.proof == Proof.DATA:
                proven[row.dossier_id].add(row.key)
    made = PrintedForm.objects.filter(dossier__in=ids, file__isnull=False).values_list("dossier", flat=True)
    return Found(steps, proven, kept, frozenset(made) if deed is BatchDeed.PRINT else frozenset())


def _assign(user: User, dossier: Dossier, step: WorkItem | None, found: Found) -> Reason:
    if step is None or is_of_desk(step):
        return NO_STEP
    own = step.officer_id == user.pk and may_at(user, Capability.PROCESS, step.unit_id)
    return "" if own or may_at(user, Capability.ASSIGN, step.unit_id) else NOT_YOURS


def _take(user: User, dossier: Dossier, step: WorkItem | None, found: Found) -> Reason:
    if step is None or is_of_desk(step):
        return NO_STEP
    if not may_at(user, Capability.PROCESS, step.unit_id):
        return NOT_YOURS
    if step.officer_id is None:
        return ""
    return YOURS if step.officer_id == user.pk else HELD


def _accept(user: User, dossier: Dossier, step: WorkItem | None, found: Found) -> Reason:
    if refusal := _ripe(Action.ACCEPT, user, dossier):
        return refusal
    version = found.versions[dossier.version_id]
    return NOT_CHECKED if versions.missing_components(version, found.proven.get(dossier.pk, set())) else ""


def _finish(user: User, dossier: Dossier, step: WorkItem | None, found: Found) -> Reason:
    if step is None or is_of_desk(step):
        return NO_STEP
    if not may_at(user, Capability.PROCESS, step.unit_id):
        return NOT_YOURS
    if step.officer_id != user.pk:
        return HELD if step.officer_id else UNTAKEN
    if dossier.stage in RESULT_ON_ITS_WAY:
        return ON_ITS_WAY
    return "" if dossier.state == State.PROCESSING else NOT_PROCESSED


def _hand_out(user: User, dossier: Dossier, step: WorkItem | None, found: Found) -> Reason:
    if refusal := _ripe(Action.RETURN, user, dossier):
        return refusal
    return "" if dossier.result_document else NO_RESULT


def _print(user: User, dossier: Dossier, step: WorkItem | None, found: Found) -> Reason:
    """Form 06 can be laid out from the acceptance on; the others are there or not."""
    there = dossier.pk in found.printed or dossier.accepted_at or dossier.result_document
    return "" if there else NO_PAPER


def _ripe(action: Action, user: User, dossier: Dossier) -> Reason:
    if not may(action, user, dossier):
        return NOT_YOURS
    return "" if State(dossier.state) in TRANSITIONS[action].sources else NOT_NOW


CHECKS: Mapping[BatchDeed, Callable[[User, Dossier, WorkItem | None, Found], Reason]] = {
    BatchDeed.ASSIGN: _assign,
    BatchDeed.TAKE: _take,
    BatchDeed.ACCEPT: _accept,
    BatchDeed.FINISH: _finish,
    BatchDeed.HAND_OUT: _hand_out,
    BatchDeed.PRINT: _print,
}


def results_to_sign(dossiers: Sequence[Dossier]) -> list[uuid.UUID]:
    """The documents of those that wait for a signature."""
    waiting = [row for row in dossiers if row.stage == Stage.AWAITING_SIGNATURE]
    return [row.result_document for row in waiting if row.result_document]
