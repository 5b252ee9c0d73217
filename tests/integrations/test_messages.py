"""Notifications over real HTTP and SMTP, to the sandbox as a process of its own."""

import email
import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from integrations.mail.backend import Mail
from integrations.mail.mapping import letter, message_id
from integrations.sms.backend import Sms
from integrations.sms.mapping import international
from integrations.vneid_messages.backend import VNeIDMessages
from portal.events.delivering import breaker
from portal.notifications import kinds
from portal.notifications.backends import (
    Backend,
    CannotTellError,
    InDoubtError,
    NotTakenError,
    Outgoing,
    Refused,
    Taken,
)
from portal.notifications.states import Reason
from tests.integrations.sandboxed import SECRET, Sandbox
from tests.notifications.news import NOON, NUMBER, again, person, prefer, tell, work

CARRIERS: dict[str, Backend] = {"sms": Sms(), "vneid": VNeIDMessages(), "email": Mail()}
TO = {"sms": "0987654321", "vneid": NUMBER, "email": "do@example.vn"}
BACKENDS = {
    "email": "integrations.mail.backend.Mail",
    "sms": "integrations.sms.backend.Sms",
    "vneid": "integrations.vneid_messages.backend.VNeIDMessages",
}


@pytest.fixture
def carriers(sandbox: Sandbox, settings: Any) -> Iterator[Sandbox]:
    """The running sandbox as all three carriers; faults are switched off afterwards."""
    settings.SMS_ADDRESS = settings.VNEID_MESSAGES_ADDRESS = sandbox.origin
    settings.SMS_CLIENT_ID = settings.VNEID_MESSAGES_CLIENT_ID = settings.EMAIL_HOST_USER = "portal"
    settings.SMS_CLIENT_SECRET = settings.VNEID_MESSAGES_CLIENT_SECRET = settings.EMAIL_HOST_PASSWORD = SECRET
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", sandbox.smtp_port, False
    settings.EMAIL_LOG_ADDRESS = f"{sandbox.origin}/thu"
    settings.NOTIFICATION_TIMEOUT = (1.0, 1.0)
    settings.NOTIFICATION_BACKENDS = BACKENDS
    breaker.__init__()  # type: ignore[misc]  # as new
    yield sandbox
    for channel in CARRIERS:
        sandbox.let_carrier(channel, "")


def outgoing(channel: str, **more: Any) -> Outgoing:
    values: dict[str, Any] = {
        "key": uuid.uuid4(),
        "to": TO[channel],
        "language": "vi",
        "title": "Hồ sơ H15-1 đã được tiếp nhận",
        "text": "Ho so H15-1 da tiep nhan." if channel == "sms" else "Hồ sơ H15-1 đã tiếp nhận.",
        "code": "H15-1",
        "facts": (("Cơ quan", "Xã Bắc Hà"), ("Người tiếp nhận", "Vàng Thị Hoa")),
        "link": "http://127.0.0.1:8000/ho-so-cua-toi/1/",
        **more,
    }
    return Outgoing(**values)


def arrived(carriers: Sandbox, channel: str, key: uuid.UUID) -> list[dict[str, str]]:
    return [one for one in carriers.arrived(channel) if str(key) in one["key"]]


@pytest.mark.parametrize("channel", CARRIERS)
def test_it_arrives_and_is_known_by_its_key(carriers: Sandbox, channel: str) -> None:
    message = outgoing(channel)
    assert isinstance(CARRIERS[channel].send(message), Taken)
    [one] = arrived(carriers, channel, message.key)
    assert message.text in one["text"]
    assert isinstance(CARRIERS[channel].outcome(message.key), Taken)
    assert CARRIERS[channel].outcome(uuid.uuid4()) is None


def test_an_sms_names_nobody(carriers: Sandbox) -> None:
    message = outgoing("sms")
    CARRIERS["sms"].send(message)
    [one] = arrived(carriers, "sms", message.key)
    assert (one["to"], one["title"], one["text"]) == ("84987654321", "", message.text)


@pytest.mark.parametrize("channel", ["sms", "vneid"])
def test_the_same_key_arrives_once_and_another_text_under_it_is_no_outcome(carriers: Sandbox, channel: str) -> None:
    message = outgoing(channel)
    first, second = CARRIERS[channel].send(message), CARRIERS[channel].send(message)
    assert first == second
    with pytest.raises(InDoubtError):
        CARRIERS[channel].send(outgoing(channel, key=message.key, text="Khac", title="Khác"))
    assert len(arrived(carriers, channel, message.key)) == 1


@pytest.mark.parametrize("channel", CARRIERS)
@pytest.mark.parametrize("fault", ["taken_then_lost", "timeout"])
def test_taken_without_an_answer_is_in_doubt_and_can_be_asked(carriers: Sandbox, channel: str, fault: str) -> None:
    carriers.let_carrier(channel, fault, calls=1)
    message = outgoing(channel)
    with pytest.raises(InDoubtError):
        CARRIERS[channel].send(message)
    assert isinstance(CARRIERS[channel].outcome(message.key), Taken)


@pytest.mark.parametrize("channel", ["sms", "vneid"])
def test_an_answer_without_sense_is_in_doubt(carriers: Sandbox, channel: str) -> None:
    carriers.let_carrier(channel, "garbage", calls=1)
    with pytest.raises(InDoubtError):
        CARRIERS[channel].send(outgoing(channel))


@pytest.mark.parametrize("channel", CARRIERS)
def test_an_error_of_theirs_is_in_doubt_and_they_know_of_nothing(carriers: Sandbox, channel: str) -> None:
    carriers.let_carrier(channel, "error_500", calls=1)
    message = outgoing(channel)
    with pytest.raises(InDoubtError):
        CARRIERS[channel].send(message)
    assert CARRIERS[channel].outcome(message.key) is None


@pytest.mark.parametrize("channel", CARRIERS)
def test_busy_means_surely_not_taken(carriers: Sandbox, channel: str) -> None:
    carriers.let_carrier(channel, "busy", calls=1)
    with pytest.raises(NotTakenError):
        CARRIERS[channel].send(outgoing(channel))


@pytest.mark.parametrize("channel", CARRIERS)
def test_nobody_at_home_means_surely_not_taken(carriers: Sandbox, channel: str, settings: Any) -> None:
    settings.SMS_ADDRESS = settings.VNEID_MESSAGES_ADDRESS = "http://127.0.0.1:9"
    settings.EMAIL_PORT = 9
    with pytest.raises(NotTakenError):
        CARRIERS[channel].send(outgoing(channel))


@pytest.mark.parametrize("channel", CARRIERS)
def test_strangers_are_not_let_in(carriers: Sandbox, channel: str, settings: Any) -> None:
    settings.SMS_CLIENT_SECRET = settings.VNEID_MESSAGES_CLIENT_SECRET = settings.EMAIL_HOST_PASSWORD = "wrong"
    with pytest.raises(NotTakenError):
        CARRIERS[channel].send(outgoing(channel))


@pytest.mark.parametrize("channel", CARRIERS)
def test_an_address_that_is_none_is_refused_for_good(carriers: Sandbox, channel: str) -> None:
    carriers.let_carrier(channel, "bad_address", calls=1)
    assert CARRIERS[channel].send(outgoing(channel)) == Refused(Reason.BAD_ADDRESS)


def test_a_landline_abroad_is_no_number_for_sms(carriers: Sandbox) -> None:
    assert CARRIERS["sms"].send(outgoing("sms", to="+49 30 123456")) == Refused(Reason.BAD_ADDRESS)
    assert international("+84 987.654-321") == international("0987654321") == "84987654321"


def test_mail_without_a_log_cannot_be_asked(carriers: Sandbox, settings: Any) -> None:
    settings.EMAIL_LOG_ADDRESS = ""
    with pytest.raises(CannotTellError):
        CARRIERS["email"].outcome(uuid.uuid4())


def test_a_letter_is_plain_and_says_how_to_end_it(carriers: Sandbox) -> None:
    user = uuid.uuid4()
    message = outgoing("email", unsubscribe=f"{user}:invitations", title='<b>"Hồ sơ"</b>')
    made = letter(message)
    whole = email.message_from_bytes(made.message().as_bytes())
    assert whole["Message-ID"] == message_id(message.key)
    assert whole["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert str(user) in whole["List-Unsubscribe"].replace("\n ", "")
    html = str(made.alternatives[0][0])
    assert "&lt;b&gt;" in html
    assert "<img" not in html
    assert "Thôi nhận loại này: http" in str(made.body)
    assert "List-Unsubscribe" not in letter(outgoing("email")).message()


def test_a_line_break_in_a_title_is_no_header(carriers: Sandbox) -> None:
    with pytest.raises(ValueError, match="newlines"):
        letter(outgoing("email", title="x\nBcc: all@example.vn")).message()


@pytest.mark.django_db
@pytest.mark.parametrize("channel", CARRIERS)
@pytest.mark.parametrize("fault", ["taken_then_lost", "timeout", "busy", "error_500", ""])
def test_whatever_goes_wrong_once_it_arrives_once(
    carriers: Sandbox, channel: str, fault: str, monkeypatch: Any
) -> None:
    carriers.let_carrier(channel, fault, calls=1)
    user = person()
    prefer(user, channels=[channel], email="do@example.vn")
    [row] = tell(user)
    for minutes in (0, 3, 6):
        work(monkeypatch, NOON + timedelta(minutes=minutes))
    assert again(row).state == "sent"
    assert len(arrived(carriers, channel, row.pk)) == 1
    assert kinds.kind("dossier_status").ordered
