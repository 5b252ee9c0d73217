"""Joined dossiers: their parts, and the case of the law that moves their joint due moment."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from portal.api import bodies
from portal.api.base import Paged
from portal.api.bodies import Body
from portal.api.schema import page_of
from services.api import dossier_schemas
from services.api import joined_schemas as schemas
from services.api.base import TAGS, DossierView
from services.api.desk import DossierDeed
from services.api.dossier_answers import moment
from services.forms.joined import REASON
from services.models import LinkedPart
from services.operations.joining import choose_joint_limit


class Parts(Paged, DossierView):
    keys = ("number", "id")

    @extend_schema(
        operation_id="listJoinedParts",
        tags=TAGS,
        summary=_("The parts of a joined dossier"),
        description=_("Empty for a dossier of one procedure. Each part is a dossier of its own."),
        responses=page_of(schemas.JoinedPartSerializer),
    )
    def get(self, request: Request, pk: UUID) -> Response:
        rows = LinkedPart.objects.filter(joined=self.seen(pk)).select_related("dossier__version__procedure")
        return self.paged(request, self.page_of(request, rows), _row)


class JointLimits(DossierDeed):
    bodies = {
        "POST": Body(
            "JointLimit",
            bodies.text("limitKey", _("A case of the joined procedure's time limit."), longest=60, example="case_1"),
            bodies.text("reason", _("The reason, in words."), longest=REASON, lines=True, example="Asked to complete"),
        )
    }

    @extend_schema(
        operation_id="chooseJointLimit",
        tags=TAGS,
        summary=_("Move the joint due moment"),
        description=_("Only the desk that received it. All open parts move along, never to an earlier day."),
        responses={201: dossier_schemas.DossierDetailSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        found, data = self.locked(pk), self.data
        done = choose_joint_limit(
            joined=found, limit_case=data["limitKey"], reason=data["reason"], actor=self.principal, now=self.now
        )
        return self.done(done)


def _row(part: LinkedPart) -> dict[str, Any]:
    row = part.dossier
    return {
        "key": part.key,
        "number": part.number,
        "dossierId": str(row.pk),
        "dossierCode": row.code,
        "procedureCode": row.version.code,
        "procedureName": row.version.name_vi,
        "competentUnitId": row.competent_unit_id,
        "state": row.state,
        "dueAt": moment(row.due_at),
    }
