"""Deeds on one document: an address each, POST, once; those that need a reason have a form of their own."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from documents.errors import DocumentsError, NotAllowedError
from documents.forms import ReasonForm
from documents.models import Document
from documents.operations import batches, issuing, route
from documents.policies import abilities
from documents.registers.errors import RegisterError
from documents.states import Action
from documents.views.desk import officer, show, state_tag, visible
from portal.accounts.models import User
from portal.accounts.once import sent_once
from portal.accounts.signing_in import recent_second_factor
from staff.policies import today

STEP_UP = timedelta(minutes=10)
REFUSALS = (DocumentsError, RegisterError)


@dataclass(frozen=True, slots=True)
class Deed:
    """`title` and `button` belong to the form page, which a deed has that needs a reason or the second factor."""

    action: Action
    do: Callable[..., Any]
    done: str | Promise
    title: str | Promise = ""
    needs_reason: bool = False
    needs_proof: bool = False

    @property
    def has_page(self) -> bool:
        return self.needs_reason or self.needs_proof


A = Action
DEEDS: dict[str, Deed] = {
    "trinh": Deed(A.SUBMIT, route.submit_for_review, _("It was submitted for review.")),
    "rut-lai": Deed(A.WITHDRAW, route.withdraw, _("You took it back. It is a draft again.")),
    "soat-noi-dung": Deed(A.REVIEW, route.review, _("The content is reviewed. The clerk checks the form next.")),
    "soat-the-thuc": Deed(A.CHECK, route.check_format, _("The form is in order. The signer decides next.")),
    "duyet": Deed(A.APPROVE, route.approve, _("You approved it. It can be signed.")),
    "tra-lai": Deed(
        A.RETURN, route.return_document, _("It was returned with your reason."), _("Return it"), needs_reason=True
    ),
    "bo-du-thao": Deed(
        A.CANCEL, route.cancel_draft, _("The draft is cancelled."), _("Cancel the draft"), needs_reason=True
    ),
    "thu-hoi": Deed(
        A.REVOKE, issuing.revoke, _("The document is revoked."), _("Revoke the document"), needs_reason=True
    ),
    "ban-hanh": Deed(A.ISSUE, issuing.issue, _("The document is issued.")),
    "chu-ky": Deed(
        A.SIGN,
        batches.sign,
        _("Your signature is ordered. This page says when it is done."),
        _("Sign"),
        needs_proof=True,
    ),
    "cap-so-dong-dau": Deed(
        A.NUMBER,
        batches.complete,
        _("Number, seal and issue are ordered. This page says when they are done."),
        _("Number, seal and issue"),
        needs_proof=True,
    ),
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def document_deed(request: HttpRequest, pk: uuid.UUID, noun: str) -> HttpResponse:
    user = officer(request)
    deed = DEEDS.get(noun)
    if deed is None:
        raise Http404
    document = visible(user, pk)
    if request.method != "POST" and not deed.has_page:
        return HttpResponseNotAllowed(["POST"])
    if deed.needs_proof and not recent_second_factor(request, now=timezone.now(), within=STEP_UP):
        return proof(request.path)
    if request.method != "POST":
        form = ReasonForm(initial={"revision": document.revision})
        return _page(request, deed, document, form, status=200 if _may(user, deed, document) else 403)
    return _do(request, user, deed, document)


def proof(path: str) -> HttpResponse:
    """The second factor again, then back to the page that asked for it."""
    return redirect(reverse("mfa_reauthenticate") + "?" + urlencode({"next": path}))


def _may(user: User, deed: Deed, document: Document) -> bool:
    can = abilities(user, document, today())
    return can[deed.action.value] or (deed.action is Action.SIGN and can[Action.APPROVE.value])


def _do(request: HttpRequest, user: User, deed: Deed, document: Document) -> HttpResponse:
    form = ReasonForm(request.POST)
    if not deed.needs_reason:
        del form.fields["reason"]
    if not form.is_valid():
        return _page(request, deed, document, form, status=400)
    reason = {"reason": form.cleaned_data["reason"]} if deed.needs_reason else {}
    revision = form.cleaned_data["revision"]
    try:
        deed.do(document=document, revision=revision, actor=user, now=timezone.now(), **reason)
    except REFUSALS as refusal:
        status = 403 if isinstance(refusal, NotAllowedError) else 409
        if not deed.has_page:
            return show(request, user, visible(user, document.pk), problem=str(refusal), status=status)
        document = visible(user, document.pk)
        form.add_error(None, str(refusal))
        form.data = {**request.POST.dict(), "revision": document.revision}  # what they see now, if they decide anew
        return _page(request, deed, document, form, status=status)
    messages.success(request, str(deed.done))
    return redirect("documents:document", document.pk)


def _page(request: HttpRequest, deed: Deed, document: Document, form: ReasonForm, *, status: int) -> HttpResponse:
    """What was typed stays; the revision is the one that the page shows now."""
    if not deed.needs_reason:
        form.fields.pop("reason", None)
    context = {
        "document": document,
        "tag": state_tag(document),
        "deed": deed,
        "form": form,
    }
    return render(request, "documents/deed.html", context, status=status)
