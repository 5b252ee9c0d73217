"""From what a view raises to the problem that is answered: DRF's hook, and the apps' own refusals."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import (
    NON_FIELD_ERRORS,
    BadRequest,
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    ValidationError,
)
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import ngettext
from rest_framework import exceptions
from rest_framework.views import set_rollback

from portal.api.naming import camel
from portal.api.problems import Fault, Kind, Problem, respond
from portal.isolation import waited_in_vain

_registered: dict[type[Exception], Kind] = {}


def _faults(detail: Any, pointer: str = "") -> list[Fault]:
    """DRF's nested error detail as flat faults with JSON pointers."""
    if isinstance(detail, Mapping):
        return [
            fault
            for key, value in detail.items()
            for fault in _faults(value, pointer if key == "non_field_errors" else f"{pointer}/{_escaped(str(key))}")
        ]
    if isinstance(detail, list | tuple):
        nested = any(isinstance(item, Mapping | list | tuple) for item in detail)
        return [
            fault
            for index, item in enumerate(detail)
            for fault in _faults(item, f"{pointer}/{index}" if nested else pointer)
        ]
    code = str(getattr(detail, "code", "invalid")).replace("_", "-")
    return [Fault(pointer, code, str(detail), where="body")]


def _escaped(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")


_KINDS: tuple[tuple[type[Exception], Kind], ...] = (
    (exceptions.ParseError, Kind.BODY_MALFORMED),
    (exceptions.NotAuthenticated, Kind.UNAUTHENTICATED),
    (exceptions.AuthenticationFailed, Kind.UNAUTHENTICATED),
    (exceptions.PermissionDenied, Kind.FORBIDDEN),
    (PermissionDenied, Kind.FORBIDDEN),
    (exceptions.NotFound, Kind.NOT_FOUND),
    (Http404, Kind.NOT_FOUND),
    (exceptions.MethodNotAllowed, Kind.METHOD),
    (exceptions.NotAcceptable, Kind.NOT_ACCEPTABLE),
    (exceptions.UnsupportedMediaType, Kind.MEDIA_TYPE),
    (RequestDataTooBig, Kind.TOO_LARGE),
    (SuspiciousOperation, Kind.BAD_REQUEST),
    (BadRequest, Kind.BAD_REQUEST),
)


def register(known: Mapping[type[Exception], Kind]) -> None:
    """Called in AppConfig.ready: what an app's refusals are over REST. The nearest class of an error decides."""
    _registered.update(known)


def problem_of(exc: Exception) -> Problem | None:
    """The problem that an app registered for this refusal; its sentence is the error's own, its code the error's."""
    kind = next((_registered[ancestor] for ancestor in type(exc).__mro__ if ancestor in _registered), None)
    if kind is None:
        return None
    sentence, code = str(exc), getattr(exc, "code", "")
    pointer = str(getattr(exc, "pointer", ""))
    faults = [Fault(pointer, str(code).replace("_", "-"), sentence, where="body")] if code else []
    return Problem(kind, sentence, errors=faults)


def _from_model(exc: ValidationError) -> list[Fault]:
    """Django's own errors, of fields in snake case, as faults of the body."""
    if not hasattr(exc, "error_dict"):
        return [Fault("", "invalid", " ".join(exc.messages), where="body")]
    return [
        Fault(
            "" if name == NON_FIELD_ERRORS else f"/{camel(name)}",
            str(error.code or "invalid").replace("_", "-"),
            " ".join(error.messages),
            where="body",
        )
        for name, errors in exc.error_dict.items()
        for error in errors
    ]


def exception_handler(exc: Exception, context: Mapping[str, Any]) -> HttpResponse | None:
    """DRF's hook. What it does not know stays an exception: logged as an error, and answered by the middleware."""
    request: HttpRequest = context["request"]
    response: HttpResponse | None = None
    exc = problem_of(exc) or exc
    if isinstance(exc, Problem):
        response = respond(
            request, exc.kind, detail=str(exc.detail), errors=exc.errors, members=exc.members, headers=exc.headers
        )
    elif isinstance(exc, OperationalError) and waited_in_vain(exc):
        response = respond(request, Kind.BUSY, headers={"Retry-After": str(settings.BUSY_RETRY_AFTER)})
    elif isinstance(exc, exceptions.Throttled):
        response = _throttled(request, exc)
    elif isinstance(exc, exceptions.ValidationError):
        response = respond(request, Kind.BODY, errors=_faults(exc.detail))
    elif isinstance(exc, ValidationError):
        response = respond(request, Kind.BODY, errors=_from_model(exc))
    else:
        for known, kind in _KINDS:
            if isinstance(exc, known):
                response = respond(request, kind)
                break
    if response is not None:
        set_rollback()
        if auth_header := getattr(exc, "auth_header", None):
            response["WWW-Authenticate"] = auth_header
    return response


def _throttled(request: HttpRequest, exc: exceptions.Throttled) -> HttpResponse:
    seconds = max(1, round(getattr(exc, "wait", None) or 1))
    detail = ngettext(
        "The limit of requests is reached. Try again in %(seconds)d second.",
        "The limit of requests is reached. Try again in %(seconds)d seconds.",
        seconds,
    ) % {"seconds": seconds}
    return respond(request, Kind.TOO_MANY, detail=detail, headers={"Retry-After": str(seconds)})
