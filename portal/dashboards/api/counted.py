"""The lists behind figures that are no dossiers: petitions, and the procedures of an indicator."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from portal.api.base import MemberPagedView
from portal.api.schema import page_of
from portal.dashboards.api import answers, parameters, schemas
from portal.dashboards.api.statistics import TAGS, FiguresView
from portal.dashboards.indicators.catalogue import OF_PROCEDURES, indicators
from portal.dashboards.indicators.reporting import count
from portal.dashboards.indicators.subject import Subject
from portal.dashboards.models import PetitionFact
from portal.dashboards.queries import petitions
from portal.dashboards.queries.names import procedures as names_of
from portal.dashboards.states import PetitionMeasure
from portal.isolation import scope
from services.models import Procedure


class FigurePetitions(MemberPagedView, FiguresView):
    keys = petitions.KEYS
    parameters = (parameters.UNIT, parameters.PERIOD, parameters.PETITION_MEASURE, parameters.LACKING)

    @extend_schema(
        operation_id="listFigurePetitions",
        tags=TAGS,
        summary=_("The petitions behind a figure"),
        description=_("Newest first, without a word of what they say; one that complains about you is left out."),
        responses=page_of(schemas.FigurePetitionSerializer),
    )
    def get(self, request: Request) -> Response:
        place, wish = self.asked()
        measure = PetitionMeasure(self.query["measure"] or PetitionMeasure.FILED)
        end = petitions.end_of(wish)
        with scope(units=place.ids, citizen=self.principal.pk):
            found = petitions.listed(measure, wish, lacking=self.query["counted"] == "no")

            def build(row: PetitionFact) -> dict[str, Any]:
                return answers.petition(row, late=row.late_from is not None and row.late_from < end)

            return self.paged(request, self.page_of(request, found), build)


class IndicatorProcedures(MemberPagedView, FiguresView):
    keys = ("code", "id")
    parameters = (
        parameters.UNIT, parameters.PERIOD, parameters.ROLE, parameters.INDICATOR, parameters.LACKING,
    )  # fmt: skip

    @extend_schema(
        operation_id="listIndicatorProcedures",
        tags=TAGS,
        summary=_("The procedures behind an indicator"),
        description=_("Of indicators that count procedures: those that count, or those that do not."),
        responses=page_of(schemas.IndicatorProcedureSerializer),
    )
    def get(self, request: Request) -> Response:
        place, wish = self.asked()
        key = self.query["indicator"] or OF_PROCEDURES[0]
        indicator = next(one for one in indicators() if one.id == key)
        with scope(units=place.ids):
            subject = Subject(place, wish)
            subject.read({})
            counted = count(indicator, subject)
        found = counted.procedures or frozenset()
        chosen = counted.among - found if self.query["counted"] == "no" else found
        rows = Procedure.objects.filter(pk__in=chosen)
        page = self.page_of(request, rows)
        names = names_of({row.pk for row in page.rows})

        def build(row: Procedure) -> dict[str, Any]:
            return {"code": row.code, "name": names.get(row.pk, ("", ""))[1]}

        return self.paged(request, page, build)
