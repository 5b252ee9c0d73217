"""The citizen reads the draft of a result before it is proposed, and confirms it or says what is wrong.

Online civil status: within the days of `desk_rules.json`; silence agrees. NĐ 87/2020/NĐ-CP
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate

from documents.errors import FormFaultError
from documents.form_rules import content_faults
from documents.operations.drafting import draft_document
from portal.accounts.models import User
from portal.calendar import supplement_deadline
from portal.calendar.loading import load
from portal.events import Topic, record
from portal.events.actors import Actor, System
from services.errors import NoReasonError, NotAllowedError, WrongStateError
from services.events import Fact
from services.kinds import StepRole
from services.models import Confirmation, Dossier, WorkItem
from services.models.confirmations import OBJECTION_LENGTH
from services.operations.moving import hold, lock, people, require_processing, save, tell
from services.outcomes import Entry, Signer, draft_of, is_confirmed_first, shown_of
from services.outcomes.civil_status import CHILD_NUMBER
from services.policies import RESULT_ON_ITS_WAY, may_confirm
from services.rules import rules_on
from services.states import AGREED, ConfirmationState, Stage, State, at_rest
from services.versions import LONGEST_WAIT

GO_ON = "services.confirmation.go_on"  # topic of the delivery that proposes what was agreed
NOTE_LENGTH = 2000


@transaction.atomic
def ask_confirmation(*, item: WorkItem, signer: Signer, text: str = "", actor: User, now: datetime) -> Confirmation:
    """Send the draft back to whoever filed. What could not be printed is refused before anybody reads it.

    Raises what `processing.hold` raises, WrongStateError and FormFaultError.
    """
    dossier, locked = hold(item, actor)
    require_processing(dossier)
    on = localdate(now)
    if locked.role != StepRole.SPECIALIST or dossier.stage in RESULT_ON_ITS_WAY or not is_confirmed_first(dossier, on):
        raise WrongStateError
    _try_to_draft(dossier, signer, text, actor, now)
    asked = Confirmation(
        dossier=dossier,
        step=locked,
        signer_id=signer.assignment_id,
        number=Confirmation.objects.filter(dossier=dossier).count() + 1,
        state=ConfirmationState.OPEN,
        asked_by=actor,
        asked_at=now,
        deadline_at=_deadline(dossier, now),
    )
    asked.content = shown_of(dossier, text=text, on=on)
    asked.save(force_insert=True)
    _mark(asked, "", actor=actor, now=now)
    locked.note = text.strip()[:NOTE_LENGTH]
    locked.save(update_fields=["note"])
    dossier.stage = Stage.AWAITING_CITIZEN
    save(dossier, "stage")
    facts = {"confirmation": str(asked.pk), "deadline_at": asked.deadline_at}
    tell(Fact.DRAFT_SENT, dossier, actor=actor, now=now, facts=facts)
    return asked


@transaction.atomic
def confirm_draft(*, dossier: Dossier, actor: User, now: datetime, revision: int | None = None) -> Dossier:
    """The citizen finds the draft right: a worker proposes it. Raises NotAllowedError, StaleError, WrongStateError."""
    locked, asked = _asked(dossier, actor, revision)
    _end(locked, asked, ConfirmationState.CONFIRMED, Fact.DRAFT_CONFIRMED, actor=actor, now=now)
    return locked


@transaction.atomic
def object_to_draft(*, dossier: Dossier, text: str, actor: User, now: datetime, revision: int | None = None) -> Dossier:
    """Something is wrong: the officer reads what, mends it and asks again. Raises NoReasonError besides."""
    locked, asked = _asked(dossier, actor, revision)
    if not text.strip():
        raise NoReasonError
    asked.objection = text.strip()[:OBJECTION_LENGTH]
    _end(locked, asked, ConfirmationState.OBJECTED, Fact.DRAFT_OBJECTED_TO, actor=actor, now=now)
    return locked


@transaction.atomic
def take_back_draft(*, item: WorkItem, actor: User, now: datetime) -> Dossier:
    """Whoever asked has found a mistake: the citizen is asked no more, and the step is open again.

    Raises what `processing.hold` raises, and WrongStateError when it was answered already.
    """
    dossier, _locked = hold(item, actor)
    asked = _open(dossier)
    if dossier.stage != Stage.AWAITING_CITIZEN or asked is None:
        raise WrongStateError
    _end(dossier, asked, ConfirmationState.CANCELLED, Fact.DRAFT_TAKEN_BACK, actor=actor, now=now)
    return dossier


@transaction.atomic
def lapse_confirmation(*, dossier: Dossier, actor: System, now: datetime) -> Dossier | None:
    """Silence agrees. None when it was answered in time."""
    locked = lock(dossier)
    asked = _open(locked)
    if locked.stage != Stage.AWAITING_CITIZEN or asked is None or asked.deadline_at >= now:
        return None
    _end(locked, asked, ConfirmationState.SILENT, Fact.DRAFT_LEFT_UNANSWERED, actor=actor, now=now)
    return locked


def cancel_confirmation(*, dossier: Dossier, actor: Actor, now: datetime) -> None:
    """The dossier ends, and with it the question. The caller holds its lock and moves it on."""
    asked = _open(dossier)
    if asked is not None:
        asked.dossier = dossier
        _close(asked, ConfirmationState.CANCELLED, actor=actor, now=now)


def _asked(dossier: Dossier, actor: User, revision: int | None) -> tuple[Dossier, Confirmation]:
    if not may_confirm(actor, dossier):
        raise NotAllowedError
    locked = lock(dossier, revision=revision)
    asked = _open(locked)
    if locked.stage != Stage.AWAITING_CITIZEN or asked is None:
        raise WrongStateError
    return locked, asked


def _open(dossier: Dossier) -> Confirmation | None:
    rows = Confirmation.objects.select_for_update(of=("self",)).filter(dossier=dossier)
    return rows.filter(state=ConfirmationState.OPEN).first()


def _end(
    dossier: Dossier, asked: Confirmation, state: ConfirmationState, fact: Fact, *, actor: Actor, now: datetime
) -> None:
    """The step is its officer's again at once; what was agreed goes on by itself, and nothing hangs if it cannot."""
    asked.dossier = dossier
    _close(asked, state, actor=actor, now=now)
    dossier.stage = at_rest(State(dossier.state))
    save(dossier, "stage")
    onward = [Topic(name=GO_ON, payload={"confirmation": str(asked.pk)})] if state in AGREED else []
    tell(fact, dossier, actor=actor, now=now, facts={"confirmation": str(asked.pk)}, deliveries=onward)


def _close(asked: Confirmation, state: ConfirmationState, *, actor: Actor, now: datetime) -> None:
    before, asked.state, asked.ended_at = asked.state, state, now
    asked.save(update_fields=["state", "ended_at", "objection_sealed"])
    _mark(asked, before, actor=actor, now=now)


def _mark(asked: Confirmation, before: str, *, actor: Actor, now: datetime) -> None:
    """The confirmation's own event, which the guard of its state asks for."""
    record(
        Fact.CONFIRMATION_MOVED,
        subject=asked,
        actor=actor,
        unit=asked.dossier.responsible_unit_id,
        at=now,
        before=before,
        after=asked.state,
        facts={"dossier": str(asked.dossier_id)},
        concerns=people(asked.dossier),
    )


def _deadline(dossier: Dossier, now: datetime) -> datetime:
    """The end of office hours of the last day, counted as the wait for a supplement is."""
    on = localdate(now)
    calendar = load(dossier.competent_unit_id, first=on - timedelta(days=1), last=on + LONGEST_WAIT)
    return supplement_deadline(requested_at=now, calendar=calendar, days=rules_on(on).confirmation_days).moment


def _try_to_draft(dossier: Dossier, signer: Signer, text: str, actor: User, now: datetime) -> None:
    """The draft with stand-ins for what comes later, checked against its layout; nothing of it stays."""
    on, later = localdate(now), {CHILD_NUMBER: dossier.answers.get(CHILD_NUMBER) or "0" * 12}
    with transaction.atomic():
        draft = draft_of(dossier, signer=signer, text=text, entry=Entry("1", on), on=on, more=later)
        faults = content_faults(draft_document(draft=draft, actor=actor, now=now))
        transaction.set_rollback(True)
    if faults:
        raise FormFaultError(faults)
