"""Somebody stands at the desk: who it is, and which procedures are filed for them."""

import uuid
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from portal.accounts.models import User
from portal.accounts.once import sent_once
from portal.events import viewed
from portal.ui.errors import Step, problem_page
from portal.ui.wording import day
from services import gathering, versions
from services.about import about
from services.errors import ServicesError
from services.filers import visitor_of
from services.forms.visits import ProcedureForm, VisitForm
from services.models import Draft, ProcedureVersion, SubjectKind, Visit
from services.operations.evidence import Subject
from services.operations.visits import begin_assisted, begin_visit
from services.queries import catalogue
from services.queries import visits as queries
from services.queries.catalogue import Filter, version_on
from services.views.desk_access import officer_of
from staff.policies import today

SHOWN = 12


def desks_of(user: User) -> list[tuple[int, str]]:
    """Raises PermissionDenied for officers who file for nobody."""
    desks = queries.filing_desks(user, today())
    if not desks:
        raise PermissionDenied(_("Filing for citizens is for officers of a one-stop desk."))
    return desks


@never_cache
@require_http_methods(["GET", "POST"])
@sent_once
def visit(request: HttpRequest) -> HttpResponse:
    """The personal number comes by POST and never stands in an address."""
    user, now = officer_of(request), timezone.now()
    form = VisitForm(request.POST if request.method == "POST" else None, desks=desks_of(user), today=today())
    if request.method == "POST" and form.is_valid():
        begun = begin_visit(person=form.shown(), desk_unit_id=form.cleaned_data["desk"], actor=user, now=now)
        return redirect("services:visit-procedures", begun.pk)
    drafts = queries.desk_drafts(user, now).select_related("version").order_by("-saved_at", "id")[: queries.SHOWN]
    context = {"form": form, "drafts": [_row(draft) for draft in drafts]}
    return render(request, "services/desk/visit.html", context, status=400 if form.errors else 200)


@never_cache
@require_http_methods(["GET"])
def procedures(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Which procedure; what was begun and filed for this person today."""
    user, now = officer_of(request), timezone.now()
    found = _visit(user, pk)
    form = ProcedureForm(request.GET)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    viewed(
        found,
        actor=user,
        unit=found.desk_unit_id,
        purpose=str(_("filing for the citizen")),
        at=now,
        concerns=[found.citizen_id] if found.citizen_id else [],
    )
    offered = _offered(text)
    if not text or not offered:
        form.begin_here()
    context = {
        "visit": found,
        "person": visitor_of(found),
        "form": form,
        "asked": bool(text),
        "versions": offered,
        "drafts": [_row(draft) for draft in queries.of_visit(found)],
    }
    return render(request, "services/desk/visit_procedures.html", context, status=400 if form.errors else 200)


@never_cache
@require_POST
@sent_once
def begin(request: HttpRequest, pk: uuid.UUID, code: str) -> HttpResponse:
    user = officer_of(request)
    found, version = _visit(user, pk), version_on(code, today())
    if version is None or not versions.is_filed_here(version, at_desk=True):
        raise Http404
    try:
        draft = start(found, version, user)
    except ServicesError as error:
        again = Step(_("Go back to the procedures"), reverse("services:visit-procedures", args=[found.pk]))
        return problem_page(request, 409, _("Nothing was begun"), str(error), [again])
    return redirect("services:assist-tasks", draft=draft.pk)


@transaction.atomic
def start(found: Visit, version: ProcedureVersion, user: User) -> Draft:
    """A draft, and the questions that spare the officer from typing what registers know."""
    now = timezone.now()
    draft = begin_assisted(visit=found, version=version, actor=user, now=now)
    who = gathering.signed_in(visitor_of(found))
    if who is not None:
        wishes = gathering.first_wishes(who, about(version.code).wants, procedure=version.code)
        desk = found.desk_unit_id
        subject = Subject(SubjectKind.DRAFT, draft.pk, found.citizen_id, (desk,), desk)
        gathering.order(subject=subject, wishes=wishes, actor=user, now=now)
    return draft


def _visit(user: User, pk: uuid.UUID) -> Visit:
    found = queries.open_visit(user, pk, timezone.now())
    if found is None:
        raise Http404
    return found


def _offered(text: str) -> list[ProcedureVersion]:
    rows = catalogue.search(Filter(text=text), on=today()).order_by(*catalogue.KEYS)
    return [one for one in rows[: 4 * SHOWN] if versions.is_filed_here(one, at_desk=True)][:SHOWN]


def _row(draft: Draft) -> dict[str, Any]:
    if draft.dossier_id:
        url, state = reverse("services:desk-dossier", args=[draft.dossier_id]), _("Filed")
    else:
        url = reverse("services:assist-tasks", kwargs={"draft": draft.pk})
        state = _("Draft, kept until %(day)s") % {"day": day(timezone.localdate(draft.expires_at))}
    return {"title": draft.version.name_vi, "url": url, "state": state, "saved_at": draft.saved_at}
