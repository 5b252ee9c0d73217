"""The register of issued results: what a person need not be asked for again. NĐ 118/2025 Đ.22"""

import uuid
from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from documents.kinds import RESULT_CODE
from documents.models.documents import Document, Owned
from documents.states import ResultState
from portal.accounts import vault
from units.models import Unit


class IssuedResultQuerySet(models.QuerySet["IssuedResult"]):
    def usable(self, on: date) -> "IssuedResultQuerySet":
        begun = Q(valid_from=None) | Q(valid_from__lte=on)
        lasts = Q(valid_until=None) | Q(valid_until__gte=on)
        return self.filter(begun, lasts, state=ResultState.VALID)

    def of_owner(self, index: bytes) -> "IssuedResultQuerySet":
        return self.filter(owner_index=index)


class IssuedResult(Owned):
    """A document that was issued to somebody as the result of a procedure. `valid_until` is its last day."""

    personal_data = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    document = models.OneToOneField(Document, models.PROTECT, related_name="result")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    result_code = models.CharField(_("result-type code"), max_length=13)
    number = models.CharField(_("number and notation"), max_length=60)
    dated_on = models.DateField()
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    state = models.CharField(max_length=10, default=ResultState.VALID)
    issued_at = models.DateTimeField()

    objects = IssuedResultQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="issued_result_code", condition=Q(result_code__regex=RESULT_CODE)),
            models.CheckConstraint(name="issued_result_owner", condition=Q(owner_index__isnull=False)),
        ]
        indexes = [
            models.Index(fields=["owner_index", "result_code", "-issued_at"], name="issued_result_of_owner"),
            models.Index(fields=["owner", "-issued_at", "id"], name="issued_result_own"),
        ]

    def __str__(self) -> str:
        return f"{self.result_code} {self.pk}"

    @property
    def document_code(self) -> str:
        """The owner's identifier and the result-type code. It holds the personal number: never log or record it."""
        return f"{self.owner_number}.{self.result_code}"

    def is_usable(self, on: date) -> bool:
        begun = self.valid_from is None or self.valid_from <= on
        return self.state == ResultState.VALID and begun and (self.valid_until is None or on <= self.valid_until)


OWNER = vault.register(vault.Sealed("documents.IssuedResult", "owner_sealed", "owner_number", "owner_index"))
