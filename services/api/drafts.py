"""What a citizen fills in before filing, kept and resumed; and answers that are only checked."""

from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from portal.accounts.models import Citizen
from portal.api import bodies
from portal.api.base import Paged, WritingView
from portal.api.bodies import Body
from portal.api.problems import Kind, Problem
from portal.api.schema import page_of
from services import filing as ways
from services.api import draft_schemas as schemas
from services.api import filing, parameters
from services.api.base import TAGS, citizen_of, fault, of_answers, refuse, wrong
from services.api.dossier_answers import moment
from services.api.unit_fields import check_unit, follow
from services.declarations import Fault
from services.filing import UNFINISHED
from services.kinds import Channel
from services.models import Draft
from services.models.drafts import DraftQuerySet
from services.models.postal import ADDRESS_LENGTH
from services.operations.drafts import choose_places, discard_draft, save_answers
from services.operations.evidence import forget_evidence
from services.packing import files_of
from services.policies import Capability
from services.queries.drafts import open_drafts
from services.queries.places import UnitsOn

PLACES = ("competentUnitId", "returningUnitId", "returnChannel", "postalAddress")

POSTAL = bodies.text(
    "postalAddress", _("Where it is sent by post, when not to the address in the declaration."),
    longest=ADDRESS_LENGTH, lines=True, required=False, example="Na Ang, An",
)  # fmt: skip


def path_of(draft: Draft) -> str:
    return reverse("api:services:declaration-draft", args=[draft.pk])


def row_of(draft: Draft) -> dict[str, Any]:
    return {
        "id": str(draft.pk),
        "procedureCode": draft.version.code,
        "procedureName": draft.version.name_vi,
        "competentUnitId": draft.competent_unit_id,
        "returningUnitId": draft.returning_unit_id,
        "returnChannel": draft.return_channel or None,
        "postalAddress": draft.postal_address or None,
        "begunAt": moment(draft.begun_at),
        "savedAt": moment(draft.saved_at),
        "expiresAt": moment(draft.expires_at),
    }


def fault_of(one: Fault, at: str = "") -> dict[str, str]:
    return {"pointer": f"{at}{one.pointer}", "code": one.code, "detail": str(one.text)}


class OwnView(WritingView):
    """Of citizens only: officers and programs have no drafts here."""

    def citizen(self) -> Citizen:
        return citizen_of(self.principal)

    def rows(self) -> DraftQuerySet:
        return open_drafts(self.principal, self.now).select_related("version__procedure", "version__form")

    def detail(self, draft: Draft) -> dict[str, Any]:
        """With what keeps it from being filed, and what registers know already."""
        citizen = self.citizen()
        packed = ways.packed_of(draft, citizen, self.now)
        sourced = {one.question.key: one.value for step in packed.walk.steps for one in step.asked if one.sourced}
        return row_of(draft) | {
            "answers": draft.answers,
            "known": sourced,
            "faults": [fault_of(one) for one in ways.faults_of(packed)],
            "missingComponents": [part.key for part in ways.lacking(packed, citizen, self.now)],
        }


class DeclarationDrafts(Paged, OwnView):
    keys = ("-saved_at", "id")
    bodies = {"POST": Body("DeclarationDraft", filing.procedure_field())}

    @extend_schema(
        operation_id="listDeclarationDrafts",
        tags=TAGS,
        summary=_("Your drafts"),
        description=_("Those that can be gone on with, the newest first."),
        responses=page_of(schemas.DeclarationDraftSerializer),
    )
    def get(self, request: Request) -> Response:
        self.citizen()
        return self.paged(request, self.page_of(request, self.rows()), row_of)

    @extend_schema(
        operation_id="beginDeclarationDraft",
        tags=TAGS,
        summary=_("Begin to fill in a form"),
        description=_("Registers are asked about you at once; look at known a little later."),
        responses={201: schemas.DeclarationDraftDetailSerializer},
    )
    def post(self, request: Request) -> Response:
        citizen = self.citizen()
        version = filing.offered(self.data["procedure"], self.now, at_desk=False)
        draft = ways.start(version, citizen, self.now)
        return self.answer(self.detail(draft), status=201, row=draft, location=path_of(draft))


class DeclarationDraftDetail(OwnView):
    path_parameters = (parameters.DRAFT_ID,)
    bodies = {"PUT": Body("DeclarationAnswers", filing.answers_field(), *filing.places_fields(), POSTAL)}

    def found(self, pk: UUID) -> Draft:
        draft = self.rows().filter(pk=pk).first()
        if draft is None:
            raise Problem(Kind.NOT_FOUND)
        return draft

    @extend_schema(
        operation_id="getDeclarationDraft",
        tags=TAGS,
        summary=_("One draft with its answers"),
        description=_("faults says what keeps it from being filed; known is what nobody has to answer."),
        responses=schemas.DeclarationDraftDetailSerializer,
    )
    def get(self, request: Request, pk: UUID) -> Response:
        draft = self.found(pk)
        return self.answer(self.detail(draft), row=draft)

    @extend_schema(
        operation_id="saveDeclarationDraft",
        tags=TAGS,
        summary=_("Keep all answers of a draft"),
        description=_("What is not answered yet may be left out; what is wrong is refused."),
        responses=schemas.DeclarationDraftDetailSerializer,
    )
    def put(self, request: Request, pk: UUID) -> Response:
        draft = self.existing(self.rows(), pk=pk)
        self._check(draft)
        draft = save_answers(
            draft=draft, page="answers", answers=self.data["answers"], actor=self.principal, now=self.now
        )
        if any(self.data[name] is not None for name in PLACES):
            draft = self._places(draft)
        shown = self.found(draft.pk)
        return self.answer(self.detail(shown), row=shown)

    def _check(self, draft: Draft) -> None:
        """Gaps may stay, faults not: what the pages keep has passed the same judge."""
        draft.answers = self.data["answers"]
        packed = ways.packed_of(draft, self.citizen(), self.now)
        refuse(of_answers(one for one in ways.faults_of(packed) if one.code not in UNFINISHED))
        named = [filing.Papers("/answers", tuple(ids)) for ids in files_of(packed.walk).values()]
        refuse(filing.check_files(named, self.principal, self.now))
        told = self._told()
        refuse(one for name in PLACES[:2] for one in check_unit(f"/{name}", told[name], self.now))

    def _told(self) -> dict[str, Any]:
        return follow(self.data, *PLACES[:2], now=self.now)

    def _places(self, draft: Draft) -> Draft:
        told = self._told()
        competent = told["competentUnitId"] or draft.competent_unit_id
        if competent is None:
            raise wrong(fault("/competentUnitId", "required", gettext("This field is needed.")))
        return choose_places(
            draft=draft,
            competent_unit_id=competent,
            returning_unit_id=told["returningUnitId"],
            return_channel=Channel(self.data["returnChannel"] or draft.return_channel or Channel.ONLINE),
            postal_address=self.data["postalAddress"] or draft.postal_address,
            actor=self.principal,
            now=self.now,
        )

    @extend_schema(
        operation_id="discardDeclarationDraft",
        tags=TAGS,
        summary=_("Throw a draft away"),
        responses={204: None},
    )
    def delete(self, request: Request, pk: UUID) -> Response:
        draft = self.existing(self.rows(), pk=pk)
        key = draft.pk
        discard_draft(draft=draft, actor=self.principal, now=self.now)
        forget_evidence(draft_id=key, actor=self.principal, now=self.now)
        return self.answer(None, status=204)


class DeclarationChecks(WritingView):
    """Nothing is kept of it but the answer under its key."""

    capability = Capability.FILE_FOR_CITIZEN.value
    bodies = {"POST": Body("DeclarationCheck", filing.procedure_field(), filing.answers_field())}

    @extend_schema(
        operation_id="checkDeclaration",
        tags=TAGS,
        summary=_("Check answers without filing them"),
        description=_("By the same judge as filing, without what registers know of a person. Nothing is filed."),
        responses={200: schemas.DeclarationCheckSerializer},
    )
    def post(self, request: Request) -> Response:
        version = filing.offered(self.data["procedure"], self.now, at_desk=True)
        told = self.data["answers"]
        found = ways.judged_at_desk(version, told, (), UnitsOn(localdate(self.now), told)).faults
        verdict = {"isComplete": not found, "faults": [fault_of(one, "/answers") for one in found]}
        return self.answer(verdict)
