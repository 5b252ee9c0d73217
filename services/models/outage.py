"""Dossier codes that are set aside for hours without network or power, and what became of each."""

import uuid

from django.db import models
from django.db.models import Q

from portal.accounts.models import User
from services.models.dossiers import Dossier
from services.paper_numbers import NumberState
from units.models import Unit

REASON_LENGTH = 300


class PaperBlock(models.Model):
    """Numbers of one unit's day, printed on paper before they are needed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    day = models.DateField()
    reason = models.CharField(max_length=REASON_LENGTH)
    taken_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["unit", "-day", "id"], name="paper_block_unit")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.day}"


class PaperNumber(models.Model):
    """One code on paper: still free, given to a dossier, or void. It never becomes another dossier's.

    A void one names the dossier whose filer holds it, where that dossier had to get a code of another organ.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    block = models.ForeignKey(PaperBlock, models.PROTECT, related_name="numbers")
    code = models.CharField(max_length=60, unique=True)
    state = models.CharField(max_length=4, choices=[(state.value, state.value) for state in NumberState])
    dossier = models.OneToOneField(Dossier, models.PROTECT, null=True, related_name="paper_number")
    note = models.CharField(max_length=REASON_LENGTH, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="paper_number_state",
                condition=Q(state=NumberState.FREE.value, dossier=None, ended_at=None)
                | Q(state=NumberState.USED.value, dossier__isnull=False, ended_at__isnull=False)
                | (Q(state=NumberState.VOID.value, ended_at__isnull=False) & ~Q(note="")),
            ),
        ]
        indexes = [models.Index(fields=["block", "code"], name="paper_number_block")]

    def __str__(self) -> str:
        return self.code
