"""What all steps of an act share: the lock, the right, the revision, the state with its event."""

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction

from portal.events import record
from portal.events.actors import Actor
from units.kinds import Level
from units.models import ReorgEvent, Unit
from units.operations.errors import NotAllowed, Outdated, WrongState
from units.operations.rows import Table
from units.states import TRANSITIONS, Action, Capability

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")  # an act takes effect at midnight there, wherever the server stands


def day_of(now: datetime) -> date:
    return now.astimezone(ZONE).date()


def permit(actor: Actor, capability: Capability, unit: int | None) -> None:
    """People need the capability; the portal's own actors come from code, never from a request."""
    asked = getattr(actor, "has_perm", None)
    if asked is not None and not asked(capability, unit):
        raise NotAllowed(capability)


def is_person(actor: Actor) -> bool:
    return hasattr(actor, "has_perm")


def unit_of(act: ReorgEvent) -> int:
    """Whose the act is: its province, or the country where it names none."""
    return act.unit_id or Unit.objects.filter(level=Level.COUNTRY).values_list("pk", flat=True)[0]


def lock(act_id: int, action: Action, actor: Actor, expected: int | None, also: Collection[str] = ()) -> ReorgEvent:
    """The act, when this step may be taken with it now, by this actor, who saw it as it is.

    `also`: states in which the step may be taken too, and leaves the act where it is.
    """
    act = ReorgEvent.objects.select_for_update(of=("self",)).get(pk=act_id)
    permit(actor, TRANSITIONS[action].capability, unit_of(act))
    if expected is not None and act.revision != expected:
        raise Outdated(act.legal_no, act.revision)
    if act.state not in TRANSITIONS[action].sources and act.state not in also:
        raise WrongState(act.legal_no, act.state, action)
    return act


def tree_lock() -> None:
    """Acts are written into the tree one after the other; who only reads or works does not wait."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('units.acts'))")


def step(
    act: ReorgEvent, action: Action, *, actor: Actor, now: datetime, facts: Mapping[str, Any], **changes: object
) -> None:
    """Move the act, save what changes with it, and record the event."""
    told = TRANSITIONS[action]
    before, act.state = act.state, told.target
    act.revision += 1
    for name, value in changes.items():
        setattr(act, name, value)
    act.save(update_fields=["state", "revision", *changes])
    facts = {"legal_no": act.legal_no, **facts}
    record(told.fact, subject=act, actor=actor, unit=act.unit_id, at=now, before=before, after=act.state, facts=facts)


def canonical(value: object) -> bytes:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), cls=DjangoJSONEncoder)
    return hashlib.sha256(text.encode()).digest()


def rows_digest(act: ReorgEvent, table: Table) -> bytes:
    """Over everything that the act says, its number and file included."""
    head = [
        act.kind, act.legal_no, act.legal_date, act.effective_on, act.title, bytes(act.file_sha256 or b"").hex(),
        act.unit_id, act.corrects_id, act.decide_days,
    ]  # fmt: skip
    results = [
        [row.number, row.unit_id, row.is_new, row.name, row.type, row.parent_id, row.code, row.axis_code]
        for row in table.results
    ]
    sources = [[row.number, row.old_id, row.new_id, row.share, row.is_default, row.rule] for row in table.sources]
    return canonical([head, results, sources])


@contextmanager
def read_only() -> Iterator[None]:
    """Inside, PostgreSQL refuses every write, whoever asks; afterwards the transaction writes again."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("set local transaction_read_only = on")
        yield
        transaction.set_rollback(True)
