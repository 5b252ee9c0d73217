"""What holds for everything under /api/: problems instead of HTML, the version, the language, conditional answers."""

import hashlib
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import translation
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import quote_etag

from portal.api import language, problems

PREFIX = "/api/"
VERSION_HEADER = "API-Version"


def is_api(request: HttpRequest) -> bool:
    return request.path_info.startswith(PREFIX) or request.path_info == PREFIX[:-1]


class ApiMiddleware:
    """Stands outside all others that may refuse a request, so that their refusals become problems too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not is_api(request):
            return self.get_response(request)
        code = language.asked_for(request)
        with translation.override(code):
            response = self._too_large(request) or self.get_response(request)
            # the locale middleware of the pages has set its own language meanwhile
            translation.activate(code)
            return self._finished(request, response, code)

    def process_view(self, request: HttpRequest, *_args: Any) -> None:
        if is_api(request):
            translation.activate(language.asked_for(request))

    @staticmethod
    def _too_large(request: HttpRequest) -> HttpResponse | None:
        try:
            length = int(request.META.get("CONTENT_LENGTH") or 0)
        except ValueError:
            length = 0
        if length > settings.API_BODY_BYTES.get(request.path_info, settings.API_MAX_BODY_BYTES):
            return problems.respond(request, problems.Kind.TOO_LARGE)
        return None

    @staticmethod
    def _finished(request: HttpRequest, response: HttpResponseBase, code: str) -> HttpResponseBase:
        if response.status_code >= 400:
            if isinstance(response, HttpResponse) and response.get("Content-Type") != problems.MEDIA_TYPE:
                response = problems.from_status(request, response)
        elif isinstance(response, HttpResponse) and request.method in {"GET", "HEAD"} and response.status_code == 200:
            response = _conditional(request, response)
        if response.status_code < 400:
            response[VERSION_HEADER] = settings.API_VERSION
        response["Content-Language"] = code
        patch_vary_headers(response, ["Accept-Language"])
        return response


def _conditional(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """A strong validator over the bytes sent; 304 when the client already has them. What nobody may keep has none."""
    if "no-store" in response.get("Cache-Control", ""):
        return response
    etag = quote_etag(hashlib.sha256(response.content).hexdigest()[:32])
    response["ETag"] = etag
    conditional = get_conditional_response(request, etag=etag, response=response)
    return conditional if isinstance(conditional, HttpResponse) else response
