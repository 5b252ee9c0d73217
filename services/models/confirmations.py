"""What the citizen was asked before a result is proposed: the draft as it was shown, and what came of it."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.accounts import vault
from portal.accounts.models import User
from services.models import sealed
from services.models.dossiers import Dossier
from services.models.sealed import Answers
from services.models.work import WorkItem
from services.states import ConfirmationState
from staff.models import Assignment

OBJECTION_LENGTH = 2000


class Confirmation(models.Model):
    """One draft that the citizen reads. What it said stays sealed here: exactly that was agreed to, or was not.

    `step` is the one that waits, `signer` who shall sign what is agreed.
    """

    personal_data = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="confirmations")
    step = models.ForeignKey(WorkItem, models.PROTECT, related_name="+")
    signer = models.ForeignKey(Assignment, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=9, choices=[(state.value, state.value) for state in ConfirmationState])
    content_sealed = models.BinaryField()
    objection_sealed = models.BinaryField(null=True)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    deadline_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="confirmation_state", condition=Q(state__in=[str(s) for s in ConfirmationState])
            ),
            models.UniqueConstraint(name="confirmation_number", fields=["dossier", "number"]),
            models.UniqueConstraint(
                name="confirmation_one_open",
                fields=["dossier"],
                condition=Q(state=str(ConfirmationState.OPEN)),
                violation_error_message=_("The citizen has a draft to confirm already."),
            ),
            models.CheckConstraint(
                name="confirmation_ended",
                condition=Q(state=str(ConfirmationState.OPEN), ended_at=None)
                | (~Q(state=str(ConfirmationState.OPEN)) & Q(ended_at__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(
                fields=["deadline_at"], condition=Q(state=str(ConfirmationState.OPEN)), name="confirmation_deadline"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.state}"

    @property
    def content(self) -> Answers:
        """What the draft said, as its layout takes it."""
        return sealed.open_json(self.content_sealed, context=CONTENT.context(self.pk))

    @content.setter
    def content(self, content: Answers) -> None:
        self.content_sealed = sealed.seal_json(content, context=CONTENT.context(self.pk))

    @property
    def objection(self) -> str:
        """What the citizen says is wrong."""
        envelope = self.objection_sealed
        return vault.unseal(envelope, context=OBJECTION.context(self.pk)) if envelope else ""

    @objection.setter
    def objection(self, text: str) -> None:
        self.objection_sealed = vault.seal(text, context=OBJECTION.context(self.pk)) if text else None


CONTENT = vault.register(vault.Sealed("services.Confirmation", "content_sealed", "content"))
OBJECTION = vault.register(vault.Sealed("services.Confirmation", "objection_sealed", "objection"))
