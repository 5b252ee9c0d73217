"""Money at the desk: the fee is assessed, cash is taken, a QR is shown and looked at again until the bank spoke."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.models import User
from portal.accounts.once import sent_once
from portal.events import viewed
from services.errors import ServicesError
from services.forms.money import AssessForm, CashForm, DenialForm, PayForm
from services.models import Dossier, Payment
from services.money_policies import may_assess, may_take
from services.money_states import Way
from services.operations.fees import Assessment, assess_fee, deny_exemption
from services.operations.moving import people
from services.operations.paying import begin_payment, take_cash
from services.views import money_words as words
from services.views.desk_access import officer_of, status_of, visible_dossier
from services.views.own_fees import payment_context
from services.views.squares import square
from services.wording_money import dong


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def fee(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """POST assesses it anew."""
    user = officer_of(request)
    found = visible_dossier(user, pk)
    if request.method != "POST":
        return _show(request, user, found)
    if not may_assess(user, found):
        raise PermissionDenied(_("Your post does not allow this here. Nothing was saved."))
    form = _form(found, user, request.POST)
    if not form.is_valid():
        return _show(request, user, found, form=form, status=400)
    said = form.cleaned_data
    wanted = Assessment(
        amount=said["amount"], ground=said["ground"], exemption=said["exemption"], evidence=said["evidence"]
    )
    try:
        assess_fee(dossier=found, said=wanted, actor=user, now=timezone.now(), revision=said["revision"])
    except ServicesError as refusal:
        form.add_error(None, str(refusal))
        found.refresh_from_db(fields=["revision"])
        form.data = {**form.data, "assess-revision": str(found.revision)}
        return _show(request, user, found, form=form, status=status_of(refusal))
    messages.success(request, _("The fee was assessed anew."))
    return redirect("services:desk-fee", found.pk)


@never_cache
@require_POST
@sent_once
def deny(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The exemption that was asked for is not accepted; the citizen reads why, and what is to be paid."""
    user = officer_of(request)
    found = visible_dossier(user, pk)
    if not may_assess(user, found):
        raise PermissionDenied(_("Your post does not allow this here. Nothing was saved."))
    form = DenialForm(request.POST, revision=found.revision)
    if not form.is_valid():
        return _show(request, user, found, denial=form, status=400)
    said = form.cleaned_data
    try:
        deny_exemption(dossier=found, reason=said["text"], actor=user, now=timezone.now(), revision=said["revision"])
    except ServicesError as refusal:
        return _show(request, user, found, problem=str(refusal), status=status_of(refusal))
    messages.success(request, _("The exemption was not accepted. The citizen is told why, and what is to be paid."))
    return redirect("services:desk-fee", found.pk)


@never_cache
@require_POST
@sent_once
def cash(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    user = officer_of(request)
    found = visible_dossier(user, pk)
    if not may_take(user, found):
        raise PermissionDenied(_("Your post does not allow this here. Nothing was saved."))
    form = CashForm(request.POST)
    if not form.is_valid():
        return _show(request, user, found, problem=_("Nothing was taken. Look at the amount again."), status=400)
    said = form.cleaned_data
    try:
        take_cash(dossier=found, amount=said["amount"], actor=user, now=timezone.now(), revision=said["revision"])
    except ServicesError as refusal:
        found.refresh_from_db(fields=["revision"])
        return _show(request, user, found, problem=str(refusal), status=status_of(refusal))
    messages.success(request, _("%(amount)s were taken. The receipt is being made.") % {"amount": dong(said["amount"])})
    return redirect("services:desk-fee", found.pk)


@never_cache
@require_POST
@sent_once
def transfer(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Shows the QR of the organ's account."""
    user = officer_of(request)
    found = visible_dossier(user, pk)
    if not may_take(user, found):
        raise PermissionDenied(_("Your post does not allow this here. Nothing was saved."))
    form = PayForm(request.POST)
    if not form.is_valid():
        return _show(request, user, found, problem=_("Nothing was taken. Look at the amount again."), status=400)
    amount = form.cleaned_data["amount"]
    try:
        payment = begin_payment(dossier=found, way=Way.TRANSFER, amount=amount, actor=user, now=timezone.now())
    except ServicesError as refusal:
        return _show(request, user, found, problem=str(refusal), status=status_of(refusal))
    return redirect("services:desk-payment", found.pk, payment.pk)


@never_cache
@require_safe
def payment(request: HttpRequest, pk: uuid.UUID, payment_id: uuid.UUID) -> HttpResponse:
    """The QR, large, and whether it was paid; looking again is opening the page again."""
    dossier, found = _payment(officer_of(request), pk, payment_id)
    context = {**payment_context(dossier, found), "is_online": False, "back": "services:desk-fee", "at_desk": True}
    return render(request, "services/money/payment.html", context)


@never_cache
@require_safe
def payment_square(request: HttpRequest, pk: uuid.UUID, payment_id: uuid.UUID) -> HttpResponse:
    _dossier, found = _payment(officer_of(request), pk, payment_id)
    return square(found)


def _payment(user: User, pk: uuid.UUID, payment_id: uuid.UUID) -> tuple[Dossier, Payment]:
    dossier = visible_dossier(user, pk)
    rows = Payment.objects.select_related("receipt__form", "fee").filter(dossier=dossier, pk=payment_id)
    found = rows.first()
    if found is None:
        raise Http404
    return dossier, found


def _form(dossier: Dossier, user: User, data: Any) -> AssessForm:
    context = words.whole(dossier, user, timezone.now())
    fee_now = context["balance"].fee
    claimed = (fee_now.claimed, fee_now.claim_evidence) if fee_now else ("", "")
    return AssessForm(data, offered=context["offered"], revision=dossier.revision, claimed=claimed)


def _show(
    request: HttpRequest,
    user: User,
    found: Dossier,
    *,
    form: AssessForm | None = None,
    denial: DenialForm | None = None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    now = timezone.now()
    viewed(
        found,
        actor=user,
        unit=found.responsible_unit_id,
        purpose=str(_("handling the dossier")),
        at=now,
        concerns=people(found),
    )
    context = {**words.whole(found, user, now), "form": form or _form(found, user, None), "problem": problem}
    context["denial"] = denial or DenialForm(None, revision=found.revision)
    return render(request, "services/money/desk.html", context, status=status)
