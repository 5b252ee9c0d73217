"""All acts of one day: which wait, which are in force, what they moved, and what held them up."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.ui.wording import moment
from units.forms import ActDayForm
from units.models import ReorgEvent, ReorgProof
from units.states import ActState
from units.views.act_words import state_of
from units.views.acts import visible
from units.views.words import number

SIZE = 50
AGAIN = 10  # seconds until the page shows itself anew
ON_ITS_WAY = (ActState.SCHEDULED, ActState.EFFECTIVE, ActState.CORRECTED)
Json = dict[str, Any]


@never_cache
@require_safe
def acts_of_day(request: HttpRequest) -> HttpResponse:
    """Shown anew by itself while something is still to come, unless whoever reads asked that it stand still."""
    form = ActDayForm.asked(request.GET)
    acts = visible(request).filter(effective_on=form.day, state__in=ON_ITS_WAY)
    states = acts.order_by().aggregate(all=Count("pk"), waiting=Count("pk", filter=Q(state=ActState.SCHEDULED)))
    page = Paginator(_listed(acts), SIZE).get_page(request.GET.get("page", "1")[:6])
    runs = states["waiting"] > 0 and form.day <= timezone.localdate()
    stands = "dung" in request.GET
    context = {
        "form": form,
        "on": form.day,
        "page_obj": page,
        "total": states["all"],
        "in_force": states["all"] - states["waiting"],
        "runs": runs,
        "stands": stands,
        "still": _address(form.day, stands=True),
        "follow": _address(form.day, stands=False),
        "now": timezone.now(),
        "heads": [{"text": head} for head in _heads()],
        "rows": _rows(list(page.object_list)),
    }
    response = render(request, "units/act_day.html", context, status=200 if form.is_valid() else 400)
    if runs and not stands:
        response["Refresh"] = str(AGAIN)  # WCAG 2.2.2: the page offers to let it stand
    return response


def _listed(acts: QuerySet[ReorgEvent]) -> QuerySet[ReorgEvent]:
    counted = acts.annotate(waiting=Count("undecided", filter=Q(undecided__decided_at=None)), asked=Count("undecided"))
    return counted.order_by("scheduled_at", "id")


def _address(on: date, *, stands: bool) -> str:
    return f"{reverse('units:acts-of-day')}?ngay={on.isoformat()}" + ("&dung=1" if stands else "")


def _heads() -> list[str]:
    return [_("Act"), _("State"), _("Handed over"), _("Waits for a decision"), _("Outcome")]


def _rows(acts: list[ReorgEvent]) -> list[list[Json]]:
    proofs = {proof.event_id: proof for proof in ReorgProof.objects.filter(event__in=acts).order_by("id")}
    heads, rows = _heads(), []
    for act in acts:
        proof = proofs.get(act.pk)
        words, colour = state_of(act)
        state: Json = {"text": str(words), "colour": colour}
        cells: list[Json] = [
            {"text": act.legal_no, "url": reverse("units:act", kwargs={"pk": act.pk})},
            state,
            {"text": number(sum(move["number"] for move in proof.moves)) if proof else "–", "numeric": True},
            {"text": _waiting(act), "numeric": True},
            _verdict(act, proof),
        ]
        for head, cell in zip(heads[1:], cells[1:], strict=True):
            cell["label"] = head
        rows.append(cells)
    return rows


def _waiting(act: ReorgEvent) -> str:
    """Of how many; `_listed` counts them."""
    waiting, asked = getattr(act, "waiting", 0), getattr(act, "asked", 0)
    return f"{number(waiting)}/{number(asked)}" if asked else "–"


def _verdict(act: ReorgEvent, proof: ReorgProof | None) -> Json:
    if proof is None and act.trouble:
        return {"text": _("why it is held up"), "url": reverse("units:act", kwargs={"pk": act.pk})}
    if proof is None:
        return {"text": "–"}
    url = reverse("units:act-report", kwargs={"pk": act.pk})
    told = _("everything adds up") if proof.holds else _("%(number)s findings") % {"number": len(proof.findings)}
    return {"text": f"{told}, {moment(proof.made_at)}", "url": url}
