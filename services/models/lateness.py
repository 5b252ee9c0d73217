"""Lateness: warnings before the due moment, the one extension, and moments that came before their click.

NĐ 118/2025 Đ.19.6
"""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from documents.models import StoredFile
from portal.accounts.models import User
from services.models.dossiers import Dossier
from services.models.papers import PrintedForm
from services.models.work import WorkItem
from services.states import ClaimState, ExtensionState

REASON_LENGTH, GROUND_LENGTH, PROOF_LENGTH = 1000, 300, 500


class DueWarning(models.Model):
    """Somebody was told that this due moment is near. Append-only: another due moment is warned of anew."""

    personal_data = True

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="due_warnings")
    due_at = models.DateTimeField()
    days_left = models.PositiveSmallIntegerField()  # working days
    told_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="due_warning_once", fields=["dossier", "due_at", "days_left"]),
        ]

    def __str__(self) -> str:
        return f"{self.days_left} before {self.due_at:%Y-%m-%d}"


class Extension(models.Model):
    """One proposal to set the due moment anew, with its apology: Form 04. What was proposed is never written again."""

    personal_data = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="extensions")
    state = models.CharField(max_length=9, choices=[(state.value, state.value) for state in ExtensionState])
    reason = models.CharField(_("reason"), max_length=REASON_LENGTH)
    ground = models.CharField(_("legal ground"), max_length=GROUND_LENGTH)
    old_due_at = models.DateTimeField()
    new_due_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=REASON_LENGTH, blank=True)  # why the head declined
    late_apology = models.BooleanField(null=True)  # approved after the last moment of an apology in time
    form = models.ForeignKey(PrintedForm, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="extension_state", condition=Q(state__in=[str(s) for s in ExtensionState])),
            models.CheckConstraint(
                name="extension_later",
                condition=Q(new_due_at__gt=F("old_due_at")),
                violation_error_message=_("The new moment lies after the old one."),
            ),
            models.UniqueConstraint(
                name="extension_one_open",
                fields=["dossier"],
                condition=Q(state=str(ExtensionState.ASKED)),
                violation_error_message=_("An extension waits for the head already."),
            ),
            models.CheckConstraint(
                name="extension_ended",
                condition=Q(state=str(ExtensionState.ASKED), ended_at=None)
                | (~Q(state=str(ExtensionState.ASKED)) & Q(ended_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="extension_approved_has_form",
                condition=Q(state=str(ExtensionState.APPROVED), form__isnull=False, late_apology__isnull=False)
                | (~Q(state=str(ExtensionState.APPROVED)) & Q(form=None, late_apology=None)),
            ),
        ]
        indexes = [
            models.Index(fields=["dossier", "asked_at"], name="extension_dossier"),
            models.Index(fields=["old_due_at"], condition=Q(state=str(ExtensionState.ASKED)), name="extension_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.new_due_at:%Y-%m-%d}"


class RealMoment(models.Model):
    """Something was handed over earlier than it was clicked. Both moments stay; which one counts, the state says.

    `step` is the step that was really done then; without one it is the hand-out of the result.
    """

    personal_data = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="real_moments")
    step = models.ForeignKey(WorkItem, models.PROTECT, null=True, related_name="real_moments")
    state = models.CharField(max_length=9, choices=[(state.value, state.value) for state in ClaimState])
    clicked_at = models.DateTimeField()
    really_at = models.DateTimeField()
    reason = models.CharField(_("reason"), max_length=REASON_LENGTH)
    proof = models.CharField(_("proof"), max_length=PROOF_LENGTH)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    claimed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    claimed_at = models.DateTimeField()
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=REASON_LENGTH, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="real_moment_state", condition=Q(state__in=[str(s) for s in ClaimState])),
            models.CheckConstraint(
                name="real_moment_before_click",
                condition=Q(really_at__lt=F("clicked_at")),
                violation_error_message=_("The real moment lies before the click."),
            ),
            models.CheckConstraint(name="real_moment_has_reason", condition=~Q(reason="") & ~Q(proof="")),
            models.UniqueConstraint(
                name="real_moment_once",
                fields=["dossier", "step", "clicked_at"],
                condition=~Q(state=str(ClaimState.REFUSED)),
                nulls_distinct=False,
                violation_error_message=_("A real moment was entered for this already."),
            ),
            models.CheckConstraint(
                name="real_moment_ended",
                condition=Q(state=str(ClaimState.CLAIMED), ended_at=None)
                | (~Q(state=str(ClaimState.CLAIMED)) & Q(ended_at__isnull=False)),
            ),
        ]
        indexes = [models.Index(fields=["dossier", "claimed_at"], name="real_moment_dossier")]

    def __str__(self) -> str:
        return f"{self.state} {self.really_at:%Y-%m-%d %H:%M}"
