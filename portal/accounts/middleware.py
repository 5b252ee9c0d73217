"""Sessions end in time and say so; strangers see listed pages only; officers go nowhere without their second factor."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from portal.accounts import operations
from portal.accounts.models import End, Session, User
from portal.accounts.sessions import SessionStore
from portal.accounts.signing_in import has_ground, has_second_factor
from portal.events.actors import System

SEEN_EVERY = timedelta(seconds=60)  # a row is written at most this often for being seen
SAFE = {"GET", "HEAD", "OPTIONS"}
MACHINES = "/api/"  # answered there, in problem+json


class SessionRules:
    """Stands right behind authentication. A session that is over is answered here: why, and where to go on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        row = request.session.row() if isinstance(request.session, SessionStore) else None
        if row is None or (row.user_id is None and not row.ended_at):
            return self.get_response(request)
        now = timezone.now()
        why = over(request, row, now)
        if why is None:
            if now - row.seen_at > SEEN_EVERY:
                Session.objects.filter(pk=row.pk).update(seen_at=now)
            return self.get_response(request)
        if not row.ended_at:
            with suppress(operations.CannotCloseSessionError):  # another request of this browser was faster
                operations.end_session(session=row, why=why, actor=System.SCHEDULE, now=now)
        request.session = SessionStore()
        request.user = AnonymousUser()
        if request.path.startswith(MACHINES):
            return self.get_response(request)
        return session_over(request, why)


def over(request: HttpRequest, row: Session, now: datetime) -> End | None:
    """Why this session may not go on; None when it may."""
    if row.ended_at:
        return End(row.ended_by)
    known = request.user.is_authenticated  # not when the password of the session is not the user's any more
    user = request.user if known else row.user
    if not isinstance(user, User) or not user.is_active:
        return End.DISABLED
    limits = settings.SESSION_LIMITS["officer" if user.is_officer else "citizen"]
    if now - row.begun_at > timedelta(seconds=limits["absolute"]):
        return End.ABSOLUTE
    if now - row.seen_at > timedelta(seconds=limits["idle"]):
        return End.IDLE
    if not known:
        return End.DISABLED
    return None if has_ground(user, now=now) else End.NO_POST


def session_over(request: HttpRequest, why: End | None) -> HttpResponse:
    """Reading goes on at the sign-in page; a form that was sent gets an answer that says that nothing was taken."""
    from portal.accounts.views import pages  # views need the address table, which is not there while Django starts

    if request.method in SAFE:
        return HttpResponseRedirect(pages.sign_in_url(request.get_full_path(), why))
    return pages.nothing_was_sent(request, why)


class SignInRequired(LoginRequiredMiddleware):
    """Every page needs a signed-in user unless it carries `@login_not_required`; officers also their second factor."""

    # Where an officer may go whose second factor is not set up or not proved yet.
    SET_UP = frozenset(
        {
            "mfa_index",
            "mfa_activate_totp",
            "totp-square",
            "mfa_add_webauthn",
            "mfa_reauthenticate",
            "mfa_reauthenticate_webauthn",
            "account_reauthenticate",
            "account_logout",
        }
    )

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        refusal = super().process_view(request, view_func, view_args, view_kwargs)
        if refusal is not None:
            return refusal if request.path.startswith(MACHINES) else session_over(request, None)
        if not getattr(view_func, "login_required", True):
            return None
        user = request.user
        needs_factor = isinstance(user, User) and user.is_officer and not has_second_factor(request)
        match = request.resolver_match
        if needs_factor and (match is None or match.url_name not in self.SET_UP):
            return HttpResponseRedirect(reverse("mfa_index"))
        return None
