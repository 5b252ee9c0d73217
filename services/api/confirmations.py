"""What the citizen is asked about drafts of results: read, confirmed, objected to."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from portal.api import bodies
from portal.api.base import Paged
from portal.api.bodies import Body
from portal.api.schema import page_of
from portal.events import viewed
from services.api import confirmation_schemas as schemas
from services.api import dossier_schemas
from services.api.base import TAGS
from services.api.desk import DossierDeed
from services.api.dossier_answers import confirmation
from services.models import Confirmation
from services.models.confirmations import OBJECTION_LENGTH
from services.operations import confirming
from services.operations.moving import people
from services.policies import Capability, is_party


class Confirmations(Paged, DossierDeed):
    """Programs that file for citizens see what is asked, and never answer for them."""

    keys = ("number", "id")
    capability = Capability.FILE_FOR_CITIZEN.value

    @extend_schema(
        operation_id="listDraftConfirmations",
        tags=TAGS,
        summary=_("Drafts that the citizen was asked about"),
        description=_("What each draft says, until when it is answered, and what was answered."),
        responses=page_of(schemas.ConfirmationSerializer),
    )
    def get(self, request: Request, pk: UUID) -> Response:
        found, user = self.seen(pk), self.principal
        if not is_party(user, found):
            purpose, unit = str(_("handling the dossier")), found.responsible_unit_id
            viewed(found, actor=user, unit=unit, purpose=purpose, at=self.now, concerns=people(found))
        rows = Confirmation.objects.filter(dossier=found)
        return self.paged(request, self.page_of(request, rows), confirmation)

    @extend_schema(
        operation_id="confirmDraft",
        tags=TAGS,
        summary=_("Confirm the draft"),
        description=_("Only owner or filer, while the draft waits for an answer. The result then goes on by itself."),
        responses={201: dossier_schemas.DossierDetailSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        found = self.locked(pk)
        return self.done(confirming.confirm_draft(dossier=found, actor=self.principal, now=self.now))


class Objections(DossierDeed):
    capability = Capability.FILE_FOR_CITIZEN.value
    bodies = {
        "POST": Body(
            "DraftObjection",
            bodies.text(
                "text", _("What is wrong, and how it is right."), longest=OBJECTION_LENGTH, lines=True,
                example="The mother was born in 1998",
            ),
        )
    }  # fmt: skip

    @extend_schema(
        operation_id="objectToDraft",
        tags=TAGS,
        summary=_("Say what is wrong in the draft"),
        description=_("Only owner or filer. The officer mends the draft and asks again."),
        responses={201: dossier_schemas.DossierDetailSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        found, text = self.locked(pk), self.data["text"]
        return self.done(confirming.object_to_draft(dossier=found, text=text, actor=self.principal, now=self.now))
