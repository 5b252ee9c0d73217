"""Sending files the way forms and other parts of the portal do."""

from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile

from documents.models import StoredFile
from documents.operations.files import store_made, store_upload
from documents.uploads.kinds import UploadKind
from portal.events.actors import Actor, System
from tests.cast import NOW
from tests.documents.making import pdf

CONTENT = pdf()


def made(
    unit_id: int, *, owner: UUID | None = None, content: bytes = b"%PDF-1.7 ours", name: str = "KQ.pdf"
) -> StoredFile:
    return store_made(
        content=content,
        name=name,
        media_type="application/pdf",
        unit_id=unit_id,
        owner=owner,
        actor=System.COMMAND,
        now=NOW,
    )


def sent(
    *,
    actor: Actor,
    unit_id: int | None = None,
    owner: UUID | None = None,
    content: bytes = CONTENT,
    name: str = "giấy khai sinh.pdf",
    kind: UploadKind = UploadKind.ATTACHMENT,
) -> StoredFile:
    upload = SimpleUploadedFile(name, content, "application/pdf")
    return store_upload(upload=upload, kind=kind, unit_id=unit_id, owner=owner, actor=actor, now=NOW)
