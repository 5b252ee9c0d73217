"""A commune of the demo that an act in force has split, with work whose place no rule knew, and a correction of it.

Communes of their own: whatever else the demo shows of its two communes stays as it is.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from portal.accounts.models import User
from portal.events.actors import ANONYMOUS, System
from portal.isolation import Purpose, scope
from services import versions
from services.kinds import Channel
from services.models import Component, Dossier, Proof
from services.operations import reception
from services.operations.checklist import Checked, check_papers
from services.operations.filing import Filing, Owner, Paper, Places, submit
from services.operations.petitions import PetitionFiling, file_petition
from services.queries.catalogue import version_on
from staff.demo import refuse_production
from staff.demo_act import AUTHOR
from units.kinds import ActKind
from units.models import ReorgEvent
from units.operations import Head, check_table, draft_act, schedule_act, sign_act, simulate, take_effect
from units.operations.steps import ZONE

FILE = Path(__file__).parent / "data" / "demo_split.json"
SIGNER, DESK = "chu-tich-tinh", "son-luong"
DAYS_IN_FORCE = 3


def words() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return found


@transaction.atomic
def load(*, province: int, unit_id: int, now: datetime) -> ReorgEvent:
    """Made once, as if it had been drafted, signed and run in the days before; `unit_id` is the commune it splits."""
    refuse_production()
    said = words()
    with scope(purpose=Purpose.REORGANISATION):
        there = ReorgEvent.objects.filter(legal_no=said["act"]["legal_no"]).order_by("id").first()
    if there is not None:
        return there
    day = localdate(now) - timedelta(days=DAYS_IN_FORCE)
    midnight = datetime.combine(day, time.min, tzinfo=ZONE)
    with scope(purpose=Purpose.DEMO):
        for number, row in enumerate(said["dossiers"]):
            _file(unit_id, said, row, midnight - timedelta(days=2, hours=14, minutes=10 * number))
        for row in said["petitions"]:
            contact = {key: row[key] for key in ("name", "address")}
            filing = PetitionFiling(kind=row["kind"], text=row["text"], unit_id=unit_id, contact=contact)
            file_petition(filing=filing, actor=ANONYMOUS, now=midnight - timedelta(days=1))
    with scope(purpose=Purpose.REORGANISATION):
        act = _in_force(said["act"], province, day, midnight)
        _correct(act, said["correction"], now)
    return act


def answers(said: Mapping[str, Any], row: Mapping[str, Any], unit_id: int) -> dict[str, Any]:
    return {
        **said["answers"],
        "period_unit": {"unit": unit_id},
        "requester_name": row["owner"],
        "requester_personal_number": row["number"],
        "requester_residence": {"unit": unit_id, "detail": row["village"]},
    }


def _file(unit_id: int, said: Mapping[str, Any], row: Mapping[str, Any], at: datetime) -> None:
    officer = User.objects.get(username=DESK)
    version = version_on(said["procedure"], localdate(at))
    if version is None:
        raise LookupError(said["procedure"])
    parts = [part for part in versions.components(version) if not part.is_declaration]
    filing = Filing(
        version=version,
        owner=Owner(row["owner"], row["number"]),
        filer=None,
        filer_name=row["owner"],
        answers=answers(said, row, unit_id),
        contact={},
        summary=f"{version.name_vi}: {row['owner']}",
        places=Places(unit_id, unit_id, unit_id),
        channel=Channel.DESK,
        return_channel=Channel.DESK,
        papers=tuple(Paper(part.key, Proof.SHOWN) for part in parts if part.required),
        assisted_by=officer,
    )
    dossier: Dossier = submit(filing=filing, actor=officer, now=at)
    later = at + timedelta(minutes=5)
    rows = Component.objects.filter(dossier=dossier, proof=Proof.SHOWN).order_by("id")
    checked = [Checked(one.key, Proof.SHOWN, (0, 0, 1)) for one in rows]
    check_papers(dossier=dossier, rows=checked, actor=officer, now=later)
    reception.accept(dossier=dossier, actor=officer, now=later)


def _head(said: Mapping[str, str], kind: ActKind, province: int, day: date, **more: Any) -> Head:
    digest = hashlib.sha256(said["rows"].encode()).digest()
    return Head(
        kind=kind, legal_no=said["legal_no"], legal_date=day - timedelta(days=7), effective_on=day,
        title=said["title"], unit_id=province, file_sha256=digest, **more,
    )  # fmt: skip


def _in_force(said: Mapping[str, str], province: int, day: date, midnight: datetime) -> ReorgEvent:
    author, signer = (User.objects.get(username=name) for name in (AUTHOR, SIGNER))
    before = midnight - timedelta(hours=14)
    about: dict[str, Any] = {"kind": ActKind.CESSION, "unit_id": province, "effective_on": day}
    rows = check_table(text=said["rows"], now=before, **about).rows
    head = _head(said, ActKind.CESSION, province, day)
    act = draft_act(head=head, results=rows.results, sources=rows.sources, actor=author, now=before)
    tried = simulate(act_id=act.pk, actor=author, now=before)
    sign_act(act_id=act.pk, seen=bytes(tried.digest), actor=signer, now=before + timedelta(hours=1))
    schedule_act(act_id=act.pk, actor=signer, now=before + timedelta(hours=1))
    return take_effect(act_id=act.pk, actor=System.REORGANISATION, now=midnight)


def _correct(wrong: ReorgEvent, said: Mapping[str, str], now: datetime) -> None:
    """A draft only: nobody has signed it."""
    province = wrong.unit_id or 0
    head = _head(said, ActKind.CORRECT, province, wrong.effective_on, corrects=wrong.pk)
    about: dict[str, Any] = {"kind": ActKind.CORRECT, "unit_id": province, "effective_on": wrong.effective_on}
    rows = check_table(text=said["rows"], now=now, corrects=wrong, **about).rows
    author = User.objects.get(username=AUTHOR)
    draft_act(head=head, results=rows.results, sources=rows.sources, actor=author, now=now)
