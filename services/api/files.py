"""Files on their way into a dossier: one to a request, as a form with one file."""

from typing import Any
from uuid import UUID

from django.http import FileResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from documents.api.renderers import PdfRenderer
from documents.models import StoredFile
from documents.operations.files import note_reading, store_upload
from documents.queries.files import open_stream, readable
from documents.uploads.kinds import UploadKind
from portal.api import bodies
from portal.api.base import SAFE, WritingView
from portal.api.bodies import Body, Reading
from portal.api.multipart import MultipartView, file_field
from portal.api.problems import Kind, Problem
from services.api import dossier_schemas as schemas
from services.api import parameters
from services.api.base import TAGS, fault, wrong
from services.api.dossier_answers import stored
from services.errors import NotAllowedError
from services.policies import Capability, may_at
from staff.policies import today

HIGHEST = 10**18 - 1


def _unit(value: Any, pointer: str, reading: Reading) -> Any:
    """Forms send numbers as text."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and 1 <= int(value[:18]) == int(value) <= HIGHEST:
        return int(value)
    bounds = {"lowest": 1, "highest": HIGHEST}
    return reading.wrong(pointer, "not-in-range", gettext("A whole number from %(lowest)d to %(highest)d.") % bounds)


FILE = Body(
    "File",
    file_field(_("A PDF, JPEG or PNG file of at most 20 MiB."), example="giay-chung-sinh.pdf"),
    bodies.free(
        "unitId",
        _("Officers and programs: the desk that keeps it."),
        check=_unit,
        schema={"type": "integer", "format": "int64", "minimum": 1, "maximum": HIGHEST},
        example=1,
        required=False,
    ),
)


class OwnFiles(WritingView):
    capability = Capability.FILE_FOR_CITIZEN.value

    def capability_for(self, method: str) -> str:
        return Capability.VIEW.value if method in SAFE else self.capability

    def found(self, pk: UUID) -> StoredFile:
        """Raises the 404."""
        row: StoredFile | None = readable(self.principal, today()).select_related("blob").filter(pk=pk).first()
        if row is None:
            raise Problem(Kind.NOT_FOUND)
        return row


class Files(MultipartView, OwnFiles):
    bodies = {"POST": FILE}

    @extend_schema(
        operation_id="sendFile",
        tags=TAGS,
        summary=_("Send a file"),
        description=_(
            "It is inspected at once and kept for a dossier that will name it. A citizen's file is the citizen's; "
            "that of an officer or a program belongs to the unit of unitId."
        ),
        responses={201: schemas.StoredFileSerializer},
    )
    def post(self, request: Request) -> Response:
        user, unit = self.principal, self.data["unitId"]
        if user.is_citizen and unit is not None:
            raise wrong(fault("/unitId", "not-for-you", gettext("This is not yours to say here. Leave it out.")))
        if not user.is_citizen and unit is None:
            raise wrong(fault("/unitId", "required", gettext("This field is needed.")))
        if unit is not None and not may_at(user, Capability.FILE_FOR_CITIZEN, unit):
            raise NotAllowedError
        file = store_upload(
            upload=self.data["file"],
            kind=UploadKind.ATTACHMENT,
            unit_id=unit,
            owner=None if unit else user.pk,
            actor=user,
            now=self.now,
        )
        return self.answer(stored(file), status=201, location=reverse("api:services:stored-file", args=[file.pk]))


class FileDetail(OwnFiles):
    path_parameters = (parameters.FILE_ID,)

    @extend_schema(
        operation_id="getFile",
        tags=TAGS,
        summary=_("What is known of a file"),
        description=_("state says whether a virus scanner has let it through."),
        responses=schemas.StoredFileSerializer,
    )
    def get(self, request: Request, pk: UUID) -> Response:
        return self.answer(stored(self.found(pk)))


class AnyKindRenderer(BaseRenderer):
    """For the negotiation only: a file comes as what it is."""

    media_type = "application/octet-stream"
    format = "file"

    def render(self, data: object, accepted_media_type: str | None = None, renderer_context: object = None) -> bytes:
        raise NotImplementedError


class FileContent(OwnFiles):
    path_parameters = (parameters.FILE_ID,)
    renderer_classes = (AnyKindRenderer, PdfRenderer)
    further_problems = (Kind.CONFLICT, Kind.UNAVAILABLE)

    @extend_schema(
        operation_id="downloadFile",
        tags=TAGS,
        summary=_("A file"),
        description=_("Byte for byte as it was sent. 409 while it is inspected. The reading is recorded."),
        responses={(200, AnyKindRenderer.media_type): OpenApiResponse(OpenApiTypes.BINARY, description=_("The file."))},
    )
    def get(self, request: Request, pk: UUID) -> FileResponse:
        found = self.found(pk)
        content = open_stream(found)
        note_reading(file=found, actor=self.principal, now=self.now)
        headers = {"X-Content-Type-Options": "nosniff", "Content-Length": str(found.blob.size)}
        kind = found.blob.media_type
        return FileResponse(content, as_attachment=True, filename=found.name, content_type=kind, headers=headers)
