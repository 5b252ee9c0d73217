"""Lists that officers keep and take away: a filter under a name, and each file that left the portal."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from units.models import Unit

FILTER_NAME_LENGTH = 80
QUERY_LENGTH = 2000  # of an address without its path
PURPOSE_LENGTH = 300


class SavedFilter(models.Model):
    """A list's address under a name: filter, order and columns. Of one person, or of everybody at one unit."""

    personal_data = True  # it may hold the name that somebody searched for

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name of the filter"), max_length=FILTER_NAME_LENGTH)
    query = models.CharField(max_length=QUERY_LENGTH, blank=True)
    owner = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    saved_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="saved_filter_of_somebody",
                condition=Q(owner=None, unit__isnull=False) | Q(owner__isnull=False, unit=None),
            ),
            models.UniqueConstraint(
                name="saved_filter_own_name",
                fields=["owner", "name"],
                condition=Q(owner__isnull=False),
                violation_error_message=_("You have a filter of this name already."),
            ),
            models.UniqueConstraint(
                name="saved_filter_unit_name",
                fields=["unit", "name"],
                condition=Q(unit__isnull=False),
                violation_error_message=_("The unit has a filter of this name already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ListExport(models.Model):
    """A list that somebody took away as a file: who, which rows, which columns, what for. Never changed."""

    personal_data = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    list = models.CharField(max_length=40)
    query = models.CharField(max_length=QUERY_LENGTH, blank=True)
    columns = models.CharField(max_length=500)
    format = models.CharField(max_length=5)
    purpose = models.CharField(max_length=PURPOSE_LENGTH, blank=True)
    number = models.PositiveIntegerField()  # of rows when it was ordered
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["made_by", "-made_at", "id"], name="list_export_of_user")]

    def __str__(self) -> str:
        return f"{self.list} {self.format}"
