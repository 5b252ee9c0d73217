"""Register books of the demo commune (`data/demo_register.csv`), written by the same operations as everybody's."""

import csv
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from documents.catalogue import FOLDER
from documents.models import RegisterBook, RegisterEntry
from documents.operations.registers import BookKind, EntryRow, register_incoming, take_number, void_entry
from documents.registers.symbols import notation
from portal.events.actors import System
from portal.isolation import Purpose, scope
from staff.demo import refuse_production

ROW = ("subject", "signer", "recipients", "keeper", "author", "reference")


@transaction.atomic
def load(*, unit_id: int, now: datetime) -> int:
    """How many entries are there now; none is made where the unit has a book already."""
    refuse_production()
    with scope(purpose=Purpose.DEMO):
        if not RegisterBook.objects.of_unit(unit_id).exists():
            with (FOLDER / "demo_register.csv").open(encoding="utf-8", newline="") as file:
                for row in csv.DictReader(file):
                    _make(unit_id, row, now - timedelta(days=int(row["days_ago"])))
        return RegisterEntry.objects.filter(unit_id=unit_id).count()


def _make(unit_id: int, data: dict[str, str], at: datetime) -> None:
    on = localdate(at)
    texts: dict[str, Any] = {name: data[name] for name in ROW}
    row = EntryRow(copies=int(data["copies"]), type_code=data["type_code"], **texts)
    if data["kind"] == BookKind.INCOMING:
        waited = int(data["arrived_days_ago"]) - int(data["days_ago"])
        register_incoming(unit_id=unit_id, row=row, arrived_on=on - timedelta(days=waited), actor=System.DEMO, now=at)
        return
    symbol = notation(type_code=row.type_code, unit_id=unit_id, division=data["division"], on=on)
    entry = take_number(
        unit_id=unit_id,
        kind=BookKind.OUTGOING,
        dated_on=on,
        row=replace(row, notation=symbol),
        actor=System.DEMO,
        now=at,
    )
    if data["void_reason"]:
        void_entry(entry=entry, reason=data["void_reason"], actor=System.DEMO, now=at)
