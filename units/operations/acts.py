"""Acts that were decided outside the portal: entering one, confirming its day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from portal.events import record
from portal.events.actors import Actor
from units.events import Fact
from units.kinds import ActKind
from units.models import ReorgChange, ReorgEvent
from units.operations.errors import OtherDay, WrongState
from units.operations.steps import permit
from units.operations.tree import province_of, write_changes
from units.policies import Capability
from units.states import TRANSITIONS, Action, ActState


@dataclass(frozen=True, slots=True)
class Change:
    """From the day of effect the unit has this name and type."""

    unit_id: int
    name: str
    type: str


@transaction.atomic
def enter_act(
    *,
    kind: ActKind,
    legal_no: str,
    legal_date: date,
    effective_on: date,
    confirmed: bool,
    title: str,
    file_sha256: bytes,
    actor: Actor,
    now: datetime,
    note: str = "",
    changes: Iterable[Change] = (),
) -> ReorgEvent:
    """Bring in an act that was decided outside the portal. It stands scheduled, and its day still has to come.

    The tree from that day on is written now, so that questions about days to come are answered. `file_sha256`: 32
    bytes, over the file that the act was entered from. The trail of the province that the changes lie in tells of it.
    """
    step, listed = TRANSITIONS[Action.ENTER], list(changes)
    unit = province_of([change.unit_id for change in listed], effective_on)
    permit(actor, step.capability, unit)
    act = ReorgEvent.objects.create(
        kind=kind,
        legal_no=legal_no,
        legal_date=legal_date,
        effective_on=effective_on,
        effective_on_confirmed=confirmed,
        title=title,
        note=note,
        file_sha256=file_sha256,
        state=step.target,
        unit_id=unit,
        scheduled_at=now,
    )
    ReorgChange.objects.bulk_create(
        ReorgChange(event=act, unit_id=change.unit_id, name=change.name, type=change.type) for change in listed
    )
    if listed:
        write_changes(act, now)
    facts = {"legal_no": legal_no, "effective_on": effective_on, "file_sha256": file_sha256.hex()}
    record(step.fact, subject=act, actor=actor, unit=unit, at=now, after=step.target, facts=facts)
    return act


@transaction.atomic
def confirm_effective_day(*, act_id: int, effective_on: date, source: str, actor: Actor, now: datetime) -> ReorgEvent:
    """A person has read the act and confirms the day of effect that was assumed. Another day needs a correcting act."""
    act = ReorgEvent.objects.select_for_update().get(pk=act_id)
    unit = province_of(act.changes.values_list("unit_id", flat=True), act.effective_on)
    permit(actor, Capability.CONFIRM_DATE, unit)
    if act.effective_on != effective_on:
        raise OtherDay(act.legal_no, act.effective_on)
    if act.effective_on_confirmed or act.state not in (ActState.SCHEDULED, ActState.EFFECTIVE):
        raise WrongState(act.legal_no, act.state, "confirm the day of effect")
    act.effective_on_confirmed, act.note = True, ""
    act.save(update_fields=["effective_on_confirmed", "note"])
    facts = {"legal_no": act.legal_no, "effective_on": effective_on, "source": source[:300]}
    record(Fact.DATE_CONFIRMED, subject=act, actor=actor, unit=unit, at=now, facts=facts)
    return act
