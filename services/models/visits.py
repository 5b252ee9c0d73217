"""Somebody stands at a desk and an officer files for them; and the right by which one person files for another."""

import uuid
from datetime import date, datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from documents.models import StoredFile
from portal.accounts import vault
from portal.accounts.models import User
from services.models import sealed
from services.models.dossiers import NAME_LENGTH, Dossier
from services.models.drafts import Draft
from services.models.sealed import Answers
from units.models import Unit

SCOPE_LENGTH = 500
REFERENCE_LENGTH = 200


class VisitQuerySet(models.QuerySet["Visit"]):
    def open(self, now: datetime) -> "VisitQuerySet":
        return self.filter(ends_at__gt=now)


class Visit(models.Model):
    """One person at one desk, for one or several dossiers. `person` holds what the identity card says: `name`,
    `number`, `birth_on`; `citizen` is their account, if they ever signed in here.
    """

    personal_data = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    desk_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    officer = models.ForeignKey(User, models.PROTECT, related_name="+")
    citizen = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    person_sealed = models.BinaryField()
    scanned = models.BooleanField()  # the card was scanned; else the officer typed what it says
    begun_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    objects = VisitQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["officer", "-begun_at", "id"], name="visit_officer"),
            models.Index(fields=["ends_at"], name="visit_ends"),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def person(self) -> Answers:
        return sealed.open_json(self.person_sealed, context=PERSON.context(self.pk))

    @person.setter
    def person(self, person: Answers) -> None:
        self.person_sealed = sealed.seal_json(person, context=PERSON.context(self.pk))


PERSON = vault.register(vault.Sealed("services.Visit", "person_sealed", "person"))


class Ground(models.TextChoices):
    """Why somebody may file for another. BLDS 2015 Đ.135"""

    AUTHORISED = "authorised", _("authorised in writing")
    BY_LAW = "by_law", _("representative by law: parent, guardian")


class Mandate(models.Model):
    """Lets the filer act for the principal: what for, from when to when, and by which paper. It belongs to a draft, and
    to the dossier once it is filed. `shown`: the paper was only looked at, by the officer at the desk.
    """

    personal_data = True

    draft = models.OneToOneField(Draft, models.CASCADE, null=True, related_name="mandate")
    dossier = models.OneToOneField(Dossier, models.PROTECT, null=True, related_name="mandate")
    ground = models.CharField(max_length=10, choices=Ground)
    principal_name = models.CharField(_("principal"), max_length=NAME_LENGTH)
    scope = models.CharField(_("scope of the authorisation"), max_length=SCOPE_LENGTH)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)  # the last day on which it holds; None: as long as the law says
    reference = models.CharField(_("number of the paper"), max_length=REFERENCE_LENGTH, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    shown = models.BooleanField(default=False)
    entered_at = models.DateTimeField()
    entered_by = models.CharField(max_length=100)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="mandate_of_something", condition=Q(draft__isnull=False) | Q(dossier__isnull=False)
            ),
            models.CheckConstraint(name="mandate_ground", condition=Q(ground__in=Ground.values)),
            models.CheckConstraint(
                name="mandate_in_order",
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                violation_error_message=_("An authorisation can't end before it begins."),
            ),
            models.CheckConstraint(
                name="mandate_authorisation_ends",
                condition=~Q(ground=Ground.AUTHORISED.value) | Q(valid_to__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)
