"""The calendar of what goes when, and holds: for heads and whoever keeps the records. The rules: for everybody."""

import uuid
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.models import User
from portal.accounts.once import sent_once
from portal.events import viewed
from portal.isolation import Purpose, scope
from services.errors import ServicesError
from services.forms.retention import HoldForm, LiftForm
from services.models import Dossier, RetentionHold, Tombstone
from services.operations import holds
from services.operations.moving import people
from services.queries import retention as queries
from services.queries.archive import years_to_archive
from services.queries.work import names_of
from services.retention_kinds import OF_DOSSIER, Cause, HoldState, Kept
from services.retention_rules import RetentionRule, retention_rules_on
from services.views.desk_access import officer_of, status_of
from services.wording_desk import state_in_words
from services.wording_retention import CAUSES, HOLD_STATES, KINDS
from staff.policies import today
from units.queries.nearest import nearest_versions

SIZE = 25
HOLDS_SHOWN = 50
EARLIEST, LATEST = 2000, 2200
HOLD, LIFT = "services/retention/hold.html", "services/retention/lift.html"
Context = dict[str, Any]


def units_of(user: User) -> list[int]:
    """Raises PermissionDenied for officers who do not answer for what is kept."""
    units = queries.records_units(user, today())
    if not units:
        raise PermissionDenied(_("This is shown to heads and to whoever keeps the records. Nothing was changed."))
    return units


def chosen_units(request: HttpRequest, units: list[int]) -> list[int]:
    """All of them, or the one that stands in the address."""
    wanted = request.GET.get("don_vi", "")[:20]
    return [int(wanted)] if wanted.isdecimal() and int(wanted) in units else units


def named(units: Iterable[int], now: datetime) -> list[tuple[int, str]]:
    found = nearest_versions(set(units), timezone.localdate(now))
    return [(unit, version.full_name) for unit, version in sorted(found.items(), key=lambda one: one[1].full_name)]


def rule_in_words(rule: RetentionRule, on: date) -> str:
    """For how long, and from when it is counted."""
    if rule.is_for_ever:
        return _("for ever")
    days = rule.days(on)
    if days is not None:
        return _("%(days)d days after it ended") % {"days": days}
    months = rule.months or 0
    span = (
        _("%(years)d years") % {"years": months // 12}
        if months % 12 == 0
        else _("%(months)d months") % {"months": months}
    )
    words = _("%(span)s after the end of the year") if rule.counted_from == "year_end" else _("%(span)s after it ended")
    return words % {"span": span}


def rules_shown(now: datetime) -> list[Context]:
    on = timezone.localdate(now)
    return [
        {"rule": rule, "kind": KINDS[rule.kind], "span": rule_in_words(rule, on)}
        for rule in retention_rules_on(on).rules
    ]


@login_not_required
@require_safe
def public_rules(request: HttpRequest) -> HttpResponse:
    return render(request, "services/retention/rules.html", {"rules": rules_shown(timezone.now())})


@never_cache
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """This month with all that is overdue, then the next ones; each count opens its list."""
    user, now = officer_of(request), timezone.now()
    units = units_of(user)
    chosen = chosen_units(request, units)
    on = timezone.localdate(now)
    months: dict[date, list[Context]] = {}
    for kind in OF_DOSSIER:
        for line in queries.calendar(chosen, kind, now):
            months.setdefault(line.month, []).append(_line(line, chosen if chosen != units else None, on))
    held = list(queries.holds_of(chosen)[: HOLDS_SHOWN + 1])
    context = {
        "months": [(month, months[month]) for month in sorted(months)],
        "units": named(units, now) if len(units) > 1 else [],
        "chosen": chosen[0] if len(chosen) == 1 else None,
        "holds": held[:HOLDS_SHOWN],
        "more_holds": len(held) > HOLDS_SHOWN,
        "causes": {cause.value: text for cause, text in CAUSES.items()},
        "waiting_years": years_to_archive(chosen, now),
        "unopened": _unopened(chosen, now),
        "rules": rules_shown(now),
    }
    return render(request, "services/retention/calendar.html", context)


def _line(line: queries.Line, chosen: list[int] | None, on: date) -> Context:
    url = reverse("services:kept-due", args=[line.rule.kind.value, line.month.year, line.month.month])
    more = f"&don_vi={chosen[0]}" if chosen else ""
    return {
        "line": line,
        "kind": KINDS[line.rule.kind],
        "span": rule_in_words(line.rule, on),
        "url": f"{url}?quy_tac={line.rule.key}{more}",
    }


def _unopened(units: list[int], now: datetime) -> Context:
    """Nobody but its writer opens a draft: heads read how many there are."""
    until, on = queries.month_end(now), timezone.localdate(now)
    with transaction.atomic(), scope(purpose=Purpose.RETENTION):
        drafts = queries.drafts_due(units, until).count()
        return {"drafts": drafts, "visits": queries.visits_due(units, until, on).count()}


@never_cache
@require_safe
def due_list(request: HttpRequest, kind: str, year: int, month: int) -> HttpResponse:
    user, now = officer_of(request), timezone.now()
    units = chosen_units(request, units_of(user))
    if kind not in OF_DOSSIER or not EARLIEST <= year <= LATEST or not 1 <= month <= 12:
        raise Http404
    first = date(year, month, 1)
    rows = queries.due_in(units, Kept(kind), first, now)
    if (key := request.GET.get("quy_tac", "")[:60]) and key.isascii():
        rows = rows.filter(rule=key)
    page = Paginator(rows, SIZE).get_page(request.GET.get("page", "1")[:6])
    context = {
        "kind": KINDS[Kept(kind)],
        "month": first,
        "page_obj": page,
        "rows": [_row(row) for row in page.object_list],
    }
    return render(request, "services/retention/due.html", context)


def _row(row: Dossier) -> Context:
    return {
        "row": row,
        "url": reverse("services:kept-dossier", args=[row.pk]),
        "state": state_in_words(row.state, row.stage),
    }


def kept_dossier(user: User, pk: uuid.UUID) -> Dossier:
    """Raises Http404 for whoever does not answer for its keeping, and PermissionDenied for whoever keeps nothing."""
    units_of(user)
    found = queries.seen_by(user, pk, today())
    if found is None:
        raise Http404
    return found


@never_cache
@require_safe
def dossier(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    user = officer_of(request)
    found, now = kept_dossier(user, pk), timezone.now()
    unit, purpose = found.responsible_unit_id, str(_("answering for what is kept"))
    viewed(found, actor=user, unit=unit, purpose=purpose, at=now, concerns=people(found))
    rows = list(found.holds.order_by("-set_at", "id")[:HOLDS_SHOWN])
    names = names_of({one.set_by_id for one in rows} | {one.lifted_by_id for one in rows}, 0)
    on = timezone.localdate(now)
    context = {
        "dossier": found,
        "procedure": found.version.name_vi,
        "state": state_in_words(found.state, found.stage),
        "untils": [(KINDS[one.rule.kind], one, rule_in_words(one.rule, on)) for one in queries.untils_of(found, now)],
        "holds": [_hold(one, names) for one in rows],
        "is_held": queries.held(found),
        "stone": Tombstone.objects.filter(dossier=found).select_related("package").first(),
        "may_hold": found.minimised_at is None,
    }
    return render(request, "services/retention/dossier.html", context)


def _hold(row: RetentionHold, names: dict[Any, str]) -> Context:
    return {
        "row": row,
        "cause": CAUSES[Cause(row.cause)],
        "state": HOLD_STATES[HoldState(row.state)],
        "set_by": names.get(row.set_by_id, ""),
        "lifted_by": names.get(row.lifted_by_id, ""),
        "is_open": row.state == HoldState.HELD,
    }


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def hold(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """GET asks why, POST holds the dossier."""
    user = officer_of(request)
    found = kept_dossier(user, pk)
    form = HoldForm(request.POST or None, initial={"revision": found.revision})
    if request.method != "POST":
        return _ask(request, HOLD, found, form)
    if not form.is_valid():
        return _ask(request, HOLD, found, form, status=400)
    said = form.cleaned_data
    try:
        holds.set_hold(
            dossier=found, cause=Cause(said["cause"]), reason=said["reason"], actor=user, now=timezone.now(),
            revision=said["revision"],
        )  # fmt: skip
    except ServicesError as refusal:
        return _ask(request, HOLD, found, form, problem=str(refusal), status=status_of(refusal))
    messages.success(request, _("The dossier is held. Nothing of it goes before the hold is lifted."))
    return redirect("services:kept-dossier", found.pk)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def lift(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """GET shows why it is held, POST lifts the hold."""
    user = officer_of(request)
    units_of(user)
    row = RetentionHold.objects.filter(pk=pk).first()
    if row is None:
        raise Http404
    found = row.dossier = kept_dossier(user, row.dossier_id)
    form = LiftForm(request.POST or None, initial={"revision": found.revision})
    more: Context = {"row": row, "cause": CAUSES[Cause(row.cause)], "is_open": row.state == HoldState.HELD}
    if request.method != "POST":
        return _ask(request, LIFT, found, form, **more)
    if not form.is_valid():
        return _ask(request, LIFT, found, form, status=400, **more)
    said = form.cleaned_data
    try:
        holds.lift_hold(hold=row, reason=said["reason"], actor=user, now=timezone.now(), revision=said["revision"])
    except ServicesError as refusal:
        return _ask(request, LIFT, found, form, problem=str(refusal), status=status_of(refusal), **more)
    messages.success(request, _("The hold is lifted. What is overdue goes with the next run."))
    return redirect("services:kept-dossier", found.pk)


def _ask(
    request: HttpRequest, page: str, found: Dossier, form: Any, *, problem: str = "", status: int = 200, **more: Any
) -> HttpResponse:
    """With a problem, the newer revision stands in the form beside what was typed."""
    if problem:
        found.refresh_from_db(fields=["revision"])
        form.data = {**form.data.dict(), form.add_prefix("revision"): str(found.revision)}
    context = {"dossier": found, "procedure": found.version.name_vi, "form": form, "problem": problem, **more}
    return render(request, page, context, status=status)
