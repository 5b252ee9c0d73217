"""What a dossier costs, each assessment a row; and who collects it: the organ's account, numbers of its receipts."""

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from services.models.dossiers import Dossier
from units.models import Unit

EVIDENCE_LENGTH, GROUND_LENGTH = 300, 300
ACTOR_LENGTH = 100


class Fee(models.Model):
    """One assessment: its lines, what falls away and why. A later one replaces it; nothing in it is written again.

    `amount` None: neither the law nor the version names it, so the desk has still to assess it. `claimed` is the
    exemption that the citizen asks for; a newer assessment accepts it, or `claim_answer` says why not.
    """

    personal_data = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="fees")
    number = models.PositiveSmallIntegerField()
    lines = models.JSONField(default=list)
    amount = models.BigIntegerField(null=True)
    exemption = models.CharField(max_length=40, blank=True)
    evidence = models.CharField(max_length=EVIDENCE_LENGTH, blank=True)
    ground = models.CharField(max_length=GROUND_LENGTH, blank=True)
    claimed = models.CharField(max_length=40, blank=True)
    claim_evidence = models.CharField(max_length=EVIDENCE_LENGTH, blank=True)
    claimed_at = models.DateTimeField(null=True)
    claim_answer = models.CharField(max_length=GROUND_LENGTH, blank=True)  # why it was not accepted
    claim_denied_at = models.DateTimeField(null=True)
    assessed_at = models.DateTimeField()
    assessed_by = models.CharField(max_length=ACTOR_LENGTH)
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="fee_number", fields=["dossier", "number"]),
            models.UniqueConstraint(name="fee_one_counts", fields=["dossier"], condition=Q(replaced_at=None)),
            models.CheckConstraint(name="fee_amount", condition=Q(amount=None) | Q(amount__gte=0)),
            models.CheckConstraint(
                name="fee_claim_denied",
                condition=Q(claim_denied_at=None, claim_answer="")
                | (Q(claim_denied_at__isnull=False) & ~Q(claim_answer="") & ~Q(claimed="")),
            ),
            models.CheckConstraint(name="fee_exempt_by_evidence", condition=Q(exemption="") | ~Q(evidence="")),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.amount}"


class CollectingAccount(models.Model):
    """Where a unit collects: its account at a bank, and the symbols of its receipts, from a day to a day."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    valid = DateRangeField()
    bank_bin = models.CharField(max_length=6)
    bank_name = models.CharField(max_length=120)
    account = models.CharField(max_length=19)
    account_name = models.CharField(max_length=120)
    tax_code = models.CharField(max_length=14)
    receipt_form = models.CharField(max_length=20)
    receipt_symbol = models.CharField(max_length=20)
    entered_at = models.DateTimeField()
    entered_by = models.CharField(max_length=ACTOR_LENGTH)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="collecting_account_one",
                expressions=[("unit", RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)],
                violation_error_message=_("The unit has an account from this day on already."),
            ),
            models.CheckConstraint(name="collecting_account_bin", condition=Q(bank_bin__regex=r"^[0-9]{6}$")),
            models.CheckConstraint(
                name="collecting_account_number", condition=Q(account__regex=r"^[0-9A-Za-z]{1,19}$")
            ),
            models.CheckConstraint(name="collecting_account_days", condition=Q(valid__isempty=False)),
        ]

    def __str__(self) -> str:
        return f"{self.account} ({self.bank_name})"


class ReceiptCounter(models.Model):
    """The last number of one symbol of receipts. Numbers are taken under the lock of this row and never come back."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    symbol = models.CharField(max_length=20)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(name="receipt_counter_once", fields=["unit", "symbol"])]

    def __str__(self) -> str:
        return f"{self.symbol}: {self.last}"
