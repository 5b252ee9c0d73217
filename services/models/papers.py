"""The papers of a dossier: attached, only shown, or replaced by what a register said."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from documents.models import StoredFile
from portal.accounts.models import User
from services.models.dossiers import Dossier


class Proof(models.TextChoices):
    MISSING = "missing", _("not there yet")
    ATTACHED = "attached", _("attached")
    SHOWN = "shown", _("shown and handed back")
    DATA = "data", _("replaced by data")
    NOT_NEEDED = "not_needed", _("not needed")


class Component(models.Model):
    """How one component of the version is proven in this dossier."""

    personal_data = True

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="components")
    key = models.CharField(max_length=80)
    name = models.CharField(max_length=500)
    proof = models.CharField(max_length=10, choices=Proof)
    originals = models.PositiveSmallIntegerField(default=0)
    certified = models.PositiveSmallIntegerField(default=0)
    copies = models.PositiveSmallIntegerField(default=0)
    source = models.CharField(max_length=60, blank=True)
    source_ref = models.CharField(max_length=200, blank=True)
    source_at = models.DateTimeField(null=True)
    result_code = models.CharField(max_length=20, blank=True)  # MaKetQuaThayThe
    checked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    checked_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="component_once", fields=["dossier", "key"]),
            models.CheckConstraint(name="component_proof", condition=Q(proof__in=Proof.values)),
            models.CheckConstraint(
                name="component_data_has_source",
                condition=~Q(proof=Proof.DATA) | (~Q(source="") & Q(source_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.key


class Attachment(models.Model):
    """A file behind a component. A later one does not remove the earlier: it replaces it."""

    personal_data = True

    component = models.ForeignKey(Component, models.PROTECT, related_name="attachments")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    attached_at = models.DateTimeField()
    attached_by = models.CharField(max_length=100)
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["component", "id"], name="attachment_component")]

    def __str__(self) -> str:
        return str(self.file_id)


class PrintedForm(models.Model):
    """A form of the one-stop desk as it was handed out: number 01 to 07, never changed, at most followed by another."""

    personal_data = True

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="printed_forms")
    form = models.CharField(max_length=20)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    data_sealed = models.BinaryField()
    printed_at = models.DateTimeField()
    printed_by = models.CharField(max_length=100)

    class Meta:
        indexes = [models.Index(fields=["dossier", "id"], name="printed_form_dossier")]

    def __str__(self) -> str:
        return self.form
