"""The tree of a day as one CSV file."""

from collections.abc import Iterator
from datetime import date

from django.http import StreamingHttpResponse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from portal.api import sheets
from portal.api.base import PublicView
from units import queries
from units.api import parameters
from units.api.answers import last_day
from units.kinds import Level
from units.models import UnitVersion, UnitVersionQuerySet

LEVELS = [level.value for level in Level]  # from the country down
HEAD = (
    "id", "code", "level", "type", "name", "fullName", "parentId", "parentCode", "parentFullName", "validFromDate",
    "validToDate",
)  # fmt: skip


class CsvRenderer(BaseRenderer):
    """For the negotiation only: the view streams the file itself."""

    media_type = "text/csv"
    format = "csv"

    def render(self, data: object, accepted_media_type: str | None = None, renderer_context: object = None) -> bytes:
        raise NotImplementedError


class UnitSheet(PublicView):
    parameters = (parameters.ON, parameters.LEVEL, parameters.PARENT)
    renderer_classes = (CsvRenderer,)
    streams = True

    @extend_schema(
        operation_id="downloadUnits",
        tags=["units"],
        summary=_("The units of a day as CSV"),
        description=_(
            "All units that live on the day, by level and the Vietnamese alphabet; UTF-8 with byte order mark, "
            "streamed. A cell that a spreadsheet would run begins with an apostrophe."
        ),
        responses={(200, "text/csv"): OpenApiResponse(OpenApiTypes.STR, description=_("The file."))},
    )
    def get(self, request: Request) -> StreamingHttpResponse:
        on = self.query["on"]
        versions = UnitVersion.objects.at(on)
        if self.query["level"] is not None:
            versions = versions.filter(unit__level=self.query["level"])
        if self.query["parent"] is not None:
            versions = versions.filter(parent_id=self.query["parent"])
        return sheets.answer(f"units-{on.isoformat()}.csv", HEAD, _rows(versions, on))


def _rows(versions: UnitVersionQuerySet, on: date) -> Iterator[tuple[object, ...]]:
    """Three statements whatever the number of rows."""
    found = list(versions.select_related("unit").in_order())
    found.sort(key=lambda version: LEVELS.index(version.unit.level))
    parents = queries.versions_at(list({version.parent_id for version in found if version.parent_id}), on)
    codes = queries.codes_at([*{version.unit_id for version in found}, *parents], on)
    for version in found:
        parent = parents.get(version.parent_id or 0)
        yield (
            version.unit_id,
            codes.get(version.unit_id, ""),
            version.unit.level,
            version.type,
            version.name,
            version.full_name,
            version.parent_id,
            codes.get(version.parent_id or 0, ""),
            parent.full_name if parent else "",
            version.valid_from.isoformat(),
            last_day(version.valid_until),
        )
