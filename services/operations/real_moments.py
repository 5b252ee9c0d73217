"""A late click is no late hand-over: the real moment is entered beside it, with reason and proof, and confirmed.

Both moments stay and are shown. Who confirms, if anybody, is a row of `desk_rules.json`.
"""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from documents.models import StoredFile
from portal.accounts.models import User
from portal.events import record
from services.errors import NoReasonError, NotAllowedError, OwnProposalError, RealMomentError, WrongStateError
from services.events import Fact
from services.models import Correction, Dossier, RealMoment, WorkItem
from services.models.lateness import PROOF_LENGTH, REASON_LENGTH
from services.operations.moving import lock, people, save, tell
from services.policies import Capability, may_at
from services.queries.real_moments import may_claim, unit_of
from services.rules import rules_on
from services.states import ClaimState, CorrectionState, ItemState, State


@dataclass(frozen=True, slots=True)
class Claim:
    """When it really was, why it was clicked later, and what proves it: in words, and by a file if there is one."""

    really_at: datetime
    reason: str
    proof: str
    file: StoredFile | None = field(default=None, repr=False)


@transaction.atomic
def claim_real_moment(
    *,
    dossier: Dossier,
    claim: Claim,
    actor: User,
    now: datetime,
    step: WorkItem | None = None,
    revision: int | None = None,
) -> RealMoment:
    """For a step that this officer finished, or without one for the hand-out of the result.

    Never before the step or the result was there, never after the click, never in the future.
    Raises NotAllowedError, StaleError, WrongStateError, NoReasonError, RealMomentError.
    """
    if not may_claim(actor, dossier, step):
        raise NotAllowedError
    locked = lock(dossier, revision=revision)
    first, clicked = _bounds(locked, step)
    if not claim.reason.strip() or not claim.proof.strip():
        raise NoReasonError
    rules = rules_on(localdate(now))
    if not first <= claim.really_at < clicked or claim.really_at > now:
        raise RealMomentError
    if now - clicked > rules.real_moment_back:
        raise WrongStateError
    needs_other = bool(rules.real_moment_confirmed_by)
    row = RealMoment(
        dossier=locked,
        step=step,
        state=ClaimState.CLAIMED if needs_other else ClaimState.CONFIRMED,
        clicked_at=clicked,
        really_at=claim.really_at,
        reason=claim.reason.strip()[:REASON_LENGTH],
        proof=claim.proof.strip()[:PROOF_LENGTH],
        file=claim.file,
        claimed_by=actor,
        claimed_at=now,
        ended_at=None if needs_other else now,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as twice:
        raise WrongStateError from twice
    _mark(row, "", actor=actor, now=now)
    save(locked)
    _tell(Fact.MOMENT_CLAIMED if needs_other else Fact.MOMENT_CONFIRMED, row, actor, now)
    return row


@transaction.atomic
def confirm_real_moment(*, moment: RealMoment, actor: User, now: datetime, revision: int | None = None) -> RealMoment:
    """From now on lateness counts by it. Raises NotAllowedError, OwnProposalError, StaleError, WrongStateError."""
    row = _decide(moment, actor, now, revision)
    _end(row, ClaimState.CONFIRMED, Fact.MOMENT_CONFIRMED, actor=actor, now=now)
    return row


@transaction.atomic
def refuse_real_moment(
    *, moment: RealMoment, reason: str, actor: User, now: datetime, revision: int | None = None
) -> RealMoment:
    """The click counts. Raises NoReasonError besides."""
    row = _decide(moment, actor, now, revision)
    if not reason.strip():
        raise NoReasonError
    row.answer = reason.strip()[:REASON_LENGTH]
    _end(row, ClaimState.REFUSED, Fact.MOMENT_REFUSED, actor=actor, now=now)
    return row


def _bounds(dossier: Dossier, step: WorkItem | None) -> tuple[datetime, datetime]:
    """From when it can have been, and when it was clicked. Raises WrongStateError."""
    if step is not None:
        if step.dossier_id != dossier.pk or step.state != ItemState.DONE or not (step.opened_at and step.done_at):
            raise WrongStateError
        return step.opened_at, step.done_at
    if State(dossier.state) is not State.RETURNED or not (dossier.decided_at and dossier.closed_at):
        raise WrongStateError
    mended = Correction.objects.filter(dossier=dossier, state=CorrectionState.DONE).order_by("-ended_at").first()
    first = dossier.decided_at
    if mended is not None and mended.ended_at is not None:
        first = max(first, mended.ended_at)
    return first, dossier.closed_at


def _decide(moment: RealMoment, actor: User, now: datetime, revision: int | None) -> RealMoment:
    needed = rules_on(localdate(now)).real_moment_confirmed_by
    if not needed or not may_at(actor, Capability(needed), unit_of(moment)):
        raise NotAllowedError
    dossier = lock(moment.dossier, revision=revision)
    row = RealMoment.objects.select_for_update(of=("self",)).get(pk=moment.pk)
    row.dossier = dossier
    if row.state != ClaimState.CLAIMED:
        raise WrongStateError
    if row.claimed_by_id == actor.pk:
        raise OwnProposalError
    return row


def _end(row: RealMoment, state: ClaimState, fact: Fact, *, actor: User, now: datetime) -> None:
    before, row.state, row.ended_at, row.ended_by = row.state, state, now, actor
    row.save(update_fields=["state", "ended_at", "ended_by", "answer"])
    _mark(row, before, actor=actor, now=now)
    save(row.dossier)
    _tell(fact, row, actor, now)


def _tell(fact: Fact, row: RealMoment, actor: User, now: datetime) -> None:
    facts = {
        "claim": str(row.pk),
        "step": row.step.step if row.step else "",
        "clicked_at": row.clicked_at,
        "really_at": row.really_at,
    }
    tell(fact, row.dossier, actor=actor, now=now, facts=facts)


def _mark(row: RealMoment, before: str, *, actor: User, now: datetime) -> None:
    """The claim's own event, which the guard of its state asks for."""
    record(
        Fact.MOMENT_MOVED,
        subject=row,
        actor=actor,
        unit=row.dossier.responsible_unit_id,
        at=now,
        before=before,
        after=row.state,
        facts={"dossier": str(row.dossier_id)},
        concerns=people(row.dossier),
    )
