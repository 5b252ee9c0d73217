"""Petitions over REST for everybody: sending one in, following it by code and PIN, and what was published."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny, BasePermission
from rest_framework.request import Request
from rest_framework.response import Response

from portal.accounts.models import User
from portal.api import bodies
from portal.api import parameters as query
from portal.api.base import AskingView, PagedView, PublicView, WritingView
from portal.api.bodies import Body
from portal.api.problems import Kind, Problem
from portal.api.schema import page_of
from portal.events import context
from portal.events.actors import ANONYMOUS, Actor
from services.api import parameters
from services.api import petition_answers as answers
from services.api import petition_schemas as schemas
from services.api.base import fault, refuse, wrong
from services.api.filing import Papers, check_files, file_ids_field, unit_field
from services.api.unit_fields import check_unit, follow
from services.errors import LookUpLockedError, UnknownReceiptError
from services.look_up_rate import LookUpThrottle
from services.models import Petition, PetitionChannel
from services.models.dossiers import NAME_LENGTH
from services.models.petitions import CODE_LENGTH, TEXT_LENGTH
from services.operations.petition_look_up import look_petition_up
from services.operations.petitions import (
    PetitionFiling,
    file_petition,
    rate_petition,
    supplement_petition,
    withdraw_petition,
)
from services.petition_rate import PetitionThrottle
from services.petition_rules import petition_types
from services.queries.petitions import TEXT_LIMIT, followed, published_petitions
from services.versions import files as stored
from units.queries import BadText

TAGS = ["petitions"]
TYPES = list(petition_types())
PIN_LENGTH = 6


def code_fields() -> tuple[bodies.Field, ...]:
    return (
        bodies.text("code", _("The code of the petition."), longest=80, example="PA-RYDQG-JQFU8"),
        bodies.text("pin", _("The six digits beside it."), longest=PIN_LENGTH, example="402913"),
    )


def text_field(words: Any, *, longest: int = TEXT_LENGTH, **options: Any) -> bodies.Field:
    return bodies.text("text", words, longest=longest, lines=True, example="I came twice and was sent away", **options)


def why_field() -> bodies.Field:
    return text_field(_("Why; need not be told."), longest=2000, shortest=0, required=False, default="")


def optional(name: str, words: Any, longest: int, example: str = "") -> bodies.Field:
    return bodies.text(name, words, longest=longest, shortest=0, required=False, default="", example=example)


def score_field() -> bodies.Field:
    return bodies.number("score", _("From 1 to 5."), lowest=1, highest=5, example=4)


def identify(data: dict[str, Any], actor: Actor, now: datetime) -> UUID:
    """The petition of code and PIN. Raises the 400 and the 429."""
    ip = context.current().ip or "unknown"
    try:
        return look_petition_up(code=data["code"], pin=data["pin"], ip=ip, actor=actor, now=now)
    except LookUpLockedError as locked:
        seconds = max(1, int((locked.until - localtime(now)).total_seconds()))
        raise Problem(Kind.TOO_MANY, str(locked), headers={"Retry-After": str(seconds)}) from locked
    except UnknownReceiptError as unknown:
        raise wrong(fault("/pin", unknown.code, str(unknown))) from unknown


class AnybodyView(WritingView):
    """A deed of somebody who need not sign in; with a session it is theirs."""

    permission_classes: Sequence[type[BasePermission]] = (AllowAny,)
    throttle_classes: Sequence[Any] = (LookUpThrottle,)

    @property
    def actor(self) -> Actor:
        user = self.request.user
        return user if isinstance(user, User) else ANONYMOUS

    def shown(self, key: UUID, *, status: int = 200) -> Response:
        seen = followed(key)
        if seen is None:
            raise Problem(Kind.NOT_FOUND)
        return self.answer(answers.standing(seen), status=status)


class PetitionFilings(AnybodyView):
    throttle_classes = (PetitionThrottle,)
    bodies = {
        "POST": Body(
            "PetitionFiling",
            bodies.choice("type", _("What it is about."), TYPES, example=TYPES[0]),
            unit_field("unitId", _("The unit that it is about.")),
            text_field(_("What happened, or what is proposed.")),
            optional("dossierCode", _("The dossier that it is about."), CODE_LENGTH, "DK-RYDQG-JQFU8"),
            optional("procedureCode", _("The procedure that it is about."), 20, "1.001193"),
            optional("aboutOfficer", _("The officer that it complains about."), NAME_LENGTH),
            optional("name", _("Who sends it; need not be told."), NAME_LENGTH),
            optional("phone", _("Where they are reached."), 30),
            optional("email", _("Where they are reached."), 200),
            file_ids_field(required=False, default=()),
            bodies.choice(
                "channel",
                _("desk and phone: an officer writes it down for somebody; deskUnitId is then needed."),
                PetitionChannel.values,
                required=False,
                default=PetitionChannel.ONLINE.value,
            ),
            unit_field("deskUnitId", _("The officer's own unit."), required=False),
        )
    }

    @extend_schema(
        operation_id="filePetition",
        tags=TAGS,
        summary=_("Send a petition in"),
        description=_("No sign-in is needed. Code and PIN are told once. Files need a session: see files."),
        responses={201: schemas.PetitionFiledSerializer},
    )
    def post(self, request: Request) -> Response:
        data, user = follow(self.data, "unitId", now=self.now), self.request.user
        refuse(check_unit("/unitId", data["unitId"], self.now))
        ids = tuple(data["fileIds"])
        filer = user if isinstance(user, User) and user.is_citizen else None
        if ids:
            named = [Papers("/fileIds", ids)]
            refuse(
                check_files(named, filer, self.now) if filer else [fault("/fileIds", "no-file", _("Sign in first."))]
            )
        filing = PetitionFiling(
            kind=data["type"],
            text=data["text"],
            unit_id=data["unitId"],
            channel=PetitionChannel(data["channel"]),
            at_desk=data["deskUnitId"],
            filer=filer,
            contact={key: data[key] for key in ("name", "phone", "email")},
            about_officer=data["aboutOfficer"],
            dossier_code=data["dossierCode"],
            procedure_code=data["procedureCode"],
            files=stored(ids) if ids else (),
        )
        return self.answer(answers.filed(file_petition(filing=filing, actor=self.actor, now=self.now)), status=201)


class PetitionLookUps(AskingView):
    throttle_classes: Sequence[Any] = (LookUpThrottle,)
    bodies = {"POST": Body("PetitionLookUp", *code_fields())}

    @extend_schema(
        operation_id="lookUpPetition",
        tags=TAGS,
        summary=_("Follow a petition by code and PIN"),
        description=_("No sign-in. Five wrong PINs lock the code for a while: 429 with Retry-After."),
        responses=schemas.PetitionStandingSerializer,
    )
    def post(self, request: Request) -> Response:
        seen = followed(identify(self.data, ANONYMOUS, self.now))
        if seen is None:
            raise Problem(Kind.NOT_FOUND)
        return Response(answers.standing(seen))


class PetitionReplies(AnybodyView):
    bodies = {"POST": Body("PetitionReply", *code_fields(), text_field(_("What is added or corrected.")))}

    @extend_schema(
        operation_id="replyToUnit",
        tags=TAGS,
        summary=_("Add what the unit asked for, by code and PIN"),
        responses={201: schemas.PetitionStandingSerializer},
    )
    def post(self, request: Request) -> Response:
        key = identify(self.data, self.actor, self.now)
        text = self.data["text"]
        supplement_petition(petition=Petition(pk=key), text=text, actor=self.actor, now=self.now, by_code=True)
        return self.shown(key, status=201)


class PetitionWithdrawals(AnybodyView):
    bodies = {"POST": Body("PetitionWithdrawalByCode", *code_fields(), why_field())}

    @extend_schema(
        operation_id="withdrawPetitionByCode",
        tags=TAGS,
        summary=_("Withdraw a petition until it is answered, by code and PIN"),
        responses={201: schemas.PetitionStandingSerializer},
    )
    def post(self, request: Request) -> Response:
        key = identify(self.data, self.actor, self.now)
        text = self.data["text"]
        withdraw_petition(petition=Petition(pk=key), text=text, actor=self.actor, now=self.now, by_code=True)
        return self.shown(key, status=201)


class PetitionOpinions(AnybodyView):
    bodies = {
        "POST": Body(
            "PetitionOpinion",
            *code_fields(),
            score_field(),
            text_field(_("In words."), longest=2000, shortest=0, required=False, default=""),
        )
    }

    @extend_schema(
        operation_id="rateAnswer",
        tags=TAGS,
        summary=_("Say how satisfied you are with the answer, by code and PIN"),
        responses={201: schemas.PetitionStandingSerializer},
    )
    def post(self, request: Request) -> Response:
        data, key = self.data, identify(self.data, self.actor, self.now)
        rate_petition(
            petition=Petition(pk=key),
            score=data["score"],
            text=data["text"],
            actor=self.actor,
            now=self.now,
            by_code=True,
        )
        return self.shown(key, status=201)


class PublishedPetitions(PagedView):
    keys = ("-published_at", "-id")
    parameters = (
        query.text("q", _("Words of it, with or without accents."), longest=TEXT_LIMIT, example="giay to"),
        query.choice("type", _("Only of this type."), TYPES),
        query.number("unit", _("Only of this unit.")),
    )

    @extend_schema(
        operation_id="listPublishedPetitions",
        tags=TAGS,
        summary=_("Answers that were published"),
        description=_("Newest first. Nothing in them leads to a person."),
        responses=page_of(schemas.PublishedPetitionSerializer),
    )
    def get(self, request: Request) -> Response:
        said = self.query
        try:
            rows = published_petitions(text=said["q"] or "", kind=said["type"] or "", unit_id=said["unit"])
        except BadText:
            rows = published_petitions().none()
        return self.paged(request, self.page_of(request, rows), answers.published)


class PublishedPetitionDetail(PublicView):
    path_parameters = (parameters.PUBLISHED_ID,)

    @extend_schema(
        operation_id="getPublishedPetition",
        tags=TAGS,
        summary=_("One published answer"),
        responses=schemas.PublishedPetitionSerializer,
    )
    def get(self, request: Request, pk: int) -> Response:
        row = published_petitions().filter(pk=pk).first()
        if row is None:
            raise Problem(Kind.NOT_FOUND)
        return Response(answers.published(row))
