"""Nothing about a person goes to an address before that person has brought a code back from there."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.events import Event
from portal.isolation import Purpose, scope
from portal.notifications import errors
from portal.notifications.models import AddressCode, Notification
from portal.notifications.operations import sending
from portal.notifications.operations.confirming import Answer, ask_code, confirm_address
from portal.notifications.rules import rules_on
from tests.cast import sign_in
from tests.notifications.carriers import Email, Sms, VNeID
from tests.notifications.news import NIGHT, NOON, person, prefer, tell, work
from tests.services.api.talking import Rest, pointers, read
from tests.services.own import words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("checked")]
MINUTE = timedelta(minutes=1)
PAGE = "/tai-khoan/thong-bao/"
TOKEN = re.compile(r'name="form_token" value="([^"]+)"')
RULES = rules_on(NOON.date())


def ask(user: User, now: Any = NOON, channel: str = "sms") -> AddressCode:
    with scope(citizen=user.pk):
        return ask_code(user=user, channel=channel, actor=user, now=now)


def bring(user: User, code: str, now: Any = NOON, channel: str = "sms") -> Answer:
    with scope(citizen=user.pk):
        return confirm_address(user=user, channel=channel, code=code, actor=user, now=now)


def wrong(row: AddressCode) -> str:
    return "000001" if row.code != "000001" else "000002"


def rows_of(user: User) -> list[Notification]:
    with scope(purpose=Purpose.NOTIFICATION):
        return list(Notification.objects.filter(user=user))


@pytest.fixture
def user() -> User:
    found = person()
    prefer(found, confirmed=False)
    return found


def test_what_is_not_confirmed_gets_nothing_and_vneid_needs_no_code(user: User) -> None:
    assert [one.channel for one in tell(user)] == ["vneid"]


def test_the_contact_of_a_dossier_is_no_way_around_it(user: User) -> None:
    contact = {"phone": "0911111111", "email": "ai-do@example.vn"}
    assert [one.channel for one in tell(user, contact=contact)] == ["vneid"]


def test_a_code_is_brought_back_once(user: User, monkeypatch: Any) -> None:
    row = ask(user)
    work(monkeypatch, NOON)
    [message] = Sms.taken
    assert (message.to, row.code in message.text) == ("0987654321", True)
    [told] = rows_of(user)
    assert (told.parts, told.unit_id) == (1, None)
    code = row.code
    assert bring(user, code) is Answer.CONFIRMED
    assert bring(user, code) is Answer.NOTHING
    assert [one.channel for one in tell(user)] == ["sms"]
    with scope(citizen=user.pk):
        assert AddressCode.objects.get().code_sealed is None


def test_it_is_confirmed_for_this_person_and_this_address_only(user: User) -> None:
    bring(user, ask(user).code)
    other = person("khac", "000100000022")
    prefer(other, confirmed=False)
    assert [one.channel for one in tell(other)] == ["vneid"]
    prefer(user, confirmed=False, phone="0911111111")
    assert [one.channel for one in tell(user)] == ["vneid"]


def test_a_code_that_was_sent_to_an_earlier_address_confirms_no_other(user: User) -> None:
    code = ask(user).code
    prefer(user, confirmed=False, phone="0911111111")
    assert bring(user, code) is Answer.NOTHING


def test_wrong_too_often_it_is_good_no_more(user: User) -> None:
    row = ask(user)
    said = [bring(user, wrong(row)) for _try in range(RULES.code_tries)]
    assert said == [Answer.WRONG] * (RULES.code_tries - 1) + [Answer.LOCKED]
    assert bring(user, row.code) is Answer.NOTHING
    assert [one.channel for one in tell(user)] == ["vneid"]


def test_after_its_time_it_is_good_no_more(user: User) -> None:
    row = ask(user)
    assert bring(user, row.code, NOON + RULES.code_lasts) is Answer.ENDED
    assert bring(user, row.code, NOON) is Answer.NOTHING


def test_a_newer_code_ends_the_earlier_one_and_its_message_that_waits(user: User, monkeypatch: Any) -> None:
    first = ask(user)
    with pytest.raises(errors.TooSoonError):
        ask(user, NOON + MINUTE - timedelta(seconds=1))
    second = ask(user, NOON + MINUTE)
    work(monkeypatch, NOON + MINUTE)
    assert [second.code in message.text for message in Sms.taken] == [True]
    assert first.code == second.code or bring(user, first.code, NOON + MINUTE) is Answer.WRONG
    assert bring(user, second.code, NOON + MINUTE) is Answer.CONFIRMED
    with pytest.raises(errors.AlreadyConfirmedError):
        ask(user, NOON + MINUTE * 9)


def test_so_many_a_day_for_a_person_and_for_an_address(user: User) -> None:
    for number in range(RULES.code_most_a_day):
        ask(user, NOON + MINUTE * number)
    later = NOON + MINUTE * 20
    with pytest.raises(errors.TooManyCodesError):
        ask(user, later)
    other = person("khac", "000100000022")
    prefer(other, confirmed=False)
    with pytest.raises(errors.TooManyCodesError):
        ask(other, later)
    assert ask(user, NOON + timedelta(days=1, minutes=10)).state == "waiting"


def test_nobody_asks_for_another_and_nothing_to_confirm_is_said(user: User) -> None:
    other = person("khac", "000100000022")
    with pytest.raises(errors.NotAllowedError), scope(citizen=other.pk):
        ask_code(user=user, channel="sms", actor=other, now=NOON)
    with pytest.raises(errors.NothingToConfirmError):
        ask(user, channel="email")
    with pytest.raises(errors.NothingToConfirmError):
        ask(user, channel="vneid")


def test_without_a_carrier_no_code_is_promised(user: User, settings: Any) -> None:
    settings.NOTIFICATION_BACKENDS = {}
    with pytest.raises(errors.NotConnectedError):
        ask(user)


def test_a_code_comes_at_night_too_because_somebody_waits_for_it(user: User, monkeypatch: Any) -> None:
    row = ask(user, NIGHT)
    assert work(monkeypatch, NIGHT) == 1
    assert row.code in Sms.taken[0].text


def test_neither_code_nor_address_stands_in_the_trail(user: User) -> None:
    row = ask(user)
    code = row.code
    bring(user, wrong(row))
    bring(user, code)
    with scope(citizen=user.pk):
        found = list(Event.objects.filter(name__contains="code") | Event.objects.filter(name__contains="address"))
    assert {event.name for event in found} >= {
        "notifications.code.asked", "notifications.code.wrong", "notifications.address.confirmed",
    }  # fmt: skip
    assert all(code not in str(event.facts) and "0987654321" not in str(event.facts) for event in found)


def test_a_letter_carries_its_code_and_no_dossier(user: User, monkeypatch: Any) -> None:
    prefer(user, confirmed=False, channels=["email"], email="do@example.vn")
    row = ask(user, channel="email")
    work(monkeypatch, NOON)
    [letter] = Email.taken
    assert (row.code in letter.text, letter.link, letter.facts, VNeID.taken) == (True, "", (), [])


def test_who_has_no_account_gets_one_bare_sentence() -> None:
    rows = tell(None, contact={"email": "ai-do@example.vn"})
    assert [(row.channel, row.content["text"], row.content["facts"]) for row in rows] == [
        ("email", "Hồ sơ DK-1 đã có kết quả.", [])
    ]


def test_codes_that_led_to_nothing_are_forgotten(user: User) -> None:
    ask(user)
    late = NOON + RULES.kept + timedelta(days=1)
    sending.forget_old(actor=user, now=late)
    with scope(purpose=Purpose.NOTIFICATION):
        assert not AddressCode.objects.exists()


# ---------------------------------------------------------------- pages


@pytest.fixture
def browser(user: User) -> Client:
    return sign_in(Client(), user)


def post(browser: Client, path: str, page: str, **said: str) -> Any:
    token = TOKEN.findall(browser.get(page).content.decode())[-1]
    return browser.post(path, said | {"form_token": token})


def test_she_confirms_her_telephone_on_the_page(browser: Client, user: User) -> None:
    assert "Chưa xác nhận" in words(browser.get(PAGE))  # type: ignore[arg-type]  # Django's client
    page = f"{PAGE}xac-nhan/sms/"
    assert "0987654321" in words(browser.get(page))  # type: ignore[arg-type]  # the same
    assert post(browser, f"{page}gui-ma/", page).url == page
    with scope(citizen=user.pk):
        row = AddressCode.objects.get()
    token = TOKEN.findall(browser.get(page).content.decode())[0]
    answer: Any = browser.post(page, {"code": wrong(row), "form_token": token})
    assert answer.status_code == 400
    assert "không phải mã" in words(answer)
    with scope(citizen=user.pk):
        assert AddressCode.objects.get().tries == 1
    token = TOKEN.findall(browser.get(page).content.decode())[0]
    code = f"{row.code[:3]} {row.code[3:]}"
    answer = browser.post(page, {"code": code, "form_token": token})
    assert answer.url == PAGE
    said = words(browser.get(PAGE))  # type: ignore[arg-type]  # the same
    assert "Đã xác nhận" in said
    assert browser.get(page).status_code == 302


def test_saving_an_address_leads_on_to_its_code(browser: Client) -> None:
    token = TOKEN.findall(browser.get(PAGE).content.decode())[0]
    said: dict[str, Any] = {
        "revision": "1", "channels": ["email", "vneid"], "email": "do@example.vn", "phone": "", "language": "vi",
        "quiet": "chung", "form_token": token,
    }  # fmt: skip
    answer: Any = browser.post(PAGE, said)
    assert answer.url == f"{PAGE}xac-nhan/email/"


def test_the_log_does_not_show_the_code(browser: Client, user: User) -> None:
    row = ask(user, timezone.now())
    page = words(browser.get(f"{PAGE}da-gui/"))  # type: ignore[arg-type]  # the same
    assert row.code not in page
    assert "Mã chỉ hiện trong chính tin nhắn đó" in page
    told = Rest(user).get("notifications")["items"]
    assert row.code not in str(told)


@pytest.mark.parametrize("channel", ["vneid", "pigeon"])
def test_no_page_for_what_needs_no_code(browser: Client, channel: str) -> None:
    assert browser.get(f"{PAGE}xac-nhan/{channel}/").status_code == 404


# ---------------------------------------------------------------- REST


def test_over_rest_the_same(user: User) -> None:
    rest = Rest(user)
    codes, confirmations = "notification-address-codes", "notification-address-confirmations"
    assert rest.get("notification-preferences")["unconfirmedChannels"] == ["sms"]
    answer = rest.send(codes, {"channel": "sms"})
    assert answer.status_code == 201
    assert "0987654321" not in answer.content.decode()
    assert rest.send(codes, {"channel": "sms"}).status_code == 429
    with scope(citizen=user.pk):
        row = AddressCode.objects.get()
    answer = rest.send(confirmations, {"channel": "sms", "code": wrong(row)})
    assert pointers(answer, 422) == {"/code": "wrong"}
    with scope(citizen=user.pk):
        assert AddressCode.objects.get().tries == 1
    answer = rest.send(confirmations, {"channel": "sms", "code": row.code})
    assert read(answer, 201) == {"channel": "sms", "isConfirmed": True}
    assert rest.get("notification-preferences")["unconfirmedChannels"] == []
