"""Drafting: also called from upper floors, which hand over the whole content."""

import json
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from documents.catalogue import UnknownTypeError, document_type
from documents.codes import new_code
from documents.drafts import CONTENT_LIMIT, RECIPIENT_LIMIT, RECIPIENTS_LIMIT, SUBJECT_LIMIT, Draft
from documents.errors import BadDraftError, NotAllowedError
from documents.events import Fact
from documents.kinds import NO_SECRECY, is_result_code
from documents.layouts.catalogue import Layout, layout
from documents.layouts.checking import plain
from documents.layouts.errors import UnknownLayoutError
from documents.models import Document, Recipient
from documents.operations import moving
from documents.policies import may_draft
from documents.states import Action, DocumentState
from portal.events import record
from portal.events.actors import Actor
from staff.models import Assignment
from units.queries import version_at, versions_at

DRAFTED = (
    "division", "type_code", "layout_code", "layout_version", "layout_on", "subject", "urgency", "content", "capacity",
    "signer", "due_at", "replaces", "owner", "owner_sealed", "owner_index", "result_code", "valid_from", "valid_until",
)  # fmt: skip
OWNER_NUMBER_LIMIT = 20


@transaction.atomic
def draft_document(*, draft: Draft, actor: Actor, now: datetime) -> Document:
    """Begin a document. Raises BadDraftError with every fault at once."""
    on = localdate(now)
    if not may_draft(actor, draft.unit_id, on):
        raise NotAllowedError
    document = Document(code=new_code(), unit_id=draft.unit_id, drafted_by=actor.event_actor, drafted_at=now)
    _fill(document, draft, on)
    document.save(force_insert=True)
    _enter_recipients(document, draft)
    moving.enter_step(document=document, action="draft", before="", actor=actor, now=now)
    record(
        Fact.DOCUMENT_DRAFTED,
        subject=document,
        actor=actor,
        unit=document.unit_id,
        at=now,
        after=DocumentState.DRAFT,
        facts={
            "type": document.type_code,
            "layout": document.layout_code,
            "origin_type": document.origin_type,
            "origin_id": document.origin_id,
        },
    )
    return document


@transaction.atomic
def revise_draft(*, document: Document, draft: Draft, revision: int, actor: Actor, now: datetime) -> Document:
    """Put the whole draft in the place of the old one; its unit and origin stay."""
    locked = moving.lock(document=document, action=Action.REVISE, revision=revision, actor=actor, now=now)
    if draft.unit_id != locked.unit_id:
        raise BadDraftError({"unit_id": _("A document stays with its organ. Draft a new one at the other organ.")})
    _fill(locked, draft, localdate(now))
    Recipient.objects.filter(document=locked).delete()
    _enter_recipients(locked, draft)
    moving.take(document=locked, action=Action.REVISE, actor=actor, now=now, changed=DRAFTED)
    return locked


def _fill(document: Document, draft: Draft, on: date) -> None:
    faults = _faults(draft, on)
    chosen: Layout | None = None
    try:
        chosen = layout(draft.layout, on)
    except UnknownLayoutError:
        faults["layout"] = _("There is no such layout in force today. Choose another.")
    signer = Assignment.objects.filter(pk=draft.signer_id).on(on).first()
    if signer is None or signer.user_id is None:
        faults["signer_id"] = _("Whoever shall sign holds no post with an account today. Choose another signer.")
    if draft.replaces and not _replaceable(draft, draft.replaces):
        faults["replaces"] = _("Only an issued document of the same organ and type can be replaced.")
    if faults or chosen is None or signer is None:
        raise BadDraftError(faults)
    document.division, document.type_code = draft.division, draft.type_code
    document.layout_code, document.layout_version, document.layout_on = chosen.code, chosen.version, on
    document.subject, document.urgency = draft.subject.strip(), draft.urgency
    document.content, document.capacity, document.signer = plain(draft.content), draft.capacity, signer
    document.due_at, document.replaces_id = draft.due_at, draft.replaces
    document.owner_id = draft.owner.user_id if draft.owner else None
    document.owner_number = draft.owner.number if draft.owner else ""
    document.result_code = draft.result_code
    document.valid_from, document.valid_until = draft.valid_from, draft.valid_until
    if draft.origin:
        document.origin_type, document.origin_id = draft.origin.type, draft.origin.id


def _faults(draft: Draft, on: date) -> dict[str, str | Promise]:
    """What can be said of the values alone, and of the organ on the day."""
    faults: dict[str, str | Promise] = {}
    if draft.secrecy != NO_SECRECY:
        faults["secrecy"] = _("State secrets never enter the portal. Nothing of it was kept here.")
    if not draft.subject.strip() or len(draft.subject) > SUBJECT_LIMIT:
        faults["subject"] = _("Write the subject line, in at most 500 letters.")
    if version_at(draft.unit_id, on) is None:
        faults["unit_id"] = _("This organ does not exist today. Draft at its successor.")
    try:
        document_type(draft.type_code, on)
    except UnknownTypeError:
        faults["type_code"] = _("There is no such type of document today. Choose another.")
    if not _is_small(draft.content):
        faults["content"] = _("The content is too long, or holds something that is no text or number.")
    named = [line.name.strip() for line in draft.recipients]
    if len(named) > RECIPIENTS_LIMIT or not all(name and len(name) <= RECIPIENT_LIMIT for name in named):
        faults["recipients"] = _("Name at most 100 recipients, each in at most 200 letters.")
    units = {line.unit_id for line in draft.recipients if line.unit_id is not None}
    if units - set(versions_at(sorted(units), on)):
        faults["recipients"] = _("One of the units among the recipients does not exist today.")
    number = draft.owner.number if draft.owner else ""
    if draft.owner and not (number.isalnum() and len(number) <= OWNER_NUMBER_LIMIT):
        faults["owner"] = _("The owner's personal number is missing or is none.")
    if draft.result_code and (not is_result_code(draft.result_code) or not draft.owner):
        faults["result_code"] = _("A result needs a code such as KQ.G15.000216 and an owner.")
    if draft.valid_from and draft.valid_until and draft.valid_until < draft.valid_from:
        faults["valid_until"] = _("It cannot end before it begins.")
    return faults


def _is_small(content: Any) -> bool:
    try:
        text = json.dumps(plain(content), ensure_ascii=False, allow_nan=False)
    except (TypeError, ValueError):
        return False
    return len(text.encode()) <= CONTENT_LIMIT and "\\u0000" not in text


def _replaceable(draft: Draft, old_id: UUID) -> bool:
    found = Document.objects.filter(pk=old_id, unit_id=draft.unit_id, type_code=draft.type_code)
    return found.filter(state__in=[DocumentState.ISSUED, DocumentState.REVOKED]).exists()


def _enter_recipients(document: Document, draft: Draft) -> None:
    Recipient.objects.bulk_create(
        Recipient(document=document, place=place, kind=line.kind, name=line.name.strip(), unit_id=line.unit_id)
        for place, line in enumerate(draft.recipients, start=1)
    )
