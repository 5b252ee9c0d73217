"""A few dossiers of the demo commune in several states, made by the same operations as everybody's."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from portal.accounts.models import User
from portal.isolation import Purpose, scope
from services import demo_lateness, demo_lists, demo_money, demo_retention, versions
from services.kinds import AskedFor, Channel
from services.models import Component, Dossier, PaperNumber, Problem, Proof, WorkItem
from services.operations import reception, supplements
from services.operations.checklist import Checked, check_papers
from services.operations.consulting import Ask, Shared, consult
from services.operations.fees import Claim
from services.operations.filing import Filing, Owner, Paper, Places, submit
from services.operations.outage import set_numbers_aside, void_number
from services.operations.processing import take_step
from services.operations.supplements import Missing
from services.queries.catalogue import version_on
from staff.demo import CODES, NEIGHBOUR, refuse_production
from units.queries import bearer

FILE = Path(__file__).parent / "data" / "demo_dossiers.json"
OUTAGE = FILE.with_name("demo_outage.json")
DESK, NEXT_DESK, SPECIALIST = "mot-cua", "bao-nhai", "ho-tich"
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
            demo_money.account(unit_id, now)
            for row in rows(unit_id):
                _make(unit_id, row, now - timedelta(minutes=row["minutes_ago"]))
            _set_aside(unit_id, officer, now)
            demo_lists.load(unit_id=unit_id, now=now)
            demo_retention.load(unit_id=unit_id, now=now)
        return held.count()


def rows(unit_id: int) -> list[dict[str, Any]]:
    """What is filed, in order; where an answer says `home` it is this unit."""
    found: list[dict[str, Any]] = json.loads(
        FILE.read_text(encoding="utf-8"), object_hook=lambda said: _at_home(said, unit_id)
    )
    return found


def _at_home(said: dict[str, Any], unit_id: int) -> dict[str, Any]:
    return {**said, "unit": unit_id} if said.get("unit") == HOME else said


def _make(unit_id: int, row: dict[str, Any], at: datetime) -> None:
    """Where a row says `receiving`, the desk of the next commune took it, and this one decides."""
    officer = User.objects.get(username=NEXT_DESK if row.get("receiving") else DESK)
    receiving = _neighbour(at) if row.get("receiving") else unit_id
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
        contact={name: row[name] for name in ("phone", "email") if row.get(name)},
        summary=f"{version.name_vi}: {row['owner']}",
        places=Places(receiving, unit_id, receiving),
        channel=Channel.DESK,
        return_channel=Channel.DESK,
        papers=tuple(Paper(part.key, Proof.SHOWN) for part in parts if part.required),
        assisted_by=officer,
        claim=Claim(**row["claim"]) if row.get("claim") else None,
    )
    dossier = submit(filing=filing, actor=officer, now=at)
    _go_on(dossier, row["state"], row["text"], officer, at + timedelta(minutes=5))


def _set_aside(unit_id: int, officer: User, now: datetime) -> None:
    """Codes on paper, one of them void already."""
    words = json.loads(OUTAGE.read_text(encoding="utf-8"))
    block = set_numbers_aside(
        unit_id=unit_id, day=localdate(now), count=10, reason=words["reason"], actor=officer, now=now
    )
    first = PaperNumber.objects.filter(block=block).order_by("code", "id")[:1].get()
    void_number(number=first, reason=words["void"], actor=officer, now=now)


def _go_on(dossier: Dossier, state: str, text: str, officer: User, at: datetime) -> None:
    common: dict[str, Any] = {"dossier": dossier, "actor": officer, "now": at}
    if state in {"accepted", "owing", "consulted", *demo_lateness.STATES, *demo_retention.STATES}:
        rows = Component.objects.filter(dossier=dossier, proof=Proof.SHOWN).order_by("id")
        check_papers(rows=[Checked(row.key, Proof.SHOWN, (0, 0, 1)) for row in rows], **common)
        reception.accept(**common)
        if state == "owing":
            demo_money.owe(dossier, officer, at + timedelta(minutes=1))
        elif state == "consulted":
            _ask(dossier, text, at + timedelta(minutes=5))
        elif state in demo_lateness.STATES:
            demo_lateness.go_on(dossier, state, text, at)
        elif state in demo_retention.STATES:
            demo_retention.go_on(dossier, state, text, at)
    elif state == "refunding":
        demo_money.give_back(dossier, officer, at)
    elif state == "supplement":
        paper = Component.objects.filter(dossier=dossier).order_by("id").first()
        key = paper.key if paper else ""
        item = Missing(Problem.UNCLEAR, text, component=key, pointer="" if key else "/")
        supplements.ask_supplement(items=[item], reason=text, ground=GROUND, **common)
    elif state == "refused":
        reception.refuse(reason=text, ground="NĐ 118/2025 Đ.17.1c", **common)


def _neighbour(at: datetime) -> int:
    code, level = CODES[NEIGHBOUR]
    return bearer(code, localdate(at), level=level).pk


def _ask(dossier: Dossier, text: str, at: datetime) -> None:
    """The next commune for its opinion, and the own unit for a verification; one more as a part of the work."""
    officer = User.objects.get(username=SPECIALIST)
    item = take_step(item=WorkItem.objects.of(dossier).open().get(), actor=officer, now=at)
    own, there = item.unit_id, _neighbour(at)
    for unit, kind in ((there, AskedFor.OPINION), (own, AskedFor.VERIFICATION), (there, AskedFor.TASK)):
        asks = [Ask(unit, kind, text, 3)]
        consult(item=item, asks=asks, shared=Shared(owner=True), actor=officer, now=at + timedelta(minutes=5))
