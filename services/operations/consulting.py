"""Other units are asked for an opinion, a verification or a part of the work, and answer. NĐ 118/2025 Đ.19.4, 20.2

The asked officer does not see the dossier: its row is locked in the scope of the unit that asked.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from documents.models import StoredFile
from documents.operations.files import share_no_more, share_with
from portal.accounts.models import User
from portal.calendar.ledger import EntryKind
from portal.events import record
from portal.events.actors import Actor, System
from portal.isolation import Purpose, current, scope
from services import versions
from services.coordination import opinion_times, rules_on
from services.errors import (
    AskedItselfError,
    AskedTooManyError,
    NoFileOfDossierError,
    NoMinutesError,
    NoReasonError,
    NotAllowedError,
    NothingAskedError,
    StaleError,
    WrongStateError,
)
from services.events import Fact
from services.kinds import AskedFor, Opinion
from services.models import Consultation, ConsultationFile, Dossier, WorkItem
from services.models.consultations import ANSWER_LENGTH, QUESTION_LENGTH, REASON_LENGTH
from services.operations import clock
from services.operations.moving import hold, lock, people, save, tell
from services.operations.new_work import new_work_at
from services.policies import may_consult, may_give_opinion, may_revoke_consultation
from services.queries.consultations import files_to_share, is_waiting, shared_files, still_reading
from services.queries.officers import name_of
from services.states import CONSULTATION_TRANSITIONS, ConsultationAction, ConsultationState, Stage, State

ENDED_WITH_DOSSIER = "NĐ 118/2025 Đ.21"


@dataclass(frozen=True, slots=True)
class Ask:
    """One unit and what it is asked."""

    unit_id: int
    kind: AskedFor
    question: str
    working_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """All that the asked units learn besides the question. `answers` in words, as they stand in the declaration."""

    owner: bool = False
    answers: tuple[str, ...] = ()
    file_ids: tuple[UUID, ...] = field(default=())


@transaction.atomic
def consult(
    *,
    item: WorkItem,
    asks: Sequence[Ask],
    shared: Shared,
    in_turn: bool = False,
    is_confidential: bool = False,
    actor: User,
    now: datetime,
) -> list[Consultation]:
    """All at once, or each after the one before it as paper goes (`in_turn`). Raises what `processing.hold` raises,
    WrongStateError, NothingAskedError, AskedTooManyError, AskedItselfError,
    NotOpenUnitError, NoFileOfDossierError.
    """
    new_work_at(*(ask.unit_id for ask in asks), now=now)
    dossier, locked = hold(item, actor)
    if not may_consult(dossier):
        raise WrongStateError
    _refuse(dossier, locked.unit_id, asks, now)
    files = _files(dossier, shared.file_ids)
    last = Consultation.objects.of(dossier).last()
    number = last.number if last else 0
    before = Consultation.objects.pending().of(dossier).last() if in_turn else None
    made = []
    for ask in asks:
        number += 1
        row = Consultation(
            dossier=dossier, number=number, kind=ask.kind, after=before, asking_unit_id=locked.unit_id,
            unit_id=ask.unit_id, is_confidential=is_confidential, working_days=ask.working_days, asked_by=actor,
            asked_at=now, asker=name_of(actor),
        )  # fmt: skip
        row.asked = _told(dossier, ask, shared)
        _begin(row, files, actor=actor, now=now)
        before = row if in_turn else None
        made.append(row)
    _follow(dossier, actor=actor, now=now)
    return made


@transaction.atomic
def give_opinion(
    *,
    consultation: Consultation,
    opinion: Opinion,
    text: str,
    files: Sequence[StoredFile] = (),
    actor: User,
    now: datetime,
    revision: int | None = None,
) -> Consultation:
    """An officer of the asked unit answers, in time or late. Raises NotAllowedError, StaleError, WrongStateError,
    NoReasonError, NoMinutesError.
    """
    if not may_give_opinion(actor, consultation):
        raise NotAllowedError
    with _scope_of(consultation):
        dossier, row = _locked(consultation, revision)
        if row.state not in CONSULTATION_TRANSITIONS[ConsultationAction.ANSWER].sources:
            raise WrongStateError
        if not text.strip():
            raise NoReasonError
        if row.kind == AskedFor.VERIFICATION and not files:
            raise NoMinutesError
        row.opinion, row.answer = opinion, text.strip()[:ANSWER_LENGTH]
        row.answered_by, row.answerer = actor, name_of(actor)
        for file in files:
            ConsultationFile.objects.create(consultation=row, file=file, is_answer=True)
            share_with(file=file, unit_ids=sorted(dossier.unit_ids()), actor=actor, now=now)
        in_time = row.due_at is None or now <= row.due_at
        facts = {"in_time": in_time, "files": len(files)}
        _move(row, ConsultationAction.ANSWER, actor=actor, now=now, facts=facts)
        told = {"consultation": str(row.pk), "unit": row.unit_id, "in_time": in_time}
        tell(Fact.OPINION_GIVEN, dossier, actor=actor, now=now, facts=told)
        _go_on(row, dossier, actor=actor, now=now)
    return row


@transaction.atomic
def revoke_consultation(
    *, consultation: Consultation, reason: str, actor: User, now: datetime, revision: int | None = None
) -> Consultation:
    """The asking unit needs no answer any more. The asked unit reads that, and the shared papers no longer."""
    if not may_revoke_consultation(actor, consultation):
        raise NotAllowedError
    dossier, row = _locked(consultation, revision)
    if not reason.strip():
        raise NoReasonError
    _revoke(row, dossier, reason, actor=actor, now=now)
    _go_on(row, dossier, actor=actor, now=now)
    return row


def cancel_consultations(*, dossier: Dossier, actor: Actor, now: datetime) -> None:
    """The dossier ends, and with it all questions. The caller holds its lock, moves it on, and sees its units' rows."""
    pending = Consultation.objects.pending().filter(dossier=dossier).order_by("number", "id")
    for row in pending.select_for_update(of=("self",)):
        row.dossier = dossier
        _revoke(row, dossier, ENDED_WITH_DOSSIER, actor=actor, now=now)


@transaction.atomic
def remind_consultation(*, consultation: Consultation, actor: System, now: datetime) -> Consultation | None:
    """The asked unit finds it marked in its list of work. None when it was answered, or reminded, meanwhile."""
    dossier, row = _locked(consultation)
    if row.state != ConsultationState.OPEN or row.reminded_at is not None:
        return None
    row.reminded_at = now
    _save(row, "reminded_at")
    _record(Fact.CONSULTATION_REMINDED, row, dossier, actor=actor, now=now, facts={"due_at": row.due_at})
    return row


@transaction.atomic
def note_late_opinion(*, consultation: Consultation, actor: System, now: datetime) -> Consultation | None:
    """The head of the desk is told, once. NĐ 118/2025 Đ.19.4b"""
    dossier, row = _locked(consultation)
    if row.told_late_at is not None or not (row.state == ConsultationState.OPEN and row.is_late(now)):
        return None
    row.told_late_at = now
    _save(row, "told_late_at")
    facts = {"consultation": str(row.pk), "unit": row.unit_id, "due_at": row.due_at}
    tell(Fact.OPINION_LATE, dossier, actor=actor, now=now, facts=facts)
    return row


def _refuse(dossier: Dossier, own: int, asks: Sequence[Ask], now: datetime) -> None:
    on = localdate(now)
    rules = rules_on(on)
    if not asks or not all(ask.question.strip() for ask in asks):
        raise NothingAskedError
    if Consultation.objects.pending().filter(dossier=dossier).count() + len(asks) > rules.most_asked:
        raise AskedTooManyError
    for ask in asks:
        if ask.unit_id == own and ask.kind is not AskedFor.VERIFICATION:  # its own check has minutes too
            raise AskedItselfError
        if not 1 <= ask.working_days <= rules.most_working_days:
            raise NothingAskedError


def _files(dossier: Dossier, ids: Iterable[UUID]) -> list[StoredFile]:
    wanted = set(ids)
    found = [file for file in files_to_share(dossier) if file.pk in wanted] if wanted else []
    if len(found) != len(wanted):
        raise NoFileOfDossierError
    return found


def _told(dossier: Dossier, ask: Ask, shared: Shared) -> dict[str, Any]:
    return {
        "question": ask.question.strip()[:QUESTION_LENGTH],
        "code": str(dossier),
        "procedure": dossier.version.name_vi,
        "owner": dossier.owner_name if shared.owner else "",
        "answers": list(shared.answers),
        "people": sorted(str(person) for person in people(dossier)),
    }


def _begin(row: Consultation, files: Sequence[StoredFile], *, actor: User, now: datetime) -> None:
    """As a plan when somebody has to answer first; its papers are shared when its turn comes."""
    if row.after is not None:
        _move(row, ConsultationAction.PLAN, actor=actor, now=now)
    else:
        _open(row, row.dossier, actor=actor, now=now)
    for file in files:
        ConsultationFile.objects.create(consultation=row, file=file, is_answer=False)
        if row.state == ConsultationState.OPEN:
            _let_read(file, row.unit_id, now)


def _let_read(file: StoredFile, unit_id: int, now: datetime) -> None:
    """A citizen's own file is theirs to give; that the asking unit may, says the law. NĐ 118/2025 Đ.19.4a"""
    with scope(purpose=Purpose.RELAY):
        share_with(file=file, unit_ids=[unit_id], actor=System.RELAY, now=now)


def _open(row: Consultation, dossier: Dossier, *, actor: Actor, now: datetime) -> None:
    row.opened_at = now
    row.remind_at, row.due_at = opinion_times(row.unit_id, row.working_days, now)
    _move(row, ConsultationAction.ASK, actor=actor, now=now, facts={"due_at": row.due_at})
    facts = {"consultation": str(row.pk), "unit": row.unit_id, "kind": row.kind, "due_at": row.due_at}
    tell(Fact.CONSULTED, dossier, actor=actor, now=now, facts=facts)


def _revoke(row: Consultation, dossier: Dossier, reason: str, *, actor: Actor, now: datetime) -> None:
    if row.state not in CONSULTATION_TRANSITIONS[ConsultationAction.REVOKE].sources:
        raise WrongStateError
    was = row.state
    row.reason = reason.strip()[:REASON_LENGTH]
    _move(row, ConsultationAction.REVOKE, actor=actor, now=now)
    facts = {"consultation": str(row.pk), "unit": row.unit_id}
    tell(Fact.CONSULTATION_TAKEN_BACK, dossier, actor=actor, now=now, facts=facts)
    if was == ConsultationState.OPEN and row.unit_id not in dossier.unit_ids():
        for file in shared_files(row, answers=False):
            if not still_reading(file, row.unit_id, besides=row.pk):
                with scope(purpose=Purpose.RELAY):
                    share_no_more(file=file, unit_ids=[row.unit_id], actor=System.RELAY, now=now)


def _go_on(row: Consultation, dossier: Dossier, *, actor: Actor, now: datetime) -> None:
    """Whoever waited for this one is asked now; what was planned behind a planned one closes up."""
    waiting = Consultation.objects.filter(after=row, state=ConsultationState.WAITING).order_by("number", "id")
    for following in waiting.select_for_update(of=("self",)):
        following.dossier = dossier
        if row.after is not None and row.after.is_pending:
            following.after = row.after
            _save(following, "after")
            continue
        _open(following, dossier, actor=actor, now=now)
        for file in shared_files(following, answers=False):
            _let_read(file, following.unit_id, now)
    _follow(dossier, actor=actor, now=now)


def _follow(dossier: Dossier, *, actor: Actor, now: datetime) -> None:
    """The stage says whether an answer is waited for. The clock runs on, unless the procedure's own law stops it."""
    changed: list[str] = []
    waits, stage = is_waiting(dossier), Stage(dossier.stage)
    if State(dossier.state) is State.PROCESSING and stage in {Stage.NONE, Stage.CONSULTING}:
        dossier.stage = Stage.CONSULTING if waits else Stage.NONE
        changed.append("stage")
        ground = versions.consultation_pause(dossier.version)
        if ground and waits is (dossier.paused_at is None):
            kind = EntryKind.PAUSE if waits else EntryKind.RESUME
            clock.enter(dossier, kind, ground=ground, actor=actor, now=now)
            changed += clock.FIELDS
    save(dossier, *changed)


def _locked(consultation: Consultation, revision: int | None = None) -> tuple[Dossier, Consultation]:
    """Always the dossier first. Raises StaleError."""
    dossier = lock(Dossier(pk=consultation.dossier_id))
    row = Consultation.objects.select_for_update(of=("self",)).select_related("after").get(pk=consultation.pk)
    if revision is not None and row.revision != revision:
        raise StaleError
    row.dossier = dossier
    return dossier, row


def _scope_of(consultation: Consultation) -> Any:
    """The actor's own rows, and those of the unit that asked: the answer goes into its dossier."""
    return scope(units={*current().units, consultation.asking_unit_id}, citizen=current().citizen)


def _move(
    row: Consultation, action: ConsultationAction, *, actor: Actor, now: datetime, facts: dict[str, Any] | None = None
) -> None:
    transition = CONSULTATION_TRANSITIONS[action]
    before, row.state = row.state, transition.target.value
    if row.state in {ConsultationState.ANSWERED, ConsultationState.REVOKED}:
        row.ended_at = now
    if not before:
        row.save(force_insert=True)
    else:
        _save(
            row, "state", "opened_at", "due_at", "remind_at", "opinion", "answer_sealed", "answered_by", "answerer",
            "reason", "ended_at",
        )  # fmt: skip
    _record(transition.fact, row, row.dossier, actor=actor, now=now, before=before, after=row.state, facts=facts)


def _save(row: Consultation, *fields: str) -> None:
    row.revision += 1
    row.save(update_fields=[*fields, "revision"])


def _record(
    fact: Fact,
    row: Consultation,
    dossier: Dossier,
    *,
    actor: Actor,
    now: datetime,
    before: str = "",
    after: str = "",
    facts: dict[str, Any] | None = None,
) -> None:
    """An answer stands in the chain of the unit that gave it, all else in that of the unit that asks."""
    concerns = set() if row.is_confidential else people(dossier)
    record(
        fact,
        subject=row,
        actor=actor,
        unit=row.unit_id if fact is Fact.CONSULTATION_ANSWERED else row.asking_unit_id,
        at=now,
        before=before,
        after=after,
        facts={"dossier": str(dossier.pk), **(facts or {})},
        concerns=concerns,
    )
