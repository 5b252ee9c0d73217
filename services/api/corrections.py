"""Mistakes in issued results: reported, decided by the head. The same operations as on the pages."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from portal.accounts.models import User
from portal.api import bodies
from portal.api.base import Paged
from portal.api.bodies import Body
from portal.api.naming import abilities
from portal.api.problems import Kind, Problem
from portal.api.schema import page_of
from portal.events import viewed
from services.api import dossier_answers as answers
from services.api import lateness_schemas as schemas
from services.api.base import TAGS
from services.api.desk import DossierDeed
from services.api.dossiers import path_of
from services.models import Correction, Dossier
from services.models.corrections import TEXT_LENGTH
from services.operations import correcting
from services.operations.moving import people
from services.policies import Capability, is_party, may_at
from services.states import CorrectionState


def correction(row: Correction, user: User) -> dict[str, Any]:
    head = may_at(user, Capability.APPROVE, row.dossier.competent_unit_id)
    may = row.state == CorrectionState.ASKED and head
    return {
        "id": str(row.pk),
        "state": row.state,
        "foundBy": row.found_by,
        "wrong": row.wrong,
        "askedAt": answers.moment(row.asked_at),
        "dueAt": answers.moment(row.due_at),
        "begunAt": answers.moment(row.begun_at),
        "endedAt": answers.moment(row.ended_at),
        "answer": row.answer or None,
        "oldDocumentId": str(row.old_document),
        "newDocumentId": str(row.new_document) if row.new_document else None,
        "abilities": abilities({"begin": may, "decline": may}),
    }


class CorrectionDeed(DossierDeed):
    def told(self, row: Correction) -> Response:
        dossier = Dossier.objects.select_related("version__procedure").get(pk=row.dossier_id)
        body = correction(row, self.principal)
        return self.answer(body, status=201, row=dossier, location=f"{path_of(dossier)}/corrections")

    def waiting(self, dossier: Dossier) -> Correction:
        """The newest report. 409 when there is none."""
        row = Correction.objects.filter(dossier=dossier).order_by("-asked_at", "id").first()
        if row is None:
            raise Problem(Kind.CONFLICT)
        row.dossier = dossier
        return row


class Corrections(Paged, CorrectionDeed):
    """Programs that file for citizens see what was reported, and never report for them."""

    keys = ("asked_at", "id")
    capability = Capability.FILE_FOR_CITIZEN.value
    bodies = {
        "POST": Body(
            "ResultMistake",
            bodies.text(
                "wrong", _("What is wrong, and how it is right."), longest=TEXT_LENGTH, lines=True,
                example="The mother was born in 1998",
            ),
        )
    }  # fmt: skip

    @extend_schema(
        operation_id="listCorrections",
        tags=TAGS,
        summary=_("Mistakes reported in the result"),
        description=_("What was wrong, until when it is corrected, and what became of it."),
        responses=page_of(schemas.CorrectionSerializer),
    )
    def get(self, request: Request, pk: UUID) -> Response:
        found, user = self.seen(pk), self.principal
        if not is_party(user, found):
            purpose, unit = str(_("handling the dossier")), found.responsible_unit_id
            viewed(found, actor=user, unit=unit, purpose=purpose, at=self.now, concerns=people(found))
        rows = Correction.objects.filter(dossier=found).select_related("dossier")
        return self.paged(request, self.page_of(request, rows), lambda row: correction(row, user))

    @extend_schema(
        operation_id="reportResultMistake",
        tags=TAGS,
        summary=_("Report a mistake in the result"),
        description=_("By owner, filer or the office, once a result was issued. It is corrected in 3 working days."),
        responses={201: schemas.CorrectionSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        found, wrong = self.locked(pk), self.data["wrong"]
        return self.told(correcting.ask_correction(dossier=found, wrong=wrong, actor=self.principal, now=self.now))


class CorrectionStarts(CorrectionDeed):
    @extend_schema(
        operation_id="beginCorrection",
        tags=TAGS,
        summary=_("Revoke the result and correct it"),
        description=_("By the head. The steps run again towards a result that takes the place of the wrong one."),
        responses={201: schemas.CorrectionSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        row = self.waiting(self.locked(pk))
        return self.told(correcting.begin_correction(correction=row, actor=self.principal, now=self.now))


class CorrectionRefusals(CorrectionDeed):
    bodies = {
        "POST": Body(
            "CorrectionRefusal",
            bodies.text(
                "reason", _("Why nothing is wrong."), longest=TEXT_LENGTH, lines=True,
                example="It says what the birth notice says",
            ),
        )
    }  # fmt: skip

    @extend_schema(
        operation_id="declineCorrection",
        tags=TAGS,
        summary=_("Let the result stand"),
        description=_("By the head, with a reason that whoever reported it reads."),
        responses={201: schemas.CorrectionSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        row, reason = self.waiting(self.locked(pk)), self.data["reason"]
        done = correcting.decline_correction(correction=row, reason=reason, actor=self.principal, now=self.now)
        return self.told(done)
