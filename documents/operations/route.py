"""The steps before the signature, and the way back. Each by the one whose post brings it."""

import json
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from documents.errors import FormFaultError, NoReasonError
from documents.form_rules import content_faults, form_faults
from documents.kinds import VersionKind
from documents.models import Document
from documents.operations import moving
from documents.operations.registers import void_entry
from documents.operations.versions import add_version
from documents.policies import signing_right
from documents.states import Action
from portal.accounts.models import User
from portal.events.actors import Actor

REASON_LIMIT = 1000


@transaction.atomic
def submit_for_review(*, document: Document, revision: int, actor: Actor, now: datetime, note: str = "") -> Document:
    """Hand the draft to whoever answers for its content. What is handed over is kept as a version."""
    locked = moving.lock(document=document, action=Action.SUBMIT, revision=revision, actor=actor, now=now)
    if faults := content_faults(locked):
        raise FormFaultError(faults)
    content = json.dumps(locked.content, ensure_ascii=False, sort_keys=True, indent=1).encode()
    version = add_version(document=locked, kind=VersionKind.DRAFT, content=content, actor=actor, now=now)
    facts = {"version": version.seq}
    moving.take(document=locked, action=Action.SUBMIT, actor=actor, now=now, note=note, facts=facts)
    return locked


@transaction.atomic
def withdraw(*, document: Document, revision: int, actor: Actor, now: datetime, note: str = "") -> Document:
    """The drafter takes back what nobody has reviewed yet."""
    locked = moving.lock(document=document, action=Action.WITHDRAW, revision=revision, actor=actor, now=now)
    moving.take(document=locked, action=Action.WITHDRAW, actor=actor, now=now, note=note)
    return locked


@transaction.atomic
def review(*, document: Document, revision: int, actor: Actor, now: datetime, note: str = "") -> Document:
    """The head of the drafting division answers for the content. NĐ 30/2020 Đ.12.1"""
    locked = moving.lock(document=document, action=Action.REVIEW, revision=revision, actor=actor, now=now)
    moving.take(document=locked, action=Action.REVIEW, actor=actor, now=now, note=note)
    return locked


@transaction.atomic
def check_format(*, document: Document, revision: int, actor: Actor, now: datetime, note: str = "") -> Document:
    """The form is in order, says the machine and whoever answers for it. Raises FormFaultError with every fault."""
    locked = moving.lock(document=document, action=Action.CHECK, revision=revision, actor=actor, now=now)
    if faults := form_faults(locked, localdate(now)):
        raise FormFaultError(faults)
    moving.take(document=locked, action=Action.CHECK, actor=actor, now=now, note=note)
    return locked


@transaction.atomic
def approve(*, document: Document, revision: int, actor: Actor, now: datetime, note: str = "") -> Document:
    """By whoever will sign it. Signing a checked document approves it, too."""
    locked = moving.lock(document=document, action=Action.APPROVE, revision=revision, actor=actor, now=now)
    right = signing_right(actor, locked, localdate(now)) if isinstance(actor, User) else None
    delegation = right.delegation if right else None
    moving.take(document=locked, action=Action.APPROVE, actor=actor, now=now, note=note, delegation=delegation)
    return locked


@transaction.atomic
def return_document(*, document: Document, reason: str, revision: int, actor: User, now: datetime) -> Document:
    """Back to the draft, from any step before issue. A number that was taken is voided in its book, never reused."""
    reason = _reason(reason)
    locked = moving.lock(document=document, action=Action.RETURN, revision=revision, actor=actor, now=now)
    facts = {}
    if locked.entry is not None:
        void_entry(entry=locked.entry, reason=reason, actor=actor, now=now)
        facts = {"voided": locked.number}
        locked.number, locked.dated_on, locked.entry = "", None, None
    changed = ("number", "dated_on", "entry")
    moving.take(document=locked, action=Action.RETURN, actor=actor, now=now, note=reason, facts=facts, changed=changed)
    return locked


@transaction.atomic
def cancel_draft(*, document: Document, reason: str, revision: int, actor: Actor, now: datetime) -> Document:
    reason = _reason(reason)
    locked = moving.lock(document=document, action=Action.CANCEL, revision=revision, actor=actor, now=now)
    moving.take(document=locked, action=Action.CANCEL, actor=actor, now=now, note=reason)
    return locked


def _reason(text: str) -> str:
    if not text.strip() or len(text) > REASON_LIMIT:
        raise NoReasonError
    return text.strip()
