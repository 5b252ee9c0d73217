"""Files whose time of keeping is over: name, owner and content go, the digest stays and proves what there was."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from documents import storage
from documents.holding import take_for_removal
from documents.models import Blob, DocumentVersion, RemovedContent, StoredFile
from documents.states import FILE_TRANSITIONS, FileAction, FileState
from portal.events import record
from portal.events.actors import Actor
from portal.isolation import Purpose, scope

AT_ONCE = 500  # the rest has its turn at the next call
FORGOTTEN = ("state", "cleared_by", "finding", "name", "owner", "unit", "shared_with", "uploaded_by")


@transaction.atomic
def remove_file(*, file_id: UUID, unit_id: int, ground: str, actor: Actor, now: datetime) -> bool:
    """Whether it was there still. `unit_id`: who answers for the row that is left. The caller's rule has judged that
    its time is over; a file that a document consists of is never removed by this.
    """
    file = StoredFile.objects.select_for_update(of=("self",)).select_related("blob").get(pk=file_id)
    if file.state == FileState.REMOVED or DocumentVersion.objects.filter(file=file).exists():
        return False
    _sources, target, fact = FILE_TRANSITIONS[FileAction.REMOVE]
    before, owner = file.state, file.owner  # whoever sent it reads in their own record that it went
    file.state, file.cleared_by, file.finding, file.name, file.uploaded_by = target, "", "", "", ""
    file.owner, file.unit_id, file.shared_with = None, file.unit_id or unit_id, []
    file.save(update_fields=FORGOTTEN)
    record(
        fact,
        subject=file,
        actor=actor,
        unit=file.unit_id,
        at=now,
        before=before,
        after=target,
        facts={"sha256": file.blob.sha256, "size": file.blob.size, "ground": ground},
        concerns=[owner] if owner else [],
    )
    return True


def release_contents(*, now: datetime) -> int:
    """Contents that only removed files refer to leave the storage, each in a transaction of its own; how many did.

    A crash between the removal of the rows and this leaves contents that the next call finds.
    """
    with transaction.atomic(), scope(purpose=Purpose.RETENTION):
        found = list(_unused().order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    return sum(_release(sha256, now) for sha256 in found)


def _unused() -> QuerySet[Blob]:
    files = StoredFile.objects.filter(blob=OuterRef("pk"))
    gone, kept = files.filter(state=FileState.REMOVED), files.exclude(state=FileState.REMOVED)
    return Blob.objects.filter(Exists(gone), ~Exists(kept), removed=None)


@transaction.atomic
def _release(sha256: str, now: datetime) -> bool:
    """Not while somebody is storing the same content: that one may be about to refer to it."""
    with scope(purpose=Purpose.RETENTION):
        if not take_for_removal(sha256) or not _unused().filter(pk=sha256).exists():
            return False
        RemovedContent.objects.create(blob_id=sha256, removed_at=now)
        storage.remove(sha256[:2], sha256)
    return True
