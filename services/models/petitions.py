"""Petitions: what somebody tells an organ about its rules or conduct, the clocks of the law, and what was published."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from documents.models import StoredFile
from portal.accounts import vault
from portal.accounts.models import User
from services.models import sealed
from services.models.catalogue import Procedure
from services.models.dossiers import NAME_LENGTH, Dossier
from services.models.sealed import Answers
from services.petition_states import CLOSED, OPEN, ClockKind, ClockOutcome, PetitionState
from units.models import Unit

TEXT_LENGTH = 5000
TITLE_LENGTH = 200
TYPE_LENGTH = 20
CODE_LENGTH = 60
UNITS_LIMIT = 50
BARRED_LIMIT = 100


def with_part(units: Sequence[int], new: int) -> list[int]:
    """The units that may read it, with one more: the newest last, and the oldest gone where they would be too many."""
    return [*(unit for unit in units if unit != new), new][-UNITS_LIMIT:]


class PetitionChannel(models.TextChoices):
    ONLINE = "online", _("online")
    DESK = "desk", _("at the desk")
    PHONE = "phone", _("by phone")


class PetitionQuerySet(models.QuerySet["Petition"]):
    def open(self) -> "PetitionQuerySet":
        return self.filter(state__in=[str(state) for state in OPEN])

    def of_citizen(self, user: User) -> "PetitionQuerySet":
        return self.filter(filer=user)

    def held_by(self, unit_ids: list[int]) -> "PetitionQuerySet":
        """Those that these units answer for now: exactly one unit does, at every moment."""
        return self.filter(responsible_unit__in=unit_ids)

    def not_against(self, user: User) -> "PetitionQuerySet":
        """Whoever is complained about finds nothing. Row-level security is the second net."""
        return self.exclude(barred__contains=[user.pk])

    def by_due_moment(self) -> "PetitionQuerySet":
        return self.order_by(F("next_due_at").asc(nulls_last=True), "id")


class Petition(models.Model):
    """`units` are all that had a part in it, and may read it; `barred` are the officers that it complains about.

    `next_due_at` is the moment by which the inbox is sorted, None when it has ended.
    """

    personal_data = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=20, unique=True)
    pin_sealed = models.BinaryField()
    state = models.CharField(max_length=10, choices=[(state.value, state.value) for state in PetitionState])
    kind = models.CharField(max_length=TYPE_LENGTH)
    channel = models.CharField(max_length=6, choices=PetitionChannel)
    text = models.CharField(max_length=TEXT_LENGTH)
    filer = models.ForeignKey(User, models.PROTECT, null=True, related_name="petitions", db_index=False)
    contact_sealed = models.BinaryField(null=True)
    contact_index = models.BinaryField(null=True)
    about_officer = models.CharField(max_length=NAME_LENGTH, blank=True)  # as whoever sent it wrote the name
    barred = ArrayField(models.UUIDField(), default=list, size=BARRED_LIMIT)
    addressed_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    responsible_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    units = ArrayField(models.BigIntegerField(), default=list, size=UNITS_LIMIT)
    handler = models.ForeignKey(User, models.PROTECT, null=True, related_name="handled_petitions", db_index=False)
    assisted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    dossier_code = models.CharField(max_length=CODE_LENGTH, blank=True)
    dossier = models.ForeignKey(Dossier, models.PROTECT, null=True, related_name="petitions")
    procedure = models.ForeignKey(Procedure, models.PROTECT, null=True, related_name="petitions")
    repeat_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="repeats")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    filed_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    next_due_at = models.DateTimeField(null=True)
    score = models.PositiveSmallIntegerField(null=True)
    opinion = models.CharField(max_length=2000, blank=True)
    rated_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=1)

    objects = PetitionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="petition_state", condition=Q(state__in=[str(s) for s in PetitionState])),
            models.CheckConstraint(name="petition_channel", condition=Q(channel__in=PetitionChannel.values)),
            models.CheckConstraint(
                name="petition_closed_when_ended",
                condition=Q(state__in=sorted(str(s) for s in CLOSED), closed_at__isnull=False)
                | Q(state__in=sorted(str(s) for s in OPEN), closed_at=None),
            ),
            models.CheckConstraint(
                name="petition_open_is_due",
                condition=Q(state__in=sorted(str(s) for s in CLOSED), next_due_at=None)
                | Q(state__in=sorted(str(s) for s in OPEN), next_due_at__isnull=False),
            ),
            models.CheckConstraint(
                name="petition_merged_somewhere",
                condition=Q(state=str(PetitionState.MERGED), merged_into__isnull=False)
                | (~Q(state=str(PetitionState.MERGED)) & Q(merged_into=None)),
            ),
            models.CheckConstraint(
                name="petition_not_itself", condition=~Q(merged_into=F("id")) & ~Q(repeat_of=F("id"))
            ),
            models.CheckConstraint(name="petition_score", condition=Q(score=None) | Q(score__gte=1, score__lte=5)),
        ]
        indexes = [
            models.Index(fields=["responsible_unit", "state", "next_due_at", "id"], name="petition_inbox"),
            models.Index(fields=["handler", "next_due_at", "id"], name="petition_handler"),
            models.Index(fields=["filer", "-filed_at", "id"], name="petition_of_filer"),
            models.Index(fields=["contact_index", "-filed_at"], name="petition_contact"),
            models.Index(fields=["responsible_unit", "-filed_at", "id"], name="petition_unit"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_open(self) -> bool:
        return PetitionState(self.state) in OPEN

    @staticmethod
    def index_of(contact: Answers) -> bytes | None:
        """By the phone number, else the e-mail address; None for somebody who left neither."""
        digits = "".join(one for one in contact.get("phone", "") if one.isdigit())
        said = digits or contact.get("email", "").strip().lower()
        return vault.blind_index(said, purpose="services.petition") if said else None

    @property
    def pin(self) -> str:
        return vault.unseal(self.pin_sealed, context=PIN.context(self.pk))

    @pin.setter
    def pin(self, pin: str) -> None:
        self.pin_sealed = vault.seal(pin, context=PIN.context(self.pk))

    @property
    def contact(self) -> Answers:
        """`name`, `phone`, `email`, `address` of whoever sent it, as far as they told."""
        envelope = self.contact_sealed
        return sealed.open_json(envelope, context=CONTACT.context(self.pk)) if envelope else {}

    @contact.setter
    def contact(self, contact: Answers) -> None:
        known = {key: value for key, value in contact.items() if value}
        self.contact_sealed = sealed.seal_json(known, context=CONTACT.context(self.pk)) if known else None
        self.contact_index = self.index_of(known)


PIN = vault.register(vault.Sealed("services.Petition", "pin_sealed", "pin"))
CONTACT = vault.register(vault.Sealed("services.Petition", "contact_sealed", "contact"))


class PetitionClock(models.Model):
    """One limit of the law for one unit. `breached_at` is when it was seen to be over; that stays, whatever follows."""

    petition = models.ForeignKey(Petition, models.PROTECT, related_name="clocks")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=7, choices=[(kind.value, kind.value) for kind in ClockKind])
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=7, blank=True, choices=[(one.value, one.value) for one in ClockOutcome])
    breached_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="petition_clock_kind", condition=Q(kind__in=[str(k) for k in ClockKind])),
            models.CheckConstraint(
                name="petition_clock_ended",
                condition=Q(ended_at=None, outcome="")
                | Q(
                    ended_at__isnull=False,
                    outcome__in=[ClockOutcome.MET.value, ClockOutcome.DROPPED.value],
                ),
            ),
            models.UniqueConstraint(
                name="petition_clock_runs_once", fields=["petition", "kind"], condition=Q(ended_at=None)
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"], condition=Q(ended_at=None, breached_at=None), name="petition_clock_running"
            ),
            models.Index(fields=["unit", "started_at"], name="petition_clock_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.due_at}"

    def is_late(self, now: datetime) -> bool:
        """Whether it was not kept, or is not being kept now."""
        return self.breached_at is not None or (self.ended_at is None and self.due_at < now)


class EntryType(models.TextChoices):
    REQUEST = "request", _("asked for a supplement")
    SUPPLEMENT = "supplement", _("supplemented")
    FORWARDING = "forwarding", _("forwarded")
    REFUSAL = "refusal", _("refused")
    ANSWER = "answer", _("answered")
    CLOSING = "closing", _("closed without being published")
    RETRACTION = "retraction", _("taken off the public list")
    LAPSE = "lapse", _("not supplemented in time")
    WITHDRAWAL = "withdrawal", _("withdrawn by whoever sent it")
    MERGER = "merger", _("joined to another petition")
    NOTE = "note", _("note among officers")


class PetitionEntry(models.Model):
    """What was said on the way, in its order, and never changed. Notes are for officers alone."""

    personal_data = True

    petition = models.ForeignKey(Petition, models.PROTECT, related_name="entries", db_index=False)
    type = models.CharField(max_length=10, choices=EntryType)
    text = models.CharField(max_length=TEXT_LENGTH)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    to_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    author = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(name="petition_entry_type", condition=Q(type__in=EntryType.values))]
        indexes = [models.Index(fields=["petition", "id"], name="petition_entry")]

    def __str__(self) -> str:
        return f"{self.type} {self.pk}"


class PetitionFile(models.Model):
    """A file that was sent with it, or with a supplement."""

    petition = models.ForeignKey(Petition, models.PROTECT, related_name="files", db_index=False)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(name="petition_file_once", fields=["petition", "file"])]

    def __str__(self) -> str:
        return str(self.file_id)


class PublishedPetition(models.Model):
    """What everybody may read of it: words written for the public, and nothing that leads back to a person."""

    petition = models.OneToOneField(Petition, models.PROTECT, related_name="publication")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=TYPE_LENGTH)
    title = models.CharField(max_length=TITLE_LENGTH)
    question = models.CharField(max_length=TEXT_LENGTH)
    answer = models.CharField(max_length=TEXT_LENGTH)
    search_name = models.TextField(db_collation="C")  # title and question without accents, as search takes them
    published_at = models.DateTimeField()
    retracted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["-published_at", "-id"], condition=Q(retracted_at=None), name="published_newest"),
            models.Index(fields=["unit", "-published_at", "-id"], name="published_of_unit"),
        ]

    def __str__(self) -> str:
        return self.title
