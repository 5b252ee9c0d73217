"""The joint due moment of a joined dossier, moved by a case of the law at the desk that received it."""

import uuid
from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal.accounts.once import sent_once
from portal.ui.wording import moment
from services.errors import NotAllowedError, ServicesError
from services.forms.joined import JointLimitForm
from services.operations.joining import choose_joint_limit
from services.operations.moving import lock
from services.policies import may_choose_joint_limit
from services.queries.joined import joint_cases, parts_of
from services.views.desk_access import moved_on, officer_of, status_of, visible_dossier


@never_cache
@require_http_methods(["GET", "POST"])
@sent_once
def joint_limit(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    user = officer_of(request)
    dossier = visible_dossier(user, pk)
    if not may_choose_joint_limit(user, dossier):
        raise PermissionDenied(_("Your post does not allow this here. Nothing was saved."))
    cases = joint_cases(dossier)
    if not cases or not parts_of(dossier):
        return moved_on(request, dossier)
    form = JointLimitForm(request.POST or None, cases=cases, revision=dossier.revision)
    status = HTTPStatus.BAD_REQUEST if request.method == "POST" else HTTPStatus.OK
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            lock(dossier, revision=said["revision"])
            done = choose_joint_limit(
                joined=dossier, limit_case=said["limit_case"], reason=said["reason"], actor=user, now=timezone.now()
            )
        except ServicesError as refusal:
            form.add_error(None, str(refusal))
            status = HTTPStatus.FORBIDDEN if isinstance(refusal, NotAllowedError) else HTTPStatus(status_of(refusal))
        else:
            told = _("The joint due moment of all parts is now %(moment)s.") % {"moment": moment(done.due_at)}
            messages.success(request, told)
            return redirect("services:desk-dossier", pk)
    context = {"dossier": dossier, "procedure": dossier.version.name_vi, "title": dossier.owner_name, "form": form}
    return render(request, "services/joined/limit.html", context, status=status)
