"""The steps of a version as work items, opened one after the other, and dossiers that go from hand to hand."""

from datetime import datetime, timedelta

from django.db.models import F, Sum

from portal.accounts.models import User
from portal.calendar.working import Calendar
from portal.events import record
from portal.events.actors import Actor
from portal.events.models import Event
from services import versions
from services.coordination import handover_due
from services.events import Fact
from services.kinds import Channel, Given, StepRole
from services.models import Component, Dossier, Handover, Proof, WorkItem
from services.operations.moving import people, tell
from services.queries.officers import name_of
from services.states import ItemState

RECEIVED = "NĐ 118/2025 Đ.18.2"


def begin(dossier: Dossier, *, actor: User, now: datetime) -> None:
    """All steps of the version as rows; that of the desk is done with the acceptance, the next one opens."""
    items: list[WorkItem] = []
    for number, part in enumerate(versions.steps(dossier.version), start=1):
        at_desk = part.role is StepRole.RECEPTION
        item = WorkItem(
            dossier=dossier,
            number=number,
            step=part.key,
            name=part.name,
            role=part.role,
            unit_id=_place(dossier, part.role),
            state=ItemState.DONE if at_desk else ItemState.WAITING,
        )
        if at_desk:
            item.officer, item.opened_at, item.taken_at, item.done_at = actor, dossier.submitted_at, now, now
        items.append(item)
    for item in WorkItem.objects.bulk_create(items):
        is_done = item.state == ItemState.DONE
        _tell(Fact.STEP_DONE if is_done else Fact.STEP_PLANNED, item, actor=actor, now=now, before="")
    open_next(dossier, actor=actor, now=now)


def open_next(dossier: Dossier, *, actor: Actor, now: datetime) -> WorkItem | None:
    """Open the first step that still waits; the dossier goes to its unit, with a hand-over when that is another."""
    item = WorkItem.objects.of(dossier).filter(state=ItemState.WAITING).first()
    if item is None:
        return None
    item.dossier = dossier
    item.state, item.opened_at, item.due_at = ItemState.OPEN, now, due_of(dossier, item, now)
    item.save(update_fields=["state", "opened_at", "due_at"])
    event = _tell(Fact.STEP_OPENED, item, actor=actor, now=now, before=ItemState.WAITING, facts={"due_at": item.due_at})
    before = dossier.responsible_unit_id
    dossier.responsible_unit_id, dossier.holder_id = item.unit_id, item.officer_id
    dossier.save(update_fields=["responsible_unit", "holder"])
    if before != item.unit_id:
        what = Given.RESULT if item.role == StepRole.RETURNS else Given.DOSSIER
        give(dossier, before, item.unit_id, actor=actor, ground=RECEIVED, event=event, now=now, what=what)
    return item


def give(
    dossier: Dossier,
    before: int,
    after: int,
    *,
    actor: Actor,
    ground: str,
    event: Event,
    now: datetime,
    what: Given = Given.DOSSIER,
) -> Handover:
    """A row of Form 06; the other side receives it when somebody there opens the step.

    Between units it has its due moment, and papers that lie at the desk travel beside it, with a receipt of their own.
    """
    row = _give(dossier, before, after, actor=actor, ground=ground, event=event, now=now, what=what)
    if before != after and what is Given.DOSSIER and papers_of(dossier):
        _give(dossier, before, after, actor=actor, ground=ground, event=event, now=now, what=Given.PAPERS)
    return row


def papers_of(dossier: Dossier) -> int:
    """How many sheets of paper lie at the desk; what was only shown went home with its owner."""
    kept = Component.objects.filter(dossier=dossier, proof=Proof.ATTACHED)
    found = kept.aggregate(sheets=Sum(F("originals") + F("certified") + F("copies")))
    return 0 if dossier.channel == Channel.ONLINE else found["sheets"] or 0


def _give(
    dossier: Dossier, before: int, after: int, *, actor: Actor, ground: str, event: Event, now: datetime, what: Given
) -> Handover:
    is_between = before != after
    row = Handover.objects.create(
        dossier=dossier,
        from_unit_id=before,
        to_unit_id=after,
        from_officer=actor if isinstance(actor, User) else None,
        given_at=now,
        ground=ground,
        event_id=event.pk,
        what=what,
        giver=name_of(actor),
        due_at=handover_due(before, after, what, now) if is_between else None,
    )
    if is_between:
        facts = {"handover": row.pk, "from": before, "to": after, "what": what.value, "due_at": row.due_at}
        tell(Fact.HANDED_OVER, dossier, actor=actor, now=now, facts=facts)
    return row


def finish(item: WorkItem, *, actor: Actor, now: datetime, note: str = "") -> None:
    """Mark a locked, open step as done."""
    item.state, item.done_at, item.note = ItemState.DONE, now, note
    if item.officer_id is None and isinstance(actor, User):
        item.officer, item.taken_at = actor, now
    item.save(update_fields=["state", "done_at", "note", "officer", "taken_at"])
    _tell(Fact.STEP_DONE, item, actor=actor, now=now, before=ItemState.OPEN)


def send_back(item: WorkItem, earlier: WorkItem, *, actor: Actor, now: datetime, note: str) -> None:
    """The open step and those between wait again, and the earlier one opens anew for whoever did it."""
    between = WorkItem.objects.of(item.dossier).filter(number__gt=earlier.number, number__lte=item.number)
    for row in between.select_for_update(of=("self",)):
        before, row.state, row.opened_at, row.done_at = row.state, ItemState.WAITING, None, None
        row.officer = row.taken_at = row.due_at = None
        row.save(update_fields=["state", "opened_at", "done_at", "officer", "taken_at", "due_at"])
        _tell(Fact.STEP_RETURNED, row, actor=actor, now=now, before=before, facts={"to": earlier.step})
    was = earlier.state
    earlier.state, earlier.opened_at, earlier.done_at, earlier.note = ItemState.OPEN, now, None, note
    earlier.due_at = due_of(earlier.dossier, earlier, now)
    earlier.save(update_fields=["state", "opened_at", "done_at", "note", "due_at"])
    _tell(Fact.STEP_OPENED, earlier, actor=actor, now=now, before=was, facts={"due_at": earlier.due_at})


def cancel_all(dossier: Dossier, *, actor: Actor, now: datetime) -> None:
    """The dossier ended: nothing of it waits for anybody."""
    unfinished = WorkItem.objects.of(dossier).filter(state__in=[ItemState.WAITING, ItemState.OPEN])
    for item in unfinished.select_for_update(of=("self",)):
        before, item.state, item.done_at = item.state, ItemState.CANCELLED, now
        item.save(update_fields=["state", "done_at"])
        _tell(Fact.STEP_CANCELLED, item, actor=actor, now=now, before=before)


def _place(dossier: Dossier, role: StepRole) -> int:
    if role is StepRole.RECEPTION:
        return dossier.receiving_unit_id
    return dossier.returning_unit_id if role is StepRole.RETURNS else dossier.competent_unit_id


def due_of(dossier: Dossier, item: WorkItem, now: datetime) -> datetime | None:
    """When this step should be done: its share, and that of the steps before it, of the whole working time.

    A share is a promise among ourselves, never law; the last step is due with the dossier.
    """
    if dossier.due_at is None or dossier.accepted_at is None:
        return None
    share = versions.share_until(dossier.version, item.step)
    if share >= 1 or dossier.due_at <= now:
        return dossier.due_at
    calendar = Calendar.load(dossier.competent_unit_id, first=dossier.accepted_at.date(), last=dossier.due_at.date())
    whole = calendar.working_time_between(calendar.local(dossier.accepted_at), calendar.local(dossier.due_at))
    moment = calendar.after_working_time(calendar.local(dossier.accepted_at), whole * share)
    return max(now + timedelta(minutes=15), min(moment, dossier.due_at)) if moment else dossier.due_at


def _tell(
    fact: Fact, item: WorkItem, *, actor: Actor, now: datetime, before: str, facts: dict[str, object] | None = None
) -> Event:
    return record(
        fact,
        subject=item,
        actor=actor,
        unit=item.unit_id,
        at=now,
        before=before,
        after=item.state,
        facts={"dossier": str(item.dossier_id), "step": item.step, **(facts or {})},
        concerns=people(item.dossier),
    )
