"""The workspace of one dossier at the desk, its list of papers, and what is said about it."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from portal.accounts.models import User
from portal.events import viewed
from services.errors import ServicesError
from services.forms.desk import DeedForm, WordsForm
from services.models import Dossier
from services.operations import citizen
from services.operations.checklist import check_papers
from services.operations.moving import people
from services.policies import Capability, may_at, may_choose_joint_limit
from services.queries.dossiers import desk_units
from services.queries.joined import joint_cases
from services.queries.parts import papers_of
from services.states import Action
from services.views import desk_words as words
from services.views import joined_words
from services.views.desk_access import dossier_for, officer_of, status_of, visible_dossier
from staff.policies import today


@never_cache
@require_GET
def dossier(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    user = officer_of(request)
    found = visible_dossier(user, pk)
    return show(request, user, found)


@never_cache
@require_POST
def papers(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """All lines of the list at once; the second button leads on to the acceptance."""
    user = officer_of(request)
    found = dossier_for(user, pk, Action.ACCEPT)
    lines = words.papers(found, papers_of(found), request.POST)
    sent, forms = DeedForm(request.POST), [line["form"] for line in lines if line["form"]]
    if not all([sent.is_valid(), *(form.is_valid() for form in forms)]):
        return show(request, user, found, lines=lines, problem=_("Correct the numbers marked in the list of papers."))
    rows, revision = [form.checked() for form in forms], sent.cleaned_data["revision"]
    try:
        changed = check_papers(dossier=found, rows=rows, actor=user, now=timezone.now(), revision=revision)
    except ServicesError as refusal:
        return show(request, user, found, lines=lines, problem=str(refusal), status=status_of(refusal))
    if "tiep" in request.POST:
        return redirect("services:desk-acceptance", found.pk)
    kept = ngettext("%(count)d paper checked.", "%(count)d papers checked.", changed) % {"count": changed}
    messages.success(request, kept)
    return redirect("services:desk-dossier", found.pk)


@never_cache
@require_POST
def message(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    user = officer_of(request)
    found = visible_dossier(user, pk)
    form = WordsForm(request.POST, label=_("Message to the filer"), prefix="message")
    if not form.is_valid():
        return show(request, user, found, message_form=form, status=400)
    try:
        citizen.send_message(dossier=found, text=form.cleaned_data["text"], actor=user, now=timezone.now())
    except ServicesError as refusal:
        form.add_error("text", str(refusal))
        return show(request, user, found, message_form=form, status=403)
    messages.success(request, _("The message was sent."))
    return redirect("services:desk-dossier", found.pk)


@never_cache
@require_POST
def note(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    user = officer_of(request)
    found = visible_dossier(user, pk)
    form = WordsForm(request.POST, label=_("Note for colleagues"), prefix="note")
    if not form.is_valid():
        return show(request, user, found, note_form=form, status=400)
    try:
        citizen.write_note(dossier=found, text=form.cleaned_data["text"], actor=user, now=timezone.now())
    except ServicesError as refusal:
        form.add_error("text", str(refusal))
        return show(request, user, found, note_form=form, status=403)
    messages.success(request, _("The note was written."))
    return redirect("services:desk-dossier", found.pk)


def show(
    request: HttpRequest,
    user: User,
    found: Dossier,
    *,
    lines: list[words.Context] | None = None,
    problem: str = "",
    status: int = 0,
    **forms: Any,
) -> HttpResponse:
    """The page, and the fact that it was read. With a problem, what was typed stands where it was typed."""
    now = timezone.now()
    fresh = visible_dossier(user, found.pk) if problem else found  # its revision may be newer than the page's
    viewed(
        fresh,
        actor=user,
        unit=fresh.responsible_unit_id,
        purpose=str(_("handling the dossier")),
        at=now,
        concerns=people(fresh),
    )
    told = words.whole(fresh, user, now)
    context = {
        **told,
        **({} if lines is None else {"papers": lines}),
        **(_joined(user, fresh) if told["links"] else {}),
        "may_keep": may_at(user, Capability.RECORDS_KEEP, fresh.responsible_unit_id),
        "problem": problem,
        "at_desk": bool(desk_units(user, today())),
        "message_form": WordsForm(None, label=_("Message to the filer"), prefix="message"),
        "note_form": WordsForm(None, label=_("Note for colleagues"), prefix="note"),
        **forms,
    }
    return render(request, "services/desk/dossier.html", context, status=status or (400 if problem else 200))


def _joined(user: User, found: Dossier) -> dict[str, Any]:
    def address(dossier: Dossier) -> str:
        return reverse("services:desk-dossier", args=[dossier.pk])

    parts = joined_words.parts(found, address)
    may = parts and may_choose_joint_limit(user, found) and joint_cases(found)
    return {
        "joined_parts": parts,
        "joined_whole": joined_words.whole(found, address),
        "joint_limit_url": reverse("services:joint-limit", args=[found.pk]) if may else "",
    }
