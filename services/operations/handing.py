"""What comes from another unit is received: by opening the step, or paper by paper with a receipt of its own."""

from datetime import datetime

from django.db import transaction

from portal.accounts.models import User
from portal.events.actors import Actor
from services.errors import NotAllowedError, WrongStateError
from services.events import Fact
from services.kinds import Given
from services.models import Dossier, Handover
from services.operations.moving import lock, tell
from services.policies import may_receive_handover
from services.queries.officers import name_of

NOTE_LENGTH = 300


@transaction.atomic
def receive_handover(*, handover: Handover, actor: User, now: datetime, note: str = "") -> Handover:
    """It is here, in this officer's hands. `note`: what was lacking. Received again, nothing changes.

    Raises NotAllowedError, and WrongStateError for what never left its unit.
    """
    if not may_receive_handover(actor, handover):
        raise NotAllowedError
    dossier = lock(handover.dossier)
    row = Handover.objects.select_for_update(of=("self",)).get(pk=handover.pk)
    if row.from_unit_id == row.to_unit_id:
        raise WrongStateError
    if row.received_at is None:
        row.note = note.strip()[:NOTE_LENGTH]
        _receive(row, dossier, actor=actor, now=now)
    return row


def receive_along(*, dossier: Dossier, unit_id: int, what: Given, actor: Actor, now: datetime) -> None:
    """Whoever works on it has it. The caller holds the lock of the dossier."""
    rows = Handover.objects.in_transit().filter(dossier=dossier, to_unit=unit_id, what=what).order_by("id")
    for row in rows.select_for_update(of=("self",)):
        _receive(row, dossier, actor=actor, now=now)


def _receive(row: Handover, dossier: Dossier, *, actor: Actor, now: datetime) -> None:
    row.received_at, row.to_officer = now, actor if isinstance(actor, User) else None
    row.taker = name_of(actor)
    row.save(update_fields=["received_at", "to_officer", "note", "taker"])
    in_time = row.due_at is None or now <= row.due_at
    facts = {"handover": row.pk, "unit": row.to_unit_id, "what": row.what, "in_time": in_time}
    tell(Fact.HANDOVER_RECEIVED, dossier, actor=actor, now=now, facts=facts)
