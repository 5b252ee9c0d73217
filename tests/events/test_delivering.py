"""An effect happens once, with the rights of whoever caused it, or ends on the desk of dead letters."""

import threading
import uuid
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

from portal.events import (
    Delivery,
    Event,
    NobodySubscribedError,
    Remote,
    System,
    Topic,
    delivering,
    housekeeping,
    record,
    sealing,
    subscribe,
)
from portal.events.delivering import UndeliverableError, deliver, pause
from portal.events.models import Heartbeat
from portal.events.relay import claim
from portal.events.subscriptions import AlreadySubscribedError
from portal.isolation import Purpose, Scope, current, scope
from tests.events.handlers import TOPIC, clear_outbox, count, effects, make_effects, subscribed, written
from tests.events.tables import NOW, born, make_dossiers, state_of

LATER = NOW + timedelta(minutes=5)


@pytest.fixture(scope="module", autouse=True)
def tables(module_db: str) -> None:
    make_effects()
    make_dossiers()


@pytest.fixture(autouse=True)
def outbox(tables: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is on its way; the trail of the tests before stays."""
    monkeypatch.setattr(delivering, "breaker", delivering.Breaker())
    clear_outbox()


def at(moment: datetime) -> Callable[[], datetime]:
    return lambda: moment


def row(delivery: Delivery) -> Delivery:
    with transaction.atomic(), scope(purpose=Purpose.RELAY):
        return Delivery.objects.get(pk=delivery.pk)


def test_an_event_orders_a_delivery_for_each_subscriber() -> None:
    def other(delivery: Delivery, *, now: datetime) -> None: ...

    citizen = uuid.uuid4()
    with subscribed(count), subscribed(other), transaction.atomic(), scope(units=[5], citizen=citizen):
        event = record(TOPIC, subject=("tests.letter", "1"), actor=System.DEMO, unit=5, at=NOW)
        found = list(Delivery.objects.order_by("handler"))
    assert [(one.topic, one.event_id, one.shard, one.actor) for one in found] == 2 * [
        (TOPIC, event.pk, 5, "system:demo")
    ]
    assert found[0].scope == {"units": [5], "citizen": str(citizen), "purpose": None}


def test_a_rolled_back_event_orders_nothing() -> None:
    with subscribed(count), transaction.atomic(), scope(units=[5]):
        record(TOPIC, subject=("tests.letter", "1"), actor=System.DEMO, unit=5, at=NOW)
        transaction.set_rollback(True)
    assert claim(now=LATER) == []


def test_an_effect_that_nobody_carries_out_cannot_be_ordered() -> None:
    with pytest.raises(NobodySubscribedError), transaction.atomic(), scope(units=[5]):
        record(
            "a.b.c",
            subject=("a.b", "1"),
            actor=System.DEMO,
            unit=5,
            at=NOW,
            deliveries=[Topic(name="tests.nobody.there")],
        )


def test_two_handlers_cannot_share_a_key() -> None:
    def handler(delivery: Delivery, *, now: datetime) -> None: ...

    def twin(delivery: Delivery, *, now: datetime) -> None: ...

    twin.__qualname__ = handler.__qualname__
    with subscribed(handler):
        subscribe(TOPIC, handler)
        with pytest.raises(AlreadySubscribedError):
            subscribe(TOPIC, twin)


def test_the_effect_and_its_end_are_one_commit_and_happen_once() -> None:
    with subscribed(count):
        (one,) = written()
        assert deliver(one.pk, clock=at(NOW)) is True
        assert deliver(one.pk, clock=at(LATER)) is False
    assert effects() == {one.pk: 1}
    assert row(one).done_at == NOW


def test_copies_that_run_at_the_same_moment_have_one_effect() -> None:
    with subscribed(count):
        (one,) = written(sleep=0.3)
        results: list[bool] = []

        def work() -> None:
            results.append(deliver(one.pk, clock=at(NOW)))
            connection.close()

        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(results) == [False, False, False, True]
    assert effects() == {one.pk: 1}


def test_a_handler_has_the_rights_of_whoever_caused_it_and_no_more() -> None:
    seen: list[tuple[Scope, int]] = []

    def handler(delivery: Delivery, *, now: datetime) -> None:
        seen.append((current(), Event.objects.count()))

    with transaction.atomic(), scope(purpose=Purpose.DEMO):
        for unit in (71, 72, 72):
            record("a.b.c", subject=("a.b", "1"), actor=System.DEMO, unit=unit, at=NOW)
    with subscribed(handler):
        for unit in (71, 72):
            (one,) = written(scope=Scope(units=(unit,)))
            deliver(one.pk, clock=at(NOW))
    assert seen == [(Scope(units=(71,)), 1), (Scope(units=(72,)), 2)]


def failing(delivery: Delivery, *, now: datetime) -> None:
    count(delivery, now=now)
    raise ZeroDivisionError("no luck")


def test_a_failure_leaves_no_effect_and_is_tried_again_later() -> None:
    with subscribed(failing):
        (one,) = written()
        assert claim(now=NOW) == [(one.pk, "default")]
        assert deliver(one.pk, clock=at(NOW)) is False
    failed = row(one)
    assert effects() == {}
    assert failed.last_error == "ZeroDivisionError: no luck"
    assert (failed.done_at, failed.dead_at, failed.sent_at, failed.tries) == (None, None, None, 1)
    assert NOW <= failed.not_before <= NOW + timedelta(seconds=20)


def test_a_handler_that_breaks_a_rule_of_the_database_fails_like_any_other() -> None:
    def unguarded(delivery: Delivery, *, now: datetime) -> None:
        born(1)

    with subscribed(unguarded):
        (one,) = written()
        assert deliver(one.pk, clock=at(NOW)) is False
    assert "without an event" in row(one).last_error
    assert state_of(1) is None


def test_tries_end_on_the_desk_of_dead_letters_with_an_event() -> None:
    now = NOW
    with subscribed(failing):
        (one,) = written()
        for _ in range(settings.DELIVERY_TRIES):
            assert claim(now=now) == [(one.pk, "default")]
            deliver(one.pk, clock=at(now))
            now += timedelta(hours=1, seconds=1)
        later = claim(now=now + timedelta(days=1))  # others may want to hear of the death
        assert (one.pk, "default") not in later
    dead = row(one)
    assert (dead.tries, dead.dead_at) == (24, now - timedelta(hours=1, seconds=1))
    with transaction.atomic(), scope(purpose=Purpose.VERIFY):
        (event,) = Event.objects.about("events.delivery", one.pk)
    assert (event.name, event.facts["tries"]) == ("events.delivery.died", 24)


def test_what_kills_every_worker_is_buried_instead_of_sent_again() -> None:
    with subscribed(count):
        (one,) = written()
    for number in range(settings.DELIVERY_TRIES):
        assert claim(now=NOW + number * timedelta(minutes=3)) == [(one.pk, "default")]
    last = NOW + timedelta(hours=9)
    assert claim(now=last) == []
    assert (row(one).dead_at, row(one).last_error) == (last, "No worker survived it.")


def test_a_queue_is_not_filled_while_nobody_empties_it() -> None:
    with subscribed(count):
        written(3)
        Heartbeat.objects.create(queue="default", waiting_since=NOW)
        assert claim(now=NOW + timedelta(seconds=61)) == []
        assert len(claim(now=NOW + timedelta(seconds=61), inline=True)) == 3
        Heartbeat.objects.update(waiting_since=None)
        written(700)
        batches = [len(claim(now=NOW + timedelta(seconds=62))) for _ in range(4)]
    assert batches == [200, 200, 97, 0]


def test_a_final_no_is_not_tried_again() -> None:
    def refused(delivery: Delivery, *, now: datetime) -> None:
        raise UndeliverableError("unknown addressee")

    with subscribed(refused):
        (one,) = written()
        claim(now=NOW)
        deliver(one.pk, clock=at(NOW))
    assert row(one).dead_at == NOW


def test_a_delivery_without_its_handler_dies_visibly() -> None:
    with subscribed(count):
        (one,) = written()
    deliver(one.pk, clock=at(NOW))
    assert row(one).dead_at == NOW
    assert "No handler" in row(one).last_error


def test_an_unknown_id_is_nothing() -> None:
    assert deliver(uuid.uuid4(), clock=at(NOW)) is False


@pytest.mark.parametrize(("tries", "longest"), [(1, 20), (3, 80), (8, 2560), (9, 3600), (24, 3600)])
def test_pauses_double_up_to_an_hour(tries: int, longest: int) -> None:
    drawn = [pause(tries).total_seconds() for _ in range(200)]
    assert 0 <= min(drawn) < longest * 0.2
    assert longest * 0.8 < max(drawn) <= longest


class Partner:
    """The other side's own ledger, and what it is told to do wrong."""

    def __init__(self, *wrongs: Exception) -> None:
        self.ledger: list[uuid.UUID] = []
        self.wrongs = list(wrongs)
        self.in_transaction: list[bool] = []

    def call(self, delivery: Delivery, prepared: Any) -> str:
        self.in_transaction.append(connection.in_atomic_block)
        self.ledger.append(delivery.pk)
        if self.wrongs:
            raise self.wrongs.pop(0)
        return f"receipt {prepared}"

    def ask(self, delivery: Delivery) -> str | None:
        return "receipt from before" if delivery.pk in self.ledger else None

    def prepare(self, delivery: Delivery) -> str:
        return f"for {current().units}"

    def store(self, delivery: Delivery, reply: str, *, now: datetime) -> None:
        count(delivery, now=now)
        self.kept = reply

    def remote(self, **changes: Any) -> Remote:
        steps: dict[str, Any] = {"prepare": self.prepare, "call": self.call, "ask": self.ask, "store": self.store}
        return Remote(name="letter", partner="post", **(steps | changes))


@pytest.fixture
def partner() -> Iterator[Partner]:
    one = Partner()
    with subscribed(one.remote()):
        yield one


def test_a_partner_is_called_outside_any_transaction_and_its_answer_kept(partner: Partner) -> None:
    (one,) = written()
    assert deliver(one.pk, clock=at(NOW)) is True
    assert (partner.in_transaction, partner.kept, partner.ledger) == ([False], "receipt for (5,)", [one.pk])
    assert (row(one).done_at, row(one).lease_until) == (NOW, None)
    assert effects() == {one.pk: 1}


def test_an_answer_that_got_lost_is_asked_for_before_calling_again(partner: Partner) -> None:
    partner.wrongs = [TimeoutError("reply lost")]
    (one,) = written()
    claim(now=NOW)
    assert deliver(one.pk, clock=at(NOW)) is False
    assert deliver(one.pk, clock=at(LATER)) is True
    assert (partner.ledger, partner.kept) == ([one.pk], "receipt from before")


def test_while_one_calls_nobody_else_does(partner: Partner) -> None:
    (one,) = written()
    with transaction.atomic(), scope(purpose=Purpose.RELAY):
        Delivery.objects.filter(pk=one.pk).update(lease_until=NOW + timedelta(seconds=100))
    assert deliver(one.pk, clock=at(NOW)) is False
    assert claim(now=NOW) == []
    assert partner.ledger == []
    assert deliver(one.pk, clock=at(LATER)) is True  # whoever had the lease died; the partner knows nothing of it


def test_a_partner_that_keeps_failing_is_left_alone(partner: Partner) -> None:
    partner.wrongs = [ConnectionError("down")] * 20
    many = written(7)
    claim(now=NOW)
    for one in many:
        deliver(one.pk, clock=at(NOW))
    assert len(partner.ledger) == 5
    waiting = [row(one) for one in many[5:]]
    assert [(one.tries, one.not_before) for one in waiting] == 2 * [(0, NOW + timedelta(seconds=60))]


def test_without_a_broker_the_relay_does_the_work_itself() -> None:
    with subscribed(count):
        ids = {one.pk for one in written(5)}
        call_command("relay", "--inline", "--once")
    assert effects() == dict.fromkeys(ids, 1)


def test_done_deliveries_are_purged_after_a_week_and_open_ones_never() -> None:
    with subscribed(count):
        done, still_open = written(2)
        deliver(done.pk, clock=at(NOW))
    assert housekeeping.purge(now=NOW + timedelta(days=6)) == 0
    assert housekeeping.purge(now=NOW + timedelta(days=8)) == 1
    assert row(still_open).done_at is None


def test_the_watchdog_tells_relay_worker_and_schedule_apart() -> None:
    with subscribed(count):
        written(2)
    state = housekeeping.health(now=NOW + timedelta(seconds=30))
    assert (state.stalled, state.waiting, state.oldest_seconds) == (("relay",), 2, 30.0)
    Heartbeat.objects.create(queue=housekeeping.RELAY, last_tick=NOW)
    assert housekeeping.health(now=NOW + timedelta(seconds=60)).stalled == ()
    assert housekeeping.health(now=NOW + timedelta(seconds=61)).stalled == ("relay",)
    Heartbeat.objects.filter(queue=housekeeping.RELAY).update(last_tick=NOW + timedelta(minutes=9))
    Heartbeat.objects.create(queue="default", waiting_since=NOW)
    assert housekeeping.health(now=NOW + timedelta(minutes=9)).stalled == ("worker:default",)
    housekeeping.note_tick("default", now=NOW + timedelta(minutes=9))
    sealing.seal(now=NOW)
    assert housekeeping.health(now=NOW + timedelta(minutes=9)).stalled == ("beat",)


def test_two_relays_never_claim_the_same_delivery() -> None:
    with subscribed(count):
        ids = {one.pk for one in written(300)}
    claims: list[list[tuple[uuid.UUID, str]]] = []
    start = threading.Barrier(2)

    def work() -> None:
        start.wait()
        claims.extend(claim(now=NOW) for _ in range(3))
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    claimed = [delivery for batch in claims for delivery, _ in batch]
    assert len(claimed) == len(set(claimed)) == len(ids)
