"""Stand-in."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from documents.models import Blob, StoredFile
from documents.queries import files
from portal.events.actors import Actor


def store_made(
    *, content: bytes, name: str, media_type: str, unit_id: int, actor: Actor, now: datetime, owner: UUID | None = None
) -> StoredFile:
    digest = hashlib.sha256(content).hexdigest()
    files.KEPT[digest] = content
    blob, _ = Blob.objects.get_or_create(
        sha256=digest, defaults={"size": len(content), "media_type": media_type, "stored_at": now}
    )
    return StoredFile.objects.create(
        blob=blob, name=name, kind="made", state="clean", unit_id=unit_id, owner=owner, uploaded_at=now,
        uploaded_by=actor.event_actor,
    )  # fmt: skip


def share_with(*, file: StoredFile, unit_ids: Iterable[int], actor: Actor, now: datetime) -> StoredFile:
    file.shared_with = sorted({*file.shared_with, *unit_ids})
    file.save(update_fields=["shared_with"])
    return file
