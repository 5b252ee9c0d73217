"""The report of an act in force: what there was before and after, what went where, and what does not add up."""

from collections import Counter
from typing import Any

from django.db.models import Count, Min
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.events.names import names_of
from portal.ui.wording import day, moment
from units.models import ReorgEvent, ReorgProof, ReorgSignature, UndecidedItem
from units.operations.simulating import words_of
from units.queries.acts import undecided_for
from units.queries.nearest import nearest_versions
from units.views.act_tables import MOST, bounded
from units.views.act_words import KINDS
from units.views.acts import one_of_desk
from units.views.words import number

Json = dict[str, Any]


@never_cache
@require_safe
def report(request: HttpRequest, pk: int) -> HttpResponse:
    act = one_of_desk(request, pk)
    proof = ReorgProof.objects.filter(event=act).first()
    if proof is None:
        raise Http404
    context = {
        "act": act,
        "kind": KINDS[act.kind],
        "proof": proof,
        "facts": _facts(act, proof),
        "findings": _findings(act, proof),
        "now": timezone.now(),
        "decide_url": _decide_url(request, act),
        "tables": [table for table in (_undecided(act), _before_and_after(proof), _moves(act, proof)) if table["rows"]],
    }
    return render(request, "units/act_report.html", context)


def _facts(act: ReorgEvent, proof: ReorgProof) -> list[Json]:
    signed = ReorgSignature.objects.filter(event=act).first()
    signer = names_of([signed.signer]).get(signed.signer, _("another officer")) if signed else ""
    items = UndecidedItem.objects.filter(event=act)
    left = items.waiting().count()
    rows = [
        {"key": _("What it decides"), "value": act.title},
        {"key": _("Decided on"), "value": day(act.legal_date)},
        {"key": _("In force since"), "value": day(act.effective_on)},
        {"key": _("Handed over at"), "value": moment(proof.made_at)},
        {"key": _("Signed"), "value": f"{signer}, {moment(signed.signed_at)}" if signed else ""},
        {"key": _("Handed over"), "value": number(sum(move["number"] for move in proof.moves))},
        {
            "key": _("Waits for a decision"),
            "value": _("%(left)s of %(all)s that no rule knew") % {"left": number(left), "all": number(items.count())},
        },
    ]
    return [row for row in rows if row["value"]]


def _decide_url(request: HttpRequest, act: ReorgEvent) -> str:
    """The worklist offers acts of which something waits for this reader."""
    user: Any = request.user
    if not undecided_for(user).filter(event=act).exists():
        return ""
    return f"{reverse('units:undecided')}?act={act.pk}"


def _undecided(act: ReorgEvent) -> Json:
    """What is left to decide, by the unit that holds it, the most urgent first."""
    waiting = UndecidedItem.objects.filter(event=act).waiting().order_by().values("held_by")
    found = list(waiting.annotate(number=Count("id"), due=Min("due_at")).order_by("due", "held_by"))
    versions = nearest_versions({row["held_by"] for row in found}, act.effective_on)
    late = {"text": _("late"), "colour": "red"}
    rows: list[list[Json]] = [
        [
            {"text": versions[row["held_by"]].full_name if row["held_by"] in versions else f"#{row['held_by']}"},
            {"text": number(row["number"]), "numeric": True},
            {"text": moment(row["due"])},
            late if row["due"] < timezone.now() else {"text": _("in time")},
        ]
        for row in found[:MOST]
    ]
    heads = [
        _("Unit that holds it"),
        pgettext("amount", "Number"),
        _("The first is to be decided before"),
        _("Verdict"),
    ]
    return bounded(_("Waits for a decision, now"), heads, rows, len(found))


def _findings(act: ReorgEvent, proof: ReorgProof) -> list[str]:
    versions = nearest_versions({found["unit"] for found in proof.findings if found["unit"]}, act.effective_on)
    told = []
    for found in proof.findings[:MOST]:
        text = str(words_of(found["handover"]).findings.get(found["code"], found["code"]))
        unit = versions.get(found["unit"] or 0)
        told.append(text % {"number": number(found["number"]), "unit": unit.full_name if unit else ""})
    return told


def _thing(handover: str, what: str, state: str) -> str:
    words = words_of(handover)
    return " · ".join(filter(None, [capfirst(str(words.things.get(what, what))), str(words.states.get(state, state))]))


def _before_and_after(proof: ReorgProof) -> Json:
    """By kind and state over all units of the act. What is closed or opened by it may differ, and says so."""
    sums: dict[tuple[str, str, str, bool], list[int]] = {}
    for place, figures in enumerate((proof.before, proof.after)):
        for row in figures:
            key = (row["handover"], row["what"], row["state"], row["conserved"])
            sums.setdefault(key, [0, 0])[place] += row["number"]
    rows: list[list[Json]] = []
    for (handover, what, state, conserved), (before, after) in sorted(sums.items())[:MOST]:
        if before == after:
            verdict: Json = {"text": _("the same"), "colour": "green"}
        elif conserved:
            verdict = {"text": _("differs by %(number)s") % {"number": number(after - before)}, "colour": "red"}
        else:
            verdict = {"text": _("changed by the act, as foreseen")}
        figures = [{"text": number(before), "numeric": True}, {"text": number(after), "numeric": True}]
        rows.append([{"text": _thing(handover, what, state)}, *figures, verdict])
    return bounded(_("Before and after"), [_("What"), _("Before"), _("After"), _("Verdict")], rows, len(sums))


def _moves(act: ReorgEvent, proof: ReorgProof) -> Json:
    """By pair of units and kind."""
    sums: Counter[tuple[int, int, str, str]] = Counter()
    for move in proof.moves:
        sums[move["from_unit"], move["to_unit"] or 0, move["handover"], move["what"]] += move["number"]
    versions = nearest_versions({unit for key in sums for unit in key[:2]}, act.effective_on)
    names = {unit: version.full_name for unit, version in versions.items()} | {0: _("no successor")}
    rows: list[list[Json]] = [
        [
            {"text": names.get(old, f"#{old}")},
            {"text": names.get(new, f"#{new}")},
            {"text": _thing(handover, what, "")},
            {"text": number(count), "numeric": True},
        ]
        for (old, new, handover, what), count in sorted(sums.items())[:MOST]
    ]
    heads = [_("Old unit"), _("Goes into"), _("What"), pgettext("amount", "Number")]
    return bounded(_("What went where"), heads, rows, len(sums))
