"""What no rule of a split knew, and the decisions about it."""

from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from portal.api import bodies
from portal.api import parameters as kinds
from portal.api.base import MemberPagedView, WritingView
from portal.api.bodies import Body
from portal.api.problems import Kind, Problem
from portal.api.schema import page_of
from units import operations
from units.api import desk_schemas as schemas
from units.models import UndecidedItem
from units.queries.acts import undecided_for

TAGS = ["reorganisation-desk"]
ITEM_ID = kinds.path_id("id", _("The thing's number in the list."))


def item(row: UndecidedItem) -> dict[str, Any]:
    return {
        "id": row.pk,
        "actId": row.event_id,
        "subjectType": row.subject_type,
        "subjectId": row.subject_id,
        "fromUnitId": row.from_unit_id,
        "heldByUnitId": row.held_by_id,
        "toUnitId": row.to_unit_id,
        "dueAt": localtime(row.due_at).isoformat(),
        "decidedAt": localtime(row.decided_at).isoformat() if row.decided_at else None,
    }


class UndecidedList(MemberPagedView):
    keys = ("due_at", "id")

    @extend_schema(
        operation_id="listUndecidedItems",
        tags=TAGS,
        summary=_("What no rule of a split knew, the most urgent first"),
        description=_("Each lies with one unit that is responsible until somebody decides."),
        responses=page_of(schemas.UndecidedItemSerializer),
    )
    def get(self, request: Request) -> Response:
        return self.paged(request, self.page_of(request, undecided_for(self.principal)), item)


class UndecidedDecisions(WritingView):
    path_parameters = (ITEM_ID,)
    bodies = {
        "POST": Body(
            "UndecidedDecision",
            bodies.number("unitId", _("One of the units that the split unit went into."), lowest=1, example=101),
        )
    }

    @extend_schema(
        operation_id="decideUndecidedItem",
        tags=TAGS,
        summary=_("Say to which unit something belongs"),
        description=_("To one of the successors of the split unit, also to the one that holds it."),
        responses={201: schemas.UndecidedItemSerializer},
    )
    def post(self, request: Request, pk: int) -> Response:
        found = undecided_for(self.principal).filter(pk=pk).first()
        if found is None:
            raise Problem(Kind.NOT_FOUND)
        decided = operations.decide_item(
            item_id=found.pk, to_unit=self.data["unitId"], actor=self.principal, now=self.now
        )
        return self.answer(item(decided), status=201)
