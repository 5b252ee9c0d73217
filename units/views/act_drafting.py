"""Drafting an act, giving it other rows, and putting one right in force: one form, checked, then kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal.isolation import current
from units import operations
from units.forms.acts import ActForm
from units.kinds import ActKind, Level
from units.models import ReorgEvent, UnitVersion
from units.operations import ActError, BadHead, Line, Outdated, Read
from units.policies import may
from units.states import Action, ActState
from units.views.act_words import KINDS, column_heads
from units.views.acts import one_of_desk, visible

MOST = 200
OFFERED = [(kind.value, KINDS[kind]) for kind in ActKind if kind not in (ActKind.LOAD, ActKind.CORRECT)]
Context = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Target:
    """`act`: whose rows change; `corrects`: what is put right. Neither: a new act."""

    heading: str
    act: ReorgEvent | None = None
    corrects: ReorgEvent | None = None

    def kind(self, said: str) -> str:
        return operations.kind_of_rows(self.corrects) if self.corrects else said


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest) -> HttpResponse:
    visible(request)
    return _page(request, Target(_("Draft a reorganisation")), {})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def revise(request: HttpRequest, pk: int) -> HttpResponse:
    act = one_of_desk(request, pk)
    if act.state not in (ActState.DRAFT, ActState.SIMULATED):
        raise Http404
    target = Target(_("Change the rows of %(act)s") % {"act": act.legal_no}, act, act.corrects)
    return _page(request, target, _head_of(act) | {"legal_no": act.legal_no, "revision": act.revision})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    wrong = one_of_desk(request, pk)
    if wrong.state != ActState.EFFECTIVE:
        raise Http404
    target = Target(_("Correct %(act)s") % {"act": wrong.legal_no}, corrects=wrong)
    return _page(request, target, _head_of(wrong) | {"file_digest": ""})


def _head_of(act: ReorgEvent) -> Context:
    return {
        "kind": act.kind, "unit_id": act.unit_id, "legal_date": act.legal_date, "effective_on": act.effective_on,
        "title": act.title, "decide_days": act.decide_days, "note": act.note,
        "file_digest": bytes(act.file_sha256 or b"").hex(),
    }  # fmt: skip


def _places(request: HttpRequest) -> list[tuple[int, str]]:
    """Provinces, or the country, that this person may draft for. Raises PermissionDenied for who may nowhere."""
    user: Any = request.user
    own = UnitVersion.objects.at(timezone.localdate()).filter(unit_id__in=current().units)
    tops = own.filter(unit__level__in=[Level.COUNTRY, Level.PROVINCE]).order_by("path", "id")[:100]
    found = [(top.unit_id, top.full_name) for top in tops if may(Action.DRAFT, user, top.unit_id)]
    if not found:
        raise PermissionDenied(_("Acts are drafted by those who hold the right to; you may read and sign them."))
    return found


def _page(request: HttpRequest, target: Target, initial: Context) -> HttpResponse:
    units = _places(request)
    given: Context = {"kinds": OFFERED, "units": units, "corrects": target.corrects is not None}
    if request.method != "POST":
        wrong = target.act or target.corrects
        lines = operations.lines_of(wrong) if wrong else ""
        if lines is None:
            return _shown(request, target, ActForm(initial=initial, **given), beyond=True)
        return _shown(request, target, ActForm(initial=initial | {"rows": lines}, **given))
    form = ActForm(request.POST, request.FILES, **given)
    if not form.is_valid():
        return _shown(request, target, form, status=400)
    kept = request.POST.copy()
    kept["rows"], kept["file_digest"] = form.cleaned_data["rows"], form.digest()
    again = ActForm(kept, **given)  # with what was read from files in it: no browser sends a file twice
    again.is_valid()
    try:
        return _checked(request, target, again)
    except ActError as error:
        return _refused(request, target, again, error)


def _refused(request: HttpRequest, target: Target, form: ActForm, error: ActError) -> HttpResponse:
    """What is wrong with one field is told beside it."""
    if isinstance(error, BadHead):
        form.add_error(error.pointer if error.pointer in form.fields else None, str(error))
        return _shown(request, target, form, status=400)
    return _shown(request, target, form, refused=str(error), status=409 if isinstance(error, Outdated) else 400)


def _checked(request: HttpRequest, target: Target, form: ActForm) -> HttpResponse:
    now, head = timezone.now(), form.head(target.corrects)
    operations.check_head(head, now)
    read = operations.check_table(
        text=form.cleaned_data["rows"], kind=head.kind, unit_id=head.unit_id, effective_on=head.effective_on, now=now,
        corrects=target.corrects,
    )  # fmt: skip
    if read.all_problems:
        return _shown(request, target, form, read=read, status=400)
    if "keep" not in request.POST:
        return _shown(request, target, form, read=read)
    rows: Context = {
        "head": head, "results": read.rows.results, "sources": read.rows.sources, "actor": request.user, "now": now,
    }  # fmt: skip
    if target.act:
        act = operations.revise_act(act_id=target.act.pk, expected=form.cleaned_data["revision"] or 0, **rows)
    else:
        act = operations.draft_act(**rows)
    messages.success(request, _("The draft is kept. Simulate it to see what it would move."))
    return redirect("units:act", pk=act.pk)


def _shown(
    request: HttpRequest, target: Target, form: ActForm, *, read: Read | None = None, refused: str = "",
    beyond: bool = False, status: int = 200,
) -> HttpResponse:  # fmt: skip
    about = target.act or target.corrects
    context = {
        "heading": target.heading,
        "form": form,
        "corrects": target.corrects,
        "refused": refused,
        "beyond": beyond,
        "back": reverse("units:act", kwargs={"pk": about.pk}) if about else reverse("units:acts"),
        "has_file": bool(form["file_digest"].value()),
        "digest": form["file_digest"].value(),
        **(_preview(read, target.kind(form["kind"].value() if "kind" in form.fields else "")) if read else {}),
    }
    return render(request, "units/act_draft.html", context, status=status)


def _preview(read: Read, kind: str) -> Context:
    """Refused lines first; both parts bounded, as the page must stay one that a phone can carry."""
    wrong = sum(bool(line.problems) for line in read.lines)
    shown = sorted(read.lines, key=lambda line: not line.problems)[:MOST]
    used = [0, 1, *(at for at in range(2, 8) if any(len(line.cells) > at and line.cells[at] for line in read.lines))]
    heads = [_("Line"), *(column_heads(kind)[at] for at in used), _("Check")]
    ready = len(read.lines) - wrong
    told = ngettext("%(ready)s line can be kept", "%(ready)s lines can be kept", ready) % {"ready": ready}
    return {
        "whole": [str(problem) for problem in read.problems],
        "heads": [{"text": head} for head in heads],
        "lines": [_cells(line, used, heads) for line in shown],
        "more": _("The first %(most)s of %(total)s rows.") % {"most": MOST, "total": len(read.lines)}
        if len(read.lines) > MOST
        else "",
        "wrong": wrong + len(read.problems),
        "told": told,
        "can_keep": not read.all_problems,
    }


def _cells(line: Line, used: Sequence[int], heads: Sequence[str]) -> list[Context]:
    said = [line.cells[at] if at < len(line.cells) else "" for at in used]
    cells: list[Context] = [
        {"text": _("Line %(number)s") % {"number": line.number}},
        *({"text": text[:300] or "–"} for text in said),
    ]
    if line.problems:
        why = "; ".join(str(problem.words) for problem in line.problems)
        cells.append({"text": _("refused: %(why)s") % {"why": why}})
    else:
        cells.append({"text": _("ready"), "colour": "green"})
    for head, cell in zip(heads[1:], cells[1:], strict=True):
        cell["label"] = head
    return cells
