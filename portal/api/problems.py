"""Every refusal of the API as RFC 9457 problem details, in the language the client asked for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions

MEDIA_TYPE = "application/problem+json"
KEPT_HEADERS = ("Allow", "Retry-After", "WWW-Authenticate", "Content-Security-Policy")


class Kind(Enum):
    """The kinds of problem: last part of `type`, status, title, and what is said when nothing better is known."""

    PARAMETER = (
        "parameter-invalid", 400, _("A parameter is not right"),
        _("Nothing was done. Correct the parameters named under errors and send the request again."),
    )  # fmt: skip
    BODY_MALFORMED = (
        "body-malformed", 400, _("The body is not valid JSON"),
        _("Nothing was stored. Send one JSON document in UTF-8."),
    )  # fmt: skip
    BODY = (
        "body-invalid", 400, _("The content of the request is not right"),
        _("Nothing was stored. Correct the fields named under errors and send the request again."),
    )  # fmt: skip
    BAD_REQUEST = (
        "bad-request", 400, _("The request cannot be understood"),
        _("Nothing was done. Compare the request with the description of the API."),
    )  # fmt: skip
    UNAUTHENTICATED = (
        "not-authenticated", 401, _("Sign-in is needed"),
        _("This address needs an access token that is valid now."),
    )  # fmt: skip
    FORBIDDEN = (
        "forbidden", 403, _("This is not allowed"),
        _("The client has no right to do this. Ask the administrator of the province for it."),
    )  # fmt: skip
    NOT_FOUND = (
        "not-found", 404, _("There is nothing here"),
        _("The address names nothing that exists. Addresses have no slash at the end."),
    )  # fmt: skip
    METHOD = (
        "method-not-allowed", 405, _("This method does not exist here"),
        _("The header Allow lists the methods of this address."),
    )  # fmt: skip
    NOT_ACCEPTABLE = (
        "not-acceptable", 406, _("This form of answer does not exist here"),
        _("The header Accept asks for a media type that this address does not produce."),
    )  # fmt: skip
    CONFLICT = (
        "conflict", 409, _("The state does not allow this"),
        _("Nothing was changed. Read the present state and decide again."),
    )  # fmt: skip
    IN_FLIGHT = (
        "request-in-flight", 409, _("The same request is still at work"),
        _("The first one with this Idempotency-Key has not ended yet. Send it again, unchanged, after Retry-After."),
    )  # fmt: skip
    PRECONDITION_FAILED = (
        "precondition-failed", 412, _("Somebody changed this in the meantime"),
        _("Nothing was changed. Read the present version and send its ETag in If-Match."),
    )  # fmt: skip
    TOO_LARGE = (
        "content-too-large", 413, _("The request is too large"),
        _("Nothing was stored. Send less at once."),
    )  # fmt: skip
    MEDIA_TYPE = (
        "unsupported-media-type", 415, _("Only JSON is accepted"),
        _("Nothing was stored. Send application/json."),
    )  # fmt: skip
    NOT_POSSIBLE = (
        "not-possible", 422, _("This cannot be done so"),
        _("Nothing was changed. The request is well formed, but a rule of the law or of the portal forbids it."),
    )  # fmt: skip
    KEY_REUSED = (
        "idempotency-key-reused", 422, _("The Idempotency-Key belongs to another request"),
        _("Nothing was done. Send the first request again unchanged, or this one with a new key."),
    )  # fmt: skip
    PRECONDITION_REQUIRED = (
        "precondition-required", 428, _("If-Match is missing"),
        _("Nothing was changed. Send the ETag of the version that you read in If-Match."),
    )  # fmt: skip
    TOO_MANY = (
        "too-many-requests", 429, _("Too many requests"),
        _("Wait as long as the header Retry-After says."),
    )  # fmt: skip
    SERVER = (
        "server-error", 500, _("The portal made a mistake"),
        _("Nothing was changed. The mistake is recorded. Try again in a few minutes."),
    )  # fmt: skip
    UNAVAILABLE = (
        "unavailable", 503, _("The portal cannot answer now"),
        _("Nothing was changed. Try again in a few minutes."),
    )  # fmt: skip
    BUSY = (
        "busy", 503, _("This is being changed at this very moment"),
        _("Nothing was changed. Send the request again, unchanged, after Retry-After."),
    )  # fmt: skip

    def __init__(self, code: str, status: int, title: Promise, detail: Promise) -> None:
        self.code = code
        self.status = status
        self.title = title
        self.detail = detail

    @property
    def uri(self) -> str:
        """Identifies the kind, and leads to its paragraph in the documentation."""
        return f"{settings.PUBLIC_ORIGIN}/api/v1/tai-lieu#{self.code}"


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: `pointer` is a parameter's name, or a JSON pointer when `where` is the body."""

    pointer: str
    code: str
    detail: str
    where: str = "query"

    def as_json(self) -> dict[str, str]:
        return {"in": self.where, "pointer": self.pointer, "code": self.code, "detail": str(self.detail)}


class Problem(exceptions.APIException):
    """Raise it anywhere in a view of the API. `members` are said beside the usual ones (RFC 9457 §3.2)."""

    def __init__(
        self,
        kind: Kind,
        detail: str = "",
        *,
        errors: Iterable[Fault] = (),
        members: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.kind = kind
        self.status_code = kind.status
        self.errors = tuple(errors)
        self.members = dict(members or {})
        self.headers = dict(headers or {})
        super().__init__(detail or str(kind.detail), kind.code)


def respond(
    request: HttpRequest,
    kind: Kind,
    *,
    status: int | None = None,
    detail: str = "",
    errors: Iterable[Fault] = (),
    members: Mapping[str, Any] | None = None,
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """The problem document. `instance` is the path without its query, which may hold what people typed."""
    body: dict[str, Any] = {
        "type": kind.uri,
        "title": str(kind.title),
        "status": status or kind.status,
        "detail": str(detail or kind.detail),
        "instance": request.path,
        **(members or {}),
    }
    if body["status"] >= Kind.SERVER.status and (number := getattr(request, "request_id", "")):
        body["reference"] = number[:12]  # to quote; the same as in our log
    if faults := [fault.as_json() for fault in errors]:
        body["errors"] = faults
    response = JsonResponse(
        body,
        status=body["status"],
        content_type=MEDIA_TYPE,
        headers=headers,
        json_dumps_params={"ensure_ascii": False},
    )
    response["Cache-Control"] = "no-store"
    return response


def from_status(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """A problem in place of an answer that Django or a middleware made without knowing of the API."""
    status = response.status_code
    kind = next((kind for kind in Kind if kind.status == status and kind is not Kind.PARAMETER), None)
    if status == 400:
        kind = Kind.BAD_REQUEST
    kind = kind or (Kind.SERVER if status >= 500 else Kind.BAD_REQUEST)
    headers = {name: response[name] for name in KEPT_HEADERS if name in response}
    return respond(request, kind, status=status, headers=headers)


def parameter_problem(*faults: Fault) -> Problem:
    names = ", ".join(dict.fromkeys(fault.pointer for fault in faults))
    detail = gettext("Nothing was done. Not right: %(names)s. See errors.") % {"names": names}
    return Problem(Kind.PARAMETER, detail, errors=faults)
