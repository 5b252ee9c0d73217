"""A few dossiers of the demo commune in several states, made by the same operations as everybody's."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from portal.accounts.models import User
from portal.isolation import Purpose, scope
from services import demo_lateness, versions
from services.kinds import Channel
from services.models import Component, Dossier, Problem, Proof
from services.operations import reception, supplements
from services.operations.checklist import Checked, check_papers
from services.operations.filing import Filing, Owner, Paper, Places, submit
from services.operations.supplements import Missing
from services.queries.catalogue import version_on
from staff.demo import refuse_production

FILE = Path(__file__).parent / "data" / "demo_dossiers.json"
DESK = "mot-cua"
HOME = "home"
GROUND = "NĐ 118/2025 Đ.16.3"


@transaction.atomic
def load(*, unit_id: int, now: datetime) -> int:
    """How many dossiers are there now; none is made where the unit has one already. LookupError without catalogue."""
    refuse_production()
    with scope(purpose=Purpose.DEMO):
        held = Dossier.objects.filter(receiving_unit=unit_id)
        if not held.exists():
            officer = User.objects.get(username=DESK)
            for row in rows(unit_id):
                _make(unit_id, row, officer, now - timedelta(minutes=row["minutes_ago"]))
        return held.count()


def rows(unit_id: int) -> list[dict[str, Any]]:
    """What is filed, in order; where an answer says `home` it is this unit."""
    found: list[dict[str, Any]] = json.loads(
        FILE.read_text(encoding="utf-8"), object_hook=lambda said: _at_home(said, unit_id)
    )
    return found


def _at_home(said: dict[str, Any], unit_id: int) -> dict[str, Any]:
    return {**said, "unit": unit_id} if said.get("unit") == HOME else said


def _make(unit_id: int, row: dict[str, Any], officer: User, at: datetime) -> None:
    version = version_on(row["procedure"], localdate(at))
    if version is None:
        raise LookupError(row["procedure"])
    parts = [part for part in versions.components(version) if not part.is_declaration]
    filing = Filing(
        version=version,
        owner=Owner(row["owner"], row.get("owner_number", "")),
        filer=None,
        filer_name=row["filer"],
        answers=row["answers"],
        contact={"phone": row["phone"]},
        summary=f"{version.name_vi}: {row['owner']}",
        places=Places(unit_id, unit_id, unit_id),
        channel=Channel.DESK,
        return_channel=Channel.DESK,
        papers=tuple(Paper(part.key, Proof.SHOWN) for part in parts if part.required),
        assisted_by=officer,
    )
    dossier = submit(filing=filing, actor=officer, now=at)
    _go_on(dossier, row["state"], row["text"], officer, at + timedelta(minutes=5))


def _go_on(dossier: Dossier, state: str, text: str, officer: User, at: datetime) -> None:
    common: dict[str, Any] = {"dossier": dossier, "actor": officer, "now": at}
    if state == "accepted" or state in demo_lateness.STATES:
        rows = Component.objects.filter(dossier=dossier, proof=Proof.SHOWN).order_by("id")
        check_papers(rows=[Checked(row.key, Proof.SHOWN, (0, 0, 1)) for row in rows], **common)
        reception.accept(**common)
        if state in demo_lateness.STATES:
            demo_lateness.go_on(dossier, state, text, at)
    elif state == "supplement":
        paper = Component.objects.filter(dossier=dossier).order_by("id").first()
        key = paper.key if paper else ""
        item = Missing(Problem.UNCLEAR, text, component=key, pointer="" if key else "/")
        supplements.ask_supplement(items=[item], reason=text, ground=GROUND, **common)
    elif state == "refused":
        reception.refuse(reason=text, ground="NĐ 118/2025 Đ.17.1c", **common)
