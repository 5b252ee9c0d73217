"""One complete request for what is missing, its answers item by item, and the clock meanwhile."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from documents.models import StoredFile
from documents.operations.files import share_with
from portal.accounts.models import User
from portal.calendar import supplement_deadline
from portal.calendar.ledger import EntryKind
from portal.calendar.loading import load
from portal.events import record
from portal.events.actors import System
from services import versions
from services.declarations.pointers import NoSuchAnswerError, merged
from services.errors import (
    AnsweredByDataError,
    AskedOftenEnoughError,
    AskInPartError,
    CitizenAskedError,
    ConsultingError,
    IncompleteError,
    NoReasonError,
    NothingAskedError,
    ResultOnItsWayError,
    WrongStateError,
)
from services.events import Fact
from services.models import (
    Answers,
    Attachment,
    Component,
    Dossier,
    Problem,
    Proof,
    Supplement,
    SupplementItem,
    WorkItem,
)
from services.operations import clock, steps
from services.operations.ending import call_off_result, tell_ended
from services.operations.forms import order_supplement_request
from services.operations.moving import lock, people, permit, require_held, step, tell
from services.policies import RESULT_ON_ITS_WAY, Capability, may_at
from services.printing import Ending
from services.queries.consultations import stage_of
from services.queries.joined import open_parts_of
from services.reasons import refund_of, stop_reasons
from services.states import Action, RequestState, Stage, State
from services.versions import LONGEST_WAIT

MOST_ITEMS = 50
PAUSED = "NĐ 118/2025 Đ.19.5"
NOT_COMPLETED = "not_completed"  # row of stop_reasons.json


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is asked for: the component of a key, or the answer at a pointer."""

    problem: Problem
    text: str
    component: str = ""
    pointer: str = ""
    originals: int = 0
    certified: int = 0
    copies: int = 0


@transaction.atomic
def ask_supplement(
    *,
    dossier: Dossier,
    items: Sequence[Missing],
    reason: str,
    ground: str,
    actor: User,
    now: datetime,
    revision: int | None = None,
    approved_by: User | None = None,
) -> Supplement:
    """Everything that is missing, in one request. NĐ 118/2025 Đ.16.3, 17.2a, 19.5

    At reception no clock runs yet; while it is processed, the clock stands until the supplement is complete.
    Raises AskInPartError, CitizenAskedError, ResultOnItsWayError, AskedOftenEnoughError, AnsweredByDataError,
    NothingAskedError, NoReasonError, and those of `permit`.
    """
    locked = lock(dossier, revision=revision)
    at_reception = State(locked.state) is State.SUBMITTED
    action = Action.ASK_SUPPLEMENT_AT_RECEPTION if at_reception else Action.ASK_SUPPLEMENT
    permit(locked, action, actor)
    if not at_reception:
        if open_parts_of(locked):  # else the whole would wait, or lapse, while its parts go on
            raise AskInPartError
        if locked.stage == Stage.AWAITING_CITIZEN:
            raise CitizenAskedError
        if locked.stage in RESULT_ON_ITS_WAY:  # else it would be issued while the citizen still supplements
            raise ResultOnItsWayError
        if locked.paused_at is not None:  # the law of the procedure lets it stand for an opinion already
            raise ConsultingError
        _only_the_holder(locked, actor)
    if not reason.strip() or not ground.strip():
        raise NoReasonError
    if not items or len(items) > MOST_ITEMS:
        raise NothingAskedError
    _not_known_already(locked, items)
    _not_too_often(locked, approved_by, at_reception=at_reception)
    request = _write(
        locked,
        items,
        reason=reason,
        ground=ground,
        actor=actor,
        now=now,
        approved_by=approved_by,
        at_reception=at_reception,
    )
    changed = ["answered_at"]
    if at_reception:
        locked.answered_at, locked.next_due_at = now, None
        changed.append("next_due_at")
    else:
        clock.enter(locked, EntryKind.PAUSE, ground=PAUSED, actor=actor, now=now)
        changed += clock.FIELDS
    facts = {"request": str(request.pk), "items": len(items), "deadline_at": request.deadline_at}
    stage = Stage.RECEPTION if at_reception else Stage.NONE
    step(locked, action, actor=actor, now=now, changed=changed, facts=facts, stage=stage)
    order_supplement_request(request=request, dossier=locked, actor=actor, now=now)
    return request


def _only_the_holder(dossier: Dossier, actor: User) -> None:
    item = WorkItem.objects.of(dossier).open().first()
    if item is not None:
        require_held(item, actor)


def _not_known_already(dossier: Dossier, items: Sequence[Missing]) -> None:
    """Đ.5.1i: what a register has answered, or what was digitised, is never asked for again."""
    asked = {item.component for item in items if item.component}
    if Component.objects.filter(dossier=dossier, key__in=asked, proof=Proof.DATA).exists():
        raise AnsweredByDataError


def _not_too_often(dossier: Dossier, approved_by: User | None, *, at_reception: bool) -> None:
    before = Supplement.objects.filter(dossier=dossier, at_reception=at_reception).count()
    if before < versions.max_supplements(dossier.version, at_reception=at_reception):
        return
    if approved_by is None or not may_at(approved_by, Capability.EXCEED_SUPPLEMENTS, dossier.competent_unit_id):
        raise AskedOftenEnoughError


def _write(
    dossier: Dossier,
    items: Sequence[Missing],
    *,
    reason: str,
    ground: str,
    actor: User,
    now: datetime,
    approved_by: User | None,
    at_reception: bool,
) -> Supplement:
    calendar = load(dossier.competent_unit_id, first=localdate(now), last=localdate(now) + LONGEST_WAIT)
    wait = versions.supplement_wait_days(dossier.version)
    request = Supplement.objects.create(
        dossier=dossier,
        number=Supplement.objects.filter(dossier=dossier).count() + 1,
        at_reception=at_reception,
        state=RequestState.OPEN,
        reason=reason,
        ground=ground,
        asked_by=actor,
        approved_by=approved_by,
        asked_at=now,
        deadline_at=supplement_deadline(requested_at=now, calendar=calendar, days=wait).moment,
    )
    SupplementItem.objects.bulk_create(
        SupplementItem(
            supplement=request,
            component=item.component,
            pointer=item.pointer,
            problem=item.problem,
            text=item.text,
            originals=item.originals,
            certified=item.certified,
            copies=item.copies,
        )
        for item in items
    )
    _mark(request, "", actor=actor, now=now)
    return request


@transaction.atomic
def answer_item(
    *,
    item: SupplementItem,
    actor: User,
    now: datetime,
    files: Sequence[StoredFile] = (),
    answer: Answers | None = None,
) -> SupplementItem:
    """A paper or an answer for one thing that was asked. Nothing is sent yet: see `complete_supplement`.

    `answer` holds values by the keys of questions; those of a row land in the row that the item points to.
    """
    dossier = lock(item.supplement.dossier)
    permit(dossier, Action.COMPLETE_SUPPLEMENT, actor)
    request = Supplement.objects.select_for_update().get(pk=item.supplement_id)
    if request.state != RequestState.OPEN:
        raise WrongStateError
    if item.component and not files:
        raise IncompleteError
    if item.component:
        _attach(dossier, item, files, actor, now)
    changed = []
    if item.pointer and answer is not None:
        dossier.answers = _with(dossier.answers, item.pointer, answer)
        changed.append("answers_sealed")
    dossier.revision += 1
    dossier.save(update_fields=["revision", *changed])
    item.answered_at = now
    item.save(update_fields=["answered_at"])
    facts = {"request": str(request.pk), "component": item.component, "pointer": item.pointer}
    tell(Fact.SUPPLEMENT_ANSWERED, dossier, actor=actor, now=now, facts=facts)
    return item


def _with(answers: Answers, pointer: str, said: Answers) -> Answers:
    try:
        return merged(answers, pointer, said)
    except NoSuchAnswerError as error:
        raise WrongStateError from error


def _attach(dossier: Dossier, item: SupplementItem, files: Sequence[StoredFile], actor: User, now: datetime) -> None:
    row = Component.objects.select_for_update().get(dossier=dossier, key=item.component)
    Attachment.objects.filter(component=row, replaced_at=None).update(replaced_at=now)
    for file in files:
        Attachment.objects.create(component=row, file=file, attached_at=now, attached_by=actor.event_actor)
        share_with(file=file, unit_ids=sorted(dossier.unit_ids()), actor=actor, now=now)
    row.proof, row.checked_by, row.checked_at = Proof.ATTACHED, None, None
    row.save(update_fields=["proof", "checked_by", "checked_at"])


@transaction.atomic
def complete_supplement(*, dossier: Dossier, actor: User, now: datetime) -> Dossier:
    """Everything that was asked is there: back to the desk, or on with the work and the whole limit anew (Đ.19.5)."""
    locked = lock(dossier)
    request = Supplement.objects.select_for_update().filter(dossier=locked, state=RequestState.OPEN).first()
    action = (
        Action.COMPLETE_RECEPTION_SUPPLEMENT if request is None or request.at_reception else Action.COMPLETE_SUPPLEMENT
    )
    permit(locked, action, actor)
    if request is None:
        raise WrongStateError
    if request.items.filter(answered_at=None).exists():
        raise IncompleteError
    end_request(request=request, state=RequestState.COMPLETE, actor=actor, now=now)
    changed: list[str] = []
    if request.at_reception:
        locked.answered_at, locked.answer_due_at = None, clock.desk_times(locked.responsible_unit_id, now)[1]
        locked.next_due_at = locked.answer_due_at
        changed += ["answered_at", "answer_due_at", "next_due_at"]
    else:
        clock.enter(locked, EntryKind.RESTART, ground=PAUSED, actor=actor, now=now)
        changed += clock.FIELDS
    stage = Stage.NONE if request.at_reception else stage_of(locked)
    step(locked, action, actor=actor, now=now, changed=changed, facts={"request": str(request.pk)}, stage=stage)
    return locked


@transaction.atomic
def expire_supplement(*, dossier: Dossier, actor: System, now: datetime) -> Dossier | None:
    """Closed after the days without completion; None when it was completed in time. NĐ 118/2025 Đ.19.5"""
    locked = lock(dossier)
    request = Supplement.objects.select_for_update().filter(dossier=locked, state=RequestState.OPEN).first()
    if State(locked.state) is not State.SUPPLEMENT or request is None or request.deadline_at >= now:
        return None
    end_request(request=request, state=RequestState.EXPIRED, actor=actor, now=now)
    before = State(locked.state)
    changed: list[str] = []
    if locked.accepted_at is not None:
        clock.enter(locked, EntryKind.STOP, ground=PAUSED, actor=actor, now=now)
        changed += clock.FIELDS
    call_off_result(dossier=locked, actor=actor, now=now)
    steps.cancel_all(locked, actor=actor, now=now)
    facts = {"request": str(request.pk), **refund_of(NOT_COMPLETED)}
    step(locked, Action.EXPIRE, actor=actor, now=now, changed=changed, facts=facts, stage=Stage.NOT_COMPLETED)
    reason = stop_reasons()[NOT_COMPLETED]
    ending = Ending(before, f"{reason.text_vi}. {request.reason}", reason.ground)
    tell_ended(dossier=locked, ending=ending, actor=actor, now=now)
    return locked


def end_request(*, request: Supplement, state: RequestState, actor: User | System, now: datetime) -> None:
    before, request.state, request.ended_at = request.state, state, now
    request.save(update_fields=["state", "ended_at"])
    _mark(request, before, actor=actor, now=now)


def _mark(request: Supplement, before: str, *, actor: User | System, now: datetime) -> None:
    """The request's own event, which the guard of its state asks for."""
    record(
        Fact.REQUEST_MOVED,
        subject=request,
        actor=actor,
        unit=request.dossier.responsible_unit_id,
        at=now,
        before=before,
        after=request.state,
        facts={"dossier": str(request.dossier_id)},
        concerns=people(request.dossier),
    )
