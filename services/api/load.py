"""Leaves and who acts, what waits with whom, and work shared out anew. For heads; officers read the leaves."""

from collections.abc import Sequence
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import Count, QuerySet, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from portal.api import bodies, parameters
from portal.api.base import Paged, WritingView
from portal.api.bodies import Body
from portal.api.naming import abilities
from portal.api.parameters import Parameter
from portal.api.problems import Fault, Kind, Problem, parameter_problem
from portal.api.schema import page_of
from services import sharing
from services.api import list_schemas
from services.api import load_schemas as schemas
from services.api.base import fault, wrong
from services.api.batches import BatchView
from services.api.dossier_answers import moment
from services.api.filing import uuid_field
from services.api.lists import NEVER
from services.models import LeaveCover, WorkItem
from services.models.covers import DECISION_LENGTH
from services.operations.covering import Leave, end_cover, enter_cover
from services.policies import Capability, may_at
from services.queries.covers import Acting, acting_on, covers_seen, posts_at
from services.queries.lists import names_of_officers
from services.queries.load import loads, units_headed, waiting_steps
from services.queries.staffing import unworked
from staff.models import Assignment

TAGS = ["work-load"]
COVER_ID = parameters.path_uuid("id", _("The leave's id."))
NOBODY = "nobody"
HELD_BY = parameters.text(
    "officer", _("Only steps of this officer, by id; nobody: those that nobody has taken."), longest=36,
    example="nobody",
)  # fmt: skip
TAKERS = parameters.text(
    "takers", _("Ids of the colleagues among whom it is shared out, with commas between them."), longest=2000,
    required=True, example="0f8e2d3c-4b5a-4978-8796-a5b4c3d2e1f0",
)  # fmt: skip
MOST_TAKERS = 50


class HeadView(WritingView):
    """For those who hand out the work of a unit."""

    def units(self) -> list[int]:
        user = self.principal
        found = units_headed(user, localdate(self.now)) if user.is_officer else []
        if not found:
            raise Problem(Kind.FORBIDDEN)
        return found


def officer_of(text: str) -> UUID | None:
    """Of `nobody` or an id. Raises the 400."""
    if text == NOBODY:
        return None
    try:
        return UUID(text)
    except ValueError:
        sentence = gettext("Write nobody, or the id of an officer.")
        raise parameter_problem(Fault("officer", "not-a-choice", sentence)) from None


class WaitingSteps(Paged, HeadView):
    keys = ("sorted_due", "id")
    parameters = (HELD_BY,)

    @extend_schema(
        operation_id="listWaitingSteps",
        tags=TAGS,
        summary=_("What waits with whom, and since when"),
        description=_("Every open step of your units, the soonest due first."),
        responses=page_of(schemas.WaitingStepSerializer),
    )
    def get(self, request: Request) -> Response:
        rows = waiting_steps(self.units())
        if self.query["officer"]:
            rows = rows.filter(officer=officer_of(self.query["officer"]))
        page = self.page_of(request, rows.annotate(sorted_due=Coalesce("due_at", Value(NEVER))))
        names, acts = names_of_officers(step.officer_id for step in page.rows), acting_on(page.rows)
        return self.paged(request, page, lambda step: self.shown(step, names, acts.get(step.pk)))

    def shown(self, step: WorkItem, names: dict[UUID, str], acts: Acting | None) -> dict[str, Any]:
        late = step.due_at is not None and step.due_at < self.now and step.dossier.paused_at is None
        return {
            "id": str(step.pk),
            "dossierId": str(step.dossier_id),
            "dossierCode": str(step.dossier),
            "name": step.name,
            "role": step.role,
            "unitId": step.unit_id,
            "officerId": str(step.officer_id) if step.officer_id else None,
            "officerName": names.get(step.officer_id) if step.officer_id else None,
            "actsForName": acts.absent if acts else None,
            "decisionNumber": acts.decision if acts else None,
            "openedAt": moment(step.opened_at),
            "dueAt": moment(step.due_at),
            "isLate": late,
        }


class WorkLoads(HeadView):
    @extend_schema(
        operation_id="listWorkLoads",
        tags=TAGS,
        summary=_("How much each officer has on the table"),
        responses=schemas.WorkLoadsSerializer,
    )
    def get(self, request: Request) -> Response:
        told = [
            {
                "officerId": str(row.officer) if row.officer else None,
                "officerName": row.name or None,
                "open": row.open,
                "late": row.late,
                "oldestOpenedAt": moment(row.since),
            }
            for row in loads(self.units(), self.now)
        ]
        empty = [
            {"unitId": row.unit_id, "unitName": row.name, "open": row.open}
            for row in unworked(self.units(), localdate(self.now))
        ]
        return self.answer({"items": told, "unitsWithoutWorkers": empty})


class Redistributions(HeadView, BatchView):
    """GET proposes, POST orders exactly that."""

    path_parameters = ()
    parameters = (HELD_BY, TAKERS)
    bodies = {
        "POST": Body(
            "Redistribution",
            uuid_field("officerId", _("Whose steps; left out: those that nobody has taken."), required=False),
            bodies.several(
                "takerIds", _("Among whom."), uuid_field("takerId", _("A colleague's id.")), least=1, most=MOST_TAKERS
            ),
            bodies.text("plan", _("What the proposal was called."), longest=32, example="0" * 32),
            bodies.text("reason", _("The reason, in words."), longest=300, lines=True, example="On leave"),
        )
    }

    @extend_schema(
        operation_id="proposeRedistribution",
        tags=TAGS,
        summary=_("How open steps could be shared out"),
        description=_("Each to whoever has the least to do then; what is late or soon due weighs double."),
        responses=schemas.ProposalSerializer,
    )
    def get(self, request: Request) -> Response:
        giver = officer_of(self.query["officer"] or NOBODY)
        keys = [key.strip() for key in self.query["takers"].split(",") if key.strip()][:MOST_TAKERS]
        proposal = self._proposal(giver, [key for text in keys if (key := officer_of(text))])
        loads_told = [
            {
                "officerId": str(key),
                "name": proposal.names[key],
                "before": number,
                "after": proposal.after[key],
            }
            for key, number in proposal.before.items()
        ]
        steps = [
            {"stepId": str(step.pk), "dossierId": str(step.dossier_id), "officerId": str(key)}
            for step, key in proposal.rows
        ]
        return self.answer({"plan": proposal.digest, "steps": steps, "loads": loads_told})

    @extend_schema(
        operation_id="orderRedistribution",
        tags=TAGS,
        summary=_("Share open steps out as proposed"),
        description=_("One order, watched like any other. 409 when the work has changed since the proposal."),
        responses={202: list_schemas.BatchSerializer},
    )
    def post(self, request: Request) -> Response:
        data = self.data
        giver = UUID(str(data["officerId"])) if data["officerId"] else None
        proposal = self._proposal(giver, [UUID(str(key)) for key in data["takerIds"]])
        if proposal.digest != data["plan"] or not proposal.rows:
            raise Problem(Kind.CONFLICT, gettext("The work has changed meanwhile. Nothing was ordered; propose anew."))
        batch = sharing.confirm(proposal=proposal, reason=data["reason"], actor=self.principal, now=self.now)
        return self.done(batch, status=202)

    def _proposal(self, giver: UUID | None, takers: list[UUID]) -> sharing.Proposal:
        return sharing.propose(unit=self.units()[0], giver=giver, takers=takers, now=self.now)


# --- Leaves -----------------------------------------------------------------------------------------------------------


class CoverView(HeadView):
    path_parameters: ClassVar[Sequence[Parameter]] = (COVER_ID,)

    def rows(self) -> QuerySet[LeaveCover]:
        if not self.principal.is_officer:
            raise Problem(Kind.FORBIDDEN)
        return covers_seen(self.principal, localdate(self.now))

    def shown(self, row: LeaveCover) -> dict[str, Any]:
        may_end = row.ended_at is None and localdate(self.now) <= row.last_day
        return {
            "id": str(row.pk),
            "unitId": row.unit_id,
            "absentAssignmentId": row.absent_id,
            "absentName": row.absent.person.name,
            "coverAssignmentId": row.cover_id,
            "coverName": row.cover.person.name,
            "firstDate": row.first_day.isoformat(),
            "lastDate": row.last_day.isoformat(),
            "decisionNumber": row.decision_no,
            "decisionDate": row.decision_on.isoformat(),
            "endedAt": moment(row.ended_at),
            "steps": row.steps.aggregate(number=Count("pk"))["number"],
            "abilities": abilities({"end": may_end and may_at(self.principal, Capability.ASSIGN, row.unit_id)}),
        }

    def done(self, row: LeaveCover) -> Response:
        shown = self.rows().get(pk=row.pk)
        place = reverse("api:services:leave-cover", args=[row.pk])
        return self.answer(self.shown(shown), status=201, row=shown, location=place)


class LeaveCovers(Paged, CoverView):
    path_parameters = ()
    keys = ("-entered_at", "id")
    bodies = {
        "POST": Body(
            "LeaveCover",
            bodies.number("absentAssignmentId", _("The post of whoever is away."), lowest=1, example=1),
            bodies.number("coverAssignmentId", _("The post of whoever acts."), lowest=1, example=2),
            bodies.day("firstDate", _("From this day on.")),
            bodies.day("lastDate", _("Up to this day.")),
            bodies.text("decisionNumber", _("The number of the decision."), longest=DECISION_LENGTH, example="12/2026"),
            bodies.day("decisionDate", _("Its date.")),
        )
    }

    @extend_schema(
        operation_id="listLeaveCovers",
        tags=TAGS,
        summary=_("Leaves of your units and who acts"),
        description=_("The newest first."),
        responses=page_of(schemas.LeaveCoverSerializer),
    )
    def get(self, request: Request) -> Response:
        return self.paged(request, self.page_of(request, self.rows()), self.shown)

    @extend_schema(
        operation_id="enterLeaveCover",
        tags=TAGS,
        summary=_("Enter a leave and who acts"),
        description=_("Open steps go over by themselves from the first day on, and come back after the last."),
        responses={201: schemas.LeaveCoverSerializer},
    )
    def post(self, request: Request) -> Response:
        data, known = self.data, {row.pk: row for row in posts_at(self.units(), localdate(self.now))}
        absent, cover = self._post("absentAssignmentId", known), self._post("coverAssignmentId", known)
        leave = Leave(data["firstDate"], data["lastDate"], data["decisionNumber"], data["decisionDate"])
        return self.done(enter_cover(absent=absent, cover=cover, leave=leave, actor=self.principal, now=self.now))

    def _post(self, name: str, known: dict[int, Assignment]) -> Assignment:
        if self.data[name] not in known:
            raise wrong(fault(f"/{name}", "not-a-choice", gettext("Nobody holds such a post at your units today.")))
        return known[self.data[name]]


class LeaveCoverDetail(CoverView):
    @extend_schema(
        operation_id="getLeaveCover",
        tags=TAGS,
        summary=_("One leave and who acts"),
        responses=schemas.LeaveCoverSerializer,
    )
    def get(self, request: Request, pk: UUID) -> Response:
        row = self.rows().filter(pk=pk).first()
        if row is None:
            raise Problem(Kind.NOT_FOUND)
        return self.answer(self.shown(row), row=row)


class LeaveCoverEndings(CoverView):
    must_match = frozenset({"POST"})

    @extend_schema(
        operation_id="endLeaveCover",
        tags=TAGS,
        summary=_("End a leave before its last day"),
        description=_("What is still open goes back by itself."),
        responses={201: schemas.LeaveCoverSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        row = self.existing(self.rows(), pk=pk)
        return self.done(end_cover(leave=row, actor=self.principal, now=self.now))
