"""When network or power fail: codes on paper beforehand, and every one of them accounted for afterwards."""

import uuid
from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.models import User
from portal.accounts.once import sent_once
from portal.ui.wording import moment
from services import versions
from services.errors import ServicesError
from services.forms.outage import BlockForm, PaperAcceptForm, VoidForm
from services.models import Component, Dossier, PaperBlock, PaperNumber, Proof
from services.operations import outage as deeds
from services.paper_numbers import NumberState
from services.queries import outage as queries
from services.queries.dossiers import units_with
from services.states import Action, Capability
from services.views.desk_access import dossier_for, is_ripe, moved_on, officer_of, only_for, onward, status_of
from staff.policies import today
from units.queries import version_at

SIZE = 25
MOST_OFFERED = 400


def _desks(user: User) -> list[tuple[int, str]]:
    """Raises PermissionDenied for officers who receive nowhere."""
    found = [(unit, version_at(unit, today())) for unit in units_with(user, Capability.RECEIVE, today())]
    desks = [(unit, version.full_name) for unit, version in found if version]
    if not desks:
        raise PermissionDenied(_("Codes for an outage are kept by those who receive dossiers."))
    return desks


def _block(user: User, pk: uuid.UUID) -> PaperBlock:
    """Raises Http404 for a block of somebody else's desk."""
    return get_object_or_404(queries.blocks_of([unit for unit, _name in _desks(user)]), pk=pk)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def blocks(request: HttpRequest) -> HttpResponse:
    user, now = officer_of(request), timezone.now()
    desks = _desks(user)
    form = BlockForm(request.POST if request.method == "POST" else None, desks=desks, today=localdate(now))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = deeds.set_numbers_aside(
                unit_id=data["unit"], day=data["day"], count=data["count"], reason=data["reason"], actor=user, now=now
            )
        except ServicesError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The codes are set aside. Print the sheet now, while there is power."))
            return redirect("services:paper-block", made.pk)
    page = Paginator(queries.blocks_of([unit for unit, _name in desks]), SIZE).get_page(
        request.GET.get("page", "1")[:6]
    )
    context = {"form": form, "page_obj": page, "names": dict(desks)}
    return render(request, "services/outage/blocks.html", context, status=400 if form.errors else 200)


@never_cache
@require_safe
def block(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    user = officer_of(request)
    found = _block(user, pk)
    rows = list(queries.numbers_of(found))
    is_over = found.day < today()
    context = {"found": found, "rows": rows, "unit": version_at(found.unit_id, today()), "is_over": is_over}
    return render(request, "services/outage/block.html", context)


@never_cache
@require_safe
def sheet(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """To be printed beforehand: one line for each code, with its slip for the filer."""
    found = _block(officer_of(request), pk)
    rows = [row for row in queries.numbers_of(found) if row.state == NumberState.FREE]
    context = {"found": found, "rows": rows, "unit": version_at(found.unit_id, today())}
    return render(request, "services/outage/sheet.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def void(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    user, now = officer_of(request), timezone.now()
    desks = [unit for unit, _name in _desks(user)]
    number = get_object_or_404(PaperNumber.objects.select_related("block"), pk=pk, block__unit__in=desks)
    form, status = VoidForm(request.POST if request.method == "POST" else None), 200
    if request.method == "POST" and form.is_valid():
        try:
            deeds.void_number(number=number, reason=form.cleaned_data["reason"], actor=user, now=now)
        except ServicesError as refusal:
            form.add_error(None, str(refusal))
            status = HTTPStatus.CONFLICT
        else:
            messages.success(request, _("Nobody gets the code %(code)s any more.") % {"code": number.code})
            return redirect("services:paper-block", number.block_id)
    status = HTTPStatus.BAD_REQUEST if form.errors and status == HTTPStatus.OK else status
    return render(request, "services/outage/void.html", {"form": form, "number": number}, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def void_rest(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """When the day is over: every number that nobody used, with one reason."""
    user, now = officer_of(request), timezone.now()
    found = _block(user, pk)
    form, status = VoidForm(request.POST if request.method == "POST" else None), HTTPStatus.OK
    if request.method == "POST" and form.is_valid():
        try:
            count = deeds.void_rest(block=found, reason=form.cleaned_data["reason"], actor=user, now=now)
        except ServicesError as refusal:
            form.add_error(None, str(refusal))
            status = HTTPStatus.CONFLICT
        else:
            told = ngettext("%(count)d code is void now.", "%(count)d codes are void now.", count)
            messages.success(request, told % {"count": count})
            return redirect("services:paper-block", found.pk)
    status = HTTPStatus.BAD_REQUEST if form.errors and status == HTTPStatus.OK else status
    return render(request, "services/outage/void_rest.html", {"form": form, "found": found}, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@only_for(Action.ACCEPT)
@sent_once
def acceptance(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Under the code that the filer got on paper; the clock runs from that moment."""
    user, now = officer_of(request), timezone.now()
    dossier = dossier_for(user, pk, Action.ACCEPT)
    if not is_ripe(Action.ACCEPT, dossier):
        return moved_on(request, dossier)
    desks = (dossier.competent_unit_id, dossier.receiving_unit_id)
    numbers = list(queries.free_numbers(desks, localdate(now))[:MOST_OFFERED])
    form = PaperAcceptForm(
        request.POST if request.method == "POST" else None, numbers=numbers, revision=dossier.revision
    )
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            done = deeds.accept_on_paper(dossier=dossier, actor=user, now=now, **form.arguments())
        except ServicesError as refusal:
            form.add_error(None, str(refusal))
            status = status_of(refusal)
        else:
            told = {"code": done.code, "moment": moment(done.due_at)}
            messages.success(request, _("Received under code %(code)s. Due at %(moment)s.") % told)
            return onward(user, done)
    context = {
        "dossier": dossier,
        "form": form,
        "title": f"{dossier} · {dossier.owner_name}",
        "procedure": dossier.version.name_vi,
        "lacking": _lacking(dossier),
    }
    status = max(status, HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK)
    return render(request, "services/outage/acceptance.html", context, status=status)


def _lacking(dossier: Dossier) -> list[versions.Part]:
    rows = Component.objects.filter(dossier=dossier)
    proven = {row.key for row in rows if row.proof != Proof.MISSING and (row.checked_at or row.proof == Proof.DATA)}
    return list(versions.missing_components(dossier.version, proven))
