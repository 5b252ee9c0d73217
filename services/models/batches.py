"""One deed on many dossiers: what was chosen at one moment, and what became of each."""

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from portal.accounts.models import User
from services.models.dossiers import Dossier
from services.models.lists import QUERY_LENGTH
from services.states import BatchDeed, BatchItemState

NOTE_LENGTH = 500
UNDO_WITHIN = timedelta(hours=24)
MOST = 5000  # dossiers of one batch
MOST_SHEETS = 20  # papers of one dossier


def most_of(deed: str) -> int:
    """How many dossiers an order of this deed takes."""
    return min(MOST, settings.BATCH_PRINT_DOSSIERS) if deed == BatchDeed.PRINT else MOST


class DossierBatch(models.Model):
    """What somebody confirmed once for many dossiers.

    `chosen` and `revisions` are the selection as it was when it was confirmed, in order; items are made of them by a
    worker. `said` is what the deed needs besides: the reason, the officer, who took the results.
    """

    personal_data = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    deed = models.CharField(max_length=12, choices=[(deed.value, deed.value) for deed in BatchDeed])
    said = models.JSONField(default=dict)
    query = models.CharField(max_length=QUERY_LENGTH, blank=True)
    chosen = ArrayField(models.UUIDField(), size=MOST)
    revisions = ArrayField(models.PositiveIntegerField(), size=MOST)
    officers = ArrayField(models.UUIDField(), size=MOST, default=list)  # to whom each goes, where they differ
    number = models.PositiveIntegerField()
    spread = models.PositiveIntegerField(default=0)  # how many have become items
    ordered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    ordered_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)
    undoes = models.OneToOneField("self", models.PROTECT, null=True, related_name="undone_by")

    class Meta:
        constraints = [
            models.CheckConstraint(name="dossier_batch_deed", condition=Q(deed__in=[deed.value for deed in BatchDeed])),
            models.CheckConstraint(name="dossier_batch_size", condition=Q(number__gte=1, number__lte=MOST)),
        ]
        indexes = [models.Index(fields=["ordered_by", "-ordered_at", "id"], name="dossier_batch_of_user")]

    def __str__(self) -> str:
        return f"{self.deed} {self.number}"

    def is_undoable(self, now: datetime) -> bool:
        """Only handing over has a way back, for a day."""
        return self.deed == BatchDeed.ASSIGN and now < self.ordered_at + UNDO_WITHIN


class BatchItem(models.Model):
    """One dossier of a batch. `revision` is what was chosen: a dossier that changed since is left alone.

    `was` is who held its step before, for the way back. `note` says why it was not done. `sheets` are the hashes of
    what is printed of it, in order.
    """

    personal_data = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    batch = models.ForeignKey(DossierBatch, models.PROTECT, related_name="items")
    place = models.PositiveIntegerField()
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=[(state.value, state.value) for state in BatchItemState])
    note = models.CharField(max_length=NOTE_LENGTH, blank=True)
    was = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    sheets = ArrayField(models.CharField(max_length=64), size=MOST_SHEETS, default=list)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="batch_item_state", condition=Q(state__in=[state.value for state in BatchItemState])
            ),
            models.UniqueConstraint(name="batch_item_place", fields=["batch", "place"]),
            models.CheckConstraint(
                name="batch_item_ended",
                condition=Q(state=str(BatchItemState.WAITING), ended_at=None)
                | (~Q(state=str(BatchItemState.WAITING)) & Q(ended_at__isnull=False)),
            ),
        ]
        indexes = [models.Index(fields=["batch", "state", "place"], name="batch_item_progress")]

    def __str__(self) -> str:
        return f"{self.place} {self.state}"


class BatchPrint(models.Model):
    """What was printed of many dossiers, as one PDF that only whoever ordered it opens, until `ends_at`.

    Without a content `note` says why there is none. The row goes when the content goes.
    """

    personal_data = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    batch = models.OneToOneField(DossierBatch, models.PROTECT, related_name="printed")
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0)  # bytes
    pages = models.PositiveIntegerField(default=0)
    note = models.CharField(max_length=NOTE_LENGTH, blank=True)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="batch_print_or_why_not",
                condition=Q(sha256="", pages=0) & ~Q(note="") | ~Q(sha256="") & Q(note=""),
            ),
        ]
        indexes = [models.Index(fields=["ends_at", "id"], name="batch_print_ends")]

    def __str__(self) -> str:
        return f"{self.pages} {self.made_at}"
