"""An officer files for somebody at the desk, who stays the filer and confirms. NĐ 118/2025 Đ.14, 16.2"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from portal.accounts.directory import account_called
from portal.accounts.models import User
from portal.events import record
from portal.events.actors import Actor
from services.errors import ExpiredError, NotAllowedError, NotConfirmedError
from services.events import Fact
from services.models import Component, Dossier, Draft, ProcedureVersion, Proof, Visit
from services.operations.checklist import Checked, check_papers
from services.operations.drafts import begin_draft, keep
from services.operations.filing import Filing, submit
from services.operations.moving import tell
from services.policies import Capability, may_at

LASTS = timedelta(hours=12)  # one day at the desk; a draft lives longer, and opens without its visit's page


@dataclass(frozen=True, slots=True)
class Shown:
    """What the identity card says, scanned or read by the officer."""

    number: str
    name: str
    birth_on: date | None
    scanned: bool


@transaction.atomic
def begin_visit(*, person: Shown, desk_unit_id: int, actor: User, now: datetime) -> Visit:
    """Note who stands there. Raises NotAllowedError."""
    if not may_at(actor, Capability.FILE_FOR_CITIZEN, desk_unit_id):
        raise NotAllowedError
    account = account_called(number=person.number, name=person.name)
    visit = Visit(
        desk_unit_id=desk_unit_id,
        officer=actor,
        citizen=User.objects.filter(pk=account).first() if account else None,
        scanned=person.scanned,
        begun_at=now,
        ends_at=now + LASTS,
    )
    born = person.birth_on.isoformat() if person.birth_on else ""
    visit.person = {"number": person.number, "name": person.name, "birth_on": born}
    visit.save(force_insert=True)
    record(
        Fact.VISIT_BEGUN,
        subject=visit,
        actor=actor,
        unit=desk_unit_id,
        at=now,
        facts={"unit": desk_unit_id, "scanned": person.scanned},
        concerns=[account] if account else [],
    )
    return visit


@transaction.atomic
def forget_visit(*, visit: Visit, actor: Actor, now: datetime) -> None:
    """What the card said goes; that there was a visit stays in the trail."""
    record(
        Fact.VISIT_FORGOTTEN,
        subject=visit,
        actor=actor,
        unit=visit.desk_unit_id,
        at=now,
        concerns=[visit.citizen_id] if visit.citizen_id else [],
    )
    visit.delete()


@transaction.atomic
def begin_assisted(*, visit: Visit, version: ProcedureVersion, actor: User, now: datetime) -> Draft:
    """A form of the visit's person, filled in by the officer. Raises what `begin_draft` does, and ExpiredError."""
    if visit.officer_id != actor.pk:
        raise NotAllowedError
    if visit.ends_at <= now:
        raise ExpiredError
    draft = begin_draft(version=version, actor=actor, now=now, desk_unit_id=visit.desk_unit_id)
    draft.visit = visit
    draft.save(update_fields=["visit"])
    return draft


@transaction.atomic
def keep_desk_papers(*, draft: Draft, papers: Mapping[str, Any], actor: User, now: datetime, revision: int) -> Draft:
    """By component: `proof`, and the ids of the `files` that were digitised at the desk."""
    return keep(draft=draft, actor=actor, now=now, revision=revision, page="papers", desk_papers=dict(papers))


@transaction.atomic
def file_at_desk(*, filing: Filing, draft: Draft, signed: bool, revision: int, actor: User, now: datetime) -> Dossier:
    """The citizen signed the printed summary: the dossier is filed and its papers count as looked at.

    `revision` is that of the summary which they read. Raises NotConfirmedError, StaleError and what `submit` does.
    """
    if not signed:
        raise NotConfirmedError
    if draft.dossier_id is None:
        draft = keep(draft=draft, actor=actor, now=now, revision=revision, page="confirmation")
    first = draft.dossier_id is None
    dossier = submit(filing=replace(filing, confirmed_at=now), actor=actor, now=now, draft=draft)
    if first:
        tell(Fact.CONFIRMED, dossier, actor=actor, now=now, facts={"how": "signature", "digest": _digest(filing)})
        if may_at(actor, Capability.RECEIVE, dossier.responsible_unit_id):
            _look_at(dossier, actor, now)
    return dossier


def _digest(filing: Filing) -> str:
    """Of the answers as they were confirmed, so that a later change can be told from them."""
    text = json.dumps(filing.answers, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _look_at(dossier: Dossier, actor: User, now: datetime) -> None:
    """The officer held every paper in hand just now; the list of papers need not be gone through again."""
    rows = Component.objects.filter(dossier=dossier, proof__in=[Proof.ATTACHED, Proof.SHOWN]).order_by("id")
    checked = [Checked(row.key, Proof(row.proof), (0, 0, 1 if row.proof == Proof.ATTACHED else 0)) for row in rows]
    check_papers(dossier=dossier, rows=checked, actor=actor, now=now)
