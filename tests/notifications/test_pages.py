"""The page of choices, the log of what was told, the link that ends one kind, and what failed."""

import re
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from portal.accounts.models import User
from portal.events import Event
from portal.isolation import Purpose, scope
from portal.notifications.backends import Refused
from portal.notifications.links import stop_address
from portal.notifications.models import BadAddress, NotificationPreference
from portal.notifications.operations import sending
from portal.notifications.states import Reason
from tests.cast import sign_in
from tests.notifications.carriers import Sms
from tests.notifications.news import NOON, again, confirm, person, prefer, tell, work
from tests.services.api.talking import Rest, pointers, read
from tests.services.own import words

pytestmark = pytest.mark.django_db
PAGE = "/tai-khoan/thong-bao/"
TOKEN = re.compile(r'name="form_token" value="([^"]+)"')
GOOD: dict[str, Any] = {
    "revision": "0",
    "channels": ["sms", "vneid"],
    "email": "",
    "phone": "0987 654 321",
    "language": "vi",
    "quiet": "rieng",
    "quiet_from": "22:00",
    "quiet_until": "06:00",
    "kinds": ["invitations"],
}


@pytest.fixture
def user() -> User:
    return person()


@pytest.fixture
def browser(user: User) -> Client:
    return sign_in(Client(), user)


def save(browser: Client, **more: Any) -> Any:
    token = TOKEN.findall(browser.get(PAGE).content.decode())[0]
    return browser.post(PAGE, GOOD | more | {"form_token": token})


def kept(user: User) -> NotificationPreference:
    with scope(citizen=user.pk):
        return NotificationPreference.objects.get(user=user)


def test_what_is_chosen_is_kept_and_recorded(browser: Client, user: User) -> None:
    assert save(browser).status_code == 302
    row = kept(user)
    assert (row.channels, row.phone, row.kinds) == (["sms", "vneid"], "0987654321", ["invitations"])
    assert (f"{row.quiet_from:%H:%M}", f"{row.quiet_until:%H:%M}", row.revision) == ("22:00", "06:00", 1)
    assert b"0987654321" not in bytes(row.phone_sealed or b"")
    with scope(citizen=user.pk):
        [event] = Event.objects.filter(name="notifications.preference.changed")
    assert event.facts["kinds"] == ["invitations"]
    assert "0987654321" not in str(event.facts)
    assert 'value="0987654321"' in browser.get(PAGE).content.decode()


def test_sent_twice_it_counts_once(browser: Client, user: User) -> None:
    token = TOKEN.findall(browser.get(PAGE).content.decode())[0]
    for _time in range(2):
        assert browser.post(PAGE, GOOD | {"form_token": token}).status_code == 302
    assert kept(user).revision == 1


def test_another_window_was_quicker(browser: Client, user: User) -> None:
    save(browser)
    answer = save(browser, phone="0911111111", revision="0")
    assert answer.status_code == 409
    assert "0911111111" in answer.content.decode()
    assert 'name="revision" value="1"' in answer.content.decode()
    assert kept(user).phone == "0987654321"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"channels": []}, "ít nhất một kênh"),
        ({"channels": ["email"]}, "Nhập địa chỉ thư"),
        ({"phone": ""}, "Nhập số di động"),
        ({"phone": "123"}, "mười chữ số"),
        ({"email": "không phải"}, "Nhập địa chỉ thư"),
        ({"quiet_until": "22:00"}, "hai giờ khác nhau"),
        ({"channels": ["pigeon"]}, "trong danh sách"),
        ({"kinds": ["dossier_status"]}, "trong danh sách"),
        ({"language": "fr"}, "Xin chọn một tiếng"),
        ({"quiet": ""}, "giờ yên lặng"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_saved(browser: Client, wrong: dict[str, Any], said: str) -> None:
    answer = save(browser, **wrong)
    assert answer.status_code == 400
    assert said in words(answer)
    with scope(purpose=Purpose.NOTIFICATION):
        assert not NotificationPreference.objects.exists()


def test_what_the_law_orders_is_said_and_cannot_be_switched_off(browser: Client, user: User) -> None:
    said = words(browser.get(PAGE))  # type: ignore[arg-type]  # Django's client
    assert "Tình trạng hồ sơ của tôi" in said
    assert 'value="dossier_status"' not in browser.get(PAGE).content.decode()
    save(browser, kinds=[])
    confirm(user, "sms", "0987654321")
    assert len(tell(user)) == 2


def test_a_channel_without_a_carrier_is_not_offered(browser: Client, settings: Any) -> None:
    settings.NOTIFICATION_BACKENDS = {
        name: path for name, path in settings.NOTIFICATION_BACKENDS.items() if name != "vneid"
    }
    page = browser.get(PAGE).content.decode()
    assert 'value="sms"' in page
    assert 'value="vneid"' not in page
    assert save(browser, channels=["vneid"]).status_code == 400


def test_a_bad_address_is_shown_and_ends_with_saving(browser: Client, user: User) -> None:
    prefer(user)
    with scope(purpose=Purpose.NOTIFICATION):
        index = BadAddress.index_of("sms", "0987654321")
        BadAddress.objects.create(channel="sms", address_index=index, since=NOON)
    assert "0987654321 không tới nơi" in words(browser.get(PAGE))  # type: ignore[arg-type]  # the same
    save(browser, revision="1")
    assert "không tới nơi" not in words(browser.get(PAGE))  # type: ignore[arg-type]  # the same


def test_the_log_shows_one_s_own_with_what_became_of_it(browser: Client, user: User, monkeypatch: Any) -> None:
    prefer(user)
    other = person("khac", "000100000022")
    tell(user)
    tell(other)
    Sms.replies.append(Refused(Reason.BAD_ADDRESS))
    work(monkeypatch, NOON)
    said = words(browser.get(f"{PAGE}da-gui/"))  # type: ignore[arg-type]  # the same
    assert said.count("Ho so DK-1 da co ket qua.") == 1
    assert "Không gửi được" in said
    assert "•••••••321" in said
    assert "0987654321" not in said


def test_the_log_has_pages(browser: Client, user: User) -> None:
    for _one in range(21):
        tell(user)
    first = browser.get(f"{PAGE}da-gui/").content.decode()
    assert first.count("Đã có kết quả.") == 20
    assert browser.get(f"{PAGE}da-gui/?page=2").content.decode().count("Đã có kết quả.") == 1


def test_officers_and_strangers_have_no_such_page(user: User) -> None:
    officer = User.objects.create(username="can-bo", kind="officer", created_at=NOON)
    for path in (PAGE, f"{PAGE}da-gui/"):
        client = Client()
        client.force_login(officer, backend="portal.accounts.backends.OfficerBackend")
        assert client.get(path).status_code in {302, 403, 404}
        assert Client().get(path).status_code == 302


# --- The link at the end of an e-mail ---------------------------------------------------------------------------------


def link(user: User, kind: str = "invitations") -> str:
    return "/" + stop_address(f"{user.pk}:{kind}").split("/", 3)[3]


def test_opening_the_link_changes_nothing_and_the_button_ends_the_kind(user: User) -> None:
    prefer(user, kinds=["invitations", "dossier_steps"])
    assert Client().get(link(user)).status_code == 200
    assert kept(user).kinds == ["dossier_steps", "invitations"]
    answer = Client(enforce_csrf_checks=True).post(link(user), {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert (kept(user).kinds, kept(user).revision) == (["dossier_steps"], 2)
    assert Client().post(link(user)).status_code == 200
    assert kept(user).revision == 2


def test_what_the_law_orders_no_link_ends(user: User) -> None:
    assert Client().post(link(user, "dossier_status")).status_code == 404


@pytest.mark.parametrize("token", ["x", "a.b~c", "fba313b2-f0a1-433b-999b-b317d7fff49f.invitations~AAAA"])
def test_a_link_of_somebody_else_s_making_does_nothing(token: str) -> None:
    assert Client().post(f"/thong-bao/thoi-nhan/{token}/").status_code == 404


# --- What failed ------------------------------------------------------------------------------------------------------


def failed(user: User, monkeypatch: Any) -> Any:
    prefer(user)
    [row] = tell(user)
    Sms.replies.append(Refused(Reason.NOT_ACCEPTED))
    work(monkeypatch, NOON)
    return row


def test_who_mends_sees_it_masked_and_sends_it_again(browser: Client, user: User, monkeypatch: Any) -> None:
    row = failed(user, monkeypatch)
    address = reverse("notifications:send-again", args=[row.pk])
    for path in (reverse("notifications:failed"), address):
        assert browser.get(path).status_code == 403
    let(monkeypatch)
    page = browser.get(reverse("notifications:failed")).content.decode()
    assert "DK-1" in page
    assert "•••••••321" in page
    assert "da co ket qua" not in page
    token = TOKEN.findall(browser.get(address).content.decode())[0]
    assert browser.post(address, {"form_token": token}).status_code == 302
    assert again(row).state == "pending"
    assert browser.get(address).status_code == 404
    assert "Không có gì chờ" in browser.get(reverse("notifications:failed")).content.decode()


def let(monkeypatch: Any) -> None:
    for place in ("portal.notifications.views.stuck", "portal.notifications.api.stuck"):
        monkeypatch.setattr(f"{place}.may_send_again", lambda _user: True)
    monkeypatch.setattr(sending, "may_send_again", lambda _user: True)


# --- REST -------------------------------------------------------------------------------------------------------------
BODY: dict[str, Any] = {
    "language": "en",
    "channels": ["sms"],
    "phone": "0987654321",
    "kinds": ["invitations"],
    "quietFrom": "22:00",
    "quietUntil": "06:00",
}


def test_rest_reads_and_replaces_the_choice(user: User) -> None:
    rest = Rest(user)
    before = rest.get("notification-preferences")
    assert (before["channels"], before["abilities"]) == (["vneid", "email"], ["replace"])
    assert [one["key"] for one in before["kinds"] if one["isOn"]] == [
        "dossier_status",
        "dossier_requests",
        "petitions",
    ]
    etag = rest.etag("notification-preferences")
    done = read(rest.send("notification-preferences", BODY, etag=etag, method="put"), 200)
    assert (done["language"], done["phone"], done["quietFrom"]) == ("en", "0987654321", "22:00")
    assert rest.send("notification-preferences", BODY, etag=etag, method="put").status_code == 412
    assert rest.send("notification-preferences", BODY, method="put").status_code == 428
    assert kept(user).revision == 1


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"phone": None}, "/phone"),
        ({"channels": []}, "/channels"),
        ({"channels": ["pigeon"]}, "/channels/0"),
        ({"phone": "12"}, "/phone"),
        ({"quietUntil": None}, "/quietUntil"),
        ({"quietFrom": "25:00"}, "/quietFrom"),
        ({"language": "fr"}, "/language"),
    ],
)
def test_rest_says_what_is_wrong(user: User, wrong: dict[str, Any], where: str) -> None:
    rest = Rest(user)
    etag = rest.etag("notification-preferences")
    answer = rest.send("notification-preferences", BODY | wrong, etag=etag, method="put")
    assert answer.status_code in {400, 422}
    assert where in pointers(answer, answer.status_code)


def test_rest_lists_what_was_told_and_pages(user: User) -> None:
    for _one in range(3):
        tell(user)
    tell(person("khac", "000100000022"))
    rest = Rest(user)
    first = rest.get("notifications", limit=2)
    assert len(first["items"]) == 2
    assert first["items"][0]["text"] == "Đã có kết quả."
    second = rest.client.get(first["next"]).json()
    assert len(second["items"]) == 1
    assert rest.get("notifications/failed", status=403)["status"] == 403


def test_rest_sends_again_once(user: User, monkeypatch: Any) -> None:
    row = failed(user, monkeypatch)
    rest, path = Rest(user), f"notifications/{row.pk}/resendings"
    assert rest.send(path).status_code == 403
    let(monkeypatch)
    [told] = rest.get("notifications/failed")["items"]
    assert (told["code"], told["to"], told["abilities"]) == ("DK-1", "•••••••321", ["sendAgain"])
    key = str(uuid.uuid4())
    assert [rest.send(path, key=key).status_code for _time in range(2)] == [201, 201]
    assert rest.send(path).status_code == 409
    assert rest.send(f"notifications/{uuid.uuid4()}/resendings").status_code == 404
    assert again(row).state == "pending"


def test_rest_is_for_citizens() -> None:
    officer = User.objects.create(username="can-bo", kind="officer", created_at=NOON)
    client = Client()
    client.force_login(officer, backend="portal.accounts.backends.OfficerBackend")
    for path in ("notification-preferences", "notifications"):
        assert client.get(f"/api/v1/{path}").status_code in {401, 403}
