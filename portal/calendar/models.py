"""The dated calendar. A row is written once and at most retired, so that "as it was believed on" stays answerable.

The application's role may insert rows and set `retired_at` and `retired_by`, nothing else (migration 0002).
`unit_id` is no foreign key because units stand above; NULL means the whole country.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from portal.calendar.working import DayKind

LIVE = Q(retired_at__isnull=True)
NAME_LENGTH, SOURCE_LENGTH = 200, 300


class SettingName(StrEnum):
    TIME_ZONE = "time_zone"
    SAME_DAY_CUTOFF = "same_day_cutoff"
    SUPPLEMENT_WAIT_DAYS = "supplement_wait_days"
    MAX_EXTENSIONS = "max_extensions"
    LAST_DAY_MOVES = "last_day_moves"


class DatedQuerySet(models.QuerySet[Any]):
    def live(self) -> "DatedQuerySet":
        return self.filter(LIVE)

    def believed_at(self, moment: datetime) -> "DatedQuerySet":
        """The rows that the portal went by at that moment."""
        return self.filter(Q(retired_at__isnull=True) | Q(retired_at__gt=moment), recorded_at__lte=moment)

    def of_unit(self, unit_id: int | None) -> "DatedQuerySet":
        return self.filter(unit_id=unit_id) if unit_id is not None else self.filter(unit_id__isnull=True)


class Dated(models.Model):
    """What every calendar row carries: for whom, by what authority, known from when to when, and through whom."""

    unit_id = models.BigIntegerField(null=True, blank=True)
    source = models.CharField(max_length=SOURCE_LENGTH)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=100)
    retired_at = models.DateTimeField(null=True, blank=True)
    retired_by = models.CharField(max_length=100, blank=True, default="")

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True


def _kept_in_order(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=name, condition=Q(retired_at__isnull=True) | Q(retired_at__gte=F("recorded_at"), retired_by__gt="")
    )


def _one_at_a_time(name: str, *more: str) -> ExclusionConstraint:
    """No two live rows of the same unit are valid on one day."""
    return ExclusionConstraint(
        name=name,
        expressions=[
            (Coalesce("unit_id", Value(0)), RangeOperators.EQUAL),
            *((field, RangeOperators.EQUAL) for field in more),
            ("valid", RangeOperators.OVERLAPS),
        ],
        condition=LIVE,
    )


class CalendarDay(Dated):
    """A day that is not what its weekday says: a holiday, a day off in exchange, or a day worked for it."""

    date = models.DateField()
    kind = models.CharField(max_length=11, choices=[(kind.value, kind.value) for kind in DayKind])
    name = models.CharField(max_length=NAME_LENGTH)
    verified = models.BooleanField(default=True)

    class Meta:
        db_table = "calendar_day"
        constraints = [
            models.UniqueConstraint(
                name="calendar_day_once", fields=["date", "unit_id"], condition=LIVE, nulls_distinct=False,
                violation_error_message=_("This date has an entry already."),
            ),
            models.CheckConstraint(
                name="calendar_day_kind", condition=Q(kind__in=[str(kind) for kind in DayKind])
            ),
            _kept_in_order("calendar_day_order"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.date} {self.kind}"


class OfficeHours(Dated):
    """Sessions of Monday to Friday as [["07:30", "11:30"], …]; `saturday` those of reception on Saturdays."""

    sessions = models.JSONField()
    saturday = models.JSONField(default=list, blank=True)
    saturday_counts = models.BooleanField(default=False)
    valid = DateRangeField()

    class Meta:
        db_table = "calendar_office_hours"
        constraints = [
            _one_at_a_time("calendar_office_hours_once"),
            models.CheckConstraint(name="calendar_office_hours_valid", condition=Q(valid__isempty=False)),
            _kept_in_order("calendar_office_hours_order"),
        ]

    def __str__(self) -> str:
        return f"{self.sessions} {self.valid}"


class UnitClosure(Dated):
    """One unit is shut by a decision (storm, power cut): days off for this unit only. `source` is the legal basis."""

    first_on = models.DateField()
    last_on = models.DateField()
    reason = models.CharField(max_length=NAME_LENGTH)

    class Meta:
        db_table = "calendar_unit_closure"
        constraints = [
            models.CheckConstraint(name="calendar_closure_of_a_unit", condition=Q(unit_id__isnull=False)),
            models.CheckConstraint(name="calendar_closure_forward", condition=Q(last_on__gte=F("first_on"))),
            _kept_in_order("calendar_closure_order"),
        ]

    def __str__(self) -> str:
        return f"{self.first_on} to {self.last_on}"


class CalendarSetting(Dated):
    """One rule of the count, as text; `rules.py` reads it."""

    name = models.CharField(max_length=30)
    value = models.CharField(max_length=60)
    valid = DateRangeField()

    class Meta:
        db_table = "calendar_setting"
        constraints = [
            _one_at_a_time("calendar_setting_once", "name"),
            models.CheckConstraint(
                name="calendar_setting_name", condition=Q(name__in=[str(name) for name in SettingName])
            ),
            models.CheckConstraint(name="calendar_setting_valid", condition=Q(valid__isempty=False)),
            _kept_in_order("calendar_setting_order"),
        ]

    def __str__(self) -> str:
        return f"{self.name} = {self.value}"


class CalendarChange(models.Model):
    """The journal, append-only: which deed wrote and retired which rows, and the dates whose counting may differ now.

    `until_on` is NULL when the change reaches into the open future.
    """

    deed = models.CharField(max_length=40)
    at = models.DateTimeField()
    actor = models.CharField(max_length=100)
    unit_id = models.BigIntegerField(null=True, blank=True)
    first_on = models.DateField(null=True)
    until_on = models.DateField(null=True)
    reason = models.CharField(max_length=SOURCE_LENGTH, blank=True, default="")
    before = models.JSONField(default=list)
    after = models.JSONField(default=list)

    class Meta:
        db_table = "calendar_change"
        indexes = [models.Index(fields=["-at", "-id"], name="calendar_change_newest")]

    def __str__(self) -> str:
        return f"{self.deed} {self.at:%Y-%m-%d}"
