"""The papers of a dossier: attached, only shown, or replaced by what a register said."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from documents.models import StoredFile
from portal.accounts import vault
from portal.accounts.models import User
from services.kinds import Form
from services.models import sealed
from services.models.dossiers import Dossier
from services.models.sealed import Answers
from services.states import FormState
from units.models import Unit

MADE = [FormState.UNSIGNED.value, FormState.SIGNED.value]  # plain texts, as migrations keep them


class Proof(models.TextChoices):
    MISSING = "missing", _("not there yet")
    ATTACHED = "attached", _("attached")
    SHOWN = "shown", _("shown and handed back")
    DATA = "data", _("replaced by data")
    NOT_NEEDED = "not_needed", _("not needed")


class Component(models.Model):
    """How one component of the version is proven in this dossier."""

    personal_data = True

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="components", db_index=False)
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

    component = models.ForeignKey(Component, models.PROTECT, related_name="attachments", db_index=False)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    attached_at = models.DateTimeField()
    attached_by = models.CharField(max_length=100)
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["component", "id"], name="attachment_component")]

    def __str__(self) -> str:
        return str(self.file_id)


class PrintedForm(models.Model):
    """A form of the one-stop desk that goes to the filer. What it says was sealed with the deed and never changes; a
    worker lays it out and the organ of `unit` seals it. Only the file and its state follow.
    """

    personal_data = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="printed_forms")
    form = models.CharField(max_length=20, choices=[(form.value, form.value) for form in Form])
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=[(state.value, state.value) for state in FormState])
    data_sealed = models.BinaryField()
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    printed_at = models.DateTimeField()
    printed_by = models.CharField(max_length=100)

    class Meta:
        constraints = [
            models.CheckConstraint(name="printed_form_known", condition=Q(form__in=[form.value for form in Form])),
            models.CheckConstraint(
                name="printed_form_state", condition=Q(state__in=[state.value for state in FormState])
            ),
            models.CheckConstraint(
                name="printed_form_has_file",
                condition=Q(state__in=MADE, file__isnull=False) | (~Q(state__in=MADE) & Q(file=None)),
            ),
        ]
        indexes = [models.Index(fields=["dossier", "-printed_at", "id"], name="printed_form_dossier")]

    def __str__(self) -> str:
        return self.form

    @property
    def data(self) -> Answers:
        """What its layout is filled with."""
        return sealed.open_json(self.data_sealed, context=FORM_DATA.context(self.pk))

    @data.setter
    def data(self, data: Answers) -> None:
        self.data_sealed = sealed.seal_json(data, context=FORM_DATA.context(self.pk))

    @property
    def is_made(self) -> bool:
        return self.state in MADE

    @property
    def is_waiting(self) -> bool:
        """Whether a worker has something left to do."""
        return self.state in {FormState.ORDERED, FormState.UNSIGNED}


FORM_DATA = vault.register(vault.Sealed("services.PrintedForm", "data_sealed", "data"))
