"""What is kept until when, holds, and what is due. The same operations and questions as on the pages."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.timezone import localdate
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
from portal.api.problems import Kind, Problem
from portal.api.schema import page_of
from portal.events import viewed
from services.api import dossier_answers as answers
from services.api import retention_schemas as schemas
from services.api.base import TAGS, DossierView
from services.api.desk import DossierDeed
from services.api.dossiers import path_of
from services.models import Dossier, RetentionHold
from services.models.retention import REASON_LENGTH
from services.operations import holds
from services.operations.moving import people
from services.policies import Capability, is_party, may_at
from services.queries import retention as queries
from services.retention_kinds import Cause, HoldState, Kept

KIND = kinds.choice("kind", _("Of what; personal data when left out."), schemas.KINDS)
UNIT = kinds.number("unit", _("Only what this unit keeps."))
DAYS = kinds.number("withinDays", _("Only what is due within so many days; 365 when left out."))
LONGEST = 3650  # days
CAUSE = bodies.choice("cause", _("Why it is needed longer."), schemas.CAUSES)


def kept(one: queries.Until) -> dict[str, Any]:
    return {
        "kind": one.rule.kind.value,
        "rule": one.rule.key,
        "ground": one.rule.ground,
        "verified": one.rule.verified,
        "archiveFirst": one.rule.archive_first,
        "keptUntilAt": answers.moment(one.due_at),
        "goneAt": answers.moment(one.done_at),
    }


def hold(row: RetentionHold, user: User) -> dict[str, Any]:
    may = row.state == HoldState.HELD and may_at(user, Capability.RECORDS_KEEP, row.dossier.responsible_unit_id)
    return {
        "id": str(row.pk),
        "state": row.state,
        "cause": row.cause,
        "reason": row.reason,
        "setAt": answers.moment(row.set_at),
        "liftedAt": answers.moment(row.lifted_at),
        "liftReason": row.lift_reason or None,
        "abilities": abilities({"lift": may}),
    }


class Retention(DossierView):
    @extend_schema(
        operation_id="getRetention",
        tags=TAGS,
        summary=_("What of a dossier is kept until when"),
        description=_("By the rules of today, with their grounds."),
        responses=schemas.RetentionSerializer,
    )
    def get(self, request: Request, pk: UUID) -> Response:
        found = self.seen(pk)
        rows = [kept(one) for one in queries.untils_of(found, self.now)]
        body = {"isHeld": queries.held(found), "minimisedAt": answers.moment(found.minimised_at), "kept": rows}
        return Response(body)


class RetentionHolds(Paged, DossierDeed):
    """Reasons are the office's own: owner and filer read that it is held, not the words."""

    keys = ("set_at", "id")
    bodies = {
        "POST": Body(
            "RetentionHoldSetting",
            CAUSE,
            bodies.text(
                "reason", _("What exactly it is needed for."), longest=REASON_LENGTH, lines=True,
                example="Complaint 12 of 20 November 2026",
            ),
        )
    }  # fmt: skip

    @extend_schema(
        operation_id="listRetentionHolds",
        tags=TAGS,
        summary=_("Holds of a dossier"),
        description=_("Why it is kept beyond its time, those that were lifted included. For officers."),
        responses=page_of(schemas.RetentionHoldSerializer),
    )
    def get(self, request: Request, pk: UUID) -> Response:
        found, user = self.seen(pk), self.principal
        if is_party(user, found):
            raise Problem(Kind.FORBIDDEN)
        purpose, unit = str(_("answering for what is kept")), found.responsible_unit_id
        viewed(found, actor=user, unit=unit, purpose=purpose, at=self.now, concerns=people(found))
        rows = RetentionHold.objects.filter(dossier=found).select_related("dossier")
        return self.paged(request, self.page_of(request, rows), lambda row: hold(row, user))

    @extend_schema(
        operation_id="setRetentionHold",
        tags=TAGS,
        summary=_("Hold a dossier"),
        description=_("No rule of retention touches it before the hold is lifted. By whoever answers for records."),
        responses={201: schemas.RetentionHoldSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        found, data = self.locked(pk), self.data
        row = holds.set_hold(
            dossier=found, cause=Cause(data["cause"]), reason=data["reason"], actor=self.principal, now=self.now
        )
        return answered(self, row)


class RetentionHoldLiftings(DossierDeed):
    bodies = {
        "POST": Body(
            "RetentionHoldLifting",
            CAUSE,
            bodies.text(
                "reason", _("Why it is not needed any more."), longest=REASON_LENGTH, lines=True,
                example="The complaint was answered",
            ),
        )
    }  # fmt: skip

    @extend_schema(
        operation_id="liftRetentionHold",
        tags=TAGS,
        summary=_("Lift a hold"),
        description=_("That for this cause. 409 when none holds."),
        responses={201: schemas.RetentionHoldSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        found, data = self.locked(pk), self.data
        row = RetentionHold.objects.filter(dossier=found, cause=data["cause"]).order_by("-set_at", "id").first()
        if row is None:
            raise Problem(Kind.CONFLICT)
        row.dossier = found
        return answered(self, holds.lift_hold(hold=row, reason=data["reason"], actor=self.principal, now=self.now))


def answered(view: Any, row: RetentionHold) -> Response:
    dossier = Dossier.objects.select_related("version__procedure").get(pk=row.dossier_id)
    row.dossier = dossier
    body, location = hold(row, view.principal), f"{path_of(dossier)}/retention-holds"
    answer: Response = view.answer(body, status=201, row=dossier, location=location)
    return answer


class RetentionDue(MemberPagedView):
    """For heads and whoever keeps the records."""

    keys = ("kept_until", "id")
    parameters = (KIND, UNIT, DAYS)

    @extend_schema(
        operation_id="listRetentionDue",
        tags=TAGS,
        summary=_("What goes by a rule of retention"),
        description=_("Of the units that you answer for, the soonest first, with what holds it."),
        responses=page_of(schemas.DueDossierSerializer),
    )
    def get(self, request: Request) -> Response:
        user, now, query = self.principal, timezone.now(), self.query
        units = queries.records_units(user, localdate(now))
        if not units:
            raise Problem(Kind.FORBIDDEN)
        wanted = [unit for unit in units if query["unit"] in {None, unit}]
        until = now + timedelta(days=min(query["withinDays"] or 365, LONGEST))
        rows = queries.dossiers_by_rule(Kept(query["kind"] or Kept.DOSSIER), on=localdate(now))
        rows = rows.filter(responsible_unit__in=wanted, kept_until__lt=until).select_related("version__procedure")
        return self.paged(request, self.page_of(request, rows), due)


def due(row: Any) -> dict[str, Any]:
    return answers.dossier(row) | {
        "rule": row.rule,
        "keptUntilAt": answers.moment(row.kept_until),
        "isHeld": row.is_held,
        "waitsForArchive": row.is_waiting,
    }
