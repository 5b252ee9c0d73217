"""Documents: the list with the filters of its page, drafts, one document, and its pages as they are now."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from documents.api import document_answers as answers
from documents.api import draft_bodies, schemas
from documents.api.base import DOCUMENT_ID, PATH, DocumentAddress, last_change, seen
from documents.api.renderers import PdfRenderer
from documents.kinds import VersionKind
from documents.layouts import LayoutDataError, UnknownLayoutError
from documents.layouts import render as lay_out
from documents.models import Document
from documents.operations.drafting import draft_document, revise_draft
from documents.policies import Capability, held
from documents.printing import data_of
from documents.queries.desk import TEXT_LIMIT, of_officer
from documents.queries.drafts import draft_of
from documents.queries.files import read
from documents.states import DocumentState
from portal.api import parameters
from portal.api.base import MemberPagedView, MemberView, WritingView
from portal.api.problems import Kind, Problem
from portal.api.schema import page_of
from portal.events import viewed
from staff.policies import today

TAGS = ["documents"]
TURN = parameters.choice("turn", _("mine: only those on which it is your turn."), ["mine"])
STATE = parameters.choice("state", _("Only documents in this state."), DocumentState)
TYPE = parameters.text("type", _("Only documents of this type, a code of the catalogue."), longest=40, example="notice")
Q = parameters.text(
    "q", _("Words of the subject line, with or without accents."), longest=TEXT_LIMIT, example="quy che"
)
FROM = parameters.day("from", _("Only what was drafted on this day and later."))
TO = parameters.day("to", _("Only what was drafted on this day and earlier."), last=date(2999, 12, 31))
SIGNED = frozenset(
    {
        DocumentState.SIGNED, DocumentState.NUMBERED, DocumentState.SEALED,
        DocumentState.ISSUED, DocumentState.REPLACED, DocumentState.REVOKED,
    }
)  # fmt: skip
READING_DETAIL = gettext_noop("reading a document over REST")


class DocumentList(DocumentAddress, MemberPagedView, WritingView):
    """GET and POST /documents"""

    keys = ("drafted_at", "id")
    parameters = (TURN, STATE, TYPE, Q, FROM, TO)
    bodies = {"POST": draft_bodies.DRAFT}

    def capability_for(self, method: str) -> str:
        return Capability.DOCUMENT_DRAFT if method == "POST" else Capability.DOCUMENT_VIEW

    @extend_schema(
        operation_id="listDocuments",
        tags=TAGS,
        summary=_("Documents"),
        description=_("Those of the organs where you may look, and those issued to them; the oldest first."),
        responses=page_of(schemas.DocumentSummarySerializer),
    )
    def get(self, request: Request) -> Response:
        user, on = self.principal, today()
        found = of_officer(
            user,
            on,
            mine=self.query["turn"] == "mine",
            state=self.query["state"] or "",
            type_code=self.query["type"] or "",
            text=self.query["q"] or "",
            first=self.query["from"],
            last=self.query["to"],
        )
        page = self.page_of(request, found.select_related("signer"))
        waiting = answers.waiting_among(page.rows)
        rights = {unit: held(user, unit, on) for unit in {row.unit_id for row in page.rows}}

        def build(row: Document) -> dict[str, Any]:
            can = answers.abilities(row, user, waits=row.pk in waiting, rights=rights[row.unit_id])
            return answers.summary(row, can)

        return self.paged(request, page, build)

    @extend_schema(
        operation_id="draftDocument",
        tags=TAGS,
        summary=_("Draft a document"),
        description=_("At an organ where you may draft. Nothing is handed on before you submit it."),
        responses={201: schemas.DocumentSerializer},
    )
    def post(self, request: Request) -> Response:
        draft = draft_bodies.drafted(self.data)
        made = draft_document(draft=draft, actor=self.principal, now=self.now)
        shown = answers.detail(made, self.principal)
        return self.answer(shown, status=201, row=made, location=f"{PATH}/documents/{made.pk}")


class DocumentDetail(DocumentAddress, WritingView):
    """GET and PATCH /documents/{id}"""

    path_parameters = (DOCUMENT_ID,)
    bodies = {"PATCH": draft_bodies.CHANGES}

    def capability_for(self, method: str) -> str:
        return Capability.DOCUMENT_DRAFT if method == "PATCH" else Capability.DOCUMENT_VIEW

    @extend_schema(
        operation_id="getDocument",
        tags=TAGS,
        summary=_("One document"),
        description=_("With content, recipients, steps and files. That somebody read it is recorded."),
        responses=schemas.DocumentSerializer,
    )
    def get(self, request: Request, pk: UUID) -> Response:
        document = seen(self.principal).filter(pk=pk).first()
        if document is None:
            raise Problem(Kind.NOT_FOUND)
        viewed(document, actor=self.principal, unit=document.unit_id, purpose=gettext(READING_DETAIL), at=self.now)
        return self.answer(answers.detail(document, self.principal), row=document)

    @extend_schema(
        operation_id="reviseDocument",
        tags=TAGS,
        summary=_("Change a draft"),
        description=_("What is left out stays as it is. Only a draft is changed; return a document to change it."),
        responses=schemas.DocumentSerializer,
    )
    def patch(self, request: Request, pk: UUID) -> Response:
        document = self.existing(seen(self.principal), last=last_change, pk=pk)
        draft = draft_bodies.changed(draft_of(document), self.data)
        revision = document.revision
        document = revise_draft(document=document, draft=draft, revision=revision, actor=self.principal, now=self.now)
        return self.answer(answers.detail(document, self.principal), row=document)


class DocumentContent(DocumentAddress, MemberView):
    """The newest signed file; before the signature the pages as they would be signed."""

    path_parameters = (DOCUMENT_ID,)
    capability = Capability.DOCUMENT_VIEW
    renderer_classes = (PdfRenderer,)
    further_problems = (Kind.CONFLICT,)

    @extend_schema(
        operation_id="downloadDocument",
        tags=TAGS,
        summary=_("A document as PDF"),
        description=_("What is signed, byte for byte; before that, what will be signed. The reading is recorded."),
        responses={(200, "application/pdf"): OpenApiResponse(OpenApiTypes.BINARY, description=_("The file."))},
    )
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        document = seen(self.principal).filter(pk=pk).first()
        if document is None:
            raise Problem(Kind.NOT_FOUND)
        content = _pages(document)
        now = timezone.now()
        viewed(document, actor=self.principal, unit=document.unit_id, purpose=gettext(READING_DETAIL), at=now)
        headers = {
            "Content-Disposition": f'attachment; filename="{document.code}.pdf"',
            "X-Content-Type-Options": "nosniff",
        }
        return HttpResponse(content, content_type=PdfRenderer.media_type, headers=headers)


def _pages(document: Document) -> bytes:
    if document.state in SIGNED:
        files = document.versions.exclude(kind=VersionKind.DRAFT).select_related("file__blob")
        newest = files.order_by("-seq").first()
        if newest is None:
            raise Problem(Kind.NOT_FOUND)
        return read(newest.file)
    try:
        return lay_out(document.layout_code, data_of(document), on=document.layout_on).pdf
    except (LayoutDataError, UnknownLayoutError) as fault:
        sentence = gettext("It cannot be laid out yet: something is missing or does not fit. Nothing was changed.")
        raise Problem(Kind.CONFLICT, sentence) from fault
