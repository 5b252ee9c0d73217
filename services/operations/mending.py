"""While a wrong result is corrected: the officer mends what was declared wrongly, and a late correction is told.

NĐ 118/2025 Đ.23.1
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from portal.accounts.models import User
from portal.events.actors import Actor
from services.errors import NoReasonError, StaleError, WrongStateError
from services.events import Fact
from services.followed import follow_answers
from services.models import Answers, Correction, Dossier, Mending, WorkItem
from services.models.mendings import REASON_LENGTH
from services.operations.moving import hold, lock, save, tell
from services.states import CorrectionState, Stage


@dataclass(frozen=True, slots=True)
class Mended:
    """One answer. `before` and `after` in the words of its form; `answers` are all of them, judged by its engine."""

    pointer: str
    label: str
    before: str
    after: str
    answers: Answers


@transaction.atomic
def mend_answer(
    *, item: WorkItem, mended: Mended, reason: str, actor: User, now: datetime, revision: int | None = None
) -> Mending:
    """By whoever holds the open step of a correction; the corrected result is drafted from it.

    Raises NotAllowedError, NotTakenError, HeldByOtherError, StaleError, WrongStateError, NoReasonError.
    """
    dossier, _locked = hold(item, actor)
    if revision is not None and dossier.revision != revision:
        raise StaleError
    correction = _begun(dossier)
    if dossier.stage != Stage.CORRECTING or correction is None:
        raise WrongStateError
    if not reason.strip():
        raise NoReasonError
    row = Mending(
        correction=correction,
        pointer=mended.pointer,
        reason=reason.strip()[:REASON_LENGTH],
        mended_by=actor,
        mended_at=now,
    )
    row.difference = {"label": mended.label, "before": mended.before, "after": mended.after}
    row.save(force_insert=True)
    before = dossier.answers
    dossier.answers = mended.answers
    follow_answers(dossier, before)
    save(dossier, "answers_sealed", "contact_sealed", "owner_name", "summary")
    facts = {"changed": [mended.pointer], "correction": str(correction.pk), "mending": str(row.pk)}
    tell(Fact.CONTENT_CHANGED, dossier, actor=actor, now=now, facts=facts)
    return row


@transaction.atomic
def note_late_correction(*, correction: Correction, actor: Actor, now: datetime) -> Correction | None:
    """Its three working days are over: the head is told, once, and it stays in the list of breaches."""
    dossier = lock(correction.dossier)
    row = Correction.objects.select_for_update(of=("self",)).get(pk=correction.pk)
    is_open = row.state in {CorrectionState.ASKED, CorrectionState.BEGUN}
    if not is_open or row.breached_at is not None or now <= row.due_at:
        return None
    row.dossier, row.breached_at = dossier, now
    row.save(update_fields=["breached_at"])
    facts = {"correction": str(row.pk), "due_at": row.due_at, "unit": dossier.competent_unit_id}
    tell(Fact.CORRECTION_BREACHED, dossier, actor=actor, now=now, facts=facts)
    return row


def _begun(dossier: Dossier) -> Correction | None:
    rows = Correction.objects.select_for_update(of=("self",)).filter(dossier=dossier)
    return rows.filter(state=CorrectionState.BEGUN.value).first()
