"""What the head of an organ decides about numbers: abbreviations, and which types run in a series of their own."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from documents.api.base import PATH, reader_of
from documents.api.rule_schemas import OrganAbbreviationSerializer, SeriesRuleSerializer
from documents.models import OrganAbbreviation, SeriesRule
from documents.models.registers import CODE_LENGTH, DECISION_LENGTH
from documents.operations.numbering_rules import ABBREVIATION_LENGTH, fix_abbreviation, split_series
from documents.queries.numbering_rules import abbreviations_of, series_rules_of
from documents.registers.states import GENERAL
from documents.states import Capability
from portal.api import bodies, parameters
from portal.api.base import SAFE, Paged, WritingView
from portal.api.bodies import Body
from portal.api.problems import Kind, Problem
from portal.api.schema import page_of

TAGS = ["registers"]
UNIT = parameters.number("unit", _("Only rules of this unit."), highest=10**18 - 1)
DECIDED = (
    bodies.day("firstDate", _("From when it holds."), example="2027-01-01"),
    bodies.text("decisionNumber", _("The number of the decision."), longest=DECISION_LENGTH, example="12/QD-UBND"),
    bodies.day("decisionDate", _("The day of the decision."), example="2026-12-20"),
)
WHOSE = bodies.number("unitId", _("The organ."), lowest=1, highest=10**18 - 1, example=7)
ABBREVIATION = Body(
    "OrganAbbreviation",
    WHOSE,
    bodies.text(
        "division", _("The code of a division; empty for the organ itself."), longest=CODE_LENGTH, shortest=0,
        default="", required=False, example="land",
    ),
    bodies.text("abbreviation", _("Capital letters and digits."), longest=ABBREVIATION_LENGTH, example="UBND"),
    *DECIDED,
)  # fmt: skip
SERIES = Body(
    "SeriesRule",
    WHOSE,
    bodies.text("typeCode", _("The code of the type of document."), longest=CODE_LENGTH, example="decision"),
    bodies.choice("series", _("own: from 01 by itself; general: with the others."), ("own", "general"), example="own"),
    *DECIDED,
)


def _rule(row: OrganAbbreviation | SeriesRule) -> dict[str, Any]:
    return {
        "id": row.pk,
        "unitId": row.unit_id,
        "firstDate": row.valid.lower.isoformat(),
        "untilDate": row.valid.upper.isoformat() if row.valid.upper else None,
        "decisionNumber": row.decision_no,
        "decisionDate": row.decision_on.isoformat(),
    }


def abbreviation(row: OrganAbbreviation) -> dict[str, Any]:
    return _rule(row) | {"division": row.division, "abbreviation": row.abbreviation}


def series_rule(row: SeriesRule) -> dict[str, Any]:
    return _rule(row) | {"typeCode": row.type_code, "series": "general" if row.series == GENERAL else "own"}


class _Rules(Paged, WritingView):
    """Rules end and follow each other; nobody changes one, so there is nothing to match."""

    must_match = frozenset()
    parameters = (UNIT,)
    keys: ClassVar[Sequence[str]] = ("-id",)

    def capability_for(self, method: str) -> str:
        return Capability.REGISTER_VIEW if method in SAFE else Capability.REGISTER_RULE

    def units(self) -> list[int]:
        _user, units = reader_of(self.request)
        asked = self.query["unit"]
        return [unit for unit in units if asked in {None, unit}]

    def decided(self) -> Mapping[str, Any]:
        """Raises 404 for a unit whose books one does not see."""
        _user, units = reader_of(self.request)
        data = self.data
        if data["unitId"] not in units:
            raise Problem(Kind.NOT_FOUND)
        return {
            "unit_id": data["unitId"],
            "first_day": data["firstDate"],
            "decision_no": data["decisionNumber"],
            "decision_on": data["decisionDate"],
            "actor": self.principal,
            "now": self.now,
        }


class Abbreviations(_Rules):
    bodies = {"POST": ABBREVIATION}

    @extend_schema(
        operation_id="listOrganAbbreviations",
        tags=TAGS,
        summary=_("Abbreviations that heads of organs fixed"),
        description=_("The newest first, those that ended too."),
        responses=page_of(OrganAbbreviationSerializer),
    )
    def get(self, request: Request) -> Response:
        rows: QuerySet[Any] = abbreviations_of(self.units())
        return self.paged(request, self.page_of(request, rows), abbreviation)

    @extend_schema(
        operation_id="fixOrganAbbreviation",
        tags=TAGS,
        summary=_("Fix an abbreviation"),
        description=_("The head of the organ decides. Documents from the first day on bear it."),
        responses={201: OrganAbbreviationSerializer},
    )
    def post(self, request: Request) -> Response:
        data = self.data
        row = fix_abbreviation(division=data["division"], abbreviation=data["abbreviation"], **self.decided())
        return self.answer(abbreviation(row), status=201, location=f"{PATH}/organ-abbreviations?unit={row.unit_id}")


class SeriesRules(_Rules):
    bodies = {"POST": SERIES}

    @extend_schema(
        operation_id="listSeriesRules",
        tags=TAGS,
        summary=_("Which types run in a series of their own"),
        description=_("The newest first, those that ended too."),
        responses=page_of(SeriesRuleSerializer),
    )
    def get(self, request: Request) -> Response:
        rows: QuerySet[Any] = series_rules_of(self.units())
        return self.paged(request, self.page_of(request, rows), series_rule)

    @extend_schema(
        operation_id="decideSeries",
        tags=TAGS,
        summary=_("Decide on a series"),
        description=_("The head of the organ decides. Numbers that were given before stay as they are."),
        responses={201: SeriesRuleSerializer},
    )
    def post(self, request: Request) -> Response:
        data = self.data
        row = split_series(type_code=data["typeCode"], apart=data["series"] == "own", **self.decided())
        return self.answer(series_rule(row), status=201, location=f"{PATH}/series-rules?unit={row.unit_id}")
