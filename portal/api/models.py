"""What was answered to a request that may come twice."""

import uuid

from django.db import models


class IdempotencyKeyQuerySet(models.QuerySet["IdempotencyKey"]):
    def of(self, principal: uuid.UUID | None) -> "IdempotencyKeyQuerySet":
        return self.filter(principal=principal)


class IdempotencyKey(models.Model):
    """One request that had its effect, and what was said then; written in the transaction of the effect.

    `principal` is the id of the user who asked, a person or a program; empty with forms that need no sign-in.
    """

    personal_data = True

    principal = models.UUIDField(null=True)
    key = models.CharField(max_length=255)
    operation = models.CharField(max_length=300)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    headers = models.JSONField(default=dict)
    body = models.BinaryField(default=b"")
    made_at = models.DateTimeField()

    objects = IdempotencyKeyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="idempotency_key_once", fields=["principal", "key"], nulls_distinct=False),
        ]
        indexes = [models.Index(name="idempotency_key_age", fields=["made_at"])]

    def __str__(self) -> str:
        return str(self.pk)
