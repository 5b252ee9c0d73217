"""That somebody looked a dossier up without signing in, or tried to."""

import uuid
from datetime import datetime

from django.db import transaction

from portal.accounts import lockout
from portal.events import record
from portal.events.actors import Actor
from portal.isolation import Purpose, scope
from services.errors import LookUpLockedError, UnknownReceiptError
from services.events import Fact
from services.models import Dossier
from services.operations.moving import people
from services.queries.look_up import find, normal

NOBODYS = ("services.look_up", "refused")  # a wrong code names no dossier, and a wrong PIN must not either


def look_up(*, code: str, pin: str, ip: str, actor: Actor, now: datetime) -> uuid.UUID:
    """The dossier whose receipt bears both. Five wrong PINs lock code and address together for a while.

    Raises UnknownReceiptError and LookUpLockedError; which of the two was wrong is told to nobody.
    """
    name = f"look-up {normal(code)}"
    if until := lockout.locked_until(name=name, ip=ip, now=now):
        raise LookUpLockedError(until)
    if found := find(code, pin):
        lockout.succeeded(name=name, ip=ip)
        return found
    until = lockout.failed(name=name, ip=ip, now=now)
    note_refusal(locked=until is not None, actor=actor, now=now)
    raise LookUpLockedError(until) if until else UnknownReceiptError


@transaction.atomic
def note_look_up(*, dossier_id: uuid.UUID, actor: Actor, now: datetime) -> None:
    """Its people see in their own record that the receipt was used."""
    with scope(purpose=Purpose.LOOK_UP):
        rows = Dossier.objects.only("responsible_unit", "owner", "filer")
        dossier = rows.get(pk=dossier_id)
        record(
            Fact.LOOKED_UP,
            subject=dossier,
            actor=actor,
            unit=dossier.responsible_unit_id,
            at=now,
            concerns=people(dossier),
        )


@transaction.atomic
def note_refusal(*, locked: bool, actor: Actor, now: datetime) -> None:
    record(Fact.LOOK_UP_REFUSED, subject=NOBODYS, actor=actor, unit=None, at=now, facts={"locked": locked})
