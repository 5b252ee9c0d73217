"""Signing that was ordered: one confirmation for up to 200 documents, one item for each.

Signing talks to services outside, so it is done by a worker. An item says how far its document has come.
"""

import uuid

from django.db import models
from django.db.models import Q

from documents.models.documents import Document
from documents.states import Goal, ItemState
from portal.accounts import vault
from portal.accounts.models import User
from units.models import Unit


class SigningBatch(models.Model):
    """What somebody confirmed at once, with their second factor. `cancelled_at`: the rest was called off."""

    personal_data = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    goal = models.CharField(max_length=10, choices=[(goal.value, goal.value) for goal in Goal])
    confirmed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)
    activation_sealed = models.BinaryField(null=True)  # emptied with the last item, so no key outlives it

    class Meta:
        indexes = [models.Index(fields=["confirmed_by", "-confirmed_at"], name="signing_batch_of_user")]

    def __str__(self) -> str:
        return f"{self.goal} {self.pk}"

    @property
    def activation(self) -> str:
        """What the signer's device gave for its PIN; empty where the key needs no unlocking."""
        sealed = self.activation_sealed
        return vault.unseal(sealed, context=self._context()) if sealed else ""

    @activation.setter
    def activation(self, activation: str) -> None:
        self.activation_sealed = vault.seal(activation, context=self._context()) if activation else None

    def _context(self) -> str:
        return f"documents.signingbatch.activation_sealed:{self.pk}"


class SigningItem(models.Model):
    """One document of a batch. `revision` is the one that was confirmed: anything else is not signed.

    `note` says why it failed, or why it still waits.
    """

    personal_data = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    batch = models.ForeignKey(SigningBatch, models.PROTECT, related_name="items")
    place = models.PositiveSmallIntegerField()
    document = models.ForeignKey(Document, models.PROTECT, related_name="signing_items")
    revision = models.PositiveIntegerField()
    state = models.CharField(max_length=10, default=ItemState.WAITING)
    note = models.CharField(max_length=500, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["document"], name="signing_item_one_open", condition=Q(state=ItemState.WAITING)
            ),
            models.UniqueConstraint(fields=["batch", "place"], name="signing_item_place_once"),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.place} {self.state}"
