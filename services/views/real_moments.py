"""Real moments beside clicks: entered by whoever handed something over, confirmed by somebody else."""

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

from documents.errors import DocumentsError
from documents.models import StoredFile
from documents.operations.files import store_upload
from documents.uploads.kinds import UploadKind
from portal.accounts.models import User
from portal.accounts.once import sent_once
from portal.events import viewed
from portal.ui.errors import Step, problem_page
from portal.ui.wording import moment as in_words
from services.errors import ServicesError
from services.forms.lateness import DeclineForm, RealMomentForm
from services.models import Dossier, RealMoment, WorkItem
from services.operations import real_moments as deeds
from services.operations.moving import people
from services.operations.real_moments import Claim
from services.policies import may_see
from services.queries import real_moments as queries
from services.queries.work import names_of
from services.states import ClaimState
from services.views.deciding import Decision, look_again
from services.views.desk_access import officer_of, status_of, visible_dossier
from services.wording_desk import CLAIM_STATES

HAND_OUT = "tra-ket-qua"
REFUSALS = (ServicesError, DocumentsError)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def claim(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    user = officer_of(request)
    dossier = visible_dossier(user, pk)
    offered = queries.claimable(user, dossier)
    if not offered:
        title = _("There is nothing to enter here")
        detail = _("A real moment is entered once, by whoever handed something over and clicked it later.")
        here = reverse("services:desk-dossier", args=[dossier.pk])
        return problem_page(request, 409, title, detail, [Step(_("Look at where the dossier stands now"), here)])
    posted = request.method == "POST"
    form = RealMomentForm(
        request.POST if posted else None,
        request.FILES if posted else None,
        choices=[(_key(item), _named(item, at)) for item, at in offered],
        revision=dossier.revision,
    )
    status = 200
    if posted:
        steps = {_key(item): item for item, _at in offered}
        status = _try(form, dossier, steps, user)
        if status == 0:
            messages.success(request, _("The real moment was entered. The moment of the click stays beside it."))
            return redirect("services:desk-dossier", dossier.pk)
    context = {
        "dossier": dossier,
        "form": form,
        "title": f"{dossier} · {dossier.owner_name}",
        "procedure": dossier.version.name_vi,
    }
    return render(request, "services/desk/real_moment.html", context, status=status)


def _key(item: WorkItem | None) -> str:
    return str(item.pk) if item else HAND_OUT


def _named(item: WorkItem | None, at: datetime) -> str:
    name = item.name if item else _("The result was handed out")
    return _("%(name)s, clicked at %(moment)s") % {"name": name, "moment": in_words(at)}


def _try(form: RealMomentForm, dossier: Dossier, steps: dict[str, WorkItem | None], user: User) -> int:
    """0 when it was done; else the status of the page, on which what was typed stays."""
    if not form.is_valid():
        return 400
    said, now = form.cleaned_data, timezone.now()
    really_at = datetime.combine(said["day"], said["time"], timezone.get_current_timezone())
    try:
        file = _kept(said.get("file"), dossier, user, now)
        deeds.claim_real_moment(
            dossier=dossier,
            claim=Claim(really_at, said["reason"], said["proof"], file),
            step=steps[said["what"]],
            actor=user,
            now=now,
            revision=said["revision"],
        )
    except REFUSALS as refusal:
        form.add_error(None, str(refusal))
        dossier.refresh_from_db(fields=["revision"])
        form.data = {**form.data, "revision": str(dossier.revision)}
        return int(status_of(refusal)) if isinstance(refusal, ServicesError) else 400
    return 0


def _kept(upload: Any, dossier: Dossier, user: User, now: datetime) -> StoredFile | None:
    if not upload:
        return None
    unit = dossier.responsible_unit_id
    return store_upload(upload=upload, kind=UploadKind.ATTACHMENT, unit_id=unit, owner=None, actor=user, now=now)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def real_moment(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """GET shows both moments, POST confirms the real one."""
    user, row = _moment(request, pk)
    if request.method != "POST":
        return _show(request, user, row)
    _require(user, row)
    decision = Decision(
        row,
        deed=partial(deeds.confirm_real_moment, moment=row, actor=user),
        show=partial(_show, request, user, row),
        page="services:real-moment",
        told=_("Confirmed. Lateness counts by the real moment."),
    )
    return decision.agree(request)


@never_cache
@require_POST
@sent_once
def real_moment_refuse(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    user, row = _moment(request, pk)
    _require(user, row)
    decision = Decision(
        row,
        deed=partial(deeds.refuse_real_moment, moment=row, actor=user),
        show=partial(_show, request, user, row),
        page="services:real-moment",
        told=_("Not accepted. Lateness counts by the click."),
    )
    return decision.decline(request)


def _moment(request: HttpRequest, pk: uuid.UUID) -> tuple[User, RealMoment]:
    user, row = officer_of(request), queries.moment_of(pk)
    if row is None or not may_see(user, row.dossier):
        raise Http404
    return user, row


def _require(user: User, row: RealMoment) -> None:
    if not queries.may_decide(user, row, timezone.now()):
        raise PermissionDenied(_("A real moment is confirmed by the head, and by nobody for themselves."))


def _show(
    request: HttpRequest,
    user: User,
    row: RealMoment,
    *,
    form: DeclineForm | None = None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    now, dossier = timezone.now(), row.dossier
    if problem:
        look_again(row, form)
    unit, purpose = dossier.responsible_unit_id, str(_("answering for lateness"))
    viewed(dossier, actor=user, unit=unit, purpose=purpose, at=now, concerns=people(dossier))
    names = names_of({row.claimed_by_id, row.ended_by_id}, 0)
    context = {
        "row": row,
        "dossier": dossier,
        "procedure": dossier.version.name_vi,
        "what": row.step.name if row.step else _("The result was handed out"),
        "state": CLAIM_STATES[ClaimState(row.state)],
        "claimed_by": names.get(row.claimed_by_id, ""),
        "ended_by": names.get(row.ended_by_id, ""),
        "may_decide": row.state == ClaimState.CLAIMED and queries.may_decide(user, row, now),
        "form": form or DeclineForm(None, revision=dossier.revision),
        "problem": problem,
    }
    return render(request, "services/lateness/real_moment.html", context, status=status)
