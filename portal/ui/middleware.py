"""What a browser and the caches between may keep, and what a page may not do."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

PERMISSIONS = "camera=(self), geolocation=(self), microphone=(), payment=(), usb=(), interest-cohort=()"


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
