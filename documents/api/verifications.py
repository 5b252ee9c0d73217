"""What anybody with a verification code may know, as JSON."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from documents.api import schemas
from documents.codes import shown
from documents.queries.verification import Issued, issued_by_code
from documents.verification import words
from documents.verification.limit import VerificationThrottle
from portal.api.base import PublicView
from portal.api.parameters import Parameter
from portal.api.problems import Kind, Problem
from units.queries import successors, version_at

CODE = Parameter(
    name="code",
    description=_("The verification code, with or without hyphens."),
    schema={"type": "string", "maxLength": 40},
    required=True,
    example="7Q2M-K9TD-4HXW",
)


def answer(issued: Issued, today: date) -> dict[str, Any]:
    document = issued.document
    then = document.dated_on or today
    unit = version_at(document.unit_id, then)
    return {
        "code": shown(document.code),
        "typeName": words.type_name(document),
        "number": document.number,
        "documentDate": _text(document.dated_on),
        "unitId": document.unit_id,
        "unitName": unit.full_name if unit else "",
        "unitTodayNames": [one.full_name for one in successors(document.unit_id, then, today)],
        "issuedAt": _moment(document.issued_at),
        "state": document.state,
        "endedAt": _moment(issued.ended_at),
        "endedReason": document.ended_reason,
        "replacedByCode": shown(issued.successor.code) if issued.successor else None,
        "validFromDate": _text(document.valid_from),
        "validToDate": _text(document.valid_until),
        "digest": issued.version.sha256,
    }


def _text(day: Any) -> str | None:
    return day.isoformat() if day else None


def _moment(at: Any) -> str | None:
    return timezone.localtime(at).isoformat() if at else None


class Verification(PublicView):
    path_parameters = (CODE,)
    throttle_classes: Sequence[Any] = (VerificationThrottle,)

    @extend_schema(
        operation_id="getVerification",
        tags=["verifications"],
        summary=_("Whether a document was issued and is in force"),
        description=_("By the code beside its QR code. 404 for codes that never were, and for what is not issued."),
        responses=schemas.VerificationSerializer,
    )
    def get(self, request: Request, code: str) -> Response:
        issued = issued_by_code(code)
        if issued is None:
            raise Problem(Kind.NOT_FOUND)
        return Response(answer(issued, localdate()))
