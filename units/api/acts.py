"""Reorganisations: the legal acts that changed units, those decided for days to come included."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from portal.api.base import PagedView, PublicView
from portal.api.problems import Kind, Problem
from portal.api.schema import page_of
from units.api import answers, parameters, schemas
from units.models import ReorgEvent
from units.states import ActState

# Drafts are nobody's business until they are decided.
PUBLIC = (ActState.SCHEDULED, ActState.EFFECTIVE, ActState.CORRECTED)
TAGS = ["reorganisations"]


class ActList(PagedView):
    keys = ("effective_on", "id")
    parameters = (parameters.KIND,)

    @extend_schema(
        operation_id="listReorganisations",
        tags=TAGS,
        summary=_("Legal acts by their effective day"),
        description=_("Decided acts only; an effective day that nobody has confirmed yet is marked."),
        responses=page_of(schemas.ActSerializer),
    )
    def get(self, request: Request) -> Response:
        acts = ReorgEvent.objects.filter(state__in=PUBLIC)
        if self.query["kind"] is not None:
            acts = acts.filter(kind=self.query["kind"])
        return self.paged(request, self.page_of(request, acts), answers.act)


class ActDetail(PublicView):
    path_parameters = (parameters.ACT_ID,)

    @extend_schema(
        operation_id="getReorganisation",
        tags=TAGS,
        summary=_("One legal act"),
        description=_("With its number, its day of decision and its effective day."),
        responses=schemas.ActSerializer,
    )
    def get(self, request: Request, pk: int) -> Response:
        act = ReorgEvent.objects.filter(state__in=PUBLIC, pk=pk).first()
        if act is None:
            raise Problem(
                Kind.NOT_FOUND,
                gettext("There is no act %(id)d. They are listed at /api/v1/reorganisations") % {"id": pk},
            )
        return Response(answers.act(act))
