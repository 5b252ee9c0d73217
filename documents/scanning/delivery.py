"""The scan as a delivery: ordered with the upload, tried again until the scanner gives a clear answer."""

from datetime import datetime
from uuid import UUID

from documents import storage
from documents.models import StoredFile
from documents.operations.files import clear_file, refuse_file
from documents.scanning import Answer, Infected, scanner
from documents.states import FileState
from portal.events.actors import System
from portal.events.models import Delivery
from portal.events.subscriptions import Remote


def prepare(delivery: Delivery) -> str | None:
    """The hash of what is to be scanned; None when the file has been judged meanwhile."""
    found = StoredFile.objects.filter(pk=delivery.payload["file"], state=FileState.QUARANTINE)
    return found.values_list("blob_id", flat=True).first()


def call(delivery: Delivery, sha256: str | None) -> Answer | None:
    if sha256 is None:
        return None
    with storage.open_content(sha256) as content:
        return scanner().scan(content)


def store(delivery: Delivery, answer: Answer | None, *, now: datetime) -> None:
    """A second answer about a file that was judged by the first one changes nothing."""
    file_id = UUID(delivery.payload["file"])
    waiting = StoredFile.objects.filter(pk=file_id, state=FileState.QUARANTINE).exists()
    if answer is None or not waiting:
        return
    if isinstance(answer, Infected):
        refuse_file(file_id=file_id, finding=answer.virus, actor=System.RELAY, now=now)
    else:
        clear_file(file_id=file_id, actor=System.RELAY, now=now)


SCAN = Remote(name="documents.scan", partner="virus scanner", prepare=prepare, call=call, store=store)
