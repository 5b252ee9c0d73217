"""Fees and payments of a dossier, by the operations of its pages."""

from collections.abc import Sequence
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from portal.api import bodies
from portal.api.base import Paged
from portal.api.bodies import Body
from portal.api.parameters import Parameter, path_uuid
from portal.api.problems import Kind, Problem
from portal.api.schema import page_of
from portal.events import viewed
from services.api import money_schemas as schemas
from services.api import parameters
from services.api.base import TAGS, DossierView
from services.api.desk import DossierDeed
from services.fees import MOST
from services.models import Dossier, Fee, Payment, Refund
from services.models.fees import EVIDENCE_LENGTH, GROUND_LENGTH
from services.money_states import Way
from services.operations.fees import Assessment, assess_fee, claim_exemption, deny_exemption
from services.operations.moving import people
from services.operations.paying import begin_payment, take_cash
from services.policies import Capability, is_party

PAYMENT_ID = path_uuid("payment", _("The payment's id."))
LONGEST_KEY = 40


def exemption_field(**options: Any) -> bodies.Field:
    return bodies.text("exemption", _("The key of an exemption."), longest=LONGEST_KEY, example="poor", **options)


def evidence_field(**options: Any) -> bodies.Field:
    return bodies.text(
        "evidence", _("Number and date of the paper."), longest=EVIDENCE_LENGTH, example="No. 12 of 05/01/2026",
        **options,
    )  # fmt: skip  # as a paragraph


class MoneyOfDossier(Paged, DossierDeed):
    """What belongs to one dossier: its people read it, and officers with a word in the trail."""

    capability = Capability.FILE_FOR_CITIZEN.value

    def read_by(self, pk: UUID) -> Dossier:
        found, user = self.seen(pk), self.principal
        if not is_party(user, found):
            purpose, unit = str(_("handling the dossier")), found.responsible_unit_id
            viewed(found, actor=user, unit=unit, purpose=purpose, at=self.now, concerns=people(found))
        return found


class Fees(MoneyOfDossier):
    keys = ("-number", "id")
    bodies = {
        "POST": Body(
            "Fee",
            bodies.number(
                "amount", _("VND; left out: what the procedure says."), highest=MOST, required=False, example=16_000
            ),
            bodies.text(
                "ground", _("The legal ground of an amount of your own."), longest=GROUND_LENGTH, required=False,
                default="", example="NQ 15/2026/NQ-HĐND",
            ),
            exemption_field(required=False, default=""),
            evidence_field(required=False, default=""),
        )
    }  # fmt: skip

    @extend_schema(
        operation_id="listFees",
        tags=TAGS,
        summary=_("What the dossier costs"),
        description=_("Every assessment, the newest first."),
        responses=page_of(schemas.FeeSerializer),
    )
    def get(self, request: Request, pk: UUID) -> Response:
        rows = Fee.objects.filter(dossier=self.read_by(pk))
        return self.paged(request, self.page_of(request, rows), schemas.fee)

    @extend_schema(
        operation_id="assessFee",
        tags=TAGS,
        summary=_("Assess the fee anew"),
        description=_("By the desk or the organ. What was paid too much by it goes back."),
        responses={201: schemas.FeeSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        found, said = self.locked(pk), Assessment(**self.data)
        made = assess_fee(dossier=found, said=said, actor=self.principal, now=self.now)
        return self.answer(schemas.fee(made), status=201, row=self.fresh(found))


class ExemptionClaims(DossierDeed):
    capability = Capability.FILE_FOR_CITIZEN.value
    bodies = {"POST": Body("ExemptionClaim", exemption_field(), evidence_field())}

    @extend_schema(
        operation_id="claimExemption",
        tags=TAGS,
        summary=_("Ask for an exemption"),
        description=_("By owner or filer; the desk looks at the paper and assesses the fee anew."),
        responses={201: schemas.FeeSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        found = self.locked(pk)
        made = claim_exemption(dossier=found, **self.data, actor=self.principal, now=self.now)
        return self.answer(schemas.fee(made), status=201, row=self.fresh(found))


class ExemptionDenials(DossierDeed):
    bodies = {
        "POST": Body(
            "ExemptionDenial",
            bodies.text("reason", _("Why it is not accepted; the citizen reads it."), longest=GROUND_LENGTH,
                        example="The certificate ended on 31/12/2025."),
        )
    }  # fmt: skip

    @extend_schema(
        operation_id="denyExemption",
        tags=TAGS,
        summary=_("Do not accept an exemption"),
        description=_("The fee stays as it was assessed. To accept one, assess the fee anew with it."),
        responses={201: schemas.FeeSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        found = self.locked(pk)
        made = deny_exemption(dossier=found, reason=self.data["reason"], actor=self.principal, now=self.now)
        return self.answer(schemas.fee(made), status=201, row=self.fresh(found))


class Payments(MoneyOfDossier):
    keys = ("-begun_at", "id")
    bodies = {
        "POST": Body(
            "Payment",
            bodies.choice("way", _("How it is paid; cash is taken by the desk."), schemas.WAYS),
            bodies.number("amount", _("VND that are owed, as you read them."), lowest=1, highest=MOST, example=16_000),
        )
    }

    @extend_schema(
        operation_id="listPayments",
        tags=TAGS,
        summary=_("Payments of the dossier"),
        description=_("Every attempt, the newest first."),
        responses=page_of(schemas.PaymentSerializer),
    )
    def get(self, request: Request, pk: UUID) -> Response:
        rows = Payment.objects.filter(dossier=self.read_by(pk)).select_related("receipt__form")
        return self.paged(request, self.page_of(request, rows), schemas.payment)

    @extend_schema(
        operation_id="beginPayment",
        tags=TAGS,
        summary=_("Pay the fee"),
        description=_(
            "gateway: a page opens, see pageUrl a little later; transfer: a VietQR; cash: the officer has counted it. "
            "The attempt that is still good is gone on with."
        ),
        responses={201: schemas.PaymentSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        found, way, amount = self.locked(pk), Way(self.data["way"]), self.data["amount"]
        if way is Way.CASH:
            made = take_cash(dossier=found, amount=amount, actor=self.principal, now=self.now)
        else:
            made = begin_payment(dossier=found, way=way, amount=amount, actor=self.principal, now=self.now)
        fresh = Payment.objects.select_related("receipt__form").get(pk=made.pk)
        path = f"{request.path}/{made.pk}"
        return self.answer(schemas.payment(fresh), status=201, location=path)


class PaymentDetail(DossierView):
    path_parameters: ClassVar[Sequence[Parameter]] = (parameters.DOSSIER_ID, PAYMENT_ID)

    @extend_schema(
        operation_id="readPayment",
        tags=TAGS,
        summary=_("One payment"),
        description=_("It counts as paid when the bank has said so, and not before."),
        responses=schemas.PaymentSerializer,
    )
    def get(self, request: Request, pk: UUID, payment: UUID) -> Response:
        rows: QuerySet[Payment] = Payment.objects.filter(dossier=self.seen(pk), pk=payment)
        found = rows.select_related("receipt__form").first()
        if found is None:
            raise Problem(Kind.NOT_FOUND)
        return self.answer(schemas.payment(found))


class DossierRefunds(MoneyOfDossier):
    keys = ("-asked_at", "id")
    http_method_names = ["get", "head"]

    @extend_schema(
        operation_id="listDossierRefunds",
        tags=TAGS,
        summary=_("Refunds of the dossier"),
        description=_("What goes back of what was paid, the newest first."),
        responses=page_of(schemas.RefundSerializer),
    )
    def get(self, request: Request, pk: UUID) -> Response:
        rows = Refund.objects.filter(dossier=self.read_by(pk)).select_related("payment")
        found = self.page_of(request, rows)
        return self.paged(request, found, lambda row: schemas.refund(row, self.principal))
