"""The list of dossiers for officers and programs, as rows and as a file; saved filters."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet, Value
from django.db.models.functions import Coalesce
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from portal.accounts.models import User
from portal.api import bodies
from portal.api.base import MemberPagedView, MemberView, Paged, WritingView
from portal.api.bodies import Body
from portal.api.naming import abilities
from portal.api.parameters import Parameter
from portal.api.problems import Kind, Problem
from portal.api.schema import page_of
from portal.api.tables import CSV, XLSX_TYPE
from services.api import list_schemas as schemas
from services.api.dossier_answers import moment
from services.api.list_parameters import AS, COLUMNS, FILTER, FILTER_ID, PURPOSE, choice_of, columns_said, filter_field
from services.columns import STANDARD
from services.forms.lists import query_of
from services.list_files import HEAVY, Wish, exported, too_many
from services.models import ListExport, SavedFilter
from services.models.lists import FILTER_NAME_LENGTH
from services.operations.lists import remove_filter, save_filter
from services.policies import Capability, may_keep_filter
from services.queries.lists import Order, chosen, names_of_officers, units_listed, with_steps
from services.queries.saved import exports_of, filters_seen

TAGS = ["dossier-lists"]
NEVER = datetime(9999, 1, 1, tzinfo=UTC)


def require_lister(user: User, now: datetime) -> None:
    """Raises the 403 for citizens, and for whoever may list no dossiers."""
    if user.is_citizen or not units_listed(user, localdate(now)):
        raise Problem(Kind.FORBIDDEN)


class ListedDossiers(Paged, WritingView):
    """GET only; the keys of its pages depend on the order."""

    capability = Capability.VIEW.value
    parameters = FILTER

    def order(self) -> Sequence[str]:
        kind = self.query["order"] or Order.DUE.value
        keys = {Order.NEWEST.value: "-submitted_at", Order.OLDEST.value: "submitted_at"}
        return (keys.get(kind, "sorted_due"), "id")

    @extend_schema(
        operation_id="listDossierRows",
        tags=TAGS,
        summary=_("The list of dossiers of your units"),
        description=_("With the filters, the order and the meaning of the officers' pages; for officers and programs."),
        responses=page_of(schemas.ListedDossierSerializer),
    )
    def get(self, request: Request) -> Response:
        require_lister(self.principal, self.now)
        found = with_steps(chosen(self.principal, choice_of(self.query), self.now)).defer(*HEAVY)
        page = self.page_of(request, found.annotate(sorted_due=Coalesce("next_due_at", Value(NEVER))))
        names = names_of_officers(row.holder_id for row in page.rows)
        return self.paged(request, page, lambda row: row_of(row, names, self.now))


def row_of(row: Any, names: dict[UUID, str], now: datetime) -> dict[str, Any]:
    due = row.next_due_at
    runs = row.paused_at is None and row.decided_at is None and row.closed_at is None
    return {
        "id": str(row.pk),
        "code": row.code or None,
        "reference": row.reference,
        "ownerName": row.owner_name,
        "procedureCode": row.procedure,
        "procedureName": row.procedure_name,
        "state": row.state,
        "stage": row.stage or None,
        "channel": row.channel,
        "stepId": str(row.step_id) if row.step_id else None,
        "stepName": row.step_name,
        "stepOpenedAt": moment(row.step_since),
        "holderId": str(row.holder_id) if row.holder_id else None,
        "holderName": names.get(row.holder_id),
        "responsibleUnitId": row.responsible_unit_id,
        "submittedAt": moment(row.submitted_at),
        "nextDueAt": moment(due),
        "isLate": bool(runs and due and due < now),
        "revision": row.revision,
    }


class CsvRenderer(BaseRenderer):
    """For the negotiation only: the view streams the file itself."""

    media_type = "text/csv"
    format = "csv"

    def render(self, data: object, accepted_media_type: str | None = None, renderer_context: object = None) -> bytes:
        raise NotImplementedError


class XlsxRenderer(CsvRenderer):
    media_type = XLSX_TYPE
    format = "xlsx"


class DossierSheet(MemberView):
    capability = Capability.VIEW.value
    parameters = (*FILTER, COLUMNS, AS, PURPOSE)
    renderer_classes = (CsvRenderer, XlsxRenderer)
    streams = True

    @extend_schema(
        operation_id="downloadDossierRows",
        tags=TAGS,
        summary=_("The list of dossiers as a file"),
        description=_(
            "CSV or XLSX, streamed. Columns that name people need a purpose, which those people can read. A cell that "
            "a spreadsheet would run begins with an apostrophe. At most 200,000 rows."
        ),
        responses={(200, "text/csv"): OpenApiResponse(OpenApiTypes.STR, description=_("The file."))},
    )
    def get(self, request: Request) -> HttpResponseBase:
        user, now, query = self.principal, timezone.now(), self.query
        require_lister(user, now)
        choice, keys = choice_of(query), columns_said(query["columns"], now)
        number = chosen(user, choice, now).count()
        if refusal := too_many(number, query["as"] or CSV):
            raise Problem(Kind.NOT_POSSIBLE, refusal)
        wish = Wish(choice, keys or list(STANDARD), query["as"] or CSV, query["purpose"] or "")
        return exported(user, wish, now)


class DossierSheets(MemberPagedView):
    """What this person took away."""

    keys = ("-made_at", "id")
    capability = Capability.VIEW.value

    @extend_schema(
        operation_id="listDossierExports",
        tags=TAGS,
        summary=_("The lists that you took away"),
        description=_("The newest first, each with its purpose."),
        responses=page_of(schemas.ListExportSerializer),
    )
    def get(self, request: Request) -> Response:
        return self.paged(request, self.page_of(request, exports_of(self.principal)), export_of)


def export_of(row: ListExport) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "list": row.list,
        "query": row.query,
        "columns": row.columns.split(","),
        "format": row.format,
        "purpose": row.purpose,
        "number": row.number,
        "madeAt": moment(row.made_at),
    }


# --- Saved filters ----------------------------------------------------------------------------------------------------


class FilterView(WritingView):
    """Of officers: programs keep their filters themselves."""

    path_parameters: ClassVar[Sequence[Parameter]] = (FILTER_ID,)

    def rows(self) -> QuerySet[SavedFilter]:
        if not self.principal.is_officer:
            raise Problem(Kind.FORBIDDEN)
        return filters_seen(self.principal)

    def shown(self, row: SavedFilter) -> dict[str, Any]:
        mine = row.owner_id == self.principal.pk
        return {
            "id": str(row.pk),
            "name": row.name,
            "query": row.query,
            "address": f"{reverse('services:list')}?{row.query}",
            "unitId": row.unit_id,
            "savedAt": moment(row.saved_at),
            "abilities": abilities({"remove": mine or may_keep_filter(self.principal, row.unit_id)}),
        }


class SavedFilters(Paged, FilterView):
    path_parameters = ()
    keys = ("name", "id")
    bodies = {
        "POST": Body(
            "SavedFilter",
            bodies.text("name", _("Its name."), longest=FILTER_NAME_LENGTH, example="Late ones"),
            filter_field(),
            bodies.text(
                "columns", _("Keys of columns with commas between them."), longest=300, shortest=0, required=False,
                default="", example="dossier,state,due",
            ),
            bodies.number(
                "unitId", _("For everybody at this unit, by its heads; left out: yours."), lowest=1, required=False,
                example=1,
            ),
        )
    }  # fmt: skip

    @extend_schema(
        operation_id="listSavedFilters",
        tags=TAGS,
        summary=_("Your saved filters, and those of your units"),
        description=_("By name. Each has the address of its page."),
        responses=page_of(schemas.SavedFilterSerializer),
    )
    def get(self, request: Request) -> Response:
        return self.paged(request, self.page_of(request, self.rows()), self.shown)

    @extend_schema(
        operation_id="saveFilter",
        tags=TAGS,
        summary=_("Save a filter under a name"),
        description=_("The same name again leads to the newer filter."),
        responses={201: schemas.SavedFilterSerializer},
    )
    def post(self, request: Request) -> Response:
        self.rows()
        keys = columns_said(self.data["columns"], self.now)
        query = query_of(choice_of(self.data["filter"]), keys)
        row = save_filter(
            name=self.data["name"], query=query, unit_id=self.data["unitId"], actor=self.principal, now=self.now
        )
        place = reverse("api:services:saved-filter", args=[row.pk])
        return self.answer(self.shown(row), status=201, row=row, location=place)


class SavedFilterDetail(FilterView):
    @extend_schema(
        operation_id="getSavedFilter",
        tags=TAGS,
        summary=_("One saved filter"),
        responses=schemas.SavedFilterSerializer,
    )
    def get(self, request: Request, pk: UUID) -> Response:
        row = self.rows().filter(pk=pk).first()
        if row is None:
            raise Problem(Kind.NOT_FOUND)
        return self.answer(self.shown(row), row=row)

    @extend_schema(
        operation_id="removeSavedFilter",
        tags=TAGS,
        summary=_("Remove a saved filter"),
        description=_("The list itself stays as it is."),
        responses={204: None},
    )
    def delete(self, request: Request, pk: UUID) -> Response:
        remove_filter(saved=self.existing(self.rows(), pk=pk), actor=self.principal, now=self.now)
        return self.answer(None, status=204)
