"""A dossier is kept beyond its time because somebody may need it: a complaint, a court, an inspection."""

from datetime import datetime

from django.db import transaction

from portal.accounts.models import User
from portal.events import record
from services.errors import NoReasonError, NotAllowedError, WrongStateError
from services.events import Fact
from services.models import Dossier, RetentionHold
from services.models.retention import REASON_LENGTH
from services.operations.moving import lock, people, save, tell
from services.policies import Capability, may_at
from services.retention_errors import HeldAlreadyError, MinimisedError
from services.retention_kinds import HOLD_MOVES, Cause, HoldState


@transaction.atomic
def set_hold(
    *, dossier: Dossier, cause: Cause, reason: str, actor: User, now: datetime, revision: int | None = None
) -> RetentionHold:
    """From now on no rule touches the dossier, whatever its time.

    Raises NotAllowedError, StaleError, MinimisedError, NoReasonError, HeldAlreadyError.
    """
    _permit(dossier, actor)
    locked = lock(dossier, revision=revision)
    if locked.minimised_at is not None:
        raise MinimisedError
    if not reason.strip():
        raise NoReasonError
    if RetentionHold.objects.filter(dossier=locked, cause=cause.value, state=HoldState.HELD.value).exists():
        raise HeldAlreadyError
    hold = RetentionHold(
        dossier=locked,
        state=HoldState.HELD.value,
        cause=cause.value,
        reason=reason.strip()[:REASON_LENGTH],
        set_by=actor,
        set_at=now,
    )
    hold.save(force_insert=True)
    _mark(hold, "", actor, now)
    save(locked)
    tell(Fact.HELD, locked, actor=actor, now=now, facts={"hold": str(hold.pk), "cause": hold.cause})
    return hold


@transaction.atomic
def lift_hold(
    *, hold: RetentionHold, reason: str, actor: User, now: datetime, revision: int | None = None
) -> RetentionHold:
    """The rules count again, and what is overdue goes with the next run.

    Raises NotAllowedError, StaleError, WrongStateError, NoReasonError.
    """
    _permit(hold.dossier, actor)
    dossier = lock(hold.dossier, revision=revision)
    locked = RetentionHold.objects.select_for_update(of=("self",)).get(pk=hold.pk)
    locked.dossier = dossier
    if locked.state not in HOLD_MOVES[HoldState.LIFTED][0]:
        raise WrongStateError
    if not reason.strip():
        raise NoReasonError
    before, locked.state = locked.state, HoldState.LIFTED.value
    locked.lifted_by, locked.lifted_at, locked.lift_reason = actor, now, reason.strip()[:REASON_LENGTH]
    locked.save(update_fields=["state", "lifted_by", "lifted_at", "lift_reason"])
    _mark(locked, before, actor, now)
    save(dossier)
    tell(Fact.HELD_NO_MORE, dossier, actor=actor, now=now, facts={"hold": str(locked.pk), "cause": locked.cause})
    return locked


def _permit(dossier: Dossier, actor: User) -> None:
    if not may_at(actor, Capability.RECORDS_KEEP, dossier.responsible_unit_id):
        raise NotAllowedError


def _mark(hold: RetentionHold, before: str, actor: User, now: datetime) -> None:
    """The hold's own event, which the guard of its state asks for."""
    dossier, after = hold.dossier, HoldState(hold.state)
    record(
        HOLD_MOVES[after][1],
        subject=hold,
        actor=actor,
        unit=dossier.responsible_unit_id,
        at=now,
        before=before,
        after=after.value,
        facts={"dossier": str(dossier.pk), "cause": hold.cause},
        concerns=people(dossier),
    )
