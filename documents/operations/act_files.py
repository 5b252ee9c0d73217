"""The file of a resolution, as it came from whoever passed it. Its digest goes into the act, and is signed with it."""

from datetime import datetime
from typing import Any

from django.core.files import File
from django.db import transaction

from documents.models import StoredFile
from documents.operations.files import store_upload
from documents.uploads.kinds import UploadKind
from portal.events.actors import Actor
from units.models import ReorgEvent
from units.operations import name_file
from units.operations.steps import unit_of


@transaction.atomic
def keep_act_file(
    *, act_id: int, upload: "File[Any]", expected: int | None = None, actor: Actor, now: datetime
) -> StoredFile:
    """Raises FileRefusedError, or what `units.operations.name_file` raises; nothing is kept then."""
    act = ReorgEvent.objects.get(pk=act_id)
    file = store_upload(upload=upload, kind=UploadKind.INCOMING, unit_id=unit_of(act), owner=None, actor=actor, now=now)
    digest = bytes.fromhex(file.blob_id)
    name_file(act_id=act.pk, digest=digest, expected=expected, actor=actor, now=now)
    return file
