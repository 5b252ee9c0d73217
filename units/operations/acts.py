"""The steps of an act: entering one that is in force already, letting it take effect, confirming its day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from portal.events import record
from portal.events.actors import Actor
from units.events import Fact
from units.kinds import ActKind
from units.models import ReorgChange, ReorgEvent
from units.operations.errors import DoesNotFit, NotAllowed, OtherDay, TooEarly, WrongState
from units.policies import Capability
from units.states import TRANSITIONS, Action, ActState

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")  # an act takes effect at midnight there, wherever the server stands


@dataclass(frozen=True, slots=True)
class Change:
    """From the day of effect the unit has this name and type."""

    unit_id: int
    name: str
    type: str


def _permit(actor: Actor, capability: Capability, unit: int | None) -> None:
    """People need the capability; the portal's own actors come from code, never from a request."""
    asked = getattr(actor, "has_perm", None)
    if asked is not None and not asked(capability, unit):
        raise NotAllowed(capability)


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
    unit: int | None = None,
) -> ReorgEvent:
    """Bring in an act that was decided outside the portal. It stands scheduled and still has to take effect.

    `file_sha256`: 32 bytes, over the file that the act was entered from. `unit`: whose trail tells of it.
    """
    step = TRANSITIONS[Action.ENTER]
    _permit(actor, step.capability, unit)
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
    )
    ReorgChange.objects.bulk_create(
        ReorgChange(event=act, unit_id=change.unit_id, name=change.name, type=change.type) for change in changes
    )
    facts = {"legal_no": legal_no, "effective_on": effective_on, "file_sha256": file_sha256.hex()}
    record(step.fact, subject=act, actor=actor, unit=unit, at=now, after=step.target, facts=facts)
    return act


@transaction.atomic
def take_effect(*, act_id: int, actor: Actor, now: datetime) -> ReorgEvent:
    """Change the tree as a scheduled act says, from its day of effect on. A second run is refused and changes nothing."""
    act = ReorgEvent.objects.select_for_update().get(pk=act_id)
    step = TRANSITIONS[Action.TAKE_EFFECT]
    if act.state not in step.sources:
        raise WrongState(act.legal_no, act.state, Action.TAKE_EFFECT)
    if now.astimezone(ZONE).date() < act.effective_on:
        raise TooEarly(act.legal_no, act.effective_on)
    if act.kind not in (ActKind.RETYPE, ActKind.RENAME):
        raise DoesNotFit(f"Act {act.legal_no} is a {act.kind}; only changes of name and type run by their rows.")
    unit = _province_of(act)
    _permit(actor, step.capability, unit)
    settle(act=act, actor=actor, now=now, facts={"changed": _rename(act, now)}, unit=unit)
    return act


def settle(*, act: ReorgEvent, actor: Actor, now: datetime, facts: Mapping[str, object], unit: int | None) -> None:
    """The last step of every act once its rows are written: scheduled → effective, with its event."""
    step = TRANSITIONS[Action.TAKE_EFFECT]
    before, act.state = act.state, step.target
    act.save(update_fields=["state"])
    told = {"legal_no": act.legal_no, "effective_on": act.effective_on, **facts}
    record(step.fact, subject=act, actor=actor, unit=unit, at=now, before=before, after=act.state, facts=told)


@transaction.atomic
def confirm_effective_day(
    *, act_id: int, effective_on: date, source: str, actor: Actor, now: datetime, unit: int | None = None
) -> ReorgEvent:
    """A person has read the act and confirms the day of effect that was assumed. Another day needs a correcting act."""
    act = ReorgEvent.objects.select_for_update().get(pk=act_id)
    _permit(actor, Capability.CONFIRM_DATE, unit)
    if act.effective_on != effective_on:
        raise OtherDay(act.legal_no, act.effective_on)
    if act.effective_on_confirmed or act.state not in (ActState.SCHEDULED, ActState.EFFECTIVE):
        raise WrongState(act.legal_no, act.state, "confirm the day of effect")
    act.effective_on_confirmed, act.note = True, ""
    act.save(update_fields=["effective_on_confirmed", "note"])
    facts = {"legal_no": act.legal_no, "effective_on": effective_on, "source": source[:300]}
    record(Fact.DATE_CONFIRMED, subject=act, actor=actor, unit=unit, at=now, facts=facts)
    return act


CLOSE = """
update units_unit_version version
   set valid = daterange(lower(version.valid), %(day)s), closed_by_id = %(act)s
  from units_reorg_change change
 where change.event_id = %(act)s and version.unit_id = change.unit_id
   and upper_inf(version.valid) and lower(version.valid) < %(day)s
   and (version.name, version.type) <> (change.name, change.type)"""
FOLLOW = """
insert into units_unit_version (unit_id, name, type, parent_id, path, valid, event_id, recorded_at)
select version.unit_id, change.name, change.type, version.parent_id, version.path, daterange(%(day)s, null), %(act)s, %(now)s
  from units_unit_version version join units_reorg_change change using (unit_id)
 where version.closed_by_id = %(act)s and change.event_id = %(act)s"""


def _rename(act: ReorgEvent, now: datetime) -> int:
    """Close the versions that hold, and write their followers on the day of effect. Children and codes are left alone."""
    values = {"act": act.pk, "day": act.effective_on, "now": now}
    wanted = act.changes.count()
    with connection.cursor() as cursor:
        # Between the two statements a parent has no version on the day; its children may see it only afterwards.
        cursor.execute("set constraints unit_version_parent_alive deferred")
        cursor.execute(CLOSE, values)
        if cursor.rowcount != wanted:
            raise DoesNotFit(
                f"Act {act.legal_no} changes {wanted} units, but {cursor.rowcount} fit: the others are closed, changed later, "
                "or have this name and type already. Nothing was changed."
            )
        cursor.execute(FOLLOW, values)
        cursor.execute("set constraints unit_version_parent_alive immediate")
    return wanted


def _province_of(act: ReorgEvent) -> int | None:
    """The province that all changed units lie in or are; nothing when there are several."""
    with connection.cursor() as cursor:
        cursor.execute(
            """select distinct subpath(version.path, 1, 1)::text::bigint
                 from units_unit_version version join units_reorg_change change using (unit_id)
                where change.event_id = %s and version.valid @> %s::date and nlevel(version.path) > 1""",
            [act.pk, act.effective_on],
        )
        provinces = cursor.fetchall()
    return provinces[0][0] if len(provinces) == 1 else None
