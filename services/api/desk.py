"""The deeds of the desk and of whoever works on a dossier as a whole. Each needs the version that was read."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from portal.api import bodies
from portal.api.base import Paged
from portal.api.bodies import Body
from portal.api.problems import Fault
from portal.api.schema import page_of
from services.api import dossier_answers as answers
from services.api import dossier_schemas as schemas
from services.api.base import TAGS, DeedView, fault, refuse, wrong
from services.api.dossiers import path_of
from services.api.filing import counted, unit_field
from services.api.unit_fields import check_unit, follow
from services.forms.work import STOP_REASON, stop_arguments
from services.kinds import Channel
from services.models import Component, Dossier, PaperNumber, Problem, Proof, Supplement
from services.operations import citizen, reception, results, supplements
from services.operations.checklist import Checked, check_papers
from services.operations.outage import accept_on_paper
from services.operations.reception import Way
from services.operations.supplements import MOST_ITEMS, Missing
from services.reasons import in_writing, refusal_reasons, stop_reasons

NOTE, REASON, GROUND, ITEM, RECEIVER, POINTER = 500, 2000, 300, 1000, 200, 300
LAW = "NĐ 118/2025 Đ.17"


def ground_field(**options: Any) -> bodies.Field:
    return bodies.text("ground", _("The legal ground."), longest=GROUND, example=LAW, **options)


def reason_field(longest: int = REASON) -> bodies.Field:
    return bodies.text("reason", _("The reason, in words."), longest=longest, lines=True, example="A paper is missing")


class DossierDeed(DeedView):
    """Answers with the dossier as the deed left it."""

    def done(self, dossier: Dossier) -> Response:
        body = answers.detail(dossier, self.principal)
        return self.answer(body, status=201, row=dossier, location=path_of(dossier))

    def fresh(self, dossier: Dossier) -> Dossier:
        """As it stands after a deed that answers something else."""
        return Dossier.objects.select_related("version__procedure").get(pk=dossier.pk)


class Acceptances(DossierDeed):
    bodies = {
        "POST": Body(
            "Acceptance",
            bodies.text(
                "limitKey", _("The case of the time limit, when it is not the general one."),
                longest=60, required=False, default="", example="verification_needed",
            ),
            bodies.moment("receivedAt", _("When a paper dossier was in fact received."), required=False),
            bodies.text(
                "proof", _("With receivedAt: what proves it."), longest=GROUND, required=False, default="",
                example="Postmark",
            ),
            bodies.text(
                "paperCode", _("With receivedAt: a code that was set aside, as the filer has it on paper."),
                longest=60, required=False, default="", example="H01.00001-261124-0001",
            ),
        )
    }  # fmt: skip

    @extend_schema(
        operation_id="acceptDossier",
        tags=TAGS,
        summary=_("Receive a dossier officially"),
        description=_("The code is taken, the clock starts, the first step opens. Every paper was checked before."),
        responses={201: schemas.DossierDetailSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        found, data = self.locked(pk), self.data
        refuse(self._faults(found))
        if data["paperCode"]:
            return self.done(self._on_paper(found))
        done = reception.accept(
            dossier=found,
            actor=self.principal,
            now=self.now,
            limit_case=data["limitKey"],
            really_at=data["receivedAt"],
            proof=data["proof"] if data["receivedAt"] else "",
        )
        return self.done(done)

    def _on_paper(self, dossier: Dossier) -> Dossier:
        data = self.data
        desks = {dossier.competent_unit_id, dossier.receiving_unit_id}
        number = PaperNumber.objects.filter(code=data["paperCode"], block__unit__in=desks).first()
        if number is None:
            raise wrong(fault("/paperCode", "unknown", gettext("No code of this organ that was set aside.")))
        return accept_on_paper(
            dossier=dossier,
            number=number,
            received_at=data["receivedAt"],
            proof=data["proof"],
            actor=self.principal,
            now=self.now,
        )

    def _faults(self, dossier: Dossier) -> Iterator[Fault]:
        if self.data["paperCode"] and not self.data["receivedAt"]:
            yield fault("/receivedAt", "required", gettext("A code on paper needs the moment that stands on it."))
        cases = [one["key"] for one in (dossier.version.parts.get("limit") or {}).get("cases", [])]
        if self.data["limitKey"] not in {"", *cases}:
            sentence = gettext("Choose one of: %(options)s.") % {"options": ", ".join(cases) or "–"}
            yield fault("/limitKey", "not-a-choice", sentence)
        if self.data["receivedAt"] and self.data["receivedAt"] > self.now:
            yield fault("/receivedAt", "in-the-future", gettext("This moment has not come yet."))
        if self.data["receivedAt"] and not self.data["proof"]:
            yield fault("/proof", "required", gettext("A moment that is entered later needs its proof."))


class ComponentChecks(DossierDeed):
    bodies = {
        "POST": Body(
            "ComponentChecks",
            bodies.several(
                "components",
                _("What was seen; papers that are left out stay as they are."),
                bodies.group(
                    "component",
                    _("One paper."),
                    bodies.text("key", _("The component's key in the procedure."), longest=80, example="birth_notice"),
                    bodies.choice("proof", _("How it is proven."), Proof.values, example=Proof.ATTACHED.value),
                    *counted(),
                    bodies.text(
                        "note",
                        _("A note."),
                        longest=NOTE,
                        shortest=0,
                        required=False,
                        default="",
                        example="The original",
                    ),
                ),
                least=1,
                most=50,
            ),
        )
    }

    @extend_schema(
        operation_id="checkDossierComponents",
        tags=TAGS,
        summary=_("Check the papers of a dossier"),
        description=_("The list of papers before the acceptance, in one go."),
        responses={201: schemas.DossierDetailSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        found = self.locked(pk)
        refuse(self._faults(found))
        rows = [
            Checked(one["key"], Proof(one["proof"]), (one["originals"], one["certified"], one["copies"]), one["note"])
            for one in self.data["components"]
        ]
        check_papers(dossier=found, rows=rows, actor=self.principal, now=self.now)
        return self.done(self.fresh(found))

    def _faults(self, dossier: Dossier) -> Iterator[Fault]:
        known = {row.key: row for row in Component.objects.filter(dossier=dossier)}
        for place, one in enumerate(self.data["components"]):
            row = known.get(one["key"])
            if row is None:
                sentence = gettext("This dossier has no such paper.")
                yield fault(f"/components/{place}/key", "not-a-choice", sentence)
            elif one["proof"] == Proof.DATA and not row.source:
                sentence = gettext("No register has answered for this paper.")
                yield fault(f"/components/{place}/proof", "no-source", sentence)


class Refusals(DossierDeed):
    bodies = {
        "POST": Body(
            "Refusal",
            bodies.choice("why", _("Why it is not received."), refusal_reasons()),
            bodies.text(
                "text",
                _("In words, for the filer."),
                longest=REASON - 300,
                lines=True,
                example="Another organ decides",
            ),
            ground_field(required=False, default=""),
        )
    }

    @extend_schema(
        operation_id="refuseDossier",
        tags=TAGS,
        summary=_("Do not receive a dossier"),
        description=_("With the reason in writing. Without a ground, that of the reason counts."),
        responses={201: schemas.DossierDetailSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        said = in_writing(why=self.data["why"], text=self.data["text"], ground=self.data["ground"])
        reason, ground = said["reason"], said["ground"]
        done = reception.refuse(
            dossier=self.locked(pk), reason=reason, ground=ground, actor=self.principal, now=self.now
        )
        return self.done(done)


class Reroutings(DossierDeed):
    bodies = {
        "POST": Body(
            "Rerouting",
            unit_field("competentUnitId", _("The organ that is competent.")),
            unit_field("returningUnitId", _("Where the result is handed out, when that changes too."), required=False),
            ground_field(),
        )
    }

    @extend_schema(
        operation_id="rerouteDossier",
        tags=TAGS,
        summary=_("Send a dossier on to the competent organ"),
        responses={201: schemas.DossierDetailSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        found, data = self.locked(pk), follow(self.data, "competentUnitId", "returningUnitId", now=self.now)
        refuse(self._faults(found, data))
        way = Way(data["competentUnitId"], data["returningUnitId"])
        done = reception.reroute(dossier=found, way=way, ground=data["ground"], actor=self.principal, now=self.now)
        return self.done(done)

    def _faults(self, dossier: Dossier, data: dict[str, Any]) -> Iterator[Fault]:
        yield from check_unit("/competentUnitId", data["competentUnitId"], self.now)
        if data["competentUnitId"] == dossier.competent_unit_id:
            yield fault("/competentUnitId", "same-unit", gettext("This unit is the competent one already."))
        yield from check_unit("/returningUnitId", data["returningUnitId"], self.now)


class HandOuts(DossierDeed):
    bodies = {
        "POST": Body(
            "HandOut",
            bodies.text("receiver", _("Who received it."), longest=RECEIVER, example="Vang Thi Do"),
            bodies.choice(
                "channel", _("How it was handed out."), [Channel.DESK, Channel.POST], required=False,
                default=Channel.DESK.value,
            ),
        )
    }  # fmt: skip

    @extend_schema(
        operation_id="handOutResult",
        tags=TAGS,
        summary=_("Hand out the result"),
        responses={201: schemas.DossierDetailSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        found, channel = self.locked(pk), Channel(self.data["channel"])
        done = results.hand_out(
            dossier=found, channel=channel, receiver=self.data["receiver"], actor=self.principal, now=self.now
        )
        return self.done(done)


class Stops(DossierDeed):
    bodies = {
        "POST": Body(
            "Stop",
            bodies.choice(
                "why", _("Why the work is stopped."), [one.key for one in stop_reasons().values() if one.offered],
                required=False, default="other",
            ),
            reason_field(STOP_REASON),
            ground_field(required=False, default=""),
            bodies.text(
                "papers", _("What Form 05 says of papers that are given back."), longest=GROUND, required=False,
                default="", example="One birth notice",
            ),
            bodies.text(
                "fee", _("What Form 05 says of the fee."), longest=GROUND, required=False, default="",
                example="8,000 VND are given back",
            ),
        )
    }  # fmt: skip

    @extend_schema(
        operation_id="stopDossier",
        tags=TAGS,
        summary=_("Stop the work on a dossier"),
        description=_("With its reason in writing: Form 05. Without a ground, that of the reason counts."),
        responses={201: schemas.DossierDetailSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        said = stop_arguments(self.data)
        done = citizen.stop(dossier=self.locked(pk), actor=self.principal, now=self.now, **said)
        return self.done(done)


ITEM_FIELD = bodies.group(
    "item",
    _("One thing that is missing: a paper by component, or an answer by pointer."),
    bodies.text("component", _("The component's key."), longest=80, required=False, default="", example="birth_notice"),
    bodies.text(
        "pointer", _("JSON pointer of the answer."), longest=POINTER, pattern="/.+", required=False, default="",
        example="/child_name",
    ),
    bodies.choice("problem", _("What is wrong."), Problem.values),
    bodies.text("text", _("What the filer has to do."), longest=ITEM, lines=True, example="Hand in the original"),
    *counted(),
)  # fmt: skip


class SupplementRequests(Paged, DossierDeed):
    keys = ("number", "id")
    bodies = {
        "POST": Body(
            "SupplementRequest",
            bodies.several("items", _("Everything that is missing, at once."), ITEM_FIELD, least=1, most=MOST_ITEMS),
            reason_field(),
            ground_field(),
            bodies.truth(
                "approved", _("You approve a further request as the head."), required=False, default=False,
                example=False,
            ),
        )
    }  # fmt: skip

    @extend_schema(
        operation_id="listSupplementRequests",
        tags=TAGS,
        summary=_("What was asked for later"),
        responses=page_of(schemas.SupplementSerializer),
    )
    def get(self, request: Request, pk: UUID) -> Response:
        found = self.seen(pk)
        rows = Supplement.objects.filter(dossier=found).prefetch_related("items")
        return self.paged(request, self.page_of(request, rows), answers.supplement)

    @extend_schema(
        operation_id="askSupplement",
        tags=TAGS,
        summary=_("Ask for everything that is missing"),
        description=_(
            "One request. Before the acceptance by the desk; afterwards by whoever works on it, and the clock stands "
            "still until it is answered. What a register has answered cannot be asked for."
        ),
        responses={201: schemas.SupplementSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        found, data = self.locked(pk), self.data
        refuse(self._faults(found))
        names = ("text", "component", "pointer", "originals", "certified", "copies")
        asked = supplements.ask_supplement(
            dossier=found,
            items=[Missing(Problem(one["problem"]), **{name: one[name] for name in names}) for one in data["items"]],
            reason=data["reason"],
            ground=data["ground"],
            actor=self.principal,
            now=self.now,
            approved_by=self.principal if data["approved"] else None,
        )
        location = f"{path_of(found)}/supplement-requests"
        return self.answer(answers.supplement(asked), status=201, row=self.fresh(found), location=location)

    def _faults(self, dossier: Dossier) -> Iterator[Fault]:
        known = set(Component.objects.filter(dossier=dossier).values_list("key", flat=True))
        for place, one in enumerate(self.data["items"]):
            if bool(one["component"]) == bool(one["pointer"]):
                sentence = gettext("Name either a component or the pointer of an answer.")
                yield fault(f"/items/{place}", "not-one", sentence)
            elif one["component"] and one["component"] not in known:
                sentence = gettext("This dossier has no such paper.")
                yield fault(f"/items/{place}/component", "not-a-choice", sentence)
