"""The day of a desk over REST: numbers, and codes on paper for an outage. For officers of the desk."""

from collections.abc import Sequence
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from portal.api import bodies
from portal.api import parameters as common
from portal.api.base import Paged, WritingView
from portal.api.bodies import Body
from portal.api.parameters import Parameter
from portal.api.problems import Kind, Problem
from portal.api.schema import page_of
from services.api import day_schemas as schemas
from services.api.dossier_answers import moment
from services.models import Errand, PaperNumber, Ticket
from services.models.outage import REASON_LENGTH
from services.models.tickets import COUNTER_LENGTH
from services.operations import outage
from services.operations.tickets import call_next, draw_ticket, leave_counter
from services.paper_numbers import NumberState
from services.queries.dossiers import units_with
from services.states import Capability
from services.tickets import TicketState

TAGS = ["desks"]
DESK = common.path_id("unit", _("The unit whose desk it is."))
NUMBER = common.path_uuid("id", _("The id of the code."))
TICKET_STATE = common.choice("state", _("Only numbers in this state."), TicketState)
NUMBER_STATE = common.choice("state", _("Only codes in this state."), NumberState)
COUNTER = bodies.text("counter", _("The counter, as it stands above it."), longest=COUNTER_LENGTH, example="2")


def ticket_of(row: Ticket) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "unitId": row.unit_id,
        "heldDate": row.day.isoformat(),
        "number": row.number,
        "errand": row.errand,
        "priority": row.priority,
        "state": row.state,
        "counter": row.counter or None,
        "calls": row.calls,
        "drawnAt": moment(row.drawn_at),
        "firstCalledAt": moment(row.first_called_at),
        "endedAt": moment(row.ended_at),
    }


def number_of(row: PaperNumber) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "code": row.code,
        "unitId": row.block.unit_id,
        "codeDate": row.block.day.isoformat(),
        "state": row.state,
        "dossierId": str(row.dossier_id) if row.dossier_id else None,
        "note": row.note or None,
    }


class DeskView(WritingView):
    path_parameters: ClassVar[Sequence[Parameter]] = (DESK,)

    def desks(self) -> list[int]:
        user = self.principal
        return units_with(user, Capability.RECEIVE, localdate(self.now)) if user.is_officer else []

    def desk(self, unit: int) -> int:
        """Raises the 404 for the desk of others."""
        if unit not in self.desks():
            raise Problem(Kind.NOT_FOUND)
        return unit


class Tickets(Paged, DeskView):
    keys = ("number", "id")
    parameters = (TICKET_STATE,)
    bodies = {
        "POST": Body(
            "TicketDraw",
            bodies.choice("errand", _("What brings its holder."), Errand.values),
            bodies.truth("priority", _("Whether it is called before others."), required=False, default=False),
        )
    }

    @extend_schema(
        operation_id="listTickets",
        tags=TAGS,
        summary=_("Numbers of today"),
        responses=page_of(schemas.TicketSerializer),
    )
    def get(self, request: Request, unit: int) -> Response:
        rows = Ticket.objects.of_day(self.desk(unit), localdate(self.now))
        if state := self.query["state"]:
            rows = rows.filter(state=str(state))
        return self.paged(request, self.page_of(request, rows), ticket_of)

    @extend_schema(
        operation_id="drawTicket",
        tags=TAGS,
        summary=_("Draw a number for somebody"),
        responses={201: schemas.TicketSerializer},
    )
    def post(self, request: Request, unit: int) -> Response:
        errand, desk = Errand(self.data["errand"]), self.desk(unit)
        priority = self.data["priority"]
        drawn = draw_ticket(unit_id=desk, errand=errand, priority=priority, actor=self.principal, now=self.now)
        return self.answer(ticket_of(drawn), status=201, location=reverse("api:services:tickets", args=[unit]))


class Calls(DeskView):
    bodies = {"POST": Body("TicketCall", COUNTER)}

    @extend_schema(
        operation_id="callNextTicket",
        tags=TAGS,
        summary=_("Call the next number"),
        description=_("Whoever stood at the counter counts as served."),
        responses={201: schemas.CalledSerializer},
    )
    def post(self, request: Request, unit: int) -> Response:
        called = call_next(unit_id=self.desk(unit), counter=self.data["counter"], actor=self.principal, now=self.now)
        return self.answer({"ticket": ticket_of(called) if called else None}, status=201)


class Departures(DeskView):
    bodies = {"POST": Body("TicketDeparture", COUNTER, bodies.truth("came", _("false: called, and nobody came.")))}

    @extend_schema(
        operation_id="leaveCounter",
        tags=TAGS,
        summary=_("Whoever was called was served, or did not come"),
        responses={201: schemas.CalledSerializer},
    )
    def post(self, request: Request, unit: int) -> Response:
        counter, came = self.data["counter"], self.data["came"]
        desk = self.desk(unit)
        left = leave_counter(unit_id=desk, counter=counter, came=came, actor=self.principal, now=self.now)
        return self.answer({"ticket": ticket_of(left) if left else None}, status=201)


class PaperNumbers(Paged, DeskView):
    keys = ("code", "id")
    parameters = (NUMBER_STATE,)
    bodies = {
        "POST": Body(
            "PaperBlock",
            bodies.day("codeDate", _("The day for which the codes are.")),
            bodies.number("count", _("How many."), lowest=1, highest=outage.MOST, example=20),
            bodies.text("reason", _("Why they are set aside."), longest=REASON_LENGTH, example="Planned power cut"),
        )
    }

    @extend_schema(
        operation_id="listPaperNumbers",
        tags=TAGS,
        summary=_("Codes that were set aside on paper"),
        responses=page_of(schemas.PaperNumberSerializer),
    )
    def get(self, request: Request, unit: int) -> Response:
        rows = PaperNumber.objects.filter(block__unit=self.desk(unit)).select_related("block")
        if state := self.query["state"]:
            rows = rows.filter(state=str(state))
        return self.paged(request, self.page_of(request, rows), number_of)

    @extend_schema(
        operation_id="setNumbersAside",
        tags=TAGS,
        summary=_("Set codes aside for an outage"),
        responses={201: schemas.PaperBlockSerializer},
    )
    def post(self, request: Request, unit: int) -> Response:
        day, count, reason = self.data["codeDate"], self.data["count"], self.data["reason"]
        made = outage.set_numbers_aside(
            unit_id=self.desk(unit), day=day, count=count, reason=reason, actor=self.principal, now=self.now
        )
        codes = PaperNumber.objects.filter(block=made).order_by("code", "id").values_list("code", flat=True)
        location = reverse("api:services:paper-numbers", args=[unit])
        return self.answer({"id": str(made.pk), "codes": list(codes)}, status=201, location=location)


class PaperNumberVoids(DeskView):
    path_parameters = (NUMBER,)
    bodies = {
        "POST": Body(
            "PaperNumberVoid",
            bodies.text("reason", _("Why nobody gets it."), longest=REASON_LENGTH, example="Not used"),
        )
    }

    def rows(self) -> QuerySet[PaperNumber]:
        return PaperNumber.objects.filter(block__unit__in=self.desks()).select_related("block")

    @extend_schema(
        operation_id="voidPaperNumber",
        tags=TAGS,
        summary=_("Make a code on paper void"),
        responses={201: schemas.PaperNumberSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        found = self.rows().filter(pk=pk).first()
        if found is None:
            raise Problem(Kind.NOT_FOUND)
        reason = self.data["reason"]
        voided = outage.void_number(number=found, reason=reason, actor=self.principal, now=self.now)
        return self.answer(number_of(voided), status=201)
