"""An act took effect: its report is drafted. Where nobody may sign it yet, it is tried again, later and later."""

from datetime import datetime, timedelta

from documents.operations.act_reports import draft_act_report
from portal.events import Delivery, Event, Topic, order, subscribe
from portal.events.actors import System
from portal.isolation import Purpose, scope
from units.events import Fact
from units.models import ReorgProof

LATER = "documents.act_report"  # payload: act, tries
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=10), timedelta(days=1)
MOST_TRIES = 400  # a year


def on_took_effect(delivery: Delivery, *, now: datetime) -> None:
    with scope(purpose=Purpose.REORGANISATION):
        event = Event.objects.filter(pk=delivery.event_id or 0).first()
    if event is not None:
        _draft(int(event.subject_id), 1, now)


def on_later(delivery: Delivery, *, now: datetime) -> None:
    _draft(int(delivery.payload["act"]), int(delivery.payload["tries"]) + 1, now)


def _draft(act_id: int, tries: int, now: datetime) -> None:
    if draft_act_report(act_id=act_id, actor=System.REORGANISATION, now=now) is not None or tries > MOST_TRIES:
        return
    with scope(purpose=Purpose.REORGANISATION):
        proof = ReorgProof.objects.filter(event_id=act_id).first()
    if proof is None:
        return  # nothing was moved, so nothing is to be told
    pause = min(FIRST_PAUSE * 2 ** min(tries - 1, 20), LONGEST_PAUSE)
    topic = Topic(name=LATER, payload={"act": act_id, "tries": tries}, not_before=now + pause)
    order(topic, actor=System.REORGANISATION, unit=proof.unit_id, at=now)


def subscribe_all() -> None:
    subscribe(Fact.TOOK_EFFECT, on_took_effect)
    subscribe(LATER, on_later)
