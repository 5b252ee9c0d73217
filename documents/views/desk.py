"""The list of documents, one document, and what will be signed, for officers of its organ."""

import uuid
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from documents import wording
from documents.catalogue import UnknownTypeError, document_type, document_types
from documents.form_rules import content_faults
from documents.forms import PARTS, DocumentFilter
from documents.kinds import Capacity, Urgency
from documents.layouts import LayoutDataError, UnknownLayoutError
from documents.layouts import render as lay_out
from documents.models import Document
from documents.models.documents import DocumentQuerySet
from documents.policies import abilities, viewing_units
from documents.printing import data_of
from documents.queries.desk import last_item, names_of, of_officer, steps_of, units_to_draft
from documents.queries.documents import visible_to
from documents.states import DocumentState, ItemState
from portal.accounts.models import User
from portal.events import viewed
from portal.ui.errors import Step, problem_page
from staff.policies import today

SIZE = 25
COLOURS = {
    DocumentState.DRAFT: "grey",
    DocumentState.ISSUED: "green",
    DocumentState.REVOKED: "red",
    DocumentState.REPLACED: "orange",
    DocumentState.CANCELLED: "grey",
}


def officer(request: HttpRequest) -> User:
    """Raises Http404 for citizens, and PermissionDenied for officers whose post sees no documents."""
    user = request.user
    if not isinstance(user, User) or not user.is_officer:
        raise Http404
    if not viewing_units(user, today()):
        raise PermissionDenied(_("Your post does not bring the documents of any organ."))
    return user


def visible(user: User, pk: uuid.UUID) -> Document:
    rows = visible_to(user, today()).select_related("signer__post", "entry", "replaced_by", "replaces")
    return get_object_or_404(rows, pk=pk)


def type_name(code: str) -> str:
    try:
        return document_type(code, today()).name
    except UnknownTypeError:
        return code


def _found(user: User, form: DocumentFilter, on: date) -> DocumentQuerySet:
    return of_officer(user, on, **form.chosen()) if form.is_valid() else of_officer(user, on)


def listed(request: HttpRequest) -> DocumentQuerySet:
    """The whole list of the page, for a file."""
    user, on = officer(request), today()
    return _found(user, DocumentFilter(request.GET or None, document_types(on)), on)


@never_cache
@require_safe
def document_list(request: HttpRequest) -> HttpResponse:
    user, on = officer(request), today()
    form = DocumentFilter(request.GET or None, document_types(on))
    page = Paginator(_found(user, form, on).select_related("signer__post"), SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "rows": [(row, type_name(row.type_code), state_tag(row)) for row in page.object_list],
        "page_obj": page,
        "may_draft": bool(units_to_draft(user, on)),
    }
    return render(request, "documents/list.html", context, status=400 if form.errors else 200)


def state_tag(document: Document) -> dict[str, str]:
    return {"text": wording.state(document.state), "colour": COLOURS.get(DocumentState(document.state), "blue")}


@never_cache
@require_safe
def document_page(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    user = officer(request)
    return show(request, user, visible(user, pk))


def show(request: HttpRequest, user: User, document: Document, *, problem: str = "", status: int = 200) -> HttpResponse:
    """Also after a deed that was refused: `problem` says why."""
    can = abilities(user, document, today())
    item = last_item(document)
    waits = item is not None and item.state == ItemState.WAITING
    steps = steps_of(document)
    names = names_of([*(step.user_id for step in steps), document.signer.user_id])
    recipients = list(document.recipients.order_by("place")[:100])
    context: dict[str, Any] = {
        "document": document,
        "type": type_name(document.type_code),
        "tag": state_tag(document),
        "can": {} if waits else can,
        "item": item if item and (waits or item.state == ItemState.FAILED) else None,
        "waits": waits,
        "is_mine": item is not None and item.batch.confirmed_by_id == user.pk,
        "facts": _facts(document, names.get(document.signer.user_id or uuid.UUID(int=0), "")),
        "events": [
            {
                "title": str(wording.step(step.action)).capitalize(),
                "by": names.get(step.user_id, "") if step.user_id else _("The portal"),
                "at": step.at,
                "note": step.note,
            }
            for step in steps
        ],
        "versions": list(document.versions.select_related("file").order_by("-seq")[:100]),
        "recipients": recipients,
        "has_form": document.layout_code in PARTS,
        "problem": problem,
    }
    return render(request, "documents/document.html", context, status=status)


def _facts(document: Document, signer: str) -> list[dict[str, str]]:
    capacity = document.capacity or str(Capacity.OWN.label)
    found = [
        (_("Number and notation"), document.number),
        (_("Type"), type_name(document.type_code)),
        (_("Signer"), f"{signer}, {document.signer.post.name} ({capacity})"),
        (_("Urgency"), str(Urgency(document.urgency).label)),
        (_("Verification code"), document.code),
        (_("Why it is no longer in force"), document.ended_reason),
    ]
    return [{"key": key, "value": value} for key, value in found if value]


@never_cache
@require_safe
def document_preview(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The very pages that will be signed: the same content gives the same bytes. Reading them is recorded."""
    user = officer(request)
    document = visible(user, pk)
    try:
        printed = lay_out(document.layout_code, data_of(document), on=document.layout_on)
    except (LayoutDataError, UnknownLayoutError):
        title = _("It cannot be laid out yet")
        steps = [Step(str(fault)) for fault in content_faults(document).values()]
        back = Step(_("Back to the document"), reverse("documents:document", args=[pk]))
        detail = _("Something is missing or does not fit. Nothing was changed.")
        return problem_page(request, 409, title, detail, [*steps[:20], back])
    purpose = _("reading a document before it is signed")
    viewed(document, actor=user, unit=document.unit_id, purpose=purpose, at=timezone.now())
    headers = {"Content-Disposition": f'inline; filename="{document.code}.pdf"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(printed.pdf, content_type="application/pdf", headers=headers)
