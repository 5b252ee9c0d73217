"""The link at the end of an e-mail: one optional kind is agreed to no longer, without signing in. RFC 8058"""

from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from portal.accounts.models import Kind, User
from portal.events.actors import ANONYMOUS
from portal.notifications import kinds
from portal.notifications.links import stop_subject
from portal.notifications.operations.preferences import stop_kind
from portal.ui.errors import Step, problem_page


@login_not_required
@csrf_exempt  # mail programs send the POST themselves; the signed address is what lets them in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks, so that scanners of mail that open links change nothing; POST does it."""
    subject = stop_subject(token)
    user = User.objects.filter(pk=subject[0], kind=Kind.CITIZEN).first() if subject else None
    known = {one.key: one for one in kinds.optional()}
    if subject is None or user is None or subject[1] not in known:
        return _unknown(request)
    context = {"kind": known[subject[1]], "done": request.method == "POST"}
    if request.method == "POST":
        stop_kind(user=user, kind=subject[1], actor=ANONYMOUS, now=timezone.now())
    return render(request, "notifications/stop.html", context)


def _unknown(request: HttpRequest) -> HttpResponse:
    return problem_page(
        request,
        HTTPStatus.NOT_FOUND,
        _("This link does not work any more"),
        _("Nothing was changed. It may be incomplete, or of a kind of notification that is not sent any more."),
        [Step(_("Sign in and choose what you are told."), reverse("notifications:preferences"))],
    )
