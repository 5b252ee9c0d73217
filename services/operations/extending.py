"""The due moment is set anew, once and before it has passed, with an apology to the citizen. NĐ 118/2025 Đ.19.6

Whoever works on the dossier proposes it, the head decides; the citizen is told by Form 04, line by line in the clock.
"""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate

from portal.accounts.models import User
from portal.calendar import LedgerError, last_in_time_apology
from portal.calendar.ledger import EntryKind
from portal.calendar.loading import load
from portal.events import record
from portal.events.actors import Actor, System
from services.errors import (
    ExtendedAlreadyError,
    ExtensionTooLateError,
    NoReasonError,
    NotAllowedError,
    NotLaterError,
    OwnProposalError,
    ServicesError,
    WrongStateError,
)
from services.events import Fact
from services.models import ClockEntry, Dossier, Extension, WorkItem
from services.models.lateness import GROUND_LENGTH, REASON_LENGTH
from services.operations import clock
from services.operations.forms import order_apology
from services.operations.moving import hold, lock, people, save, tell
from services.policies import Capability, may_at
from services.queries.lateness import EXTENSION_GROUND
from services.rules import rules_on
from services.states import EXTENDABLE, ExtensionState, State

LONGEST_CLOSED = timedelta(days=60)  # no office is shut longer before a due day
WHY: dict[str, type[ServicesError]] = {"extended": ExtendedAlreadyError, "expired": ExtensionTooLateError}


@transaction.atomic
def ask_extension(
    *, item: WorkItem, new_due_on: date, reason: str, ground: str = EXTENSION_GROUND, actor: User, now: datetime
) -> Extension:
    """Propose a later day to the head; it ends with the office hours of that day.

    Raises what `processing.hold` raises, ExtensionTooLateError, ExtendedAlreadyError, NotLaterError, NoReasonError,
    WrongStateError.
    """
    dossier, _locked = hold(item, actor)
    old = _require_running(dossier, now)
    if not reason.strip() or not ground.strip():
        raise NoReasonError
    if _open(dossier) is not None:
        raise WrongStateError
    if Extension.objects.filter(dossier=dossier, state=ExtensionState.APPROVED).exists():
        raise ExtendedAlreadyError
    asked = Extension(
        dossier=dossier,
        state=ExtensionState.ASKED,
        reason=reason.strip()[:REASON_LENGTH],
        ground=ground.strip()[:GROUND_LENGTH],
        old_due_at=old,
        new_due_at=_end_of(dossier, new_due_on, old, now),
        asked_by=actor,
        asked_at=now,
    )
    asked.save(force_insert=True)
    _mark(asked, "", actor=actor, now=now)
    save(dossier)
    facts = {"extension": str(asked.pk), "new_due_at": asked.new_due_at}
    tell(Fact.EXTENSION_ASKED, dossier, actor=actor, now=now, facts=facts)
    return asked


@transaction.atomic
def approve_extension(*, extension: Extension, actor: User, now: datetime, revision: int | None = None) -> Extension:
    """The head apologises and promises the new date: ledger, Form 04, and the citizen reads both.

    Raises NotAllowedError, OwnProposalError, StaleError, WrongStateError, ExtensionTooLateError, ExtendedAlreadyError.
    """
    dossier, asked = _decide(extension, actor, revision)
    old = _require_running(dossier, now)
    if old != asked.old_due_at:  # the clock was set anew meanwhile: the proposal speaks of another promise
        raise WrongStateError
    calendar = load(dossier.competent_unit_id, first=localdate(old) - LONGEST_CLOSED, last=localdate(old))
    late = now > last_in_time_apology(old, calendar)
    try:
        clock.enter(dossier, EntryKind.EXTEND, ground=asked.ground, actor=actor, now=now, until=asked.new_due_at)
    except LedgerError as error:
        raise WHY.get(error.code, NotLaterError) from error
    save(dossier, *clock.FIELDS)
    asked.late_apology = late
    asked.form = order_apology(extension=asked, dossier=dossier, actor=actor, now=now)
    _end(asked, ExtensionState.APPROVED, actor=actor, now=now)
    facts = {"extension": str(asked.pk), "from": old, "to": dossier.due_at, "late_apology": late}
    tell(Fact.EXTENDED, dossier, actor=actor, now=now, facts=facts)
    return asked


@transaction.atomic
def decline_extension(
    *, extension: Extension, reason: str, actor: User, now: datetime, revision: int | None = None
) -> Extension:
    """The promise stands. Raises NoReasonError besides."""
    dossier, asked = _decide(extension, actor, revision)
    if not reason.strip():
        raise NoReasonError
    asked.answer = reason.strip()[:REASON_LENGTH]
    _end(asked, ExtensionState.DECLINED, actor=actor, now=now)
    save(dossier)
    tell(Fact.EXTENSION_DECLINED, dossier, actor=actor, now=now, facts={"extension": str(asked.pk)})
    return asked


@transaction.atomic
def lapse_extension(*, dossier: Dossier, actor: System, now: datetime) -> Dossier | None:
    """Nobody decided before the due moment, or the dossier went on without it. None when there is nothing to do."""
    locked = lock(dossier)
    asked = _open(locked)
    still = State(locked.state) in EXTENDABLE and asked is not None and locked.due_at == asked.old_due_at > now
    if asked is None or still:
        return None
    cancel_extension(dossier=locked, actor=actor, now=now)
    return locked


def cancel_extension(*, dossier: Dossier, actor: Actor, now: datetime) -> None:
    """The caller holds the dossier's lock."""
    asked = _open(dossier)
    if asked is not None:
        asked.dossier = dossier
        _end(asked, ExtensionState.LAPSED, actor=actor, now=now)
        tell(Fact.EXTENSION_LAPSED, dossier, actor=actor, now=now, facts={"extension": str(asked.pk)})


def _require_running(dossier: Dossier, now: datetime) -> datetime:
    """The due moment that counts now, while it can still be moved."""
    if State(dossier.state) not in EXTENDABLE or dossier.due_at is None or dossier.paused_at is not None:
        raise WrongStateError
    if ClockEntry.objects.of(dossier).filter(kind=EntryKind.EXTEND).exists():
        raise ExtendedAlreadyError
    if now >= dossier.due_at:
        raise ExtensionTooLateError
    return dossier.due_at


def _end_of(dossier: Dossier, on: date, old: datetime, now: datetime) -> datetime:
    """The end of office hours of a working day after the old one."""
    first = localdate(old)
    if not first < on <= first + rules_on(localdate(now)).extension_longest:
        raise NotLaterError
    calendar = load(dossier.competent_unit_id, first=on, last=on)
    if not calendar.day(on).counts:
        raise NotLaterError
    return calendar.closing(on)


def _decide(extension: Extension, actor: User, revision: int | None) -> tuple[Dossier, Extension]:
    """Both rows locked, for a head who did not propose it."""
    if not may_at(actor, Capability.APPROVE, extension.dossier.competent_unit_id):
        raise NotAllowedError
    dossier = lock(extension.dossier, revision=revision)
    asked = Extension.objects.select_for_update(of=("self",)).select_related("asked_by").get(pk=extension.pk)
    asked.dossier = dossier
    if asked.state != ExtensionState.ASKED:
        raise WrongStateError
    if asked.asked_by_id == actor.pk:
        raise OwnProposalError
    return dossier, asked


def _open(dossier: Dossier) -> Extension | None:
    rows = Extension.objects.select_for_update(of=("self",)).filter(dossier=dossier)
    return rows.filter(state=ExtensionState.ASKED).first()


def _end(asked: Extension, state: ExtensionState, *, actor: Actor, now: datetime) -> None:
    before, asked.state, asked.ended_at = asked.state, state, now
    asked.ended_by = actor if isinstance(actor, User) else None
    asked.save(update_fields=["state", "ended_at", "ended_by", "answer", "late_apology", "form"])
    _mark(asked, before, actor=actor, now=now)


def _mark(asked: Extension, before: str, *, actor: Actor, now: datetime) -> None:
    """The extension's own event, which the guard of its state asks for."""
    record(
        Fact.EXTENSION_MOVED,
        subject=asked,
        actor=actor,
        unit=asked.dossier.responsible_unit_id,
        at=now,
        before=before,
        after=asked.state,
        facts={"dossier": str(asked.dossier_id)},
        concerns=people(asked.dossier),
    )
