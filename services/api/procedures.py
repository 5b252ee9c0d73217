"""Procedures: the list, one with its parts, and what it asks."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from portal.api.base import PagedView, PublicView
from portal.api.problems import Kind, Problem
from portal.api.schema import page_of
from services.api import answers, parameters, schemas
from services.models import ProcedureVersion
from services.queries import catalogue as queries

TAGS = ["procedures"]


class ProcedureList(PagedView):
    parameters = (parameters.ON, parameters.Q, parameters.FIELD, parameters.LEVEL)
    keys = queries.KEYS

    @extend_schema(
        operation_id="listProcedures",
        tags=TAGS,
        summary=_("Procedures that hold on a day"),
        description=_("With q: the nearest first, by code, name and everyday words. Else by the Vietnamese alphabet."),
        responses=page_of(schemas.ProcedureSerializer),
    )
    def get(self, request: Request) -> Response:
        asked = queries.Filter(
            text=self.query["q"] or "", field=self.query["field"] or "", level=self.query["level"] or ""
        )
        found = self.page_of(request, queries.search(asked, on=self.query["on"]))
        return self.paged(request, found, answers.procedure)


class OneProcedure(PublicView):
    path_parameters = (parameters.CODE,)
    parameters = (parameters.ON,)

    def version(self, code: str) -> ProcedureVersion:
        found = queries.version_on(code, self.query["on"])
        if found is None:
            sentence = gettext("No procedure %(code)s holds on this day. Search: /api/v1/procedures?q=")
            raise Problem(Kind.NOT_FOUND, sentence % {"code": code})
        return found


class ProcedureDetail(OneProcedure):
    @extend_schema(
        operation_id="getProcedure",
        tags=TAGS,
        summary=_("One procedure with all published parts"),
        responses=schemas.ProcedureDetailSerializer,
    )
    def get(self, request: Request, code: str) -> Response:
        return Response(answers.detail(self.version(code)))


class ProcedureForm(OneProcedure):
    @extend_schema(
        operation_id="getProcedureForm",
        tags=TAGS,
        summary=_("What a procedure asks: schema and pages"),
        description=_(
            "Answers that the schema refuses are refused here too. The portal checks more, by its registers."
        ),
        responses=schemas.ProcedureFormSerializer,
    )
    def get(self, request: Request, code: str) -> Response:
        return Response(answers.form(self.version(code)))
