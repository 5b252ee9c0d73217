"""Issued results of a person, found by the whole personal number: in the body, because addresses are written down."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from documents.api import schemas
from documents.api.base import DocumentAddress
from documents.api.document_answers import day, moment
from documents.kinds import RESULT_CODE, SearchPurpose
from documents.operations.drafting import OWNER_NUMBER_LIMIT
from documents.operations.result_searches import DOSSIER, Search, search_results
from documents.queries.results import Known
from documents.states import Capability
from portal.api import bodies
from portal.api.base import WritingView
from portal.api.bodies import Body

SEARCH = Body(
    "ResultSearch",
    bodies.text(
        "ownerNumber", _("The whole personal number of the owner."), longest=OWNER_NUMBER_LIMIT, shortest=5,
        pattern="[0-9A-Za-z]+", example="001099000001",
    ),
    bodies.choice("purpose", _("Why it is looked for; it is recorded."), SearchPurpose.values),
    bodies.text(
        "resultCode", _("The result-type code; every result when left out."), longest=13,
        pattern=RESULT_CODE.strip("^$"), required=False, default="", example="KQ.G15.000216",
    ),
    bodies.text(
        "dossierCode", _("The dossier in hand; needed for reuse."), longest=40, pattern=DOSSIER.pattern, required=False,
        default="", example="H01.00001-261125-0001",
    ),
)  # fmt: skip


def found(known: Known) -> dict[str, Any]:
    return {
        "id": str(known.result_id),
        "documentId": str(known.document_id),
        "unitId": known.unit_id,
        "resultCode": known.result_code,
        "number": known.number,
        "documentDate": day(known.dated_on),
        "issuedAt": moment(known.issued_at),
        "validFromDate": day(known.valid_from),
        "validToDate": day(known.valid_until),
        "state": known.state.value,
        "isUsable": known.is_usable,
    }


class ResultSearches(DocumentAddress, WritingView):
    """POST /result-searches"""

    bodies = {"POST": SEARCH}
    capability = Capability.RESULT_SEARCH

    @extend_schema(
        operation_id="searchResults",
        tags=["results"],
        summary=_("Look for issued results of a person"),
        description=_("At whichever organ they were issued. The owner sees in their own trail that you looked."),
        responses={201: schemas.ResultSearchSerializer},
    )
    def post(self, request: Request) -> Response:
        purpose = SearchPurpose(self.data["purpose"])
        search = Search(
            owner_number=self.data["ownerNumber"],
            purpose=purpose,
            result_code=self.data["resultCode"],
            dossier=self.data["dossierCode"],
        )
        rows = search_results(search=search, actor=self.principal, now=self.now)
        return self.answer({"purpose": purpose.value, "items": [found(row) for row in rows]}, status=201)
