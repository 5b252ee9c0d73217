"""A wrong result is revoked and issued anew within three working days. NĐ 118/2025 Đ.23.1

The citizen reports the mistake, or the office finds it; the head begins the correction; the steps run again, with the
clock of the correction. The dossier stays decided: its own clock has stopped for good.
"""

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from documents.models import Document
from documents.operations.issuing import REASON_LIMIT, revoke
from documents.states import DocumentState
from portal.accounts.models import User
from portal.calendar import Ledger
from portal.calendar.loading import due_for
from portal.events import record
from portal.events.actors import Actor
from services.errors import NoReasonError, NotAllowedError, NothingToCorrectError, WrongStateError
from services.events import Fact
from services.kinds import Channel, Given, StepRole
from services.models import Correction, Dossier, Handover, WorkItem
from services.models.corrections import TEXT_LENGTH
from services.operations import steps
from services.operations.moving import lock, people, permit, save, step, tell
from services.operations.new_work import new_work_at
from services.policies import Capability, may_at, may_report_mistake
from services.queries.corrections import is_correctable
from services.queries.officers import name_of
from services.rules import rules_on
from services.states import Action, CorrectionState, FoundBy, Stage
from units.queries import keepers

GROUND = "NĐ 118/2025 Đ.23.1"
OPEN = (CorrectionState.ASKED, CorrectionState.BEGUN)


@transaction.atomic
def ask_correction(
    *, dossier: Dossier, wrong: str, actor: User, now: datetime, revision: int | None = None
) -> Correction:
    """Say what is wrong in an issued result. The three working days run from here.

    Raises NotAllowedError, StaleError, NoReasonError, NothingToCorrectError, WrongStateError.
    """
    if not may_report_mistake(actor, dossier):
        raise NotAllowedError
    locked = lock(dossier, revision=revision)
    if not wrong.strip():
        raise NoReasonError
    if locked.result_document is None or not is_correctable(locked):
        raise NothingToCorrectError
    if _open(locked) is not None:
        raise WrongStateError
    row = Correction(
        dossier=locked,
        state=CorrectionState.ASKED,
        found_by=FoundBy.CITIZEN if actor.is_citizen else FoundBy.OFFICE,
        wrong=wrong.strip()[:TEXT_LENGTH],
        asked_by=actor,
        asked_at=now,
        due_at=_due(locked, now),
        old_document=locked.result_document,
    )
    row.save(force_insert=True)
    _mark(row, "", actor=actor, now=now)
    save(locked)
    facts = {"correction": str(row.pk), "found_by": str(row.found_by), "due_at": row.due_at}
    tell(Fact.CORRECTION_ASKED, locked, actor=actor, now=now, facts=facts)
    return row


@transaction.atomic
def begin_correction(*, correction: Correction, actor: User, now: datetime, revision: int | None = None) -> Correction:
    """The head revokes the wrong result, and whoever drafted it finds the step open again.

    What units closed that have ended since is corrected where it is kept. Raises NotAllowedError, StaleError,
    WrongStateError, NotOpenUnitError, and what `documents` raises where the result is not theirs.
    """
    had = correction.dossier.competent_unit_id, correction.dossier.returning_unit_id
    kept = keepers(had, localdate(now))
    new_work_at(*sorted({kept.get(unit, unit) for unit in had}), now=now)
    dossier, row = _decide(correction, actor, revision)
    permit(dossier, Action.CORRECT, actor)
    _revoke(row, actor, now)
    before = dossier.competent_unit_id
    dossier.competent_unit_id, dossier.returning_unit_id = (kept.get(unit, unit) for unit in had)
    _reopen(dossier, row, kept, actor, now)
    row.begun_by, row.begun_at = actor, now
    _move(row, CorrectionState.BEGUN, actor=actor, now=now)
    dossier.next_due_at, dossier.closed_at = row.due_at, None
    event = step(
        dossier,
        Action.CORRECT,
        actor=actor,
        now=now,
        changed=["responsible_unit", "competent_unit", "returning_unit"],
        facts={"correction": str(row.pk), "document": str(row.old_document), "due_at": row.due_at},
        stage=Stage.CORRECTING,
    )
    if before != dossier.competent_unit_id:
        given = {"from_unit_id": before, "to_unit_id": dossier.competent_unit_id, "what": Given.DOSSIER.value}
        Handover.objects.create(
            dossier=dossier,
            **given,
            given_at=now,
            received_at=now,
            ground=GROUND,
            event_id=event.pk,
            giver=name_of(actor),
        )
    return row


@transaction.atomic
def decline_correction(
    *, correction: Correction, reason: str, actor: User, now: datetime, revision: int | None = None
) -> Correction:
    """Nothing is wrong, and the citizen reads why. Raises NoReasonError besides."""
    dossier, row = _decide(correction, actor, revision)
    if not reason.strip():
        raise NoReasonError
    row.answer, row.ended_at = reason.strip()[:TEXT_LENGTH], now
    _move(row, CorrectionState.DECLINED, actor=actor, now=now)
    save(dossier)
    tell(Fact.CORRECTION_DECLINED, dossier, actor=actor, now=now, facts={"correction": str(row.pk)})
    return row


def finish_correction(*, dossier: Dossier, document_id: uuid.UUID, actor: Actor, now: datetime) -> None:
    """The corrected result is issued. The caller holds the dossier's lock."""
    row = _open(dossier)
    if row is None:
        raise WrongStateError
    row.dossier, row.new_document, row.ended_at = dossier, document_id, now
    _move(row, CorrectionState.DONE, actor=actor, now=now)
    dossier.next_due_at = None
    facts = {"correction": str(row.pk), "document": str(document_id), "in_time": now <= row.due_at}
    stage = Stage.IN_POST if dossier.return_channel == Channel.POST else Stage.READY_FOR_PICKUP
    step(dossier, Action.REISSUE, actor=actor, now=now, facts=facts, stage=stage)


def _due(dossier: Dossier, now: datetime) -> datetime:
    within = rules_on(localdate(now)).correction_within
    due, _calendar = due_for(
        accepted_at=now, limit=within, ledger=Ledger.started(now, GROUND), unit_id=dossier.competent_unit_id
    )
    return due.moment


def _revoke(row: Correction, actor: User, now: datetime) -> None:
    """Whoever opens the page of the old result is warned from now on; its successor is named when it is issued."""
    document = Document.objects.get(pk=row.old_document)
    if document.state == DocumentState.ISSUED:
        revoke(document=document, reason=row.wrong[:REASON_LIMIT], revision=document.revision, actor=actor, now=now)


def _reopen(dossier: Dossier, row: Correction, kept: Mapping[int, int], actor: User, now: datetime) -> None:
    rows = list(WorkItem.objects.of(dossier).select_for_update(of=("self",)))
    at_work = [item for item in rows if item.role == StepRole.SPECIALIST] or [
        item for item in rows if item.role not in {StepRole.RECEPTION, StepRole.RETURNS}
    ]
    if not at_work:
        raise WrongStateError
    earlier, last = at_work[-1], rows[-1]
    _bring_over([item for item in rows if item.number >= earlier.number], kept)
    earlier.dossier = last.dossier = dossier
    steps.send_back(last, earlier, actor=actor, now=now, note=row.wrong)
    earlier.due_at = row.due_at
    earlier.save(update_fields=["due_at"])
    dossier.responsible_unit_id, dossier.holder_id = earlier.unit_id, earlier.officer_id


def _bring_over(items: Iterable[WorkItem], kept: Mapping[int, int]) -> None:
    """Steps of units that have ended go on where their closed work is kept; officers only where they work there."""
    for item in items:
        after = kept.get(item.unit_id, item.unit_id)
        if after != item.unit_id:
            stays = item.officer and may_at(item.officer, Capability.PROCESS, after)
            item.unit_id, item.officer = after, item.officer if stays else None
            item.save(update_fields=["unit", "officer"])


def _decide(correction: Correction, actor: User, revision: int | None) -> tuple[Dossier, Correction]:
    if not may_at(actor, Capability.APPROVE, correction.dossier.competent_unit_id):
        raise NotAllowedError
    dossier = lock(correction.dossier, revision=revision)
    row = Correction.objects.select_for_update(of=("self",)).get(pk=correction.pk)
    row.dossier = dossier
    if row.state != CorrectionState.ASKED:
        raise WrongStateError
    return dossier, row


def _open(dossier: Dossier) -> Correction | None:
    rows = Correction.objects.select_for_update(of=("self",)).filter(dossier=dossier)
    return rows.filter(state__in=[one.value for one in OPEN]).first()


def _move(row: Correction, state: CorrectionState, *, actor: Actor, now: datetime) -> None:
    before, row.state = row.state, state
    row.save(update_fields=["state", "begun_by", "begun_at", "ended_at", "answer", "new_document"])
    _mark(row, before, actor=actor, now=now)


def _mark(row: Correction, before: str, *, actor: Actor, now: datetime) -> None:
    """The correction's own event, which the guard of its state asks for."""
    record(
        Fact.CORRECTION_MOVED,
        subject=row,
        actor=actor,
        unit=row.dossier.responsible_unit_id,
        at=now,
        before=before,
        after=row.state,
        facts={"dossier": str(row.dossier_id)},
        concerns=people(row.dossier),
    )
