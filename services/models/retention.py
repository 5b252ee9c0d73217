"""How long things are kept: holds against it, what was carried out, what stays, packages for the archive."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from services.models.dossiers import Dossier
from services.retention_kinds import OF_DOSSIER, Cause, HoldState, PackageState
from units.models import Unit

REASON_LENGTH, GROUND_LENGTH, RECEIPT_LENGTH = 1000, 500, 200
HELD = HoldState.HELD.value  # plain text, as migrations keep it


class RetentionHold(models.Model):
    """Somebody said why nothing of this dossier may go for now. What was said is never written again."""

    personal_data = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="holds")
    state = models.CharField(max_length=6, choices=[(state.value, state.value) for state in HoldState])
    cause = models.CharField(max_length=10, choices=[(cause.value, cause.value) for cause in Cause])
    reason = models.CharField(_("reason"), max_length=REASON_LENGTH)
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    lifted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    lift_reason = models.CharField(max_length=REASON_LENGTH, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="hold_state", condition=Q(state__in=[str(s) for s in HoldState])),
            models.CheckConstraint(name="hold_cause", condition=Q(cause__in=[str(c) for c in Cause])),
            models.CheckConstraint(name="hold_has_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="hold_lifted",
                condition=Q(state=HELD, lifted_at=None, lifted_by=None)
                | (~Q(state=HELD) & Q(lifted_at__isnull=False, lifted_by__isnull=False) & ~Q(lift_reason="")),
            ),
            models.UniqueConstraint(
                name="hold_once",
                fields=["dossier", "cause"],
                condition=Q(state=HELD),
                violation_error_message=_("The dossier is held for this cause already."),
            ),
        ]
        indexes = [models.Index(fields=["dossier", "-set_at", "id"], name="hold_dossier")]

    def __str__(self) -> str:
        return f"{self.cause} {self.state}"


class RetentionStep(models.Model):
    """A rule was carried out on a dossier. Append-only, and once for each kind of thing."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="retention_steps")
    kind = models.CharField(max_length=12, choices=[(kind.value, kind.value) for kind in OF_DOSSIER])
    rule = models.CharField(max_length=60)
    ground = models.CharField(_("legal ground"), max_length=GROUND_LENGTH)
    due_at = models.DateTimeField()
    done_at = models.DateTimeField()
    number = models.PositiveIntegerField()  # of rows and files that were emptied

    class Meta:
        constraints = [
            models.UniqueConstraint(name="retention_step_once", fields=["dossier", "kind"]),
            models.CheckConstraint(name="retention_step_not_early", condition=Q(due_at__lte=F("done_at"))),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.done_at:%Y-%m-%d}"


class ArchivePackage(models.Model):
    """Dossiers of one unit that ended in one year, on their way to the archive as one file. The file is not kept here:
    its digest is, and the archive says that it has the very same.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, choices=[(state.value, state.value) for state in PackageState])
    dossiers = models.PositiveIntegerField()
    begun_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True)
    digest = models.CharField(max_length=64, blank=True)
    files = models.PositiveIntegerField(null=True)
    bytes = models.BigIntegerField(null=True)
    received_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    received_at = models.DateTimeField(null=True)
    receipt = models.CharField(_("receipt of the archive"), max_length=RECEIPT_LENGTH, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="package_state", condition=Q(state__in=[str(s) for s in PackageState])),
            models.CheckConstraint(name="package_digest", condition=Q(digest="") | Q(digest__regex=r"^[0-9a-f]{64}$")),
            models.CheckConstraint(
                name="package_made_has_digest",
                condition=Q(state=PackageState.BEGUN.value) | (~Q(digest="") & Q(made_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="package_received_has_receipt",
                condition=Q(state=PackageState.RECEIVED.value, received_at__isnull=False) & ~Q(receipt="")
                | (~Q(state=PackageState.RECEIVED.value) & Q(received_at=None, receipt="")),
            ),
            models.UniqueConstraint(name="package_number", fields=["unit", "year", "number"]),
            models.UniqueConstraint(
                name="package_one_open",
                fields=["unit", "year"],
                condition=~Q(state=PackageState.RECEIVED.value),
                violation_error_message=_("A package of this year is on its way to the archive already."),
            ),
        ]
        indexes = [models.Index(fields=["unit", "-begun_at", "id"], name="package_unit")]

    def __str__(self) -> str:
        return f"{self.year}.{self.number:02}"


class PackagedDossier(models.Model):
    """A dossier goes to the archive once."""

    dossier = models.OneToOneField(Dossier, models.PROTECT, primary_key=True, related_name="packaged")
    package = models.ForeignKey(ArchivePackage, models.PROTECT, related_name="rows")
    number = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(name="packaged_number", fields=["package", "number"])]

    def __str__(self) -> str:
        return f"{self.package_id} {self.number}"


class Tombstone(models.Model):
    """What stays of a dossier for ever, without anything about people. Append-only.

    `digests`: `files` with the SHA-256 of each removed file; `declared`, a keyed digest of what was declared: it proves
    a copy that somebody shows, and nobody can guess from it.
    """

    dossier = models.OneToOneField(Dossier, models.PROTECT, primary_key=True, related_name="tombstone")
    reference = models.CharField(max_length=20)
    code = models.CharField(max_length=60, blank=True)
    procedure = models.CharField(max_length=20)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=12)
    submitted_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField()
    result_document = models.UUIDField(null=True)
    digests = models.JSONField(default=dict)
    package = models.ForeignKey(ArchivePackage, models.PROTECT, null=True, related_name="tombstones")
    rule = models.CharField(max_length=60)
    ground = models.CharField(_("legal ground"), max_length=GROUND_LENGTH)
    minimised_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["unit", "-minimised_at", "dossier"], name="tombstone_unit")]

    def __str__(self) -> str:
        return self.code or self.reference
