"""What an officer mended in the declared answers while a wrong result is corrected. NĐ 118/2025 Đ.23.1"""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.accounts import vault
from portal.accounts.models import User
from services.models import sealed
from services.models.corrections import Correction
from services.models.sealed import Answers

REASON_LENGTH = 500


class Mending(models.Model):
    """One answer that was changed for a correction: what it said and says now, sealed, and why. Never changed."""

    personal_data = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    correction = models.ForeignKey(Correction, models.PROTECT, related_name="mendings")
    pointer = models.CharField(max_length=300)
    difference_sealed = models.BinaryField()
    reason = models.CharField(_("reason"), max_length=REASON_LENGTH)
    mended_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    mended_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="mending_has_reason", condition=~Q(reason=""))]
        indexes = [models.Index(fields=["correction", "mended_at", "id"], name="mending_correction")]

    def __str__(self) -> str:
        return self.pointer

    @property
    def difference(self) -> Answers:
        """`label`, `before` and `after`, in the words of the form."""
        return sealed.open_json(self.difference_sealed, context=DIFFERENCE.context(self.pk))

    @difference.setter
    def difference(self, difference: Answers) -> None:
        self.difference_sealed = sealed.seal_json(difference, context=DIFFERENCE.context(self.pk))


DIFFERENCE = vault.register(vault.Sealed("services.Mending", "difference_sealed", "difference"))
