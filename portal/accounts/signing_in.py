"""What every way of signing in ends with, and what a page may ask about it later."""

from datetime import datetime, timedelta
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth import login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.dateparse import parse_datetime
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.module_loading import import_string
from django.utils.timezone import localdate

from portal.accounts import agents, operations
from portal.accounts.identity import Reason, RefusedError
from portal.accounts.models import Level, Session, User
from portal.accounts.sessions import CLIENT, SessionStore
from portal.events.middleware import client_ip

IDENTITY = "identity"  # {"level", "at"}: what the provider vouched for in this session


def begin(request: HttpRequest, user: User, *, method: str, now: datetime, level: int | None = None) -> None:
    """Sign in: a new session id, the place it was begun from, the event."""
    kept = {key: request.session[key] for key in ("_language",) if key in request.session}
    login(request, user)
    request.session.update(kept)
    request.session[CLIENT] = {"ip": client_ip(request), "agent": agents.summary(request.headers.get("User-Agent", ""))}
    if level is not None:
        request.session[IDENTITY] = {"level": level, "at": now.isoformat()}
    operations.note_sign_in(user=user, method=method, now=now, facts={"level": level} if level is not None else None)


def note_proof(request: HttpRequest, user: User, kind: str) -> None:
    """This session has just proved a second factor, by a way that allauth does not know."""
    record_authentication(request, user, method="mfa", type=kind)


def note_password(request: HttpRequest, user: User) -> None:
    """This session has just proved the password: setting up the second factor needs no further proof."""
    record_authentication(request, user, method="password", reauthenticated=True)


def user_of(request: HttpRequest) -> User:
    """Who is signed in, on pages that nobody else reaches."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def session_of(request: HttpRequest) -> Session | None:
    """The row of this request's session; None before the first one is stored."""
    row: Session | None = request.session.row() if isinstance(request.session, SessionStore) else None
    return row


def level_of(request: HttpRequest) -> Level | None:
    """The level of the electronic identity in this session; a procedure may ask for more. None without VNeID."""
    identity = request.session.get(IDENTITY)
    return Level(identity["level"]) if identity else None


def signed_in_at(request: HttpRequest) -> datetime | None:
    identity: dict[str, Any] = request.session.get(IDENTITY) or {}
    return parse_datetime(identity["at"]) if identity else None


def recent_second_factor(request: HttpRequest, *, now: datetime, within: timedelta = timedelta(minutes=10)) -> bool:
    """Whether this session proved its second factor so shortly ago that signing may go on without asking again."""
    stamps = [entry["at"] for entry in get_authentication_records(request, request.user) if entry["method"] == "mfa"]
    return bool(stamps) and now.timestamp() - max(stamps) <= within.total_seconds()


def has_second_factor(request: HttpRequest) -> bool:
    """Whether this session was ever proved by a second factor."""
    return any(entry["method"] == "mfa" for entry in get_authentication_records(request, request.user))


def has_ground(user: User, *, now: datetime) -> bool:
    """Whether there is a reason for `user` to be in: citizens always, officers while they hold a post."""
    ground: Any = import_string(settings.SESSION_GROUND)
    return not user.is_officer or bool(ground(user, localdate(now)))


def require_ground(user: User, *, now: datetime) -> None:
    """Raises RefusedError(NO_POST)."""
    if not has_ground(user, now=now):
        raise RefusedError(Reason.NO_POST, user)


def safe_next(request: HttpRequest, text: str | None) -> str:
    """`text` when it is a path of this portal, else an empty string."""
    if text and text.startswith("/") and url_has_allowed_host_and_scheme(text, allowed_hosts=None):
        return text[:2000]
    return ""
