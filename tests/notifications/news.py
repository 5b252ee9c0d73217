"""One piece of news for one citizen, and the relay that carries it out."""

import itertools
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from portal.accounts.models import Citizen, Kind, Party, User
from portal.events import Delivery, record
from portal.events.actors import System
from portal.events.delivering import deliver
from portal.isolation import Purpose, scope
from portal.notifications.models import AddressCode, BadAddress, Notification
from portal.notifications.operations.preferences import Choice, choose
from portal.notifications.operations.telling import Addressee, News, notify

NOON = datetime(2026, 11, 16, 5, 0, tzinfo=UTC)  # 12:00 in Vietnam
NIGHT = datetime(2026, 11, 16, 15, 0, tzinfo=UTC)  # 22:00
MORNING = datetime(2026, 11, 17, 0, 0, tzinfo=UTC)  # 07:00
NUMBER = "000100000021"
_numbers = itertools.count(1)


def person(name: str = "do", number: str = NUMBER) -> User:
    user = User.objects.create(username=f"nguoi-dan-{name}", kind=Kind.CITIZEN, created_at=NOON)
    row = Citizen(user=user, party=Party.PERSON, name="Vàng Thị Dở", level=2, updated_at=NOON)
    row.number = number
    with scope(purpose=Purpose.SIGN_IN):
        row.save(force_insert=True)
    return user


def prefer(user: User, *, confirmed: bool = True, **more: Any) -> None:
    said: dict[str, Any] = {"language": "vi", "channels": ["sms"], "kinds": [], "phone": "0987654321", **more}
    with scope(citizen=user.pk):
        choose(user=user, choice=Choice(**said), revision=None, actor=user, now=NOON)
    for channel, name in (("email", "email"), ("sms", "phone")):
        if confirmed and said.get(name):
            confirm(user, channel, said[name])


def confirm(user: User, channel: str, address: str) -> None:
    """As if its owner had brought a code back."""
    with scope(citizen=user.pk), transaction.atomic():
        row = AddressCode(user=user, channel=channel, created_at=NOON, expires_at=NOON, ended_at=NOON)
        row.address_index, row.state = BadAddress.index_of(channel, address), "confirmed"
        row.save(force_insert=True)
        facts = {"channel": channel}
        record(
            "notifications.address.confirmed",
            subject=row,
            actor=user,
            unit=None,
            at=NOON,
            after="confirmed",
            facts=facts,
        )


def compose(language: str) -> dict[str, Any]:
    return {
        "title": f"Hồ sơ ({language})",
        "text": "Đã có kết quả.",
        "sms": "Hồ sơ DK-1 đã có kết quả.",
        "code": "DK-1",
        "facts": [("Cơ quan", "Xã An")],
        "link": "http://127.0.0.1/x",
    }


def tell(
    user: User | None,
    *,
    now: datetime = NOON,
    kind: str = "dossier_status",
    event: int = 0,
    contact: Mapping[str, str] | None = None,
    unit: int | None = None,
) -> list[Notification]:
    news = News(
        event_id=event or next(_numbers),
        kind=kind,
        line="status",
        subject_type="services.dossier",
        subject_id="1",
        unit_id=unit,
        template="test",
        compose=compose,
    )
    addressee = Addressee(user, contact or {}, user.event_actor if user else "services.dossier:1")
    return notify(news=news, addressee=addressee, actor=System.RELAY, now=now)


def waiting(now: datetime) -> list[uuid.UUID]:
    with scope(purpose=Purpose.RELAY):
        due = Delivery.objects.open().filter(topic__startswith="notifications.send.", not_before__lte=now)
        return list(due.order_by("created_at", "id").values_list("id", flat=True))


def work(monkeypatch: Any, now: datetime) -> int:
    """What is due at `now` by everybody's clock is tried once; how many ended."""
    monkeypatch.setattr(timezone, "now", lambda: now)
    return sum(deliver(one, clock=lambda: now) for one in waiting(now))


def again(row: Notification) -> Notification:
    with scope(purpose=Purpose.NOTIFICATION):
        return Notification.objects.get(pk=row.pk)
