"""Money that was asked for, that came and that went back; and every word of it as it was heard."""

import uuid
from datetime import datetime
from enum import StrEnum

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.accounts import vault
from portal.accounts.models import User
from services.models import sealed
from services.models.dossiers import NAME_LENGTH, Dossier
from services.models.fees import ACTOR_LENGTH, GROUND_LENGTH, Fee
from services.models.papers import PrintedForm
from services.models.sealed import Answers
from services.money_states import (
    COUNTED,
    HELD,
    MessageKind,
    Outcome,
    PaymentState,
    RefundReason,
    RefundState,
    Way,
)
from units.models import Unit

REFERENCE_LENGTH, NOTE_LENGTH, ADDRESS_LENGTH = 40, 500, 1000
COUNTING = [str(state) for state in sorted(COUNTED)]
HOLDING = [str(state) for state in sorted(HELD)]


def _known(field: str, kinds: type[StrEnum], name: str) -> models.CheckConstraint:
    return models.CheckConstraint(name=name, condition=Q(**{f"{field}__in": [str(kind) for kind in kinds]}))


class PaymentQuerySet(models.QuerySet["Payment"]):
    def counted(self) -> "PaymentQuerySet":
        return self.filter(state__in=COUNTING)

    def open(self) -> "PaymentQuerySet":
        return self.filter(state=str(PaymentState.OPEN))

    def unsettled(self, now: datetime) -> "PaymentQuerySet":
        """Paid by bank, and not on the organ's account when it should be. NĐ 118/2025 Đ.24"""
        return self.filter(state=str(PaymentState.PAID), settle_due_at__lt=now)

    def collected_by(self, unit_ids: list[int]) -> "PaymentQuerySet":
        return self.filter(unit__in=unit_ids)


class Payment(models.Model):
    """One attempt to pay one assessment. `reference` names it to the gateway, `content_key` to the banks of a transfer.

    `received` is what came, `bank_key` the bank's own name for that; both empty until then.
    """

    personal_data = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="payments")
    fee = models.ForeignKey(Fee, models.PROTECT, related_name="payments")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    way = models.CharField(max_length=8, choices=[(way.value, way.value) for way in Way])
    state = models.CharField(max_length=7, choices=[(state.value, state.value) for state in PaymentState])
    reference = models.CharField(max_length=REFERENCE_LENGTH, unique=True)
    content_key = models.CharField(max_length=REFERENCE_LENGTH, blank=True)
    address = models.CharField(max_length=ADDRESS_LENGTH, blank=True)  # of the gateway's page for it, or the QR's text
    amount = models.BigIntegerField()
    received = models.BigIntegerField(null=True)
    bank_key = models.CharField(max_length=80, blank=True)
    begun_at = models.DateTimeField()
    begun_by = models.CharField(max_length=ACTOR_LENGTH)
    expires_at = models.DateTimeField(null=True)
    paid_at = models.DateTimeField(null=True)
    settle_due_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    alerted_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=NOTE_LENGTH, blank=True)

    objects = PaymentQuerySet.as_manager()

    class Meta:
        constraints = [
            _known("way", Way, "payment_way"),
            _known("state", PaymentState, "payment_state"),
            models.CheckConstraint(name="payment_amount", condition=Q(amount__gt=0)),
            models.UniqueConstraint(
                name="payment_once",
                fields=["fee"],
                condition=Q(state__in=COUNTING),
                violation_error_message=_("This was paid already."),
            ),
            models.UniqueConstraint(name="payment_bank_key", fields=["bank_key"], condition=~Q(bank_key="")),
            models.CheckConstraint(
                name="payment_paid_is_whole",
                condition=~Q(state__in=COUNTING) | Q(received=F("amount"), paid_at__isnull=False),
            ),
            models.CheckConstraint(
                name="payment_held_was_received",
                condition=Q(state__in=HOLDING, received__gt=0) | (~Q(state__in=HOLDING) & Q(received=None)),
            ),
            models.CheckConstraint(
                name="payment_settled",
                condition=Q(state=str(PaymentState.SETTLED), settled_at__isnull=False)
                | (~Q(state=str(PaymentState.SETTLED)) & Q(settled_at=None)),
            ),
        ]
        indexes = [
            models.Index(fields=["dossier", "begun_at", "id"], name="payment_dossier"),
            models.Index(fields=["unit", "-paid_at", "id"], name="payment_collected"),
            models.Index(fields=["content_key"], condition=~Q(content_key=""), name="payment_content"),
            models.Index(fields=["expires_at"], condition=Q(state=str(PaymentState.OPEN)), name="payment_expires"),
            models.Index(
                fields=["settle_due_at"], condition=Q(state=str(PaymentState.PAID)), name="payment_settle_due"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.state}"

    @property
    def is_counted(self) -> bool:
        return self.state in COUNTED


class PaymentMessage(models.Model):
    """What a bank or the gateway said, kept before anybody acts on it. `body` is sealed: its words are theirs."""

    personal_data = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=9, choices=[(kind.value, kind.value) for kind in MessageKind])
    body_sealed = models.BinaryField()
    reference = models.CharField(max_length=REFERENCE_LENGTH, blank=True)
    amount = models.BigIntegerField(null=True)
    outcome = models.CharField(max_length=13, choices=[(one.value, one.value) for one in Outcome])
    payment = models.ForeignKey(Payment, models.PROTECT, null=True, related_name="messages")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    received_at = models.DateTimeField()
    handled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            _known("kind", MessageKind, "payment_message_kind"),
            _known("outcome", Outcome, "payment_message_outcome"),
        ]
        indexes = [
            models.Index(fields=["payment", "received_at", "id"], name="payment_message_of"),
            models.Index(fields=["outcome", "-received_at", "id"], name="payment_message_outcome"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.outcome}"

    @property
    def body(self) -> Answers:
        return sealed.open_json(self.body_sealed, context=BODY.context(self.pk))

    @body.setter
    def body(self, body: Answers) -> None:
        self.body_sealed = sealed.seal_json(body, context=BODY.context(self.pk))


class FeeReceipt(models.Model):
    """The numbered receipt of one payment; its paper is a printed form of the dossier."""

    personal_data = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    payment = models.OneToOneField(Payment, models.PROTECT, related_name="receipt")
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="fee_receipts")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    symbol = models.CharField(max_length=20)
    number = models.PositiveIntegerField()
    payer_name = models.CharField(max_length=NAME_LENGTH)
    amount = models.BigIntegerField()
    issued_at = models.DateTimeField()
    form = models.ForeignKey(PrintedForm, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(name="fee_receipt_number", fields=["unit", "symbol", "number"])]

    def __str__(self) -> str:
        return f"{self.symbol} {self.number:07}"


class Refund(models.Model):
    """Money on its way back: asked for by a rule or a person, approved by another, sent, done."""

    personal_data = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    payment = models.ForeignKey(Payment, models.PROTECT, related_name="refunds")
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="refunds")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    reference = models.CharField(max_length=REFERENCE_LENGTH, unique=True)
    amount = models.BigIntegerField()
    reason = models.CharField(max_length=12, choices=[(reason.value, reason.value) for reason in RefundReason])
    ground = models.CharField(max_length=GROUND_LENGTH, blank=True)
    state = models.CharField(max_length=8, choices=[(state.value, state.value) for state in RefundState])
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=ACTOR_LENGTH)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=NOTE_LENGTH, blank=True)

    class Meta:
        constraints = [
            _known("state", RefundState, "refund_state"),
            _known("reason", RefundReason, "refund_reason"),
            models.CheckConstraint(name="refund_amount", condition=Q(amount__gt=0)),
        ]
        indexes = [
            models.Index(fields=["dossier", "asked_at", "id"], name="refund_dossier"),
            models.Index(fields=["unit", "state", "-asked_at", "id"], name="refund_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.state}"


BODY = vault.register(vault.Sealed("services.PaymentMessage", "body_sealed", "body"))
