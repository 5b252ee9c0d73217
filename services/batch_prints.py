"""Putting the papers of a batch together: a worker's work, outside of any transaction; and their end after a day."""

import io
import logging
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from documents import passing
from documents.errors import ContentLostError
from portal.events import Delivery, Remote, Topic, order, subscribe
from portal.events.actors import System
from portal.isolation import Purpose, scope
from services.models import BatchItem, BatchPrint, DossierBatch
from services.operations.batch_prints import drop_print, keep_print
from services.operations.batches import BIND, LOOK_AFTER
from services.states import BatchDeed, BatchItemState

log = logging.getLogger(__name__)
QUEUE = "batches"
AT_ONCE = 200  # files removed at one call


@dataclass(frozen=True, slots=True)
class Bound:
    sha256: str = ""
    size: int = 0
    pages: int = 0
    note: str = ""


class Waiting:
    """Not all papers are there yet."""


def prepare(delivery: Delivery) -> Sequence[str] | Waiting | None:
    """The hashes in the order of the batch; nothing when it is done, or called off."""
    batch = DossierBatch.objects.get(pk=_batch(delivery))
    if batch.cancelled_at is not None or BatchPrint.objects.filter(batch=batch).exists():
        return None
    rows = BatchItem.objects.filter(batch=batch)
    if batch.spread < batch.number or rows.filter(state=BatchItemState.WAITING).exists():
        return Waiting()
    done = rows.filter(state=BatchItemState.DONE).order_by("place", "id").values_list("sheets", flat=True)
    return [sheet for sheets in done for sheet in sheets]


def call(delivery: Delivery, prepared: Sequence[str] | Waiting | None) -> Bound | Waiting | None:
    if prepared is None or isinstance(prepared, Waiting):
        return prepared
    if not prepared:
        return Bound(note=_("None of the chosen papers was there."))
    try:
        if passing.sizes(prepared) > settings.BATCH_PRINT_BYTES:
            return Bound(note=_("The papers are too large for one file. Choose fewer dossiers or fewer papers."))
        return _bound(prepared)
    except ContentLostError:
        log.exception("Papers of delivery %s are lost", delivery.pk)
        return Bound(
            note=_("A paper could not be opened. Order them again; if it happens twice, tell the administrator.")
        )


def _bound(hashes: Sequence[str]) -> Bound:
    from documents.pdf.binding import bind  # here: it loads pyHanko, which only this worker needs

    into = io.BytesIO()
    pages = bind(_contents(hashes), into)
    size = into.tell()
    return Bound(passing.lay_down(into), size, pages)


def _contents(hashes: Sequence[str]) -> Iterator[bytes]:
    for sha256 in hashes:
        with passing.opened(sha256) as file:
            yield file.read()


def store(delivery: Delivery, reply: Bound | Waiting | None, *, now: datetime) -> None:
    if isinstance(reply, Waiting):
        again = Topic(name=BIND, payload=delivery.payload, not_before=now + LOOK_AFTER)
        order(again, actor=System.RELAY, unit=None, at=now)
    elif reply is not None:
        keep_print(
            batch_id=_batch(delivery), sha256=reply.sha256, size=reply.size, pages=reply.pages, note=reply.note,
            actor=System.RELAY, now=now,
        )  # fmt: skip


def _batch(delivery: Delivery) -> uuid.UUID:
    return uuid.UUID(str(delivery.payload["batch"]))


BINDING = Remote(name="batch_prints", partner="prints", prepare=prepare, call=call, store=store)


def drop_old(*, now: datetime) -> int:
    """How many were removed, each in a transaction of its own."""
    with transaction.atomic(), scope(purpose=Purpose.RETENTION):
        found = list(
            BatchPrint.objects.filter(ends_at__lte=now).order_by("ends_at", "id").values_list("pk", flat=True)[:AT_ONCE]
        )
    for key in found:
        with transaction.atomic(), scope(purpose=Purpose.RETENTION):
            row = BatchPrint.objects.filter(pk=key).first()
            if row is not None:
                drop_print(printed=row, actor=System.SCHEDULE, now=now)
    return len(found)


def subscribe_all() -> None:
    subscribe(BIND, BINDING, queue=QUEUE)


def kept_of(batch: DossierBatch, now: datetime) -> BatchPrint | None:
    """What can still be opened, or why nothing can."""
    if batch.deed != BatchDeed.PRINT:
        return None
    return BatchPrint.objects.filter(batch=batch, ends_at__gt=now).first()
