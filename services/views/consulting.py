"""Asking other units from a step, and the transfer slip with what each of them has to do. NĐ 118/2025 Đ.19.4, 20.2"""

import uuid
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from documents.layouts import render as render_layout
from portal.accounts.models import User
from portal.ui.errors import Step, problem_page
from services.coordination import rules_on
from services.errors import AskedItselfError, NotAllowedError, ServicesError
from services.forms.consultations import IN_TURN, AskForm
from services.kinds import AskedFor
from services.models import Consultation, WorkItem
from services.operations.consulting import Ask, Shared, consult
from services.operations.moving import lock
from services.policies import may_consult
from services.printing_slips import transfer_slip
from services.queries.consultations import files_to_share, of_dossier
from services.unit_errors import NotOpenUnitError
from services.views.desk_words import answers_to_ask
from services.views.work import _item as step_of
from services.views.work import _revision as revision_of
from services.views.work import _with_holder as with_holder
from units.queries import BadText
from units.queries.nearest import nearest_versions
from units.queries.search import search

MOST_FOUND, MOST_ANSWERS, TEXT = 10, 60, 100


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, item_id: uuid.UUID) -> HttpResponse:
    """`?tim=` finds organs; those asked before are offered at once."""
    user, item = step_of(request, item_id)
    if not may_consult(item.dossier):
        return _not_now(request, item)
    now, text, status = timezone.now(), request.GET.get("tim", "")[:TEXT], 200
    form = _form(item, request, text, now)
    if request.method == "POST" and form.is_valid():
        refusal = _send(item, form.cleaned_data, user, now, revision_of(request))
        if refusal is None:
            count = len(form.cleaned_data["units"])
            told = ngettext("%(count)d question was sent.", "%(count)d questions were sent.", count) % {"count": count}
            messages.success(request, told)
            return redirect("services:work-item", item.pk)
        field = "units" if isinstance(refusal, (AskedItselfError, NotOpenUnitError)) else None
        form.add_error(field, with_holder(item, refusal))
        status = 403 if isinstance(refusal, NotAllowedError) else 409
        item.dossier.refresh_from_db(fields=["revision"])
    elif request.method == "POST":
        status = 400
    context = {"item": item, "dossier": item.dossier, "form": form, "text": text}
    return render(request, "services/consultations/ask.html", context, status=status)


@never_cache
@require_safe
def slip(request: HttpRequest, item_id: uuid.UUID) -> HttpResponse:
    """The transfer slip of what is asked, as PDF, for the paper that goes along. NĐ 118/2025 Đ.20.2a"""
    user, item = step_of(request, item_id)
    rows = [row for row in of_dossier(item.dossier) if row.kind == AskedFor.TASK and row.is_pending]
    if not rows:
        title, detail = _("There is no transfer slip"), _("It is printed when parts of the work were given to others.")
        return problem_page(request, 409, title, detail, _back(item))
    now = timezone.now()
    printed = render_layout("transfer-slip", transfer_slip(item.dossier, rows, actor=user, now=now), on=now.date())
    headers = {"Content-Disposition": 'inline; filename="phieu-chuyen.pdf"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(printed.pdf, content_type="application/pdf", headers=headers)


def _send(item: WorkItem, said: dict[str, Any], user: User, now: datetime, revision: int | None) -> Exception | None:
    chosen = set(said.get("answers", ()))
    words = tuple(text for key, text in answers_to_ask(item.dossier, most=MOST_ANSWERS) if key in chosen)
    files = tuple(uuid.UUID(one) for one in said.get("papers", ()))
    asks = [Ask(unit, AskedFor(said["kind"]), said["question"], said["working_days"]) for unit in said["units"]]
    try:
        with transaction.atomic():
            if revision is not None:
                lock(item.dossier, revision=revision)
            consult(
                item=item,
                asks=asks,
                shared=Shared(owner=said["owner"], answers=words, file_ids=files),
                in_turn=said["turn"] == IN_TURN,
                is_confidential=said["confidential"],
                actor=user,
                now=now,
            )
    except ServicesError as refusal:
        return refusal
    return None


def _form(item: WorkItem, request: HttpRequest, text: str, now: datetime) -> AskForm:
    rules = rules_on(now.date())
    return AskForm(
        request.POST if request.method == "POST" else None,
        units=_units(item, text, now),
        answers=answers_to_ask(item.dossier, most=MOST_ANSWERS),
        files=[(str(file.pk), file.name) for file in files_to_share(item.dossier)],
        most=rules.most_working_days,
        usual=rules.opinion_working_days,
    )


def _units(item: WorkItem, text: str, now: datetime) -> list[tuple[int, str]]:
    """What was found, then those asked before, then the unit itself, which has minutes of its own checks too."""
    found = {row.unit_id: ", ".join(filter(None, [row.full_name, row.place])) for row in _search(text, now)}
    asked = Consultation.objects.filter(dossier=item.dossier).exclude(unit=item.unit_id).values_list("unit", flat=True)
    names = nearest_versions({*asked, item.unit_id}, now.date())
    before = {unit: version.full_name for unit, version in names.items() if unit != item.unit_id}
    own = {item.unit_id: _("%(unit)s itself (only a verification)") % {"unit": names[item.unit_id].full_name}}
    return list((found | before | own).items())


def _search(text: str, now: datetime) -> list[Any]:
    if not text.strip():
        return []
    try:
        return [row for row in search(text, on=timezone.localdate(now), limit=MOST_FOUND) if row.lives]
    except BadText:
        return []


def _back(item: WorkItem) -> list[Step]:
    return [Step(_("Open the step"), reverse("services:work-item", args=[item.pk]))]


def _not_now(request: HttpRequest, item: WorkItem) -> HttpResponse:
    title = _("Nobody can be asked now")
    detail = _("Others are asked while the dossier is worked on, before its result is proposed. Nothing was saved.")
    return problem_page(request, 409, title, detail, _back(item))
