"""Units: lists, one unit, and what surrounds it."""

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from portal.api.base import PagedView, PublicView
from portal.api.pagination import FORWARD, Cursor, Page
from portal.api.problems import Fault, Kind, Problem, parameter_problem
from portal.api.schema import page_of
from units import queries
from units.api import answers, parameters, schemas
from units.country import data_from
from units.kinds import Scheme
from units.models import UnitCode, UnitVersion
from units.queries.nearest import nearest_version, nearest_versions

TAGS = ["units"]


def existing(unit_id: int, query: dict[str, Any]) -> UnitVersion:
    """The unit as it is, or was, on the day asked about. Raises the 404 for a number that no unit has."""
    version = nearest_version(unit_id, query["on"])
    if version is None:
        raise Problem(
            Kind.NOT_FOUND, gettext("There is no unit %(id)d. Search for it: /api/v1/units?q=") % {"id": unit_id}
        )
    return version


class VersionPages(PagedView):
    """Pages of unit versions by the Vietnamese alphabet."""

    keys = ("sort_key", "unit_id")

    def answer(self, request: Request, versions: QuerySet[UnitVersion]) -> Response:
        found = self.page_of(request, versions.select_related("unit"))
        built = iter(answers.units(found.rows, self.query["on"]))
        return self.paged(request, found, lambda _row: next(built))


class UnitList(VersionPages):
    parameters = (
        parameters.ON, parameters.Q, parameters.LEVEL, parameters.TYPE, parameters.PARENT, parameters.CODE,
        parameters.BORNE_ON,
    )  # fmt: skip

    @extend_schema(
        operation_id="listUnits",
        tags=TAGS,
        summary=_("Units on a day, or found by name or code"),
        description=_(
            "Without q and code: the units that live on the day, by the Vietnamese alphabet. With q: all that bore "
            "such a name by the day, the nearest first, those that ended too, with what they are now. With code: the "
            "unit that bore it. Namesakes are all listed; names alone never decide."
        ),
        responses=page_of(schemas.UnitSerializer),
    )
    def get(self, request: Request) -> Response:
        self._refuse_contradictions()
        if self.query["q"] is not None:
            return self._found_by_name(request)
        if self.query["code"] is not None:
            return self._found_by_code(request)
        versions = UnitVersion.objects.at(self.query["on"])
        for name, column in (("level", "unit__level"), ("type", "type"), ("parent", "parent_id")):
            if self.query[name] is not None:
                versions = versions.filter(**{column: self.query[name]})
        return self.answer(request, versions)

    def _refuse_contradictions(self) -> None:
        query = self.query
        faults = [
            Fault(name, "not-together", gettext("Not together with %(other)s.") % {"other": other})
            for name, other in (("code", "q"), ("type", "q"), ("type", "code"), ("parent", "code"))
            if query[name] is not None and query[other] is not None
        ]
        if query["borneOnDate"] is not None and query["code"] is None:
            faults.append(Fault("borneOnDate", "not-together", gettext("Only together with code.")))
        if faults:
            raise parameter_problem(*faults)

    def _found_by_code(self, request: Request) -> Response:
        borne_on = self.query["borneOnDate"] or self.query["on"]
        bearers = UnitCode.objects.filter(scheme=Scheme.NSO, code=self.query["code"], valid__contains=borne_on)
        if self.query["level"] is not None:
            bearers = bearers.filter(level=self.query["level"])
        nearest = nearest_versions(bearers.values_list("unit_id", flat=True)[:10], self.query["on"])
        return self.answer(request, UnitVersion.objects.filter(pk__in=[version.pk for version in nearest.values()]))

    def _found_by_name(self, request: Request) -> Response:
        query, selection = self.query, self.selection(request)
        after = query["cursor"].values if query["cursor"] else None
        try:
            rows = queries.search(
                query["q"], on=query["on"], level=query["level"], parent=query["parent"],
                limit=query["limit"] + 1, after=after,
            )  # fmt: skip
        except queries.BadText:
            raise parameter_problem(Fault("q", "empty", gettext("Write at least one letter or digit."))) from None
        shown = rows[: query["limit"]]
        more = len(rows) > len(shown)
        nearest = nearest_versions([row.unit_id for row in shown], query["on"])
        built = iter(answers.units([nearest[row.unit_id] for row in shown], query["on"]))
        following = Cursor(FORWARD, shown[-1].position, selection) if more else None
        return self.paged(request, Page(shown, following, None), lambda _row: next(built))


class UnitDetail(PublicView):
    path_parameters = (parameters.UNIT_ID,)
    parameters = (parameters.ON,)

    @extend_schema(
        operation_id="getUnit",
        tags=TAGS,
        summary=_("One unit as of a day"),
        description=_(
            "A unit that doesn't live on the day is answered all the same: as it was last, with validOn false and what "
            "it is on the day."
        ),
        responses=schemas.UnitDetailSerializer,
    )
    def get(self, request: Request, pk: int) -> Response:
        version = existing(pk, self.query)
        [unit] = answers.units([version], self.query["on"])
        codes = UnitCode.objects.filter(unit_id=pk).order_by("scheme", "valid", "id")
        unit["codes"] = [answers.code(code) for code in codes[:100]]
        unit["act"] = answers.act(version.event)
        return Response(unit)


class UnitChildren(VersionPages):
    path_parameters = (parameters.UNIT_ID,)
    parameters = (parameters.ON,)

    @extend_schema(
        operation_id="listUnitChildren",
        tags=TAGS,
        summary=_("The units directly below, on a day"),
        description=_("Empty for a unit that doesn't live on the day."),
        responses=page_of(schemas.UnitSerializer),
    )
    def get(self, request: Request, pk: int) -> Response:
        existing(pk, self.query)
        return self.answer(request, queries.children(pk, self.query["on"]))


class UnitSubtree(VersionPages):
    path_parameters = (parameters.UNIT_ID,)
    parameters = (parameters.ON,)

    @extend_schema(
        operation_id="listUnitSubtree",
        tags=TAGS,
        summary=_("The unit with everything below it, on a day"),
        description=_("Empty for a unit that doesn't live on the day."),
        responses=page_of(schemas.UnitSerializer),
    )
    def get(self, request: Request, pk: int) -> Response:
        existing(pk, self.query)
        return self.answer(request, queries.subtree(pk, self.query["on"]))


class UnitAncestors(PublicView):
    path_parameters = (parameters.UNIT_ID,)
    parameters = (parameters.ON,)

    @extend_schema(
        operation_id="listUnitAncestors",
        tags=TAGS,
        summary=_("The units above, on a day"),
        description=_("From the country down to the parent. Empty for a unit that doesn't live on the day."),
        responses=schemas.items_of(schemas.UnitSerializer),
    )
    def get(self, request: Request, pk: int) -> Response:
        existing(pk, self.query)
        above = list(queries.ancestors(pk, self.query["on"]).select_related("unit"))
        return Response({"items": answers.units(above, self.query["on"])})


class UnitHistory(PublicView):
    path_parameters = (parameters.UNIT_ID,)

    @extend_schema(
        operation_id="listUnitHistory",
        tags=TAGS,
        summary=_("What happened to a unit, act by act"),
        description=_("From the first day known; acts that are decided but not yet in effect included."),
        responses=schemas.items_of(schemas.StepSerializer),
    )
    def get(self, request: Request, pk: int) -> Response:
        existing(pk, {"on": data_from()})
        return Response({"items": [answers.step(step) for step in queries.history(pk)]})


class UnitSuccessors(PublicView):
    path_parameters = (parameters.UNIT_ID,)
    parameters = (parameters.ON,)

    @extend_schema(
        operation_id="listUnitSuccessors",
        tags=TAGS,
        summary=_("What a unit is on a day"),
        description=_(
            "The unit itself while it lives; else the units that hold all or parts of it on the day; on a day before "
            "it was formed, those that it was made of. Empty when it ended without successor, as districts did."
        ),
        responses=schemas.items_of(schemas.SuccessorSerializer),
    )
    def get(self, request: Request, pk: int) -> Response:
        version = existing(pk, self.query)
        rows = queries.successors(pk, version.valid_from, self.query["on"])
        return Response({"items": [answers.successor(row) for row in rows]})


class UnitPredecessors(PublicView):
    path_parameters = (parameters.UNIT_ID,)
    parameters = (parameters.SEEN_BEFORE,)

    @extend_schema(
        operation_id="listUnitPredecessors",
        tags=TAGS,
        summary=_("What a unit was made of"),
        description=_("The units of the earlier day that went into this one; itself when it lived then."),
        responses=schemas.items_of(schemas.SuccessorSerializer),
    )
    def get(self, request: Request, pk: int) -> Response:
        first = existing(pk, {"on": data_from()})
        on = self.query["on"] or max(first.valid_from - timedelta(days=1), data_from())
        return Response({"items": [answers.successor(row) for row in queries.predecessors(pk, on)]})
