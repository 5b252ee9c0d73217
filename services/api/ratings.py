"""Low ratings that heads answer, and ratings in figures, over REST."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from portal.api import bodies
from portal.api import parameters as query
from portal.api.base import MemberView, Paged, WritingView
from portal.api.bodies import Body
from portal.api.naming import abilities
from portal.api.parameters import Parameter
from portal.api.problems import Kind, Problem
from portal.api.schema import page_of
from portal.events import viewed
from services.api import parameters
from services.api import petition_schemas as schemas
from services.api.base import fault, wrong
from services.api.dossier_answers import moment
from services.models import RatingReply
from services.models.talk import TEXT_LENGTH
from services.operations.moving import people
from services.operations.ratings import answer_rating
from services.petition_errors import PersonalDataError
from services.petition_policies import reply_abilities
from services.petition_states import ReplyState
from services.queries.petitions import units_with_right
from services.queries.ratings import RatingReport, replies_of, reports
from services.states import Capability
from staff.policies import today

TAGS = ["ratings"]


def units_of(user: Any) -> list[int]:
    """Raises the 403 for whoever answers no ratings."""
    units = units_with_right(user, Capability.RATING_ANSWER, today()) if user.is_officer else []
    if not units:
        raise Problem(Kind.FORBIDDEN)
    return units


class ReplyView(WritingView):
    path_parameters: ClassVar[Sequence[Parameter]] = (parameters.REPLY_ID,)
    must_match = frozenset({"POST"})

    def rows(self) -> QuerySet[RatingReply]:
        return replies_of(units_of(self.principal)).exclude(rating__officer=self.principal)

    def body(self, row: RatingReply) -> dict[str, Any]:
        rating = row.rating
        return {
            "id": row.pk,
            "dossierCode": str(rating.dossier),
            "procedureName": rating.dossier.version.name_vi,
            "unitId": row.unit_id,
            "after": rating.moment,
            "score": rating.score,
            "items": rating.items,
            "text": rating.text,
            "state": row.state,
            "answer": row.text or None,
            "openedAt": moment(row.opened_at),
            "dueAt": moment(row.due_at),
            "answeredAt": moment(row.answered_at),
            "abilities": abilities(reply_abilities(self.principal, row)),
        }


class RatingReplies(Paged, ReplyView):
    path_parameters = ()
    keys = ("due_at", "id")
    parameters = (query.choice("state", _("Only those in this state."), ReplyState),)

    @extend_schema(
        operation_id="listRatingReplies",
        tags=TAGS,
        summary=_("Low ratings of your unit"),
        description=_("The soonest due first. For heads only, without those of their own work."),
        responses=page_of(schemas.RatingReplySerializer),
    )
    def get(self, request: Request) -> Response:
        rows = self.rows()
        if self.query["state"]:
            rows = rows.filter(state=self.query["state"])
        return self.paged(request, self.page_of(request, rows), self.body)


class RatingReplyDetail(ReplyView):
    @extend_schema(
        operation_id="getRatingReply",
        tags=TAGS,
        summary=_("One low rating"),
        responses=schemas.RatingReplySerializer,
    )
    def get(self, request: Request, pk: int) -> Response:
        row = self.rows().filter(pk=pk).first()
        if row is None:
            raise Problem(Kind.NOT_FOUND)
        dossier, purpose = row.rating.dossier, str(_("answering a rating"))
        viewed(dossier, actor=self.principal, unit=row.unit_id, purpose=purpose, at=self.now, concerns=people(dossier))
        return self.answer(self.body(row), row=row)


class RatingAnswers(ReplyView):
    bodies = {
        "POST": Body(
            "RatingAnswer",
            bodies.text(
                "text", _("What was found and done, without personal data."), longest=TEXT_LENGTH, lines=True,
                example="We are sorry. The list of papers hangs at the desk now.",
            ),
        )
    }  # fmt: skip

    @extend_schema(
        operation_id="answerRating",
        tags=TAGS,
        summary=_("Answer a low rating"),
        description=_("Whoever rated reads it on the page of the dossier, or with the receipt."),
        responses={201: schemas.RatingReplySerializer},
    )
    def post(self, request: Request, pk: int) -> Response:
        row = self.existing(self.rows(), pk=pk)
        try:
            done = answer_rating(reply=row, text=self.data["text"], actor=self.principal, now=self.now)
        except PersonalDataError as refusal:
            raise wrong(fault("/text", refusal.code, str(refusal))) from refusal
        shown = self.rows().get(pk=done.pk)
        path = reverse("api:services:rating-reply", args=[done.pk])
        return self.answer(self.body(shown), status=201, row=shown, location=path)


def report(row: RatingReport) -> dict[str, Any]:
    items = [{"name": one.name, "count": one.count, "average": one.average} for one in row.items]
    return {
        "after": row.moment,
        "count": row.count,
        "average": row.average,
        "satisfiedPercent": row.satisfied,
        "spread": list(row.spread) if row.spread else None,
        "items": items,
    }


class RatingReports(MemberView):
    parameters = (
        query.number("unit", _("One of your units; the first when left out.")),
        query.day("month", _("Any day of the month; this one when left out."), default=localdate),
    )

    @extend_schema(
        operation_id="getRatingReports",
        tags=TAGS,
        summary=_("Ratings of a unit in one month, in figures"),
        description=_("Nobody is named; figures of too few ratings are null. For heads only."),
        responses=schemas.RatingReportsSerializer,
    )
    def get(self, request: Request) -> Response:
        units, chosen = units_of(self.principal), self.query["unit"]
        if chosen and chosen not in units:
            raise Problem(Kind.NOT_FOUND)
        first: date = self.query["month"].replace(day=1)
        until = (first + timedelta(days=32)).replace(day=1)
        return Response({"items": [report(row) for row in reports(chosen or units[0], first, until)]})
