"""The payment platform over real HTTP: orders, its page, notices good and bad, refunds, the statement of a day."""

import json
import time
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
import requests
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from integrations.payments import mapping
from integrations.payments.gateway import Platform
from portal.isolation import Purpose, scope
from services.gateways import BackOrder, GatewayAwayError, GatewayError, Order, Said
from services.models import PaymentMessage
from services.money_states import Outcome
from tests.integrations.sandboxed import SECRET, TOKEN, Sandbox

NOTICE = "/thanh-toan/thong-bao/"


@pytest.fixture(autouse=True)
def partner(settings: Any) -> None:
    settings.PAYMENT_PARTNER, settings.PAYMENT_SECRET = "portal", SECRET


@pytest.fixture
def platform(sandbox: Sandbox, settings: Any) -> Platform:
    settings.PAYMENT_ADDRESS = sandbox.origin
    settings.PAYMENT_TIMEOUT = (1.0, 4.0)
    return Platform()


@pytest.fixture
def reference() -> Iterator[str]:
    return iter([f"TT{time.monotonic_ns()}"])


def order(reference: str, amount: int = 16_000, **more: Any) -> Order:
    values: dict[str, Any] = {
        "reference": reference,
        "amount": amount,
        "at": datetime.fromisoformat("2026-11-16T15:02:03+07:00"),
        "ip": "127.0.0.1",
        "language": "vi",
        "purpose": "H01.00001-261116-0001",
        "procedure_code": "2.000635",
        "procedure_name": "Cấp bản sao trích lục hộ tịch",
        "unit_code": "H01.00001",
        "unit_name": "xã An",
        "dossier": "H01.00001-261116-0001",
        "bank": "970415",
        "account": "113366668888",
        "account_name": "UBND XA AN",
        "payer_name": "Vàng Thị Dở",
        "payer_number": "000100000021",
        "payer_address": "",
        "items": [("Lệ phí hộ tịch", amount)],
    }
    return Order(**(values | more))


def press(page: str, deed: str) -> str:
    """What a citizen does on the platform's page; where the browser is led to."""
    browser = requests.Session()
    shown = browser.get(page, timeout=10)
    assert shown.status_code == 200
    form = {"csrfmiddlewaretoken": TOKEN.findall(shown.text)[0], "deed": deed}
    answer = browser.post(page, data=form, headers={"Referer": page}, allow_redirects=False, timeout=10)
    assert answer.status_code == 302
    return answer.headers["Location"]


def notices(sandbox: Sandbox, reference: str) -> list[dict[str, Any]]:
    answer = requests.post(
        f"{sandbox.origin}/thanh-toan/da-gui", headers={"Authorization": f"Bearer {SECRET}"}, timeout=10
    )
    return [one for one in answer.json()["sent"] if one["MaThamChieu"] == reference]


def test_the_message_has_the_fields_of_the_contract_and_is_sealed() -> None:
    made = mapping.init(order("TT1"))
    assert list(made) == [*mapping.INIT, "MaXacThuc", "ThongTinBienLai"]
    assert made["ThoiGianGD"] == "20261116150203"  # 24 hours
    told = "|".join(str(made[name]) for name in mapping.INIT)
    assert told.startswith("INIT|1.0.6|portal|TT1|16000|PAY|")
    assert made["MaXacThuc"] == mapping.seal(made, mapping.INIT, SECRET)
    assert all(isinstance(value, str) for name, value in made.items() if name != "ThongTinBienLai")


def test_an_order_leads_to_its_page_and_is_found_paid(platform: Platform, reference: Iterator[str]) -> None:
    one = next(reference)
    page = platform.begin(order(one))
    waiting = platform.check(one)
    assert waiting is not None
    assert waiting.said is Said.PENDING
    assert press(page, "silent").endswith(f"/thanh-toan/{one}/")
    paid = platform.check(one)
    assert paid is not None
    assert (paid.said, paid.amount, bool(paid.bank_key)) == (Said.PAID, 16_000, True)
    assert paid.bank_key in [word.bank_key for word in platform.statement(timezone.localdate())]


def test_the_same_order_twice_is_one_and_another_amount_is_refused(
    platform: Platform, reference: Iterator[str]
) -> None:
    one = next(reference)
    assert platform.begin(order(one)) == platform.begin(order(one))
    with pytest.raises(GatewayError):
        platform.begin(order(one, amount=1))


def test_what_the_platform_does_not_know(platform: Platform) -> None:
    assert platform.check("TTKHONGCO") is None
    with pytest.raises(GatewayError):
        platform.pay_back(BackOrder("HT1", "TTKHONGCO", 1000))


def test_money_goes_back_once(platform: Platform, reference: Iterator[str]) -> None:
    one = next(reference)
    press(platform.begin(order(one)), "silent")
    back = BackOrder(f"HT{one}", one, 16_000)
    assert [platform.pay_back(back).said for _ in range(2)] == [Said.PAID, Said.PAID]
    with pytest.raises(GatewayError):
        platform.pay_back(BackOrder(f"HX{one}", one, 1))


def test_a_platform_that_is_away_is_tried_again_later(platform: Platform, settings: Any) -> None:
    settings.PAYMENT_ADDRESS = "http://127.0.0.1:9"
    with pytest.raises(GatewayAwayError):
        platform.begin(order("TT2"))


def test_a_wrong_secret_is_refused(platform: Platform, settings: Any) -> None:
    settings.PAYMENT_SECRET = "another"
    with pytest.raises(GatewayError):
        platform.begin(order("TT3"))


def kept() -> list[str]:
    with scope(purpose=Purpose.PAYMENTS):
        return list(PaymentMessage.objects.order_by("received_at", "id").values_list("outcome", flat=True))


def tell(client: Client, body: Any, status: int) -> None:
    sent = body if isinstance(body, str) else json.dumps(body)
    assert client.post(NOTICE, sent, content_type="application/json").status_code == status


def word(**more: str) -> dict[str, str]:
    blank = dict.fromkeys(mapping.WORD, "")
    common = {"LoaiBanTin": "NOTICE", "PhienBan": "1.0.6", "MaDoiTac": "portal", "TrangThai": "00", "SoTien": "16000"}
    return mapping.sealed(blank | common | {"MaThamChieu": "TT5", "MaGiaoDich": "GD5"} | more, mapping.WORD)


@pytest.mark.django_db
def test_a_good_notice_is_kept_before_it_is_judged(client: Client) -> None:
    tell(client, word(), 200)
    assert kept() == [Outcome.KEPT]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("body", "status", "outcome"),
    [
        ("", 400, Outcome.UNREADABLE),
        ("[]", 400, Outcome.UNREADABLE),
        ("{", 400, Outcome.UNREADABLE),
        ("[" * 8000, 400, Outcome.UNREADABLE),
        ({"MaThamChieu": "TT5"}, 403, Outcome.BAD_SIGNATURE),
        ({"MaXacThuc": "0" * 64}, 403, Outcome.BAD_SIGNATURE),
    ],
)
def test_what_is_no_notice_is_kept_as_what_it_is(client: Client, body: Any, status: int, outcome: str) -> None:
    tell(client, body, status)
    assert kept() == [outcome]


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["SoTien", "MaThamChieu", "MaGiaoDich", "TrangThai"])
def test_one_changed_letter_breaks_the_signature(client: Client, field: str) -> None:
    tell(client, word() | {field: "9"}, 403)
    assert kept() == [Outcome.BAD_SIGNATURE]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "more",
    [
        {"SoTien": "-1"}, {"SoTien": "1.5"}, {"SoTien": "9" * 13}, {"TrangThai": "99"}, {"MaGiaoDich": ""},
        {"ThoiGianGD": "20261332000000"}, {"SoTien": "0"}, {"MaThamChieu": "T" * 41},
    ],
)  # fmt: skip  # a table
def test_a_signed_message_that_makes_no_sense_is_kept(client: Client, more: dict[str, str]) -> None:
    tell(client, word(**more), 400)
    assert kept() == [Outcome.UNREADABLE]


@pytest.mark.django_db
def test_a_notice_of_another_partner_is_not_ours(client: Client) -> None:
    tell(client, word(MaDoiTac="other"), 403)
    assert kept() == [Outcome.BAD_SIGNATURE]


@pytest.mark.django_db
def test_too_much_is_not_kept_and_nothing_is_read(client: Client) -> None:
    tell(client, "x" * 20_000, 413)
    assert client.get(NOTICE).status_code == 405
    assert kept() == []


@pytest.mark.django_db
def test_without_a_secret_nothing_is_believed(client: Client, settings: Any) -> None:
    good = word()
    settings.PAYMENT_SECRET = ""
    tell(client, good, 403)
    assert kept() == [Outcome.BAD_SIGNATURE]


@pytest.mark.django_db
def test_what_is_asked_too_often_waits(client: Client, settings: Any) -> None:
    cache.clear()
    settings.PAYMENT_NOTICE_RATE = "1/min"
    tell(client, word(), 200)
    tell(client, word(), 429)
    assert kept() == [Outcome.KEPT]


@pytest.mark.django_db
@pytest.mark.parametrize("deed", ["pay", "twice", "bad_hash"])
def test_what_the_page_does_comes_back_as_notices(
    platform: Platform, sandbox: Sandbox, client: Client, reference: Iterator[str], deed: str
) -> None:
    one = next(reference)
    press(platform.begin(order(one)), deed)
    sent = notices(sandbox, one)
    assert len(sent) == (2 if deed == "twice" else 1)
    for notice in sent:
        tell(client, notice, 403 if deed == "bad_hash" else 200)


@pytest.mark.django_db
def test_the_book_of_the_sandbox_shows_what_happened(platform: Platform, sandbox: Sandbox) -> None:
    shown = requests.get(f"{sandbox.origin}/thanh-toan/so", timeout=10)
    assert shown.status_code == 200
    assert "<script" not in shown.text


def test_a_statement_of_a_day_without_money_is_empty(platform: Platform) -> None:
    assert platform.statement(date(2020, 1, 1)) == []
