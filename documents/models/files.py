"""Stand-in for the files of documents."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models

from units.models import Unit


class Blob(models.Model):
    sha256 = models.CharField(primary_key=True, max_length=64)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=100)
    stored_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.sha256


class StoredFile(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    blob = models.ForeignKey(Blob, models.PROTECT)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=30)
    state = models.CharField(max_length=10)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True)
    shared_with = ArrayField(models.BigIntegerField(), default=list)
    owner = models.UUIDField(null=True)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.CharField(max_length=100)

    def __str__(self) -> str:
        return str(self.pk)
