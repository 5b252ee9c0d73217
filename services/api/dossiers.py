"""Dossiers: the list, filing, one with everything, and its parts."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from portal.api.base import Paged
from portal.api.bodies import Body
from portal.api.problems import Fault, parameter_problem
from portal.api.schema import page_of
from portal.events import Event, viewed
from services import filing as ways
from services.api import dossier_answers as answers
from services.api import dossier_schemas as schemas
from services.api import filing, parameters
from services.api.base import TAGS, DossierView, citizen_of, of_answers, refuse
from services.api.parameters import Order, Role
from services.models import Attachment, ClockEntry, Dossier, Draft
from services.operations.citizen import change_content
from services.operations.filing import file_dossier
from services.operations.moving import people
from services.policies import Capability, is_party
from services.queries.dossiers import SUBJECT, about_owner, left_by, names_of_actors, seen_from
from services.queries.parts import DetailParts
from units.queries import BadText

PARTS = {
    Role.RECEIVING: "receiving_unit",
    Role.COMPETENT: "competent_unit",
    Role.RETURNING: "returning_unit",
    Role.RESPONSIBLE: "responsible_unit",
}
# What a list does not show: sealed answers, and the whole description of the procedure.
HEAVY = (
    "answers_sealed", "contact_sealed", "pin_sealed", "owner_number_sealed", "version__parts", "version__steps",
)  # fmt: skip


def path_of(dossier: Dossier) -> str:
    return reverse("api:services:dossier", args=[dossier.pk])


class Dossiers(Paged, DossierView):
    path_parameters = ()
    capability = Capability.FILE_FOR_CITIZEN.value
    parameters = (
        parameters.STATE, parameters.UNIT, parameters.ROLE, parameters.DOSSIER_CODE, parameters.PROCEDURE,
        parameters.DUE_BEFORE, parameters.SUBMITTED_FROM, parameters.SUBMITTED_TO, parameters.OWNER, parameters.ORDER,
    )  # fmt: skip
    bodies = {"POST": filing.DOSSIER}

    @extend_schema(
        operation_id="listDossiers",
        tags=TAGS,
        summary=_("Dossiers that you may see"),
        description=_(
            "A citizen's own; for officers and programs those in which one of their units has a part. Several filters "
            "narrow the list together."
        ),
        responses=page_of(schemas.DossierSerializer),
    )
    def get(self, request: Request) -> Response:
        return self.paged(request, self.page_of(request, self.filtered()), answers.dossier)

    def order(self) -> Sequence[str]:
        return ("next_due_at", "id") if self.query["order"] == Order.DUE else ("-submitted_at", "id")

    def filtered(self) -> QuerySet[Dossier]:
        query, found = self.query, self.rows().select_related(None).select_related("version__procedure").defer(*HEAVY)
        if query["state"]:
            found = found.filter(state=query["state"])
        if query["code"]:
            said = query["code"].upper()
            found = found.filter(Q(code=said) | Q(reference=said))
        if query["procedure"]:
            found = found.filter(version__procedure__code=query["procedure"])
        if query["dueBefore"]:
            found = found.filter(next_due_at__lt=midnight(query["dueBefore"]))
        if query["submittedFrom"]:
            found = found.filter(submitted_at__gte=midnight(query["submittedFrom"]))
        if query["submittedTo"]:
            found = found.filter(submitted_at__lt=midnight(query["submittedTo"] + timedelta(days=1)))
        if query["q"]:
            found = found.filter(_owner(query["q"]))
        if query["order"] == Order.DUE:
            found = found.filter(next_due_at__isnull=False)
        return self._part(found)

    def _part(self, found: QuerySet[Dossier]) -> QuerySet[Dossier]:
        role, unit = self.query["role"], self.query["unit"]
        if role in {Role.OWNER, Role.FILER}:
            found = found.filter(**{str(role): self.principal})
        elif role and unit:
            return found.filter(**{PARTS[Role(role)]: unit})
        elif role:
            sentence = _("Only together with unit.")
            raise parameter_problem(Fault("role", "not-together", str(sentence)))
        if unit:
            found = found.filter(_any_part(unit))
        return found

    @extend_schema(
        operation_id="fileDossier",
        tags=TAGS,
        summary=_("File a dossier"),
        description=_(
            "A citizen files for oneself: a draft by its id, or procedure and answers at once. An officer of a desk or "
            "a program files for somebody, who stays the filer. The answers are checked as on the pages; each fault "
            "has its JSON pointer."
        ),
        responses={201: schemas.DossierDetailSerializer},
    )
    def post(self, request: Request) -> Response:
        user = self.principal
        if user.is_citizen:
            dossier = self._filed_before() or self._file_own()
        else:
            return self._file_for_somebody()
        return self._filed(dossier, answers.detail(dossier, user))

    def _filed(self, dossier: Dossier, body: answers.Json) -> Response:
        return self.answer(body, status=201, row=dossier, location=path_of(dossier))

    def _file_for_somebody(self) -> Response:
        """The answer says what was just written, without asking for it again."""
        user = self.principal
        behalf = filing.for_somebody(self.data, user, self.now)
        filed = file_dossier(filing=ways.filing_for(behalf, actor=user), actor=user, now=self.now)
        parts = DetailParts(components=filed.components, attachments=filed.attachments, entries=[])
        return self._filed(filed.dossier, answers.detail(filed.dossier, user, parts=parts, units=behalf.units))

    def _filed_before(self) -> Dossier | None:
        """The same draft leads to the same dossier."""
        if not self.data["draftId"]:
            return None
        drafts = Draft.objects.of(self.principal).filter(pk=UUID(self.data["draftId"]))
        draft = drafts.exclude(dossier=None).select_related("dossier__version__procedure").first()
        return draft.dossier if draft else None

    def _file_own(self) -> Dossier:
        citizen = citizen_of(self.principal)
        return ways.send(filing.for_oneself(self.data, citizen, self.now), citizen, self.now)


def midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=get_current_timezone())


def _any_part(unit: int) -> Q:
    found = Q()
    for name in PARTS.values():
        found |= Q(**{name: unit})
    return found


def _owner(text: str) -> Q:
    try:
        return about_owner(text)
    except BadText:
        raise parameter_problem(Fault("q", "empty", str(_("Write at least one letter or digit.")))) from None


class DossierDetail(DossierView):
    capability = Capability.FILE_FOR_CITIZEN.value
    bodies = {"PATCH": Body("DossierContent", filing.answers_field())}

    @extend_schema(
        operation_id="getDossier",
        tags=TAGS,
        summary=_("One dossier with answers, papers and clock"),
        description=_("That an officer or a program read it is recorded; its people can see that."),
        responses=schemas.DossierDetailSerializer,
    )
    def get(self, request: Request, pk: UUID) -> Response:
        found, user = self.seen(pk), self.principal
        if not is_party(user, found):
            purpose, unit = str(_("handling the dossier")), found.responsible_unit_id
            viewed(found, actor=user, unit=unit, purpose=purpose, at=self.now, concerns=people(found))
        return self.answer(answers.detail(found, user), row=found)

    @extend_schema(
        operation_id="changeDossierContent",
        tags=TAGS,
        summary=_("Correct what was declared"),
        description=_("While the desk has not received it. All answers are sent; papers stay as they are."),
        responses=schemas.DossierDetailSerializer,
    )
    def patch(self, request: Request, pk: UUID) -> Response:
        found, user = self.locked(pk), self.principal
        changed = ways.checked_change(found, self.data["answers"], actor=user, now=self.now)
        refuse(of_answers(changed.faults))
        done = change_content(dossier=found, answers=changed.answers, actor=user, now=self.now)
        return self.answer(answers.detail(done, user), row=done)


class DossierClock(DossierView):
    @extend_schema(
        operation_id="getDossierClock",
        tags=TAGS,
        summary=_("The clock of a dossier, line by line"),
        responses=schemas.ClockSerializer,
    )
    def get(self, request: Request, pk: UUID) -> Response:
        found = self.seen(pk)
        return self.answer(answers.clock(found, list(ClockEntry.objects.of(found))), row=found)


class DossierEvents(Paged, DossierView):
    keys = ("-id",)

    @extend_schema(
        operation_id="listDossierEvents",
        tags=TAGS,
        summary=_("What happened to a dossier"),
        description=_("Newest first, in words. Who read it is not listed here."),
        responses=page_of(schemas.DossierEventSerializer),
    )
    def get(self, request: Request, pk: UUID) -> Response:
        found = self.seen(pk)
        rows = Event.objects.about(SUBJECT, found.pk).exclude(name__endswith=".viewed")
        with seen_from(set() if self.principal.is_citizen else left_by(found)):
            page = self.page_of(request, rows)
        names = names_of_actors(page.rows) if self.principal.is_officer else {}
        own = self.principal.event_actor

        def build(row: Event) -> dict[str, Any]:
            return answers.event(row, names=names, own=own)

        return self.paged(request, page, build)


class DossierAttachments(Paged, DossierView):
    @extend_schema(
        operation_id="listDossierAttachments",
        tags=TAGS,
        summary=_("The files of a dossier"),
        description=_("Those that were replaced by a later one are among them."),
        responses=page_of(schemas.AttachmentSerializer),
    )
    def get(self, request: Request, pk: UUID) -> Response:
        found = self.seen(pk)
        rows = Attachment.objects.filter(component__dossier=found).select_related("component", "file__blob")
        return self.paged(request, self.page_of(request, rows), answers.attachment)
