"""openapi.json: problems, headers and parameters, which drf-spectacular can't know, from the views' declarations."""

import functools
from typing import Any, Literal

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from drf_spectacular import openapi
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.plumbing import ResolvedComponent
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers

from portal.api import problems
from portal.api.base import KEY, REPLAYED, SAFE, ApiView, AskingView, MemberView, WritingView
from portal.api.middleware import VERSION_HEADER
from portal.api.pagination import CURSOR
from portal.api.parameters import Parameter


class ProblemErrorSerializer(serializers.Serializer[Any]):
    """One fault of a request."""

    pointer = serializers.CharField(help_text=_("The parameter's name, or a JSON pointer into the body."))
    code = serializers.CharField(help_text=_("Stable; for programs."))
    detail = serializers.CharField(help_text=_("For people."))

    def get_fields(self) -> dict[str, Any]:
        # `in` is a word of Python and can't stand as an attribute
        where = serializers.ChoiceField(
            choices=["query", "path", "header", "body"], help_text=_("Which part of the request is wrong.")
        )
        return {"in": where, **super().get_fields()}


class ProblemSerializer(serializers.Serializer[Any]):
    """Problem details after RFC 9457."""

    type = serializers.URLField(help_text=_("Identifies the kind of problem and leads to its explanation."))
    title = serializers.CharField(help_text=_("The kind of problem in words."))
    status = serializers.IntegerField(min_value=400, max_value=599, help_text=_("The HTTP status."))
    detail = serializers.CharField(help_text=_("What happened, what was kept, what to do next."))
    instance = serializers.CharField(help_text=_("The path that was asked for."))
    reference = serializers.CharField(
        required=False, help_text=_("With mistakes of the portal: the number to quote when you report it.")
    )

    def get_fields(self) -> dict[str, Any]:
        # every serializer has `errors` of its own, so the field can't stand as an attribute
        errors = ProblemErrorSerializer(many=True, required=False, help_text=_("Every fault that was found."))
        changed_by = serializers.CharField(
            required=False, help_text=_("With a version that is not the present one: who changed it last.")
        )
        changed_at = serializers.DateTimeField(
            required=False, help_text=_("With a version that is not the present one: when it was changed.")
        )
        return {**super().get_fields(), "changedBy": changed_by, "changedAt": changed_at, "errors": errors}


@functools.cache
def page_of(item: type[serializers.Serializer[Any]]) -> type[serializers.Serializer[Any]]:
    """The schema of one page of `item`, named after it: Unit -> UnitPage."""
    name = item.__name__.removesuffix("Serializer")
    fields = {
        "items": item(many=True, help_text=_("The entries of this page, in order.")),
        "next": serializers.URLField(
            allow_null=True, help_text=_("The address of the next page; null on the last one.")
        ),
        "prev": serializers.URLField(
            allow_null=True, help_text=_("The address of the page before; null on the first one.")
        ),
        "__doc__": f"A page of {name} entries.",
    }
    return type(f"{name}PageSerializer", (serializers.Serializer,), fields)


def _described(parameter: Parameter, location: Literal["path", "query"]) -> OpenApiParameter:
    return OpenApiParameter(
        name=parameter.name,
        location=location,
        type=dict(parameter.schema) | ({"example": parameter.example} if parameter.example else {}),
        required=parameter.required or location == "path",
        description=parameter.description,
    )


_Component: Any = ResolvedComponent  # it carries no types


class AutoSchema(openapi.AutoSchema):
    def get_override_parameters(self) -> list[Any]:
        view = self.view
        path = [_described(p, "path") for p in getattr(view, "path_parameters", ())]
        asked = view.parameters_for(self.method) if isinstance(view, ApiView) else ()
        query = [_described(p, "query") for p in asked]
        return path + query + self._request_headers()

    @property
    def _writing(self) -> WritingView | None:
        """The view, when this method of it writes."""
        return self.view if isinstance(self.view, WritingView) and self.method not in SAFE else None

    @property
    def _taking(self) -> WritingView | AskingView | None:
        """The view, when this method of it takes a body that it declares."""
        if isinstance(self.view, AskingView) and self.method not in SAFE:
            return self.view
        return self._writing

    @property
    def _must_match(self) -> bool:
        return self._writing is not None and self.method in self._writing.must_match

    def _request_headers(self) -> list[OpenApiParameter]:
        headers = []
        if self._writing:
            headers.append(
                OpenApiParameter(
                    name=KEY,
                    location="header",
                    type={
                        "type": "string",
                        "pattern": "^[!-~]{1,255}$",
                        "example": "f3b0c442-98fc-4c14-9afb-4c8996fb9242",
                    },
                    required=self.method == "POST",
                    description=_(
                        "A new one for each thing you want done; the same one when you send the same request again. "
                        "For 24 hours it gives the first answer instead of a second effect."
                    ),
                )
            )
        if self._must_match:
            headers.append(
                OpenApiParameter(
                    name="If-Match",
                    location="header",
                    type={
                        "type": "string",
                        "pattern": '^"[!#-~]{1,100}"$',
                        "example": '"0f1e2d3c4b5a69788796a5b4c3d2e1f0"',
                    },
                    required=True,
                    description=_("The ETag of the version that you have read."),
                )
            )
        return headers

    def get_request_serializer(self) -> Any:
        return {} if self._taking else super().get_request_serializer()

    def get_operation(self, *args: Any, **kwargs: Any) -> Any:
        """With the body that the view declares in `bodies`; shapes of other views come from their serializers."""
        operation = super().get_operation(*args, **kwargs)
        taking = self._taking
        body = taking.bodies.get(self.method) if taking else None
        if operation is None or taking is None or body is None:
            return operation
        name = f"{body.name}Request"  # the answer to it often has the plain name
        component: Any = _Component(name=name, type=_Component.SCHEMA, schema=body.described(), object=name)
        self.registry.register_on_missing(component)
        operation["requestBody"] = {
            "required": any(field.required for field in body.fields.values()),
            "content": {taking.media_type: {"schema": component.ref, "example": body.example}},
        }
        return operation

    def get_filter_backends(self) -> list[Any]:
        return []  # filters are declared parameters

    def _get_response_bodies(self, direction: Any = "response") -> dict[str, Any]:
        bodies: dict[str, Any] = super()._get_response_bodies(direction)
        for status, body in bodies.items():
            body["description"] = body.get("description") or _("The answer.")
            body["headers"] = self._headers(status)
        if self._revalidates and "200" in bodies:
            bodies["304"] = {"description": _("Unchanged since the ETag given."), "headers": self._headers("304")}
        return bodies | {str(kind.status): self._problem(kind) for kind in self._problems()}

    def _headers(self, status: str) -> dict[str, Any]:
        headers: dict[str, Any] = {
            VERSION_HEADER: {
                "description": _("The version of this API."),
                "required": True,
                "schema": {"type": "string", "example": settings.API_VERSION},
            }
        }
        if self._revalidates and status in {"200", "304"} and not getattr(self.view, "streams", False):
            headers["ETag"] = {
                "description": _("Strong validator; send it back in If-None-Match."),
                "schema": {"type": "string"},
            }
        is_list = self.method == "GET" and CURSOR in getattr(self.view, "parameters", ())
        if isinstance(self.view, WritingView) and status in {"200", "201"} and not is_list:
            headers["ETag"] = {
                "description": _("The version shown; send it back in If-Match when you change it."),
                "schema": {"type": "string"},
            }
        if self._writing:
            headers[REPLAYED] = {
                "description": _("true when this is the first answer again and nothing was done now."),
                "schema": {"type": "string", "enum": ["true"]},
            }
            if status == "201":
                headers["Location"] = {
                    "description": _("The address of what was made."),
                    "schema": {"type": "string"},
                }
        if status == "200" and is_list:
            headers["Link"] = {
                "description": _("The neighbouring pages, rel next and prev (RFC 8288)."),
                "schema": {"type": "string"},
            }
        return headers

    @property
    def _revalidates(self) -> bool:
        """Answers for one principal are kept by nobody, so there is nothing to ask again for."""
        return self.method == "GET" and not isinstance(self.view, MemberView)

    def _problems(self) -> list[problems.Kind]:
        kinds = [problems.Kind.PARAMETER]
        if not self.get_auth_is_public():
            kinds += [problems.Kind.UNAUTHENTICATED, problems.Kind.FORBIDDEN]
        if "{" in self.path:
            kinds.append(problems.Kind.NOT_FOUND)
        kinds.append(problems.Kind.NOT_ACCEPTABLE)
        if self.method in {"POST", "PUT", "PATCH"} or self._writing:
            kinds += [problems.Kind.TOO_LARGE, problems.Kind.MEDIA_TYPE]
        if self._writing:
            kinds += [problems.Kind.CONFLICT, problems.Kind.NOT_POSSIBLE]
        if self._must_match:
            kinds += [problems.Kind.PRECONDITION_FAILED, problems.Kind.PRECONDITION_REQUIRED]
        kinds += getattr(self.view, "further_problems", ())
        return [*kinds, problems.Kind.TOO_MANY, problems.Kind.SERVER]

    def get_auth_is_public(self) -> bool:
        return any(permission.__class__.__name__ == "AllowAny" for permission in self.view.get_permissions())

    def _problem(self, kind: problems.Kind) -> dict[str, Any]:
        reference = self.resolve_serializer(ProblemSerializer, "response").ref
        example = {
            "type": kind.uri,
            "title": kind.title,
            "status": kind.status,
            "detail": kind.detail,
            "instance": self.path,
        }
        body: dict[str, Any] = {
            "description": kind.title,
            "content": {problems.MEDIA_TYPE: {"schema": reference, "example": example}},
        }
        if kind in {problems.Kind.TOO_MANY, problems.Kind.CONFLICT}:
            body["headers"] = {
                "Retry-After": {"description": _("Seconds to wait."), "schema": {"type": "integer", "minimum": 1}}
            }
        return body


@functools.lru_cache(maxsize=len(settings.LANGUAGES))
def document(language: str) -> dict[str, Any]:
    """The description in one language; built once per process."""
    generator: Any = SchemaGenerator  # it carries no types
    with translation.override(language):
        built: dict[str, Any] = generator(urlconf=None).get_schema(request=None, public=True)
    return built
