"""What a browser and the caches between may keep, and what a page may not do."""

import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import Error as DatabaseFailure
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from redis.exceptions import ConnectionError as CacheLost
from redis.exceptions import TimeoutError as CacheSilent

from portal.isolation import waited_in_vain
from portal.ui.views import errors

log = logging.getLogger(__name__)

PERMISSIONS = "camera=(self), geolocation=(self), microphone=(), payment=(), usb=()"


class PageHeadersMiddleware:
    """Pages of people who are signed in are never stored; public pages differ only by address, cookie and Save-Data."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        if is_page:
            patch_vary_headers(response, ("Cookie", "Save-Data"))
        begins_session = settings.SESSION_COOKIE_NAME in response.cookies
        if settings.SESSION_COOKIE_NAME in request.COOKIES or begins_session:
            if is_page or "Cache-Control" not in response.headers:
                response.headers["Cache-Control"] = "private, no-store"
        elif is_page:
            response.headers.setdefault("Cache-Control", "no-cache")
        return response


class UnavailableMiddleware:
    """What the portal stands on is away: 503 and a page that says so, instead of an error of ours.

    Without the database nothing works. Without the broker and its cache everything does but what must be counted, such
    as attempts at a password: that is refused rather than let through uncounted.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_failure = response.status_code == HTTPStatus.INTERNAL_SERVER_ERROR
        if is_failure and getattr(request, "waited_in_vain", False):
            return errors.busy(request)
        if is_failure and (getattr(request, "transaction_lost", False) or database_lost()):
            return errors.unavailable(request)
        return response

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """What a view raised. Other layers' exceptions Django answers itself; there the connection still tells."""
        if isinstance(problem, DatabaseFailure) and waited_in_vain(problem):
            log.warning("%s waited too long for a lock: %s", request.path, problem)
            return errors.busy(request)
        if isinstance(problem, CacheLost | CacheSilent) or (isinstance(problem, DatabaseFailure) and database_lost()):
            log.error("%s is not answered: %s: %s", request.path, type(problem).__name__, problem)
            return errors.unavailable(request)
        return None


def database_lost() -> bool:
    """Whether the database refused this thread, or ended its connection."""
    raw = connection.connection
    return bool(raw.closed if raw else connection.errors_occurred)


class ProblemPagesMiddleware:
    """Pages for what Django answers with an empty body or, while debugging, with its own pages: 405 and 413.

    Stands before the check against forged forms, which is the first to read the body.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not response.streaming and not response.content:
            return errors.method_not_allowed(request, response.headers.get("Allow", ""))
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        if request.method in {"GET", "HEAD", "OPTIONS"} or getattr(view, "csrf_exempt", False):
            return None
        try:
            _ = request.POST
        except (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent) as problem:
            return errors.bad_request(request, problem)
        return None
