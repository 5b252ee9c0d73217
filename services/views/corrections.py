"""Mistakes in issued results: reported by citizens on their own page, by the office at the desk, decided by the head.

NĐ 118/2025 Đ.23.1
"""

import uuid
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from portal.accounts.models import User
from portal.accounts.once import sent_once
from portal.events import viewed
from portal.ui.errors import Step, problem_page
from services.errors import ServicesError
from services.forms.lateness import DeclineForm, WrongResultForm
from services.models import Correction, Dossier
from services.operations import correcting
from services.operations.moving import people
from services.policies import Capability, may_at, may_report_mistake, may_see
from services.queries.corrections import is_correctable, is_open, mendings_of
from services.queries.work import names_of
from services.states import CorrectionState
from services.views.deciding import Decision, look_again
from services.views.desk_access import officer_of, status_of, visible_dossier
from services.views.own_access import citizen_of, own_dossier, too_late
from services.wording_desk import CORRECTION_STATES


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def own_correction(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    user = citizen_of(request)
    found = own_dossier(user, pk)
    if not is_correctable(found) or is_open(found):
        title = _("There is nothing to correct now")
        detail = _("A mistake is reported when the result was issued, and once at a time. Nothing was changed.")
        return too_late(request, found, title, detail)
    form = WrongResultForm(request.POST or None, revision=found.revision)
    status = _report(form, found, user) if request.method == "POST" else 200
    if status == 0:
        messages.success(request, _("Your report went to the commune. It looks at the result within 3 working days."))
        return redirect("services:own-dossier", found.pk)
    return _page(request, "own/correction", found, form, status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def desk_correction(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    user = officer_of(request)
    found = visible_dossier(user, pk)
    if not may_report_mistake(user, found):
        raise PermissionDenied(_("Your post does not allow this here. Nothing was saved."))
    if not is_correctable(found) or is_open(found):
        title = _("There is nothing to correct now")
        detail = _("A mistake is reported when the result was issued, and once at a time. Nothing was changed.")
        here = reverse("services:desk-dossier", args=[found.pk])
        return problem_page(request, 409, title, detail, [Step(_("Look at where the dossier stands now"), here)])
    form = WrongResultForm(request.POST or None, revision=found.revision)
    status = _report(form, found, user) if request.method == "POST" else 200
    if status == 0:
        messages.success(request, _("The mistake was reported to the head, who decides on the correction."))
        return redirect("services:desk-dossier", found.pk)
    return _page(request, "desk/correction", found, form, status)


def _report(form: WrongResultForm, dossier: Dossier, user: User) -> int:
    """0 when it was done; else the status of the page, on which what was typed stays."""
    if not form.is_valid():
        return 400
    said = form.cleaned_data
    try:
        correcting.ask_correction(
            dossier=dossier, wrong=said["wrong"], actor=user, now=timezone.now(), revision=said["revision"]
        )
    except ServicesError as refusal:
        form.add_error(None, str(refusal))
        dossier.refresh_from_db(fields=["revision"])
        form.data = {**form.data, "revision": str(dossier.revision)}
        return int(status_of(refusal))
    return 0


def _page(request: HttpRequest, name: str, dossier: Dossier, form: WrongResultForm, status: int) -> HttpResponse:
    context = {
        "dossier": dossier,
        "form": form,
        "title": f"{dossier} · {dossier.owner_name}",
        "procedure": dossier.version.name_vi,
    }
    return render(request, f"services/{name}.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def correction(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """GET shows what was reported, POST revokes the result and begins to correct it."""
    user, row = _correction(request, pk)
    if request.method != "POST":
        return _show(request, user, row)
    _require_head(user, row)
    decision = Decision(
        row,
        deed=partial(correcting.begin_correction, correction=row, actor=user),
        show=partial(_show, request, user, row),
        page="services:correction",
        told=_("The result is revoked. Whoever drafted it finds the step open again."),
    )
    return decision.agree(request)


@never_cache
@require_POST
@sent_once
def correction_decline(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    user, row = _correction(request, pk)
    _require_head(user, row)
    decision = Decision(
        row,
        deed=partial(correcting.decline_correction, correction=row, actor=user),
        show=partial(_show, request, user, row),
        page="services:correction",
        told=_("The result stands. Whoever reported it reads your reason."),
    )
    return decision.decline(request)


def _correction(request: HttpRequest, pk: uuid.UUID) -> tuple[User, Correction]:
    """Raises Http404 for whoever has no part in the dossier."""
    user = officer_of(request)
    row = Correction.objects.select_related("dossier__version").filter(pk=pk).first()
    if row is None or not may_see(user, row.dossier):
        raise Http404
    return user, row


def _require_head(user: User, row: Correction) -> None:
    if not may_at(user, Capability.APPROVE, row.dossier.competent_unit_id):
        raise PermissionDenied(_("The head of the organ decides on a correction. Nothing was saved."))


def _show(
    request: HttpRequest,
    user: User,
    row: Correction,
    *,
    form: DeclineForm | None = None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    now = timezone.now()
    if problem:
        look_again(row, form)
    _seen(row.dossier, user, now)
    mended = [one for one in mendings_of(row.dossier) if one.correction_id == row.pk]
    names = names_of({row.asked_by_id, row.begun_by_id, *(one.mended_by_id for one in mended)}, 0)
    may = row.state == CorrectionState.ASKED and may_at(user, Capability.APPROVE, row.dossier.competent_unit_id)
    context: dict[str, Any] = {
        "row": row,
        "dossier": row.dossier,
        "procedure": row.dossier.version.name_vi,
        "state": CORRECTION_STATES[CorrectionState(row.state)],
        "asked_by": names.get(row.asked_by_id) or row.dossier.filer_name,
        "begun_by": names.get(row.begun_by_id, ""),
        "is_late": row.ended_at is None and row.due_at < now,
        "may_decide": may,
        "mended": [(one, one.difference, names.get(one.mended_by_id, "")) for one in mended],
        "form": form or DeclineForm(None, revision=row.dossier.revision),
        "problem": problem,
    }
    return render(request, "services/lateness/correction.html", context, status=status)


def _seen(dossier: Dossier, user: User, now: datetime) -> None:
    unit, purpose = dossier.responsible_unit_id, str(_("correcting a result"))
    viewed(dossier, actor=user, unit=unit, purpose=purpose, at=now, concerns=people(dossier))
