"""What is on its way between units, and its receipts. For officers only."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any, ClassVar

from django.db.models import Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from portal.api import bodies
from portal.api.base import Paged, WritingView
from portal.api.bodies import Body
from portal.api.naming import abilities
from portal.api.parameters import Parameter, choice, path_id
from portal.api.problems import Kind, Problem
from portal.api.schema import page_of
from services.api import handover_schemas as schemas
from services.api.dossier_answers import moment
from services.api.work import NEVER
from services.models import Handover
from services.models.work import HandoverQuerySet
from services.operations.handing import NOTE_LENGTH, receive_handover
from services.policies import may_receive_handover
from services.queries.handovers import units_of_hand, visible_to

TAGS = ["handovers"]


class Way(StrEnum):
    COMING = "coming"
    GOING = "going"


WAY = choice("way", _("coming: to your units; going: from your units. Only what is not received yet."), Way)
ID = path_id("id", _("The hand-over's number."))


class HandoverView(WritingView):
    path_parameters: ClassVar[Sequence[Parameter]] = (ID,)

    def rows(self) -> HandoverQuerySet:
        return visible_to(self.principal, localdate(self.now))

    def seen(self, pk: int) -> Handover:
        row = self.rows().filter(pk=pk).first()
        if row is None:
            raise Problem(Kind.NOT_FOUND)
        return row

    def revision_of(self, row: Any) -> object:
        """It changes once, when it is received."""
        return row.received_at is not None

    def row_of(self, row: Handover) -> dict[str, Any]:
        receive = row.received_at is None and may_receive_handover(self.principal, row)
        return {
            "id": row.pk,
            "dossierId": str(row.dossier_id),
            "dossierCode": row.dossier.code or None,
            "what": row.what,
            "fromUnitId": row.from_unit_id,
            "toUnitId": row.to_unit_id,
            "givenBy": str(row.from_officer_id) if row.from_officer_id else None,
            "givenAt": moment(row.given_at),
            "dueAt": moment(row.due_at),
            "receivedBy": str(row.to_officer_id) if row.to_officer_id else None,
            "receivedAt": moment(row.received_at),
            "note": row.note,
            "abilities": abilities({"receive": receive}),
        }


class Handovers(Paged, HandoverView):
    path_parameters = ()
    keys = ("sorted_due", "id")
    parameters = (WAY,)

    @extend_schema(
        operation_id="listHandovers",
        tags=TAGS,
        summary=_("Hand-overs to and from your units"),
        description=_("What is due first stands first."),
        responses=page_of(schemas.HandoverSerializer),
    )
    def get(self, request: Request) -> Response:
        user = self.principal
        if not user.is_officer:
            raise Problem(Kind.FORBIDDEN)
        rows, units = self.rows(), units_of_hand(user, localdate(self.now))
        if self.query["way"]:
            side = "to_unit__in" if self.query["way"] == Way.COMING else "from_unit__in"
            rows = rows.in_transit().filter(**{side: units})
        ordered = rows.annotate(sorted_due=Coalesce("due_at", Value(NEVER)))
        return self.paged(request, self.page_of(request, ordered), self.row_of)


class HandoverDetail(HandoverView):
    @extend_schema(
        operation_id="getHandover", tags=TAGS, summary=_("One hand-over"), responses=schemas.HandoverSerializer
    )
    def get(self, request: Request, pk: int) -> Response:
        row = self.seen(pk)
        return self.answer(self.row_of(row), row=row)


class Receipts(HandoverView):
    must_match = frozenset({"POST"})
    bodies = {
        "POST": Body(
            "HandoverReceipt",
            bodies.text(
                "note", _("What was lacking."), longest=NOTE_LENGTH, shortest=0, lines=True, required=False, default="",
                example="One copy is missing",
            ),
        )
    }  # fmt: skip

    @extend_schema(
        operation_id="receiveHandover",
        tags=TAGS,
        summary=_("Receive what was handed over"),
        description=_("Only at the unit to which it was given. The giving unit sees the receipt."),
        responses={201: schemas.HandoverSerializer},
    )
    def post(self, request: Request, pk: int) -> Response:
        row = self.existing(self.rows(), pk=pk)
        receive_handover(handover=row, note=self.data["note"], actor=self.principal, now=self.now)
        shown = self.seen(pk)
        path = reverse("api:services:handover", args=[pk])
        return self.answer(self.row_of(shown), status=201, row=shown, location=path)
