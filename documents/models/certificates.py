"""Whose key signs, which authorities are trusted, and what was signed with which certificate."""

import uuid
from datetime import date, datetime, time

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _

from documents.signing.kinds import Holder
from documents.signing.states import AnchorState, CertificateState
from staff.models import Person
from units.models import Unit

DIGEST = 64  # SHA-256 in hexadecimal
HOLDERS = [(Holder.PERSON.value, _("person")), (Holder.ORGAN.value, _("organ"))]


class TrustAnchor(models.Model):
    """A certificate authority that is trusted, or was once. Draft of TT 15/2025: administrators keep them."""

    name = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=DIGEST, unique=True)
    certificate = models.BinaryField()  # DER
    hosts = ArrayField(models.CharField(max_length=253), size=20)
    policy_url = models.URLField(max_length=500, blank=True)
    is_trial = models.BooleanField()
    state = models.CharField(
        max_length=10,
        choices=[(AnchorState.TRUSTED.value, _("trusted")), (AnchorState.REMOVED.value, _("struck"))],
    )
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="trust_anchor_state", condition=Q(state__in=[state.value for state in AnchorState])
            )
        ]

    def __str__(self) -> str:
        return self.name


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def usable(self, on: date) -> "CertificateQuerySet":
        """Registered, of a trusted authority, and within their days on the whole of `on`."""
        begin, end = make_aware(datetime.combine(on, time.min)), make_aware(datetime.combine(on, time.max))
        return self.filter(
            state=CertificateState.REGISTERED,
            anchor__state=AnchorState.TRUSTED,
            valid_from__lte=end,
            valid_to__gte=begin,
        )

    def of_person(self, person_id: uuid.UUID) -> "CertificateQuerySet":
        return self.filter(person_id=person_id, holder=Holder.PERSON)

    def of_organ(self, unit_id: int) -> "CertificateQuerySet":
        return self.filter(unit_id=unit_id, holder=Holder.ORGAN)


class Certificate(models.Model):
    """A certificate that somebody here signs with. The key lies in the backend, under the name `key`."""

    personal_data = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="certificates")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="certificates")
    holder = models.CharField(max_length=10, choices=HOLDERS)
    anchor = models.ForeignKey(TrustAnchor, models.PROTECT, related_name="certificates")
    subject = models.CharField(max_length=500)
    issuer = models.CharField(max_length=500)
    serial = models.CharField(max_length=64)
    fingerprint = models.CharField(max_length=DIGEST, unique=True)
    certificate = models.BinaryField()  # DER
    chain = ArrayField(models.BinaryField(), size=10)  # DER, from the issuer upwards
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField()
    backend = models.CharField(max_length=40)
    key = models.CharField(max_length=200)
    picture = models.BinaryField()  # PNG of the signature or the seal
    is_trial = models.BooleanField()
    state = models.CharField(
        max_length=10,
        choices=[
            (CertificateState.REGISTERED.value, _("in use")),
            (CertificateState.SUSPENDED.value, _("suspended")),
            (CertificateState.REVOKED.value, _("revoked")),
        ],
    )
    recorded_at = models.DateTimeField()

    objects = CertificateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="certificate_state", condition=Q(state__in=[state.value for state in CertificateState])
            ),
            models.CheckConstraint(
                name="certificate_holder",
                condition=Q(holder=Holder.PERSON.value, person__isnull=False)
                | Q(holder=Holder.ORGAN.value, person__isnull=True),
            ),
            models.CheckConstraint(name="certificate_days", condition=Q(valid_from__lt=models.F("valid_to"))),
        ]
        indexes = [
            models.Index(fields=["unit", "holder", "state"], name="certificate_unit"),
            models.Index(fields=["person", "state"], name="certificate_person"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class SignatureRecord(models.Model):
    """One signature that was made: what, with which certificate, how it judged at that time. Append-only.

    Draft of TT 15/2025: the certificate and the result of its status check are kept with what was signed.
    """

    personal_data = True

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="signature_records")
    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="signatures")
    field = models.CharField(max_length=60)
    level = models.CharField(max_length=10)
    digest_before = models.CharField(max_length=DIGEST)
    digest_after = models.CharField(max_length=DIGEST, unique=True)
    status_digest = models.CharField(max_length=DIGEST)
    time_stamped_at = models.DateTimeField()
    report = models.JSONField()
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["unit", "-id"], name="signature_record_unit")]

    def __str__(self) -> str:
        return f"{self.field} {self.pk}"
