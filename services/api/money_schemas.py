"""The shapes of fees, payments and refunds, for the description and as answers."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from portal.accounts.models import User
from portal.api.naming import abilities
from services.models import Fee, Payment, Refund
from services.money_policies import refund_abilities
from services.money_rules import Exemption
from services.money_states import PaymentState, RefundReason, RefundState, Way
from services.wording_money import in_language

Json = dict[str, Any]
PAYMENT_STATES = [one.value for one in PaymentState]
REFUND_STATES = [one.value for one in RefundState]
REASONS = [one.value for one in RefundReason]
WAYS = [one.value for one in Way]


def moment(at: datetime | None) -> str | None:
    return localtime(at).isoformat() if at else None


class FeeLineSerializer(serializers.Serializer[Any]):
    """One line of the amount."""

    kind = serializers.CharField(help_text=_("How the line comes about."))
    amount = serializers.IntegerField(help_text=_("VND; a reduction is negative."))
    count = serializers.IntegerField(help_text=_("How many."))
    each = serializers.IntegerField(help_text=_("VND for one; for a reduction the percentage."))
    pages = serializers.IntegerField(help_text=_("Pages of the document."))
    name = serializers.CharField(help_text=_("Title of the document."))


class FeeSerializer(serializers.Serializer[Any]):
    """One assessment; the one without replacedAt counts."""

    id = serializers.UUIDField(help_text=_("Its id."))
    number = serializers.IntegerField(help_text=_("Which assessment of the dossier it is."))
    amount = serializers.IntegerField(allow_null=True, help_text=_("VND; null while the desk has to assess it."))
    lines = FeeLineSerializer(many=True, help_text=_("How the amount comes about."))
    exemption = serializers.CharField(allow_null=True, help_text=_("Why less is to be paid."))
    evidence = serializers.CharField(allow_null=True, help_text=_("The paper that proves the exemption."))
    ground = serializers.CharField(allow_null=True, help_text=_("The legal ground."))
    claimedExemption = serializers.CharField(allow_null=True, help_text=_("The exemption that the citizen asks for."))
    exemptionDenial = serializers.CharField(allow_null=True, help_text=_("Why that exemption was not accepted."))
    assessedAt = serializers.DateTimeField(help_text=_("When it was assessed."))
    replacedAt = serializers.DateTimeField(allow_null=True, help_text=_("When a newer one replaced it."))


def fee(row: Fee) -> Json:
    return {
        "id": str(row.pk),
        "number": row.number,
        "amount": row.amount,
        "lines": row.lines,
        "exemption": row.exemption or None,
        "evidence": row.evidence or None,
        "ground": row.ground or None,
        "claimedExemption": row.claimed or None,
        "exemptionDenial": row.claim_answer or None,
        "assessedAt": moment(row.assessed_at),
        "replacedAt": moment(row.replaced_at),
    }


class ExemptionSerializer(serializers.Serializer[Any]):
    """An exemption that may be asked for."""

    key = serializers.CharField(help_text=_("Its key."))
    name = serializers.CharField(help_text=_("Who it is for."))
    evidence = serializers.CharField(help_text=_("What proves it."))
    percent = serializers.IntegerField(help_text=_("How much falls away."))
    ground = serializers.CharField(help_text=_("The legal ground."))


def exemption(one: Exemption) -> Json:
    return {
        "key": one.key,
        "name": in_language(one.name, "name"),
        "evidence": in_language(one.evidence, "evidence"),
        "percent": one.percent,
        "ground": one.ground,
    }


class DraftFeeSerializer(serializers.Serializer[Any]):
    """What a filing will cost."""

    amount = serializers.IntegerField(allow_null=True, help_text=_("VND; null while the desk has to assess it."))
    lines = FeeLineSerializer(many=True, help_text=_("How the amount comes about."))
    offered = ExemptionSerializer(many=True, help_text=_("The exemptions that may be asked for."))
    claimedExemption = serializers.CharField(allow_null=True, help_text=_("The exemption that is asked for."))
    evidence = serializers.CharField(allow_null=True, help_text=_("The paper that proves the exemption."))
    amountIfAccepted = serializers.IntegerField(allow_null=True, help_text=_("VND, if the desk accepts it."))


class PaymentSerializer(serializers.Serializer[Any]):
    """One attempt to pay."""

    id = serializers.UUIDField(help_text=_("Its id."))
    dossierId = serializers.UUIDField(help_text=_("The dossier."))
    feeId = serializers.UUIDField(help_text=_("The assessment that it pays."))
    unitId = serializers.IntegerField(help_text=_("The unit that collects."))
    way = serializers.ChoiceField(choices=WAYS, help_text=_("How it is paid."))
    state = serializers.ChoiceField(choices=PAYMENT_STATES, help_text=_("Where it stands."))
    reference = serializers.CharField(help_text=_("Its name at the gateway."))
    amount = serializers.IntegerField(help_text=_("VND that were asked for."))
    received = serializers.IntegerField(allow_null=True, help_text=_("VND that came."))
    pageUrl = serializers.URLField(allow_null=True, help_text=_("Where a browser pays it; null until it is known."))
    qrText = serializers.CharField(allow_null=True, help_text=_("The text of the VietQR of a transfer."))
    receiptNumber = serializers.CharField(allow_null=True, help_text=_("Symbol and number of the receipt."))
    receiptUrl = serializers.CharField(allow_null=True, help_text=_("Path of the receipt, once it is made."))
    begunAt = serializers.DateTimeField(help_text=_("When it was begun."))
    expiresAt = serializers.DateTimeField(allow_null=True, help_text=_("Until when it can be paid."))
    paidAt = serializers.DateTimeField(allow_null=True, help_text=_("When the money came."))
    settledAt = serializers.DateTimeField(allow_null=True, help_text=_("When it stood on the organ's account."))


def payment(row: Payment) -> Json:
    """Fetch receipt and form along with it."""
    receipt = getattr(row, "receipt", None)
    form = receipt.form if receipt else None
    is_open = row.state == PaymentState.OPEN
    return {
        "id": str(row.pk),
        "dossierId": str(row.dossier_id),
        "feeId": str(row.fee_id),
        "unitId": row.unit_id,
        "way": row.way,
        "state": row.state,
        "reference": row.reference,
        "amount": row.amount,
        "received": row.received,
        "pageUrl": row.address if is_open and row.way == Way.GATEWAY and row.address else None,
        "qrText": row.address if is_open and row.way == Way.TRANSFER else None,
        "receiptNumber": str(receipt) if receipt else None,
        "receiptUrl": reverse("services:printed-form", args=[form.pk]) if form and form.is_made else None,
        "begunAt": moment(row.begun_at),
        "expiresAt": moment(row.expires_at),
        "paidAt": moment(row.paid_at),
        "settledAt": moment(row.settled_at),
    }


class RefundSerializer(serializers.Serializer[Any]):
    """Money on its way back."""

    id = serializers.UUIDField(help_text=_("Its id."))
    dossierId = serializers.UUIDField(help_text=_("The dossier."))
    paymentId = serializers.UUIDField(help_text=_("The payment of which it goes back."))
    unitId = serializers.IntegerField(help_text=_("The unit that collected."))
    amount = serializers.IntegerField(help_text=_("VND."))
    reason = serializers.ChoiceField(choices=REASONS, help_text=_("Why it goes back."))
    ground = serializers.CharField(allow_null=True, help_text=_("The legal ground."))
    state = serializers.ChoiceField(choices=REFUND_STATES, help_text=_("Where it stands."))
    note = serializers.CharField(allow_null=True, help_text=_("Why it was denied, or the paper that proves it."))
    askedAt = serializers.DateTimeField(help_text=_("When it was asked for."))
    decidedAt = serializers.DateTimeField(allow_null=True, help_text=_("When it was decided."))
    endedAt = serializers.DateTimeField(allow_null=True, help_text=_("When it ended."))
    abilities = serializers.DictField(child=serializers.BooleanField(), help_text=_("What you may do with it now."))


def refund(row: Refund, user: User) -> Json:
    """Fetch its payment along with it."""
    return {
        "id": str(row.pk),
        "dossierId": str(row.dossier_id),
        "paymentId": str(row.payment_id),
        "unitId": row.unit_id,
        "amount": row.amount,
        "reason": row.reason,
        "ground": row.ground or None,
        "state": row.state,
        "note": row.note or None,
        "askedAt": moment(row.asked_at),
        "decidedAt": moment(row.decided_at),
        "endedAt": moment(row.ended_at),
        "abilities": abilities(refund_abilities(user, row)),
    }
