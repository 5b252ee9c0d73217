"""What units have collected, and refunds with the deeds of those who decide on them."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from portal.accounts.models import User
from portal.api import bodies
from portal.api import parameters as common
from portal.api.base import MemberPagedView, WritingView
from portal.api.bodies import Body, Words
from portal.api.parameters import Parameter
from portal.api.problems import Kind, Problem
from portal.api.schema import page_of
from services.api import money_schemas as schemas
from services.api.work import StepView
from services.api.work_schemas import WorkItemDetailSerializer
from services.models import Payment, Refund
from services.models.payments import NOTE_LENGTH
from services.operations.paying import ask_payment, settle_payment
from services.operations.refunds import approve_refund, deny_refund, finish_refund
from services.policies import Capability
from services.queries.dossiers import units_with

TAGS = ["fees"]
REFUND_ID = common.path_uuid("id", _("The refund's id."))
PAYMENT_ID = common.path_uuid("id", _("The payment's id."))
UNIT = common.number("unit", _("Only what this unit collected."))
FIRST = common.day("paidFrom", _("Only what was paid on this day or later."))
LAST = common.day("paidTo", _("Only what was paid on this day or earlier."))
WAY = common.choice("way", _("Only what was paid so."), schemas.WAYS)
PAYMENT_STATE = common.choice("state", _("Only payments in this state."), schemas.PAYMENT_STATES)
REFUND_STATE = common.choice("state", _("Only refunds in this state."), schemas.REFUND_STATES)


def overseen(user: User, now: datetime) -> list[int]:
    """Raises the 403 for whoever oversees nothing."""
    found = units_with(user, Capability.OVERSEE_PAYMENTS, localdate(now))
    if not found:
        raise Problem(Kind.FORBIDDEN)
    return found


def note_field(description: Words, example: str) -> bodies.Field:
    return bodies.text("note", description, longest=NOTE_LENGTH, lines=True, example=example)


class Collected(MemberPagedView):
    parameters = (UNIT, FIRST, LAST, WAY, PAYMENT_STATE)
    keys = ("-begun_at", "id")

    @extend_schema(
        operation_id="listCollectedPayments",
        tags=TAGS,
        summary=_("Payments of your units"),
        description=_("For those who oversee what was collected; the newest first."),
        responses=page_of(schemas.PaymentSerializer),
    )
    def get(self, request: Request) -> Response:
        units = overseen(self.principal, timezone.now())
        asked = self.query
        rows = Payment.objects.collected_by([one for one in units if asked["unit"] in {None, one}])
        if asked["paidFrom"]:
            rows = rows.filter(paid_at__date__gte=asked["paidFrom"])
        if asked["paidTo"]:
            rows = rows.filter(paid_at__date__lte=asked["paidTo"])
        for name in ("way", "state"):
            if asked[name]:
                rows = rows.filter(**{name: str(asked[name])})
        found = self.page_of(request, rows.select_related("receipt__form"))
        return self.paged(request, found, schemas.payment)


class Settlements(WritingView):
    path_parameters: ClassVar[Sequence[Parameter]] = (PAYMENT_ID,)
    must_match = frozenset({"POST"})
    bodies = {"POST": Body("Settlement", note_field(_("Which statement of the bank says so."), "Statement 12"))}

    def revision_of(self, row: Payment) -> object:
        return row.state

    @extend_schema(
        operation_id="readCollectedPayment",
        tags=TAGS,
        summary=_("One payment of your units"),
        description=_("With its ETag, for the deed of this address."),
        responses=schemas.PaymentSerializer,
    )
    def get(self, request: Request, pk: UUID) -> Response:
        found = self._rows().filter(pk=pk).first()
        if found is None:
            raise Problem(Kind.NOT_FOUND)
        return self.answer(schemas.payment(found), row=found)

    @extend_schema(
        operation_id="settlePayment",
        tags=TAGS,
        summary=_("Note that the money is on the organ's account"),
        description=_("For cash that was paid in, and where the gateway says nothing."),
        responses={201: schemas.PaymentSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        found = self.existing(self._rows(), pk=pk)
        done = settle_payment(payment=found, proof=self.data["note"], actor=self.principal, now=self.now)
        return self.answer(schemas.payment(self._rows().get(pk=done.pk)), status=201, row=done)

    def _rows(self) -> QuerySet[Payment]:
        rows = Payment.objects.collected_by(overseen(self.principal, self.now))
        return rows.select_related("receipt__form", "dossier")


class Refunds(MemberPagedView):
    parameters = (UNIT, REFUND_STATE)
    keys = ("-asked_at", "id")

    @extend_schema(
        operation_id="listRefunds",
        tags=TAGS,
        summary=_("Refunds of your units"),
        description=_("For those who oversee what was collected; the newest first."),
        responses=page_of(schemas.RefundSerializer),
    )
    def get(self, request: Request) -> Response:
        units = overseen(self.principal, timezone.now())
        rows = Refund.objects.filter(unit__in=[one for one in units if self.query["unit"] in {None, one}])
        if self.query["state"]:
            rows = rows.filter(state=str(self.query["state"]))
        found = self.page_of(request, rows.select_related("payment"))
        return self.paged(request, found, lambda row: schemas.refund(row, self.principal))


class RefundView(WritingView):
    path_parameters: ClassVar[Sequence[Parameter]] = (REFUND_ID,)
    must_match = frozenset({"POST"})

    def revision_of(self, row: Refund) -> object:
        return f"{row.state} {row.decided_at}"

    def rows(self) -> QuerySet[Refund]:
        units = overseen(self.principal, self.now)
        return Refund.objects.filter(unit__in=units).select_related("payment", "dossier")

    def locked(self, pk: UUID) -> Refund:
        return self.existing(self.rows(), pk=pk)

    def done(self, row: Refund) -> Response:
        return self.answer(schemas.refund(row, self.principal), status=201, row=row)


class RefundDetail(RefundView):
    @extend_schema(
        operation_id="readRefund",
        tags=TAGS,
        summary=_("One refund"),
        description=_("With what you may do with it."),
        responses=schemas.RefundSerializer,
    )
    def get(self, request: Request, pk: UUID) -> Response:
        found = self.rows().filter(pk=pk).first()
        if found is None:
            raise Problem(Kind.NOT_FOUND)
        return self.answer(schemas.refund(found, self.principal), row=found)


class Approvals(RefundView):
    @extend_schema(
        operation_id="approveRefund",
        tags=TAGS,
        summary=_("Approve a refund"),
        description=_("By somebody else than who asked for it. Through the gateway it goes at once."),
        responses={201: schemas.RefundSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        return self.done(approve_refund(refund=self.locked(pk), actor=self.principal, now=self.now))


class Denials(RefundView):
    bodies = {"POST": Body("RefundDenial", note_field(_("Why it is denied."), "The work was done already"))}

    @extend_schema(
        operation_id="denyRefund",
        tags=TAGS,
        summary=_("Deny a refund"),
        description=_("Money that nobody owed is never kept."),
        responses={201: schemas.RefundSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        found, note = self.locked(pk), self.data["note"]
        return self.done(deny_refund(refund=found, reason=note, actor=self.principal, now=self.now))


class Completions(RefundView):
    bodies = {"POST": Body("RefundCompletion", note_field(_("The paper that proves it."), "Payment order 17"))}

    @extend_schema(
        operation_id="finishRefund",
        tags=TAGS,
        summary=_("Note that the money was given back"),
        description=_("For what was paid in cash or by transfer."),
        responses={201: schemas.RefundSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        found, note = self.locked(pk), self.data["note"]
        return self.done(finish_refund(refund=found, proof=note, actor=self.principal, now=self.now))


class PaymentRequests(StepView):
    bodies = {
        "POST": Body(
            "PaymentRequest",
            bodies.text("reason", _("Why, for the citizen."), longest=2000, lines=True, example="The fee is due"),
        )
    }

    @extend_schema(
        operation_id="askPayment",
        tags=["dossiers"],
        summary=_("Let the work wait for the payment"),
        description=_("It goes on by itself when the fee is paid."),
        responses={201: WorkItemDetailSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        item = self.locked(pk)
        ask_payment(item=item, reason=self.data["reason"], actor=self.principal, now=self.now)
        return self.done(item)
