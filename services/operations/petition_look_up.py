"""Following a petition by its code and PIN, with the same caution as with dossiers."""

import uuid
from datetime import datetime

from django.db import transaction

from portal.accounts import lockout
from portal.events.actors import Actor
from portal.isolation import Purpose, scope
from services.errors import LookUpLockedError, UnknownReceiptError
from services.events import Fact
from services.models import Petition
from services.operations.look_up import note_refusal
from services.operations.petition_moving import tell
from services.queries.look_up import normal
from services.queries.petitions import find_petition


def look_petition_up(*, code: str, pin: str, ip: str, actor: Actor, now: datetime) -> uuid.UUID:
    """Five wrong PINs lock code and address together for a while.

    Raises UnknownReceiptError and LookUpLockedError; which of the two was wrong is told to nobody.
    """
    name = f"petition {normal(code)}"
    if until := lockout.locked_until(name=name, ip=ip, now=now):
        raise LookUpLockedError(until)
    if found := find_petition(code, pin):
        lockout.succeeded(name=name, ip=ip)
        _note(found, actor, now)
        return found
    until = lockout.failed(name=name, ip=ip, now=now)
    note_refusal(locked=until is not None, actor=actor, now=now)
    raise LookUpLockedError(until) if until else UnknownReceiptError


@transaction.atomic
def _note(petition_id: uuid.UUID, actor: Actor, now: datetime) -> None:
    with scope(purpose=Purpose.PETITION):
        tell(Fact.PETITION_LOOKED_UP, Petition.objects.get(pk=petition_id), actor=actor, now=now)
