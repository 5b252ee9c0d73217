"""Signing, numbering and sealing: ordered by a person, claimed and stored by a worker, each in a short transaction.

Nothing here waits for anybody outside: `documents.making` does, between `claim` and `finish`.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from documents.catalogue import UnknownTypeError, document_type
from documents.errors import NotPrintableError, WrongStateError
from documents.jobs import Layout, Made, Work
from documents.kinds import RecipientKind, VersionKind
from documents.layouts.errors import UnknownLayoutError
from documents.models import Certificate, Document, DocumentVersion, Recipient, SigningItem
from documents.operations import moving
from documents.operations.issuing import enter_issue
from documents.operations.items import end_item
from documents.operations.registers import BookKind, EntryRow, take_number
from documents.operations.signatures import record_signature
from documents.operations.versions import add_version
from documents.policies import signing_right
from documents.printing import data_of
from documents.queries.certificates import credential_of, trusted_anchors, usable_certificate
from documents.queries.files import read
from documents.registers.series import series_for
from documents.registers.symbols import notation
from documents.signing.kinds import PERSON, SEAL, Signed
from documents.states import Action, DocumentState, Goal, ItemAction, ItemState, steps_left
from portal.accounts.models import User
from staff.models import Person

SUBJECT_COLUMN, LIST_COLUMN = 500, 200  # letters in the columns of the book


@transaction.atomic
def claim(*, item_id: UUID, actor: User, now: datetime) -> Work | None:
    """What the item needs, after asking again whether its actor may. None when it has ended.

    A number is taken here, as the last thing, so that its book is locked for a moment only. It stays taken when what
    follows must be tried again.
    """
    item = SigningItem.objects.select_for_update(of=("self",)).select_related("batch").get(pk=item_id)
    if item.state != ItemState.WAITING:
        return None
    goal = Goal(item.batch.goal)
    document = _locked(item)
    steps = _steps(document, goal)
    for action in steps:
        moving.require_may(document=document, action=action, actor=actor, now=now)
    moving.require_revision(document=document, revision=item.revision, actor=actor, now=now)
    newest = DocumentVersion.objects.filter(document=document).select_related("file").order_by("-seq").first()
    is_late = goal is not Goal.SIGN
    certificate = _certificate(document, steps, localdate(now))
    credential = credential_of(certificate) if certificate else None
    anchors = tuple(trusted_anchors()) if certificate else ()
    prints = _prints(document, certificate) if is_late else {}
    pdf = read(newest.file) if newest and is_late else b""
    if Action.NUMBER in steps:
        _number(document, actor, now)
        item.revision = document.revision
        item.save(update_fields=["revision"])
    return Work(
        item_id=item.pk,
        goal=goal,
        revision=document.revision,
        layout=Layout(
            code=document.layout_code,
            version=document.layout_version,
            on=document.layout_on,
            data={} if is_late else _data(document),
        ),
        pdf=pdf,
        is_filled=newest is not None and newest.kind == VersionKind.NUMBERED,
        number=document.number,
        dated_on=document.dated_on,
        credential=credential,
        anchors=anchors,
        prints=prints,
        activation=item.batch.activation,
    )


@transaction.atomic
def finish(*, item_id: UUID, made: Made, actor: User, now: datetime) -> SigningItem:
    """Keep what was made, if the document is still the one it was made of, and take every step up to the goal."""
    item = SigningItem.objects.select_for_update(of=("self",)).select_related("batch").get(pk=item_id)
    if item.state != ItemState.WAITING:  # called off meanwhile, or stored by another worker
        return item
    document = _locked(item)
    moving.require_revision(document=document, revision=made.revision, actor=actor, now=now)
    for kind, content in ((VersionKind.PREPARED, made.prepared), (VersionKind.NUMBERED, made.numbered)):
        if content:
            add_version(document=document, kind=kind, content=content, actor=actor, now=now)
    for action in _steps(document, Goal(item.batch.goal)):
        moving.require(document=document, action=action, revision=document.revision, actor=actor, now=now)
        _take(document, action, made, actor, now)
    return end_item(item=item, action=ItemAction.FINISH, actor=actor, now=now)


def _take(document: Document, action: Action, made: Made, actor: User, now: datetime) -> None:
    right = signing_right(actor, document, localdate(now))
    delegation = right.delegation if right else None
    if action is Action.APPROVE:
        moving.take(document=document, action=action, actor=actor, now=now, delegation=delegation)
    elif action is Action.SIGN and made.signed:
        facts = _keep(
            document=document,
            kind=VersionKind.SIGNED,
            signed=made.signed,
            report={"fingerprint": made.signed.fingerprint},
            actor=actor,
            now=now,
        )
        record_signature(certificate=_with(made.signed), signed=made.signed, report=None, actor=actor, now=now)
        facts["capacity"] = document.capacity
        moving.take(document=document, action=action, actor=actor, now=now, facts=facts, delegation=delegation)
    elif action is Action.SEAL and made.sealed and made.verdict:
        facts = _keep(
            document=document,
            kind=VersionKind.SEALED,
            signed=made.sealed,
            report=made.verdict.to_json(),
            actor=actor,
            now=now,
        )
        certificate = _with(made.sealed)
        record_signature(certificate=certificate, signed=made.sealed, report=made.verdict, actor=actor, now=now)
        moving.take(document=document, action=action, actor=actor, now=now, facts=facts)
    elif action is Action.ISSUE:
        enter_issue(document=document, actor=actor, now=now)


def _keep(
    *, document: Document, kind: VersionKind, signed: Signed, report: Mapping[str, Any], actor: User, now: datetime
) -> dict[str, Any]:
    version = add_version(document=document, kind=kind, content=signed.pdf, report=report, actor=actor, now=now)
    return {"version": version.seq, "sha256": version.sha256, "certificate": signed.fingerprint}


def _with(signed: Signed) -> Certificate:
    return Certificate.objects.get(fingerprint=signed.fingerprint)


def _steps(document: Document, goal: Goal) -> tuple[Action, ...]:
    state = DocumentState(document.state)
    steps = steps_left(goal, state)
    if not steps and not (goal is Goal.NUMBER and state is DocumentState.NUMBERED):  # numbered, its file not filled yet
        raise WrongStateError
    return steps


def _locked(item: SigningItem) -> Document:
    return Document.objects.select_for_update(of=("self",)).select_related("signer").get(pk=item.document_id)


def _certificate(document: Document, steps: tuple[Action, ...], on: date) -> Certificate | None:
    """Of the person who signs, or of the organ that seals."""
    if Action.SIGN in steps:
        return usable_certificate(person_id=document.signer.person_id, on=on)
    return usable_certificate(unit_id=document.unit_id, on=on) if Action.SEAL in steps else None


def _prints(document: Document, organ: Certificate | None) -> dict[str, str]:
    """Whose certificate each field must bear when the organ has sealed: nothing else may stand there."""
    signed = DocumentVersion.objects.filter(document=document, kind=VersionKind.SIGNED).order_by("-seq").first()
    person = str(signed.report.get("fingerprint", "")) if signed else ""
    return {PERSON: person} | ({SEAL: organ.fingerprint} if organ else {})


def _number(document: Document, actor: User, now: datetime) -> None:
    """Number and date, after the signature, under the lock of the book. NĐ 30/2020 Đ.15"""
    on = localdate(now)
    entry = take_number(
        unit_id=document.unit_id,
        kind=BookKind.OUTGOING,
        series=_series(document, on),
        dated_on=on,
        row=_row(document, now),
        actor=actor,
        now=now,
    )
    document.entry, document.number, document.dated_on = entry, entry.text, entry.dated_on
    facts = {"number": entry.text, "dated_on": entry.dated_on, "entry": entry.pk}
    changed = ("entry", "number", "dated_on")
    moving.take(document=document, action=Action.NUMBER, actor=actor, now=now, facts=facts, changed=changed)


def _series(document: Document, on: date) -> str:
    try:
        return series_for(unit_id=document.unit_id, type_code=document.type_code, on=on)
    except UnknownTypeError as error:
        raise NotPrintableError from error


def _data(document: Document) -> dict[str, Any]:
    try:
        return data_of(document)
    except UnknownLayoutError as error:
        raise NotPrintableError from error


def _row(document: Document, now: datetime) -> EntryRow:
    """The columns of the register of outgoing documents. NĐ 30/2020 PL IV"""
    on = localdate(now)
    signer = Person.objects.filter(pk=document.signer.person_id).only("name").first()
    lines = list(Recipient.objects.filter(document=document).order_by("place"))
    named = [line.name for line in lines if line.kind != RecipientKind.KEEP]
    kept = [line.name for line in lines if line.kind == RecipientKind.KEEP]
    try:
        kind = document_type(document.type_code, on)
    except UnknownTypeError as error:
        raise NotPrintableError from error
    return EntryRow(
        notation=notation(type_code=document.type_code, unit_id=document.unit_id, division=document.division, on=on),
        subject=f"{kind.name_vi.split(' (')[0]} {document.subject}"[:SUBJECT_COLUMN],
        signer=signer.name if signer else "",
        recipients="; ".join(named)[:LIST_COLUMN],
        keeper="; ".join(kept)[:LIST_COLUMN],
        type_code=document.type_code,
    )
