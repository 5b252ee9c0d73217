"""What a unit has collected: the month with its totals, what waits for somebody, refunds, the account."""

import uuid
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.models import User
from portal.accounts.once import sent_once
from portal.api import sheets
from portal.api.tables import MOST_ROWS, read
from services.errors import ServicesError
from services.forms.money import AccountForm, MonthFilter, WhyForm
from services.models import Payment, Refund
from services.models.payments import PaymentQuerySet
from services.money_policies import refund_abilities
from services.money_states import PaymentState
from services.operations.accounts import enter_account
from services.operations.paying import settle_payment
from services.operations.refunds import approve_refund, deny_refund, finish_refund
from services.policies import Capability, may_at
from services.queries import money as queries
from services.queries.dossiers import units_with
from services.queries.money import Asked
from services.views import money_words as words
from services.views.desk_access import officer_of, status_of
from services.wording_money import OUTCOMES, WAYS, dong
from staff.policies import today
from units.queries.nearest import nearest_versions

SIZE, MOST_SHOWN = 25, 50
SHEET_FIELDS = (
    "paid_at", "dossier__code", "dossier__reference", "dossier__version__procedure__code", "way", "received", "state",
    "receipt__symbol", "receipt__number", "bank_key", "settled_at",
)  # fmt: skip


def _units(user: User) -> list[int]:
    units = units_with(user, Capability.OVERSEE_PAYMENTS, today())
    if not units:
        raise PermissionDenied(_("What was collected is shown to those who oversee it."))
    return units


def _asked(request: HttpRequest, units: list[int]) -> tuple[MonthFilter, Asked, date]:
    """The month that is asked for, or the one that runs."""
    form = MonthFilter(request.GET)
    valid = form.is_valid()
    first = (form.cleaned_data.get("thang") if valid else None) or localdate().replace(day=1)
    after = (first + timedelta(days=32)).replace(day=1)
    way = form.cleaned_data["cach"] if valid else ""
    return form, Asked(tuple(units), _moment(first), _moment(after), way), first


def _moment(on: date) -> datetime:
    return datetime.combine(on, time.min, tzinfo=timezone.get_current_timezone())


@never_cache
@require_safe
def collected(request: HttpRequest, refusal: str = "") -> HttpResponse:
    """`refusal`: why there is no file of it."""
    units = _units(officer_of(request))
    form, asked, first = _asked(request, units)
    if refusal:
        form.add_error("cach", refusal)
    rows = queries.collected(asked)
    page = Paginator(rows.select_related("receipt__form", "fee", "dossier").order_by("-paid_at", "-id"), SIZE).get_page(
        request.GET.get("page", "1")[:6]
    )
    whole, back = queries.totals(rows), queries.paid_back(asked)
    context = {
        "form": form,
        "month": f"{first:%Y-%m}",
        "page_obj": page,
        "rows": [{**words.payment_row(one), "dossier": one.dossier} for one in page.object_list],
        "totals": [
            {"key": _("Money received"), "value": dong(whole.amount), "source": _payments(whole.number)},
            {"key": _("Given back"), "value": dong(back.amount), "source": _refunds(back.number)},
            {"key": _("Remains"), "value": dong(whole.amount - back.amount)},
        ],
        "ways": [(WAYS[str(way)], one.number, dong(one.amount)) for (way,), one in queries.totals_by(rows, "way")],
        "organs": _organs(rows, first),
        "query": request.GET.urlencode(),
        "waiting": queries.waiting_refunds(units).count() + queries.late_payments(units, timezone.now()).count(),
        "accounts": [unit for unit in units if may_at(officer_of(request), Capability.KEEP_ACCOUNT, unit)][:1],
    }
    return render(request, "services/money/finance.html", context, status=400 if form.errors else 200)


def listed(request: HttpRequest) -> PaymentQuerySet:
    """All payments of the page, for a file."""
    _form, asked, _first = _asked(request, _units(officer_of(request)))
    return queries.collected(asked).order_by("paid_at", "id")


def _payments(number: int) -> str:
    return _("%(count)d payments") % {"count": number}


def _refunds(number: int) -> str:
    return _("%(count)d refunds") % {"count": number}


def _organs(rows: Any, on: date) -> list[tuple[str, int, str]]:
    """What each organ gets of what the desk collected for it. NĐ 118/2025 Đ.12.9"""
    found = queries.totals_by(rows, "dossier__competent_unit")
    units = nearest_versions({int(str(unit)) for (unit,), _one in found}, on)
    return [
        (units[int(str(unit))].full_name if int(str(unit)) in units else "–", one.number, dong(one.amount))
        for (unit,), one in found
    ]


@never_cache
@require_safe
def sheet(request: HttpRequest) -> HttpResponseBase:
    """The month as a sheet, a line for each payment, with the same filter as the page."""
    units = _units(officer_of(request))
    form, asked, first = _asked(request, units)
    if form.errors:
        raise Http404
    if (number := queries.collected(asked).count()) > MOST_ROWS:
        told = _(
            "%(number)d payments match, a file holds %(most)d. Nothing left the portal. Choose how they were paid."
        )
        return collected(request, told % {"number": number, "most": MOST_ROWS})
    head = [
        _("Paid at"), _("Dossier"), _("Procedure"), _("How it was paid"), _("Received, VND"), _("State"),
        _("Receipt"), _("Name at the bank"), _("Settled at"),
    ]  # fmt: skip  # as a paragraph
    return sheets.answer(f"thu-phi-{first:%Y-%m}.csv", head, _sheet_rows(asked))


def _sheet_rows(asked: Asked) -> Iterator[list[object]]:
    for one in read(queries.collected(asked).order_by("paid_at", "id"), *SHEET_FIELDS):
        symbol, number = one["receipt__symbol"], one["receipt__number"]
        yield [
            _local(one["paid_at"]),
            one["dossier__code"] or one["dossier__reference"],
            one["dossier__version__procedure__code"],
            one["way"],
            one["received"],
            one["state"],
            f"{symbol} {number:07}" if number is not None else "",
            one["bank_key"],
            _local(one["settled_at"]),
        ]


def _local(at: datetime | None) -> str:
    return localtime(at).isoformat(timespec="seconds") if at else ""


@never_cache
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """Refunds to decide, money that is late, and what was heard and fits nothing of ours."""
    user = officer_of(request)
    units, now = _units(user), timezone.now()
    late = queries.late_payments(units, now)[:MOST_SHOWN]
    context = {
        "refunds": [
            {**words.refund_row(one), "dossier": one.dossier} for one in queries.waiting_refunds(units)[:MOST_SHOWN]
        ],
        "late": [{**words.payment_row(one), "due_at": one.settle_due_at, "dossier": one.dossier} for one in late],
        "strange": [
            {
                "at": one.received_at,
                "amount": dong(one.amount or 0),
                "reference": one.reference,
                "told": OUTCOMES[one.outcome],
            }
            for one in queries.strange_messages(units)[:MOST_SHOWN]
        ],
    }
    return render(request, "services/money/waiting.html", context)


def _refund(request: HttpRequest, pk: uuid.UUID) -> tuple[User, Refund]:
    user = officer_of(request)
    found = queries.refund_at(pk)
    if found is None or found.unit_id not in units_with(user, Capability.OVERSEE_PAYMENTS, today()):
        raise Http404
    return user, found


@never_cache
@require_safe
def refund(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    user, found = _refund(request, pk)
    return _show(request, user, found)


@never_cache
@require_POST
@sent_once
def approval(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    user, found = _refund(request, pk)
    try:
        approve_refund(refund=found, actor=user, now=timezone.now())
    except ServicesError as refusal:
        return _show(request, user, found, problem=str(refusal), status=_status(refusal))
    messages.success(request, _("The refund was approved."))
    return redirect("services:finance-refund", found.pk)


@never_cache
@require_POST
@sent_once
def denial(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    user, found = _refund(request, pk)
    form = WhyForm(request.POST, label=_("Why it is denied"), prefix="deny")
    if not form.is_valid():
        return _show(request, user, found, deny=form, status=400)
    try:
        deny_refund(refund=found, reason=form.cleaned_data["text"], actor=user, now=timezone.now())
    except ServicesError as refusal:
        return _show(request, user, found, problem=str(refusal), deny=form, status=_status(refusal))
    messages.success(request, _("The refund was denied. The citizen reads the reason."))
    return redirect("services:finance-refund", found.pk)


@never_cache
@require_POST
@sent_once
def completion(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Handed out in cash, or sent from the organ's account."""
    user, found = _refund(request, pk)
    form = WhyForm(request.POST, label=_("Paper that proves it"), prefix="done")
    if not form.is_valid():
        return _show(request, user, found, done=form, status=400)
    try:
        finish_refund(refund=found, proof=form.cleaned_data["text"], actor=user, now=timezone.now())
    except ServicesError as refusal:
        return _show(request, user, found, problem=str(refusal), done=form, status=_status(refusal))
    messages.success(request, _("It is noted that the money was given back."))
    return redirect("services:finance-refund", found.pk)


def _status(refusal: ServicesError) -> int:
    return 403 if refusal.code in {"not_allowed", "four_eyes"} else status_of(refusal)


def _show(
    request: HttpRequest, user: User, found: Refund, *, problem: str = "", status: int = 200, **forms: WhyForm
) -> HttpResponse:
    context = {
        "refund": found,
        "one": words.refund_row(found),
        "dossier": found.dossier,
        "paid": words.payment_row(found.payment),
        "may": refund_abilities(user, found),
        "problem": problem,
        "deny": WhyForm(None, label=_("Why it is denied"), prefix="deny"),
        "done": WhyForm(None, label=_("Paper that proves it"), prefix="done"),
        **forms,
    }
    context["form"] = next(iter(forms.values()), context["deny"])
    return render(request, "services/money/refund.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def settling(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """An officer has seen the money on the statement of the organ's bank."""
    user = officer_of(request)
    units = _units(user)
    rows = Payment.objects.collected_by(units).select_related("dossier", "fee", "receipt__form")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    form = WhyForm(request.POST or None, label=_("Which statement or slip of the bank says so"), prefix="settle")
    status, problem = 200, ""
    if request.method == "POST" and form.is_valid():
        try:
            settle_payment(payment=found, proof=form.cleaned_data["text"], actor=user, now=timezone.now())
        except ServicesError as refusal:
            problem, status = str(refusal), _status(refusal)
        else:
            messages.success(request, _("It is noted that the money is on the organ's account."))
            return redirect("services:finance")
    context = {
        "form": form,
        "one": words.payment_row(found),
        "dossier": found.dossier,
        "problem": problem,
        "is_ripe": found.state == PaymentState.PAID,
    }
    return render(request, "services/money/settling.html", context, status=max(status, 400 if form.errors else 200))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def account(request: HttpRequest, unit_id: int) -> HttpResponse:
    user = officer_of(request)
    if not may_at(user, Capability.KEEP_ACCOUNT, unit_id):
        raise PermissionDenied(_("Your post does not allow this here. Nothing was saved."))
    form = AccountForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            enter_account(
                unit_id=unit_id,
                data=form.account_data(),
                first_day=form.cleaned_data["first_day"],
                actor=user,
                now=timezone.now(),
            )
        except ServicesError as refusal:
            form.add_error("first_day", str(refusal))
            status = status_of(refusal)
        else:
            messages.success(request, _("The account was entered."))
            return redirect("services:finance")
    context = {"form": form, "now": queries.account_on(unit_id, localdate())}
    return render(request, "services/money/account.html", context, status=max(status, 400 if form.errors else 200))
