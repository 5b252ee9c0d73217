"""What is on its way between units: to receive by the stack, what of one's own has not arrived, and Form 06."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from documents.layouts import render as render_layout
from portal.accounts.models import User
from portal.ui.errors import Step, problem_page
from services.errors import ServicesError
from services.kinds import Paper
from services.models import Handover
from services.operations.handing import NOTE_LENGTH, receive_handover
from services.printing_slips import control_slip
from services.queries import handovers as queries
from services.states import BatchDeed
from services.views.desk_access import officer_of, visible_dossier
from services.views.handover_words import lines

SIZE = 50
GROUPS = {
    "den": gettext_lazy("On their way to us"),
    "di": gettext_lazy("On their way from us"),
    "nhan": gettext_lazy("Received by us"),
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def handovers(request: HttpRequest) -> HttpResponse:
    """`?nhom=`: one of GROUPS. POST receives what was ticked, each in a transaction of its own."""
    user, now = officer_of(request), timezone.now()
    units = queries.units_of_hand(user, now.date())
    if not units:
        raise PermissionDenied(_("Hand-overs are shown to those who receive dossiers or work on them."))
    problem = ""
    if request.method == "POST":
        chosen = _chosen(request, units)
        if chosen:
            return _received(request, user, chosen, now)
        problem = _("Tick what you have in your hands. Nothing was saved.")
    group = request.GET.get("nhom", "den")
    page = Paginator(_rows(group, units), SIZE).get_page(request.GET.get("page", "1")[:4])
    shown = group if group in GROUPS else "den"
    context = {
        "rows": lines(list(page), now),
        "page_obj": page,
        "group": shown,
        "title": GROUPS[shown],
        "tabs": [(words, f"?nhom={key}", key == shown) for key, words in GROUPS.items()],
        "problem": problem,
        "slips": _slips(page, shown),
    }
    return render(request, "services/handovers/handovers.html", context, status=400 if problem else 200)


def back_to(group: str) -> str:
    """The list of this group; empty where there is no such group."""
    return f"{reverse('services:handovers')}?nhom={group}" if group in GROUPS else ""


def _slips(rows: Iterable[Handover], group: str) -> str:
    """Where their slips are printed as one file; a dossier whose papers travel beside it has one slip."""
    chosen = [str(one) for one in dict.fromkeys(row.dossier_id for row in rows)]
    asked = {"viec": BatchDeed.PRINT.value, "giay": Paper.CONTROL.value, "chon": chosen, "ban-giao": group}
    return f"{reverse('services:list-ordering')}?{urlencode(asked, doseq=True)}"


def _rows(group: str, units: list[int]) -> QuerySet[Handover]:
    return {"di": queries.going, "nhan": queries.received}.get(group, queries.coming)(units)


def listed(request: HttpRequest) -> QuerySet[Handover]:
    """The whole list of the page, for a file. Raises PermissionDenied."""
    units = queries.units_of_hand(officer_of(request), timezone.localdate())
    if not units:
        raise PermissionDenied
    return _rows(request.GET.get("nhom", "den"), units)


@never_cache
@require_safe
def slip(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Form 06 of one dossier as it stands now, for the paper that goes along."""
    dossier = visible_dossier(officer_of(request), pk)
    rows, now = queries.of_dossier(dossier), timezone.now()
    if not rows or dossier.due_at is None:
        title = _("Nothing was handed over yet")
        detail = _("The slip lists hand-overs. It can be printed when the dossier has gone from hand to hand.")
        return problem_page(
            request,
            409,
            title,
            detail,
            [Step(_("Open the dossier"), reverse("services:desk-dossier", args=[dossier.pk]))],
        )
    printed = render_layout("form-06", control_slip(dossier, rows, now=now), on=timezone.localdate(now))
    headers = {"Content-Disposition": 'inline; filename="mau-06.pdf"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(printed.pdf, content_type="application/pdf", headers=headers)


def _chosen(request: HttpRequest, units: list[int]) -> list[tuple[Handover, str]]:
    """What was ticked, or all that the page showed, with what each of them lacks."""
    name = "all" if "tat-ca" in request.POST else "pick"
    ids = [int(one) for one in request.POST.getlist(name)[:SIZE] if one.isascii() and one.isdecimal()]
    rows = queries.coming(units).filter(pk__in=ids)
    return [(row, request.POST.get(f"note-{row.pk}", "")[:NOTE_LENGTH]) for row in rows]


def _received(request: HttpRequest, user: User, chosen: Iterable[tuple[Handover, str]], now: datetime) -> HttpResponse:
    done, failed = 0, []
    for row, note in chosen:
        try:
            with transaction.atomic():
                receive_handover(handover=row, note=note, actor=user, now=now)
        except ServicesError as refusal:
            failed.append(f"{row.dossier}: {refusal}")
        else:
            done += 1
    if done:
        told = ngettext("%(count)d hand-over was received.", "%(count)d hand-overs were received.", done)
        messages.success(request, told % {"count": done})
    for one in failed:
        messages.error(request, one)
    return redirect("services:handovers")
