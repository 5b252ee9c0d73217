"""Up to 200 documents with one confirmation: choose, confirm with the second factor, watch, call off the rest."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from documents import wording
from documents.errors import BadBatchError, DocumentsError
from documents.operations.batches import MOST, Pick, cancel_batch, confirm_batch
from documents.queries.desk import batches_of, items_of, ready_for
from documents.queries.documents import progress, visible_to
from documents.states import Goal, ItemState
from documents.views.deeds import STEP_UP, proof
from documents.views.desk import officer, state_tag, type_name
from portal.accounts.models import User
from portal.accounts.once import sent_once
from portal.accounts.signing_in import recent_second_factor
from staff.policies import today

WAY = {"ky": Goal.SIGN, "phat-hanh": Goal.COMPLETE}
TITLES: dict[Goal, str | Promise] = {
    Goal.SIGN: gettext_lazy("Documents that wait for your signature"),
    Goal.COMPLETE: gettext_lazy("Documents to number, seal and issue"),
}
DEEDS: dict[Goal, str | Promise] = {
    Goal.SIGN: gettext_lazy("Sign"),
    Goal.COMPLETE: gettext_lazy("Number, seal and issue"),
}
COLOURS = {ItemState.FAILED: "red", ItemState.WAITING: "blue", ItemState.DONE: "green", ItemState.CANCELLED: "grey"}
PICKED = "documents.picked"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def batch_choice(request: HttpRequest, way: str) -> HttpResponse:
    """The list. What is ticked is kept in the session, so that proving the second factor loses nothing."""
    user, goal = officer(request), WAY[way]
    found = ready_for(user, goal, today())
    problem = ""
    if request.method == "POST":
        picked = _picks(request.POST.getlist("document"))
        if picked and {row.unit_id for row in found if row.pk in picked}:
            request.session[PICKED] = {"goal": goal.value, "picks": [[str(pk), rev] for pk, rev in picked.items()]}
            return redirect(f"documents:batch-{way}-confirm")
        problem = _("Tick at least one document")
    context = {
        "title": TITLES[goal],
        "deed": DEEDS[goal],
        "rows": [(row, type_name(row.type_code), state_tag(row)) for row in found],
        "problem": problem,
        "most": MOST,
    }
    return render(request, "documents/batch_choice.html", context, status=400 if problem else 200)


def _picks(values: list[str]) -> dict[uuid.UUID, int]:
    """`id:revision` of each tick. Raises Http404 for anything else."""
    found: dict[uuid.UUID, int] = {}
    for value in values[: MOST + 1]:
        key, _sign, revision = value.partition(":")
        try:
            found[uuid.UUID(key)] = int(revision[:9])
        except ValueError as wrong:
            raise Http404 from wrong
    return found


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def batch_confirm(request: HttpRequest, way: str) -> HttpResponse:
    user, goal = officer(request), WAY[way]
    kept = request.session.get(PICKED) or {}
    if kept.get("goal") != goal.value:
        return redirect(f"documents:batch-{way}")
    if not recent_second_factor(request, now=timezone.now(), within=STEP_UP):
        return proof(request.path)
    picks = [Pick(uuid.UUID(key), revision) for key, revision in kept["picks"]]
    problem = ""
    if request.method == "POST":
        try:
            batch = confirm_batch(picks=_within(user, picks), goal=goal, actor=user, now=timezone.now())
        except DocumentsError as refusal:
            problem = str(refusal)
        else:
            del request.session[PICKED]
            return redirect("documents:batch", batch.pk)
    chosen = {pick.document_id for pick in picks}
    rows = [(row, type_name(row.type_code)) for row in ready_for(user, goal, today()) if row.pk in chosen]
    context = {
        "back": f"documents:batch-{way}",
        "deed": DEEDS[goal],
        "rows": rows,
        "problem": problem,
        "goal": goal.value,
    }
    return render(request, "documents/batch_confirm.html", context, status=409 if problem else 200)


def _within(user: User, picks: list[Pick]) -> list[Pick]:
    """Nobody learns what exists elsewhere: a key that one may not see is no pick. Raises BadBatchError."""
    asked = [pick.document_id for pick in picks]
    if visible_to(user, today()).filter(pk__in=asked).count() != len(asked):
        raise BadBatchError
    return picks


@never_cache
@require_safe
def batch_page(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """How far it is: a plain page, to be loaded again. Only for whoever confirmed it."""
    user = officer(request)
    batch = get_object_or_404(batches_of(user), pk=pk)
    goal = Goal(batch.goal)
    items = [
        (item, {"text": wording.ITEMS[ItemState(item.state)], "colour": COLOURS[ItemState(item.state)]})
        for item in items_of(batch)
    ]
    context: dict[str, Any] = {
        "batch": batch,
        "goal": DEEDS.get(goal, DEEDS[Goal.COMPLETE]),
        "progress": progress(batch.pk),
        "items": items,
    }
    return render(request, "documents/batch.html", context)


@never_cache
@require_POST
def batch_cancel(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    user = officer(request)
    batch = get_object_or_404(batches_of(user), pk=pk)
    number = cancel_batch(batch=batch, actor=user, now=timezone.now())
    words = ngettext("%(number)d document was called off.", "%(number)d documents were called off.", number)
    messages.success(request, words % {"number": number})
    return redirect("documents:batch", pk)
