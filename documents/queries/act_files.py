"""The file of an act of reorganisation: the one whose digest the act names, kept by the act's unit."""

from documents.models import StoredFile
from documents.states import FileState
from documents.uploads.kinds import UploadKind
from portal.isolation import current, scope
from units.models import ReorgEvent
from units.operations.steps import unit_of


def file_of_act(act: ReorgEvent) -> StoredFile | None:
    """None while only its digest is known here. Who may see the act is the caller's question."""
    if act.file_sha256 is None:
        return None
    unit = unit_of(act)
    with scope(units=[*current().units, unit]):
        kept = StoredFile.objects.filter(blob_id=bytes(act.file_sha256).hex(), unit_id=unit, kind=UploadKind.INCOMING)
        # One that was found clean stands for the same content sent again and not scanned yet.
        ordered = kept.exclude(state=FileState.REMOVED).order_by("state", "-uploaded_at", "id")
        return ordered.select_related("blob").first()
