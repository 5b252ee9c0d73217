"""What its owner sees of their sessions, and may end."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from portal.accounts import operations
from portal.accounts.models import End, Session
from portal.accounts.signing_in import level_of, session_of, user_of

MOST = 50  # sessions on the page; more live ones than that are nobody's habit


@never_cache
@require_GET
def own_sessions(request: HttpRequest) -> HttpResponse:
    rows = list(Session.objects.of(user_of(request)).live(timezone.now())[:MOST])
    here = session_of(request)
    context = {"sessions": rows, "here": here.pk if here else "", "level": level_of(request)}
    return render(request, "accounts/sessions.html", context)


@require_POST
def end(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    session = get_object_or_404(Session.objects.of(user_of(request)), public_id=public_id)
    here = session_of(request)
    if here is not None and here.pk == session.pk:
        raise Http404  # one's own session ends by signing out
    try:
        operations.end_session(session=session, why=End.OWNER, actor=user_of(request), now=timezone.now())
        messages.success(request, _("That session was ended. Its device is signed out with its next step."))
    except operations.CannotCloseSessionError:
        messages.info(request, _("That session had ended already."))
    return HttpResponseRedirect(reverse("accounts:sessions"))


@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    ended = operations.end_other_sessions(user=user_of(request), keep=session_of(request), now=timezone.now())
    text = ngettext("%(count)d other session was ended.", "%(count)d other sessions were ended.", ended)
    messages.success(request, text % {"count": ended})
    return HttpResponseRedirect(reverse("accounts:sessions"))
