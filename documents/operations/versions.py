"""Files of a document, one after the other; none is ever written again."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Max

from documents.kinds import VersionKind
from documents.models import Document, DocumentVersion
from documents.operations.files import store_made
from portal.events.actors import Actor

PDF, JSON = "application/pdf", "application/json"


def add_version(
    *,
    document: Document,
    kind: VersionKind,
    content: bytes,
    actor: Actor,
    now: datetime,
    report: Mapping[str, Any] | None = None,
) -> DocumentVersion:
    """The caller holds the document's lock."""
    is_draft = kind is VersionKind.DRAFT
    file = store_made(
        content=content,
        name=f"{document.code}-{kind.value}.{'json' if is_draft else 'pdf'}",
        media_type=JSON if is_draft else PDF,
        unit_id=document.unit_id,
        owner=document.owner_id if kind is VersionKind.SEALED else None,
        actor=actor,
        now=now,
    )
    last = DocumentVersion.objects.filter(document=document).aggregate(last=Max("seq"))["last"] or 0
    return DocumentVersion.objects.create(
        document=document,
        seq=last + 1,
        kind=kind,
        file=file,
        sha256=file.blob_id,
        report=dict(report or {}),
        made_by=actor.event_actor,
        made_at=now,
    )
