"""Petitions over REST for those who are signed in: their own, or those that their unit handles, and every deed."""

from collections.abc import Callable, Sequence
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
from portal.api import parameters as query
from portal.api.base import Paged, WritingView
from portal.api.bodies import Body
from portal.api.parameters import Parameter
from portal.api.problems import Kind, Problem
from portal.api.schema import page_of
from portal.events import viewed
from services.api import parameters
from services.api import petition_answers as answers
from services.api import petition_schemas as schemas
from services.api.base import fault, wrong
from services.api.filing import unit_field, uuid_field
from services.api.petition_public import TAGS, TYPES, optional, score_field, text_field, why_field
from services.api.work import NEVER
from services.models import Petition
from services.models.petitions import TITLE_LENGTH
from services.operations import petition_publishing as publishing
from services.operations import petition_work as work
from services.operations.petition_moving import people
from services.operations.petitions import rate_petition, supplement_petition, withdraw_petition
from services.petition_errors import NotMergeableError, PersonalDataError
from services.petition_policies import officers_for
from services.petition_states import PetitionState
from services.queries.look_up import normal
from services.queries.petitions import as_officer_sees, as_sender_sees, visible_petitions

FIELDS = {"text": "/text", "title": "/title", "question": "/question", "answer": "/answer", "": ""}


class PetitionView(WritingView):
    """One petition, or something of it. Strangers, and whoever it complains about, get 404."""

    path_parameters: ClassVar[Sequence[Parameter]] = (parameters.PETITION_ID,)
    must_match = frozenset({"POST"})

    def rows(self) -> QuerySet[Petition]:
        rows = visible_petitions(self.principal, localdate(self.now))
        return rows.select_related("procedure", "repeat_of", "dossier")

    def seen(self, pk: UUID) -> Petition:
        found = self.rows().filter(pk=pk).first()
        if found is None:
            raise Problem(Kind.NOT_FOUND)
        return found

    def locked(self, pk: UUID) -> Petition:
        """For a deed, in the version that the client has read. Raises 404 and 412."""
        return self.existing(self.rows(), pk=pk)

    def detail(self, found: Petition) -> dict[str, Any]:
        user = self.principal
        return answers.detail(as_officer_sees(found) if user.is_officer else as_sender_sees(found), user)

    def done(self, pk: UUID) -> Response:
        """As the deed left it. Whoever forwarded it may still look; whom it now complains about may not."""
        found = self.rows().filter(pk=pk).first()
        if found is None:
            return self.answer(None, status=204)
        path = reverse("api:services:petition", args=[pk])
        return self.answer(self.detail(found), status=201, row=found, location=path)


class Petitions(Paged, PetitionView):
    path_parameters = ()
    keys = ("sorted_due", "id")
    parameters = (
        query.choice("state", _("Only petitions in this state."), PetitionState),
        query.choice("type", _("Only of this type."), TYPES),
        query.number("unit", _("Only petitions that this unit is responsible for.")),
        query.choice(
            "held", _("me: only those that you handle; nobody: only those that nobody does."), parameters.Held
        ),
    )

    @extend_schema(
        operation_id="listPetitions",
        tags=TAGS,
        summary=_("Petitions of your units, or your own"),
        description=_("The soonest due first, those that have ended last."),
        responses=page_of(schemas.PetitionSerializer),
    )
    def get(self, request: Request) -> Response:
        said, user = self.query, self.principal
        rows = self.rows()
        if said["state"]:
            rows = rows.filter(state=said["state"])
        if said["type"]:
            rows = rows.filter(kind=said["type"])
        if said["unit"]:
            rows = rows.filter(responsible_unit=said["unit"])
        if said["held"]:
            rows = rows.filter(handler=user if said["held"] == parameters.Held.ME else None)
        rows = rows.annotate(sorted_due=Coalesce("next_due_at", Value(NEVER)))
        return self.paged(request, self.page_of(request, rows), lambda row: answers.petition(row, user))


class PetitionDetail(PetitionView):
    @extend_schema(
        operation_id="getPetition",
        tags=TAGS,
        summary=_("One petition"),
        description=_("Reading by an officer is an event."),
        responses=schemas.PetitionDetailSerializer,
    )
    def get(self, request: Request, pk: UUID) -> Response:
        found, user = self.seen(pk), self.principal
        if user.is_officer:
            purpose, unit = str(_("handling a petition")), found.responsible_unit_id
            viewed(found, actor=user, unit=unit, purpose=purpose, at=self.now, concerns=people(found))
        return self.answer(self.detail(found), row=found)


class PetitionDeeds(PetitionView):
    """A deed on the version that was read. `act` takes the petition and says what is done."""

    def act(self, found: Petition) -> object:
        raise NotImplementedError

    def given(self, found: Petition) -> dict[str, Any]:
        return {"petition": found, "actor": self.principal, "now": self.now}

    def post(self, request: Request, pk: UUID) -> Response:
        found = self.locked(pk)
        try:
            self.act(found)
        except PersonalDataError as refusal:
            raise wrong(fault(FIELDS[refusal.field], refusal.code, str(refusal))) from refusal
        return self.done(pk)

    def officer(self, found: Petition) -> User:
        """One who handles petitions at its unit."""
        wanted = UUID(self.data["officerId"])
        for user, _name in officers_for(found.responsible_unit_id, localdate(self.now)):
            if user.pk == wanted:
                return user
        sentence = gettext("Nobody of this id handles petitions of this unit.")
        raise wrong(fault("/officerId", "no-colleague", sentence))

    def other(self, code: str) -> Petition:
        """Another petition that this officer may see."""
        found = self.rows().filter(reference=normal(code)).first()
        if found is None:
            raise NotMergeableError
        return found


Deed = type[PetitionDeeds]


def deed(
    name: str, operation_id: str, summary: Any, act: Callable[[PetitionDeeds, Petition], object], *fields: bodies.Field
) -> Deed:
    """The address of one deed; they differ in what they take and in the operation they call."""

    class One(PetitionDeeds):
        bodies = {"POST": Body(name, *fields)} if fields else {}

        @extend_schema(
            operation_id=operation_id,
            tags=TAGS,
            summary=summary,
            responses={201: schemas.PetitionDetailSerializer},
        )
        def post(self, request: Request, pk: UUID) -> Response:
            return super().post(request, pk)

        def act(self, found: Petition) -> object:
            return act(self, found)

    One.__name__ = One.__qualname__ = f"{name}s"
    return One


REASON = _("The reason, in words.")
OFFICER = _("An officer who handles petitions at this unit.")
Receptions = deed(
    "PetitionReception", "receivePetition", _("Receive a petition and handle it"),
    lambda view, found: work.receive_petition(**view.given(found)),
)  # fmt: skip
Assignments = deed(
    "PetitionAssignment", "assignPetition", _("Give a petition to a colleague"),
    lambda view, found: work.assign_petition(officer=view.officer(found), **view.given(found)),
    uuid_field("officerId", OFFICER),
)  # fmt: skip
Requests = deed(
    "PetitionRequest", "askFiler", _("Ask for a supplement"),
    lambda view, found: work.ask_filer(text=view.data["text"], **view.given(found)),
    text_field(_("Everything that must be added.")),
)  # fmt: skip
Answers = deed(
    "PetitionAnswer", "answerPetition", _("Answer a petition"),
    lambda view, found: work.answer_petition(text=view.data["text"], **view.given(found)),
    text_field(_("The answer, as whoever sent it reads it.")),
)  # fmt: skip
Refusals = deed(
    "PetitionRefusal", "refusePetition", _("Refuse a petition"),
    lambda view, found: work.refuse_petition(text=view.data["text"], **view.given(found)), text_field(REASON),
)  # fmt: skip
Forwardings = deed(
    "PetitionForwarding", "forwardPetition", _("Forward a petition to the competent unit"),
    lambda view, found: work.forward_petition(
        to_unit=view.data["unitId"], text=view.data["text"], **view.given(found)
    ),
    unit_field("unitId", _("The unit that answers for it from now on.")), text_field(REASON),
)  # fmt: skip
Mergers = deed(
    "PetitionMerger", "mergePetition", _("Join a petition to another one"),
    lambda view, found: work.merge_petition(into=view.other(view.data["code"]), **view.given(found)),
    bodies.text("code", _("The code of the one that goes on."), longest=20, example="PA-RYDQG-JQFU8"),
)  # fmt: skip
Classifications = deed(
    "PetitionClassification", "classifyPetition", _("Say of what type a petition is, and what it repeats"),
    lambda view, found: work.classify_petition(
        kind=view.data["type"],
        repeats=view.other(view.data["repeatsCode"]) if view.data["repeatsCode"] else None,
        **view.given(found),
    ),
    bodies.choice("type", _("Its type."), TYPES), optional("repeatsCode", _("The earlier one that it repeats."), 20),
)  # fmt: skip
Exclusions = deed(
    "PetitionExclusion", "barOfficer", _("Keep an officer out who is complained about"),
    lambda view, found: work.bar_officer(
        officer=view.officer(found), text=view.data["text"], **view.given(found)
    ),
    uuid_field("officerId", OFFICER), text_field(REASON),
)  # fmt: skip
Publications = deed(
    "PetitionPublication", "publishPetition", _("Publish the answer, without personal data"),
    lambda view, found: publishing.publish_petition(
        title=view.data["title"],
        question=view.data["question"],
        answer=view.data["answer"],
        confirmed=view.data["confirmed"],
        **view.given(found),
    ),
    bodies.text("title", _("Its title."), longest=TITLE_LENGTH, example="Papers for a birth"),
    bodies.text("question", _("What was told."), longest=5000, lines=True, example="The list was not on the wall."),
    bodies.text("answer", _("The answer."), longest=5000, lines=True, example="The list hangs at the desk now."),
    bodies.truth("confirmed", _("That a person has read it: nothing in it leads to anybody.")),
)  # fmt: skip
Closures = deed(
    "PetitionClosure", "closePetition", _("Close a petition without publishing"),
    lambda view, found: publishing.close_petition(text=view.data["text"], **view.given(found)), text_field(REASON),
)  # fmt: skip
Retractions = deed(
    "PetitionRetraction", "retractPetition", _("Take a petition off the public list"),
    lambda view, found: publishing.retract_petition(text=view.data["text"], **view.given(found)), text_field(REASON),
)  # fmt: skip
Supplements = deed(
    "PetitionSupplement", "supplementPetition", _("Add what the unit asked for"),
    lambda view, found: supplement_petition(text=view.data["text"], **view.given(found)),
    text_field(_("What is added or corrected.")),
)  # fmt: skip
Satisfactions = deed(
    "PetitionSatisfaction", "ratePetition", _("Say how satisfied you are with the answer"),
    lambda view, found: rate_petition(score=view.data["score"], text=view.data["text"], **view.given(found)),
    score_field(), text_field(_("In words."), longest=2000, shortest=0, required=False, default=""),
)  # fmt: skip
Withdrawals = deed(
    "PetitionWithdrawal", "withdrawPetition", _("Withdraw a petition of yours until it is answered"),
    lambda view, found: withdraw_petition(text=view.data["text"], **view.given(found)), why_field(),
)  # fmt: skip
DEEDS: dict[str, Deed] = {
    "receptions": Receptions,
    "assignments": Assignments,
    "supplement-requests": Requests,
    "answers": Answers,
    "refusals": Refusals,
    "forwardings": Forwardings,
    "mergers": Mergers,
    "classifications": Classifications,
    "exclusions": Exclusions,
    "publications": Publications,
    "closures": Closures,
    "retractions": Retractions,
    "supplements": Supplements,
    "satisfactions": Satisfactions,
    "withdrawals": Withdrawals,
}
