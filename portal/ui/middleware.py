"""What a browser and the caches between may keep, and what a page may not do."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from portal.ui.views import errors

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
