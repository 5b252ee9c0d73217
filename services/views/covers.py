"""Who acts while somebody is away, what waits with whom, and sharing out anew. For heads; officers read the leaves."""

import uuid
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.accounts.models import User
from portal.accounts.once import sent_once
from services import sharing
from services.errors import ServicesError
from services.forms.covers import CoverForm, ShareForm, TakersForm
from services.models import CoveredStep, LeaveCover, WorkItem
from services.operations.covering import end_cover, enter_cover
from services.policies import Capability, may_at
from services.queries.covers import acting_on, covers_seen, posts_at
from services.queries.lists import names_of_officers
from services.queries.load import in_due_order, loads, units_headed, waiting_steps
from services.queries.staffing import unworked
from services.queries.work import units_of_work
from services.views.desk_access import officer_of
from services.wording_lists import term_of

SIZE = 50
NOBODY = "nobody"


def _head(request: HttpRequest) -> tuple[User, list[int]]:
    """Raises Http404, and PermissionDenied for officers who hand out no work."""
    user = officer_of(request)
    units = units_headed(user, localdate())
    if not units:
        raise PermissionDenied(_("What waits with whom is shown to those who hand out the work of a unit."))
    return user, units


def _officer(text: str) -> uuid.UUID | None:
    """Of `nobody` or an id. Raises Http404 for anything else."""
    if text == NOBODY:
        return None
    try:
        return uuid.UUID(text)
    except ValueError as wrong:
        raise Http404 from wrong


@never_cache
@require_GET
def waiting(request: HttpRequest) -> HttpResponse:
    """`?giu=`: only the steps of this officer, or of nobody."""
    _user, units = _head(request)
    now, held = timezone.now(), request.GET.get("giu", "")
    page = Paginator(listed(request), SIZE).get_page(request.GET.get("page", "1")[:4])
    names: dict[Any, str] = names_of_officers(step.officer_id for step in page)
    acts = acting_on(page)
    context = {
        "unworked": unworked(units, localdate(now)),
        "loads": [(row, str(row.officer or NOBODY)) for row in loads(units, now)],
        "rows": [(step, names.get(step.officer_id, ""), acts.get(step.pk), _is_late(step, now)) for step in page],
        "page_obj": page,
        "held": held,
        "now": now,
    }
    return render(request, "services/lists/waiting.html", context)


def listed(request: HttpRequest) -> QuerySet[WorkItem]:
    """The whole list of the page, for a file too."""
    _user, units = _head(request)
    rows, held = in_due_order(waiting_steps(units)), request.GET.get("giu", "")
    return rows.filter(officer=_officer(held)) if held else rows


def _is_late(step: Any, now: Any) -> bool:
    return step.due_at is not None and step.due_at < now and step.dossier.paused_at is None


# --- Sharing out anew -------------------------------------------------------------------------------------------------


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def redistribution(request: HttpRequest) -> HttpResponse:
    """`?tu=` whose steps, `?cho=` among whom. The proposal is confirmed as it was shown, or shown anew."""
    user, units = _head(request)
    now, giver, unit = timezone.now(), _officer(request.GET.get("tu", NOBODY)), units[0]
    takers = sharing.takers_of(unit, giver, now)
    asked = "cho" in request.GET
    among = TakersForm(request.GET if asked else None, takers=[(str(one.pk), name) for one, name in takers])
    chosen = [uuid.UUID(key) for key in among.cleaned_data["cho"]] if asked and among.is_valid() else []
    proposal = sharing.propose(unit=unit, giver=giver, takers=chosen, now=now)
    form = ShareForm(request.POST if request.method == "POST" else None)
    status, problem = 200 if among.is_valid() or not asked else 400, ""
    if request.method == "POST":
        status = 400
        if not proposal.rows:
            problem = _("Nothing is left to share out. Nothing was ordered.")
        elif form.is_valid():
            if request.POST.get("plan") == proposal.digest:
                said = form.cleaned_data["reason"]
                batch = sharing.confirm(proposal=proposal, reason=said, actor=user, now=now)
                return redirect("services:list-batch", batch.pk)
            status, problem = 409, _("The work has changed meanwhile. Nothing was ordered; look at the new proposal.")
    context = {
        "among": among,
        "form": form,
        "problem": problem,
        "proposal": proposal,
        "giver": names_of_officers([giver]).get(giver, "") if giver else "",
        "tu": str(giver or NOBODY),
        "rows": [(step, proposal.names[officer]) for step, officer in proposal.rows],
        "sums": [(proposal.names[one], number, proposal.after[one]) for one, number in proposal.before.items()],
    }
    return render(request, "services/lists/redistribution.html", context, status=status)


# --- Leaves -----------------------------------------------------------------------------------------------------------


@never_cache
@require_GET
def covers(request: HttpRequest) -> HttpResponse:
    user = officer_of(request)
    on = localdate()
    heads = units_headed(user, on)
    if not heads and not units_of_work(user, on):
        raise PermissionDenied(_("Leaves are shown to those who work on dossiers or hand out the work."))
    page = Paginator(covers_seen(user, on).order_by("-entered_at", "id"), SIZE).get_page(
        request.GET.get("page", "1")[:4]
    )
    rows = [(row, *term_of(row, on)) for row in page]
    return render(request, "services/lists/covers.html", {"rows": rows, "page_obj": page, "may_enter": bool(heads)})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def entering(request: HttpRequest) -> HttpResponse:
    user, units = _head(request)
    posts = {str(row.pk): row for row in posts_at(units, localdate())}
    pairs = [(key, f"{row.person.name} ({row.post.name})") for key, row in posts.items()]
    form = CoverForm(request.POST if request.method == "POST" else None, posts=pairs)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            said = form.cleaned_data
            try:
                row = enter_cover(
                    absent=posts[said["absent"]],
                    cover=posts[said["cover"]],
                    leave=form.leave(),
                    actor=user,
                    now=timezone.now(),
                )
            except ServicesError as refusal:
                form.add_error(None, str(refusal))
                status = 409
            else:
                messages.success(
                    request, _("The leave was entered. Open steps go over within minutes of its first day.")
                )
                return redirect("services:cover", row.pk)
    return render(request, "services/lists/cover_entering.html", {"form": form}, status=status)


def _cover(user: User, pk: uuid.UUID, on: date) -> LeaveCover:
    return get_object_or_404(covers_seen(user, on), pk=pk)


@never_cache
@require_GET
def cover(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    user, on = officer_of(request), localdate()
    row = _cover(user, pk, on)
    steps = CoveredStep.objects.filter(leave=row).select_related("step__dossier").order_by("-given_at", "id")
    words, colour = term_of(row, on)
    context = {
        "row": row,
        "words": words,
        "colour": colour,
        "page_obj": Paginator(steps, SIZE).get_page(request.GET.get("page", "1")[:4]),
        "may_end": row.ended_at is None and on <= row.last_day and may_at(user, Capability.ASSIGN, row.unit_id),
        "away": f"{reverse('services:waiting')}?giu={row.absent.user_id}",
    }
    return render(request, "services/lists/cover.html", context)


@never_cache
@require_POST
def ending(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    user = officer_of(request)
    row = _cover(user, pk, localdate())
    try:
        end_cover(leave=row, actor=user, now=timezone.now())
    except ServicesError as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    messages.success(request, _("The leave has ended. What is still open goes back within minutes."))
    return redirect("services:cover", row.pk)
