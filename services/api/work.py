"""Steps of dossiers: the queue of whoever works on them, and the deeds. For officers only.

A step and its dossier change together, so the version that is read and matched is that of the dossier.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from portal.accounts.models import User
from portal.api import bodies
from portal.api.base import Paged, WritingView
from portal.api.bodies import Body
from portal.api.naming import abilities
from portal.api.parameters import Parameter
from portal.api.problems import Kind, Problem
from portal.api.schema import page_of
from portal.events import viewed
from services.api import parameters
from services.api import work_schemas as schemas
from services.api.base import fault, wrong
from services.api.dossier_answers import moment
from services.api.filing import uuid_field
from services.errors import NoSignerError
from services.models import Dossier, WorkItem
from services.models.work import NOTE_LENGTH
from services.operations.confirming import take_back_draft
from services.operations.moving import people
from services.operations.processing import assign_step, finish_step, return_step, take_step
from services.operations.proposing import propose_result
from services.policies import step_abilities
from services.queries.signers import signer_of, signers_of
from services.queries.work import colleagues, earlier_steps, open_steps, units_of_work, visible_step

TAGS = ["work-items"]
REASON, TEXT = 300, 6000
NEVER = datetime(9999, 1, 1, tzinfo=UTC)


def path_of(item: WorkItem) -> str:
    return reverse("api:services:work-item", args=[item.pk])


def row_of(item: WorkItem) -> dict[str, Any]:
    dossier = item.dossier
    return {
        "id": str(item.pk),
        "dossierId": str(dossier.pk),
        "dossierCode": dossier.code or None,
        "ownerName": dossier.owner_name,
        "procedureName": dossier.version.name_vi,
        "number": item.number,
        "step": item.step,
        "name": item.name,
        "role": item.role,
        "unitId": item.unit_id,
        "state": item.state,
        "officerId": str(item.officer_id) if item.officer_id else None,
        "openedAt": moment(item.opened_at),
        "takenAt": moment(item.taken_at),
        "dueAt": moment(item.due_at),
        "doneAt": moment(item.done_at),
    }


class StepView(WritingView):
    path_parameters: ClassVar[Sequence[Parameter]] = (parameters.STEP_ID,)
    must_match = frozenset({"POST"})

    def units(self) -> list[int]:
        """Raises the 403 for whoever works on no step."""
        user = self.principal
        found = units_of_work(user, localdate(self.now)) if user.is_officer else []
        if not found:
            raise Problem(Kind.FORBIDDEN)
        return found

    def rows(self) -> QuerySet[WorkItem]:
        """Strangers find nothing; so do those who work on no step."""
        user = self.principal
        units = units_of_work(user, localdate(self.now)) if user.is_officer else []
        return visible_step(units).select_related("dossier__version__procedure", "officer")

    def seen(self, pk: UUID) -> WorkItem:
        item = self.rows().filter(pk=pk).first()
        if item is None:
            raise Problem(Kind.NOT_FOUND)
        return item

    def locked(self, pk: UUID) -> WorkItem:
        """With its dossier locked, always the dossier first."""
        item = self.seen(pk)
        rows = Dossier.objects.select_related("version__procedure", "version__form")
        dossier = self.existing(rows, pk=item.dossier_id)
        item = self.seen(pk)
        item.dossier = dossier
        return item

    def detail(self, item: WorkItem) -> dict[str, Any]:
        user, on = self.principal, localdate(self.now)
        may = step_abilities(user, item)
        earlier = earlier_steps(item) if may["return"] else []
        signers = signers_of(item.unit_id, on) if may["propose"] else []
        return row_of(item) | {
            "note": item.note,
            "earlierSteps": [{"step": row.step, "name": row.name} for row in earlier],
            "signers": [{"assignmentId": one.assignment_id, "name": one.name, "title": one.title} for one in signers],
            "abilities": abilities(may | {"return": bool(earlier)}),
        }

    def done(self, item: WorkItem) -> Response:
        shown = self.seen(item.pk)
        return self.answer(self.detail(shown), status=201, row=shown.dossier, location=path_of(shown))


class WorkItems(Paged, StepView):
    path_parameters = ()
    keys = ("sorted_due", "id")
    parameters = (parameters.HELD, parameters.AT_UNIT)

    @extend_schema(
        operation_id="listWorkItems",
        tags=TAGS,
        summary=_("Open steps of your units"),
        description=_("The soonest due first. Steps of the desk are in the queue of dossiers."),
        responses=page_of(schemas.WorkItemSerializer),
    )
    def get(self, request: Request) -> Response:
        held, unit = self.query["held"], self.query["unit"]
        rows = open_steps(self.principal, self.units(), mine=held == parameters.Held.ME)
        if held == parameters.Held.NOBODY:
            rows = rows.filter(officer=None)
        if unit:
            rows = rows.filter(unit=unit)
        rows = rows.annotate(sorted_due=Coalesce("due_at", Value(NEVER)))
        return self.paged(request, self.page_of(request, rows), row_of)


class WorkItemDetail(StepView):
    @extend_schema(
        operation_id="getWorkItem",
        tags=TAGS,
        summary=_("One step of a dossier"),
        description=_("Its ETag is that of the dossier. signers are those who may sign what is proposed."),
        responses=schemas.WorkItemDetailSerializer,
    )
    def get(self, request: Request, pk: UUID) -> Response:
        item, purpose = self.seen(pk), str(_("working on a dossier"))
        concerns = people(item.dossier)
        viewed(item.dossier, actor=self.principal, unit=item.unit_id, purpose=purpose, at=self.now, concerns=concerns)
        return self.answer(self.detail(item), row=item.dossier)


class Colleagues(StepView):
    @extend_schema(
        operation_id="listColleagues",
        tags=TAGS,
        summary=_("To whom a step can be handed over"),
        responses=schemas.ColleaguesSerializer,
    )
    def get(self, request: Request, pk: UUID) -> Response:
        item = self.seen(pk)
        found = colleagues(item.unit_id, localdate(self.now), besides=item.officer)
        return self.answer({"items": [{"officerId": str(user.pk), "name": name} for user, name in found]})


class Takings(StepView):
    @extend_schema(
        operation_id="takeWorkItem",
        tags=TAGS,
        summary=_("Take a step"),
        description=_("Whoever comes second gets a 409."),
        responses={201: schemas.WorkItemDetailSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        return self.done(take_step(item=self.locked(pk), actor=self.principal, now=self.now))


class Assignments(StepView):
    bodies = {
        "POST": Body(
            "WorkAssignment",
            uuid_field("officerId", _("To whom; see colleagues.")),
            bodies.text("reason", _("The reason, in words."), longest=REASON, lines=True, example="On leave"),
        )
    }

    @extend_schema(
        operation_id="assignWorkItem",
        tags=TAGS,
        summary=_("Hand a step over to a colleague"),
        responses={201: schemas.WorkItemDetailSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        item = self.locked(pk)
        officer = self._officer(item, UUID(self.data["officerId"]))
        done = assign_step(item=item, officer=officer, reason=self.data["reason"], actor=self.principal, now=self.now)
        return self.done(done)

    def _officer(self, item: WorkItem, key: UUID) -> User:
        for user, _name in colleagues(item.unit_id, localdate(self.now), besides=None):
            if user.pk == key:
                return user
        sentence = gettext("Nobody of this id works on steps of this unit. See colleagues.")
        raise wrong(fault("/officerId", "no-colleague", sentence))


class Completions(StepView):
    bodies = {
        "POST": Body(
            "WorkCompletion",
            bodies.text(
                "note", _("What was found, for whoever works on it next."), longest=NOTE_LENGTH, shortest=0,
                lines=True, required=False, default="", example="All conditions are met",
            ),
        )
    }  # fmt: skip

    @extend_schema(
        operation_id="completeWorkItem",
        tags=TAGS,
        summary=_("Finish a step"),
        description=_("The next one opens."),
        responses={201: schemas.WorkItemDetailSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        item = self.locked(pk)
        finish_step(item=item, note=self.data["note"], actor=self.principal, now=self.now)
        return self.done(item)


class Returns(StepView):
    bodies = {
        "POST": Body(
            "WorkReturn",
            bodies.text("step", _("Back to which step; see earlierSteps."), longest=60, example="examine"),
            bodies.text("reason", _("The reason, in words."), longest=REASON, lines=True, example="Not verified yet"),
        )
    }

    @extend_schema(
        operation_id="returnWorkItem",
        tags=TAGS,
        summary=_("Return a step to an earlier one"),
        responses={201: schemas.WorkItemDetailSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        item, data = self.locked(pk), self.data
        return_step(item=item, to=data["step"], note=data["reason"], actor=self.principal, now=self.now)
        return self.done(item)


class Proposals(StepView):
    bodies = {
        "POST": Body(
            "Proposal",
            bodies.number("signerAssignmentId", _("Who shall sign; see signers."), lowest=1, example=1),
            bodies.text(
                "text", _("What is decided, or a note on the certificate."), longest=TEXT, shortest=0, lines=True,
                required=False, default="", example="",
            ),
        )
    }  # fmt: skip

    @extend_schema(
        operation_id="proposeResult",
        tags=TAGS,
        summary=_("Propose the result"),
        description=_("It is entered, drafted, checked and on its way to whoever signs."),
        responses={201: schemas.WorkItemDetailSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        item = self.locked(pk)
        try:
            signer = signer_of(item.unit_id, self.data["signerAssignmentId"], localdate(self.now))
        except NoSignerError as error:
            raise wrong(fault("/signerAssignmentId", "no-signer", error)) from None
        propose_result(item=item, signer=signer, text=self.data["text"], actor=self.principal, now=self.now)
        return self.done(item)


class DraftRecalls(StepView):
    @extend_schema(
        operation_id="takeBackDraft",
        tags=TAGS,
        summary=_("Take the draft back"),
        description=_("The citizen is asked no more about this draft, and reads the mended one."),
        responses={201: schemas.WorkItemDetailSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        item = self.locked(pk)
        take_back_draft(item=item, actor=self.principal, now=self.now)
        return self.done(item)
