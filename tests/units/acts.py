"""Acts in the states that tests need, with their events."""

from datetime import date
from itertools import count

from django.db import transaction

from portal.events.actors import System
from portal.isolation import Purpose, scope
from tests.units.land import NOW
from units.kinds import ActKind
from units.models import ReorgEvent
from units.operations import Change, enter_act

numbers = count(100)


def scheduled(kind: ActKind, effective_on: date, changes: list[Change] | None = None) -> ReorgEvent:
    """An act that was decided elsewhere and waits for its day."""
    with transaction.atomic(), scope(purpose=Purpose.REORGANISATION):
        return enter_act(
            kind=kind,
            legal_no=f"{next(numbers)}/NQ",
            legal_date=date(2025, 6, 16),
            effective_on=effective_on,
            confirmed=True,
            title="Về việc thử nghiệm",
            file_sha256=bytes(32),
            changes=changes or (),
            actor=System.REORGANISATION,
            now=NOW,
        )
