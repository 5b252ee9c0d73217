"""One deed on many dossiers over REST: ordered, watched, called off, taken back. For officers, never for programs."""

from collections.abc import Sequence
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet
from django.http import FileResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from documents import passing
from portal.api import bodies
from portal.api.base import Paged, WritingView
from portal.api.bodies import Body
from portal.api.naming import abilities
from portal.api.parameters import Parameter
from portal.api.problems import Kind, Problem
from portal.api.schema import page_of
from services.api import list_schemas as schemas
from services.api.base import fault, wrong
from services.api.dossier_answers import moment
from services.api.filing import uuid_field
from services.api.list_parameters import BATCH_ID, choice_of, filter_field
from services.api.lists import TAGS
from services.batch_checks import CHECKS, Prepared, prepare
from services.batch_prints import kept_of
from services.errors import BadBatchError
from services.forms.batches import REASON_LENGTH, RECEIVER_LENGTH
from services.forms.lists import query_of
from services.kinds import Channel, Paper
from services.list_files import HEAVY
from services.models import BatchItem, Dossier, DossierBatch
from services.models.batches import MOST
from services.models.work import NOTE_LENGTH
from services.operations.batches import Order, cancel_batch, order_batch, undo_batch
from services.queries.batches import batches_of, items_of, progress_of
from services.queries.lists import chosen, units_listed
from services.queries.work import colleagues
from services.states import BatchDeed

MOST_IDS, MOST_REFUSED = 1000, 100
DEEDS = [deed.value for deed in CHECKS]
NEEDED = {
    BatchDeed.ASSIGN: ("officerId", "reason"),
    BatchDeed.HAND_OUT: ("receiver",),
    BatchDeed.PRINT: ("papers",),
}


def reason_field(**options: Any) -> bodies.Field:
    return bodies.text(
        "reason", _("The reason, in words."), longest=REASON_LENGTH, lines=True, example="On leave", **options
    )


class BatchView(WritingView):
    path_parameters: ClassVar[Sequence[Parameter]] = (BATCH_ID,)

    def rows(self) -> QuerySet[DossierBatch]:
        if not self.principal.is_officer:
            raise Problem(Kind.FORBIDDEN)
        return batches_of(self.principal)

    def own(self, pk: UUID) -> DossierBatch:
        found = self.rows().filter(pk=pk).first()
        if found is None:
            raise Problem(Kind.NOT_FOUND)
        return found

    def shown(self, batch: DossierBatch) -> dict[str, Any]:
        progress = progress_of(batch)
        undone = DossierBatch.objects.filter(undoes=batch).exists()
        ended, printed = not progress.waiting, kept_of(batch, self.now)
        return {
            "id": str(batch.pk),
            "deed": batch.deed,
            "number": batch.number,
            "done": progress.done,
            "failed": progress.failed,
            "waiting": progress.waiting,
            "cancelled": progress.cancelled,
            "orderedAt": moment(batch.ordered_at),
            "cancelledAt": moment(batch.cancelled_at),
            "pages": printed.pages if printed else None,
            "printNote": printed.note if printed else "",
            "printEndsAt": moment(printed.ends_at) if printed else None,
            "undoesId": str(batch.undoes_id) if batch.undoes_id else None,
            "abilities": abilities(
                {
                    "cancel": bool(progress.waiting),
                    "print": bool(printed and printed.sha256),
                    "undo": ended and bool(progress.done) and not undone and batch.is_undoable(self.now),
                }
            ),
        }

    def done(self, batch: DossierBatch, *, status: int) -> Response:
        place = reverse("api:services:dossier-batch", args=[batch.pk])
        return self.answer(self.shown(batch), status=status, location=place)


class DossierBatches(Paged, BatchView):
    path_parameters = ()
    keys = ("-ordered_at", "id")
    bodies = {
        "POST": Body(
            "DossierBatch",
            bodies.choice("deed", _("What is done."), DEEDS, example=BatchDeed.ASSIGN.value),
            filter_field(required=False),
            bodies.several(
                "dossierIds", _("Instead of a filter: these."), uuid_field("dossierId", _("A dossier's id.")),
                most=MOST_IDS, required=False, default=[],
            ),
            uuid_field("officerId", _("With assign: to whom."), required=False),
            reason_field(required=False, default="", shortest=0),
            bodies.text(
                "note", _("With finish: what was found."), longest=NOTE_LENGTH, shortest=0, lines=True,
                required=False, default="", example="All conditions are met",
            ),
            bodies.choice(
                "channel", _("With hand_out: how."), [Channel.DESK.value, Channel.POST.value], required=False,
                default=Channel.DESK.value,
            ),
            bodies.text(
                "receiver", _("With hand_out: who took the results."), longest=RECEIVER_LENGTH, shortest=0,
                required=False, default="", example="The head of the village",
            ),
            bodies.several(
                "papers", _("With print: which papers."),
                bodies.choice("paper", _("A paper."), [one.value for one in Paper], example=Paper.RECEIPT.value),
                most=len(Paper), required=False, default=[],
            ),
        )
    }  # fmt: skip

    @extend_schema(
        operation_id="listDossierBatches",
        tags=TAGS,
        summary=_("Your orders for many dossiers"),
        description=_("The newest first, each with how far it is."),
        responses=page_of(schemas.BatchSerializer),
    )
    def get(self, request: Request) -> Response:
        return self.paged(request, self.page_of(request, self.rows()), self.shown)

    @extend_schema(
        operation_id="orderDossierBatch",
        tags=TAGS,
        summary=_("Do one deed to many dossiers"),
        description=_(
            "Those that match the filter now, or those that are named. refused says which are left out and why; the "
            "others are done one by one, each by itself. 409 when nothing is left to do."
        ),
        responses={202: schemas.OrderedBatchSerializer},
    )
    def post(self, request: Request) -> Response:
        self.rows()
        deed = BatchDeed(self.data["deed"])
        prepared = prepare(self.principal, deed, self._selected())
        said = self._said(deed, prepared)
        if not prepared.picks:
            sentence = gettext("None of these dossiers is at a point where this can be done. Nothing was ordered.")
            raise Problem(Kind.CONFLICT, sentence, members={"refused": refused_of(prepared)})
        query = query_of(choice_of(self.data["filter"] or {}))
        made = order_batch(wanted=Order(deed, prepared.picks, said, query), actor=self.principal, now=self.now)
        body = self.shown(made) | {"refused": refused_of(prepared), "refusedNumber": len(prepared.refused)}
        place = reverse("api:services:dossier-batch", args=[made.pk])
        return self.answer(body, status=202, location=place)

    def _selected(self) -> list[Dossier]:
        if not units_listed(self.principal, localdate(self.now)):
            raise Problem(Kind.FORBIDDEN)
        ids, told = self.data["dossierIds"], self.data["filter"]
        if bool(ids) == (told is not None):
            raise wrong(fault("/dossierIds", "not-together", gettext("Give either a filter or dossierIds.")))
        found = chosen(self.principal, choice_of(told or {}), self.now).defer(*HEAVY)
        if ids:
            found = found.filter(pk__in=ids)
        rows = list(found[: MOST + 1])
        if len(rows) > MOST:
            raise BadBatchError
        return rows

    def _said(self, deed: BatchDeed, prepared: Prepared) -> dict[str, Any]:
        """What the deed needs. Raises one problem that names everything that lacks."""
        data = self.data
        if deed is BatchDeed.FINISH:
            return {"note": data["note"]}
        needed = NEEDED.get(deed, ())
        lacking = [name for name in needed if not data[name]]
        if lacking:
            raise wrong(*(fault(f"/{name}", "required", gettext("This field is needed.")) for name in lacking))
        if deed is BatchDeed.ASSIGN:
            self._colleague(str(data["officerId"]), prepared)
            return {"officer": str(data["officerId"]), "reason": data["reason"]}
        if deed is BatchDeed.PRINT:
            return {"papers": data["papers"]}
        return {"channel": data["channel"], "receiver": data["receiver"]} if deed is BatchDeed.HAND_OUT else {}

    def _colleague(self, key: str, prepared: Prepared) -> None:
        on = localdate(self.now)
        known = {str(user.pk) for unit in prepared.units for user, _name in colleagues(unit, on, besides=None)}
        if prepared.picks and key not in known:
            raise wrong(
                fault("/officerId", "no-colleague", gettext("Nobody of this id works on steps of these units."))
            )


def refused_of(prepared: Prepared) -> list[dict[str, str]]:
    return [{"dossierId": str(row.pk), "reason": reason} for row, reason in prepared.refused[:MOST_REFUSED]]


class DossierBatchDetail(BatchView):
    @extend_schema(
        operation_id="getDossierBatch",
        tags=TAGS,
        summary=_("One order for many dossiers, and how far it is"),
        responses=schemas.BatchSerializer,
    )
    def get(self, request: Request, pk: UUID) -> Response:
        return self.answer(self.shown(self.own(pk)))


class DossierBatchItems(Paged, BatchView):
    keys = ("rank", "place", "id")

    @extend_schema(
        operation_id="listDossierBatchItems",
        tags=TAGS,
        summary=_("What became of each dossier of an order"),
        description=_("Those that were not done stand first, each with the sentence that says why."),
        responses=page_of(schemas.BatchItemSerializer),
    )
    def get(self, request: Request, pk: UUID) -> Response:
        return self.paged(request, self.page_of(request, items_of(self.own(pk))), item_of)


def item_of(row: BatchItem) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "place": row.place,
        "dossierId": str(row.dossier_id),
        "dossierCode": str(row.dossier),
        "state": row.state,
        "note": row.note,
        "endedAt": moment(row.ended_at),
    }


class DossierBatchCancellations(BatchView):
    @extend_schema(
        operation_id="cancelDossierBatch",
        tags=TAGS,
        summary=_("Call off what still waits"),
        description=_("What is done stays done."),
        responses={201: schemas.BatchSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        done = cancel_batch(batch=self.own(pk), actor=self.principal, now=self.now)
        return self.done(done, status=201)


class PdfRenderer(BaseRenderer):
    """For the negotiation only: the view answers with the file itself."""

    media_type = "application/pdf"
    format = "pdf"

    def render(self, data: object, accepted_media_type: str | None = None, renderer_context: object = None) -> bytes:
        raise NotImplementedError


class DossierBatchPrint(BatchView):
    renderer_classes = (PdfRenderer,)

    @extend_schema(
        operation_id="downloadDossierBatchPrint",
        tags=TAGS,
        summary=_("The papers of an order as one PDF"),
        description=_("For a day, and only for whoever ordered them. 409 while it is not there, or no longer."),
        responses={(200, "application/pdf"): OpenApiResponse(OpenApiTypes.BINARY, description=_("The file."))},
    )
    def get(self, request: Request, pk: UUID) -> HttpResponseBase:
        kept = kept_of(self.own(pk), self.now)
        if kept is None or not kept.sha256:
            raise Problem(Kind.CONFLICT, kept.note if kept else gettext("There is no file of this order now."))
        return FileResponse(passing.opened(kept.sha256), content_type="application/pdf", filename="ho-so.pdf")


class DossierBatchUndos(BatchView):
    bodies = {"POST": Body("DossierBatchUndo", reason_field())}

    @extend_schema(
        operation_id="undoDossierBatch",
        tags=TAGS,
        summary=_("Take a handing over back"),
        description=_("Within a day, where the step is still with whoever got it. The answer is an order of its own."),
        responses={202: schemas.BatchSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        back = undo_batch(batch=self.own(pk), reason=self.data["reason"], actor=self.principal, now=self.now)
        return self.done(back, status=202)
