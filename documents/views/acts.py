"""The file of an act of reorganisation: sent by who drafts it, judged and given out to who may see the act."""

import logging
from http import HTTPStatus
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from documents import wording
from documents.errors import ContentLostError, DocumentsError, FileRefusedError
from documents.models import StoredFile
from documents.operations.act_files import keep_act_file
from documents.operations.act_reports import redraft_act_report
from documents.queries.act_files import file_of_act
from documents.queries.act_reports import may_be_drafted_anew, report_of, why_returned
from documents.queries.documents import visible_to
from documents.queries.files import read
from documents.verification.checking import Check, check
from documents.verification.forms import ActFileForm
from documents.verification.words import groups
from documents.views.files import give
from portal.accounts.models import User
from portal.accounts.once import sent_once
from staff.policies import today
from units.models import ReorgEvent
from units.operations import ActError
from units.policies import may
from units.queries.acts import desk_acts
from units.states import Action, ActState

log = logging.getLogger(__name__)
# Whose file can only be the one that the act names: it is signed.
STANDING = frozenset({ActState.SIGNED, ActState.SCHEDULED, ActState.EFFECTIVE, ActState.CORRECTED})


def seen(request: HttpRequest, pk: int) -> ReorgEvent:
    """Raises Http404 for everybody whose post has nothing to do with this act."""
    user: Any = request.user
    act = desk_acts(user).filter(pk=pk).first() if user.is_authenticated else None
    if act is None:
        raise Http404
    return act


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def act_file(request: HttpRequest, pk: int) -> HttpResponse:
    act = seen(request, pk)
    if request.method != "POST":
        return _show(request, act, ActFileForm())
    form = ActFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, act, form, status=HTTPStatus.BAD_REQUEST)
    user: Any = request.user
    given = request.POST.get("revision", "")
    revision = int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else 0
    try:
        keep_act_file(
            act_id=act.pk, upload=form.cleaned_data["file"], expected=revision, actor=user, now=timezone.now()
        )
    except FileRefusedError as refusal:
        form.add_error("file", str(refusal))
        return _show(request, act, form, status=HTTPStatus.BAD_REQUEST)
    except (ActError, DocumentsError) as refusal:
        return _show(request, seen(request, pk), ActFileForm(), refused=str(refusal), status=HTTPStatus.CONFLICT)
    messages.success(request, _("The file is kept, and the act names it. Simulate anew before it is signed."))
    return redirect("documents:act-file", pk=act.pk)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def act_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Where its report stands, and the deed that drafts it anew after its signer returned it."""
    act, user, refused = seen(request, pk), cast("User", request.user), ""
    if request.method == "POST":
        try:
            redraft_act_report(act_id=act.pk, actor=user, now=timezone.now())
        except (ActError, DocumentsError) as refusal:
            refused = str(refusal)
        else:
            messages.success(request, _("The report is drafted anew and waits for its signer."))
            return redirect("documents:act-report", pk=act.pk)
    report = report_of(act)
    if report is None:
        raise Http404
    context = {
        "act": act,
        "report": report,
        "state": wording.state(report.state),
        "why": why_returned(report) if may_be_drafted_anew(report) else "",
        "can_draft": may_be_drafted_anew(report) and may(Action.DRAFT, user, act.unit_id),
        "can_read": visible_to(user, today()).filter(pk=report.pk).exists(),
        "refused": refused,
    }
    status = HTTPStatus.CONFLICT if refused else HTTPStatus.OK
    return render(request, "documents/act_report.html", context, status=status)


@never_cache
@require_safe
def act_file_content(request: HttpRequest, pk: int) -> HttpResponseBase:
    file = file_of_act(seen(request, pk))
    if file is None:
        raise Http404
    user: Any = request.user
    return give(request, file, user)


def _show(
    request: HttpRequest, act: ReorgEvent, form: ActFileForm, *, refused: str = "", status: int = HTTPStatus.OK
) -> HttpResponse:
    user: Any = request.user
    file = file_of_act(act)
    is_open = act.state in {ActState.DRAFT, ActState.SIMULATED} or (file is None and act.state in STANDING)
    context = {
        "act": act,
        "file": file,
        "digest": " ".join(groups(bytes(act.file_sha256).hex())) if act.file_sha256 else "",
        "is_signed": act.state in STANDING,
        "check": _judged(file),
        "form": form if is_open and may(Action.REVISE, user, act.unit_id) else None,
        "refused": refused,
    }
    return render(request, "documents/act_file.html", context, status=status)


def _judged(file: StoredFile | None) -> Check | None:
    """None before it is clean, and where its content cannot be read just now."""
    if file is None or not file.is_clean:
        return None
    try:
        return check(read(file), None, now=timezone.now())
    except ContentLostError:
        log.exception("The content of file %s is not there", file.pk)
        return None
