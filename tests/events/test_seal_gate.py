"""Late seals raise an alarm; after hours without any, nobody may write what nobody could prove."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from portal.events import Event, System, record, sealing
from portal.events.lateness import Lateness, lateness, note_start
from portal.events.middleware import SealGateMiddleware
from portal.isolation import Purpose, scope

SUBJECT = ("tests.letter", "1")


def write(at: datetime) -> None:
    with transaction.atomic(), scope(purpose=Purpose.DEMO):
        record("a.b.c", subject=SUBJECT, actor=System.DEMO, unit=1, at=at)


def told() -> list[str]:
    with transaction.atomic(), scope(purpose=Purpose.VERIFY):
        return list(Event.objects.filter(subject_type="events.seal").order_by("id").values_list("name", flat=True))


@pytest.fixture
def sealed(real_db: str) -> datetime:
    """The moment of the only seal: five hours ago."""
    then = timezone.now() - timedelta(hours=5)
    write(then)
    sealing.seal(now=then)
    return then


def gate(method: str, path: str = "/") -> Any:
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse("done")

    with transaction.atomic():
        return SealGateMiddleware(view)(RequestFactory().generic(method, path))


@pytest.mark.parametrize(
    ("delay", "state"),
    [
        (timedelta(minutes=15), Lateness.ON_TIME),
        (timedelta(minutes=15, seconds=1), Lateness.LATE),
        (timedelta(hours=4), Lateness.LATE),
        (timedelta(hours=4, seconds=1), Lateness.STOPPED),
        (timedelta(hours=-1), Lateness.ON_TIME),
    ],
)
def test_lateness_begins_behind_its_limits(sealed: datetime, delay: timedelta, state: Lateness) -> None:
    assert lateness(sealed + delay) is state


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_unsafe_requests_are_refused_with_a_reason_and_reads_go_on(sealed: datetime, method: str) -> None:
    response = gate(method, "/api/v1/units")
    assert (response.status_code, response["Retry-After"]) == (503, "60")
    assert response["Content-Type"] == "application/problem+json"
    for safe in ("GET", "HEAD", "OPTIONS"):
        assert gate(safe).content == b"done"


def test_start_and_end_are_events_once_and_a_seal_ends_it(sealed: datetime) -> None:
    for _ in range(3):
        assert gate("POST", "/api/v1/units").status_code == 503
    assert told() == ["events.seal.stopped"]
    sealing.seal(now=timezone.now())
    assert told() == ["events.seal.stopped", "events.seal.resumed"]
    assert gate("POST").content == b"done"


def test_an_alarm_is_noted_once_per_delay(sealed: datetime) -> None:
    for minutes in (10, 16, 17, 60):
        note_start(now=sealed + timedelta(minutes=minutes))
    assert told() == ["events.seal.late"]
    sealing.seal(now=sealed + timedelta(minutes=61))
    note_start(now=sealed + timedelta(minutes=62))
    assert told() == ["events.seal.late", "events.seal.resumed"]
    note_start(now=sealed + timedelta(minutes=90))
    assert told()[-1] == "events.seal.late"


def test_a_portal_without_any_event_takes_its_first(real_db: str) -> None:
    assert lateness(datetime(2030, 1, 1, tzinfo=UTC)) is Lateness.ON_TIME
    assert gate("POST").content == b"done"


def test_sealing_twice_in_a_moment_makes_one_seal(sealed: datetime) -> None:
    now = timezone.now()
    assert sealing.seal(now=now) is not None
    assert sealing.seal(now=now + timedelta(seconds=29)) is None
    assert sealing.seal(now=now - timedelta(hours=1)) is not None  # a clock that was set back does not stop sealing


def test_what_could_not_be_published_is_published_later(sealed: datetime, settings: Any) -> None:
    (path,) = sealing.published_files()
    path.write_bytes(path.read_bytes()[:-20])  # a disk that ran full
    assert sealing.publish() == 1
    assert [line["number"] for line in sealing.published()] == [1]
    path.unlink()
    assert sealing.publish() == 1
    assert sealing.publish() == 0
