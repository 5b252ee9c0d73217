"""Pages of the officers who work on dossiers: their queue, the workspace of one step, and each deed on it."""

import uuid
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from documents.errors import DocumentsError
from documents.layouts import LayoutDataError, UnknownLayoutError
from documents.models import StoredFile
from documents.registers.errors import RegisterError
from portal.accounts.models import User
from portal.events import viewed
from portal.ui.errors import Step, problem_page
from services import versions
from services.declarations import World, read, review, walk
from services.errors import HeldByOtherError, NotAllowedError, ServicesError
from services.kinds import Channel
from services.models import Component, Confirmation, Consultation, Dossier, Proof, WorkItem
from services.operations.moving import lock, people
from services.operations.processing import take_step
from services.policies import step_abilities
from services.queries.clock import explained
from services.queries.covers import acting_for
from services.queries.lateness import may_be_extended
from services.queries.parts import Papers, WorkParts, work_parts
from services.queries.places import UnitsOn
from services.queries.work import (
    earlier_of,
    earlier_steps,
    lookers,
    names_of,
    open_steps,
    units_of_work,
    visible_step,
)
from services.states import ExtensionState, ItemState, Stage
from services.views.consultation_words import further_deeds, with_answers_in_words
from services.views.handover_words import between_units_in_words
from services.views.work_deeds import DEEDS, rehearsed
from services.wording import SOURCES
from services.wording_desk import EXTENSION_STATES
from services.wording_work import ITEM_STATES, OUTCOMES, STAGES

SIZE = 25
REFUSALS = (ServicesError, DocumentsError, RegisterError)
DEEDS_IN_ORDER = (
    "propose", "recall", "finish", "supplement", "payment", "return", "extend", "assign", "note", "stop",
)  # fmt: skip
WITH_OBJECTION = {Stage.NONE, Stage.CORRECTING, Stage.AWAITING_CITIZEN}
LATELY = timedelta(minutes=15)


@never_cache
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """`?cua=toi`: only what this officer holds."""
    user, units = _officer(request)
    mine = request.GET.get("cua") == "toi"
    page = Paginator(open_steps(user, units, mine=mine), SIZE).get_page(request.GET.get("page", "1")[:4])
    names = names_of({item.officer_id for item in page}, 0)
    rows = [(item, names.get(item.officer_id, "")) for item in page]
    context = {"rows": rows, "page_obj": page, "mine": mine, "now": timezone.now()}
    return render(request, "services/work_queue.html", context)


def listed(request: HttpRequest) -> QuerySet[WorkItem]:
    """The whole list of the page, for a file."""
    user, units = _officer(request)
    return open_steps(user, units, mine=request.GET.get("cua") == "toi")


@never_cache
@require_safe
def workspace(request: HttpRequest, item_id: uuid.UUID) -> HttpResponse:
    user, item = _item(request, item_id)
    dossier = item.dossier
    now = timezone.now()
    purpose = _("working on a dossier")
    viewed(dossier, actor=user, unit=item.unit_id, purpose=purpose, at=now, concerns=people(dossier))
    on = timezone.localdate(now)
    world = World(on, UnitsOn(on, dossier.answers))
    definition = read(dossier.version.form.definition) if dossier.version.form.definition else None
    found = review(walk(definition, dossier.answers, world), world) if definition else []
    sections = [section for section in found if any(line.words for line in section.lines)]
    parts = work_parts(dossier, since=now - LATELY, besides=user)
    steps, readers = parts.steps, lookers(parts.looks)
    known = {row.officer_id for row in steps} | {note.author_id for note in parts.notes} | set(readers)
    names = names_of(known, item.unit_id)
    clock = explained(dossier, parts.entries)
    asked = with_answers_in_words(parts.consultations, now)
    is_mine = item.officer_id == user.pk
    context = {
        "item": item,
        "dossier": dossier,
        "sections": sections,
        "components": _components(dossier, parts.papers),
        "readers": [names[reader] for reader in readers if reader in names],
        "evidence": [
            (SOURCES.get(row.source, row.source), OUTCOMES[row.outcome], row.asked_at) for row in parts.evidence
        ],
        "lines": clock[0].lines if clock else (),
        "steps": [(row, ITEM_STATES[row.state], names.get(row.officer_id, "")) for row in steps],
        "notes": [(note, names.get(note.author_id, "")) for note in parts.notes],
        "holder": names.get(item.officer_id, ""),
        "acts": acting_for(item) if parts.covered else None,
        "is_mine": is_mine,
        "stage": STAGES.get(Stage(dossier.stage), ""),
        "asked": _asked(dossier, parts),
        "consultations": asked,
        "handovers": between_units_in_words(parts.handovers, now),
        "may_mend": is_mine and item.state == ItemState.OPEN and dossier.stage == Stage.CORRECTING,
        "deeds": _deeds(user, item, steps, [entry["row"] for entry in asked]),
        **_extension(parts),
        "may_take": step_abilities(user, item)["take"],
    }
    return render(request, "services/work_item.html", context)


def _asked(dossier: Dossier, parts: WorkParts) -> Confirmation | None:
    """The draft that the citizen has, or answered last; nobody is asked about what was filed at a desk."""
    is_shown = dossier.channel == Channel.ONLINE and dossier.stage in WITH_OBJECTION
    return next(iter(parts.confirmations), None) if is_shown else None


def _extension(parts: WorkParts) -> dict[str, Any]:
    """The last proposal of a later date, and where it stands."""
    last = next(iter(parts.extensions), None)
    return {"extension": last, "extension_state": EXTENSION_STATES[ExtensionState(last.state)][0] if last else ""}


def _components(dossier: Dossier, papers: Papers) -> list[tuple[Component, str, list[StoredFile], str]]:
    """Each paper with how it is proven, its files, and the register that answered instead."""
    files = papers.files()
    forms = {part.key for part in versions.components(dossier.version) if part.is_declaration}

    def proof(row: Component) -> str:
        if row.key in forms and row.proof == Proof.MISSING:
            return _("filled in electronically")
        return row.get_proof_display()

    return [
        (row, proof(row), files.get(row.pk, []), str(SOURCES.get(row.source, row.source))) for row in papers.components
    ]


@never_cache
@require_POST
def take(request: HttpRequest, item_id: uuid.UUID) -> HttpResponse:
    user, item = _item(request, item_id)
    try:
        take_step(item=item, actor=user, now=timezone.now())
    except ServicesError as refusal:
        return _conflict(request, item, refusal)
    messages.success(request, _("You work on this step now."))
    return redirect("services:work-item", item.pk)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def deed(request: HttpRequest, item_id: uuid.UUID, name: str) -> HttpResponse:
    """The page of one deed. What was typed stays on it when the deed is refused."""
    user, item = _item(request, item_id)
    now, chosen = timezone.now(), DEEDS[name]
    if name == "return" and not earlier_steps(item):
        return _nowhere(request, item)
    form = chosen.form(item, user, request.POST or None if request.method == "POST" else None, now)
    status = 200
    if request.method == "POST":
        form = chosen.form(item, user, request.POST, now)
        if form.is_valid():
            refusal = _try(item, name, form.cleaned_data, user, now, revision=_revision(request))
            if refusal is None:
                messages.success(request, str(chosen.done))
                return _next(user, item)
            form.add_error(None, _with_holder(item, refusal))
            status = 403 if isinstance(refusal, NotAllowedError) else 409
        else:
            status = 400
    if status == HTTPStatus.CONFLICT:
        item.dossier.refresh_from_db(fields=["revision"])
    context = {"item": item, "dossier": item.dossier, "deed": chosen, "form": form, "has_preview": name == "propose"}
    return render(request, "services/work_deed.html", context, status=status)


@never_cache
@require_POST
def preview(request: HttpRequest, item_id: uuid.UUID) -> HttpResponse:
    """The result as it would be proposed, marked as a draft on every page. Nothing of it is kept but the reading."""
    user, item = _item(request, item_id)
    now, chosen = timezone.now(), DEEDS["propose"]
    form: Any = chosen.form(item, user, request.POST, now)
    status = 400
    if form.is_valid():
        try:
            shown = rehearsed(item, form.cleaned_data, user, now)
        except REFUSALS as refusal:
            form.add_error(None, _with_holder(item, refusal))
        except (LayoutDataError, UnknownLayoutError):
            unready = _("It cannot be laid out yet. Nothing was saved; what you typed is kept here.")
            form.add_error(None, unready)
        else:
            purpose = _("reading a result before it is proposed")
            viewed(item.dossier, actor=user, unit=item.unit_id, purpose=purpose, at=now, concerns=people(item.dossier))
            headers = {"Content-Disposition": 'inline; filename="du-thao.pdf"', "X-Content-Type-Options": "nosniff"}
            return HttpResponse(shown.pdf, content_type="application/pdf", headers=headers)
        status = 409
    context = {"item": item, "dossier": item.dossier, "deed": chosen, "form": form, "has_preview": True}
    return render(request, "services/work_deed.html", context, status=status)


def _try(
    item: WorkItem, name: str, said: dict[str, Any], user: User, now: datetime, *, revision: int | None
) -> Exception | None:
    """`revision` is what the officer looked at; a note needs none."""
    try:
        with transaction.atomic():
            if revision is not None and name != "note":
                lock(item.dossier, revision=revision)
            DEEDS[name].act(item, said, user, now)
    except REFUSALS as refusal:
        return refusal
    return None


def _revision(request: HttpRequest) -> int | None:
    text = request.POST.get("revision", "")[:10]
    return int(text) if text.isascii() and text.isdecimal() else None


def _next(user: User, item: WorkItem) -> HttpResponse:
    """The same step while it is still this officer's; else the next in their queue."""
    fresh = WorkItem.objects.get(pk=item.pk)
    if fresh.state == ItemState.OPEN and fresh.officer_id == user.pk:
        return redirect("services:work-item", item.pk)
    units = units_of_work(user, timezone.localdate())
    following = open_steps(user, units, mine=True).exclude(pk=item.pk).first()
    return redirect("services:work-item", following.pk) if following else redirect("services:work-queue")


def _deeds(user: User, item: WorkItem, steps: list[WorkItem], asked: list[Consultation]) -> list[tuple[str, str]]:
    """What this officer may do with the step now, as (words, address)."""
    offered = step_abilities(user, item)
    offered["return"] = offered["return"] and bool(earlier_of(steps, item))
    offered["extend"] = offered["extend"] and may_be_extended(item.dossier, timezone.now())
    found = [
        (str(DEEDS[name].title), reverse(f"services:work-{name}", args=[item.pk]))
        for name in DEEDS_IN_ORDER
        if offered[name]
    ]
    return found + further_deeds(item, offered, asked)


def _officer(request: HttpRequest) -> tuple[User, list[int]]:
    user = request.user
    if not isinstance(user, User) or not user.is_officer:
        raise Http404
    units = units_of_work(user, timezone.localdate())
    if not units:
        raise PermissionDenied(_("Steps of dossiers are shown to officers whose post works on them."))
    return user, units


def _item(request: HttpRequest, item_id: uuid.UUID) -> tuple[User, WorkItem]:
    user, units = _officer(request)
    return user, get_object_or_404(visible_step(units), pk=item_id)


def _with_holder(item: WorkItem, refusal: Exception) -> str:
    """Who was quicker, by name."""
    fresh = WorkItem.objects.get(pk=item.pk)
    name = names_of({fresh.officer_id}, item.unit_id).get(fresh.officer_id, "")
    if isinstance(refusal, HeldByOtherError) and name:
        return _("%(name)s is working on this step. Nothing was saved; what you typed is kept here.") % {"name": name}
    return str(refusal)


def _nowhere(request: HttpRequest, item: WorkItem) -> HttpResponse:
    title, detail = _("There is no earlier step to return to"), _("Ask for a supplement, or stop the work.")
    steps = [Step(_("Open the step"), reverse("services:work-item", args=[item.pk]))]
    return problem_page(request, HTTPStatus.CONFLICT, title, detail, steps)


def _conflict(request: HttpRequest, item: WorkItem, refusal: ServicesError) -> HttpResponse:
    steps = [Step(_("Open the step"), reverse("services:work-item", args=[item.pk]))]
    status = 403 if isinstance(refusal, NotAllowedError) else 409
    return problem_page(request, status, _("You did not take this step"), _with_holder(item, refusal), steps)
