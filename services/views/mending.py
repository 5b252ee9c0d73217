"""What was declared wrongly is mended by the officer who corrects the result, one answer at a time.

NĐ 118/2025 Đ.23.1
"""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.models import User
from portal.accounts.once import sent_once
from portal.events import viewed
from portal.ui.errors import Step, problem_page
from services.declarations import review, walk
from services.declarations.definition import Kind
from services.errors import ServicesError
from services.forms.mending import MendForm
from services.models import Answers, WorkItem
from services.operations.mending import Mended, mend_answer
from services.operations.moving import people
from services.pointers import spot_of
from services.queries.corrections import mendings_of
from services.queries.work import names_of, units_of_work, visible_step
from services.states import ItemState, Stage
from services.views.desk_access import officer_of, status_of
from services.views.own_changes import LONGEST, POINTER, Sheet


class MendingSheet(Sheet):
    """The answers of the dossier on which an officer works."""

    def __init__(self, item: WorkItem) -> None:
        self.item = item
        super().__init__(item.dossier)

    def address(self, pointer: str) -> str:
        return reverse("services:work-mend", args=[self.item.pk]) + "?" + urlencode({POINTER: pointer})

    def said(self, pointer: str, answers: Answers) -> str:
        """The answer in the words of the form; empty where it is not asked."""
        lines = [
            (self.pointer_of(section, line), line.words)
            for section in review(walk(self.definition, answers, self.world), self.world)
            for line in section.lines
        ]
        return next((words for key, words in lines if key == pointer), "")


def _sheet(request: HttpRequest, item_id: uuid.UUID) -> tuple[User, MendingSheet | HttpResponse]:
    """Raises Http404 and PermissionDenied; a page that says why where it is not the time."""
    user = officer_of(request)
    item = get_object_or_404(visible_step(units_of_work(user, localdate())), pk=item_id)
    if item.officer_id != user.pk or item.state != ItemState.OPEN:
        raise PermissionDenied(_("Answers are mended by whoever holds the open step. Nothing was saved."))
    if item.dossier.stage != Stage.CORRECTING or not item.dossier.version.form.definition:
        title = _("Nothing can be mended here now")
        detail = _("An officer mends answers while an issued result is corrected. Else the citizen is asked for them.")
        here = reverse("services:work-item", args=[item.pk])
        return user, problem_page(request, 409, title, detail, [Step(_("Back to the step"), here)])
    return user, MendingSheet(item)


@never_cache
@require_safe
def mendings(request: HttpRequest, item_id: uuid.UUID) -> HttpResponse:
    """All answers that somebody typed, and what was mended so far."""
    user, sheet = _sheet(request, item_id)
    if isinstance(sheet, HttpResponse):
        return sheet
    dossier, now = sheet.dossier, timezone.now()
    purpose = str(_("correcting a result"))
    viewed(dossier, actor=user, unit=sheet.item.unit_id, purpose=purpose, at=now, concerns=people(dossier))
    return render(request, "services/mending/answers.html", {**_common(sheet), "sections": sheet.sections()})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def mend(request: HttpRequest, item_id: uuid.UUID) -> HttpResponse:
    """`?cau=`: one question, asked by the form's own field and judged by its engine."""
    user, sheet = _sheet(request, item_id)
    if isinstance(sheet, HttpResponse):
        return sheet
    pointer = request.GET.get(POINTER, "")[:LONGEST]
    spot = spot_of(sheet.definition, sheet.answers, sheet.world, pointer)
    if spot is None or spot.question.kind is Kind.FILES:
        raise Http404
    sent = request.POST if request.method == "POST" else None
    form = MendForm(sent, spot=spot, definition=sheet.definition, answers=sheet.answers, world=sheet.world)
    status = 200
    if sent is not None and form.is_valid():
        try:
            if _keep(sheet, form, pointer, user, str(sent.get("revision", ""))):
                messages.success(request, _("The answer was mended. The corrected result is drafted from it."))
                return redirect("services:work-mendings", sheet.item.pk)
        except ServicesError as refusal:
            form.add_error(None, str(refusal))
            status = status_of(refusal)
            sheet.dossier.refresh_from_db(fields=["revision"])
    context = {**_common(sheet), "label": spot.name, "was": sheet.said(pointer, sheet.answers), "form": form}
    return render(request, "services/mending/answer.html", context, status=max(status, 400 if form.errors else 200))


def _keep(sheet: MendingSheet, form: MendForm, pointer: str, user: User, revision: str) -> bool:
    """False when other questions would be left open: the form says which, and nothing was changed."""
    faults = sheet.new_faults(form.after)
    if faults:
        told = _("This answer opens other questions, so it cannot be changed by itself. Nothing was changed.")
        form.add_error("value", " ".join([told, *faults[:5]]))
        return False
    mended = Mended(
        pointer, form.spot.name, sheet.said(pointer, sheet.answers), sheet.said(pointer, form.after), form.after
    )
    if mended.before == mended.after:
        form.add_error("value", _("This is what it says already. Nothing was changed."))
        return False
    seen = int(revision) if revision.isascii() and revision.isdecimal() else 0
    reason = form.cleaned_data["reason"]
    mend_answer(item=sheet.item, mended=mended, reason=reason, actor=user, now=timezone.now(), revision=seen)
    return True


def _common(sheet: MendingSheet) -> dict[str, Any]:
    found = mendings_of(sheet.dossier)
    names = names_of({row.mended_by_id for row in found}, sheet.item.unit_id)
    return {
        "item": sheet.item,
        "dossier": sheet.dossier,
        "procedure": sheet.dossier.version.name_vi,
        "mended": [(row, row.difference, names.get(row.mended_by_id, "")) for row in found],
    }
