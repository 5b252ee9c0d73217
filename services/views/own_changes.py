"""Correcting what was declared while the desk has not accepted it: one answer at a time. NĐ 118/2025 Đ.21.2"""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.once import FIELD, issue, sent_once
from services.declarations import Definition, Section, World, check_whole, read, review, walk
from services.declarations.definition import Kind
from services.declarations.reviewing import Line
from services.errors import ServicesError
from services.forms.supplementing import AnswerItemForm
from services.models import Answers, Dossier
from services.operations import citizen
from services.pointers import Spot, spot_of
from services.queries.confirmations import is_being_corrected
from services.states import State
from services.views.desk_access import status_of
from services.views.desk_words import world_of
from services.views.own_access import citizen_of, own_dossier, too_late

POINTER = "cau"  # ?cau=/child_name
LONGEST = 300


class Sheet:
    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self.definition: Definition = read(dossier.version.form.definition)
        self.world: World = world_of(dossier)
        self.answers: Answers = dossier.answers
        self.groups = {page.key: page.repeat.key for page in self.definition.pages if page.repeat}

    def address(self, pointer: str) -> str:
        """The page that changes the answer there."""
        return reverse("services:own-change", args=[self.dossier.pk]) + "?" + urlencode({POINTER: pointer})

    def pointer_of(self, section: Section, line: Line) -> str:
        inside = [self.groups[section.page], str(line.row)] if line.row is not None else []
        return "/" + "/".join([*inside, line.question.key])

    def sections(self) -> list[dict[str, Any]]:
        """All answers with their source; those that somebody typed lead to a page that changes them."""
        told = []
        for section in review(walk(self.definition, self.answers, self.world), self.world):
            rows = []
            for line in section.lines:
                if not line.words or line.sourced is not None or line.question.kind is Kind.FILES:
                    continue
                url = self.address(self.pointer_of(section, line))
                rows.append({"key": line.question.label, "value": line.words, "url": url, "action": _("Change")})
            title = f"{section.title} {section.number}" if section.number else str(section.title)
            told += [{"title": title, "rows": rows}] if rows else []
        return told

    def new_faults(self, answers: Answers) -> list[str]:
        """What the change would leave open: questions that only now apply, or that no longer fit."""
        before = {fault.pointer for fault in check_whole(self.definition, self.answers, self.world)}
        after = check_whole(self.definition, answers, self.world)
        return [fault.text for fault in after if fault.pointer not in before]


def _sheet(request: HttpRequest, pk: uuid.UUID) -> Sheet | HttpResponse:
    dossier = own_dossier(citizen_of(request), pk)
    if State(dossier.state) not in citizen.LATEST_CHANGE and not is_being_corrected(dossier):
        title = _("What was declared cannot be changed here any more")
        detail = _(
            "It is changed until the desk receives the dossier. Write to the desk; it may ask you to supplement."
        )
        return too_late(request, dossier, title, detail)
    if not dossier.version.form.definition:
        title, detail = _("There is nothing to change here"), _("This dossier has no declaration form.")
        return too_late(request, dossier, title, detail)
    return Sheet(dossier)


@never_cache
@require_safe
def changes(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    sheet = _sheet(request, pk)
    if isinstance(sheet, HttpResponse):
        return sheet
    context = {"dossier": sheet.dossier, "procedure": sheet.dossier.version.name_vi, "sections": sheet.sections()}
    return render(request, "services/own/changes.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@sent_once
def change(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """One question, asked by the form's own field and judged by its engine."""
    sheet = _sheet(request, pk)
    if isinstance(sheet, HttpResponse):
        return sheet
    pointer = request.GET.get(POINTER, "")[:LONGEST]
    spot = spot_of(sheet.definition, sheet.answers, sheet.world, pointer)
    if spot is None or spot.question.kind is Kind.FILES:
        raise Http404
    form = _form(sheet, spot, request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            if _keep(request, sheet, form):
                messages.success(request, _("The answer was changed. The desk sees the new one."))
                return redirect("services:own-changes", sheet.dossier.pk)
        except ServicesError as refusal:
            status = status_of(refusal)
            form.add_error(None, str(refusal))
    context = {
        "dossier": sheet.dossier,
        "procedure": sheet.dossier.version.name_vi,
        "label": spot.name,
        "form": form,
        "token": issue(request),
        "field": FIELD,
    }
    return render(request, "services/own/change.html", context, status=max(status, 400 if form.errors else 200))


def _form(sheet: Sheet, spot: Spot, data: Any) -> AnswerItemForm:
    return AnswerItemForm(
        data, prefix="sua", spot=spot, definition=sheet.definition, answers=sheet.answers, world=sheet.world
    )


def _keep(request: HttpRequest, sheet: Sheet, form: AnswerItemForm) -> bool:
    """False when other questions would be left open: then the form says which, and nothing was changed."""
    answers = form.after
    faults = sheet.new_faults(answers)
    if faults:
        told = _("This answer opens other questions, so it cannot be changed by itself. Nothing was changed.")
        form.add_error(
            "value", " ".join([told, *faults[:5], _("Withdraw the dossier and file anew, or ask the desk.")])
        )
        return False
    dossier = sheet.dossier
    citizen.change_content(
        dossier=dossier, answers=answers, actor=citizen_of(request), now=timezone.now(), revision=dossier.revision
    )
    return True
