"""How late the seal is. Late for a quarter of an hour: alarm. For hours: nobody may write what nobody can prove
(docs/trust.md).
"""

from datetime import datetime, timedelta
from enum import StrEnum

from django.conf import settings
from django.db import connection, transaction

from portal.events.actors import System
from portal.events.models import Event, Seal
from portal.events.recording import record
from portal.isolation import Purpose, scope

NOTE_LOCK = 0x5EA2
SUBJECT = ("events.seal", "trail")


class Lateness(StrEnum):
    ON_TIME = "on_time"
    LATE = "late"
    STOPPED = "stopped"


class Name(StrEnum):
    LATE = "events.seal.late"
    STOPPED = "events.seal.stopped"
    RESUMED = "events.seal.resumed"


def sealed_until() -> datetime | None:
    """The last seal; before the first one, the first event that waits for it; None when there is nothing to seal."""
    if last := Seal.objects.order_by("-number").values_list("at", flat=True).first():
        return last
    with transaction.atomic(), scope(purpose=Purpose.VERIFY):
        return Event.objects.order_by("id").values_list("recorded_at", flat=True).first()


def judge(delay: timedelta) -> Lateness:
    if delay > settings.SEAL_STOP_AFTER:
        return Lateness.STOPPED
    return Lateness.LATE if delay > settings.SEAL_LATE_AFTER else Lateness.ON_TIME


def lateness(now: datetime) -> Lateness:
    until = sealed_until()
    return judge(now - until) if until else Lateness.ON_TIME


def note_start(*, now: datetime) -> Lateness:
    """Record, once per delay, that seals are late or that writing has stopped; called by the watchdog and by the first
    refusal.
    """
    with transaction.atomic(), scope(purpose=Purpose.SEAL):
        state = lateness(now)
        if state is not Lateness.ON_TIME and _alone():
            name = Name.STOPPED if state is Lateness.STOPPED else Name.LATE
            until = sealed_until()
            known = Event.objects.about(*SUBJECT).filter(name=name, at__gt=until).exists()
            if not known:
                record(
                    name,
                    subject=SUBJECT,
                    actor=System.WATCHDOG,
                    unit=None,
                    at=now,
                    before=Lateness.ON_TIME,
                    after=state,
                    facts={"sealed_until": until},
                )
    return state


def note_end(last: datetime | None, *, now: datetime) -> None:
    """Record, with the seal that ends it, how long the delay was."""
    state = judge(now - last) if last else Lateness.ON_TIME
    if state is not Lateness.ON_TIME:
        record(
            Name.RESUMED,
            subject=SUBJECT,
            actor=System.SEAL,
            unit=None,
            at=now,
            before=state,
            after=Lateness.ON_TIME,
            facts={"sealed_until": last},
        )


def _alone() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(%s)", [NOTE_LOCK])
        return bool(cursor.fetchone()[0])
