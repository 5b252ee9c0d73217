"""Results by post over REST: slips, envelopes, and where one is sent. The same operations as on the pages."""

from collections.abc import Sequence
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from portal.api import bodies
from portal.api import parameters as common
from portal.api.base import Paged, WritingView
from portal.api.bodies import Body
from portal.api.naming import abilities
from portal.api.parameters import Parameter
from portal.api.problems import Kind, Problem
from portal.api.schema import page_of
from services.api import dossier_schemas
from services.api import postal_schemas as schemas
from services.api.desk import DossierDeed
from services.api.dossier_answers import moment
from services.api.filing import uuid_field
from services.models import Dossier, PostalItem, PostalSlip
from services.models.postal import (
    ADDRESS_LENGTH,
    CARRIER_LENGTH,
    COURIER_LENGTH,
    NOTE_LENGTH,
    PROOF_LENGTH,
    RECEIVER_LENGTH,
    TRACKING_LENGTH,
)
from services.operations import postal as deeds
from services.operations.postal import MOST_ON_SLIP, Ended
from services.postal_rules import carrier_name
from services.queries import postal as queries
from services.queries.dossiers import units_with
from services.states import Capability, PostalState

TAGS = ["postal-items"]
ITEM = common.path_uuid("id", _("The id of the item."))
SLIP = common.path_uuid("id", _("The id of the slip."))
DESK = common.path_id("unit", _("The unit whose desk it is."))
STATE = common.choice("state", _("Only items in this state."), PostalState)
NUMBER = "EA123456789VN"
HAPPENED = bodies.moment("happenedAt", _("When it really was, by the word of the carrier."))


def item_of(row: PostalItem) -> dict[str, Any]:
    is_sent, is_packed = row.state == PostalState.SENT, row.state == PostalState.PREPARED
    return {
        "id": str(row.pk),
        "dossierId": str(row.dossier_id),
        "dossierCode": row.dossier.code or None,
        "slipId": str(row.slip_id),
        "attempt": row.attempt,
        "state": row.state,
        "carrierName": carrier_name(row.slip.carrier),
        "trackingNumber": row.tracking or None,
        "handedAt": moment(row.slip.handed_at),
        "happenedAt": moment(row.happened_at),
        "enteredAt": moment(row.ended_at),
        "reason": row.reason or None,
        "abilities": abilities({"deliver": is_sent, "bring_back": is_sent, "take_off": is_packed}),
    }


def slip_of(row: PostalSlip) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "unitId": row.unit_id,
        "carrierName": carrier_name(row.carrier),
        "madeAt": moment(row.made_at),
        "handedAt": moment(row.handed_at),
        "enteredAt": moment(row.entered_at),
        "courierName": row.courier or None,
        "items": [item_of(item) for item in queries.on_slip(row)],
    }


class PostalView(WritingView):
    """For officers who hand out results at the desk of the slip; what is not theirs is not there."""

    def desks(self) -> list[int]:
        user = self.principal
        return units_with(user, Capability.RETURN, localdate(self.now)) if user.is_officer else []

    def rows(self) -> QuerySet[PostalItem]:
        return queries.items_of(self.desks())

    def slips(self) -> QuerySet[PostalSlip]:
        return queries.slips_of(self.desks())

    def revision_of(self, row: Any) -> object:
        """An item changes with its state, a slip when the carrier takes it."""
        return row.state if isinstance(row, PostalItem) else row.handed_at is not None


class PostalItems(Paged, PostalView):
    keys = ("packed_at", "id")
    parameters = (STATE,)

    @extend_schema(
        operation_id="listPostalItems",
        tags=TAGS,
        summary=_("Results that go by post from your desks"),
        responses=page_of(schemas.PostalItemSerializer),
    )
    def get(self, request: Request) -> Response:
        if not self.desks():
            raise Problem(Kind.FORBIDDEN)
        rows = self.rows()
        if state := self.query["state"]:
            rows = rows.filter(state=str(state))
        return self.paged(request, self.page_of(request, rows.annotate(packed_at=F("slip__made_at"))), item_of)


class PostalItemDetail(PostalView):
    path_parameters: ClassVar[Sequence[Parameter]] = (ITEM,)

    @extend_schema(
        operation_id="getPostalItem", tags=TAGS, summary=_("One envelope"), responses=schemas.PostalItemSerializer
    )
    def get(self, request: Request, pk: UUID) -> Response:
        row = self.rows().filter(pk=pk).first()
        if row is None:
            raise Problem(Kind.NOT_FOUND)
        return self.answer(item_of(row), row=row)


class PostalItemDeed(PostalView):
    path_parameters: ClassVar[Sequence[Parameter]] = (ITEM,)
    must_match = frozenset({"POST"})

    def ended(self, pk: UUID) -> Response:
        row = self.rows().get(pk=pk)
        path = reverse("api:services:postal-item", args=[pk])
        return self.answer(item_of(row), status=201, row=row, location=path)


class Deliveries(PostalItemDeed):
    bodies = {
        "POST": Body(
            "PostalDelivery",
            HAPPENED,
            bodies.text("receiver", _("Who received it."), longest=RECEIVER_LENGTH, example="Giang A Su"),
            bodies.text("proof", _("What proves it."), longest=PROOF_LENGTH, example="Signed receipt"),
        )
    }

    @extend_schema(
        operation_id="notePostalDelivery",
        tags=TAGS,
        summary=_("It was delivered"),
        description=_("The result counts as handed out at that moment."),
        responses={201: schemas.PostalItemSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        row, data = self.existing(self.rows(), pk=pk), self.data
        said = Ended(data["happenedAt"], receiver=data["receiver"], proof=data["proof"])
        deeds.note_delivery(item=row, said=said, actor=self.principal, now=self.now)
        return self.ended(pk)


class Comebacks(PostalItemDeed):
    bodies = {
        "POST": Body(
            "PostalComeback",
            HAPPENED,
            bodies.text("reason", _("A key of the carrier's reasons."), longest=40, example="absent"),
            bodies.text(
                "note", _("In words; needed with the reason other."), longest=NOTE_LENGTH, shortest=0, lines=True,
                required=False, default="", example="The house was empty",
            ),
        )
    }  # fmt: skip

    @extend_schema(
        operation_id="notePostalComeback",
        tags=TAGS,
        summary=_("It came back"),
        description=_("It lies at the desk; its citizen is told."),
        responses={201: schemas.PostalItemSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        row, data = self.existing(self.rows(), pk=pk), self.data
        said = Ended(data["happenedAt"], reason=data["reason"], note=data["note"])
        deeds.note_came_back(item=row, said=said, actor=self.principal, now=self.now)
        return self.ended(pk)


class Removals(PostalItemDeed):
    bodies = {
        "POST": Body(
            "PostalRemoval",
            bodies.text("reason", _("Why."), longest=NOTE_LENGTH, lines=True, example="Somebody came to collect it"),
        )
    }

    @extend_schema(
        operation_id="takeOffPostalSlip",
        tags=TAGS,
        summary=_("Take an envelope off its slip"),
        responses={201: schemas.PostalItemSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        row = self.existing(self.rows(), pk=pk)
        deeds.take_off_slip(item=row, reason=self.data["reason"], actor=self.principal, now=self.now)
        return self.ended(pk)


class PostalSlips(PostalView):
    path_parameters: ClassVar[Sequence[Parameter]] = (DESK,)
    bodies = {
        "POST": Body(
            "PostalSlip",
            bodies.text("carrier", _("A key of the carriers."), longest=CARRIER_LENGTH, example="vnpost"),
            bodies.several(
                "dossierIds", _("Whose results are in envelopes."), uuid_field("dossierId", _("A dossier.")),
                most=MOST_ON_SLIP, least=1,
            ),
        )
    }  # fmt: skip

    @extend_schema(
        operation_id="preparePostalSlip",
        tags=TAGS,
        summary=_("Make a slip for the carrier"),
        description=_("What does not fit is left out and named; nothing of the others is lost."),
        responses={201: schemas.PreparedSlipSerializer},
    )
    def post(self, request: Request, unit: int) -> Response:
        if unit not in self.desks():
            raise Problem(Kind.NOT_FOUND)
        rows = Dossier.objects.filter(returning_unit=unit, pk__in=[UUID(one) for one in self.data["dossierIds"]])
        done = deeds.prepare_slip(
            unit_id=unit, dossiers=list(rows), carrier=self.data["carrier"], actor=self.principal, now=self.now
        )
        left = [{"dossierId": str(one.pk), "code": why.code, "detail": str(why)} for one, why in done.failed]
        made = slip_of(done.slip) if done.items else None
        path = reverse("api:services:postal-slip", args=[done.slip.pk]) if done.items else ""
        return self.answer({"slip": made, "leftOut": left}, status=201, location=path)


class PostalSlipDetail(PostalView):
    path_parameters: ClassVar[Sequence[Parameter]] = (SLIP,)

    @extend_schema(
        operation_id="getPostalSlip", tags=TAGS, summary=_("One slip"), responses=schemas.PostalSlipSerializer
    )
    def get(self, request: Request, pk: UUID) -> Response:
        row = self.slips().filter(pk=pk).first()
        if row is None:
            raise Problem(Kind.NOT_FOUND)
        return self.answer(slip_of(row), row=row)


class PostalDepartures(PostalView):
    path_parameters: ClassVar[Sequence[Parameter]] = (SLIP,)
    must_match = frozenset({"POST"})
    bodies = {
        "POST": Body(
            "PostalDeparture",
            bodies.moment("handedAt", _("When the carrier took it.")),
            bodies.text("courier", _("Who took it."), longest=COURIER_LENGTH, example="Lu A Pao"),
            bodies.several(
                "numbers",
                _("The tracking number of each item."),
                bodies.group(
                    "number", _("One envelope."), uuid_field("itemId", _("The item.")),
                    bodies.text("trackingNumber", _("As on the envelope."), longest=TRACKING_LENGTH, example=NUMBER),
                ),
                most=MOST_ON_SLIP,
                least=1,
            ),
        )
    }  # fmt: skip

    @extend_schema(
        operation_id="handPostalSlipOver",
        tags=TAGS,
        summary=_("The carrier has what is on the slip"),
        responses={201: schemas.PostalSlipSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        row, data = self.existing(PostalSlip.objects.filter(unit__in=self.desks()), pk=pk), self.data
        tracking = {UUID(one["itemId"]): one["trackingNumber"] for one in data["numbers"]}
        deeds.hand_slip_over(
            slip=row, courier=data["courier"], handed_at=data["handedAt"], tracking=tracking, actor=self.principal,
            now=self.now,
        )  # fmt: skip
        shown = self.slips().get(pk=pk)
        path = reverse("api:services:postal-slip", args=[pk])
        return self.answer(slip_of(shown), status=201, row=shown, location=path)


class PostalRequests(DossierDeed):
    bodies = {
        "POST": Body(
            "PostalRequest",
            bodies.text("address", _("Where it is sent."), longest=ADDRESS_LENGTH, lines=True, example="Na Ang, An"),
        )
    }

    @extend_schema(
        operation_id="askForPost",
        tags=["dossiers"],
        summary=_("Have the result sent by post"),
        description=_("By owner, filer or the desk, once it is issued; also once more when it came back."),
        responses={201: dossier_schemas.DossierDetailSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        found, address = self.locked(pk), self.data["address"]
        return self.done(deeds.ask_for_post(dossier=found, address=address, actor=self.principal, now=self.now))
