"""The trail, its chains and seals, and the outbox. The database writes links, heads and seals; this code only reads
them.
"""

import uuid
from datetime import datetime, timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from portal.events.fields import CurrentTransaction, TransactionField


class EventQuerySet(models.QuerySet["Event"]):
    def about(self, subject_type: str, subject_id: object) -> "EventQuerySet":
        return self.filter(subject_type=subject_type, subject_id=str(subject_id)).order_by("id")

    def of_person(self, person: uuid.UUID | None) -> "EventQuerySet":
        """Newest first: what happened around this person, and who looked."""
        concerns = EventConcern.objects.filter(person__in=[person] if person else []).values("event_id")
        return self.filter(id__in=concerns).order_by("-id")


class Event(models.Model):
    """One fact. Append-only: the database refuses UPDATE, DELETE and TRUNCATE, and stamps xact, recorded_at and salt
    itself.

    `unit_id` is no foreign key because units stand above; NULL means that no unit is concerned (chain of unit 0).
    `concerns` holds the ids of the people who may see that this happened.
    """

    personal_data = True

    name = models.CharField(max_length=100)
    subject_type = models.CharField(max_length=100)
    subject_id = models.CharField(max_length=100)
    actor = models.CharField(max_length=100)
    on_behalf_of = models.CharField(max_length=100, default="", blank=True)
    unit_id = models.BigIntegerField(null=True, blank=True)
    before = models.CharField(max_length=50, default="", blank=True)
    after = models.CharField(max_length=50, default="", blank=True)
    facts = models.JSONField(default=dict, blank=True)
    concerns = ArrayField(models.UUIDField(), default=list, blank=True)
    request_id = models.CharField(max_length=64, default="", blank=True)
    ip = models.GenericIPAddressField(null=True, blank=True)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    xact = TransactionField(db_default=CurrentTransaction(), editable=False)
    salt = models.BinaryField(db_default=b"", editable=False)

    objects = EventQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "id"], name="events_event_subject"),
            models.Index(fields=["xact", "subject_id"], name="events_event_xact"),
            models.Index(fields=["unit_id", "-id"], name="events_event_unit"),
        ]
        constraints = [
            models.CheckConstraint(
                name="events_event_name",
                condition=models.Q(name__regex=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*){1,5}$"),
                violation_error_message="An event is called app.subject.verb.",
            ),
            models.CheckConstraint(
                name="events_event_unit_not_zero",
                condition=models.Q(unit_id__isnull=True) | models.Q(unit_id__gt=0),
                violation_error_message="Unit 0 is the chain of events without a unit.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.subject_type} {self.subject_id}"


class EventConcern(models.Model):
    """Index from a person to the events that name them; the array on the event is what the chain holds."""

    personal_data = True

    pk = models.CompositePrimaryKey("person", "event_id")
    person = models.UUIDField()
    event_id = models.BigIntegerField()

    def __str__(self) -> str:
        return f"event {self.event_id}"


class EventLink(models.Model):
    """Place of an event in the chain of its unit. `hash` covers unit, seq, the previous hash and the content hash."""

    pk = models.CompositePrimaryKey("unit_id", "seq")
    unit_id = models.BigIntegerField()
    seq = models.BigIntegerField()
    event_id = models.BigIntegerField(unique=True)
    content_hash = models.BinaryField()
    prev_hash = models.BinaryField()
    hash = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.unit_id}/{self.seq}"


class ChainHead(models.Model):
    """The newest link of each unit's chain."""

    unit_id = models.BigIntegerField(primary_key=True)
    seq = models.BigIntegerField()
    hash = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.unit_id}/{self.seq}"


class Seal(models.Model):
    """A signed Merkle root over all heads, one a minute. `hash` covers everything but the signature."""

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    root = models.BinaryField()
    units = models.IntegerField(help_text="how many heads the root covers")
    previous_hash = models.BinaryField()
    hash = models.BinaryField()
    key_id = models.CharField(max_length=16)
    signature = models.BinaryField()

    def __str__(self) -> str:
        return f"seal {self.number}"


class SealedHead(models.Model):
    """A head that moved since the seal before; the newest row of a unit up to a seal is what that seal covers."""

    pk = models.CompositePrimaryKey("unit_id", "seal_number")
    unit_id = models.BigIntegerField()
    seal_number = models.BigIntegerField(db_index=True)
    seq = models.BigIntegerField()
    hash = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.unit_id}/{self.seq} in seal {self.seal_number}"


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def open(self) -> "DeliveryQuerySet":
        return self.filter(done_at__isnull=True, dead_at__isnull=True)

    def due(self, now: datetime, resend_after: timedelta) -> "DeliveryQuerySet":
        """Never sent, or sent so long ago that the message must be lost, and in nobody's hands; oldest first."""
        unsent = models.Q(sent_at__isnull=True) | models.Q(sent_at__lt=now - resend_after)
        free = models.Q(lease_until__isnull=True) | models.Q(lease_until__lt=now)
        return self.open().filter(unsent, free, not_before__lte=now).order_by("not_before", "id")

    def dead(self) -> "DeliveryQuerySet":
        return self.filter(dead_at__isnull=False).order_by("-dead_at", "id")


class Delivery(models.Model):
    """One effect that must happen once, after the commit that ordered it. The queue carries only its id.

    `scope` is what the originating actor could see, and `actor` who that was: the handler works with their rights, not
    with more. `sent_at` is emptied on a failure, so that the next try starts at `not_before`.
    """

    personal_data = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    topic = models.CharField(max_length=100)
    handler = models.CharField(max_length=200)
    queue = models.CharField(max_length=30)
    shard = models.BigIntegerField(null=True, blank=True, help_text="unit; NULL when none is concerned")
    event_id = models.BigIntegerField(null=True, blank=True)
    payload = models.JSONField(default=dict, blank=True)
    actor = models.CharField(max_length=100)
    scope = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField()
    not_before = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    dead_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=500, default="", blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["not_before", "id"],
                name="events_delivery_open",
                condition=models.Q(done_at__isnull=True, dead_at__isnull=True),
            ),
            models.Index(
                fields=["-dead_at", "id"],
                name="events_delivery_dead",
                condition=models.Q(dead_at__isnull=False),
            ),
            models.Index(fields=["done_at"], name="events_delivery_done", condition=models.Q(done_at__isnull=False)),
            models.Index(fields=["event_id"], name="events_delivery_event"),
        ]
        constraints = [
            models.CheckConstraint(
                name="events_delivery_one_end",
                condition=models.Q(done_at__isnull=True) | models.Q(dead_at__isnull=True),
                violation_error_message="A delivery is done or dead, not both.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.id}"


class Heartbeat(models.Model):
    """Marks that go through each queue and come out again, the only proof that its worker makes progress; and the
    relay's own.
    """

    queue = models.CharField(max_length=30, primary_key=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    waiting_since = models.DateTimeField(null=True, blank=True, help_text="when the first unanswered mark was sent")
    last_tick = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.queue} {self.last_tick}"
