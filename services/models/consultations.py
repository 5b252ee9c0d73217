"""What other units are asked about a dossier, and what they answered. NĐ 118/2025 Đ.19.4, 20.2

The asked unit does not see the dossier. What it may know of it is copied into the question when it is asked.
"""

import uuid
from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from documents.models import StoredFile
from portal.accounts import vault
from portal.accounts.models import User
from services.kinds import AskedFor, Opinion
from services.models import sealed
from services.models.dossiers import Dossier
from services.models.sealed import Answers
from services.states import PENDING, ConsultationState
from units.models import Unit

QUESTION_LENGTH, ANSWER_LENGTH, REASON_LENGTH = 2000, 4000, 500
OPEN = ConsultationState.OPEN.value  # plain texts, as migrations keep them
ANSWERED = ConsultationState.ANSWERED.value
ENDED = [ConsultationState.ANSWERED.value, ConsultationState.REVOKED.value]


class ConsultationQuerySet(models.QuerySet["Consultation"]):
    def pending(self) -> "ConsultationQuerySet":
        return self.filter(state__in=sorted(str(state) for state in PENDING))

    def of(self, dossier: Dossier) -> "ConsultationQuerySet":
        return self.filter(dossier=dossier).order_by("number", "id")

    def asked_of(self, unit_ids: list[int]) -> "ConsultationQuerySet":
        """What these units are asked; nothing whose turn has not come."""
        return self.filter(unit__in=unit_ids).exclude(state=ConsultationState.WAITING)

    def overdue(self, now: datetime) -> "ConsultationQuerySet":
        return self.filter(state=OPEN, due_at__lt=now)

    def by_due_moment(self) -> "ConsultationQuerySet":
        return self.order_by(F("due_at").asc(nulls_last=True), "id")


class Consultation(models.Model):
    """One question to one unit. `after` is the one that has to end first, in a chain on paper.

    `asked_sealed` is all that the asked unit learns: `question`, `code`, `procedure`, `owner` when it was shared,
    `answers` that were chosen, and `people`, the ids of those whom it concerns.
    """

    personal_data = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="consultations")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=[(kind.value, kind.value) for kind in AskedFor])
    state = models.CharField(max_length=8, choices=[(state.value, state.value) for state in ConsultationState])
    after = models.ForeignKey("self", models.PROTECT, null=True, related_name="followers")
    asking_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    is_confidential = models.BooleanField()
    working_days = models.PositiveSmallIntegerField()
    asked_sealed = models.BinaryField()
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    remind_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    told_late_at = models.DateTimeField(null=True)
    opinion = models.CharField(max_length=14, blank=True, choices=[(one.value, one.value) for one in Opinion])
    answer_sealed = models.BinaryField(null=True)
    asker = models.CharField(max_length=120, blank=True)  # names, since neither side sees the other's staff
    answerer = models.CharField(max_length=120, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(_("reason"), max_length=REASON_LENGTH, blank=True)
    ended_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=1)

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="consultation_state", condition=Q(state__in=[state.value for state in ConsultationState])
            ),
            models.CheckConstraint(name="consultation_kind", condition=Q(kind__in=[kind.value for kind in AskedFor])),
            models.UniqueConstraint(name="consultation_number", fields=["dossier", "number"]),
            models.CheckConstraint(
                name="consultation_ended",
                condition=Q(state__in=ENDED, ended_at__isnull=False) | (~Q(state__in=ENDED) & Q(ended_at=None)),
            ),
            models.CheckConstraint(
                name="consultation_open_has_due_moment", condition=~Q(state=OPEN) | Q(due_at__isnull=False)
            ),
            models.CheckConstraint(
                name="consultation_answered_by_somebody",
                condition=Q(state=ANSWERED, answered_by__isnull=False) | (~Q(state=ANSWERED) & Q(answered_by=None)),
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "state", "due_at", "id"], name="consultation_inbox"),
            models.Index(fields=["asking_unit", "state", "due_at", "id"], name="consultation_asked"),
            models.Index(fields=["remind_at"], condition=Q(state=OPEN, reminded_at=None), name="consultation_remind"),
            models.Index(fields=["due_at"], condition=Q(state=OPEN, told_late_at=None), name="consultation_late"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.state}"

    @property
    def asked(self) -> Answers:
        return sealed.open_json(self.asked_sealed, context=ASKED.context(self.pk))

    @asked.setter
    def asked(self, asked: Answers) -> None:
        self.asked_sealed = sealed.seal_json(asked, context=ASKED.context(self.pk))

    @property
    def answer(self) -> str:
        envelope = self.answer_sealed
        return vault.unseal(envelope, context=ANSWER.context(self.pk)) if envelope else ""

    @answer.setter
    def answer(self, text: str) -> None:
        self.answer_sealed = vault.seal(text, context=ANSWER.context(self.pk)) if text else None

    @property
    def is_pending(self) -> bool:
        return ConsultationState(self.state) in PENDING

    def is_late(self, now: datetime) -> bool:
        """Whether the answer came, or has not come, after its due moment."""
        return (
            self.due_at is not None and self.state != ConsultationState.REVOKED and (self.ended_at or now) > self.due_at
        )


ASKED = vault.register(vault.Sealed("services.Consultation", "asked_sealed", "asked"))
ANSWER = vault.register(vault.Sealed("services.Consultation", "answer_sealed", "answer"))


class ConsultationFile(models.Model):
    """A paper that was shared with the question, or came with the answer: an opinion on paper, minutes."""

    personal_data = True

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="files")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    is_answer = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(name="consultation_file_once", fields=["consultation", "file"])]

    def __str__(self) -> str:
        return str(self.file_id)
