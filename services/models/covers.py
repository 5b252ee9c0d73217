"""Who acts while somebody is away: dated, with its decision, on two assignments of the staff registry."""

import uuid
from datetime import date, timedelta

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from services.models.work import WorkItem
from staff.models import Assignment
from units.models import Unit

DECISION_LENGTH = 60


class LeaveCoverQuerySet(models.QuerySet["LeaveCover"]):
    def on(self, day: date) -> "LeaveCoverQuerySet":
        return self.filter(valid__contains=day, ended_at=None)


class LeaveCover(models.Model):
    """`absent` is away in these days, `cover` works on what they hold. Both at one unit; nobody passes it on."""

    personal_data = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    absent = models.ForeignKey(Assignment, models.PROTECT, related_name="+")
    cover = models.ForeignKey(Assignment, models.PROTECT, related_name="+")
    valid = DateRangeField(_("days"))
    decision_no = models.CharField(_("number of the decision"), max_length=DECISION_LENGTH)
    decision_on = models.DateField(_("date of the decision"))
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)  # by hand, before its last day
    revision = models.PositiveIntegerField(default=1)

    objects = LeaveCoverQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="leave_cover_by_another", condition=~Q(absent=F("cover"))),
            models.CheckConstraint(
                name="leave_cover_days", condition=Q(valid__startswith__isnull=False, valid__endswith__isnull=False)
            ),
            ExclusionConstraint(
                name="leave_cover_one_at_a_time",
                expressions=[("absent", RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)],
                condition=Q(ended_at=None),
                violation_error_message=_("Somebody acts for this officer in these days already."),
            ),
        ]
        indexes = [models.Index(fields=["unit", "-entered_at", "id"], name="leave_cover_unit")]

    def __str__(self) -> str:
        return f"{self.absent_id} {self.valid}"

    @property
    def first_day(self) -> date:
        found: date = self.valid.lower
        return found

    @property
    def last_day(self) -> date:
        found: date = self.valid.upper - timedelta(days=1)
        return found


class CoveredStep(models.Model):
    """A step that went to whoever acts, and whether it went back."""

    personal_data = True

    leave = models.ForeignKey(LeaveCover, models.PROTECT, related_name="steps")
    step = models.ForeignKey(WorkItem, models.PROTECT, related_name="covered")
    from_officer = models.ForeignKey(User, models.PROTECT, related_name="+")
    to_officer = models.ForeignKey(User, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    back_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="covered_step_one_open", fields=["step"], condition=Q(back_at=None))
        ]
        indexes = [models.Index(fields=["leave", "id"], name="covered_step_leave")]

    def __str__(self) -> str:
        return f"{self.step_id}"
