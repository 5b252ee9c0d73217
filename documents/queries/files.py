"""Reading files. Content is given out only when it is clean, whoever asks."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.core.files import File
from django.db.models import Sum

from documents import storage
from documents.errors import ContentLostError, FileGoneError, FileNotReadyError
from documents.models import StoredFile
from documents.models.files import StoredFileQuerySet
from documents.policies import units_of
from documents.states import FileState
from portal.accounts.models import User


def readable(user: User, on: date) -> StoredFileQuerySet:
    """What this user may open by its address, judged or not."""
    return StoredFile.objects.readable_by(user_id=user.pk, units=units_of(user, on))


def open_stream(file: StoredFile) -> "File[bytes]":
    """The content from its beginning; the caller closes it. FileNotReadyError before it is clean, and for ever when a
    virus was found; FileGoneError once a rule of retention removed it.
    """
    if file.state == FileState.REMOVED:
        raise FileGoneError
    if not file.is_clean:
        raise FileNotReadyError
    try:
        return storage.open_content(file.blob_id)
    except OSError as error:
        raise ContentLostError from error


def read(file: StoredFile) -> bytes:
    """The whole content, byte for byte as it was stored: for our own products and bounded uploads."""
    with open_stream(file) as content:
        found: bytes = content.read()
    return found


def bytes_sent(owner: UUID, *, now: datetime) -> int:
    """How much this citizen has sent within 24 hours."""
    sent = StoredFile.objects.filter(owner=owner, uploaded_at__gt=now - timedelta(days=1))
    total: int | None = sent.filter(uploaded_by=f"user:{owner}").aggregate(total=Sum("blob__size"))["total"]
    return total or 0
