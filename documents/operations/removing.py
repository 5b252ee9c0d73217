"""Files whose time of keeping is over: name, owner and content go, the digest stays and proves what there was."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from documents.models import DocumentVersion, StoredFile
from documents.states import FILE_TRANSITIONS, FileAction, FileState
from portal.events import record
from portal.events.actors import Actor

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
