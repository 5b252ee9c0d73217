"""Questions to other units: of a dossier, in the inbox of the asked unit, and late ones for the head of a desk."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from documents.models import StoredFile
from portal.accounts.models import User
from services.models import Attachment, Consultation, ConsultationFile, Dossier
from services.models.consultations import ConsultationQuerySet
from services.queries.work import units_of_work
from services.states import Capability, ConsultationState, Stage
from staff.policies import known_grounds

MOST = 50
MOST_FILES = 200


def is_waiting(dossier: Dossier) -> bool:
    """Whether somebody has still to answer."""
    return Consultation.objects.pending().filter(dossier=dossier).exists()


def stage_of(dossier: Dossier) -> Stage:
    """The stage of a dossier that is worked on, when nothing else gives it one."""
    return Stage.CONSULTING if is_waiting(dossier) else Stage.NONE


def of_dossier(dossier: Dossier) -> list[Consultation]:
    return list(Consultation.objects.of(dossier).prefetch_related("files__file")[:MOST])


def openly_asked(dossier: Dossier) -> list[Consultation]:
    """Whom the citizen is told of. Not what was asked: that is between the organs."""
    if dossier.stage != Stage.CONSULTING:
        return []
    rows = Consultation.objects.of(dossier).filter(is_confidential=False, state=ConsultationState.OPEN)
    return list(rows[:MOST])


def shared_files(consultation: Consultation, *, answers: bool) -> list[StoredFile]:
    rows = ConsultationFile.objects.filter(consultation=consultation, is_answer=answers).select_related("file")
    return [row.file for row in rows.order_by("id")[:MOST_FILES]]


def files_to_share(dossier: Dossier) -> list[StoredFile]:
    """Papers of the dossier as they stand now, and what other units sent for it."""
    papers = Attachment.objects.filter(component__dossier=dossier, replaced_at=None).values("file")
    answers = ConsultationFile.objects.filter(consultation__dossier=dossier, is_answer=True).values("file")
    rows = StoredFile.objects.filter(Q(pk__in=papers) | Q(pk__in=answers))
    return list(rows.order_by("uploaded_at", "id")[:MOST_FILES])


def visible_to(user: User, on: date) -> ConsultationQuerySet:
    """Those that the person's units are asked, and those of dossiers that they work on or head the desk of."""
    if not user.is_officer:
        return Consultation.objects.none()
    asked, head = units_of_work(user, on), head_units(user, on)
    mine = Q(unit__in=asked) & ~Q(state=ConsultationState.WAITING)
    ours = Q(asking_unit__in=asked) | _of_desk(head)
    return Consultation.objects.filter(mine | ours)


def head_units(user: User, on: date) -> list[int]:
    """The desks that this person heads: who is told of late answers. NĐ 118/2025 Đ.19.4b"""
    wanted = Capability.EXCEED_SUPPLEMENTS
    return sorted({ground.unit_id for ground in known_grounds(user, on) if ground.capability == wanted})


def inbox(unit_ids: list[int]) -> ConsultationQuerySet:
    """What waits for an answer of these units."""
    return Consultation.objects.asked_of(unit_ids).filter(state=ConsultationState.OPEN).by_due_moment()


def answered(unit_ids: list[int]) -> QuerySet[Consultation]:
    ended = Consultation.objects.asked_of(unit_ids).exclude(state=ConsultationState.OPEN)
    return ended.order_by("-ended_at", "-id")


def asked_by(unit_ids: list[int]) -> ConsultationQuerySet:
    """What these units wait for."""
    return Consultation.objects.pending().filter(asking_unit__in=unit_ids).by_due_moment()


def late_for_head(unit_ids: list[int], now: datetime) -> ConsultationQuerySet:
    """Answers that did not come in time, for dossiers of these desks."""
    return Consultation.objects.overdue(now).filter(_of_desk(unit_ids)).by_due_moment()


def _of_desk(unit_ids: list[int]) -> Q:
    """Never a join: the asked unit does not see the dossier, and would lose its own row with it."""
    received = Dossier.objects.filter(receiving_unit__in=unit_ids).values("pk")
    return Q(asking_unit__in=unit_ids) | Q(dossier__in=received)


def to_remind(now: datetime) -> Iterable[Consultation]:
    rows = Consultation.objects.filter(state=ConsultationState.OPEN, reminded_at=None, remind_at__lte=now)
    return rows.order_by("remind_at", "id")


def to_tell_late(now: datetime) -> Iterable[Consultation]:
    return Consultation.objects.overdue(now).filter(told_late_at=None).order_by("due_at", "id")


def still_reading(file: StoredFile, unit_id: int, *, besides: UUID) -> bool:
    """Whether the unit was given the same file for another question."""
    others = ConsultationFile.objects.filter(file=file, consultation__unit=unit_id).exclude(consultation=besides)
    return others.exclude(consultation__state=ConsultationState.REVOKED).exists()
