"""Files are stored, shared and judged. Their content never changes, and nobody reads it before it is clean."""

import hashlib
import tempfile
from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from typing import IO, Any
from uuid import UUID

from django.conf import settings
from django.core.files import File
from django.db import connection, transaction
from django.template.defaultfilters import filesizeformat
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from documents import scanning, storage
from documents.errors import (
    FileNotYoursError,
    FileRefusedError,
    FileStateError,
    SharedTooWidelyError,
    UnknownUnitError,
)
from documents.events import Fact
from documents.holding import hold
from documents.models import Blob, Cleared, RemovedContent, StoredFile
from documents.models.files import SHARED_LIMIT
from documents.policies import may_keep_file
from documents.queries.files import bytes_sent
from documents.states import FILE_TRANSITIONS, FileAction
from documents.uploads.inspecting import inspect
from documents.uploads.kinds import MADE, UploadKind
from documents.uploads.limits import limits_for
from documents.uploads.names import clean_name
from documents.uploads.reasons import Reason
from portal.accounts.models import User
from portal.events import Told, record, record_all, viewed
from portal.events.actors import Actor
from portal.events.subscriptions import Topic
from portal.isolation import Purpose, scope
from units.models import Unit

SHARE = """
update documents_storedfile f set shared_with = array(select distinct unnest(f.shared_with || m.units))
from (select file, array_agg(unit) as units from unnest(%s::uuid[], %s::bigint[]) as p(file, unit) group by 1) m
where f.id = m.file and not m.units <@ f.shared_with and cardinality(f.shared_with || m.units) <= %s
returning f.id, f.unit_id, f.owner, m.units
"""


@transaction.atomic
def store_made(
    *, content: bytes, name: str, media_type: str, unit_id: int, actor: Actor, now: datetime, owner: UUID | None = None
) -> StoredFile:
    """Keep what the portal made itself: clean by birth. Who may cause it is the caller's question."""
    digest = hashlib.sha256(content).hexdigest()
    blob = _keep(digest, BytesIO(content), size=len(content), media_type=media_type, now=now)
    file = StoredFile(blob=blob, name=name, kind=MADE, unit_id=unit_id, owner=owner)
    return _be_born(file, FileAction.MAKE, cleared_by=Cleared.MADE, actor=actor, now=now)


@transaction.atomic
def store_upload(
    *, upload: "File[Any]", kind: UploadKind, unit_id: int | None, owner: UUID | None, actor: Actor, now: datetime
) -> StoredFile:
    """Inspect and keep what somebody sent; FileRefusedError says in words why not, and then nothing is kept.

    With a virus scanner the file waits in quarantine for its answer. Without one it is clean now, and its row says so.
    """
    if not may_keep_file(actor, owner=owner, unit_id=unit_id, on=localdate(now)):
        raise FileNotYoursError
    limits = limits_for(kind)
    name = clean_name(upload.name or "", limits.name_length)
    if (upload.size or 0) > limits.bytes:
        raise FileRefusedError(Reason.TOO_LARGE, most=filesizeformat(limits.bytes))
    with tempfile.TemporaryFile() as copy:
        digest, size = _copy(upload, copy, most=limits.bytes)
        declared = getattr(upload, "content_type", "") or ""
        found = inspect(copy, name=name, declared=declared, size=size, limits=limits)
        _check_quota(owner, size, actor=actor, now=now)
        blob = _keep(digest, copy, size=size, media_type=found.media_type, now=now)
    file = StoredFile(blob=blob, name=name, kind=kind, unit_id=unit_id, owner=owner)
    if scanning.is_configured():
        return _be_born(file, FileAction.HOLD, cleared_by="", actor=actor, now=now)
    return _be_born(file, FileAction.TAKE, cleared_by=Cleared.INSPECTION, actor=actor, now=now)


@transaction.atomic
def share_with(*, file: StoredFile, unit_ids: Iterable[int], actor: Actor, now: datetime) -> StoredFile:
    """Let other units read it; who reads already stays. Only its owner and its own unit may give it on."""
    locked = StoredFile.objects.select_for_update().get(pk=file.pk)
    if not may_keep_file(actor, owner=locked.owner, unit_id=locked.unit_id, on=localdate(now)):
        raise FileNotYoursError
    added = sorted(set(unit_ids) - locked.units)
    if not added:
        return locked
    if len(locked.shared_with) + len(added) > SHARED_LIMIT:
        raise SharedTooWidelyError
    if Unit.objects.filter(pk__in=added).count() < len(added):
        raise UnknownUnitError
    locked.shared_with = [*locked.shared_with, *added]
    locked.save(update_fields=["shared_with"])
    _record(Fact.FILE_SHARED, locked, actor=actor, now=now, facts={"units": added})
    return locked


@transaction.atomic
def share_on_handover(*, pairs: Iterable[tuple[UUID, int]], actor: Actor, now: datetime) -> None:
    """Each file with its unit too, in one statement: what it belongs to was handed to that unit. A file that is shared
    with as many units as may be stays as it is.
    """
    asked = sorted(set(pairs))
    if not asked:
        return
    with scope(purpose=Purpose.RELAY), connection.cursor() as cursor:  # an act reads no files
        cursor.execute(SHARE, [[file for file, _unit in asked], [unit for _file, unit in asked], SHARED_LIMIT])
        told = [
            Told(("documents.storedfile", str(pk)), unit, facts={"units": units}, concerns=[owner] if owner else [])
            for pk, unit, owner, units in cursor.fetchall()
        ]
        record_all(Fact.FILE_SHARED, told, actor=actor, at=now)


@transaction.atomic
def share_no_more(*, file: StoredFile, unit_ids: Iterable[int], actor: Actor, now: datetime) -> StoredFile:
    """Those units read it no longer; its keeper always does."""
    locked = StoredFile.objects.select_for_update().get(pk=file.pk)
    if not may_keep_file(actor, owner=locked.owner, unit_id=locked.unit_id, on=localdate(now)):
        raise FileNotYoursError
    gone = sorted(set(unit_ids) & set(locked.shared_with))
    if gone:
        locked.shared_with = [unit for unit in locked.shared_with if unit not in gone]
        locked.save(update_fields=["shared_with"])
        _record(Fact.FILE_SHARED_NO_MORE, locked, actor=actor, now=now, facts={"units": gone})
    return locked


@transaction.atomic
def clear_file(*, file_id: UUID, actor: Actor, now: datetime) -> StoredFile:
    """The scanner said OK, in so many words."""
    return _judge(file_id, FileAction.CLEAR, cleared_by=Cleared.SCANNER, actor=actor, now=now)


@transaction.atomic
def refuse_file(*, file_id: UUID, finding: str, actor: Actor, now: datetime) -> StoredFile:
    """The scanner named a virus. The content stays where it is and is given to nobody."""
    return _judge(file_id, FileAction.REFUSE, finding=finding[:200], actor=actor, now=now)


def note_reading(*, file: StoredFile, actor: User, now: datetime) -> None:
    """Its owner sees who opened it; one's own reading is nobody's business."""
    if file.holds_personal_data and file.owner != actor.pk:
        concerns = [file.owner] if file.owner else []
        purpose = _("opening a file of a dossier or document")
        viewed(file, actor=actor, unit=file.unit_id, purpose=purpose, at=now, concerns=concerns)


def _judge(
    file_id: UUID, action: FileAction, *, actor: Actor, now: datetime, cleared_by: str = "", finding: str = ""
) -> StoredFile:
    sources, target, fact = FILE_TRANSITIONS[action]
    file = StoredFile.objects.select_for_update().get(pk=file_id)
    if file.state not in sources:
        raise FileStateError
    before, file.state = file.state, target
    file.cleared_by, file.finding, file.judged_at = cleared_by, finding, now
    file.save(update_fields=["state", "cleared_by", "finding", "judged_at"])
    _record(fact, file, actor=actor, now=now, before=before)
    return file


def _be_born(file: StoredFile, action: FileAction, *, cleared_by: str, actor: Actor, now: datetime) -> StoredFile:
    _, target, fact = FILE_TRANSITIONS[action]
    file.state, file.cleared_by = target, cleared_by
    file.judged_at = now if cleared_by else None
    file.uploaded_at, file.uploaded_by = now, actor.event_actor
    file.save(force_insert=True)
    blob = file.blob
    facts = {"sha256": blob.sha256, "size": blob.size, "media_type": blob.media_type, "kind": file.kind}
    waits = [Topic(name=scanning.TOPIC, payload={"file": str(file.pk)})] if not cleared_by else []
    _record(fact, file, actor=actor, now=now, facts=facts | {"cleared_by": cleared_by}, deliveries=waits)
    return file


def _record(fact: Fact, file: StoredFile, *, actor: Actor, now: datetime, before: str = "", **more: Any) -> None:
    after = "" if fact in {Fact.FILE_SHARED, Fact.FILE_SHARED_NO_MORE} else file.state
    concerns = [file.owner] if file.owner else []
    told: dict[str, Any] = {"before": before, "after": after, "concerns": concerns, **more}
    record(fact, subject=file, actor=actor, unit=file.unit_id, at=now, **told)


def _copy(upload: "File[Any]", copy: IO[bytes], *, most: int) -> tuple[str, int]:
    """Into a file of our own that nobody else can change; (hash, size). What is longer than it said is not read on."""
    digest, size = hashlib.sha256(), 0
    for block in upload.chunks():
        size += len(block)
        if size > most:
            raise FileRefusedError(Reason.TOO_LARGE, most=filesizeformat(most))
        digest.update(block)
        copy.write(block)
    return digest.hexdigest(), size


def _keep(digest: str, content: IO[bytes], *, size: int, media_type: str, now: datetime) -> Blob:
    """The content first, then its row: a crash between the two leaves a content that the sweep removes."""
    hold(digest)
    storage.keep(digest, content)
    blob = Blob(sha256=digest, size=size, media_type=media_type, stored_at=now)
    Blob.objects.bulk_create([blob], ignore_conflicts=True)
    RemovedContent.objects.filter(pk=digest).delete()  # the same content came again
    return Blob.objects.get(pk=digest)


def _check_quota(owner: UUID | None, size: int, *, actor: Actor, now: datetime) -> None:
    """Officers send for many people; a citizen sends for one's own affairs."""
    if owner is None or not isinstance(actor, User) or actor.pk != owner:
        return
    if bytes_sent(owner, now=now) + size > settings.UPLOAD_DAY_BYTES:
        raise FileRefusedError(Reason.QUOTA, most=filesizeformat(settings.UPLOAD_DAY_BYTES))
