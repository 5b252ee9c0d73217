"""Acts that are being made: the list, one act with its rows, figures and blockers, and the steps it may take now."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from portal.ui.wording import day
from units import operations
from units.models import ReorgEvent, ReorgProof, ReorgSignature
from units.operations import ActError
from units.papers import papers
from units.policies import Capability, abilities
from units.queries.acts import desk_acts, has_desk
from units.views import act_next, act_steps, act_tables
from units.views.act_picture import picture
from units.views.act_words import KINDS, state_of

SIZE = 50
DONE: dict[str, str | Promise] = {
    "chay-thu": gettext_lazy("The simulation is below."),
    "ky": gettext_lazy("The act is signed. Let it wait for its day now."),
    "dat-lich": gettext_lazy("The act waits for its day and takes effect by itself."),
    "rut": gettext_lazy("The act is withdrawn."),
    "thuc-hien": gettext_lazy("The act is in force."),
}


def visible(request: HttpRequest) -> QuerySet[ReorgEvent]:
    """Raises 404 for everybody whose post has nothing to do with acts."""
    user: Any = request.user
    if not user.is_authenticated or not has_desk(user):
        raise Http404
    return desk_acts(user)


@never_cache
@require_safe
def act_list(request: HttpRequest) -> HttpResponse:
    rows = visible(request).order_by("-effective_on", "-id")
    page = Paginator(rows, SIZE).get_page(request.GET.get("page"))
    user: Any = request.user
    context = {
        "page_obj": page,
        "can_draft": user.has_perm(Capability.DRAFT),
        "heads": [
            {"text": _("Act")},
            {"text": _("What it does")},
            {"text": _("What it decides")},
            {"text": _("Takes effect on")},
            {"text": _("State")},
        ],
        "rows": [
            [
                {"text": act.legal_no, "url": reverse("units:act", kwargs={"pk": act.pk})},
                {"text": KINDS[act.kind], "label": _("What it does")},
                {"text": act.title, "label": _("What it decides")},
                {"text": day(act.effective_on), "label": _("Takes effect on")},
                {"text": state_of(act)[0], "colour": state_of(act)[1], "label": _("State")},
            ]
            for act in page.object_list
        ],
    }
    return render(request, "units/acts.html", context)


@never_cache
@require_safe
def act_page(request: HttpRequest, pk: int) -> HttpResponse:
    return _show(request, one_of_desk(request, pk))


def one_of_desk(request: HttpRequest, pk: int) -> ReorgEvent:
    act = visible(request).filter(pk=pk).first()
    if act is None:
        raise Http404
    return act


def _show(request: HttpRequest, act: ReorgEvent, *, refused: str = "", status: int = 200) -> HttpResponse:
    user: Any = request.user
    simulations = list(act.simulations.order_by("-number")[:2])
    simulation = simulations[0] if simulations else None
    signed = ReorgSignature.objects.filter(event=act).first()
    able = abilities(
        user,
        state=act.state,
        unit_id=act.unit_id,
        is_author=user.event_actor in act.authors,
        is_signer=bool(signed and signed.signer == user.event_actor),
    )
    state, colour = state_of(act)
    proof = ReorgProof.objects.filter(event=act).first()
    stopping = sum(row["stops"] for row in simulation.blockers) if simulation else 0
    context = {
        "act": act,
        "kind": KINDS[act.kind],
        "state": state,
        "colour": colour,
        "able": able,
        "refused": refused,
        "stopping": stopping,
        "next": act_next.next_step(act, user, able, stopping=stopping),
        "others": act_next.others(act),
        "digest": bytes(simulation.digest).hex() if simulation else "",
        "papers": papers(act, user),
        "simulation": simulation,
        "signed": signed,
        "tables": act_tables.all_tables(act, simulations),
        "picture": picture(simulation.flows) if simulation else None,
        "proof": proof,
        "steps": act_steps.steps(act, simulation, signed, proof),
        "countdown": act_steps.countdown(act, timezone.now()),
    }
    return render(request, "units/act.html", context, status=status)


@never_cache
@require_POST
def act_deed(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    """One step, on the revision that the page showed. A refusal is told on the same page."""
    act = one_of_desk(request, pk)
    given = request.POST.get("revision", "")
    common: dict[str, Any] = {
        "act_id": act.pk,
        "expected": int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else 0,
        "actor": request.user,
        "now": timezone.now(),
    }
    try:
        _do(request, deed, common)
    except ActError as error:
        return _show(request, one_of_desk(request, pk), refused=str(error), status=409)
    messages.success(request, str(DONE[deed]))
    return redirect("units:act", pk=act.pk)


def _do(request: HttpRequest, deed: str, common: dict[str, Any]) -> None:
    if deed == "chay-thu":
        operations.simulate(**common)
    elif deed == "ky":
        seen = request.POST.get("digest", "")
        operations.sign_act(seen=bytes.fromhex(seen) if _is_hex(seen) else b"", **common)
    elif deed == "dat-lich":
        operations.schedule_act(**common)
    elif deed == "rut":
        operations.withdraw_act(reason=request.POST.get("reason", ""), **common)
    elif deed == "thuc-hien":
        operations.take_effect(act_id=common["act_id"], actor=common["actor"], now=common["now"])
    else:
        raise Http404


def _is_hex(text: str) -> bool:
    return len(text) == 64 and all(letter in "0123456789abcdef" for letter in text)
