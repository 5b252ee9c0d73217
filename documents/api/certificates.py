"""Signing certificates and trusted authorities: who may keep them reads them."""

from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from documents.api import schemas
from documents.api.base import path_uuid
from documents.api.document_answers import day, moment
from documents.models import Certificate, TrustAnchor
from documents.queries.certificate_lists import anchors, days_left, kept_by
from documents.signing.policies import may_change, may_edit_anchors
from documents.signing.states import TRANSITIONS, CertificateState
from portal.accounts.models import User
from portal.api import parameters
from portal.api.base import MemberPagedView, MemberView
from portal.api.problems import Kind, Problem
from portal.api.schema import page_of
from staff.policies import today

TAGS = ["certificates"]
STATE = parameters.choice("state", _("Only certificates in this state."), CertificateState)
CERTIFICATE_ID = path_uuid(_("The certificate's key in this portal."))


def certificate(row: Certificate, user: User, on: date) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "unitId": row.unit_id,
        "holder": row.holder,
        "ownerName": row.person.name if row.person else "",
        "subject": row.subject,
        "issuer": row.issuer,
        "serial": row.serial,
        "digest": row.fingerprint,
        "anchorId": row.anchor_id,
        "backend": row.backend,
        "isTrial": row.is_trial,
        "state": row.state,
        "validFromAt": moment(row.valid_from),
        "validToAt": moment(row.valid_to),
        "daysLeft": days_left(row, on),
        "abilities": {
            action.value: row.state in sources and may_change(action, user, row.unit_id)
            for action, (sources, *_rest) in TRANSITIONS.items()
        },
    }


def anchor(row: TrustAnchor) -> dict[str, Any]:
    return {
        "id": row.pk,
        "name": row.name,
        "digest": row.fingerprint,
        "hosts": list(row.hosts),
        "isTrial": row.is_trial,
        "state": row.state,
        "recordedDate": day(row.recorded_at.date()),
    }


class CertificateList(MemberPagedView):
    keys = ("valid_to", "id")
    parameters = (STATE,)

    @extend_schema(
        operation_id="listCertificates",
        tags=TAGS,
        summary=_("Signing certificates"),
        description=_("Those of the units whose certificates you keep, the first to expire first."),
        responses=page_of(schemas.CertificateSerializer),
    )
    def get(self, request: Request) -> Response:
        user, on = self.principal, today()
        rows = kept_by(user, on)
        if self.query["state"]:
            rows = rows.filter(state=self.query["state"])
        return self.paged(request, self.page_of(request, rows), lambda row: certificate(row, user, on))


class CertificateDetail(MemberView):
    path_parameters = (CERTIFICATE_ID,)

    @extend_schema(
        operation_id="getCertificate",
        tags=TAGS,
        summary=_("One signing certificate"),
        description=_("With its owner, its days and what you may do with it."),
        responses=schemas.CertificateSerializer,
    )
    def get(self, request: Request, pk: UUID) -> Response:
        row = kept_by(self.principal, today()).filter(pk=pk).first()
        if row is None:
            raise Problem(Kind.NOT_FOUND)
        return Response(certificate(row, self.principal, today()))


class AnchorList(MemberPagedView):
    keys = ("name", "id")

    @extend_schema(
        operation_id="listTrustAnchors",
        tags=TAGS,
        summary=_("Trusted certificate authorities"),
        description=_("For whoever keeps the list; struck ones are among them."),
        responses=page_of(schemas.TrustAnchorSerializer),
    )
    def get(self, request: Request) -> Response:
        if not may_edit_anchors(self.principal):
            raise Problem(Kind.FORBIDDEN)
        return self.paged(request, self.page_of(request, anchors()), anchor)
