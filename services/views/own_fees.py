"""What a citizen pays for a dossier: how the amount comes about, paying it, receipts, refunds, an exemption."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.models import User
from portal.accounts.once import sent_once
from services.errors import ServicesError
from services.forms.money import ClaimForm, PayForm
from services.models import Dossier, Payment
from services.money_states import PaymentState, Way
from services.operations.asking_bank import ask_bank
from services.operations.fees import claim_exemption
from services.operations.paying import begin_payment
from services.views import money_words as words
from services.views.desk_access import status_of
from services.views.own_access import citizen_of, own_dossier
from services.views.squares import square


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def fee(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """POST begins a payment; its own page leads on to the gateway, or shows the QR."""
    user = citizen_of(request)
    found = own_dossier(user, pk)
    if request.method != "POST":
        return _show(request, user, found)
    form = PayForm(request.POST)
    if not form.is_valid():
        return _show(request, user, found, problem=_("Choose how you pay. Nothing was taken."), status=400)
    way, amount = Way(form.cleaned_data["way"]), form.cleaned_data["amount"]
    try:
        payment = begin_payment(dossier=found, way=way, amount=amount, actor=user, now=timezone.now())
    except ServicesError as refusal:
        return _show(request, user, found, problem=str(refusal), status=status_of(refusal))
    return redirect("services:own-payment", found.pk, payment.pk)


@never_cache
@require_POST
@sent_once
def claim(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    user = citizen_of(request)
    found = own_dossier(user, pk)
    form = ClaimForm(request.POST, offered=words.whole(found, user, timezone.now())["offered"])
    if not form.is_valid():
        return _show(request, user, found, form=form, status=400)
    said = form.cleaned_data
    try:
        claim_exemption(
            dossier=found,
            exemption=said["exemption"],
            evidence=said["evidence"],
            actor=user,
            now=timezone.now(),
        )
    except ServicesError as refusal:
        return _show(request, user, found, form=form, problem=str(refusal), status=status_of(refusal))
    messages.success(request, _("Your request went to the desk, which looks at the paper and assesses the fee anew."))
    return redirect("services:own-fee", found.pk)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def payment(request: HttpRequest, pk: uuid.UUID, payment_id: uuid.UUID) -> HttpResponse:
    """Where one payment stands. POST asks the bank at once."""
    user = citizen_of(request)
    dossier, found = _own_payment(user, pk, payment_id)
    if request.method == "POST":
        ask_bank(payment=found, actor=user, now=timezone.now())
        messages.success(request, _("The bank is being asked. Look again in a few seconds."))
        return redirect("services:own-payment", dossier.pk, found.pk)
    context = {
        **payment_context(dossier, found),
        "is_online": found.way == Way.GATEWAY,
        "back": "services:own-fee",
    }
    return render(request, "services/money/payment.html", context)


def payment_context(dossier: Dossier, found: Payment) -> dict[str, Any]:
    return {
        "dossier": dossier,
        "procedure": dossier.version.name_vi,
        "payment": found,
        "one": words.payment_row(found),
        "facts": words.payment_facts(found),
        "is_open": found.state == PaymentState.OPEN,
        "transfer": words.transfer_facts(found, dossier) if found.way == Way.TRANSFER else [],
    }


@never_cache
@require_safe
def payment_square(request: HttpRequest, pk: uuid.UUID, payment_id: uuid.UUID) -> HttpResponse:
    _dossier, found = _own_payment(citizen_of(request), pk, payment_id)
    return square(found)


@never_cache
@require_safe
def back(request: HttpRequest, reference: str) -> HttpResponse:
    """From the gateway's page: it proves nothing, and only leads to where the payment stands."""
    user = citizen_of(request)
    found = Payment.objects.select_related("dossier").filter(reference=reference[:40]).first()
    if found is None:
        raise Http404
    own_dossier(user, found.dossier_id)
    return redirect("services:own-payment", found.dossier_id, found.pk)


def _own_payment(user: User, pk: uuid.UUID, payment_id: uuid.UUID) -> tuple[Dossier, Payment]:
    dossier = own_dossier(user, pk)
    rows = Payment.objects.select_related("receipt__form", "fee").filter(dossier=dossier, pk=payment_id)
    found = rows.first()
    if found is None:
        raise Http404
    return dossier, found


def _show(
    request: HttpRequest,
    user: User,
    found: Dossier,
    *,
    form: ClaimForm | None = None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    context = words.whole(found, user, timezone.now())
    context |= {"form": form or ClaimForm(None, offered=context["offered"]), "problem": problem}
    return render(request, "services/money/own.html", context, status=status)
