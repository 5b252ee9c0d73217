"""The draft of a result before its citizen: every datum to read, one deed to confirm it, one to say what is wrong."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from portal.accounts.models import User
from portal.accounts.once import FIELD, issue, sent_once
from services.errors import ServicesError
from services.forms.own import ConfirmationForm, ObjectionForm
from services.models import Confirmation, Dossier
from services.operations import confirming
from services.queries.confirmations import last_confirmation, open_confirmation
from services.states import ConfirmationState
from services.views import result_words
from services.views.desk_access import status_of
from services.views.own_access import citizen_of, own_dossier, too_late

PREFIX = "sai"  # of the objection's fields: both forms stand on one page


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def confirmation(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """GET shows the draft, POST confirms it. NĐ 87/2020/NĐ-CP"""
    user, found = _whose(request, pk)
    asked = open_confirmation(found)
    if asked is None:
        return _answered(request, found)
    if request.method != "POST":
        return _show(request, found, asked)
    form = ConfirmationForm(request.POST)
    if not form.is_valid():
        return _show(request, found, asked, status=400)
    try:
        revision = form.cleaned_data["revision"]
        confirming.confirm_draft(dossier=found, actor=user, now=timezone.now(), revision=revision)
    except ServicesError as refusal:
        return _refused(request, found, refusal)
    messages.success(request, _("Thank you. You confirmed the draft; the commune goes on with it."))
    return redirect("services:own-dossier", found.pk)


@never_cache
@require_POST
@sent_once
def objection(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    user, found = _whose(request, pk)
    asked = open_confirmation(found)
    if asked is None:
        return _answered(request, found)
    form = ObjectionForm(request.POST, prefix=PREFIX)
    if not form.is_valid():
        return _show(request, found, asked, form=form, status=400)
    said = form.cleaned_data
    try:
        confirming.object_to_draft(
            dossier=found, text=said["text"], actor=user, now=timezone.now(), revision=said["revision"]
        )
    except ServicesError as refusal:
        return _refused(request, found, refusal, form=form)
    told = _("Your words went to the officer, who mends the draft and asks you again.")
    messages.success(request, f"{told} {_('What you declared yourself you may correct on this page.')}")
    return redirect("services:own-dossier", found.pk)


def _whose(request: HttpRequest, pk: uuid.UUID) -> tuple[User, Dossier]:
    user = citizen_of(request)
    return user, own_dossier(user, pk)


def _show(
    request: HttpRequest,
    dossier: Dossier,
    asked: Confirmation,
    *,
    form: ObjectionForm | None = None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        "dossier": dossier,
        "procedure": dossier.version.name_vi,
        "asked": asked,
        "sections": result_words.sections(asked.content),
        "form": form or ObjectionForm(None, prefix=PREFIX, revision=dossier.revision),
        "problem": problem,
        "token": issue(request),
        "other_token": issue(request),
        "field": FIELD,
    }
    return render(request, "services/own/confirmation.html", context, status=status)


def _refused(
    request: HttpRequest, dossier: Dossier, refusal: ServicesError, *, form: ObjectionForm | None = None
) -> HttpResponse:
    """With the draft as it stands now, and what was typed; when it was answered meanwhile, how."""
    dossier.refresh_from_db()
    asked = open_confirmation(dossier)
    if asked is None:
        return _answered(request, dossier)
    if form is not None:
        form.data = {**form.data, f"{PREFIX}-revision": str(dossier.revision)}
    return _show(request, dossier, asked, form=form, problem=str(refusal), status=status_of(refusal))


def _answered(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    last = last_confirmation(dossier)
    if last is None:
        title = _("There is no draft to confirm")
        detail = _("You are asked here when the commune has prepared a draft that you have to confirm.")
        return too_late(request, dossier, title, detail)
    if last.state == ConfirmationState.SILENT:
        title = _("The time to answer has passed")
        detail = _("No answer came in time, so the commune goes on with the draft. If it is wrong, write to the desk.")
        return too_late(request, dossier, title, detail)
    title = _("The draft was answered already")
    return too_late(request, dossier, title, _("Each draft is answered once. Nothing was changed."))
