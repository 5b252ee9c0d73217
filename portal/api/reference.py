"""The description of the API: openapi.json for programs, one plain page for people."""

from dataclasses import dataclass
from typing import Any
from unicodedata import normalize

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, get_language_info
from django.views.decorators.http import require_safe
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from portal.api import language, problems, schema
from portal.api.base import PublicView

METHODS = ("get", "post", "put", "patch", "delete")


class OpenApiView(PublicView):
    """Describes itself out: `exclude` keeps the description out of what it describes."""

    max_age = 3600

    @extend_schema(exclude=True)
    def get(self, request: Request) -> Response:
        return Response(schema.document(get_language() or settings.LANGUAGE_CODE))


@dataclass(frozen=True)
class Operation:
    """One method of one address, as the page shows it."""

    anchor: str
    method: str
    path: str
    summary: str
    description: str
    parameters: list[dict[str, Any]]
    answers: list[tuple[str, str]]


def _operations(document: dict[str, Any]) -> dict[str, list[Operation]]:
    """Operations by tag, in the order of the description."""
    by_tag: dict[str, list[Operation]] = {tag["name"]: [] for tag in document.get("tags", [])}
    for path, item in document["paths"].items():
        for method in METHODS:
            if operation := item.get(method):
                by_tag.setdefault(operation["tags"][0], []).append(
                    Operation(
                        anchor=operation["operationId"],
                        method=method.upper(),
                        path=path,
                        summary=operation.get("summary", ""),
                        description=operation.get("description", ""),
                        parameters=operation.get("parameters", []),
                        answers=[(status, body["description"]) for status, body in operation["responses"].items()],
                    )
                )
    return {tag: found for tag, found in by_tag.items() if found}


def _languages(request: HttpRequest) -> list[dict[str, object]]:
    """For components/languages.html: addresses of the API say the language in a parameter."""
    return [
        {
            "code": code,
            "name": normalize("NFC", get_language_info(code)["name_local"]),
            "url": f"{request.path}?{language.PARAMETER}={code}",
            "is_current": code == get_language(),
        }
        for code, _name in settings.LANGUAGES
    ]


@login_not_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Plain HTML without script: reference pages of the usual tools need inline styles, which our policy refuses."""
    document = schema.document(get_language() or settings.LANGUAGE_CODE)
    context = {
        "document": document,
        "server": document["servers"][0]["url"],
        "tags": _operations(document),
        "problems": list(problems.Kind),
        "page_languages": _languages(request),
    }
    return render(request, "api/reference.html", context)
