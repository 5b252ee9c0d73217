"""Files: the content once, by its hash; and each use of it, with its name, its keeper and its readers."""

import uuid
from collections.abc import Iterable
from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from documents.states import FileState
from documents.uploads.kinds import MADE, UploadKind
from units.models import Unit

SHARED_LIMIT = 100  # units
STATES, CLEAN = [state.value for state in FileState], FileState.CLEAN.value  # plain texts, as migrations keep them


class Blob(models.Model):
    """Content that is kept. The database refuses to change or delete the row; the storage holds the bytes."""

    sha256 = models.CharField(primary_key=True, max_length=64)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=100)
    stored_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="blob_hash", condition=models.Q(sha256__regex=r"^[0-9a-f]{64}$")),
            models.CheckConstraint(name="blob_size", condition=models.Q(size__gt=0)),
        ]

    def __str__(self) -> str:
        return self.sha256


class RemovedContent(models.Model):
    """Content that was taken out of the storage by a rule of retention. What its digest was, its blob still says."""

    blob = models.OneToOneField(Blob, models.PROTECT, primary_key=True, related_name="removed")
    removed_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.blob_id


class Cleared(models.TextChoices):
    """Why a file counts as clean. INSPECTION: no scanner was configured that day, only our own inspection."""

    MADE = "made", _("made by the portal")
    INSPECTION = "inspection", _("inspected, without a virus scanner")
    SCANNER = "scanner", _("inspected and scanned for viruses")


class StoredFileQuerySet(models.QuerySet["StoredFile"]):
    def readable_by(self, *, user_id: uuid.UUID, units: Iterable[int]) -> "StoredFileQuerySet":
        """Of this owner, of these units, or shared with one of them. Row-level security is the second net."""
        listed = list(units)
        mine = models.Q(owner=user_id)
        return self.filter(mine | models.Q(unit__in=listed) | models.Q(shared_with__overlap=listed))

    def clean(self) -> "StoredFileQuerySet":
        return self.filter(state=FileState.CLEAN)

    def waiting(self, before: datetime) -> "StoredFileQuerySet":
        return self.filter(state=FileState.QUARANTINE, uploaded_at__lt=before).order_by("uploaded_at", "id")


class StoredFile(models.Model):
    """One file as somebody sent or made it. Only state, readers and judgement ever change; the grants say so too. One
    that is removed loses its name and its owner.

    `name` is the sender's, kept as data and never used as a path. `owner` is the id of a citizen's account.
    """

    personal_data = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    blob = models.ForeignKey(Blob, models.PROTECT, related_name="files")
    name = models.CharField(_("name of the file"), max_length=255)
    kind = models.CharField(max_length=20, choices=[*UploadKind.choices, (MADE, _("made by the portal"))])
    state = models.CharField(max_length=10)
    cleared_by = models.CharField(max_length=10, choices=Cleared, blank=True)
    judged_at = models.DateTimeField(null=True)
    finding = models.CharField(max_length=200, blank=True, help_text="what the scanner calls the virus")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="files")
    shared_with = ArrayField(models.BigIntegerField(), default=list, size=SHARED_LIMIT)
    owner = models.UUIDField(null=True)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.CharField(max_length=100)

    objects = StoredFileQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="file_kind", condition=models.Q(kind__in=[*UploadKind.values, MADE])),
            models.CheckConstraint(name="file_state", condition=models.Q(state__in=STATES)),
            models.CheckConstraint(
                name="file_clean_has_a_reason",
                condition=models.Q(state=CLEAN, cleared_by__in=Cleared.values)
                | (~models.Q(state=CLEAN) & models.Q(cleared_by="")),
            ),
            models.CheckConstraint(
                name="file_belongs_to_somebody",
                condition=models.Q(unit__isnull=False) | models.Q(owner__isnull=False),
                violation_error_message=_("A file belongs to a unit or to a citizen."),
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "-uploaded_at", "id"], name="file_owner"),
            models.Index(fields=["blob"], name="file_removed", condition=models.Q(state=FileState.REMOVED.value)),
            models.Index(
                fields=["uploaded_at", "id"], name="file_waiting", condition=models.Q(state=FileState.QUARANTINE.value)
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_clean(self) -> bool:
        return self.state == FileState.CLEAN

    @property
    def units(self) -> set[int]:
        """Its keeper and those it is shared with."""
        return {*self.shared_with, *([self.unit_id] if self.unit_id else [])}

    @property
    def holds_personal_data(self) -> bool:
        """Whatever somebody sent may tell about people, and so does what was made for one citizen."""
        return self.owner is not None or self.kind != MADE
