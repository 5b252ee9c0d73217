"""Drafting: choose the type, write, look at it as it will be printed, hand it on."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from documents.errors import DocumentsError, FaultsError
from documents.forms import PARTS, DraftForm, initial_of
from documents.models import Document
from documents.operations.drafting import draft_document, revise_draft
from documents.policies import abilities
from documents.queries.desk import signers_of, units_to_draft
from documents.queries.drafts import draft_of
from documents.states import Action, DocumentState
from documents.views.desk import officer, type_name, visible
from portal.accounts.models import User
from portal.accounts.once import sent_once
from staff.policies import today
from units.queries import versions_at

AT_FIELD = {"subject": "subject", "signer_id": "signer", "recipients": "recipients"}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def document_new(request: HttpRequest) -> HttpResponse:
    """Without a type: the choice. `thay-the` names the issued document that the new one takes the place of."""
    user = officer(request)
    units = units_to_draft(user, today())
    if not units:
        raise PermissionDenied(_("Your post does not bring drafting. Nothing was saved."))
    old = _replaced(user, request.GET.get("thay-the", ""))
    layout = old.layout_code if old else request.GET.get("loai", "")
    unit_id = old.unit_id if old else _unit(request.GET.get("don-vi", ""), units)
    if layout not in PARTS or unit_id is None or unit_id not in units:
        return _choice(request, units, unit_id)
    initial = {**initial_of(old), "revision": None} if old else None
    form = DraftForm(request.POST or None, layout=layout, signers=signers_of(unit_id, today()), initial=initial)
    if request.method == "POST" and form.is_valid():
        draft = form.draft(unit_id=unit_id, replaces=old.pk if old else None)
        try:
            document = draft_document(draft=draft, actor=user, now=timezone.now())
        except DocumentsError as refusal:
            say(form, refusal)
        else:
            messages.success(request, _("The draft is kept. Look at it, then submit it for review."))
            return redirect("documents:document", document.pk)
    return _form_page(request, form, layout, old=old)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def document_revise(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    user = officer(request)
    document = visible(user, pk)
    if document.layout_code not in PARTS:
        raise Http404
    if not abilities(user, document, today())[Action.REVISE.value]:
        raise PermissionDenied(_("This document is no draft of yours to change now. Nothing was saved."))
    signers = signers_of(document.unit_id, today())
    form = DraftForm(request.POST or None, layout=document.layout_code, signers=signers, initial=initial_of(document))
    if request.method == "POST" and form.is_valid():
        draft = form.draft(unit_id=document.unit_id, kept=draft_of(document))
        revision = form.cleaned_data["revision"] or 0
        try:
            revise_draft(document=document, draft=draft, revision=revision, actor=user, now=timezone.now())
        except DocumentsError as refusal:
            say(form, refusal)
            form.data = {**request.POST.dict(), "revision": Document.objects.get(pk=pk).revision}
        else:
            messages.success(request, _("The draft is kept. Look at it, then submit it for review."))
            return redirect("documents:document", pk)
    return _form_page(request, form, document.layout_code, document=document)


def say(form: DraftForm, refusal: DocumentsError) -> None:
    """At the field where there is one."""
    if not isinstance(refusal, FaultsError):
        form.add_error(None, str(refusal))
        return
    for name, fault in refusal.faults.items():
        field = AT_FIELD.get(name)
        form.add_error(field if field in form.fields else None, str(fault))


def _replaced(user: User, text: str) -> Document | None:
    if not text:
        return None
    try:
        old = visible(user, uuid.UUID(text))
    except ValueError as wrong:
        raise Http404 from wrong
    if old.state != DocumentState.ISSUED or old.layout_code not in PARTS:
        raise Http404
    return old


def _unit(text: str, units: list[int]) -> int | None:
    if not text and len(units) == 1:
        return units[0]
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 12 else None


def _choice(request: HttpRequest, units: list[int], unit_id: int | None) -> HttpResponse:
    names = versions_at([unit_id] if unit_id in units else units, today())
    kinds = [(code, type_name(code)) for code in PARTS]
    return render(request, "documents/new.html", {"units": list(names.values()), "kinds": kinds})


def _form_page(request: HttpRequest, form: DraftForm, layout: str, **more: Any) -> HttpResponse:
    context = {"form": form, "type": type_name(layout), **more}
    return render(request, "documents/draft.html", context, status=400 if form.errors else 200)
