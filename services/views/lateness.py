"""Pages of heads: what is nearly late or late and who held it, and the later dates that wait for their word."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from documents.layouts import LayoutDataError
from documents.layouts import render as lay_out
from portal.accounts.models import User
from portal.accounts.once import sent_once
from portal.events import viewed
from portal.ui.errors import Step, problem_page
from services import printing
from services.forms.lateness import KINDS, DeclineForm, LateFilter
from services.models import Dossier, Extension
from services.operations import extending
from services.operations.moving import people
from services.policies import Capability, may_at, may_see
from services.queries import lateness as queries
from services.queries.corrections import waiting_corrections
from services.queries.dossiers import TEXT_LIMIT
from services.queries.lateness import Kind, Wish
from services.queries.real_moments import waiting_moments
from services.queries.work import names_of
from services.states import ExtensionState, State
from services.views.deciding import Decision, look_again
from services.views.desk import calendars_for, left
from services.views.desk_access import officer_of, visible_dossier
from services.wording_desk import COLOURS, EXTENSION_STATES, state_in_words
from staff.policies import today
from units.queries import BadText
from units.queries.nearest import nearest_versions

SIZE = 25
Context = dict[str, Any]


@never_cache
@require_safe
def late(request: HttpRequest) -> HttpResponse:
    """Filtered by what stands in the address, so that a view of it can be passed on."""
    units, now = _units(officer_of(request)), timezone.now()
    form = LateFilter(request.GET, units=_named(units, now), officers=_officers(units, now))
    valid = form.is_valid()
    wish = _wish(form) if valid else Wish()
    try:
        found = queries.late_list(units, wish, now)
    except BadText:
        found = Dossier.objects.none().order_by("id")
    page = Paginator(found, SIZE).get_page(request.GET.get("page", "1")[:6])
    context = {
        "form": form,
        "page_obj": page,
        "rows": _lines(page.object_list, wish.kind, now),
        "tabs": _tabs(units, wish.kind, now),
        "waiting": [_waiting(row) for row in queries.waiting_extensions(units)],
        "corrections": waiting_corrections(units),
        "moments": waiting_moments(units),
        "is_late": wish.kind is Kind.LATE,
        "now": now,
    }
    return render(request, "services/lateness/late.html", context, status=200 if valid else 400)


def _wish(form: LateFilter) -> Wish:
    said = form.cleaned_data
    return Wish(Kind(said["muc"] or Kind.LATE), said["xin_loi"], said["don_vi"], said["can_bo"], said["q"][:TEXT_LIMIT])


def listed(request: HttpRequest) -> QuerySet[Any]:
    """The whole list of the page, for a file."""
    units, now = _units(officer_of(request)), timezone.now()
    form = LateFilter(request.GET, units=_named(units, now), officers=_officers(units, now))
    return queries.late_list(units, _wish(form) if form.is_valid() else Wish(), now)


def _units(user: User) -> list[int]:
    """Raises PermissionDenied for officers who answer for nobody else."""
    units = queries.heads_units(user, today())
    if not units:
        raise PermissionDenied(_("This list is shown to heads and to those who give out the work."))
    return units


def _named(units: list[int], now: datetime) -> list[tuple[int, str]]:
    names = nearest_versions(set(units), timezone.localdate(now))
    return [(unit, names[unit].full_name) for unit in units if unit in names]


def _officers(units: list[int], now: datetime) -> list[tuple[str, str]]:
    held = queries.holders(units, now)
    return sorted(((str(key), name) for key, name in names_of(set(held), 0).items()), key=lambda one: one[1])


def _tabs(units: list[int], chosen: Kind, now: datetime) -> list[tuple[str, str, bool]]:
    url = reverse("services:late")
    return [
        (f"{words} ({queries.late_list(units, Wish(kind), now).count()})", f"{url}?muc={kind.value}", kind is chosen)
        for kind, words in KINDS
    ]


def _lines(found: Iterable[Dossier], kind: Kind, now: datetime) -> list[Context]:
    rows: list[Any] = list(found)
    calendars = calendars_for(rows, now)
    names = names_of({row.officer_at_due for row in rows}, 0)
    return [
        {
            "row": row,
            "url": reverse("services:desk-dossier", args=[row.pk]),
            "name": str(row),
            "state": state_in_words(row.state, row.stage),
            "colour": COLOURS.get(State(row.state), "grey"),
            "officer": names.get(row.officer_at_due, ""),
            "due_at": row.correction_due_at if kind is Kind.CORRECTED_LATE else row.due_at,
            "ended_at": _ended_at(row, kind),
            "deadline": left(row, now, calendars.get(row.responsible_unit_id)),
            "letter": reverse("services:late-letter", args=[row.pk]) if row.late_apology is None else "",
        }
        for row in rows
    ]


def _ended_at(row: Any, kind: Kind) -> datetime | None:
    found: dict[Kind, datetime | None] = {
        Kind.DECIDED_LATE: row.decided_at,
        Kind.RETURNED_LATE: row.handed_out_at,
        Kind.CORRECTED_LATE: row.corrected_at,
    }
    return found.get(kind)


def _waiting(row: Extension) -> Context:
    return {"row": row, "url": reverse("services:extension", args=[row.pk])}


@never_cache
@require_safe
def letter(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The letter of apology for a breach, drafted with the dossier's data and marked as a draft. 409 when nothing is
    late.
    """
    user, now = officer_of(request), timezone.now()
    found = visible_dossier(user, pk)
    if found.competent_unit_id not in queries.heads_units(user, today()):
        raise PermissionDenied(_("This list is shown to heads and to those who give out the work."))
    if not queries.is_breach(found, now):
        title, detail = _("There is no breach"), _("The letter is prepared when the promised moment has passed.")
        return problem_page(request, 409, title, detail, [Step(_("Look at the list"), reverse("services:late"))])
    _seen(found, user, now)
    with_data = printing.breach_letter(found, actor=user, now=now)
    return _pdf(lay_out("official-letter", with_data, on=timezone.localdate(now), draft=True).pdf, "thu-xin-loi.pdf")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def extension(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """GET shows what is proposed, POST approves it. NĐ 118/2025 Đ.19.6"""
    user, row = _extension(request, pk)
    if request.method != "POST":
        return _show(request, user, row)
    _require_head(user, row)
    decision = Decision(
        row,
        deed=partial(extending.approve_extension, extension=row, actor=user),
        show=partial(_show, request, user, row),
        page="services:extension",
        told=_("The later date is set. Form 04 is being made, and the citizen can read it."),
    )
    return decision.agree(request)


@never_cache
@require_POST
@sent_once
def extension_decline(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    user, row = _extension(request, pk)
    _require_head(user, row)
    decision = Decision(
        row,
        deed=partial(extending.decline_extension, extension=row, actor=user),
        show=partial(_show, request, user, row),
        page="services:extension",
        told=_("The proposal was declined. The promised date stands."),
    )
    return decision.decline(request)


@never_cache
@require_safe
def extension_preview(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Form 04 as it would be signed by this head now, marked as a draft."""
    user, row = _extension(request, pk)
    _require_head(user, row)
    now = timezone.now()
    _seen(row.dossier, user, now)
    data = printing.apology(row, dossier=row.dossier, actor=user, now=now)
    try:
        printed = lay_out("form-04", data, on=timezone.localdate(now), draft=True)
    except LayoutDataError:
        return _show(request, user, row, problem=_("Form 04 cannot be laid out with these data."), status=409)
    return _pdf(printed.pdf, "mau-04.pdf")


def _extension(request: HttpRequest, pk: uuid.UUID) -> tuple[User, Extension]:
    """Raises Http404 for whoever has no part in the dossier."""
    user = officer_of(request)
    row = Extension.objects.select_related("dossier__version", "form").filter(pk=pk).first()
    if row is None or not may_see(user, row.dossier):
        raise Http404
    return user, row


def _require_head(user: User, row: Extension) -> None:
    if not may_at(user, Capability.APPROVE, row.dossier.competent_unit_id):
        raise PermissionDenied(_("A later date is set by the head of the organ. Nothing was saved."))


def _show(
    request: HttpRequest,
    user: User,
    row: Extension,
    *,
    form: DeclineForm | None = None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    """With a problem, the newer revision stands in both forms, and what was typed in its own."""
    now = timezone.now()
    if problem:
        look_again(row, form)
    _seen(row.dossier, user, now)
    names = names_of({row.asked_by_id, row.ended_by_id}, 0)
    is_open = row.state == ExtensionState.ASKED
    may = is_open and may_at(user, Capability.APPROVE, row.dossier.competent_unit_id) and row.asked_by_id != user.pk
    context = {
        "row": row,
        "dossier": row.dossier,
        "procedure": row.dossier.version.name_vi,
        "state": EXTENSION_STATES[ExtensionState(row.state)],
        "asked_by": names.get(row.asked_by_id, ""),
        "ended_by": names.get(row.ended_by_id, ""),
        "may_decide": may,
        "is_over": is_open and row.old_due_at <= now,
        "form": form or DeclineForm(None, revision=row.dossier.revision),
        "problem": problem,
    }
    return render(request, "services/lateness/extension.html", context, status=status)


def _seen(dossier: Dossier, user: User, now: datetime) -> None:
    unit, purpose = dossier.responsible_unit_id, str(_("answering for lateness"))
    viewed(dossier, actor=user, unit=unit, purpose=purpose, at=now, concerns=people(dossier))


def _pdf(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'inline; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
