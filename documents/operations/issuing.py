"""A sealed document goes out and counts; later it may be replaced or revoked. Results are entered for reuse."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from documents.errors import NoReasonError, NotReadyError, NotReplacingError
from documents.events import Fact
from documents.kinds import VersionKind
from documents.models import Document, DocumentVersion, IssuedResult, Recipient
from documents.operations import moving
from documents.operations.files import share_with
from documents.states import RESULT_TRANSITIONS, Action, DocumentState, ResultAction
from portal.events import record
from portal.events.actors import Actor

REASON_LIMIT = 500


@transaction.atomic
def issue(*, document: Document, revision: int, actor: Actor, now: datetime) -> Document:
    """For a document that was sealed by itself; `complete` does it together with number and seal."""
    locked = moving.lock(document=document, action=Action.ISSUE, revision=revision, actor=actor, now=now)
    enter_issue(document=locked, actor=actor, now=now)
    return locked


def enter_issue(*, document: Document, actor: Actor, now: datetime) -> None:
    """The caller holds the lock and has asked who may. Only what was judged valid goes out. NĐ 30/2020 Đ.18.1"""
    sealed = DocumentVersion.objects.filter(document=document).select_related("file").order_by("-seq").first()
    if sealed is None or sealed.kind != VersionKind.SEALED or not sealed.is_valid:
        raise NotReadyError
    units = _units(document)
    if units:
        share_with(file=sealed.file, unit_ids=units, actor=actor, now=now)
    document.issued_at, document.shared_with = now, units
    facts = {
        "number": document.number,
        "dated_on": document.dated_on,
        "type": document.type_code,
        "sha256": sealed.sha256,
        "origin_type": document.origin_type,
        "origin_id": document.origin_id,
        "result_code": document.result_code,
        "replaces": str(document.replaces_id or ""),
    }
    changed = ("issued_at", "shared_with")
    moving.take(document=document, action=Action.ISSUE, actor=actor, now=now, facts=facts, changed=changed)
    if document.result_code:
        _enter_result(document, actor, now)
    if document.replaces_id:
        _supersede(document.replaces_id, document, actor, now)


@transaction.atomic
def revoke(*, document: Document, reason: str, revision: int, actor: Actor, now: datetime) -> Document:
    """Taken back; the file stays, and its verification page says so. NĐ 30/2020 Đ.18.4"""
    if not reason.strip() or len(reason) > REASON_LIMIT:
        raise NoReasonError
    locked = moving.lock(document=document, action=Action.REVOKE, revision=revision, actor=actor, now=now)
    locked.ended_reason = reason.strip()
    changed = ("ended_reason",)
    moving.take(document=locked, action=Action.REVOKE, actor=actor, now=now, note=locked.ended_reason, changed=changed)
    _end_result(locked, ResultAction.REVOKE, actor, now)
    return locked


@transaction.atomic
def replace(*, document: Document, by: Document, revision: int, actor: Actor, now: datetime) -> Document:
    """Say of an issued document that another, issued already, stands in its place. NĐ 30/2020 Đ.18.3"""
    locked = moving.lock(document=document, action=Action.REPLACE, revision=revision, actor=actor, now=now)
    _replace(locked, Document.objects.get(pk=by.pk), actor, now)
    return locked


def _supersede(old_id: UUID, new: Document, actor: Actor, now: datetime) -> None:
    """Whoever signed the new one decided on it, so the clerk who issues it needs no right to revoke."""
    old = Document.objects.select_for_update(of=("self",)).get(pk=old_id)
    if old.state == DocumentState.ISSUED:
        _replace(old, new, actor, now)
    elif old.state == DocumentState.REVOKED and old.replaced_by_id is None:
        old.replaced_by = new  # it stays revoked, and its page leads to what is right
        old.save(update_fields=["replaced_by"])


def _replace(old: Document, new: Document, actor: Actor, now: datetime) -> None:
    is_equal = (old.unit_id, old.type_code) == (new.unit_id, new.type_code)
    if new.state != DocumentState.ISSUED or old.pk == new.pk or not is_equal:
        raise NotReplacingError
    old.replaced_by = new
    facts = {"by": str(new.pk), "number": new.number}
    moving.take(
        document=old, action=Action.REPLACE, actor=actor, now=now, note=new.number, facts=facts, changed=["replaced_by"]
    )
    _end_result(old, ResultAction.REPLACE, actor, now)


def _units(document: Document) -> list[int]:
    named = Recipient.objects.filter(document=document, unit__isnull=False).values_list("unit_id", flat=True)
    return sorted({unit for unit in named if unit and unit != document.unit_id})


def _enter_result(document: Document, actor: Actor, now: datetime) -> None:
    if document.dated_on is None:  # the database holds that what is issued has its date
        raise NotReadyError
    result = IssuedResult(
        document=document,
        unit_id=document.unit_id,
        owner_id=document.owner_id,
        result_code=document.result_code,
        number=document.number,
        dated_on=document.dated_on,
        valid_from=document.valid_from or document.dated_on,
        valid_until=document.valid_until,
        issued_at=now,
    )
    result.owner_number = document.owner_number
    result.save(force_insert=True)
    _tell(Fact.RESULT_ENTERED, result, "", actor, now)


def _end_result(document: Document, action: ResultAction, actor: Actor, now: datetime) -> None:
    result = IssuedResult.objects.select_for_update(of=("self",)).filter(document=document).first()
    sources, target, fact = RESULT_TRANSITIONS[action]
    if result is None or result.state not in sources:
        return
    before = result.state
    result.state = target
    result.save(update_fields=["state"])
    _tell(fact, result, before, actor, now)


def _tell(fact: Fact, result: IssuedResult, before: str, actor: Actor, now: datetime) -> None:
    record(
        fact,
        subject=result,
        actor=actor,
        unit=result.unit_id,
        at=now,
        before=before,
        after=result.state,
        facts={"document": str(result.document_id), "result_code": result.result_code},
        concerns=[result.owner_id] if result.owner_id else [],
    )
