"""Citizens sign in through the identity provider, and no other way."""

import hmac
import secrets
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from portal.accounts import operations
from portal.accounts.identity import Attempt, Reason, RefusedError, provider
from portal.accounts.signing_in import begin, safe_next
from portal.accounts.views.pages import ended_message, refused

METHOD = "vneid"
STARTED = "vneid_attempts"  # session: {state: {"nonce", "verifier", "next", "at"}}
AT_ONCE = 5  # tabs
VALID = timedelta(minutes=10)


@login_not_required
@never_cache
@require_GET
def sign_in(request: HttpRequest) -> HttpResponse:
    """The way in: VNeID first, officers beside it."""
    next_path = safe_next(request, request.GET.get("next"))
    if request.user.is_authenticated:
        return HttpResponseRedirect(next_path or settings.LOGIN_REDIRECT_URL)
    context = {"next": next_path, "next_query": urlencode({"next": next_path}), "ended": ended_message(request)}
    return render(request, "accounts/sign_in.html", context)


@login_not_required
@never_cache
@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """To the provider, with state, nonce and PKCE challenge of this browser."""
    attempt = Attempt(*(secrets.token_urlsafe(32) for _ in range(3)))
    next_path = safe_next(request, request.POST.get("next"))
    now = timezone.now()
    try:
        url = provider().authorization_url(attempt=attempt, redirect_uri=redirect_uri())
    except RefusedError as error:
        return _refuse(request, error.reason, now, next_path)
    started = request.session.get(STARTED, {})
    newest = dict(sorted(started.items(), key=lambda entry: entry[1]["at"])[-(AT_ONCE - 1) :])
    newest[attempt.state] = {
        "nonce": attempt.nonce,
        "verifier": attempt.verifier,
        "next": next_path,
        "at": now.timestamp(),
    }
    request.session[STARTED] = newest
    return HttpResponseRedirect(url)


@login_not_required
@never_cache
@require_GET
def answer(request: HttpRequest) -> HttpResponse:
    """Back from the provider. The state is taken once; everything else is the provider's word, verified."""
    now = timezone.now()
    started = _take(request, request.GET.get("state", ""), now)
    if started is None:
        return _refuse(request, Reason.STATE, now)
    attempt, next_path = started
    if error := request.GET.get("error"):
        reason = Reason.DENIED if error == "access_denied" else Reason.PROVIDER
        return _refuse(request, reason, now, next_path)
    try:
        claims = provider().claims(
            code=request.GET.get("code", "")[:2000],
            answered_by=request.GET.get("iss", ""),
            attempt=attempt,
            redirect_uri=redirect_uri(),
            now=now,
        )
        user = operations.recognise_citizen(claims=claims, now=now)
    except RefusedError as error:
        return _refuse(request, error.reason, now, next_path)
    user.backend = "portal.accounts.backends.CitizenBackend"  # type: ignore[attr-defined]  # Django's own way
    begin(request, user, method=METHOD, now=now, level=claims.level)
    request.session.pop(STARTED, None)
    return HttpResponseRedirect(next_path or settings.LOGIN_REDIRECT_URL)


def redirect_uri() -> str:
    """The one address that is registered with the provider, whatever the page's language or the Host header."""
    with translation.override("vi"):
        return f"{settings.PUBLIC_ORIGIN}{reverse('accounts:vneid-answer')}"


def _take(request: HttpRequest, state: str, now: datetime) -> tuple[Attempt, str] | None:
    """The attempt that this state belongs to, and never again."""
    started: dict[str, Any] = request.session.get(STARTED, {})
    for known, entry in started.items():
        if hmac.compare_digest(known.encode(), state.encode()):
            request.session[STARTED] = {key: value for key, value in started.items() if key != known}
            if now.timestamp() - entry["at"] > VALID.total_seconds():
                return None
            return Attempt(known, entry["nonce"], entry["verifier"]), entry["next"]
    return None


def _refuse(request: HttpRequest, reason: Reason, now: datetime, next_path: str = "") -> HttpResponse:
    operations.note_refusal(reason=reason, method=METHOD, now=now)
    return refused(request, reason, next_path)
