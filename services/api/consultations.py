"""Questions between units: asked from a step, read and answered by the asked unit, taken back. For officers only."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from portal.api import bodies
from portal.api.base import Paged, WritingView
from portal.api.bodies import Body
from portal.api.naming import abilities
from portal.api.parameters import Parameter, choice, path_uuid
from portal.api.problems import Kind, Problem
from portal.api.schema import page_of
from portal.events import viewed
from services import versions
from services.api import consultation_schemas as schemas
from services.api import work_schemas
from services.api.dossier_answers import moment
from services.api.filing import file_ids_field
from services.api.work import NEVER, StepView
from services.kinds import AskedFor, Opinion
from services.models import Consultation
from services.models.consultations import ANSWER_LENGTH, QUESTION_LENGTH, REASON_LENGTH
from services.operations.consulting import Ask, Shared, consult, give_opinion, revoke_consultation
from services.policies import consultation_abilities
from services.queries.consultations import shared_files, visible_to
from services.queries.work import units_of_work
from services.states import ConsultationState

TAGS = ["consultations"]
MOST_UNITS, LONGEST = 20, 30


class Side(StrEnum):
    ASKED = "asked"
    ASKING = "asking"


ID = path_uuid("id", _("The question's id."))
SIDE = choice("side", _("asked: what your units are asked; asking: what your units ask."), Side)
STATE = choice("state", _("Only questions in this state."), ConsultationState)


def path_of(row: Consultation) -> str:
    return reverse("api:services:consultation", args=[row.pk])


class ConsultationView(WritingView):
    path_parameters: ClassVar[Sequence[Parameter]] = (ID,)
    must_match = frozenset({"POST"})

    def rows(self) -> QuerySet[Consultation]:
        return visible_to(self.principal, localdate(self.now))

    def row_of(self, row: Consultation) -> dict[str, Any]:
        return {
            "id": str(row.pk),
            "dossierCode": row.asked["code"],
            "procedureName": row.asked["procedure"],
            "kind": row.kind,
            "state": row.state,
            "askingUnitId": row.asking_unit_id,
            "unitId": row.unit_id,
            "confidential": row.is_confidential,
            "askedAt": moment(row.asked_at),
            "dueAt": moment(row.due_at),
            "remindedAt": moment(row.reminded_at),
            "late": row.is_late(self.now),
            "endedAt": moment(row.ended_at),
        }

    def detail(self, row: Consultation) -> dict[str, Any]:
        hidden = row.state == ConsultationState.REVOKED and not self._is_ours(row)
        asked: dict[str, Any] = {} if hidden else row.asked
        shared = [] if hidden else shared_files(row, answers=False)
        return self.row_of(row) | {
            "question": asked.get("question"),
            "ownerName": asked.get("owner") or None,
            "answers": asked.get("answers", []),
            "sharedFileIds": [str(file.pk) for file in shared],
            "opinion": row.opinion or None,
            "answer": row.answer or None,
            "answerFileIds": [str(file.pk) for file in shared_files(row, answers=True)],
            "reason": row.reason or None,
            "abilities": abilities(consultation_abilities(self.principal, row)),
        }

    def done(self, row: Consultation) -> Response:
        return self.answer(self.detail(row), status=201, row=row, location=path_of(row))

    def _is_ours(self, row: Consultation) -> bool:
        return row.asking_unit_id in units_of_work(self.principal, localdate(self.now))


class Consultations(Paged, ConsultationView):
    path_parameters = ()
    keys = ("sorted_due", "id")
    parameters = (SIDE, STATE)

    @extend_schema(
        operation_id="listConsultations",
        tags=TAGS,
        summary=_("Questions between your units and others"),
        description=_("What is due first stands first."),
        responses=page_of(schemas.ConsultationSerializer),
    )
    def get(self, request: Request) -> Response:
        user = self.principal
        if not user.is_officer:
            raise Problem(Kind.FORBIDDEN)
        rows, units = self.rows(), units_of_work(user, localdate(self.now))
        if self.query["side"]:
            rows = rows.filter(**{"unit__in" if self.query["side"] == Side.ASKED else "asking_unit__in": units})
        if self.query["state"]:
            rows = rows.filter(state=self.query["state"])
        rows = rows.annotate(sorted_due=Coalesce("due_at", Value(NEVER)))
        return self.paged(request, self.page_of(request, rows), self.row_of)


class ConsultationDetail(ConsultationView):
    @extend_schema(
        operation_id="getConsultation",
        tags=TAGS,
        summary=_("One question with its answer"),
        description=_("The asked unit reads what was shared with it, and nothing else of the dossier."),
        responses=schemas.ConsultationDetailSerializer,
    )
    def get(self, request: Request, pk: UUID) -> Response:
        row = self.rows().filter(pk=pk).first()
        if row is None:
            raise Problem(Kind.NOT_FOUND)
        user, purpose = self.principal, str(_("reading a question about a dossier"))
        ours = units_of_work(user, localdate(self.now))
        unit = row.unit_id if row.unit_id in ours else row.asking_unit_id
        people = [] if row.is_confidential else [UUID(person) for person in row.asked["people"]]
        viewed(row, actor=user, unit=unit, purpose=purpose, at=self.now, concerns=people)
        return self.answer(self.detail(row), row=row)


class Opinions(ConsultationView):
    bodies = {
        "POST": Body(
            "Opinion",
            bodies.choice("opinion", _("What your unit says."), Opinion, example=Opinion.AGREES.value),
            bodies.text(
                "text", _("The answer in words."), longest=ANSWER_LENGTH, lines=True, example="No marriage is entered"
            ),
            file_ids_field(required=False, default=()),
        )
    }

    @extend_schema(
        operation_id="giveOpinion",
        tags=TAGS,
        summary=_("Answer a question"),
        description=_("A verification needs the file of its minutes. A late answer counts, and is called late."),
        responses={201: schemas.ConsultationDetailSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        row, data = self.existing(self.rows(), pk=pk), self.data
        files = versions.files(data["fileIds"]) if data["fileIds"] else []
        done = give_opinion(
            consultation=row,
            opinion=Opinion(data["opinion"]),
            text=data["text"],
            files=files,
            actor=self.principal,
            now=self.now,
        )
        return self.done(done)


class Revocations(ConsultationView):
    bodies = {
        "POST": Body(
            "ConsultationRevocation",
            bodies.text(
                "reason", _("Why no answer is needed any more."), longest=REASON_LENGTH, lines=True, example="Known now"
            ),
        )
    }

    @extend_schema(
        operation_id="revokeConsultation",
        tags=TAGS,
        summary=_("Take a question back"),
        description=_("Only the unit that asked. The asked unit reads the shared papers no longer."),
        responses={201: schemas.ConsultationDetailSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        row, reason = self.existing(self.rows(), pk=pk), self.data["reason"]
        return self.done(revoke_consultation(consultation=row, reason=reason, actor=self.principal, now=self.now))


class StepConsultations(Paged, StepView):
    keys = ("number", "id")
    bodies = {
        "POST": Body(
            "Consultation",
            bodies.several(
                "questions",
                _("Each unit with what it is asked."),
                bodies.group(
                    "question",
                    _("One unit."),
                    bodies.number("unitId", _("Which unit is asked."), lowest=1, example=1),
                    bodies.choice("kind", _("What is asked for."), AskedFor, example=AskedFor.OPINION.value),
                    bodies.text(
                        "question", _("The question, or the task."), longest=QUESTION_LENGTH, lines=True,
                        example="Is a marriage entered?",
                    ),
                    bodies.number(
                        "workingDays", _("Working days to answer, by the asked unit's calendar."), lowest=1,
                        highest=LONGEST, example=3,
                    ),
                ),
                most=MOST_UNITS,
                least=1,
            ),
            bodies.truth(
                "inTurn", _("One after the other, as paper goes."), required=False, default=False, example=False
            ),
            bodies.truth(
                "confidential", _("The citizen is not told who is asked."), required=False, default=False, example=False
            ),
            bodies.truth("ownerShared", _("Tell whose dossier it is."), required=False, default=False, example=False),
            file_ids_field(required=False, default=()),
        )
    }  # fmt: skip

    @extend_schema(
        operation_id="listWorkItemConsultations",
        tags=TAGS,
        summary=_("What other units were asked about this dossier"),
        responses=page_of(schemas.ConsultationSerializer),
    )
    def get(self, request: Request, pk: UUID) -> Response:
        rows = Consultation.objects.filter(dossier=self.seen(pk).dossier_id)
        words = ConsultationView(request=request)
        words.now = self.now
        return self.paged(request, self.page_of(request, rows), words.row_of)

    @extend_schema(
        operation_id="consultUnits",
        tags=TAGS,
        summary=_("Ask other units"),
        description=_("Only who holds the step. The clock of the dossier runs on. fileIds are papers of the dossier."),
        responses={201: work_schemas.WorkItemDetailSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        item, data = self.locked(pk), self.data
        asks = [
            Ask(one["unitId"], AskedFor(one["kind"]), one["question"], one["workingDays"]) for one in data["questions"]
        ]
        shared = Shared(owner=data["ownerShared"], file_ids=tuple(UUID(one) for one in data["fileIds"]))
        consult(
            item=item,
            asks=asks,
            shared=shared,
            in_turn=data["inTurn"],
            is_confidential=data["confidential"],
            actor=self.principal,
            now=self.now,
        )
        return self.done(item)
