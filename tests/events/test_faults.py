"""Real workers are killed and the real broker is emptied while they work: nothing is lost, nothing is done twice."""

import json
import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from urllib.parse import urlsplit, urlunsplit

import pytest
import redis
from django.conf import settings
from django.db import transaction
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from portal.events import housekeeping
from portal.events.models import Delivery, Heartbeat
from portal.events.relay import DELIVER
from portal.isolation import Purpose, scope
from tests.events.handlers import count, effects, make_effects, subscribed, written

pytestmark = pytest.mark.broker
DELIVERIES = 200
PATIENCE = 240  # seconds, on a machine that does ten other things; 60 on a quiet one
BROKER_NUMBER = 7  # a database of the broker that nothing else uses


@pytest.fixture
def broker() -> Iterator[tuple[str, redis.Redis]]:
    url = urlunsplit(urlsplit(settings.REDIS_URL)._replace(path=f"/{BROKER_NUMBER}"))
    client = redis.Redis.from_url(url)
    client.flushdb()
    yield url, client
    client.flushdb()
    client.close()


@pytest.fixture
def environment(real_db: str, broker: tuple[str, redis.Redis]) -> dict[str, str]:
    """Of the processes: this test's database and broker; messages count as lost after 10 seconds instead of 120."""
    make_effects()
    changes = {
        name: make_conninfo(**{**conninfo_to_dict(os.environ[name]), "dbname": real_db})
        for name in ("DATABASE_URL", "DATABASE_OWNER_URL")
    }
    return os.environ | changes | {"BROKER_URL": broker[0], "DJANGO_SETTINGS_MODULE": "tests.events.fault_settings"}


class Process:
    """One of the portal's processes, with its children in a group of its own, started again by us as a supervisor
    would.
    """

    def __init__(self, arguments: list[str], environment: dict[str, str]) -> None:
        self.arguments, self.environment = arguments, environment
        self.start()

    def start(self) -> None:
        self.running = subprocess.Popen(
            [sys.executable, "-m", *self.arguments],
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def kill(self) -> None:
        """kill -9 to the parent and all its children at once."""
        os.killpg(self.running.pid, signal.SIGKILL)
        self.running.wait()


@contextmanager
def processes(environment: dict[str, str]) -> Iterator[tuple[Process, Process]]:
    quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat", "-l", "ERROR"]
    worker = Process(["celery", "-A", "tests.events.worker", "worker", "-c", "2", *quiet], environment)
    relay = Process(["tests.events.worker", "relay"], environment)
    try:
        yield worker, relay
    finally:
        worker.kill()
        relay.kill()


def undone() -> int:
    with transaction.atomic(), scope(purpose=Purpose.RELAY):
        return Delivery.objects.open().count()


def fewer_than(number: int) -> bool:
    return undone() < number


def wait(until: Callable[[], bool], seconds: float = PATIENCE) -> None:
    end = time.monotonic() + seconds
    while not until() and time.monotonic() < end:
        time.sleep(0.2)


def assert_each_once(ids: set[uuid.UUID]) -> None:
    done = effects()
    assert set(done) == ids, f"{len(ids - set(done))} lost"
    assert set(done.values()) == {1}, f"{sum(done.values()) - len(done)} duplicated"


def test_nothing_is_lost_or_doubled_when_workers_die_and_the_broker_is_emptied(
    environment: dict[str, str], broker: tuple[str, redis.Redis]
) -> None:
    with subscribed(count):
        ids = {one.pk for one in written(DELIVERIES, sleep=0.03)}
    with processes(environment) as (worker, relay):
        for fault in range(3):
            before = undone()
            wait(partial(fewer_than, before - 10))
            worker.kill()
            if fault % 2:
                broker[1].flushdb()
            else:
                relay.kill()
                relay.start()
            worker.start()
        wait(lambda: undone() == 0)
    assert undone() == 0
    assert_each_once(ids)


def test_the_relay_puts_each_due_delivery_on_its_queue_once(
    environment: dict[str, str], broker: tuple[str, redis.Redis]
) -> None:
    with subscribed(count):
        ids = {one.pk for one in written(5)}
    for _ in range(2):  # the second finds nothing due
        subprocess.run([sys.executable, "-m", "tests.events.worker", "relay", "--once"], env=environment, check=True)
    tasks = [json.loads(message) for message in broker[1].lrange("default", 0, -1)]
    bodies = [task["headers"]["argsrepr"] for task in tasks if task["headers"]["task"] == DELIVER]
    assert sorted(bodies) == sorted(f"['{one}']" for one in ids)


def test_the_watchdog_sees_a_worker_that_answers_but_makes_no_progress(environment: dict[str, str]) -> None:
    """The relay's marks go in; with nobody to take them out, the queue is named after a minute."""
    relay = Process(["tests.events.worker", "relay"], environment)
    try:
        wait(lambda: Heartbeat.objects.filter(queue="default", waiting_since__isnull=False).exists(), 30)
    finally:
        relay.kill()
    mark = Heartbeat.objects.get(queue="default")
    assert mark.waiting_since is not None
    for seconds, is_stalled in ((5, False), (61, True)):  # of other queues it is seen, too, once their marks are in
        now: datetime = mark.waiting_since + timedelta(seconds=seconds)
        housekeeping.Heartbeat.objects.filter(queue=housekeeping.RELAY).update(last_tick=now)
        assert ("worker:default" in housekeeping.health(now=now).stalled) is is_stalled
    housekeeping.note_tick("default", now=mark.waiting_since)
    assert "worker:default" not in housekeeping.health(now=mark.waiting_since + timedelta(seconds=61)).stalled
