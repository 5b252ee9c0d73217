"""Signing in through the identity provider: for citizens the only way, for officers one of two.

Which door was knocked at is kept with the attempt, on this side: nothing in the provider's answer can change it.
"""

import hmac
import secrets
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from portal.accounts import operations
from portal.accounts.identity import Attempt, Claims, Reason, RefusedError, provider, recognise_officer
from portal.accounts.models import User
from portal.accounts.signing_in import begin, note_proof, require_ground, safe_next
from portal.accounts.views.pages import ended_message, refused

STARTED = "vneid_attempts"  # session: {state: {"nonce", "verifier", "next", "door", "at"}}
AT_ONCE = 5  # tabs
VALID = timedelta(minutes=10)


class Door(StrEnum):
    """Who wants to come in. The value names the method in events."""

    CITIZEN = "vneid"
    OFFICER = "vneid-officer"


@login_not_required
@never_cache
@require_GET
def sign_in(request: HttpRequest) -> HttpResponse:
    """The way in: VNeID first, officers beside it."""
    next_path = safe_next(request, request.GET.get("next"))
    if request.user.is_authenticated:
        return redirect(next_path or settings.LOGIN_REDIRECT_URL)
    context = {"next": next_path, "next_query": urlencode({"next": next_path}), "ended": ended_message(request)}
    return render(request, "accounts/sign_in.html", context)


@login_not_required
@never_cache
@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """A citizen or an organisation."""
    return _start(request, Door.CITIZEN)


@login_not_required
@never_cache
@require_POST
def start_officer(request: HttpRequest) -> HttpResponse:
    return _start(request, Door.OFFICER)


def _start(request: HttpRequest, door: Door) -> HttpResponse:
    """To the provider, with state, nonce and PKCE challenge of this browser."""
    attempt = Attempt(*(secrets.token_urlsafe(32) for _ in range(3)))
    next_path = safe_next(request, request.POST.get("next"))
    now = timezone.now()
    try:
        url = provider().authorization_url(attempt=attempt, redirect_uri=redirect_uri())
    except RefusedError as error:
        return _refuse(request, door, error, now, next_path)
    started = request.session.get(STARTED, {})
    newest = dict(sorted(started.items(), key=lambda entry: entry[1]["at"])[-(AT_ONCE - 1) :])
    newest[attempt.state] = {
        "nonce": attempt.nonce,
        "verifier": attempt.verifier,
        "next": next_path or resolve_url(settings.LOGIN_REDIRECT_URL),  # in the language of now
        "door": door.value,
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
        return _refuse(request, Door.CITIZEN, RefusedError(Reason.STATE), now)
    attempt, door, next_path = started
    try:
        claims = _claims(request, attempt, now)
        user = operations.recognise_citizen(claims=claims, now=now) if door is Door.CITIZEN else _officer(claims, now)
    except RefusedError as refusal:
        return _refuse(request, door, refusal, now, next_path)
    kind = "Citizen" if door is Door.CITIZEN else "Officer"
    user.backend = f"portal.accounts.backends.{kind}Backend"
    begin(request, user, method=door.value, now=now, level=claims.level)
    if door is Door.OFFICER:
        note_proof(request, user, door.value)  # level 2 is bound to a device and to face or fingerprint
    request.session.pop(STARTED, None)
    return redirect(next_path or settings.LOGIN_REDIRECT_URL)


def _claims(request: HttpRequest, attempt: Attempt, now: datetime) -> Claims:
    """The provider's word, verified."""
    if problem := request.GET.get("error"):
        raise RefusedError(Reason.DENIED if problem == "access_denied" else Reason.PROVIDER)
    return provider().claims(
        code=request.GET.get("code", "")[:2000],
        answered_by=request.GET.get("iss", ""),
        attempt=attempt,
        redirect_uri=redirect_uri(),
        now=now,
    )


def _officer(claims: Claims, now: datetime) -> User:
    user = recognise_officer(claims=claims)
    require_ground(user, now=now)
    return user


def redirect_uri() -> str:
    """The one address that is registered with the provider, whatever the page's language or the Host header."""
    with translation.override("vi"):
        return f"{settings.PUBLIC_ORIGIN}{reverse('accounts:vneid-answer')}"


def _take(request: HttpRequest, state: str, now: datetime) -> tuple[Attempt, Door, str] | None:
    """The attempt that this state belongs to, and never again."""
    started: dict[str, Any] = request.session.get(STARTED, {})
    for known, entry in started.items():
        if hmac.compare_digest(known.encode(), state.encode()):
            request.session[STARTED] = {key: value for key, value in started.items() if key != known}
            if now.timestamp() - entry["at"] > VALID.total_seconds():
                return None
            return (
                Attempt(known, entry["nonce"], entry["verifier"]),
                Door(entry.get("door", Door.CITIZEN)),
                entry["next"],
            )
    return None


def _refuse(
    request: HttpRequest, door: Door, refusal: RefusedError, now: datetime, next_path: str = ""
) -> HttpResponse:
    operations.note_refusal(reason=refusal.reason, method=door.value, now=now, user=refusal.user)
    return refused(request, refusal.reason, next_path)
