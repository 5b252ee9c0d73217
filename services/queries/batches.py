"""One's own batches and how far each is."""

from dataclasses import dataclass

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When

from portal.accounts.models import User
from services.models import BatchItem, DossierBatch
from services.states import BatchItemState

# Failures first, for somebody must look at them.
ORDER = (BatchItemState.FAILED, BatchItemState.WAITING, BatchItemState.CANCELLED, BatchItemState.DONE)


@dataclass(frozen=True, slots=True)
class Progress:
    done: int
    failed: int
    waiting: int
    cancelled: int


def batches_of(user: User) -> QuerySet[DossierBatch]:
    return DossierBatch.objects.filter(ordered_by=user).defer("chosen", "revisions", "officers")


def items_of(batch: DossierBatch) -> QuerySet[BatchItem]:
    """Those not done first."""
    rank = Case(
        *(When(state=state.value, then=Value(place)) for place, state in enumerate(ORDER)), output_field=IntegerField()
    )
    rows = BatchItem.objects.filter(batch=batch).select_related("dossier")
    return rows.annotate(rank=rank).order_by("rank", "place", "id")


def progress_of(batch: DossierBatch) -> Progress:
    """What was called off waits no more, though its items are told so one after the other."""
    counts = BatchItem.objects.filter(batch=batch).aggregate(
        done=Count("pk", filter=Q(state=BatchItemState.DONE.value)),
        failed=Count("pk", filter=Q(state=BatchItemState.FAILED.value)),
    )
    rest = batch.number - counts["done"] - counts["failed"]
    called_off = batch.cancelled_at is not None
    return Progress(counts["done"], counts["failed"], 0 if called_off else rest, rest if called_off else 0)
