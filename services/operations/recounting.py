"""The calendar changed while the clock ran: the due moment is counted again, and the trail says from when to when."""

from datetime import datetime, timedelta

from django.db import transaction

from portal.calendar import recompute
from portal.calendar.loading import due_for, load
from portal.calendar.models import CalendarChange
from portal.events import Topic, record
from portal.events.actors import Actor
from services.events import Fact
from services.models import ClockEntry, Dossier, Supplement, WorkItem
from services.operations import clock, steps
from services.operations.moving import lock, people, save, tell
from services.queries.clock import ledger_of
from services.states import OPEN, RequestState, State
from services.versions import limit_of

FURTHER = "services.clock.recount"  # topic of the delivery that goes on with the next dossiers
JUST_BEFORE = timedelta(microseconds=1)


@transaction.atomic
def recount(*, dossier: Dossier, change: CalendarChange, actor: Actor, now: datetime) -> bool:
    """Whether the due moment moved. What was printed on Form 01 binds: it never comes earlier than that."""
    locked = lock(dossier)
    if State(locked.state) not in OPEN or locked.decided_at or not (locked.accepted_at and locked.printed_due_at):
        return False
    ledger, limit = ledger_of(ClockEntry.objects.of(locked)), limit_of(locked.version, locked.limit_case)
    unit = locked.competent_unit_id
    _counted, calendar = due_for(accepted_at=ledger.start, limit=limit, ledger=ledger, unit_id=unit, binding=True)
    believed = load(unit, first=calendar.first, last=calendar.last, believed_at=change.at - JUST_BEFORE)
    found = recompute(
        printed=locked.printed_due_at,
        accepted_at=ledger.start,
        limit=limit,
        calendar=calendar,
        before=believed,
        ledger=ledger,
    )
    was = locked.due_at
    if found.moment == was:
        return False
    locked.due_at = found.moment
    if locked.next_due_at is not None:  # the clock runs
        locked.next_due_at = found.moment
    save(locked, "due_at", "next_due_at")
    facts = {"from": was, "to": found.moment, "change": change.pk, "why": [line.text for line in found.why]}
    tell(Fact.DUE_MOVED, locked, actor=actor, now=now, facts=facts)
    return True


@transaction.atomic
def recount_answer(*, dossier: Dossier, change: CalendarChange, actor: Actor, now: datetime) -> bool:
    """Whether the answer of the desk is due at another moment; never before the one that was told. Đ.17.2c"""
    locked = lock(dossier)
    if State(locked.state) is not State.SUBMITTED or locked.answered_at is not None:
        return False
    told, moment = clock.answer_due(locked.responsible_unit_id, _handed_in(locked))
    was, found = locked.answer_due_at, max(told, moment)
    if found == was:
        return False
    locked.answer_due_at = locked.next_due_at = found
    save(locked, "answer_due_at", "next_due_at")
    facts = {"from": was, "to": found, "change": change.pk}
    tell(Fact.ANSWER_DUE_MOVED, locked, actor=actor, now=now, facts=facts)
    return True


@transaction.atomic
def recount_step(*, dossier: Dossier, change: CalendarChange, actor: Actor, now: datetime) -> bool:
    """Whether the open step is due at another moment, as its share of the legal time falls on the new calendar.

    While the clock stands still no step is due anew; when it runs again, it is counted then.
    """
    locked = lock(dossier)
    item = WorkItem.objects.of(locked).open().select_for_update(of=("self",)).first()
    if item is None or item.opened_at is None or item.due_at is None or locked.paused_at or locked.decided_at:
        return False
    item.dossier = locked
    was, item.due_at = item.due_at, steps.due_of(locked, item, item.opened_at)
    if item.due_at == was:
        return False
    item.save(update_fields=["due_at"])
    record(
        Fact.STEP_DUE_MOVED,
        subject=item,
        actor=actor,
        unit=item.unit_id,
        at=now,
        facts={"dossier": str(locked.pk), "step": item.step, "from": was, "to": item.due_at, "change": change.pk},
        concerns=people(locked),
    )
    return True


def _handed_in(dossier: Dossier) -> datetime:
    """From when the desk has its working hours: the filing, or the last supplement that made it whole."""
    rows = Supplement.objects.filter(dossier=dossier, at_reception=True, state=RequestState.COMPLETE.value)
    last = rows.order_by("-number", "id").values_list("ended_at", flat=True).first()
    return last or dossier.submitted_at


@transaction.atomic
def note_recount(
    *, change: CalendarChange, counted: int, moved: int, after: str | None, actor: Actor, now: datetime
) -> None:
    """How far it is. `after`: the last dossier that was looked at, when others follow."""
    further = [Topic(name=FURTHER, payload={"change": change.pk, "after": after})] if after else []
    record(
        Fact.CLOCKS_RECOUNTED,
        subject=change,
        actor=actor,
        unit=change.unit_id,
        at=now,
        facts={"change": change.pk, "counted": counted, "moved": moved},
        deliveries=further,
    )
