"""Giving out a file: to who may read it, as an attachment that no browser runs, and with a read event."""

import uuid
from http import HTTPStatus
from typing import cast

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from documents.errors import ContentLostError, FileGoneError, FileNotReadyError
from documents.models import StoredFile
from documents.operations.files import note_reading
from documents.queries.files import open_stream, readable
from documents.states import FileState
from portal.accounts.models import User
from portal.ui.errors import Step, problem_page

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
}


@require_safe
def download(request: HttpRequest, file_id: uuid.UUID) -> HttpResponseBase:
    """404 for strangers, so that nobody learns what exists; 409 while it is in quarantine; 404 with a virus."""
    user = cast("User", request.user)
    file = readable(user, timezone.localdate()).select_related("blob").filter(pk=file_id).first()
    if file is None:
        raise Http404
    return give(request, file, user)


def give(request: HttpRequest, file: StoredFile, user: User) -> HttpResponseBase:
    """The content, or the page that says why not. That this person may read it was asked before."""
    try:
        content = open_stream(file)
    except FileNotReadyError as held:
        return _refused(request) if file.state == FileState.REFUSED else _wait(request, held)
    except FileGoneError as gone:
        return _removed(request, gone)
    except ContentLostError as lost:
        return _lost(request, lost)
    note_reading(file=file, actor=user, now=timezone.now())
    blob = file.blob
    headers = HEADERS | {"ETag": f'"{blob.sha256}"', "Content-Length": str(blob.size)}
    return FileResponse(content, as_attachment=True, filename=file.name, content_type=blob.media_type, headers=headers)


def _wait(request: HttpRequest, held: FileNotReadyError) -> HttpResponse:
    again = Step(_("Open the file again"), request.path)
    return _answer(request, HTTPStatus.CONFLICT, _("This file is not ready yet"), str(held), again)


def _refused(request: HttpRequest) -> HttpResponse:
    title, detail = (
        _("This file is shut away"),
        _("A virus was found in it, so nobody can open it."),
    )
    again = Step(_("Clean your device from viruses, then make the file anew and send that."))
    return _answer(request, HTTPStatus.NOT_FOUND, title, detail, again)


def _removed(request: HttpRequest, gone: FileGoneError) -> HttpResponse:
    title = _("This file is no longer kept")
    return _answer(request, HTTPStatus.GONE, title, str(gone), Step(_("Look at your own copy of the file.")))


def _lost(request: HttpRequest, lost: ContentLostError) -> HttpResponse:
    again = Step(_("Open the file again"), request.path)
    response = _answer(request, HTTPStatus.SERVICE_UNAVAILABLE, _("This file cannot be opened now"), str(lost), again)
    response.headers["Retry-After"] = "600"
    return response


def _answer(request: HttpRequest, status: HTTPStatus, title: str, detail: str, step: Step) -> HttpResponse:
    home = Step(_("Go to the home page"), reverse("ui:home"))
    return problem_page(request, status, title, detail, [step, home])
