"""Real moments beside clicks. For officers only; the same operations as on the pages."""

from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from documents.models import StoredFile
from documents.queries.files import readable
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
from services.api.base import TAGS, fault, wrong
from services.api.desk import DossierDeed
from services.api.dossiers import path_of
from services.api.filing import uuid_field
from services.models import Dossier, RealMoment, WorkItem
from services.models.lateness import PROOF_LENGTH, REASON_LENGTH
from services.operations import real_moments as deeds
from services.operations.moving import people
from services.operations.real_moments import Claim
from services.queries.real_moments import may_decide
from services.states import ClaimState


def real_moment(row: RealMoment, user: User) -> dict[str, Any]:
    may = row.state == ClaimState.CLAIMED and may_decide(user, row, timezone.now())
    return {
        "id": str(row.pk),
        "state": row.state,
        "stepId": str(row.step_id) if row.step_id else None,
        "clickedAt": answers.moment(row.clicked_at),
        "happenedAt": answers.moment(row.really_at),
        "reason": row.reason,
        "proof": row.proof,
        "fileId": str(row.file_id) if row.file_id else None,
        "claimedAt": answers.moment(row.claimed_at),
        "endedAt": answers.moment(row.ended_at),
        "answer": row.answer or None,
        "abilities": abilities({"confirm": may, "refuse": may}),
    }


class MomentDeed(DossierDeed):
    def officers_only(self) -> User:
        """Raises the 403 for citizens and programs: it is the office's own affair."""
        user: User = self.principal
        if not user.is_officer:
            raise Problem(Kind.FORBIDDEN)
        return user

    def told(self, row: RealMoment) -> Response:
        dossier = Dossier.objects.select_related("version__procedure").get(pk=row.dossier_id)
        body = real_moment(row, self.principal)
        return self.answer(body, status=201, row=dossier, location=f"{path_of(dossier)}/real-moments")

    def waiting(self, dossier: Dossier) -> RealMoment:
        rows = RealMoment.objects.filter(dossier=dossier).select_related("step")
        row = rows.filter(pk=UUID(self.data["realMomentId"])).first()
        if row is None:
            sentence = gettext("This dossier has no such real moment.")
            raise wrong(fault("/realMomentId", "not-a-choice", sentence))
        row.dossier = dossier
        return row


class RealMoments(Paged, MomentDeed):
    keys = ("claimed_at", "id")
    bodies = {
        "POST": Body(
            "RealMoment",
            uuid_field("stepId", _("The step that you finished; leave it out for the hand-out."), required=False),
            bodies.moment("happenedAt", _("When it really was: before the click.")),
            bodies.text(
                "reason", _("Why it was clicked later."), longest=REASON_LENGTH, lines=True,
                example="The connection was down",
            ),
            bodies.text(
                "proof", _("What proves it."), longest=PROOF_LENGTH, lines=True, example="Hand-over slip 12 is signed"
            ),
            uuid_field("fileId", _("The proof as a file that was sent to files before."), required=False),
        )
    }  # fmt: skip

    @extend_schema(
        operation_id="listRealMoments",
        tags=TAGS,
        summary=_("Real moments beside clicks"),
        description=_("For officers. Both moments are kept; the state says by which lateness counts."),
        responses=page_of(schemas.RealMomentSerializer),
    )
    def get(self, request: Request, pk: UUID) -> Response:
        found = self.seen(pk)
        user, purpose = self.officers_only(), str(_("handling the dossier"))
        viewed(found, actor=user, unit=found.responsible_unit_id, purpose=purpose, at=self.now, concerns=people(found))
        rows = RealMoment.objects.filter(dossier=found).select_related("dossier", "step")
        return self.paged(request, self.page_of(request, rows), lambda row: real_moment(row, user))

    @extend_schema(
        operation_id="enterRealMoment",
        tags=TAGS,
        summary=_("Enter a real moment"),
        description=_("By whoever handed it over and clicked later, with reason and proof. Somebody else confirms it."),
        responses={201: schemas.RealMomentSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        found, data = self.locked(pk), self.data
        claim = Claim(data["happenedAt"], data["reason"], data["proof"], self._file())
        row = deeds.claim_real_moment(
            dossier=found, claim=claim, step=self._step(found), actor=self.officers_only(), now=self.now
        )
        return self.told(row)

    def _step(self, dossier: Dossier) -> WorkItem | None:
        if not self.data["stepId"]:
            return None
        step = WorkItem.objects.of(dossier).filter(pk=UUID(self.data["stepId"])).first()
        if step is None:
            raise wrong(fault("/stepId", "not-a-choice", gettext("This dossier has no such step.")))
        return step

    def _file(self) -> StoredFile | None:
        if not self.data["fileId"]:
            return None
        file = readable(self.principal, localdate(self.now)).filter(pk=UUID(self.data["fileId"])).first()
        if file is None:
            raise wrong(fault("/fileId", "not-a-choice", gettext("You have no such file.")))
        return file


class RealMomentConfirmations(MomentDeed):
    bodies = {"POST": Body("RealMomentConfirmation", uuid_field("realMomentId", _("Which one.")))}

    @extend_schema(
        operation_id="confirmRealMoment",
        tags=TAGS,
        summary=_("Confirm a real moment"),
        description=_("By somebody else than whoever entered it. From now on lateness counts by it."),
        responses={201: schemas.RealMomentSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        row = self.waiting(self.locked(pk))
        return self.told(deeds.confirm_real_moment(moment=row, actor=self.officers_only(), now=self.now))


class RealMomentRefusals(MomentDeed):
    bodies = {
        "POST": Body(
            "RealMomentRefusal",
            uuid_field("realMomentId", _("Which one.")),
            bodies.text(
                "reason",
                _("Why it is not accepted."),
                longest=REASON_LENGTH,
                lines=True,
                example="It has no date",
            ),
        )
    }

    @extend_schema(
        operation_id="refuseRealMoment",
        tags=TAGS,
        summary=_("Do not accept a real moment"),
        description=_("With a reason. Lateness counts by the click."),
        responses={201: schemas.RealMomentSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        row, reason = self.waiting(self.locked(pk)), self.data["reason"]
        done = deeds.refuse_real_moment(moment=row, reason=reason, actor=self.officers_only(), now=self.now)
        return self.told(done)
