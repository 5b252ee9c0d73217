"""Open figures of all units: pages of JSON, and one CSV file."""

from collections.abc import Iterator

from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from portal.api import sheets
from portal.api.base import PagedView, PublicView
from portal.api.schema import page_of
from portal.dashboards.api import answers, parameters, schemas
from portal.dashboards.api.renderers import CsvRenderer
from portal.dashboards.periods import Period
from portal.dashboards.queries.opened import all_units, smallest_on
from units.models import UnitVersion
from units.queries.nearest import nearest_versions

TAGS = ["open-data"]
HEAD = ("unitId", "fullName", "received", "finished", "onTimeShare", "onlineShare", "digitisedShare")


class UnitStatistics(PagedView):
    keys = ("sort_key", "id")
    parameters = (parameters.PERIOD,)

    @extend_schema(
        operation_id="listUnitStatistics",
        tags=TAGS,
        summary=_("Open figures by unit"),
        description=_(
            "Units that live today and had dossiers in the period, by the Vietnamese alphabet. A number that is too "
            "small to be published is null, and so is a share that would give it away."
        ),
        responses=page_of(schemas.OpenUnitStatisticsSerializer),
    )
    def get(self, request: Request) -> Response:
        on = localdate(timezone.now())
        period = self.query["period"] or Period.around(on)
        flows, smallest = all_units(period, on), smallest_on(period)
        versions = UnitVersion.objects.at(on).filter(unit_id__in=list(flows))

        def build(version: UnitVersion) -> dict[str, object]:
            return answers.open_unit(version.unit_id, version.full_name, flows[version.unit_id], smallest)

        return self.paged(request, self.page_of(request, versions), build)


class UnitStatisticsSheet(PublicView):
    parameters = (parameters.PERIOD,)
    renderer_classes = (CsvRenderer,)
    streams = True

    @extend_schema(
        operation_id="downloadUnitStatistics",
        tags=TAGS,
        summary=_("Open figures of all units as CSV"),
        description=_("The same columns; units that were split and ended stand under their last names."),
        responses={(200, "text/csv"): OpenApiResponse(OpenApiTypes.STR, description=_("The file."))},
    )
    def get(self, request: Request) -> StreamingHttpResponse:
        on = localdate(timezone.now())
        period = self.query["period"] or Period.around(on)
        return sheets.answer(f"unit-statistics-{period.code}.csv", HEAD, _rows(period))


def _rows(period: Period) -> Iterator[list[object]]:
    on = localdate(timezone.now())
    flows, smallest = all_units(period, on), smallest_on(period)
    names = nearest_versions(flows, on)
    for unit_id, version in sorted(names.items(), key=lambda pair: (pair[1].sort_key, pair[0])):
        told = answers.open_unit(unit_id, version.full_name, flows[unit_id], smallest)
        yield [told[name] for name in HEAD]
