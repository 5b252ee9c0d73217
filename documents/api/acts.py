"""The papers of an act of reorganisation over REST: its file, and the report on what it did."""

from typing import Any

from django.http import FileResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from documents.api import act_schemas as schemas
from documents.api.renderers import PdfRenderer
from documents.codes import shown
from documents.models import Document, StoredFile
from documents.operations.act_files import keep_act_file
from documents.operations.act_reports import redraft_act_report
from documents.operations.files import note_reading
from documents.printing import verification_address
from documents.queries.act_files import file_of_act
from documents.queries.act_reports import report_of
from documents.queries.files import open_stream, read
from documents.states import ISSUED_ONCE
from documents.verification.checking import check
from portal.api.base import MemberView, WritingView
from portal.api.bodies import Body
from portal.api.multipart import MultipartView, file_field
from portal.api.problems import Kind, Problem
from units.api import parameters
from units.models import ReorgEvent
from units.queries.acts import desk_acts

TAGS = ["reorganisation-desk"]
FILE = Body("ActFile", file_field(_("The resolution as a PDF file of at most 24 MiB."), example="nghi-quyet.pdf"))


class _OfAct(MemberView):
    path_parameters = (parameters.ACT_ID,)

    def act(self, pk: int) -> ReorgEvent:
        """Strangers get 404."""
        found = desk_acts(self.principal).filter(pk=pk).first()
        if found is None:
            raise Problem(Kind.NOT_FOUND)
        return found

    def file(self, pk: int) -> StoredFile:
        found = file_of_act(self.act(pk))
        if found is None:
            raise Problem(Kind.NOT_FOUND)
        return found


class ActFile(MultipartView, _OfAct):
    bodies = {"PUT": FILE}

    @extend_schema(
        operation_id="getReorganisationFile",
        tags=TAGS,
        summary=_("The file of an act, and what its signatures are worth"),
        description=_("404 while only its digest is known here. Signatures are judged when they are asked for."),
        responses=schemas.ActFileSerializer,
    )
    def get(self, request: Request, pk: int) -> Response:
        return self.answer(_told(self.file(pk)), row=self.act(pk))

    @extend_schema(
        operation_id="putReorganisationFile",
        tags=TAGS,
        summary=_("Send the file of an act"),
        description=_(
            "Its digest becomes that of the act, which goes back into drafting. Of a signed act only the very file "
            "that it names is taken."
        ),
        responses=schemas.ActFileSerializer,
    )
    def put(self, request: Request, pk: int) -> Response:
        act = self.existing(desk_acts(self.principal), pk=pk)
        keep_act_file(act_id=act.pk, upload=self.data["file"], actor=self.principal, now=self.now)
        return self.answer(_told(self.file(pk)), row=self.act(pk))


class ActFileContent(_OfAct):
    renderer_classes = (PdfRenderer,)
    further_problems = (Kind.CONFLICT, Kind.UNAVAILABLE)

    @extend_schema(
        operation_id="downloadReorganisationFile",
        tags=TAGS,
        summary=_("The file of an act, byte for byte"),
        description=_("409 while it is scanned for viruses. The reading is recorded."),
        responses={(200, PdfRenderer.media_type): OpenApiResponse(OpenApiTypes.BINARY, description=_("The file."))},
    )
    def get(self, request: Request, pk: int) -> FileResponse:
        found = self.file(pk)
        content = open_stream(found)
        note_reading(file=found, actor=self.principal, now=timezone.now())
        headers = {"X-Content-Type-Options": "nosniff", "Content-Length": str(found.blob.size)}
        kind = found.blob.media_type
        return FileResponse(content, as_attachment=True, filename=found.name, content_type=kind, headers=headers)


class ActReport(WritingView, _OfAct):
    @extend_schema(
        operation_id="getReorganisationReport",
        tags=TAGS,
        summary=_("The report on what an act did"),
        description=_("A document of the province, drafted once by the portal and signed by people. 404 before."),
        responses=schemas.ActReportSerializer,
    )
    def get(self, request: Request, pk: int) -> Response:
        found = report_of(self.act(pk))
        if found is None:
            raise Problem(Kind.NOT_FOUND)
        return Response(_report(found))

    @extend_schema(
        operation_id="redraftReorganisationReport",
        tags=TAGS,
        summary=_("Draft the report anew"),
        description=_("After its signer has returned it, or it was cancelled; from the same proof. 409 otherwise."),
        responses={201: schemas.ActReportSerializer},
    )
    def post(self, request: Request, pk: int) -> Response:
        found = redraft_act_report(act_id=self.act(pk).pk, actor=self.principal, now=self.now)
        return self.answer(_report(found), status=201)


def _report(found: Document) -> dict[str, Any]:
    return {
        "documentId": str(found.pk),
        "unitId": found.unit_id,
        "state": found.state,
        "number": found.number,
        "documentDate": found.dated_on.isoformat() if found.dated_on else None,
        "digest": found.content.get("digest", ""),
        "code": shown(found.code),
        "verificationAddress": verification_address(found.code) if found.state in ISSUED_ONCE else None,
    }


def _told(file: StoredFile) -> dict[str, Any]:
    judged = check(read(file), None, now=timezone.now()) if file.is_clean else None
    return {
        "name": file.name,
        "size": file.blob.size,
        "digest": file.blob_id,
        "state": file.state,
        "uploadedAt": timezone.localtime(file.uploaded_at).isoformat(),
        "isSigned": bool(judged.verdict.signatures) if judged else None,
        "isValid": judged.verdict.valid if judged and judged.verdict.signatures else None,
        "findings": [one.words for one in judged.verdict.findings] if judged else [],
        "signatures": [{"name": name, "lines": lines} for name, lines in judged.signatures] if judged else [],
    }
