"""The headers of every answer."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

CONTENT = "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'self' {also}"


def content_policy(also: str = "") -> str:
    """`also` is the origin to which a form's answer may lead."""
    return CONTENT.format(also=also).strip()


class Headers:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", content_policy())
        response.headers.setdefault("Cache-Control", "no-store")
        response["X-Content-Type-Options"] = "nosniff"
        response["Referrer-Policy"] = "same-origin"  # "no-referrer" would make forms of these pages look forged
        return response
