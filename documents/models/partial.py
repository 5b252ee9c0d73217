"""A file on its way over a bad connection: what has arrived waits here, part by part, until it is whole."""

import uuid
from datetime import datetime

from django.db import models
from django.db.models import F, Q

from portal.accounts.models import User


class PartialUploadQuerySet(models.QuerySet["PartialUpload"]):
    def open(self, now: datetime) -> "PartialUploadQuerySet":
        return self.filter(expires_at__gt=now)


class PartialUpload(models.Model):
    """Declared before its first byte: `size` and `sha256` say when it is whole. `received` bytes have arrived."""

    personal_data = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sender = models.ForeignKey(User, models.PROTECT, related_name="+")
    name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    received = models.PositiveIntegerField(default=0)
    begun_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    objects = PartialUploadQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="partial_upload_hash", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")),
            models.CheckConstraint(name="partial_upload_size", condition=Q(size__gt=0, received__lte=F("size"))),
        ]
        indexes = [
            models.Index(fields=["sender", "sha256"], name="partial_upload_sender"),
            models.Index(fields=["expires_at"], name="partial_upload_expires"),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_whole(self) -> bool:
        return self.received == self.size


class UploadPart(models.Model):
    """Some bytes of it, from `offset` on."""

    personal_data = True

    upload = models.ForeignKey(PartialUpload, models.CASCADE, related_name="parts")
    offset = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(name="upload_part_once", fields=["upload", "offset"])]

    def __str__(self) -> str:
        return f"{self.upload_id} {self.offset}"
