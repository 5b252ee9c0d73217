"""The deeds of the desk, each with its small page. After each the dossier that is due next opens."""

import uuid
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal.accounts.once import sent_once
from portal.calendar import Ledger, supplement_deadline
from portal.calendar import wording as calendar_words
from portal.calendar.loading import due_for, load
from portal.ui.wording import moment
from services import versions
from services.errors import ServicesError
from services.forms.desk import AcceptForm, DeedForm, HandOutForm, ItemForm, RefuseForm, RerouteForm, SupplementForm
from services.kinds import Channel
from services.models import Component, Dossier, Proof, Supplement
from services.operations import reception, results, supplements
from services.policies import Capability, may_at
from services.states import Action
from services.versions import LONGEST_WAIT
from services.views import desk_words as words
from services.views.desk_access import dossier_for, is_ripe, moved_on, officer_of, only_for, onward, status_of
from units.queries import BadText
from units.queries.search import search

MOST_FOUND = 10
FIELD_MOST = 100


def _show(
    request: HttpRequest, dossier: Dossier, form: DeedForm, template: str, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {
        "dossier": dossier,
        "form": form,
        "title": f"{dossier} · {dossier.owner_name}",
        "procedure": dossier.version.name_vi,
        **more,
    }
    refused = 400 if form.errors else 200
    return render(request, f"services/desk/{template}.html", context, status=max(status, refused))


def _refused(form: DeedForm, refusal: ServicesError, dossier: Dossier) -> int:
    """Say why at the form, and let it be sent again for the newer dossier once the officer has looked at it."""
    form.add_error(None, str(refusal))
    if refusal.code == "stale":
        dossier.refresh_from_db(fields=["revision"])
        form.data = {**form.data, "revision": str(dossier.revision)}
    return status_of(refusal)


def _done(request: HttpRequest, dossier: Dossier, told: str, link: str) -> None:
    """What was done, and where its form is: the page that opens is that of the next dossier."""
    forms = reverse("services:desk-dossier", args=[dossier.pk]) + "#bieu-mau"
    messages.success(request, format_html('{} <a class="govuk-link" href="{}">{}</a>', told, forms, link))


@never_cache
@require_http_methods(["GET", "POST"])
@only_for(Action.ACCEPT)
@sent_once
def acceptance(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Form 01 follows by itself."""
    user, now = officer_of(request), timezone.now()
    dossier = dossier_for(user, pk, Action.ACCEPT)
    if not is_ripe(Action.ACCEPT, dossier):
        return moved_on(request, dossier)
    cases = _cases(dossier, now)
    form = AcceptForm(request.POST or None, cases=[(key, told) for key, told, _at in cases], revision=dossier.revision)
    status = 200
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            done = reception.accept(
                dossier=dossier,
                actor=user,
                now=now,
                revision=data["revision"],
                limit_case=data.get("limit_case", ""),
            )
        except ServicesError as refusal:
            status = _refused(form, refusal, dossier)
        else:
            told = {"code": done.code, "moment": moment(done.due_at)}
            _done(request, done, _("Received under code %(code)s. Due at %(moment)s.") % told, _("Print Form 01"))
            return onward(user, done)
    proven = {
        row.key
        for row in Component.objects.filter(dossier=dossier)
        if row.proof != Proof.MISSING and (row.checked_at or row.proof == Proof.DATA)
    }
    lacking = versions.missing_components(dossier.version, proven)
    more = {
        "due_at": cases[0][2],
        "limit": cases[0][1],
        "lacking": lacking,
        "has_cases": len(cases) > 1,
    }
    return _show(request, dossier, form, "acceptance", status=status, **more)


def _cases(dossier: Dossier, now: datetime) -> list[tuple[str, str, datetime]]:
    """The general limit and those of the sector's law, each with the due moment that would follow."""
    told = (dossier.version.parts.get("limit") or {}).get("cases", [])
    cases = []
    for key, condition in [("", ""), *((one["key"], one.get("condition_vi", one["key"])) for one in told)]:
        limit = versions.limit_of(dossier.version, key)
        due, _calendar = due_for(
            accepted_at=now, limit=limit, ledger=Ledger.started(now), unit_id=dossier.competent_unit_id
        )
        words_of = calendar_words.limit(limit)
        facts = {"condition": condition, "limit": words_of, "moment": moment(due.moment)}
        if condition:
            text = _("%(condition)s: %(limit)s, due at %(moment)s") % facts
        else:
            text = _("General limit: %(limit)s, due at %(moment)s") % facts
        cases.append((key, text, due.moment))
    return cases


@never_cache
@require_http_methods(["GET", "POST"])
@only_for(Action.ASK_SUPPLEMENT_AT_RECEPTION)
@sent_once
def supplement(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Everything that is missing in one request: Form 02. NĐ 118/2025 Đ.16.3"""
    user, now = officer_of(request), timezone.now()
    dossier = dossier_for(user, pk, Action.ASK_SUPPLEMENT_AT_RECEPTION)
    if not is_ripe(Action.ASK_SUPPLEMENT_AT_RECEPTION, dossier):
        return moved_on(request, dossier)
    data = request.POST or None
    before = Supplement.objects.filter(dossier=dossier, at_reception=True).count()
    exceeds = before >= versions.max_supplements(dossier.version, at_reception=True)
    may_approve = exceeds and may_at(user, Capability.EXCEED_SUPPLEMENTS, dossier.competent_unit_id)
    form = SupplementForm(data, revision=dossier.revision, may_approve=may_approve)
    lines, known = _lines(dossier, data)
    status = 200
    if request.method == "POST" and all([form.is_valid(), *(line.is_valid() for line in lines)]):
        sent = form.cleaned_data
        try:
            supplements.ask_supplement(
                dossier=dossier,
                items=[line.missing() for line in lines if line.is_asked],
                reason=sent["reason"],
                ground=sent["ground"],
                actor=user,
                now=now,
                revision=sent["revision"],
                approved_by=user if sent.get("approve") else None,
            )
        except ServicesError as refusal:
            status = _refused(form, refusal, dossier)
        else:
            _done(request, dossier, _("The supplement was asked for."), _("Print Form 02"))
            return onward(user, dossier)
    elif request.method == "POST":
        form.add_error(None, _("Correct the lines that are marked. What you typed is still there."))
    more = {"lines": lines, "known": known, "exceeds": exceeds, "may_approve": may_approve}
    return _show(request, dossier, form, "supplement", status=status, until=_until(dossier, now), **more)


def _until(dossier: Dossier, now: datetime) -> datetime:
    calendar = load(dossier.competent_unit_id, first=localdate(now), last=localdate(now) + LONGEST_WAIT)
    wait = versions.supplement_wait_days(dossier.version)
    return supplement_deadline(requested_at=now, calendar=calendar, days=wait).moment


def _lines(dossier: Dossier, data: Any) -> tuple[list[ItemForm], list[str]]:
    """A line for each paper and each declared answer, and the names of what data have answered: not asked again."""
    lines, known = [], []
    for row in Component.objects.filter(dossier=dossier).order_by("id"):
        if row.proof == Proof.DATA:
            known.append(row.name)
            continue
        lines.append(ItemForm(data, name=row.name, prefix=f"paper-{row.key}", component=row.key))
    for pointer, name in words.answers_to_ask(dossier, most=supplements.MOST_ITEMS - len(lines)):
        prefix = "answer" + pointer.replace("/", "-")
        lines.append(ItemForm(data, name=name, prefix=prefix, pointer=pointer))
    return lines, known


@never_cache
@require_http_methods(["GET", "POST"])
@only_for(Action.REFUSE)
@sent_once
def refusal(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Form 03. NĐ 118/2025 Đ.17.1c"""
    user = officer_of(request)
    dossier = dossier_for(user, pk, Action.REFUSE)
    if not is_ripe(Action.REFUSE, dossier):
        return moved_on(request, dossier)
    form = RefuseForm(request.POST or None, revision=dossier.revision)
    status = 200
    if request.method == "POST" and form.is_valid():
        sent = {**form.arguments(), "revision": form.cleaned_data["revision"]}
        try:
            reception.refuse(dossier=dossier, actor=user, now=timezone.now(), **sent)
        except ServicesError as problem:
            status = _refused(form, problem, dossier)
        else:
            told = _("The dossier was not received. Give the filer the reason in writing; it is kept with the dossier.")
            _done(request, dossier, told, _("Print Form 03"))
            return onward(user, dossier)
    return _show(request, dossier, form, "refusal", status=status)


@never_cache
@require_http_methods(["GET", "POST"])
@only_for(Action.REROUTE)
@sent_once
def rerouting(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """`?tim=` finds the organ; the form then sends the dossier there."""
    user = officer_of(request)
    dossier = dossier_for(user, pk, Action.REROUTE)
    if not is_ripe(Action.REROUTE, dossier):
        return moved_on(request, dossier)
    text = request.GET.get("tim", "")[:FIELD_MOST]
    found = _found(text, dossier)
    form = RerouteForm(request.POST or None, units=found, revision=dossier.revision)
    status = 200
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        way = reception.Way(competent=sent["unit"])
        try:
            reception.reroute(
                dossier=dossier,
                way=way,
                ground=sent["ground"],
                actor=user,
                now=timezone.now(),
                revision=sent["revision"],
            )
        except ServicesError as problem:
            status = _refused(form, problem, dossier)
        else:
            messages.success(request, _("The dossier was sent on to %(unit)s.") % {"unit": dict(found)[sent["unit"]]})
            return onward(user, dossier)
    return _show(request, dossier, form, "rerouting", status=status, text=text, found=found)


def _found(text: str, dossier: Dossier) -> list[tuple[int, str]]:
    if not text.strip():
        return []
    try:
        rows = search(text, on=timezone.localdate(), limit=MOST_FOUND)
    except BadText:
        return []
    alive = [row for row in rows if row.lives and row.unit_id != dossier.competent_unit_id]
    return [(row.unit_id, ", ".join(filter(None, [row.full_name, row.place]))) for row in alive]


@never_cache
@require_http_methods(["GET", "POST"])
@only_for(Action.RETURN)
@sent_once
def handing_out(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    user = officer_of(request)
    dossier = dossier_for(user, pk, Action.RETURN)
    if not is_ripe(Action.RETURN, dossier):
        return moved_on(request, dossier)
    form = HandOutForm(request.POST or None, revision=dossier.revision, receiver=dossier.filer_name)
    status = 200
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        try:
            results.hand_out(
                dossier=dossier,
                channel=Channel.DESK,
                receiver=sent["receiver"],
                actor=user,
                now=timezone.now(),
                revision=sent["revision"],
            )
        except ServicesError as problem:
            status = _refused(form, problem, dossier)
        else:
            messages.success(request, _("The result was handed out."))
            return onward(user, dossier)
    return _show(request, dossier, form, "handing_out", status=status)
