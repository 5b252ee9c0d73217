"""Later dates and the list of what is late. The same operations as on the pages."""

from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from portal.accounts.models import User
from portal.api import bodies
from portal.api import parameters as kinds
from portal.api.base import MemberPagedView, Paged
from portal.api.bodies import Body
from portal.api.naming import abilities
from portal.api.problems import Fault, Problem, parameter_problem
from portal.api.problems import Kind as Refusal
from portal.api.schema import page_of
from portal.events import viewed
from services.api import dossier_answers as answers
from services.api import lateness_schemas as schemas
from services.api import parameters
from services.api.base import TAGS
from services.api.desk import DossierDeed, ground_field
from services.api.dossiers import path_of
from services.api.work import StepView
from services.models import Dossier, Extension
from services.models.lateness import REASON_LENGTH
from services.operations import extending
from services.operations.moving import people
from services.policies import Capability, is_party, may_at
from services.queries import lateness as queries
from services.queries.lateness import Apology, Kind, Wish
from services.states import ExtensionState
from units.queries import BadText

PARTS = {
    "soon": Kind.SOON,
    "overdue": Kind.LATE,
    "decided_late": Kind.DECIDED_LATE,
    "returned_late": Kind.RETURNED_LATE,
}
APOLOGIES = {"none": Apology.NONE, "late": Apology.LATE, "in_time": Apology.IN_TIME}
KIND = kinds.choice("kind", _("Which part of the list; overdue when left out."), list(PARTS))
APOLOGY = kinds.choice("apology", _("Only dossiers with such an apology."), list(APOLOGIES))
COMPETENT = kinds.number("unit", _("Only what this unit decides."))
HOLDER = kinds.text("officer", _("Only what this officer held when the promised moment passed."), longest=36)
REASON = bodies.text(
    "reason", _("Why it takes longer; the citizen reads it."), longest=REASON_LENGTH, lines=True,
    example="The other commune has not answered yet",
)  # fmt: skip


def extension(row: Extension, user: User) -> dict[str, Any]:
    head = may_at(user, Capability.APPROVE, row.dossier.competent_unit_id) and row.asked_by_id != user.pk
    may = row.state == ExtensionState.ASKED and head
    return {
        "id": str(row.pk),
        "state": row.state,
        "reason": row.reason,
        "ground": row.ground,
        "oldDueAt": answers.moment(row.old_due_at),
        "newDueAt": answers.moment(row.new_due_at),
        "askedAt": answers.moment(row.asked_at),
        "endedAt": answers.moment(row.ended_at),
        "answer": row.answer or None,
        "lateApology": row.late_apology,
        "formId": str(row.form_id) if row.form_id else None,
        "abilities": abilities({"approve": may, "decline": may}),
    }


class Extensions(Paged, DossierDeed):
    """Citizens see what was set; what the office considered is its own."""

    keys = ("asked_at", "id")

    @extend_schema(
        operation_id="listExtensions",
        tags=TAGS,
        summary=_("Later dates of a dossier"),
        description=_("Proposed, set, declined or lapsed. Owner and filer see those that were set."),
        responses=page_of(schemas.ExtensionSerializer),
    )
    def get(self, request: Request, pk: UUID) -> Response:
        found, user = self.seen(pk), self.principal
        rows = Extension.objects.filter(dossier=found).select_related("dossier")
        if is_party(user, found):
            rows = rows.filter(state=ExtensionState.APPROVED.value)
        else:
            purpose, unit = str(_("handling the dossier")), found.responsible_unit_id
            viewed(found, actor=user, unit=unit, purpose=purpose, at=self.now, concerns=people(found))
        return self.paged(request, self.page_of(request, rows), lambda row: extension(row, user))


class ProposedExtensions(StepView):
    bodies = {
        "POST": Body(
            "ExtensionProposal",
            bodies.day("newDueDate", _("The new day: a working day after the promised one.")),
            REASON,
            ground_field(required=False, default=queries.EXTENSION_GROUND),
        )
    }

    @extend_schema(
        operation_id="proposeExtension",
        tags=["work-items"],
        summary=_("Propose a later date"),
        description=_("Once for a dossier, and only before its due moment. The head decides."),
        responses={201: schemas.ExtensionSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        item, data = self.locked(pk), self.data
        row = extending.ask_extension(
            item=item,
            new_due_on=data["newDueDate"],
            reason=data["reason"],
            ground=data["ground"],
            actor=self.principal,
            now=self.now,
        )
        return answered(self, row)


class ExtensionDeed(DossierDeed):
    """On the proposal that waits. 409 when none does."""

    def waiting(self, dossier: Dossier) -> Extension:
        row = Extension.objects.filter(dossier=dossier).order_by("-asked_at", "id").first()
        if row is None:
            raise Problem(Refusal.CONFLICT)
        row.dossier = dossier
        return row


class ExtensionApprovals(ExtensionDeed):
    @extend_schema(
        operation_id="approveExtension",
        tags=TAGS,
        summary=_("Apologise and set the later date"),
        description=_("By the head, before the promised moment. The clock gets its entry, Form 04 is made."),
        responses={201: schemas.ExtensionSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        row = self.waiting(self.locked(pk))
        return answered(self, extending.approve_extension(extension=row, actor=self.principal, now=self.now))


class ExtensionRefusals(ExtensionDeed):
    bodies = {
        "POST": Body(
            "ExtensionRefusal",
            bodies.text("reason", _("Why not."), longest=REASON_LENGTH, lines=True, example="It can be done in time"),
        )
    }

    @extend_schema(
        operation_id="declineExtension",
        tags=TAGS,
        summary=_("Let the promised date stand"),
        description=_("By the head, with a reason."),
        responses={201: schemas.ExtensionSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        row, reason = self.waiting(self.locked(pk)), self.data["reason"]
        done = extending.decline_extension(extension=row, reason=reason, actor=self.principal, now=self.now)
        return answered(self, done)


def answered(view: Any, row: Extension) -> Response:
    dossier = Dossier.objects.select_related("version__procedure").get(pk=row.dossier_id)
    body = extension(row, view.principal)
    answer: Response = view.answer(body, status=201, row=dossier, location=f"{path_of(dossier)}/extensions")
    return answer


class LateDossiers(MemberPagedView):
    """For heads and whoever gives out the work."""

    keys = ("due_at", "id")
    parameters = (KIND, APOLOGY, COMPETENT, HOLDER, parameters.OWNER)

    @extend_schema(
        operation_id="listLateDossiers",
        tags=TAGS,
        summary=_("What is nearly late or late"),
        description=_("Of the units that you answer for, the soonest promised first, with who held it."),
        responses=page_of(schemas.LateDossierSerializer),
    )
    def get(self, request: Request) -> Response:
        user, now, query = self.principal, timezone.now(), self.query
        units = queries.heads_units(user, localdate(now)) if user.is_officer else []
        if not units:
            raise Problem(Refusal.FORBIDDEN)
        wish = Wish(
            kind=PARTS[query["kind"] or "overdue"],
            apology=APOLOGIES[query["apology"]] if query["apology"] else "",
            unit=query["unit"],
            officer=_officer(query["officer"]),
            text=query["q"] or "",
        )
        try:
            rows = queries.late_list(units, wish, now)
        except BadText:
            raise parameter_problem(Fault("q", "no-words", gettext("Nothing of it can be searched."))) from None
        return self.paged(request, self.page_of(request, rows), late)


def _officer(text: str | None) -> str:
    try:
        return str(UUID(text)) if text else ""
    except ValueError:
        raise parameter_problem(Fault("officer", "no-id", gettext("This is no id of an officer."))) from None


def late(row: Any) -> dict[str, Any]:
    return answers.dossier(row) | {
        "officerId": str(row.officer_at_due) if row.officer_at_due else None,
        "lateApology": row.late_apology,
        "handedOutAt": answers.moment(row.handed_out_at),
    }
