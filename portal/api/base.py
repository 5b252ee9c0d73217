"""The base of every endpoint."""

import re
import uuid
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar, TypeVar

from django.contrib.auth.decorators import login_not_required
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from rest_framework.permissions import AllowAny, BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from portal.api import bodies, idempotency, pagination, parameters, problems, revisions
from portal.api.bodies import Body
from portal.api.parameters import Parameter
from portal.api.problems import Fault, Kind, Problem

KEY = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
KEY_SHAPE = re.compile(r"[\x21-\x7e]{1,255}", re.ASCII)
KEPT_HEADERS = ("ETag", "Location")
SAFE = frozenset({"GET", "HEAD"})
RETRY_AFTER = 1  # seconds; a deed takes less

M = TypeVar("M", bound=Model)


class ApiView(APIView):
    """One address. `parameters` are all it knows; their values stand in `self.query` before the method runs."""

    parameters: ClassVar[Sequence[Parameter]] = ()
    path_parameters: ClassVar[Sequence[Parameter]] = ()
    http_method_names = ["get", "head", "post", "put", "patch", "delete"]
    capability: ClassVar[str] = ""  # what a program must hold to come here; empty: people only
    further_problems: ClassVar[Sequence[Kind]] = ()  # that this address answers with, for the description
    query: dict[str, Any]

    def capability_for(self, method: str) -> str:
        """Where one address does several things: another answer for each method."""
        return self.capability

    def parameters_for(self, method: str) -> Sequence[Parameter]:
        return self.parameters

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        self.query = parameters.read_all(request.query_params, self.parameters_for(str(request.method)))


class PublicView(ApiView):
    """Open data: nobody signs in, nobody is recognised, shared caches may keep the answer for a minute."""

    authentication_classes: Sequence[type] = ()
    permission_classes: Sequence[type[BasePermission]] = (AllowAny,)
    max_age: ClassVar[int] = 60  # seconds

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        if response.status_code < 400:
            response["Cache-Control"] = f"public, max-age={self.max_age}"
        return response


class AskingView(ApiView):
    """A question whose words belong into no address: POST, nobody signs in, nothing is done, nobody keeps the answer.

    It may be sent again as often as its rate allows, so it needs no key.
    """

    authentication_classes: Sequence[type] = ()
    permission_classes: Sequence[type[BasePermission]] = (AllowAny,)
    bodies: ClassVar[Mapping[str, Body]] = {}
    media_type: ClassVar[str] = "application/json"
    data: dict[str, Any]
    now: datetime

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        self.now = timezone.now()
        if str(request.method) not in SAFE:
            self.data = self.bodies[str(request.method)].read(request.data if request.body else {})

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        return response


class Paged(ApiView):
    """A list in pages. `parameters` of a subclass are its filters; page size and cursor come by themselves."""

    keys: ClassVar[Sequence[str]] = ("id",)

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        own = tuple(p for p in cls.parameters if p not in pagination.PAGING)
        cls.parameters = (*own, *pagination.PAGING)

    def selection(self, request: Request) -> str:
        chosen = pagination.selection_of(request.path, self.query, self.parameters)
        pagination.check_selection(self.query["cursor"], chosen)
        return chosen

    def order(self) -> Sequence[str]:
        """Where a filter chooses between several: the keys of this answer."""
        return self.keys

    def page_of(self, request: Request, rows: QuerySet[Any]) -> pagination.Page:
        return pagination.page(
            rows,
            keys=self.order(),
            limit=self.query["limit"],
            cursor=self.query["cursor"],
            selection=self.selection(request),
        )

    def paged(self, request: Request, found: pagination.Page, build: Callable[[Any], Mapping[str, Any]]) -> Response:
        addresses = pagination.links(request, found, values=self.query, declared=self.parameters)
        body = {"items": [build(row) for row in found.rows], **addresses}
        response = Response(body)
        if header := pagination.link_header(addresses):
            response["Link"] = header
        return response


class PagedView(Paged, PublicView):
    """A list of open data."""


class MemberView(ApiView):
    """For people who are signed in, and for programs whose token names `capability`. Nobody keeps the answer."""

    @property
    def principal(self) -> Any:
        """The user who asks, a person or a program; the actor of what is done."""
        return self.request.user

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        return response


class MemberPagedView(Paged, MemberView):
    """A list of what this principal may see."""


class _Replay(Exception):
    """Leaves the method out: the answer is known."""

    def __init__(self, kept: Any) -> None:
        self.response = HttpResponse(bytes(kept.body), status=kept.status, content_type="application/json")
        for name, value in kept.headers.items():
            self.response[name] = value
        self.response[REPLAYED] = "true"


class WritingView(MemberView):
    """POST, PUT, PATCH and DELETE; GET too, where the same address shows what it changes.

    POST needs the header Idempotency-Key, the other methods may bring it. The first answer under 400 is kept for 24
    hours in the transaction of the effect, and given again to the same request. `must_match` names the methods that
    need If-Match: they find their row by `self.existing(...)`. `bodies` declares what each method takes, without an
    entry nothing; the values stand in `self.data`. An app's refusals become problems by `portal.api.refusals.register`.
    """

    bodies: ClassVar[Mapping[str, Body]] = {}
    media_type: ClassVar[str] = "application/json"  # of the bodies, for the description
    must_match: ClassVar[frozenset[str]] = frozenset({"PUT", "PATCH", "DELETE"})
    data: dict[str, Any]
    now: datetime
    attempt: idempotency.Attempt | None = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)  # who asks, whether they may come here, how often
        self.now = timezone.now()
        method = str(request.method)
        if method in SAFE or not hasattr(self, method.lower()):
            return
        key = self._key(request)
        if method in self.must_match and request.headers.get("If-Match", "*").strip() in {"", "*"}:
            raise Problem(Kind.PRECONDITION_REQUIRED)
        if key:
            self.attempt = self._first_time(request, key)
        self.data = self._body(request)

    def handle_exception(self, exc: Exception) -> Any:
        return exc.response if isinstance(exc, _Replay) else super().handle_exception(exc)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        if self.attempt and response.status_code < 400:
            if isinstance(response, Response):
                response.render()
            headers = {name: response[name] for name in KEPT_HEADERS if name in response}
            idempotency.keep(
                self.attempt, status=response.status_code, headers=headers, body=response.content, now=self.now
            )
        return response

    def parameters_for(self, method: str) -> Sequence[Parameter]:
        """Filters and pages are for reading."""
        return self.parameters if method in SAFE else ()

    def existing(self, rows: QuerySet[M], *, last: Callable[[M], revisions.Change] | None = None, **which: Any) -> M:
        """The one row of `rows`, locked, in the version that the client has seen: else 404 or 412.

        `last` tells who changed it when, in words that this principal may read.
        """
        row = rows.select_for_update(of=("self",)).filter(**which).first()
        if row is None:
            raise Problem(Kind.NOT_FOUND)
        if self.request.method in self.must_match:
            present, given = self.etag_of(row), self.request.headers["If-Match"]
            revisions.check(present, given, last=(lambda: last(row)) if last else None)
        return row

    def revision_of(self, row: Any) -> object:
        """What moves with each change of the row."""
        return row.revision

    def etag_of(self, row: Model) -> str:
        return revisions.etag(row, self.revision_of(row))

    def answer(
        self, body: Mapping[str, Any] | None, *, status: int = 200, row: Model | None = None, location: str = ""
    ) -> Response:
        """`row` gives the ETag of its present version; `location` is the path of what was made."""
        response = Response(body, status=status)
        if row is not None:
            response["ETag"] = self.etag_of(row)
        if location:
            response["Location"] = location
        return response

    def _key(self, request: Request) -> str:
        key = str(request.headers.get(KEY, ""))
        if key and not KEY_SHAPE.fullmatch(key):
            sentence = gettext("A key has 1 to 255 letters, digits and signs, without blanks and accents.")
            raise Problem(Kind.PARAMETER, errors=[Fault(KEY, "malformed", sentence, where="header")])
        if not key and request.method == "POST":
            sentence = gettext("Give each POST its own key, such as a random UUID, and repeat it when you send again.")
            raise Problem(Kind.PARAMETER, errors=[Fault(KEY, "required", sentence, where="header")])
        return key

    def _first_time(self, request: Request, key: str) -> idempotency.Attempt:
        """Raises _Replay when it is not."""
        operation = f"{request.method} {request.path}"
        said = (operation.encode(), request.META.get("QUERY_STRING", "").encode(), *self.said(request))
        principal: uuid.UUID = self.principal.pk
        attempt = idempotency.Attempt(principal, key, operation, idempotency.fingerprint(*said))
        try:
            kept = idempotency.earlier(attempt, now=self.now)
        except idempotency.InFlightError:
            raise Problem(Kind.IN_FLIGHT, headers={"Retry-After": str(RETRY_AFTER)}) from None
        except idempotency.KeyReusedError:
            raise Problem(Kind.KEY_REUSED) from None
        if kept is not None:
            raise _Replay(kept)
        return attempt

    def said(self, request: Request) -> tuple[bytes, ...]:
        """By what the same request is known again."""
        return (request.body,)

    def sent(self, request: Request) -> Any:
        """What the declared body reads."""
        return request.data if request.body else {}

    def _body(self, request: Request) -> dict[str, Any]:
        return self.bodies.get(str(request.method), bodies.EMPTY).read(self.sent(request))


@csrf_exempt
@login_not_required
def nothing_here(request: HttpRequest, **_kwargs: Any) -> HttpResponse:
    """Every address under /api/ that no other pattern knows, whatever the method."""
    return problems.respond(request, problems.Kind.NOT_FOUND)
