"""Sending a file in parts: declare it, send what is missing, hand it over whole. A broken line costs one part."""

import hashlib
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.template.defaultfilters import filesizeformat

from documents.errors import FileRefusedError, UploadGoneError, UploadOffsetError, UploadsOpenError
from documents.events import Fact
from documents.models import PartialUpload, UploadPart
from documents.uploads.inspecting import expected_type
from documents.uploads.kinds import UploadKind
from documents.uploads.limits import limits_for
from documents.uploads.names import clean_name
from documents.uploads.reasons import Reason
from portal.accounts.models import User
from portal.events import record
from portal.events.actors import Actor
from portal.isolation import Purpose, scope

PART = 256 * 1024  # bytes at a time: some seconds on a bad line
KEPT = timedelta(days=1)
MOST_OPEN = 40  # of one sender: a whole dossier, and some that were given up
HASH = re.compile(r"[0-9a-f]{64}\Z")


@transaction.atomic
def begin_upload(*, name: str, media_type: str, size: int, sha256: str, actor: User, now: datetime) -> PartialUpload:
    """Declare it; the same file that is under way is gone on with. Raises FileRefusedError before a byte came."""
    limits = limits_for(UploadKind.ATTACHMENT)
    cleaned = clean_name(name, limits.name_length)
    expected_type(cleaned, limits)
    if not size > 0:
        raise FileRefusedError(Reason.EMPTY)
    if size > limits.bytes:
        raise FileRefusedError(Reason.TOO_LARGE, most=filesizeformat(limits.bytes))
    if not HASH.match(sha256):
        raise FileRefusedError(Reason.DAMAGED)
    User.objects.select_for_update().get(pk=actor.pk)  # two at once make one, and nobody slips over the limit
    mine = PartialUpload.objects.open(now).filter(sender=actor)
    if known := mine.filter(sha256=sha256, size=size, name=cleaned).order_by("begun_at", "id").first():
        return known
    if mine.count() >= MOST_OPEN:
        raise UploadsOpenError
    upload = PartialUpload.objects.create(
        sender=actor,
        name=cleaned,
        media_type=media_type[:100],
        size=size,
        sha256=sha256,
        begun_at=now,
        expires_at=now + KEPT,
    )
    facts = {"sha256": sha256, "size": size}
    record(Fact.UPLOAD_BEGUN, subject=upload, actor=actor, unit=None, at=now, facts=facts, concerns=[actor.pk])
    return upload


@transaction.atomic
def add_part(*, upload_id: UUID, offset: int, content: bytes, actor: User, now: datetime) -> PartialUpload:
    """Bytes from `offset` on. A part that came before changes nothing. Raises UploadOffsetError, which says where to go
    on, and UploadGoneError.
    """
    upload = _locked(upload_id, actor, now)
    if offset < upload.received and UploadPart.objects.filter(upload=upload, offset=offset).exists():
        return upload
    if offset != upload.received or not 0 < len(content) <= PART or offset + len(content) > upload.size:
        raise UploadOffsetError(upload.received)
    UploadPart.objects.create(upload=upload, offset=offset, content=content)
    upload.received += len(content)
    upload.save(update_fields=["received"])
    return upload


@contextmanager
def whole_upload(*, upload_id: UUID, actor: User, now: datetime) -> Iterator["UploadedFile[Any]"]:
    """The file that was declared, as a form would have given it. Raises UploadGoneError, UploadOffsetError while parts
    are missing, FileRefusedError when it is another one than was declared.
    """
    with transaction.atomic():
        upload = _locked(upload_id, actor, now)
        if not upload.is_whole:
            raise UploadOffsetError(upload.received)
        digest = hashlib.sha256()
        with tempfile.TemporaryFile() as copy:
            for content in upload.parts.order_by("offset", "id").values_list("content", flat=True).iterator(8):
                digest.update(bytes(content))
                copy.write(bytes(content))
            if digest.hexdigest() != upload.sha256:
                raise FileRefusedError(Reason.DAMAGED)
            copy.seek(0)
            yield UploadedFile(copy, upload.name, upload.media_type, upload.size)
        upload.delete()


@transaction.atomic
def clear_uploads(*, actor: Actor, now: datetime) -> int:
    """Throw away what was never finished. How many."""
    with scope(purpose=Purpose.RETENTION):
        old = PartialUpload.objects.filter(expires_at__lte=now)
        count = old.count()
        if count:
            old.delete()
            subject = ("documents.partialupload", "all")
            record(Fact.UPLOADS_CLEARED, subject=subject, actor=actor, unit=None, at=now, facts={"rows": count})
    return count


def _locked(upload_id: UUID, actor: User, now: datetime) -> PartialUpload:
    found = PartialUpload.objects.open(now).filter(pk=upload_id, sender=actor).select_for_update().first()
    if found is None:
        raise UploadGoneError
    return found
