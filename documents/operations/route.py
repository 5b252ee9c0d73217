"""The steps before the signature, and the way back. Each by the one whose post brings it."""

import json
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from documents.errors import FormFaultError, NoReasonError
from documents.form_rules import content_faults, form_faults
from documents.kinds import VersionKind
from documents.models import Document, SigningItem
from documents.operations import moving
from documents.operations.items import end_item
from documents.operations.registers import void_entry
from documents.operations.versions import add_version
from documents.policies import signing_right
from documents.registers.errors import BookClosedError
from documents.states import ISSUED_ONCE, TRANSITIONS, Action, ItemAction, ItemState
from portal.accounts.models import User
from portal.events.actors import Actor, System

REASON_LIMIT = 1000
NUMBERED = ("number", "dated_on", "entry")


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
    facts = _give_up_number(locked, reason, actor, now)
    moving.take(document=locked, action=Action.RETURN, actor=actor, now=now, note=reason, facts=facts, changed=NUMBERED)
    return locked


def _give_up_number(document: Document, reason: str, actor: User | System, now: datetime) -> dict[str, str]:
    if document.entry is None:
        return {}
    void_entry(entry=document.entry, reason=reason, actor=actor, now=now)
    facts = {"voided": document.number}
    document.number, document.dated_on, document.entry = "", None, None
    return facts


@transaction.atomic
def call_off(*, document_id: UUID, reason: str, actor: Actor, now: datetime) -> bool:
    """What asked for the document has ended: it is never signed, numbered, sealed or issued, wherever it stands.

    For upper floors, which have asked who may end it, in the transaction of that end. False when it was issued already:
    then the caller's deed came too late. A signature or seal that is being made meanwhile is thrown away.
    """
    _call_off_items(document_id, reason, actor, now)
    locked = Document.objects.select_for_update(of=("self",)).get(pk=document_id)
    if locked.state in ISSUED_ONCE:
        return False
    if locked.state not in TRANSITIONS[Action.CALL_OFF].sources:
        return True
    try:
        facts = _give_up_number(locked, reason, System.RELAY, now)
    except BookClosedError:  # the number stays in last year's book, beside a document that never went out
        facts = {}
    facts |= {"origin_type": locked.origin_type, "origin_id": locked.origin_id}
    moving.take(
        document=locked, action=Action.CALL_OFF, actor=actor, now=now, note=reason, facts=facts, changed=NUMBERED
    )
    return True


def _call_off_items(document_id: UUID, reason: str, actor: Actor, now: datetime) -> None:
    """Items before their document, as the worker locks. One that it holds at this moment fails by the new revision."""
    waiting = SigningItem.objects.filter(document_id=document_id, state=ItemState.WAITING).select_related("batch")
    for item in waiting.select_for_update(of=("self",), skip_locked=True).order_by("id"):
        end_item(item=item, action=ItemAction.CANCEL, note=reason, actor=actor, now=now)


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
