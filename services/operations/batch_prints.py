"""The papers of many dossiers as one PDF: collected item by item, put together once, kept for a day."""

import io
import uuid
from collections.abc import Collection, Iterator
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from documents import passing
from documents.layouts import LayoutDataError
from documents.layouts import render as lay_out
from documents.models import StoredFile
from documents.queries.results import sealed_files
from portal.accounts.models import User
from portal.events import record, viewed
from portal.events.actors import Actor
from services.errors import NotAllowedError, NothingToPrintError
from services.events import Fact
from services.kinds import Paper
from services.models import BatchItem, BatchPrint, Dossier, DossierBatch, PrintedForm
from services.models.batches import MOST_SHEETS
from services.operations.moving import people
from services.policies import may_see
from services.printing_slips import control_slip
from services.queries.handovers import of_dossier
from services.states import BatchItemState


def collect(*, dossier: Dossier, papers: Collection[str], actor: User, now: datetime) -> list[str]:
    """The hashes of what there is of these papers, in the order of `Paper`. That they were read is recorded.

    Raises NotAllowedError, NothingToPrintError.
    """
    if not may_see(actor, dossier):
        raise NotAllowedError
    found = list(_found(dossier, papers, now))[:MOST_SHEETS]
    if not found:
        raise NothingToPrintError
    purpose = str(_("printing papers of many dossiers"))
    viewed(dossier, actor=actor, unit=dossier.responsible_unit_id, purpose=purpose, at=now, concerns=people(dossier))
    return found


def _found(dossier: Dossier, papers: Collection[str], now: datetime) -> Iterator[str]:
    rows = PrintedForm.objects.filter(dossier=dossier, form__in=papers, file__isnull=False).select_related("file")
    made: dict[str, list[str]] = {}
    for row in rows.order_by("printed_at", "id"):
        if row.file is not None:
            made.setdefault(row.form, []).append(row.file.blob_id)
    for paper in Paper:
        if paper in papers:
            if paper is Paper.CONTROL:
                yield from _control(dossier, now)
            elif paper is Paper.RESULT:
                yield from _result(dossier)
            yield from made.get(paper.value, ())[-1:] if paper is not Paper.FEE else made.get(paper.value, ())


def _control(dossier: Dossier, now: datetime) -> Iterator[str]:
    """Form 06 as it stands now: nobody keeps it."""
    rows = of_dossier(dossier)
    if not rows or dossier.due_at is None:
        return
    try:
        printed = lay_out("form-06", control_slip(dossier, rows, now=now), on=localdate(now))
    except LayoutDataError as error:
        raise NothingToPrintError from error
    yield passing.lay_down(io.BytesIO(printed.pdf))


def _result(dossier: Dossier) -> Iterator[str]:
    """The file that was issued, where the asker's units may open it."""
    if dossier.result_document:
        files = sealed_files([dossier.result_document]).values()
        yield from (
            StoredFile.objects.clean().filter(pk__in=list(files)).order_by("pk").values_list("blob_id", flat=True)
        )


@transaction.atomic
def keep_print(
    *, batch_id: uuid.UUID, sha256: str, size: int, pages: int, note: str = "", actor: Actor, now: datetime
) -> BatchPrint:
    """Once for a batch; a second file of the same batch changes nothing."""
    batch = DossierBatch.objects.select_for_update().get(pk=batch_id)
    if kept := BatchPrint.objects.filter(batch=batch).first():
        return kept
    row = BatchPrint.objects.create(
        batch=batch, sha256=sha256, size=size, pages=pages, note=note, made_at=now,
        ends_at=now + settings.BATCH_PRINT_KEPT,
    )  # fmt: skip
    facts = {"pages": pages, "size": size, "note": bool(note)}
    record(Fact.BATCH_PRINTED, subject=batch, actor=actor, unit=None, at=now, facts=facts)
    return row


@transaction.atomic
def drop_print(*, printed: BatchPrint, actor: Actor, now: datetime) -> None:
    """The row, its content, and the slips that were laid out for it. Only the first of two does it."""
    slips = BatchItem.objects.filter(batch=printed.batch_id, state=BatchItemState.DONE).values_list("sheets", flat=True)
    gone = {printed.sha256, *(sheet for sheets in slips for sheet in sheets)} - {""}
    removed, _rows = BatchPrint.objects.filter(pk=printed.pk).delete()
    if not removed:
        return
    record(Fact.BATCH_PRINT_REMOVED, subject=printed.batch, actor=actor, unit=None, at=now, facts={})
    for sha256 in sorted(gone):
        passing.take_away(sha256)
