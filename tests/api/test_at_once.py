"""The same request from everywhere at the same moment, and any mixture of requests in any order."""

import itertools
import threading
from collections import Counter
from typing import Any

import pytest
from django.db import connections, transaction
from django.test import Client
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from portal.api.models import IdempotencyKey
from portal.events.models import Event, Heartbeat
from portal.isolation import Purpose, scope
from tests.cast import cast, sign_in

pytestmark = pytest.mark.urls("tests.api.urls")

COPIES, KEYS = 50, 4
THREADS = 10  # each a connection of its own; PostgreSQL of the checks has some dozens


def send(client: Client, name: str, key: str) -> Any:
    return client.post("/api/v1/marks", {"name": name}, "application/json", headers={"Idempotency-Key": key})


def count(name: str) -> int:
    return Event.objects.filter(name=name).count()


def test_fifty_equal_requests_at_once_have_one_effect(real_db: str) -> None:
    with transaction.atomic():
        user = cast().desk_officer.user
    client = sign_in(Client(), user)
    cookies = client.cookies
    waiting = iter([f"k{number}" for _copy in range(COPIES) for number in range(KEYS)])
    lock, start, answers, troubles = threading.Lock(), threading.Barrier(THREADS, timeout=30), [], []

    def work() -> None:
        mine = Client()
        mine.cookies = cookies
        start.wait()
        try:
            while True:
                with lock:
                    key = next(waiting, None)
                if key is None:
                    return
                response = send(mine, f"mark-{'abcd'[int(key[1:])]}", key)
                answers.append((key, response.status_code, response.get("Idempotency-Replayed", "")))
        except Exception as error:
            troubles.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert not troubles
    assert len(answers) == COPIES * KEYS
    assert {status for _key, status, _replayed in answers} <= {201, 409}
    first = Counter(key for key, status, replayed in answers if status == 201 and not replayed)
    assert first == {f"k{number}": 1 for number in range(KEYS)}
    with transaction.atomic(), scope(purpose=Purpose.VERIFY):
        assert count("tests.mark.made") == KEYS
    assert Heartbeat.objects.filter(queue__startswith="mark-").count() == KEYS


def test_of_many_changes_to_one_version_at_once_one_is_made(real_db: str) -> None:
    with transaction.atomic():
        client = sign_in(Client(), cast().desk_officer.user)
    etag = send(client, "shared", "k")["ETag"]
    start, answers, troubles = threading.Barrier(8, timeout=30), [], []

    def change(minute: int) -> None:
        mine = Client()
        mine.cookies = client.cookies
        try:
            start.wait()
            body = {"tickAt": f"2026-11-22T09:{minute:02}:00+07:00"}
            headers = {"If-Match": etag}
            answers.append(mine.patch("/api/v1/marks/shared", body, "application/json", headers=headers).status_code)
        except Exception as error:
            troubles.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=change, args=(minute,)) for minute in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not troubles
    assert sorted(answers) == [200] + [412] * 7


class Requests(RuleBasedStateMachine):
    """Against a model in a dictionary: who sent what under which key."""

    client: Client
    numbers = itertools.count()

    def __init__(self) -> None:
        super().__init__()
        self.run = next(self.numbers)
        self.known: dict[str, tuple[str, bytes]] = {}
        self.names: set[str] = set()

    @rule(key=st.sampled_from(["a", "b", "c"]), name=st.sampled_from(["x", "y", "z", "NO", "over"]))
    def send(self, key: str, name: str) -> None:
        letters = "".join("abcdefghij"[int(digit)] for digit in str(self.run))
        full = name if name in {"NO", "over"} else f"r-{letters}-{name}"
        if full in self.names and key not in self.known:
            return  # a second mark of one name is a mistake of ours, not of the key
        before = Heartbeat.objects.count()
        response = send(self.client, full, f"{self.run}-{key}")
        added = Heartbeat.objects.count() - before
        if key in self.known:
            told, content = self.known[key]
            assert added == 0
            assert response.status_code == (201 if told == full else 422)
            assert told != full or (response.content == content and response["Idempotency-Replayed"] == "true")
        elif name in {"NO", "over"}:
            assert (added, response.status_code) == (0, 400 if name == "NO" else 409)
        else:
            assert (added, response.status_code) == (1, 201)
            assert "Idempotency-Replayed" not in response
            self.known[key] = (full, response.content)
            self.names.add(full)


@pytest.mark.django_db
def test_any_mixture_of_requests_has_each_effect_once() -> None:
    Requests.client = sign_in(Client(), cast().desk_officer.user)
    bounded = settings(max_examples=15, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Requests, settings=bounded)
    with scope(purpose=Purpose.RETENTION):
        assert IdempotencyKey.objects.count() == Heartbeat.objects.filter(queue__startswith="r-").count() > 0
