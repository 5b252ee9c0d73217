"""Units in time. A unit is an internal id; its name, type, parent and codes hold from one day to another
(`docs/units.md`).

PostgreSQL's own temporal keys stand behind these models (migration 0003): no two versions of a unit on one day, no
child outside its parent's life, no code borne twice on one day. Rows are never deleted, and of what is written only the
end of its validity is set later.
"""

from datetime import date

from django.contrib.postgres.fields import DateRangeField, DateTimeRangeField
from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.db import models
from django.db.models import F, Func, Q

from units.fields import PathField
from units.kinds import Level, Scheme, Share, UnitType, full_name
from units.models.checks import not_empty, one_of


class Unit(models.Model):
    """One territory under one jurisdiction, for as long as both stay the same. Its id is never reused."""

    level = models.CharField(max_length=8, choices=[(level.value, level.value) for level in Level])
    created_by_event = models.ForeignKey("units.ReorgEvent", models.PROTECT, related_name="created_units")

    class Meta:
        db_table = "units_unit"
        constraints = [
            one_of("level", Level, "unit_level"),
            models.UniqueConstraint(fields=["id", "level"], name="unit_id_level"),
        ]

    def __str__(self) -> str:
        return f"{self.level} {self.pk}"


class UnitVersionQuerySet(models.QuerySet["UnitVersion"]):
    def at(self, on: date) -> "UnitVersionQuerySet":
        return self.filter(valid__contains=on)

    def under(self, path: str) -> "UnitVersionQuerySet":
        """The unit of this path and everything below it."""
        return self.filter(path__under=path)

    def in_order(self) -> "UnitVersionQuerySet":
        """By the Vietnamese alphabet."""
        return self.order_by("sort_key", "id")


class UnitVersion(models.Model):
    """What a unit was called and where it belonged in a span of days: [from, to), `to` open while it holds."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="versions", db_index=False)
    name = models.CharField(max_length=100)
    type = models.CharField(max_length=40, choices=[(kind.value, kind.value) for kind in UnitType])
    # No plain foreign key: the PERIOD key of migration 0003 wants the parent alive on every day of `valid`.
    parent = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="child_versions", db_constraint=False, db_index=False
    )
    path = PathField()
    valid = DateRangeField()
    recorded_at = models.DateTimeField()
    event = models.ForeignKey("units.ReorgEvent", models.PROTECT, related_name="versions")
    closed_by = models.ForeignKey("units.ReorgEvent", models.PROTECT, null=True, related_name="closed_versions")
    sort_key = models.GeneratedField(
        expression=Func(F("name"), function="vi_key"), output_field=models.TextField(db_collation="C"), db_persist=True
    )
    search_name = models.GeneratedField(
        expression=Func(F("name"), function="vi_search_key"),
        output_field=models.TextField(db_collation="C"),
        db_persist=True,
    )
    # Begins with a space, so that the pattern of a space and a word finds beginnings of words only.
    search_full = models.GeneratedField(
        expression=Func(F("type"), F("name"), function="unit_search_full"),
        output_field=models.TextField(db_collation="C"),
        db_persist=True,
    )

    objects = UnitVersionQuerySet.as_manager()

    class Meta:
        db_table = "units_unit_version"
        constraints = [
            one_of("type", UnitType, "unit_version_type"),
            not_empty("unit_version_valid"),
            models.CheckConstraint(
                name="unit_version_closed_by_act",
                condition=Q(valid__endswith__isnull=True) | Q(closed_by__isnull=False),
            ),
        ]
        indexes = [
            GistIndex(fields=["parent", "valid"], name="unit_version_parent"),
            GistIndex(fields=["path", "valid"], name="unit_version_path"),
            models.Index(fields=["unit"], name="unit_version_unit"),
            models.Index(fields=["sort_key", "id"], name="unit_version_in_order"),
            models.Index(fields=["search_name"], name="unit_version_search_name"),
            GinIndex(fields=["search_full"], opclasses=["gin_trgm_ops"], name="unit_version_search"),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        return full_name(self.type, self.name)

    @property
    def valid_from(self) -> date:
        first: date = self.valid.lower
        return first

    @property
    def valid_until(self) -> date | None:
        """The first day on which it holds no more."""
        until: date | None = self.valid.upper
        return until


class UnitVersionLog(models.Model):
    """What was believed before a correction: the old row, with the time in which it was believed."""

    version_id = models.BigIntegerField()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    name = models.CharField(max_length=100)
    type = models.CharField(max_length=40)
    parent = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    path = PathField()
    valid = DateRangeField()
    event = models.ForeignKey("units.ReorgEvent", models.PROTECT, related_name="+")
    recorded = DateTimeRangeField()
    replaced_by = models.ForeignKey("units.ReorgEvent", models.PROTECT, related_name="replaced_versions")

    class Meta:
        db_table = "units_unit_version_log"
        indexes = [models.Index(fields=["version_id"], name="unit_version_log_version")]

    def __str__(self) -> str:
        return full_name(self.type, self.name)


class UnitCode(models.Model):
    """A code that a unit bears in a span of days. Codes come back for other units; only the day makes them clear."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="codes", db_constraint=False, db_index=False)
    level = models.CharField(max_length=8)
    scheme = models.CharField(max_length=6, choices=[(scheme.value, scheme.value) for scheme in Scheme])
    code = models.CharField(max_length=35)  # QĐ 20/2020/QĐ-TTg: at most 35 characters
    valid = DateRangeField()
    is_alias = models.BooleanField(default=False)

    class Meta:
        db_table = "units_unit_code"
        constraints = [one_of("scheme", Scheme, "unit_code_scheme"), not_empty("unit_code_valid")]
        indexes = [models.Index(fields=["unit", "scheme"], name="unit_code_unit")]

    def __str__(self) -> str:
        return self.code


class UnitCodeLog(models.Model):
    """A code that was believed before an act was taken back or corrected."""

    code_id = models.BigIntegerField()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    level = models.CharField(max_length=8)
    scheme = models.CharField(max_length=6)
    code = models.CharField(max_length=35)
    valid = DateRangeField()
    is_alias = models.BooleanField()
    recorded = DateTimeRangeField()
    replaced_by = models.ForeignKey("units.ReorgEvent", models.PROTECT, related_name="replaced_codes")

    class Meta:
        db_table = "units_unit_code_log"
        indexes = [models.Index(fields=["code_id"], name="unit_code_log_code")]

    def __str__(self) -> str:
        return self.code


class Succession(models.Model):
    """One edge from an old unit to a new one. `is_default` is a hint for people, never a decision."""

    event = models.ForeignKey("units.ReorgEvent", models.PROTECT, related_name="successions", db_index=False)
    old = models.ForeignKey(Unit, models.PROTECT, related_name="successions_out", db_index=False)
    new = models.ForeignKey(Unit, models.PROTECT, related_name="successions_in", db_index=False)
    kind = models.CharField(max_length=8, choices=[(share.value, share.value) for share in Share])
    rule = models.JSONField(null=True)
    is_default = models.BooleanField(default=False)

    class Meta:
        db_table = "units_succession"
        constraints = [
            one_of("kind", Share, "succession_kind"),
            models.CheckConstraint(name="succession_to_another", condition=~Q(old=F("new"))),
            models.UniqueConstraint(fields=["event", "old", "new"], name="succession_once"),
            models.UniqueConstraint(
                fields=["event", "old"], condition=Q(is_default=True), name="succession_one_default"
            ),
        ]
        indexes = [
            models.Index(fields=["new"], name="succession_new"),
            models.Index(fields=["old"], name="succession_old"),
        ]

    def __str__(self) -> str:
        return f"{self.old_id} → {self.new_id}"
