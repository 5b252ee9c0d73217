"""Many dossiers at once: choose in the list, see which can't and why, confirm, watch, call off, take back."""

import uuid
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from documents import passing
from documents.queries.desk import ready_for
from documents.states import Goal
from portal.accounts.models import User
from portal.accounts.once import sent_once
from services.batch_checks import Prepared, prepare, results_to_sign
from services.batch_prints import kept_of
from services.errors import ServicesError
from services.forms.batches import FORMS, BatchForm, UndoForm
from services.list_files import HEAVY
from services.models import Dossier, DossierBatch
from services.models.batches import MOST, most_of
from services.operations.batches import Order, cancel_batch, order_batch, undo_batch
from services.queries.batches import batches_of, items_of, progress_of
from services.queries.work import colleagues
from services.states import BatchDeed, BatchItemState
from services.views.desk_access import officer_of
from services.views.handovers import back_to
from services.views.lists import Asked, ask
from services.wording_lists import DEEDS, ITEM_STATES

SIZE = 50
MOST_SHOWN = 20  # of those that can't
MOST_UNITS = 5
SIGN = "sign"
PICKED = "documents.picked"  # where the signing of many documents looks for what was ticked


def selected(asked: Asked, request: HttpRequest) -> list[Dossier]:
    """What is ticked, or everything that matches; one more than a batch holds tells that there are too many."""
    if "ca" not in request.GET and not asked.ticked:
        return []
    return list(asked.chosen_rows().defer(*HEAVY)[: MOST + 1])


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def ordering(request: HttpRequest) -> HttpResponse:
    """`?viec=` names the deed, `?giay=` papers ticked already, `?ban-giao=` the group of hand-overs that it came from.

    The rest is the list, and what of it was chosen.
    """
    asked, name = ask(request), request.GET.get("viec", "")
    chosen = selected(asked, request)
    if name == SIGN:
        return _to_sign(request, asked, chosen)
    if name not in {deed.value for deed in FORMS}:
        raise Http404
    deed = BatchDeed(name)
    problem = _problem(chosen, most_of(deed))
    prepared = prepare(asked.user, deed, [] if problem else chosen)
    form = _form(deed, prepared, asked, request.POST if request.method == "POST" else None)
    form.initial["papers"] = request.GET.getlist("giay")
    status = 400 if problem else 200
    if request.method == "POST" and not problem:
        status = 400
        if form.is_valid():
            if request.POST.get("shown") == str(len(prepared.picks)):
                wanted = Order(deed, prepared.picks, form.said(), asked.query)
                return redirect("services:list-batch", _ordered(wanted, asked))
            status, problem = (
                409,
                _("Meanwhile another number of dossiers matches. Nothing was ordered; look again."),
            )
    context = {
        "form": form, "deed": DEEDS[deed], "prepared": prepared, "problem": problem, "query": asked.query,
        "number": len(prepared.picks), "shown": prepared.refused[:MOST_SHOWN],
        "handovers": back_to(request.GET.get("ban-giao", "")), "list": f"{reverse('services:list')}?{asked.query}",
    }  # fmt: skip
    return render(request, "services/lists/batch_confirm.html", context, status=status)


def _ordered(wanted: Order, asked: Asked) -> uuid.UUID:
    """Nothing to do was no order."""
    return order_batch(wanted=wanted, actor=asked.user, now=asked.now).pk


def _problem(chosen: list[Dossier], most: int) -> str:
    if not chosen:
        return _("Nothing is chosen. Go back and tick dossiers, or all that match.")
    if len(chosen) > most:
        return _("More than %(most)d dossiers match. Narrow the filter.") % {"most": most}
    return ""


def _form(deed: BatchDeed, prepared: Prepared, asked: Asked, data: Any) -> BatchForm:
    more: dict[str, Any] = {}
    if deed is BatchDeed.ASSIGN:
        on = localdate(asked.now)
        pairs = {
            str(user.pk): name
            for unit in sorted(prepared.units)[:MOST_UNITS]
            for user, name in colleagues(unit, on, besides=None)
        }
        more["officers"] = pairs.items()
    return FORMS[deed](data, **more)


def _to_sign(request: HttpRequest, asked: Asked, chosen: list[Dossier]) -> HttpResponse:
    """Their results go to where documents are signed together, with its proof of the second factor."""
    wanted = set(results_to_sign(chosen))
    ready = [row for row in ready_for(asked.user, Goal.SIGN, localdate(asked.now)) if row.pk in wanted]
    if not ready:
        messages.info(request, _("None of the chosen dossiers has a result that waits for your signature."))
        return redirect(f"{reverse('services:list')}?{asked.query}")
    request.session[PICKED] = {"goal": Goal.SIGN.value, "picks": [[str(row.pk), row.revision] for row in ready]}
    return redirect("documents:batch-ky-confirm")


@never_cache
@require_GET
def batches(request: HttpRequest) -> HttpResponse:
    user = officer_of(request)
    found = batches_of(user).order_by("-ordered_at", "id")
    page = Paginator(found, SIZE).get_page(request.GET.get("page", "1")[:4])
    rows = [(batch, DEEDS[batch.deed], progress_of(batch)) for batch in page]
    return render(request, "services/lists/batches.html", {"rows": rows, "page_obj": page})


@never_cache
@require_GET
def batch_page(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """How far it is: a plain page, to be loaded again. Only for whoever ordered it."""
    user, batch = _own(request, pk)
    return _batch(request, user, batch, UndoForm())


def _own(request: HttpRequest, pk: uuid.UUID) -> tuple[User, DossierBatch]:
    user = officer_of(request)
    return user, get_object_or_404(batches_of(user), pk=pk)


def _batch(request: HttpRequest, user: User, batch: DossierBatch, form: UndoForm, status: int = 200) -> HttpResponse:
    page = Paginator(items_of(batch), SIZE).get_page(request.GET.get("page", "1")[:4])
    progress = progress_of(batch)
    undone = DossierBatch.objects.filter(undoes=batch).first()
    ended = not progress.waiting
    context = {
        "batch": batch,
        "deed": DEEDS[batch.deed],
        "progress": progress,
        "page_obj": page,
        "rows": [(item, *ITEM_STATES[_told(item.state, batch)]) for item in page],
        "undone": undone,
        "is_print": batch.deed == BatchDeed.PRINT,
        "printed": kept_of(batch, timezone.now()),
        "is_gone": timezone.now() > batch.ordered_at + settings.BATCH_PRINT_KEPT,
        "undo": form if ended and progress.done and not undone and batch.is_undoable(timezone.now()) else None,
    }
    return render(request, "services/lists/batch.html", context, status=status)


@never_cache
@require_safe
def printed(request: HttpRequest, pk: uuid.UUID) -> HttpResponseBase:
    """The papers as one PDF, for a day, only for whoever ordered them. Each reading was recorded dossier by dossier."""
    _user, batch = _own(request, pk)
    kept = kept_of(batch, timezone.now())
    if kept is None or not kept.sha256:
        return redirect("services:list-batch", batch.pk)  # which says why there is nothing
    answer = FileResponse(passing.opened(kept.sha256), content_type="application/pdf", filename="ho-so.pdf")
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _told(state: str, batch: DossierBatch) -> str:
    """What was called off waits no more."""
    called_off = batch.cancelled_at is not None and state == BatchItemState.WAITING
    return BatchItemState.CANCELLED.value if called_off else state


@never_cache
@require_POST
def cancelling(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    user, batch = _own(request, pk)
    cancel_batch(batch=batch, actor=user, now=timezone.now())
    messages.success(request, _("The rest was called off. What is done stays done."))
    return redirect("services:list-batch", batch.pk)


@never_cache
@require_POST
def undoing(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    user, batch = _own(request, pk)
    form = UndoForm(request.POST)
    if not form.is_valid():
        return _batch(request, user, batch, form, status=400)
    try:
        back = undo_batch(batch=batch, reason=form.cleaned_data["reason"], actor=user, now=timezone.now())
    except ServicesError as refusal:
        form.add_error(None, str(refusal))
        return _batch(request, user, batch, form, status=409)
    return redirect("services:list-batch", back.pk)
