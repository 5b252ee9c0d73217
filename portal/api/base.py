"""The base of every endpoint."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from rest_framework.permissions import AllowAny, BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from portal.api import pagination, parameters, problems
from portal.api.parameters import Parameter


class ApiView(APIView):
    """One address. `parameters` are all it knows; their values stand in `self.query` before the method runs."""

    parameters: ClassVar[Sequence[Parameter]] = ()
    path_parameters: ClassVar[Sequence[Parameter]] = ()
    http_method_names = ["get", "head", "post", "put", "patch", "delete"]
    query: dict[str, Any]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        self.query = parameters.read_all(request.query_params, self.parameters)


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


class PagedView(PublicView):
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

    def page_of(self, request: Request, rows: QuerySet[Any]) -> pagination.Page:
        return pagination.page(
            rows,
            keys=self.keys,
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


@csrf_exempt
@login_not_required
def nothing_here(request: HttpRequest, **_kwargs: Any) -> HttpResponse:
    """Every address under /api/ that no other pattern knows, whatever the method."""
    return problems.respond(request, problems.Kind.NOT_FOUND)
