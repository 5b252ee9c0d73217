"""The doors of a file that is sent in parts. They answer a script; a form without one sends its files whole."""

import json
import uuid
from http import HTTPStatus

from django.http import HttpRequest, JsonResponse, RawPostDataException
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from documents.errors import DocumentsError, FileRefusedError, UploadGoneError, UploadOffsetError
from documents.models import PartialUpload
from documents.operations.partial import PART, add_part, begin_upload
from documents.uploads.reasons import Reason
from portal.accounts.models import User


@never_cache
@require_POST
def begin(request: HttpRequest) -> JsonResponse:
    """`name`, `type`, `size`, `sha256`; the answer says where parts go and how much is there already."""
    try:
        said = json.loads(_body(request))
        name, media_type, size, sha256 = (said[key] for key in ("name", "type", "size", "sha256"))
    except (ValueError, KeyError, TypeError):
        return _refused(FileRefusedError(Reason.DAMAGED))
    shapes = isinstance(name, str) and isinstance(media_type, str) and isinstance(sha256, str)
    if not shapes or type(size) is not int or not isinstance(request.user, User):
        return _refused(FileRefusedError(Reason.DAMAGED))
    try:
        upload = begin_upload(
            name=name, media_type=media_type, size=size, sha256=sha256, actor=request.user, now=timezone.now()
        )
    except DocumentsError as error:
        return _refused(error)
    return _told(upload)


@never_cache
@require_POST
def part(request: HttpRequest, pk: uuid.UUID, offset: int) -> JsonResponse:
    """The bytes are the body."""
    if not isinstance(request.user, User):
        return _refused(UploadGoneError())
    if int(request.headers.get("Content-Length") or 0) > PART:
        return _refused(UploadOffsetError(offset))
    try:
        upload = add_part(upload_id=pk, offset=offset, content=_body(request), actor=request.user, now=timezone.now())
    except DocumentsError as error:
        return _refused(error)
    return _told(upload)


def _body(request: HttpRequest) -> bytes:
    """Nothing of a form, which was read before in search of its token."""
    try:
        return request.body
    except RawPostDataException:
        return b""


def _told(upload: PartialUpload) -> JsonResponse:
    url = reverse("documents:upload-part", args=[upload.pk, 0]).removesuffix("0/")
    return JsonResponse({"id": str(upload.pk), "url": url, "received": upload.received, "part": PART})


def _refused(error: DocumentsError) -> JsonResponse:
    """Where to go on, or why not."""
    if isinstance(error, UploadOffsetError):
        return JsonResponse({"text": str(error), "received": error.received}, status=HTTPStatus.CONFLICT)
    gone = isinstance(error, UploadGoneError)
    return JsonResponse({"text": str(error)}, status=HTTPStatus.NOT_FOUND if gone else HTTPStatus.BAD_REQUEST)
