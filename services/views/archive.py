"""Packages for the archive: which years wait, one package with its digest, its bytes, the word of the archive."""

import uuid
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.models import User
from portal.accounts.once import sent_once
from services.archive_writing import written
from services.errors import ServicesError
from services.forms.retention import ReceivedForm
from services.models import ArchivePackage
from services.operations import archiving
from services.queries import archive as queries
from services.queries.work import names_of
from services.retention_kinds import PackageState
from services.views.desk_access import officer_of, status_of
from services.views.retention import EARLIEST, LATEST, SIZE, named, units_of
from services.wording_retention import PACKAGE_STATES
from staff.policies import today


@never_cache
@require_safe
def packages(request: HttpRequest) -> HttpResponse:
    user, now = officer_of(request), timezone.now()
    return show_packages(request, units_of(user), now)


def show_packages(
    request: HttpRequest, units: list[int], now: datetime, *, problem: str = "", status: int = 200
) -> HttpResponse:
    names = dict(named(units, now))
    page = Paginator(queries.packages_of(units), SIZE).get_page(request.GET.get("page", "1")[:6])
    waiting = queries.years_to_archive(units, now)
    context = {
        "waiting": [(unit, names.get(unit, ""), year, number) for unit, year, number in waiting],
        "page_obj": page,
        "rows": [(row, names.get(row.unit_id, ""), _state(row)) for row in page.object_list],
        "problem": problem,
    }
    return render(request, "services/retention/packages.html", context, status=status)


def _state(row: ArchivePackage) -> Any:
    return PACKAGE_STATES[PackageState(row.state)]


@never_cache
@require_POST
@sent_once
def begin(request: HttpRequest, unit: int, year: int) -> HttpResponse:
    user, now = officer_of(request), timezone.now()
    units = units_of(user)
    if unit not in units or not EARLIEST <= year <= LATEST:
        raise Http404
    try:
        row = archiving.begin_package(unit_id=unit, year=year, actor=user, now=now)
    except ServicesError as refusal:
        return show_packages(request, units, now, problem=str(refusal), status=status_of(refusal))
    return redirect("services:package", row.pk)


def seen_package(user: User, pk: uuid.UUID) -> ArchivePackage:
    """Raises Http404, PermissionDenied."""
    units_of(user)
    row = queries.package_of(user, pk, today())
    if row is None:
        raise Http404
    return row


@never_cache
@require_safe
def package(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    return show(request, seen_package(officer_of(request), pk), ReceivedForm())


def show(
    request: HttpRequest, row: ArchivePackage, form: ReceivedForm, *, problem: str = "", status: int = 200
) -> HttpResponse:
    names = names_of({row.begun_by_id, row.received_by_id}, 0)
    context = {
        "row": row,
        "unit": dict(named([row.unit_id], timezone.now())).get(row.unit_id, ""),
        "state": _state(row),
        "begun_by": names.get(row.begun_by_id, ""),
        "received_by": names.get(row.received_by_id, ""),
        "may_download": row.state != PackageState.RECEIVED,
        "may_receive": row.state == PackageState.MADE,
        "form": form,
        "problem": problem,
    }
    return render(request, "services/retention/package.html", context, status=status)


@never_cache
@require_POST
def download(request: HttpRequest, pk: uuid.UUID) -> HttpResponseBase:
    """The bytes as they are made; when the last one has left, the digest is recorded. It can be made again."""
    user = officer_of(request)
    row = seen_package(user, pk)
    if row.state == PackageState.RECEIVED:
        return show(request, row, ReceivedForm(), problem=_("The archive has this package already."), status=409)
    name = f"luu-tru-{row.unit_id}-{row}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    content = written(row, actor=user, now=timezone.now())
    return StreamingHttpResponse(content, content_type="application/zip", headers=headers)


@never_cache
@require_POST
@sent_once
def received(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    user = officer_of(request)
    row, form = seen_package(user, pk), ReceivedForm(request.POST)
    if not form.is_valid():
        return show(request, row, form, status=400)
    said = form.cleaned_data
    try:
        archiving.receive_package(
            package=row, digest=said["digest"], receipt=said["receipt"], actor=user, now=timezone.now()
        )
    except ServicesError as refusal:
        return show(request, row, form, problem=str(refusal), status=status_of(refusal))
    messages.success(request, _("The archive has the package. Its dossiers now go when their time is over."))
    return redirect("services:package", row.pk)
