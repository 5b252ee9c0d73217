"""Any list of an officer as a file over REST: the columns, the rows and the record of its page."""

from collections.abc import Sequence
from copy import copy
from typing import ClassVar

from django.core.exceptions import PermissionDenied
from django.http import Http404, QueryDict
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request

from portal.api import parameters
from portal.api.base import MemberView
from portal.api.parameters import Parameter
from portal.api.problems import Fault, Kind, Problem, parameter_problem
from portal.api.tables import CSV
from services.api.list_parameters import AS, PURPOSE
from services.api.lists import TAGS, CsvRenderer, XlsxRenderer
from services.list_files import too_many
from services.models.lists import QUERY_LENGTH
from services.sheets import SHEETS, Wish, sent

KEY = Parameter(
    name="key", description=_("Which list."), schema={"type": "string", "enum": sorted(SHEETS)}, required=True,
    example="dang-cho",
)  # fmt: skip
QUERY = parameters.text(
    "query", _("The filter: the address of the list's page without its path."), longest=QUERY_LENGTH,
    example="nhom=nhan",
)  # fmt: skip
COLUMNS = parameters.text(
    "columns", _("Keys of columns with commas between; those that name nobody when left out."), longest=200,
    example="dossier,due",
)  # fmt: skip


class ListSheet(MemberView):
    path_parameters: ClassVar[Sequence[Parameter]] = (KEY,)
    parameters = (QUERY, COLUMNS, AS, PURPOSE)
    renderer_classes = (CsvRenderer, XlsxRenderer)
    streams = True

    @extend_schema(
        operation_id="downloadList",
        tags=TAGS,
        summary=_("A list of the officers' pages as a file"),
        description=_(
            "The desk's queue, late dossiers, open steps, hand-overs, petitions, payments or documents, as their page "
            "lists them. CSV or XLSX, streamed; recorded. Columns that name people need a purpose. At most 200,000 "
            "rows."
        ),
        responses={(200, "text/csv"): OpenApiResponse(OpenApiTypes.STR, description=_("The file."))},
    )
    def get(self, request: Request, key: str) -> HttpResponseBase:
        sheet, user, now, said = SHEETS.get(key), self.principal, timezone.now(), self.query
        if sheet is None or not user.is_officer:
            raise Problem(Kind.NOT_FOUND)
        page = copy(request._request)
        page.user, page.GET = user, QueryDict(said["query"] or "")
        try:
            rows = sheet.rows(page)
        except PermissionDenied as refusal:
            raise Problem(Kind.FORBIDDEN) from refusal
        except Http404 as nothing:
            raise Problem(Kind.NOT_FOUND) from nothing
        if refusal_words := too_many(rows.count(), said["as"] or CSV):
            raise Problem(Kind.NOT_POSSIBLE, refusal_words)
        offered = sheet.offered(now)
        keys = [one.strip() for one in (said["columns"] or "").split(",") if one.strip()]
        if unknown := [one for one in keys if one not in offered]:
            sentence = _("There is no column %(key)s. Known: %(known)s.")
            told = str(sentence) % {"key": unknown[0][:40], "known": ", ".join(offered)}
            raise parameter_problem(Fault("columns", "not-a-choice", told))
        wish = Wish(keys or sheet.ticked(now), said["as"] or CSV, said["purpose"] or "", page.GET.urlencode())
        return sent(sheet, rows, wish, user=user, now=now)
