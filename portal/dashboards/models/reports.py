"""Reports of the index that were frozen: what was reported once is never counted again."""

import uuid

from django.db import models
from django.db.models import F, Q

from portal.accounts.models import User
from units.models import Unit


class FrozenReport(models.Model):
    """The index of one unit for one period as it stood. Append-only; `content` is what the page showed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    first = models.DateField()
    last = models.DateField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    frozen_at = models.DateTimeField()
    frozen_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        db_table = "dashboards_frozen_report"
        constraints = [
            models.CheckConstraint(name="frozen_report_days", condition=Q(first__lte=F("last"))),
            models.UniqueConstraint(fields=["unit", "first", "last"], name="frozen_report_once"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.first} {self.last}"
