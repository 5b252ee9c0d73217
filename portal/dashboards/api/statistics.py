"""Figures for officers and programs: the same numbers, lists and deed as the pages."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from portal.api import bodies
from portal.api.base import MemberPagedView, MemberView, WritingView
from portal.api.bodies import Body
from portal.api.problems import Kind, Problem
from portal.api.schema import page_of
from portal.dashboards.api import answers, parameters, schemas
from portal.dashboards.indicators.reporting import report_of
from portal.dashboards.measures import Wish
from portal.dashboards.models import DossierFact
from portal.dashboards.operations.freezing import freeze_report
from portal.dashboards.periods import Period
from portal.dashboards.policies import Capability, may_freeze, may_see_figures, units_of
from portal.dashboards.queries.lists import KEYS, dossiers
from portal.dashboards.queries.opened import as_of
from portal.dashboards.queries.places import Place, place_of
from portal.dashboards.queries.procedures import procedure_of
from portal.dashboards.queries.reports import frozen
from portal.dashboards.states import Cause, Measure, Role
from portal.isolation import scope
from units.queries import Unanswerable

TAGS = ["statistics"]
FREEZING = Body(
    "IndexReport",
    bodies.number("unit", _("The unit's number in this portal."), lowest=1, highest=10**15, example=1),
    bodies.text(
        "period",
        _("A month, quarter or year that is over."),
        longest=7,
        pattern=r"(202[5-9]|20[3-9][0-9])(-(0[1-9]|1[0-2])|-q[1-4])?",
        hint=_("A month as 2026-11, a quarter as 2026-q4 or a year as 2026, from 2025 on."),
        example="2026-q3",
    ),
)


def place_for(user: Any, unit_id: int | None, now: datetime) -> Place:
    """Raises the 404 for strangers and for units that do not live today, the 403 for who sees no figures at all."""
    held = units_of(user, localdate(now)) if not user.is_citizen else []
    if not held:
        raise Problem(Kind.FORBIDDEN)
    chosen = unit_id or held[0]
    if not may_see_figures(user, chosen):
        raise Problem(Kind.NOT_FOUND)
    try:
        return place_of(chosen, localdate(now))
    except Unanswerable:
        raise Problem(Kind.NOT_FOUND) from None


class FiguresView(MemberView):
    capability = Capability.STATISTICS_VIEW.value

    def asked(self) -> tuple[Place, Wish]:
        now = timezone.now()
        place = place_for(self.principal, self.query["unit"], now)
        code = self.query.get("procedure")
        wish = Wish(
            role=Role(self.query.get("role") or Role.COMPETENT),
            ids=tuple(place.ids),
            period=self.query["period"] or Period.around(localdate(now)),
            now=now,
            procedure=procedure_of(code) if code else None,
        )
        return place, wish


class Statistics(FiguresView):
    parameters = (parameters.UNIT, parameters.PERIOD, parameters.ROLE, parameters.PROCEDURE)

    @extend_schema(
        operation_id="getStatistics",
        tags=TAGS,
        summary=_("The figures of a unit and a period"),
        description=_("Each figure stands in front of a list of dossiers: the same parameters at statistics/dossiers."),
        responses=schemas.StatisticsSerializer,
    )
    def get(self, request: Request) -> Response:
        place, wish = self.asked()
        with scope(units=place.ids):
            return Response(answers.statistics(place, wish))


class FigureDossiers(MemberPagedView, FiguresView):
    keys = KEYS
    parameters = (
        parameters.UNIT, parameters.PERIOD, parameters.ROLE, parameters.PROCEDURE, parameters.MEASURE,
        parameters.CAUSE, parameters.LACKING,
    )  # fmt: skip

    @extend_schema(
        operation_id="listFigureDossiers",
        tags=TAGS,
        summary=_("The dossiers behind a figure"),
        description=_("As many as the figure says, the newest filing first; without anything of their people."),
        responses=page_of(schemas.FigureDossierSerializer),
    )
    def get(self, request: Request) -> Response:
        place, wish = self.asked()
        measure, cause = self.query["measure"] or Measure.OVERDUE, self.query["cause"]
        lacking = self.query["counted"] == "no"
        with scope(units=place.ids):
            found = dossiers(Measure(measure), wish, cause=Cause(cause) if cause else None, lacking=lacking)

            def build(row: DossierFact) -> dict[str, Any]:
                return answers.dossier(row)

            return self.paged(request, self.page_of(request, found), build)


class IndexReports(WritingView, FiguresView):
    parameters = (parameters.UNIT, parameters.PERIOD)
    bodies = {"POST": FREEZING}

    def capability_for(self, method: str) -> str:
        return self.capability if method == "GET" else ""  # a report is answered for by people

    @extend_schema(
        operation_id="getIndexReport",
        tags=TAGS,
        summary=_("The service index of a unit and a period"),
        description=_("By the formulas of the decision on the index; as it was frozen, where it was."),
        responses=schemas.IndexReportSerializer,
    )
    def get(self, request: Request) -> Response:
        place, wish = self.asked()
        return Response(self._shown(place, wish))

    @extend_schema(
        operation_id="freezeIndexReport",
        tags=TAGS,
        summary=_("Freeze the index of a period that is over"),
        description=_("Once; from then on the period is shown as it was reported."),
        responses={201: schemas.IndexReportSerializer},
    )
    def post(self, request: Request) -> Response:
        place = place_for(self.principal, self.data["unit"], self.now)
        period = Period.of(self.data["period"])
        wish = Wish(Role.COMPETENT, tuple(place.ids), period, self.now)
        with scope(units=place.ids):
            content = report_of(place, wish)
            freeze_report(unit_id=place.unit_id, period=period, content=content, actor=self.principal, now=self.now)
        return self.answer(self._shown(place, wish), status=201)

    def _shown(self, place: Place, wish: Wish) -> dict[str, Any]:
        may = may_freeze(self.principal, place.unit_id) and wish.period.is_over(localdate(wish.now))
        with scope(units=place.ids):
            kept = frozen(place.unit_id, wish.period)
            content = kept.content if kept else report_of(place, wish)
            return answers.report(content, kept, as_of=as_of(), may_freeze=may and kept is None)
