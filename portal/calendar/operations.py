"""The deeds on the calendar. Nothing is overwritten: a row is retired, another written, and the journal holds both."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.forms.models import model_to_dict
from django.utils.translation import gettext as _

from portal.calendar import rules, wording
from portal.calendar.events import Fact
from portal.calendar.fixture import FixtureDay
from portal.calendar.loading import sessions_of
from portal.calendar.models import (
    NAME_LENGTH,
    SOURCE_LENGTH,
    CalendarChange,
    CalendarDay,
    CalendarSetting,
    Dated,
    DatedQuerySet,
    OfficeHours,
    SettingName,
    UnitClosure,
)
from portal.calendar.policies import Capability, Editor, may
from portal.calendar.working import FRIDAY, DayKind, Hours
from portal.events.actors import System
from portal.events.recording import record

RECORD_KEEPING = ["recorded_at", "recorded_by", "retired_at", "retired_by"]
Pairs = Sequence[Sequence[str]]


class CalendarError(ValueError):
    """The deed cannot be done; nothing was changed. `field` names the argument that is to blame."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True, kw_only=True)
class _Deed:
    """Who does what to whose calendar, when; writes rows, retires rows, and at the end the journal and the event."""

    fact: Fact
    actor: Editor | System
    now: datetime
    unit_id: int | None
    before: list[Dated]
    after: list[Dated]

    def write(self, row: Dated) -> Dated:
        row.unit_id, row.recorded_at, row.recorded_by = self.unit_id, self.now, self.actor.event_actor
        row.save(force_insert=True)
        self.after.append(row)
        return row

    def retire(self, row: Dated) -> None:
        row.retired_at, row.retired_by = self.now, self.actor.event_actor
        row.save(update_fields=["retired_at", "retired_by"])
        self.before.append(row)

    def close(self, first: date | None, until: date | None, reason: str = "") -> CalendarChange:
        change = CalendarChange.objects.create(
            deed=self.fact.value, at=self.now, actor=self.actor.event_actor, unit_id=self.unit_id,
            first_on=first, until_on=until, reason=reason,
            before=[_as_json(row) for row in self.before], after=[_as_json(row) for row in self.after],
        )  # fmt: skip
        record(self.fact, subject=change, actor=self.actor, unit=self.unit_id, at=self.now, facts={"change": change.pk})
        return change


def _as_json(row: Dated) -> dict[str, Any]:
    facts = {"table": type(row).__name__, **model_to_dict(row, exclude=RECORD_KEEPING)}
    return {
        name: value if value is None or isinstance(value, (str, int, list)) else str(value)
        for name, value in facts.items()
    }


def _needed(national: Capability, unit_id: int | None) -> Capability:
    return national if unit_id is None else Capability.HOURS_EDIT


def _begin(fact: Fact, capability: Capability, actor: Editor | System, now: datetime, unit_id: int | None) -> _Deed:
    """Refuse who may not; let one deed at a time change the calendar, because each reads what it replaces."""
    if not may(actor, capability, unit_id):
        raise PermissionDenied(_("Changing the calendar needs a post that may do so. Nothing was changed."))
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('portal.calendar'))")
    return _Deed(fact=fact, actor=actor, now=now, unit_id=unit_id, before=[], after=[])


def _text(field: str, value: str, longest: int) -> str:
    value = " ".join(value.split())
    if not value:
        raise CalendarError(field, _("This is needed, so that everybody can see where the change comes from."))
    if len(value) > longest or "\x00" in value:
        raise CalendarError(field, _("At most %(n)s characters of plain text.") % {"n": longest})
    return value


def _refuse_taken(field: str, on: date, unit_id: int | None) -> None:
    taken = CalendarDay.objects.live().of_unit(unit_id).filter(date=on).order_by("id").first()
    if taken is not None:
        message = _("%(day)s has an entry already (%(name)s). Nothing was changed; remove that entry first.")
        raise CalendarError(field, message % {"day": wording.day(on), "name": taken.name})


@transaction.atomic
def add_swap_day(
    *,
    off_on: date,
    worked_on: date,
    name: str,
    source: str,
    actor: Editor | System,
    now: datetime,
    unit_id: int | None = None,
) -> CalendarChange:
    """A weekday becomes a day off and a day of the weekend is worked for it; also on the very day."""
    deed = _begin(Fact.SWAP_ADDED, _needed(Capability.DAY_EDIT, unit_id), actor, now, unit_id)
    name, source = _text("name", name, NAME_LENGTH), _text("source", source, SOURCE_LENGTH)
    if off_on.weekday() > FRIDAY:
        raise CalendarError("off_on", _("%(day)s is not worked anyway.") % {"day": wording.day(off_on)})
    if worked_on.weekday() <= FRIDAY:
        raise CalendarError("worked_on", _("%(day)s is worked anyway.") % {"day": wording.day(worked_on)})
    if abs((off_on - worked_on).days) > 366:
        raise CalendarError("worked_on", _("The two days lie more than a year apart."))
    _refuse_taken("off_on", off_on, unit_id)
    _refuse_taken("worked_on", worked_on, unit_id)
    deed.write(CalendarDay(date=off_on, kind=DayKind.SWAP_OFF, name=name, source=source))
    deed.write(CalendarDay(date=worked_on, kind=DayKind.SWAP_WORKED, name=name, source=source))
    return deed.close(min(off_on, worked_on), max(off_on, worked_on), source)


@transaction.atomic
def add_holiday(
    *,
    on: date,
    name: str,
    source: str,
    actor: Editor | System,
    now: datetime,
    verified: bool = True,
    unit_id: int | None = None,
) -> CalendarChange:
    """A public holiday, by official notice, or computed until one is out."""
    deed = _begin(Fact.HOLIDAY_ADDED, _needed(Capability.DAY_EDIT, unit_id), actor, now, unit_id)
    name, source = _text("name", name, NAME_LENGTH), _text("source", source, SOURCE_LENGTH)
    _refuse_taken("on", on, unit_id)
    deed.write(CalendarDay(date=on, kind=DayKind.HOLIDAY, name=name, source=source, verified=verified))
    return deed.close(on, on, source)


@transaction.atomic
def retire_day(*, day: CalendarDay, reason: str, actor: Editor | System, now: datetime) -> CalendarChange:
    """The entry no longer holds from now on; what was counted with it stays explained."""
    deed = _begin(Fact.DAY_RETIRED, _needed(Capability.DAY_EDIT, day.unit_id), actor, now, day.unit_id)
    reason = _text("reason", reason, SOURCE_LENGTH)
    row = CalendarDay.objects.live().select_for_update().filter(pk=day.pk).order_by("id").first()
    if row is None:
        raise CalendarError("day", _("This entry was removed already. Nothing was changed."))
    deed.retire(row)
    return deed.close(row.date, row.date, reason)


@transaction.atomic
def set_office_hours(
    *,
    unit_id: int | None,
    sessions: Pairs,
    first: date,
    source: str,
    actor: Editor | System,
    now: datetime,
    until: date | None = None,
    saturday: Pairs = (),
    saturday_counts: bool = False,
) -> CalendarChange:
    """Office hours by decision of the province or commune, valid from `first` until before `until`."""
    deed = _begin(Fact.HOURS_SET, _needed(Capability.SETTING_EDIT, unit_id), actor, now, unit_id)
    source = _text("source", source, SOURCE_LENGTH)
    if until is not None and until <= first:
        raise CalendarError("until", _("The end lies before the start."))
    try:
        hours = Hours(sessions_of(sessions), sessions_of(saturday), saturday_counts)
    except ValueError as problem:
        text = _("Sessions are pairs of opening and closing times, one after the other, without overlap.")
        raise CalendarError("sessions", text) from problem
    new = {
        "sessions": [[f"{s.opens:%H:%M}", f"{s.closes:%H:%M}"] for s in hours.sessions],
        "saturday": [[f"{s.opens:%H:%M}", f"{s.closes:%H:%M}"] for s in hours.saturday],
        "saturday_counts": saturday_counts,
        "source": source,
    }
    _make_room(deed, OfficeHours.objects.live().of_unit(unit_id), DateRange(first, until))
    deed.write(OfficeHours(valid=DateRange(first, until), **new))
    return deed.close(first, until, source)


@transaction.atomic
def close_unit(
    *,
    unit_id: int,
    first_on: date,
    last_on: date,
    reason: str,
    source: str,
    actor: Editor | System,
    now: datetime,
) -> CalendarChange:
    """Storm, power cut: days off for this unit only, by a decision that `source` names."""
    deed = _begin(Fact.UNIT_CLOSED, Capability.UNIT_CLOSE, actor, now, unit_id)
    reason, source = _text("reason", reason, NAME_LENGTH), _text("source", source, SOURCE_LENGTH)
    if not 0 <= (last_on - first_on).days <= 366:
        raise CalendarError("last_on", _("A closure ends on or after its first day, and within a year."))
    deed.write(UnitClosure(first_on=first_on, last_on=last_on, reason=reason, source=source))
    return deed.close(first_on, last_on, source)


@transaction.atomic
def retire_closure(*, closure: UnitClosure, reason: str, actor: Editor | System, now: datetime) -> CalendarChange:
    """The unit was not shut after all, or not on these days."""
    deed = _begin(Fact.CLOSURE_RETIRED, Capability.UNIT_CLOSE, actor, now, closure.unit_id)
    reason = _text("reason", reason, SOURCE_LENGTH)
    row = UnitClosure.objects.live().select_for_update().filter(pk=closure.pk).order_by("id").first()
    if row is None:
        raise CalendarError("closure", _("This entry was removed already. Nothing was changed."))
    deed.retire(row)
    return deed.close(row.first_on, row.last_on, reason)


@transaction.atomic
def set_setting(
    *,
    name: SettingName,
    value: str,
    first: date,
    source: str,
    actor: Editor | System,
    now: datetime,
    until: date | None = None,
    unit_id: int | None = None,
) -> CalendarChange:
    """A rule of the count changes on a date, as the cut-off hour or the wait for a supplement."""
    deed = _begin(Fact.SETTING_SET, _needed(Capability.SETTING_EDIT, unit_id), actor, now, unit_id)
    source = _text("source", source, SOURCE_LENGTH)
    if until is not None and until <= first:
        raise CalendarError("until", _("The end lies before the start."))
    try:
        rules.check(name, value)
    except ValueError as problem:
        raise CalendarError("value", _("This setting cannot have that value. Nothing was changed.")) from problem
    rows = CalendarSetting.objects.live().of_unit(unit_id).filter(name=name)
    _make_room(deed, rows, DateRange(first, until))
    deed.write(CalendarSetting(name=name, value=value, source=source, valid=DateRange(first, until)))
    return deed.close(first, until, source)


def _make_room(deed: _Deed, rows: DatedQuerySet, new: DateRange) -> None:
    """Retire what overlaps the new stretch of time, and write again what of it lies before and after."""
    for row in rows.filter(valid__overlap=new).order_by("id").select_for_update():
        deed.retire(row)
        old = row.valid
        rest = []
        if old.lower is None or old.lower < new.lower:
            rest.append(DateRange(old.lower, new.lower))
        if new.upper is not None and (old.upper is None or old.upper > new.upper):
            rest.append(DateRange(new.upper, old.upper))
        for valid in rest:
            kept = model_to_dict(row, exclude=[*RECORD_KEEPING, "id", "valid"])
            deed.write(type(row)(**kept, valid=valid))


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a calendar file did; `kept` are the dates that people changed here, which a file never overrides."""

    added: int = 0
    changed: int = 0
    retired: int = 0
    unchanged: int = 0
    kept: tuple[date, ...] = ()


@transaction.atomic
def load_days(*, days: Sequence[FixtureDay], actor: System, now: datetime) -> Loaded:
    """Bring the national days of the years in `days` to what the file says; doing it twice changes nothing."""
    deed = _begin(Fact.DAYS_LOADED, Capability.DAY_EDIT, actor, now, None)
    wanted = {day.date: day for day in days}
    years = {day.date.year for day in days}
    rows = CalendarDay.objects.of_unit(None).filter(date__year__in=years).order_by("id")
    live = {row.date: row for row in rows if row.retired_at is None}
    removed_by_people = {row.date for row in rows if row.retired_by not in {"", actor.event_actor}}
    counts = dict.fromkeys(("added", "changed", "retired", "unchanged"), 0)
    kept = []
    for on in sorted({*wanted, *live}):
        row, day = live.get(on), wanted.get(on)
        if row is not None and day is not None and _says(row, day):
            counts["unchanged"] += 1
            continue
        if on in removed_by_people or (row is not None and row.recorded_by != actor.event_actor):
            kept.append(on)
            continue
        if row is not None:
            deed.retire(row)
        if day is not None:
            deed.write(CalendarDay(date=on, kind=day.kind, name=day.name, source=day.source, verified=day.verified))
        counts["changed" if row and day else "added" if day else "retired"] += 1
    if deed.before or deed.after:
        touched = [on for on in {*wanted, *live} if on not in kept]
        deed.close(min(touched), max(touched))
    return Loaded(**counts, kept=tuple(kept))


def _says(row: CalendarDay, day: FixtureDay) -> bool:
    return (row.kind, row.name, row.source, row.verified) == (day.kind, day.name, day.source, day.verified)
