"""Questions to other units: the list of what one's unit is asked, the question, its answer, and taking it back."""

import uuid
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from documents.errors import DocumentsError
from documents.operations.files import store_upload
from documents.uploads.kinds import UploadKind
from portal.accounts.models import User
from portal.accounts.once import sent_once
from portal.events import viewed
from portal.ui.errors import Step, problem_page
from services.errors import NotAllowedError, ServicesError
from services.forms.consultations import OpinionForm, RevokeForm
from services.kinds import AskedFor, Opinion
from services.models import Consultation
from services.operations.consulting import give_opinion, revoke_consultation
from services.policies import consultation_abilities
from services.queries import consultations as queries
from services.queries.work import units_of_work
from services.states import ConsultationState
from services.views.consultation_words import line, lines, unit_names
from services.views.desk_access import status_of

SIZE = 25
GROUPS = {
    "cho": gettext_lazy("To answer"),
    "da": gettext_lazy("Answered"),
    "hoi": gettext_lazy("Asked by my unit"),
    "tre": gettext_lazy("Late, for the head of the desk"),
}


@never_cache
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """`?nhom=`: one of GROUPS."""
    now = timezone.now()
    units, heads = _units(request, now)
    page = Paginator(listed(request), SIZE).get_page(request.GET.get("page", "1")[:4])
    shown = _group(request)
    offered = [key for key in GROUPS if (heads if key == "tre" else units)]
    context = {
        "rows": lines(list(page), now),
        "page_obj": page,
        "group": shown,
        "tabs": [(GROUPS[key], f"?nhom={key}", key == shown) for key in offered],
        "title": GROUPS[shown],
    }
    return render(request, "services/consultations/inbox.html", context)


def listed(request: HttpRequest) -> QuerySet[Consultation]:
    """What the page lists, for its sheet as well."""
    now = timezone.now()
    units, heads = _units(request, now)
    rows: dict[str, QuerySet[Consultation]] = {
        "cho": queries.inbox(units),
        "da": queries.answered(units),
        "hoi": queries.asked_by(units),
        "tre": queries.late_for_head(heads, now),
    }
    return rows[_group(request)]


def _group(request: HttpRequest) -> str:
    group = request.GET.get("nhom", "cho")
    return group if group in GROUPS else "cho"


def _units(request: HttpRequest, now: datetime) -> tuple[list[int], list[int]]:
    """Where the officer works on dossiers, and the desks that they head."""
    user, on = _officer(request), now.date()
    units, heads = units_of_work(user, on), queries.head_units(user, on)
    if not units and not heads:
        raise PermissionDenied(_("Questions of other organs are shown to those who work on dossiers."))
    return units, heads


@never_cache
@require_safe
def consultation(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    user, row = _found(request, pk)
    return _show(request, "consultation", row, viewed_by=user)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def opinion(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """What was typed stays on the page when it is refused; a file has to be chosen again."""
    user, row = _found(request, pk)
    if not consultation_abilities(user, row)["answer"]:
        return _not_now(request, row)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = OpinionForm(*sent, needs_file=row.kind == AskedFor.VERIFICATION)
    if request.method == "POST" and form.is_valid():
        refusal = _answer(row, form.cleaned_data, user, timezone.now(), _revision(request))
        if refusal is None:
            messages.success(request, _("The answer went to the organ that asked. It is kept with the dossier there."))
            return redirect("services:consultations")
        return _refused(request, "opinion", row, form, refusal)
    return _show(request, "opinion", row, form=form, status=400 if form.is_bound else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def revocation(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    user, row = _found(request, pk)
    if not consultation_abilities(user, row)["revoke"]:
        return _not_now(request, row)
    form = RevokeForm(request.POST) if request.method == "POST" else RevokeForm()
    if request.method == "POST" and form.is_valid():
        reason, revision = form.cleaned_data["reason"], _revision(request)
        try:
            revoke_consultation(consultation=row, reason=reason, actor=user, now=timezone.now(), revision=revision)
        except ServicesError as refusal:
            return _refused(request, "revocation", row, form, refusal)
        messages.success(request, _("The question was taken back. The asked organ sees that no answer is needed."))
        return redirect(reverse("services:consultations") + "?nhom=hoi")
    return _show(request, "revocation", row, form=form, status=400 if form.is_bound else 200)


def _answer(
    row: Consultation, said: dict[str, Any], user: User, now: datetime, revision: int | None
) -> Exception | None:
    """The file is kept only when the answer is."""
    try:
        with transaction.atomic():
            files = []
            if said["file"]:
                kind, unit = UploadKind.ATTACHMENT, row.unit_id
                files = [store_upload(upload=said["file"], kind=kind, unit_id=unit, owner=None, actor=user, now=now)]
            give_opinion(
                consultation=row,
                opinion=Opinion(said["opinion"]),
                text=said["text"],
                files=files,
                actor=user,
                now=now,
                revision=revision,
            )
    except (ServicesError, DocumentsError) as refusal:
        return refusal
    return None


def _officer(request: HttpRequest) -> User:
    user = request.user
    if not isinstance(user, User) or not user.is_officer:
        raise Http404
    return user


def _found(request: HttpRequest, pk: uuid.UUID) -> tuple[User, Consultation]:
    user = _officer(request)
    row = queries.visible_to(user, timezone.localdate()).filter(pk=pk).first()
    if row is None:
        raise Http404
    return user, row


def _revision(request: HttpRequest) -> int | None:
    text = request.POST.get("revision", "")[:10]
    return int(text) if text.isascii() and text.isdecimal() else None


def _show(
    request: HttpRequest,
    template: str,
    row: Consultation,
    *,
    form: Any = None,
    status: int = 200,
    viewed_by: User | None = None,
) -> HttpResponse:
    """What was taken back keeps its words from the asked unit."""
    user, now = _officer(request), timezone.now()
    units = units_of_work(user, now.date())
    ours = row.asking_unit_id in units or row.asking_unit_id in queries.head_units(user, now.date())
    is_hidden = row.state == ConsultationState.REVOKED and not ours
    if viewed_by is not None and not is_hidden:
        people = [uuid.UUID(person) for person in row.asked["people"]]
        unit = row.unit_id if row.unit_id in units else row.asking_unit_id
        purpose = _("reading a question about a dossier")
        viewed(row, actor=user, unit=unit, purpose=purpose, at=now, concerns=[] if row.is_confidential else people)
    context = line(row, unit_names([row], now.date()), now) | {
        "asked": {} if is_hidden else row.asked,
        "is_hidden": is_hidden,
        "is_ours": ours,
        "shared": [] if is_hidden else queries.shared_files(row, answers=False),
        "files": queries.shared_files(row, answers=True),
        "may": consultation_abilities(user, row),
        "form": form,
    }
    return render(request, f"services/consultations/{template}.html", context, status=status)


def _refused(request: HttpRequest, template: str, row: Consultation, form: Any, refusal: Exception) -> HttpResponse:
    form.add_error(None, str(refusal))
    status = 403 if isinstance(refusal, NotAllowedError) else 400
    if isinstance(refusal, ServicesError) and status != 403:
        status = status_of(refusal)
    row.refresh_from_db(fields=["revision", "state"])
    return _show(request, template, row, form=form, status=status)


def _not_now(request: HttpRequest, row: Consultation) -> HttpResponse:
    title = _("This question waits for nothing of you")
    detail = _("It was answered or taken back, or it is not your organ that is asked. Nothing was saved.")
    steps = [Step(_("Look at the question"), reverse("services:consultation", args=[row.pk]))]
    return problem_page(request, 409, title, detail, steps)
