"""How an organ writes and counts its numbers: everybody who sees its books reads it, its head decides it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from documents.models import OrganAbbreviation, SeriesRule
from documents.operations.numbering_rules import fix_abbreviation, split_series
from documents.policies import Capability, may
from documents.queries.numbering_rules import abbreviations_of, series_rules_of
from documents.queries.registers import units_to_view
from documents.registers import errors
from documents.registers.rule_forms import AbbreviationForm, SeriesForm, divisions, types_of_general_series
from documents.registers.states import GENERAL
from documents.views.access import head_of, officer_of
from portal.accounts.models import User
from portal.ui.wording import day
from staff.policies import today
from units.models import UnitVersion
from units.queries import version_at

MOST = 100


@dataclass(frozen=True, slots=True)
class Rule:
    form: Callable[..., Any]
    do: Callable[..., object]
    title: Any
    done: Any


RULES = {
    "viet-tat": Rule(
        AbbreviationForm,
        fix_abbreviation,
        gettext_lazy("Fix an abbreviation"),
        gettext_lazy("The abbreviation is fixed. Documents from its first day on bear it."),
    ),
    "day-so": Rule(
        SeriesForm,
        split_series,
        gettext_lazy("Decide on a series"),
        gettext_lazy("The series is decided. Numbers that were given before stay as they are."),
    ),
}


@never_cache
@require_GET
def numbering_rules(request: HttpRequest, unit_id: int) -> HttpResponse:
    user = officer_of(request)
    unit, on = _unit(user, unit_id), today()
    names, types = dict(divisions(on)), dict(types_of_general_series(on))
    context = {
        "unit": unit,
        "abbreviations": [_abbreviation(row, names) for row in abbreviations_of([unit_id])[:MOST]],
        "series": [_series(row, types) for row in series_rules_of([unit_id])[:MOST]],
        "heads": [{"text": text} for text in (_("What"), _("Rule"), _("From"), _("Until"), _("Decision"))],
        "rules": RULES if may(user, Capability.REGISTER_RULE, unit_id) else {},
    }
    return render(request, "documents/numbering_rules.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def numbering_rule(request: HttpRequest, unit_id: int, noun: str) -> HttpResponse:
    """What was typed stays on the page when it is refused."""
    user = officer_of(request)
    unit, rule = _unit(user, unit_id), RULES.get(noun)
    if rule is None:
        raise Http404
    head_of(user, unit_id)
    form = rule.form(request.POST if request.method == "POST" else None, today())
    if form.is_valid():
        try:
            rule.do(unit_id=unit_id, actor=user, now=timezone.now(), **form.arguments())
        except errors.RegisterError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, str(rule.done))
            return redirect("documents:numbering-rules", unit_id)
    context = {"form": form, "unit": unit, "title": rule.title}
    return render(request, "documents/numbering_rule.html", context, status=400 if form.errors else 200)


def _unit(user: User, unit_id: int) -> UnitVersion:
    """Raises the 404."""
    unit = version_at(unit_id, today())
    if unit is None or unit_id not in units_to_view(user, today()):
        raise Http404
    return unit


def _abbreviation(row: OrganAbbreviation, names: dict[str, str]) -> list[dict[str, str]]:
    return _cells(row, names.get(row.division, row.division), row.abbreviation)


def _series(row: SeriesRule, types: dict[str, str]) -> list[dict[str, str]]:
    rule = _("in the general series") if row.series == GENERAL else _("in a series of its own")
    return _cells(row, types.get(row.type_code, row.type_code), rule)


def _cells(row: OrganAbbreviation | SeriesRule, what: str, rule: str) -> list[dict[str, str]]:
    first: date = row.valid.lower
    until = day(row.valid.upper) if row.valid.upper else "–"
    decision = f"{row.decision_no}, {day(row.decision_on)}"
    told = (
        (_("What"), what),
        (_("Rule"), rule),
        (_("From"), day(first)),
        (_("Until"), until),
        (_("Decision"), decision),
    )
    return [{"label": label, "text": text} for label, text in told]
