"""The payment platform's side: takes orders, shows the page on which they are paid, calls back, is asked.

It does on request what real ones do at their worst: pays twice, another amount, with a wrong signature, late, in
silence.
"""

import hmac
import json
import threading
import time
from collections.abc import Callable
from functools import wraps
from typing import Any

import requests
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from integrations.payments import mapping
from integrations.payments.ledger import LEDGER, WORDS, Deed, Money, Order
from integrations.sandbox.middleware import content_policy

NOTICE_PATH, BACK_PATH = "/thanh-toan/thong-bao/", "/thanh-toan/"
REFUSED, TAKEN, UNKNOWN = 2, 3, 4  # error_code; ours
TRIES, PAUSE, LATE = 5, 1.0, 30.0  # seconds
SHOWN = 30
SERVER_ERROR = 500
Body = dict[str, Any]
SENT: list[Body] = []  # notices, for the page and for tests


def answers(fields: tuple[str, ...]) -> Callable[[Callable[[Body], Body]], Callable[[HttpRequest], HttpResponse]]:
    """An address that the portal calls: the signature checked, JSON in, JSON out."""

    def wrap(answer: Callable[[Body], Body]) -> Callable[[HttpRequest], HttpResponse]:
        @csrf_exempt
        @require_POST
        @wraps(answer)
        def view(request: HttpRequest) -> HttpResponse:
            try:
                message = json.loads(request.body)
                given = str(message["MaXacThuc"])
                expected = mapping.seal(message, fields, settings.PAYMENT_SECRET)
            except (ValueError, KeyError, TypeError):
                return JsonResponse({"error_code": REFUSED})
            known = settings.PAYMENT_SECRET and message.get("MaDoiTac") == settings.PAYMENT_PARTNER
            if not known or not hmac.compare_digest(given, expected):
                return JsonResponse({"error_code": 1})
            return JsonResponse({"error_code": 0, **answer(message)})

        return view

    return wrap


@answers(mapping.INIT)
def begin(message: Body) -> Body:
    receipt, amount = message.get("ThongTinBienLai") or {}, str(message.get("SoTien", ""))
    if not amount.isdecimal() or not int(amount) or message.get("MaTienTe") != mapping.DONG:
        return {"error_code": REFUSED}
    order = Order(
        reference=str(message["MaThamChieu"]),
        amount=int(amount),
        account=str(receipt.get("TKThuHuong", "")),
        purpose=str(message.get("ThongTinGiaoDich", "")),
        what=str(receipt.get("TenTTHC", "")),
        organ=str(receipt.get("TenDonVi", "")),
        begun_at=timezone.now(),
    )
    if LEDGER.open(order) is None:
        return {"error_code": TAKEN}
    return {}


@csrf_exempt
def init(request: HttpRequest) -> HttpResponse:
    """`begin`, which needs the address under which this process was called."""
    response = begin(request)
    told = json.loads(response.content)
    if told["error_code"] == 0:
        reference = json.loads(request.body)["MaThamChieu"]
        told["UrlThanhToan"] = request.build_absolute_uri(f"/thanh-toan/trang/{reference}")
    return JsonResponse(told)


@answers(mapping.WORD)
def check(message: Body) -> Body:
    order = LEDGER.order(str(message.get("MaThamChieu", "")))
    if order is None:
        return {"error_code": UNKNOWN}
    if order.paid:
        return {"KetQua": told(order.paid[0])}
    state = "01" if order.cancelled else "02"
    return {"KetQua": mapping.sealed(_word(order.reference, 0, state), mapping.WORD)}


@answers(mapping.WORD)
def refund(message: Body) -> Body:
    key, reference, amount = (str(message.get(name, "")) for name in ("MaGiaoDich", "MaThamChieu", "SoTien"))
    if not amount.isdecimal() or not LEDGER.give_back(key=key, reference=reference, amount=int(amount)):
        return {"error_code": REFUSED}
    done = _word(reference, int(amount), "00") | {"MaGiaoDich": f"HT{key[-12:]}"}
    return {"KetQua": mapping.sealed(done, mapping.WORD)}


@answers(mapping.WORD)
def statement(message: Body) -> Body:
    text = str(message.get("ThoiGianGD", ""))[:8]
    on = parse_date(f"{text[:4]}-{text[4:6]}-{text[6:]}")
    return {"DanhSach": [told(money) for money in LEDGER.of_day(on)] if on else []}


def told(money: Money) -> Body:
    """A movement as a notice or a line of a statement says it."""
    state = "03" if money.is_settled else "00"
    more = {
        "MaGiaoDich": money.key,
        "NoiDung": money.content,
        "TKThuHuong": money.account,
        "ThoiGianGD": timezone.localtime(money.at).strftime(mapping.MOMENT),
    }
    return mapping.sealed(_word(money.reference, money.amount, state) | more, mapping.WORD)


def _word(reference: str, amount: int, state: str) -> Body:
    return {
        "LoaiBanTin": "NOTICE",
        "PhienBan": mapping.VERSION,
        "MaDoiTac": settings.PAYMENT_PARTNER,
        "MaThamChieu": reference,
        "SoTien": str(amount),
        "MaGiaoDich": "",
        "TrangThai": state,
        "NoiDung": "",
        "TKThuHuong": "",
        "ThoiGianGD": "",
    }


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, reference: str) -> HttpResponse:
    """Where the citizen is led to. Each button does one thing that can happen."""
    order = LEDGER.order(reference)
    if order is None:
        raise Http404
    if request.method == "POST":
        chosen = request.POST.get("deed", "")
        if chosen in set(Deed):
            _do(order, Deed(chosen))
        return HttpResponseRedirect(f"{settings.PUBLIC_ORIGIN}{BACK_PATH}{order.reference}/")
    response = render(request, "sandbox/payment.html", {"order": order, "deeds": WORDS.items()})
    response["Content-Security-Policy"] = content_policy(settings.PUBLIC_ORIGIN)
    return response


def _do(order: Order, deed: Deed) -> None:
    if deed is Deed.WAIT:
        return
    if deed is Deed.CANCEL:
        order.cancelled = True
        _send(mapping.sealed(_word(order.reference, 0, "01"), mapping.WORD))
        return
    amount = order.amount + 1000 if deed is Deed.WRONG_AMOUNT else order.amount
    notice = told(LEDGER.pay(order, amount))
    if deed is Deed.SILENT:
        return
    if deed is Deed.BAD_HASH:
        notice["MaXacThuc"] = "0" * 64
    _send(notice, after=LATE if deed is Deed.LATE else 0)
    if deed is Deed.NOTICE_TWICE:
        _send(notice)
    if deed is Deed.TWICE:
        _send(told(LEDGER.pay(order, amount)))


@require_http_methods(["GET", "POST"])
def bank(request: HttpRequest) -> HttpResponse:
    """A banking app that has scanned a VietQR: its fields are typed here."""
    form = {name: request.POST.get(name, "").strip()[:100] for name in ("content", "account", "amount")}
    done = request.method == "POST" and form["amount"].isdecimal() and bool(int(form["amount"]))
    if done:
        amount = int(form["amount"])
        _send(told(LEDGER.transfer(content=form["content"], account=form["account"], amount=amount)))
    return render(request, "sandbox/bank.html", {"done": done, **form})


@require_GET
def book(request: HttpRequest) -> HttpResponse:
    """What was ordered, paid and given back here."""
    context = {
        "orders": LEDGER.orders()[:SHOWN],
        "sent": SENT[-SHOWN:][::-1],
        "back": LEDGER.gone_back()[:SHOWN],
    }
    return render(request, "sandbox/payments.html", context)


@csrf_exempt
@require_POST
def sent(request: HttpRequest) -> HttpResponse:
    """For tests: every notice, by whoever knows the portal's secret."""
    if not hmac.compare_digest(request.headers.get("Authorization", ""), f"Bearer {settings.PAYMENT_SECRET}"):
        return HttpResponse(status=401)
    return JsonResponse({"sent": SENT})


def _send(notice: Body, *, after: float = 0) -> None:
    """From a thread of its own, a few times, until the portal has it."""
    SENT.append(notice)
    del SENT[:-1000]
    threading.Thread(target=_deliver, args=(notice, after), daemon=True).start()


def _deliver(notice: Body, after: float) -> None:
    time.sleep(after)
    for _ in range(TRIES):
        try:
            answer = requests.post(f"{settings.PUBLIC_ORIGIN}{NOTICE_PATH}", json=notice, timeout=5)
        except requests.RequestException:
            time.sleep(PAUSE)
            continue
        if answer.status_code < SERVER_ERROR:
            return
        time.sleep(PAUSE)


urlpatterns = [
    path("khoi-tao", init, name="payment-init"),
    path("tra-cuu", check, name="payment-check"),
    path("hoan-tra", refund, name="payment-refund"),
    path("doi-soat", statement, name="payment-statement"),
    path("trang/<slug:reference>", page, name="payment-page"),
    path("ngan-hang", bank, name="payment-bank"),
    path("so", book, name="payment-book"),
    path("da-gui", sent, name="payment-sent"),
]
