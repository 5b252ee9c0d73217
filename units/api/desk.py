"""Acts that are being made: drafted, tried out, signed, scheduled, withdrawn. The same operations as on the pages."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from portal.api import bodies
from portal.api.base import MemberView, Paged, WritingView
from portal.api.bodies import FAULTS_LIMIT, Body
from portal.api.problems import Fault, Kind, Problem
from portal.api.schema import page_of
from units import operations
from units.api import desk_answers as answers
from units.api import desk_schemas as schemas
from units.api import parameters
from units.api.desk_bodies import DRAFT, ROWS, head_of, results_of, sources_of
from units.models import ReorgEvent, ReorgProof
from units.operations.rows import BadRows, table_of
from units.queries.acts import desk_acts

TAGS = ["reorganisation-desk"]
PATH = "/api/v1/reorganisation-acts"


class RowsView(WritingView):
    """Names every row that cannot be, by its place in the body."""

    def handle_exception(self, exc: Exception) -> Any:
        if isinstance(exc, BadRows):
            faults = [
                Fault(f"/{each.part}/{each.number - 1}" if each.part else "", each.code, str(each.words), where="body")
                for each in exc.problems[:FAULTS_LIMIT]
            ]
            exc = Problem(Kind.NOT_POSSIBLE, str(exc), errors=faults)
        return super().handle_exception(exc)


class ActView(RowsView):
    path_parameters = (parameters.ACT_ID,)
    must_match = frozenset({"POST", "PUT"})

    def act(self, pk: int) -> ReorgEvent:
        """For reading. Strangers get 404."""
        found = desk_acts(self.principal).filter(pk=pk).first()
        if found is None:
            raise Problem(Kind.NOT_FOUND)
        return found

    def locked(self, pk: int) -> ReorgEvent:
        """For a deed, in the version that the client has read."""
        return self.existing(desk_acts(self.principal), pk=pk)

    def told(self, act: ReorgEvent, *, status: int = 200) -> Response:
        fresh = self.act(act.pk)
        return self.answer(answers.act(fresh, self.principal), status=status, row=fresh, location=f"{PATH}/{act.pk}")


class ActDesk(Paged, RowsView):
    keys = ("effective_on", "id")
    parameters = (parameters.KIND,)
    bodies = {"POST": DRAFT}

    @extend_schema(
        operation_id="listReorganisationActs",
        tags=TAGS,
        summary=_("Acts of one's units, drafts included"),
        description=_("For those who draft, sign or run acts."),
        responses=page_of(schemas.DeskActSerializer),
    )
    def get(self, request: Request) -> Response:
        acts = desk_acts(self.principal)
        if self.query["kind"] is not None:
            acts = acts.filter(kind=self.query["kind"])
        return self.paged(request, self.page_of(request, acts), lambda row: answers.act(row, self.principal))

    @extend_schema(
        operation_id="draftReorganisationAct",
        tags=TAGS,
        summary=_("Draft an act with its rows"),
        description=_("Nobody is bound by it yet. With `corrects` it puts an act in force right, from the same day."),
        responses={201: schemas.DeskActSerializer},
    )
    def post(self, request: Request) -> Response:
        act = operations.draft_act(
            head=head_of(self.data),
            results=results_of(self.data["results"]),
            sources=sources_of(self.data["sources"]),
            actor=self.principal,
            now=self.now,
        )
        body = answers.act(act, self.principal)
        return self.answer(body, status=201, row=act, location=f"{PATH}/{act.pk}")


class ActOfDesk(ActView):
    @extend_schema(
        operation_id="getReorganisationAct",
        tags=TAGS,
        summary=_("One act, as those see it who make it"),
        description=_("Its ETag is what deeds on it name in If-Match."),
        responses=schemas.DeskActSerializer,
    )
    def get(self, request: Request, pk: int) -> Response:
        return self.told(self.act(pk))


class ActRows(ActView):
    bodies = {"PUT": ROWS}

    @extend_schema(
        operation_id="getReorganisationRows",
        tags=TAGS,
        summary=_("The table of an act"),
        description=_("Every old unit and every unit from the day on."),
        responses=schemas.ActRowsSerializer,
    )
    def get(self, request: Request, pk: int) -> Response:
        act = self.act(pk)
        return self.answer(answers.rows(table_of(act)), row=act)

    @extend_schema(
        operation_id="replaceReorganisationRows",
        tags=TAGS,
        summary=_("Give an act other rows"),
        description=_("All of them at once. A simulated act goes back into drafting. Wrong rows are named one by one."),
        responses=schemas.ActRowsSerializer,
    )
    def put(self, request: Request, pk: int) -> Response:
        act = operations.revise_act(
            act_id=self.locked(pk).pk,
            results=results_of(self.data["results"]),
            sources=sources_of(self.data["sources"]),
            actor=self.principal,
            now=self.now,
        )
        return self.answer(answers.rows(table_of(act)), row=act)


class ActSimulations(ActView):
    @extend_schema(
        operation_id="getReorganisationSimulation",
        tags=TAGS,
        summary=_("The last simulation of an act"),
        description=_("Figures by unit, kind, state and officer; blockers with cures; flows from old to new."),
        responses=schemas.SimulationSerializer,
    )
    def get(self, request: Request, pk: int) -> Response:
        last = self.act(pk).simulations.order_by("-number").first()
        if last is None:
            raise Problem(Kind.NOT_FOUND)
        return Response(answers.simulation(last))

    @extend_schema(
        operation_id="simulateReorganisationAct",
        tags=TAGS,
        summary=_("See what an act would move and what is in its way"),
        description=_("Nothing else is changed. May be asked again until the act takes effect."),
        responses={201: schemas.SimulationSerializer},
    )
    def post(self, request: Request, pk: int) -> Response:
        made = operations.simulate(act_id=self.locked(pk).pk, actor=self.principal, now=self.now)
        return self.answer(answers.simulation(made), status=201, row=self.act(pk))


class ProofOfAct(MemberView):
    path_parameters = (parameters.ACT_ID,)

    @extend_schema(
        operation_id="getReorganisationProof",
        tags=TAGS,
        summary=_("What was proven when an act took effect"),
        description=_("Figures before and after, moves, and what does not add up."),
        responses=schemas.ProofSerializer,
    )
    def get(self, request: Request, pk: int) -> Response:
        found = ReorgProof.objects.filter(event__in=desk_acts(self.principal).filter(pk=pk)).first()
        if found is None:
            raise Problem(Kind.NOT_FOUND)
        return Response(answers.proof(found))


class ActSignatures(ActView):
    bodies = {
        "POST": Body(
            "ActSignature",
            bodies.text(
                "digest", _("Of the simulation that the signer has read."), longest=64, pattern="[0-9a-f]{64}",
                hint=_("64 hexadecimal digits."), example="0" * 64,
            ),
        )
    }  # fmt: skip

    @extend_schema(
        operation_id="signReorganisationAct",
        tags=TAGS,
        summary=_("Take responsibility for rows and figures"),
        description=_("By a person with the right who wrote none of the rows, while nothing is in the way."),
        responses={201: schemas.DeskActSerializer},
    )
    def post(self, request: Request, pk: int) -> Response:
        seen = bytes.fromhex(self.data["digest"])
        act = operations.sign_act(act_id=self.locked(pk).pk, seen=seen, actor=self.principal, now=self.now)
        return self.told(act, status=201)


class ActSchedules(ActView):
    @extend_schema(
        operation_id="scheduleReorganisationAct",
        tags=TAGS,
        summary=_("Let a signed act wait for its day"),
        description=_("From now on the tree answers for the days after it; it takes effect by itself."),
        responses={201: schemas.DeskActSerializer},
    )
    def post(self, request: Request, pk: int) -> Response:
        act = operations.schedule_act(act_id=self.locked(pk).pk, actor=self.principal, now=self.now)
        return self.told(act, status=201)


class ActWithdrawals(ActView):
    bodies = {
        "POST": Body(
            "ActWithdrawal",
            bodies.text("reason", _("Why it is given up."), longest=300, example="The assembly postponed it"),
        )
    }

    @extend_schema(
        operation_id="withdrawReorganisationAct",
        tags=TAGS,
        summary=_("Give an act up before its day"),
        description=_("What it would have changed is as if it had not been; the log keeps it."),
        responses={201: schemas.DeskActSerializer},
    )
    def post(self, request: Request, pk: int) -> Response:
        act = operations.withdraw_act(
            act_id=self.locked(pk).pk, reason=self.data["reason"], actor=self.principal, now=self.now
        )
        return self.told(act, status=201)


class ActEffects(ActView):
    @extend_schema(
        operation_id="runReorganisationAct",
        tags=TAGS,
        summary=_("Let an act take effect by hand"),
        description=_("On its day or later, when it did not by itself; by another person than the signer."),
        responses={201: schemas.DeskActSerializer},
    )
    def post(self, request: Request, pk: int) -> Response:
        act = operations.take_effect(act_id=self.locked(pk).pk, actor=self.principal, now=self.now)
        return self.told(act, status=201)
