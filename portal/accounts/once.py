"""A form that is sent twice has one effect: the second sending leads to the first one's result.

Each form that is shown carries a token of its own, signed for the user who sees it; showing it writes nothing. What the
form did and where it led to are stored in one transaction, as with the requests of the API (portal.api.idempotency).
"""

import secrets
import uuid
from collections.abc import Callable
from functools import partial, wraps
from http import HTTPStatus
from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.api import idempotency
from portal.ui.errors import Step, problem_page

FIELD = "form_token"
LEFT_OUT = {FIELD, "csrfmiddlewaretoken"}
SALT = "accounts.form"
PATIENCE = 10.0  # seconds that a second sending waits for the first
VALID = idempotency.KEPT / 2  # what was done is remembered longer than any token is good

View = Callable[..., HttpResponseBase]


def issue(request: HttpRequest) -> str:
    """A token for one form, shown to this user."""
    principal = _principal(request)
    return signing.dumps([secrets.token_urlsafe(16), str(principal or "")], salt=SALT)


def sent_once(view: View) -> View:
    """For a view that answers POST with a redirect when something was done, and with a page when it was not."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        return once(request, partial(view, request, *args, **kwargs))

    return wrapped


def once(request: HttpRequest, act: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """What `act` answers, or the redirect that it answered to this form before. Only redirects are remembered.

    A form whose token is too old or no token of ours does nothing: its page shows a button that sends all of it anew.
    """
    token, principal = request.POST.get(FIELD, ""), _principal(request)
    try:
        _number, owner = signing.loads(token, salt=SALT, max_age=VALID)
    except (signing.BadSignature, ValueError, TypeError):
        return _too_old(request)
    if owner != str(principal or ""):
        return _of_somebody_else(request)
    now = timezone.now()
    attempt = _attempt(request, principal, token)
    try:
        kept = idempotency.earlier(attempt, now=now, patience=PATIENCE)
    except idempotency.InFlightError:
        return _still_at_work(request)
    except idempotency.KeyReusedError:
        return _too_old(request)
    if kept is not None:
        return HttpResponseRedirect(kept.headers["Location"])
    response = act()
    if isinstance(response, HttpResponseRedirect):
        headers = {"Location": response.url}
        idempotency.keep(attempt, status=response.status_code, headers=headers, body=b"", now=now)
    return response


def _principal(request: HttpRequest) -> uuid.UUID | None:
    return request.user.pk if isinstance(request.user, User) else None


def _attempt(request: HttpRequest, principal: uuid.UUID | None, token: str) -> idempotency.Attempt:
    """What was typed is no part of it: whoever goes back, changes a word and sends again is led to what was done."""
    operation = f"POST {request.path}"
    key = f"form {idempotency.fingerprint(token.encode())}"
    return idempotency.Attempt(principal, key, operation, idempotency.fingerprint(operation.encode()))


def _too_old(request: HttpRequest) -> HttpResponse:
    typed = [(name, value) for name in request.POST if name not in LEFT_OUT for value in request.POST.getlist(name)]
    context: dict[str, Any] = {"typed": typed, "has_files": bool(request.FILES)}
    response = render(request, "accounts/form_again.html", context, status=HTTPStatus.BAD_REQUEST)
    response["Cache-Control"] = "no-store"
    return response


def _of_somebody_else(request: HttpRequest) -> HttpResponse:
    return problem_page(
        request,
        HTTPStatus.FORBIDDEN,
        _("This form was opened by another account"),
        _("Nothing was saved: what is typed in it would have been sent in the name of the account you use now."),
        [
            Step(_("Go back to copy what you typed, or sign in again with the account that opened the form.")),
            Step(_("Open the form anew with the account you use now."), request.path),
        ],
    )


def _still_at_work(request: HttpRequest) -> HttpResponse:
    return problem_page(
        request,
        HTTPStatus.CONFLICT,
        _("Your form is still being worked on"),
        _("You sent it twice, and the first time is not finished. It counts once."),
        [
            Step(_("Wait half a minute, then look under “My work” whether it has arrived."), reverse("ui:work")),
            Step(_("If it has not, go back and send the same form again.")),
        ],
    )
