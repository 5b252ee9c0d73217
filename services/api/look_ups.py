"""Where a dossier stands, for whoever holds its receipt: no sign-in, and no word about whose it is."""

from collections.abc import Sequence
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from portal.api import bodies
from portal.api.base import AskingView
from portal.api.bodies import Body
from portal.api.problems import Kind, Problem
from portal.events import context
from portal.events.actors import ANONYMOUS
from services.api import dossier_schemas as schemas
from services.api.base import TAGS, fault, wrong
from services.api.dossier_answers import moment
from services.errors import LookUpLockedError, UnknownReceiptError
from services.look_up_rate import LookUpThrottle
from services.operations.look_up import look_up, note_look_up
from services.queries.look_up import Status, status_of
from services.wording_citizen import standing

PIN_LENGTH = 6


def answer(status: Status) -> dict[str, Any]:
    dossier, told = status.dossier, standing(status.dossier)
    return {
        "reference": dossier.reference,
        "code": dossier.code or None,
        "procedureName": dossier.version.name_vi,
        "state": dossier.state,
        "stateInWords": str(told.phase),
        "nextInWords": str(told.next_step),
        "responsibleUnitName": status.units.get(dossier.responsible_unit_id, "") if dossier.is_open else None,
        "returningUnitName": status.units.get(dossier.returning_unit_id, ""),
        "nextDueAt": moment(status.due_at),
        "submittedAt": moment(dossier.submitted_at),
        "acceptedAt": moment(dossier.accepted_at),
        "closedAt": moment(dossier.closed_at),
    }


class DossierLookUps(AskingView):
    throttle_classes: Sequence[Any] = (LookUpThrottle,)
    bodies = {
        "POST": Body(
            "DossierLookUp",
            bodies.text("code", _("The dossier code or the reference."), longest=80, example="DK-RYDQG-JQFU8"),
            bodies.text("pin", _("The six digits beside it on the receipt."), longest=PIN_LENGTH, example="402913"),
        )
    }

    @extend_schema(
        operation_id="lookUpDossier",
        tags=TAGS,
        summary=_("Where a dossier stands, by its receipt"),
        description=_("No sign-in. Five wrong PINs lock the code for a while: 429 with Retry-After."),
        responses=schemas.DossierStandingSerializer,
    )
    def post(self, request: Request) -> Response:
        code, pin, ip = self.data["code"], self.data["pin"], context.current().ip or "unknown"
        try:
            found = look_up(code=code, pin=pin, ip=ip, actor=ANONYMOUS, now=self.now)
        except LookUpLockedError as locked:
            seconds = max(1, int((locked.until - localtime(self.now)).total_seconds()))
            raise Problem(Kind.TOO_MANY, str(locked), headers={"Retry-After": str(seconds)}) from locked
        except UnknownReceiptError as unknown:
            raise wrong(fault("/pin", unknown.code, str(unknown))) from unknown
        status = status_of(found)
        if status is None:
            raise Problem(Kind.NOT_FOUND)
        note_look_up(dossier_id=found, actor=ANONYMOUS, now=self.now)
        return Response(answer(status))
