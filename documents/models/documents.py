"""A document on its way from draft to issue, with everything that was done to it.

Content and subject line may tell about people, so every table here is closed by row-level security (migration 0004).
"""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from documents.kinds import NO_SECRECY, RESULT_CODE, Capacity, RecipientKind, Urgency, VersionKind
from documents.models.files import StoredFile
from documents.models.registers import RegisterEntry
from documents.states import ISSUED_ONCE, DocumentState
from portal.accounts import vault
from portal.accounts.models import User
from staff.models import Assignment, Delegation
from units.models import Unit

OWNER_PURPOSE = "documents.owner"


def owner_index(number: str) -> bytes:
    """By which documents and results of one personal number are found without keeping it readable."""
    return vault.blind_index(number, purpose=OWNER_PURPOSE)


class Owned(models.Model):
    """Something made out to a person, whose number is sealed and searchable.

    `owner` is the account that gets it: theirs, or that of whoever filed for somebody without one, such as a child.
    """

    owner = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    owner_sealed = models.BinaryField(null=True)
    owner_index = models.BinaryField(null=True)

    class Meta:
        abstract = True

    @property
    def owner_number(self) -> str:
        """Empty when it is made out to nobody."""
        sealed = self.owner_sealed
        return vault.unseal(sealed, context=self._owner_context()) if sealed else ""

    @owner_number.setter
    def owner_number(self, number: str) -> None:
        self.owner_sealed = vault.seal(number, context=self._owner_context()) if number else None
        self.owner_index = owner_index(number) if number else None

    def _owner_context(self) -> str:
        return f"{self._meta.label_lower}.owner_sealed:{self.pk}"


class DocumentQuerySet(models.QuerySet["Document"]):
    def of_units(self, unit_ids: set[int]) -> "DocumentQuerySet":
        """Of these organs, or issued and sent to them."""
        shared = Q(shared_with__overlap=sorted(unit_ids), state__in=ISSUED_ONCE)
        return self.filter(Q(unit_id__in=unit_ids) | shared)

    def of_owner(self, user: User) -> "DocumentQuerySet":
        return self.filter(owner=user, state__in=ISSUED_ONCE)

    def soonest_first(self) -> "DocumentQuerySet":
        return self.order_by(models.F("due_at").asc(nulls_last=True), "id")


class Document(Owned):
    """An administrative document of one organ. `revision` grows with every deed: who acts on an older one is told."""

    personal_data = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(_("verification code"), max_length=16, unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="documents")
    division = models.CharField(_("drafting division"), max_length=30, blank=True)
    type_code = models.CharField(max_length=40)
    layout_code = models.CharField(max_length=60)
    layout_version = models.PositiveSmallIntegerField()
    layout_on = models.DateField(help_text="by the layout of which day it is printed")
    subject = models.CharField(max_length=500)
    urgency = models.CharField(max_length=12, choices=Urgency, default=Urgency.NORMAL)
    secrecy = models.CharField(max_length=8, default=NO_SECRECY)
    content = models.JSONField(default=dict)
    capacity = models.CharField(_("signing capacity"), max_length=5, choices=Capacity, blank=True, default="")
    signer = models.ForeignKey(Assignment, models.PROTECT, related_name="documents_to_sign")
    state = models.CharField(max_length=10, default=DocumentState.DRAFT)
    revision = models.PositiveIntegerField(default=1)
    number = models.CharField(_("number and notation"), max_length=60, blank=True)
    dated_on = models.DateField(null=True)
    entry = models.OneToOneField(RegisterEntry, models.PROTECT, null=True, related_name="document")
    due_at = models.DateTimeField(null=True)
    drafted_by = models.CharField(max_length=100)
    drafted_at = models.DateTimeField()
    issued_at = models.DateTimeField(null=True)
    shared_with = ArrayField(models.BigIntegerField(), default=list, blank=True)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    replaced_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    ended_reason = models.CharField(_("why it is no longer in force"), max_length=500, blank=True)
    # Who asked for it on an upper floor, as text: `services.dossier` and its key. This floor knows no dossiers.
    origin_type = models.CharField(max_length=60, blank=True)
    origin_id = models.CharField(max_length=60, blank=True)
    result_code = models.CharField(_("result-type code"), max_length=13, blank=True)
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(_("valid through"), null=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="document_no_secrecy",
                condition=Q(secrecy=NO_SECRECY),
                violation_error_message=_("State secrets never enter the portal."),
            ),
            models.CheckConstraint(name="document_capacity", condition=Q(capacity__in=Capacity.values)),
            models.CheckConstraint(name="document_urgency", condition=Q(urgency__in=Urgency.values)),
            models.CheckConstraint(
                name="document_numbered_whole",
                condition=Q(number="", dated_on=None, entry=None)
                | (~Q(number="") & Q(dated_on__isnull=False, entry__isnull=False)),
            ),
            models.CheckConstraint(
                name="document_issued_numbered",
                condition=Q(issued_at=None) | Q(entry__isnull=False),
            ),
            models.CheckConstraint(
                name="document_result_code",
                condition=Q(result_code="") | (Q(result_code__regex=RESULT_CODE) & Q(owner_index__isnull=False)),
                violation_error_message=_("A result needs a code such as KQ.G15.000216 and an owner."),
            ),
            models.CheckConstraint(
                name="document_validity",
                condition=Q(valid_until=None) | Q(valid_from=None) | Q(valid_until__gte=models.F("valid_from")),
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "state", "due_at", "id"], name="document_unit_state"),
            models.Index(fields=["signer", "state", "due_at", "id"], name="document_signer_state"),
            models.Index(fields=["owner", "-issued_at"], name="document_owner", condition=Q(owner__isnull=False)),
            models.Index(fields=["origin_type", "origin_id"], name="document_origin", condition=~Q(origin_id="")),
        ]

    def __str__(self) -> str:
        return self.number or self.code

    def is_in_force(self) -> bool:
        return self.state == DocumentState.ISSUED


OWNER = vault.register(vault.Sealed("documents.Document", "owner_sealed", "owner_number", "owner_index"))


class DocumentVersion(models.Model):
    """One file of the document as it was at a step. Append-only; a signed file is never written again."""

    personal_data = True

    document = models.ForeignKey(Document, models.PROTECT, related_name="versions")
    seq = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=VersionKind)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    report = models.JSONField(default=dict, blank=True, help_text="what was found when its signatures were judged")
    made_by = models.CharField(max_length=100)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "seq"], name="document_version_once"),
            models.CheckConstraint(name="document_version_kind", condition=Q(kind__in=VersionKind.values)),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} {self.seq} {self.kind}"

    @property
    def is_valid(self) -> bool:
        """Whether its signatures were judged good when it was made."""
        return self.report.get("valid") is True


class RouteStep(models.Model):
    """Who did what to the document, when, for whom, and what they said. Append-only."""

    personal_data = True

    document = models.ForeignKey(Document, models.PROTECT, related_name="steps")
    action = models.CharField(max_length=10)
    before = models.CharField(max_length=10, blank=True)
    after = models.CharField(max_length=10)
    revision = models.PositiveIntegerField(help_text="of the document, after this step")
    actor = models.CharField(max_length=100)
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    delegation = models.ForeignKey(Delegation, models.PROTECT, null=True, related_name="+")
    note = models.CharField(max_length=1000, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "revision"], name="route_step_once")]

    def __str__(self) -> str:
        return f"{self.document_id} {self.revision} {self.action}"


class Recipient(models.Model):
    """A line of "Nơi nhận". A unit of the portal sees the document once it is issued."""

    personal_data = True

    document = models.ForeignKey(Document, models.CASCADE, related_name="recipients")
    place = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=5, choices=RecipientKind)
    name = models.CharField(max_length=200)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "place"], name="recipient_place_once"),
            models.CheckConstraint(name="recipient_kind", condition=Q(kind__in=RecipientKind.values)),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} {self.place}"
