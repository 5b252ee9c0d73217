"""What a draft will cost when it is filed, and an exemption that is asked for with it."""

from typing import Any
from uuid import UUID

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from portal.api import bodies
from portal.api.bodies import Body
from portal.api.problems import Kind, Problem
from services.api import money_schemas as schemas
from services.api import parameters
from services.api.base import TAGS
from services.api.drafts import OwnView
from services.api.money import LONGEST_KEY, evidence_field
from services.models import Draft
from services.operations.draft_claims import claim_with_filing
from services.queries.draft_fees import asked_of, offered_for, told_of


class DraftFee(OwnView):
    path_parameters = (parameters.DRAFT_ID,)
    bodies = {
        "PUT": Body(
            "DraftFeeClaim",
            bodies.text(
                "exemption", _("The key of an exemption; empty: none is asked for."), longest=LONGEST_KEY, shortest=0,
                example="poor",
            ),
            evidence_field(required=False, default=""),
        )
    }  # fmt: skip

    @extend_schema(
        operation_id="showDraftFee",
        tags=TAGS,
        summary=_("What the filing will cost"),
        description=_("By the way of filing and the answers so far, with the exemptions that may be asked for."),
        responses=schemas.DraftFeeSerializer,
    )
    def get(self, request: Request, pk: UUID) -> Response:
        found = self.rows().filter(pk=pk).first()
        if found is None:
            raise Problem(Kind.NOT_FOUND)
        return self.answer(self.told(found), row=found)

    @extend_schema(
        operation_id="claimExemptionWithDraft",
        tags=TAGS,
        summary=_("Ask for an exemption with the filing"),
        description=_("It goes to the desk with the dossier, which accepts it or says why not."),
        responses=schemas.DraftFeeSerializer,
    )
    def put(self, request: Request, pk: UUID) -> Response:
        self.citizen()
        found = self.existing(self.rows(), pk=pk)
        done = claim_with_filing(draft=found, **self.data, actor=self.principal, now=self.now, revision=found.revision)
        return self.answer(self.told(done), row=done)

    def told(self, draft: Draft) -> dict[str, Any]:
        on = localdate(self.now)
        asked = asked_of(draft, on)
        now, then = told_of(draft, on), told_of(draft, on, asked)
        return {
            "amount": now.amount,
            "lines": now.kept(),
            "offered": [schemas.exemption(one) for one in offered_for(draft, on)],
            "claimedExemption": asked.key if asked else None,
            "evidence": draft.claim_evidence or None,
            "amountIfAccepted": then.amount if asked else None,
        }
