"""A wrong result and its correction, with a clock of its own. NĐ 118/2025 Đ.23.1"""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from services.models.dossiers import Dossier
from services.states import CorrectionState, FoundBy

TEXT_LENGTH = 1000


class Correction(models.Model):
    """What is wrong in an issued result: said by the citizen or found by the office, and what became of it."""

    personal_data = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="corrections")
    state = models.CharField(max_length=9, choices=[(state.value, state.value) for state in CorrectionState])
    found_by = models.CharField(max_length=7, choices=[(side.value, side.value) for side in FoundBy])
    wrong = models.CharField(_("what is wrong"), max_length=TEXT_LENGTH)
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")  # None: a rule emptied it
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    begun_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    breached_at = models.DateTimeField(null=True)  # when its head was told that the three days are over
    answer = models.CharField(max_length=TEXT_LENGTH, blank=True)  # why there is nothing to correct
    old_document = models.UUIDField()
    new_document = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="correction_state", condition=Q(state__in=[str(s) for s in CorrectionState])),
            models.CheckConstraint(name="correction_found_by", condition=Q(found_by__in=[str(s) for s in FoundBy])),
            models.UniqueConstraint(
                name="correction_one_open",
                fields=["dossier"],
                condition=Q(state__in=[str(CorrectionState.ASKED), str(CorrectionState.BEGUN)]),
                violation_error_message=_("This result is being corrected already."),
            ),
            models.CheckConstraint(
                name="correction_done_has_result",
                condition=Q(state=str(CorrectionState.DONE), new_document__isnull=False)
                | (~Q(state=str(CorrectionState.DONE)) & Q(new_document=None)),
            ),
        ]
        indexes = [
            models.Index(fields=["dossier", "asked_at"], name="correction_dossier"),
            models.Index(
                fields=["due_at"],
                condition=Q(state__in=[str(CorrectionState.ASKED), str(CorrectionState.BEGUN)]),
                name="correction_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.old_document}"
