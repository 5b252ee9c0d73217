"""Up to 200 signatures, or issues, with one confirmation; only whoever confirmed a batch sees it."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from documents.api import document_answers as answers
from documents.api import schemas
from documents.api.base import PATH, path_uuid, require_proof, seen
from documents.api.documents import TAGS
from documents.api.draft_bodies import uuid_of
from documents.errors import BadBatchError
from documents.models import SigningBatch
from documents.operations.batches import MOST, Pick, cancel_batch, confirm_batch
from documents.queries.desk import batches_of
from documents.states import Capability, Goal
from portal.accounts.models import User
from portal.api import bodies
from portal.api.base import MemberPagedView, MemberView, WritingView
from portal.api.bodies import Body
from portal.api.problems import Kind, Problem
from portal.api.schema import page_of

BATCH_ID = path_uuid(_("The batch's key in this portal."))
ORDER = Body(
    "DocumentBatch",
    bodies.choice("goal", _("sign, or complete: number, seal and issue."), [Goal.SIGN.value, Goal.COMPLETE.value]),
    bodies.several(
        "documents",
        _("Documents of one organ, each in the revision that you have read."),
        bodies.group(
            "document",
            _("One document"),
            uuid_of("id", _("The document's key in this portal.")),
            bodies.number("revision", _("The revision you have read."), lowest=1, highest=2_000_000_000, example=6),
        ),
        most=MOST,
        least=1,
    ),
)


class BatchList(MemberPagedView, WritingView):
    """GET and POST /document-batches"""

    keys = ("confirmed_at", "id")
    bodies = {"POST": ORDER}
    capability = Capability.DOCUMENT_SIGN

    @extend_schema(
        operation_id="listDocumentBatches",
        tags=TAGS,
        summary=_("Your batches of signatures"),
        description=_("The oldest first, each with how far it is."),
        responses=page_of(schemas.DocumentBatchSummarySerializer),
    )
    def get(self, request: Request) -> Response:
        return self.paged(request, self.page_of(request, batches_of(self.principal)), answers.batch)

    @extend_schema(
        operation_id="confirmDocumentBatch",
        tags=TAGS,
        summary=_("Sign or issue up to 200 documents"),
        description=_("What stands against one document is told in its item; the others go on. Needs a recent "
                      "second factor."),
        responses={202: schemas.DocumentBatchSerializer},
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        require_proof(self, self.now)
        picks = [Pick(UUID(one["id"]), one["revision"]) for one in self.data["documents"]]
        made = confirm_batch(
            picks=_within(self.principal, picks), goal=Goal(self.data["goal"]), actor=self.principal, now=self.now
        )
        place = f"{PATH}/document-batches/{made.pk}"
        return self.answer(answers.batch_with_items(made), status=202, location=place)


def _within(user: User, picks: list[Pick]) -> list[Pick]:
    """Nobody learns what exists elsewhere: a key that one may not see is no pick, and neither is one given twice."""
    asked = {pick.document_id for pick in picks}
    if len(asked) != len(picks) or seen(user).filter(pk__in=asked).count() != len(asked):
        raise BadBatchError
    return picks


def own(user: Any, pk: UUID) -> SigningBatch:
    found = batches_of(user).filter(pk=pk).first()
    if found is None:
        raise Problem(Kind.NOT_FOUND)
    return found


class BatchDetail(MemberView):
    path_parameters = (BATCH_ID,)
    capability = Capability.DOCUMENT_SIGN

    @extend_schema(
        operation_id="getDocumentBatch",
        tags=TAGS,
        summary=_("One batch, how far it is, and what failed"),
        description=_("Failures stand first, each with the sentence that says why."),
        responses=schemas.DocumentBatchSerializer,
    )
    def get(self, request: Request, pk: UUID) -> Response:
        return Response(answers.batch_with_items(own(self.principal, pk)))


class BatchCancellations(WritingView):
    """POST /document-batches/{id}/cancellations"""

    path_parameters = (BATCH_ID,)
    capability = Capability.DOCUMENT_SIGN

    @extend_schema(
        operation_id="cancelDocumentBatch",
        tags=TAGS,
        summary=_("Call off what still waits in a batch"),
        description=_("What is signed stays signed."),
        responses={201: schemas.DocumentBatchSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        found = own(self.principal, pk)
        cancel_batch(batch=found, actor=self.principal, now=self.now)
        shown = answers.batch_with_items(own(self.principal, pk))
        return self.answer(shown, status=201, location=f"{PATH}/document-batches/{pk}")
