"""Signing certificates and trusted authorities, for the administrators who keep them."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from documents.models import Certificate, TrustAnchor
from documents.operations.anchors import remove_anchor, trust_anchor
from documents.operations.certificates import (
    register_certificate,
    resume_certificate,
    revoke_certificate,
    suspend_certificate,
)
from documents.queries.certificate_lists import anchors, days_left, is_running_out, kept_by, people_at, units_to_keep
from documents.signing import backends, naming
from documents.signing.errors import NotAllowedError, RegistryError
from documents.signing.forms import AnchorForm, CertificateFilter, CertificateForm, WhyForm
from documents.signing.policies import may_change, may_edit_anchors, may_register
from documents.signing.states import TRANSITIONS, Action, AnchorState, CertificateState
from portal.accounts.models import User
from portal.accounts.once import sent_once
from staff.policies import today
from units.models import UnitVersion
from units.queries import version_at, versions_at

SIZE = 50
MOST_LINKS = 10
STATE_TAGS: dict[str, tuple[str | Promise, str]] = {
    CertificateState.REGISTERED: (gettext_lazy("in use"), "green"),
    CertificateState.SUSPENDED: (gettext_lazy("suspended"), "yellow"),
    CertificateState.REVOKED: (gettext_lazy("revoked"), "red"),
}


@dataclass(frozen=True, slots=True)
class Deed:
    action: Action
    do: Callable[..., Certificate]
    title: str | Promise
    done: str | Promise


DEEDS = {
    "tam-dung": Deed(
        Action.SUSPEND, suspend_certificate, gettext_lazy("Suspend the certificate"), gettext_lazy("It is suspended.")
    ),
    "dung-lai": Deed(
        Action.RESUME, resume_certificate, gettext_lazy("Put it to use again"), gettext_lazy("It is in use again.")
    ),
    "thu-hoi": Deed(
        Action.REVOKE, revoke_certificate, gettext_lazy("Revoke the certificate"), gettext_lazy("It is revoked here.")
    ),
}


def keeper(request: HttpRequest) -> User:
    """Raises Http404 for citizens, PermissionDenied for officers whose post keeps no certificates."""
    user = request.user
    if not isinstance(user, User) or not user.is_officer:
        raise Http404
    if not units_to_keep(user, today()):
        raise PermissionDenied(_("Signing certificates are kept by the administrators of the unit."))
    return user


def tag(certificate: Certificate) -> dict[str, Any]:
    """An expired one is said to be so, though that is no state of its own."""
    if certificate.state == CertificateState.REGISTERED and days_left(certificate, today()) < 0:
        return {"text": _("expired"), "colour": "orange"}
    text, colour = STATE_TAGS[certificate.state]
    return {"text": text, "colour": colour}


@never_cache
@require_safe
def certificate_list(request: HttpRequest) -> HttpResponse:
    user, on = keeper(request), today()
    form = CertificateFilter(request.GET or None)
    rows = kept_by(user, on)
    if form.is_valid() and form.cleaned_data["trang_thai"]:
        rows = rows.filter(state=form.cleaned_data["trang_thai"])
    if form.is_valid() and form.cleaned_data["cua"]:
        rows = rows.filter(holder=form.cleaned_data["cua"])
    page = Paginator(rows.order_by("valid_to", "id"), SIZE).get_page(request.GET.get("page"))
    names = versions_at([row.unit_id for row in page.object_list], on)
    context = {
        "form": form,
        "rows": [
            (row, tag(row), names.get(row.unit_id), max(days_left(row, on), 0), is_running_out(row, on))
            for row in page.object_list
        ],
        "page_obj": page,
        "registering": [unit for unit in _near(user, names) if may_register(user, unit.unit_id)],
        "may_edit_anchors": may_edit_anchors(user),
    }
    return render(request, "documents/certificates.html", context, status=400 if form.errors else 200)


def _near(user: User, shown: dict[int, UnitVersion]) -> list[UnitVersion]:
    """Units to register at from here: where the officer's own post is, and those that the list shows."""
    on = today()
    own = versions_at(sorted(units_to_keep(user, on, is_below=False)), on)
    return list({**own, **shown}.values())[:MOST_LINKS]


@never_cache
@require_safe
def certificate_page(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    user, on = keeper(request), today()
    row = get_object_or_404(kept_by(user, on), pk=pk)
    can = {
        noun: deed
        for noun, deed in DEEDS.items()
        if row.state in TRANSITIONS[deed.action][0] and may_change(deed.action, user, row.unit_id)
    }
    context = {
        "row": row,
        "tag": tag(row),
        "unit": version_at(row.unit_id, on),
        "left": days_left(row, on),
        "deeds": can.items(),
        "holder": naming.fields(bytes(row.certificate)),
        "issuer": naming.in_short(bytes(row.certificate), issuer=True),
        "serial": naming.in_groups(row.serial),
    }
    return render(request, "documents/certificate.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def certificate_deed(request: HttpRequest, pk: uuid.UUID, noun: str) -> HttpResponse:
    user = keeper(request)
    row = get_object_or_404(kept_by(user, today()), pk=pk)
    deed = DEEDS.get(noun)
    if deed is None:
        raise Http404
    form, status = WhyForm(request.POST if request.method == "POST" else None), 200
    if form.is_valid():
        try:
            deed.do(certificate=row, reason=form.cleaned_data["reason"], actor=user, now=timezone.now())
        except RegistryError as refusal:
            status = _say(form, refusal)
        else:
            messages.success(request, str(deed.done))
            return redirect("documents:certificate", row.pk)
    context = {"row": row, "title": deed.title, "form": form, "tag": tag(row)}
    return render(request, "documents/certificate_deed.html", context, status=_status(form, status))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def certificate_new(request: HttpRequest, unit_id: int) -> HttpResponse:
    user, on = keeper(request), today()
    unit = version_at(unit_id, on)
    if unit is None or not may_register(user, unit_id):
        raise Http404
    posted = request.method == "POST"
    form = CertificateForm(
        request.POST if posted else None,
        request.FILES if posted else None,
        people=people_at([unit_id], on),
        backends=backends.names(),
    )
    status = 200
    if form.is_valid():
        try:
            made = register_certificate(unit_id=unit_id, **form.arguments(), actor=user, now=timezone.now())
        except RegistryError as refusal:
            status = _say(form, refusal)
        else:
            messages.success(request, _("The certificate is registered."))
            return redirect("documents:certificate", made.pk)
    return render(request, "documents/certificate_new.html", {"form": form, "unit": unit}, status=_status(form, status))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def anchor_list(request: HttpRequest) -> HttpResponse:
    """The authorities that count, and the form that adds one."""
    user = _anchor_keeper(request)
    form, status = AnchorForm(request.POST if request.method == "POST" else None), 200
    if form.is_valid():
        data = form.cleaned_data
        try:
            trust_anchor(pem=data["pem"], hosts=data["hosts"], is_trial=False, actor=user, now=timezone.now())
        except RegistryError as refusal:
            status = _say(form, refusal)
        else:
            messages.success(request, _("The authority is trusted from now on."))
            return redirect("documents:anchors")
    page = Paginator(anchors(), SIZE).get_page(request.GET.get("page"))
    rows = [(row, _anchor_tag(row), row.state == AnchorState.TRUSTED) for row in page.object_list]
    context = {"form": form, "rows": rows, "page_obj": page}
    return render(request, "documents/anchors.html", context, status=_status(form, status))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def anchor_strike(request: HttpRequest, pk: int) -> HttpResponse:
    user = _anchor_keeper(request)
    row = get_object_or_404(anchors(), pk=pk)
    form, status = WhyForm(request.POST if request.method == "POST" else None), 200
    if form.is_valid():
        try:
            remove_anchor(anchor=row, reason=form.cleaned_data["reason"], actor=user, now=timezone.now())
        except RegistryError as refusal:
            status = _say(form, refusal)
        else:
            messages.success(request, _("The authority is struck. Nothing that leads to it is valid any more."))
            return redirect("documents:anchors")
    context = {"row": row, "form": form, "tag": _anchor_tag(row)}
    return render(request, "documents/anchor_strike.html", context, status=_status(form, status))


def _anchor_keeper(request: HttpRequest) -> User:
    user = keeper(request)
    if not may_edit_anchors(user):
        raise PermissionDenied(_("The list of trusted authorities is kept by the administrator of the province."))
    return user


def _anchor_tag(row: TrustAnchor) -> dict[str, Any]:
    if row.state == AnchorState.TRUSTED:
        return {"text": _("trusted"), "colour": "green"}
    return {"text": _("struck"), "colour": "red"}


def _say(form: Any, refusal: RegistryError) -> int:
    form.add_error(None, str(refusal))
    return 403 if isinstance(refusal, NotAllowedError) else 409


def _status(form: Any, status: int) -> int:
    return status if status != 200 or not form.errors else 400
