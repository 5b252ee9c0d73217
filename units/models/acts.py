"""The legal act and its rows."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from units.kinds import ActKind, Share, UnitType, full_name
from units.models.checks import one_of
from units.models.tree import Unit
from units.states import ActState


class ReorgEventQuerySet(models.QuerySet["ReorgEvent"]):
    def in_force_by(self, on: date) -> "ReorgEventQuerySet":
        """Acts that answer questions about the day, those that are only scheduled yet included."""
        return self.filter(state__in=[ActState.SCHEDULED, ActState.EFFECTIVE], effective_on__lte=on)

    def due(self, today: date) -> "ReorgEventQuerySet":
        """In the order in which they take effect: of one day, as they were scheduled, for one may build on another."""
        return self.filter(state=ActState.SCHEDULED, effective_on__lte=today).order_by(
            "effective_on", F("scheduled_at").asc(nulls_first=True), "id"
        )


class ReorgEvent(models.Model):
    """A legal act that changes the tree, with its number, its day of effect and the digest of its file.

    `unit`: the province that all of it lies in, or the country. `authors`: who wrote its rows, and so may not sign.
    """

    kind = models.CharField(_("kind"), max_length=8, choices=[(kind.value, kind.value) for kind in ActKind])
    legal_no = models.CharField(_("number of the act"), max_length=60)
    legal_date = models.DateField(_("decided on"))
    effective_on = models.DateField(_("takes effect on"))
    effective_on_confirmed = models.BooleanField(_("day of effect confirmed"), default=False)
    title = models.CharField(_("what it decides"), max_length=300)
    note = models.CharField(_("note"), max_length=300, blank=True, default="")
    file_sha256 = models.BinaryField(_("digest of the file"), null=True, max_length=32)
    state = models.CharField(_("state"), max_length=9, default=ActState.DRAFT)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrections")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="acts")
    revision = models.PositiveIntegerField(default=1)
    authors = ArrayField(models.CharField(max_length=80), default=list, size=100)
    decide_days = models.PositiveSmallIntegerField(_("working days to decide what no rule knew"), default=5)
    scheduled_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=500, blank=True, default="")  # why it could not take effect on its day

    objects = ReorgEventQuerySet.as_manager()

    class Meta:
        db_table = "units_reorg_event"
        constraints = [
            one_of("kind", ActKind, "reorg_event_kind"),
            one_of("state", ActState, "reorg_event_state"),
            models.CheckConstraint(
                name="reorg_event_has_file",
                condition=Q(state__in=[ActState.DRAFT, ActState.SIMULATED, ActState.WITHDRAWN])
                | Q(file_sha256__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["legal_no", "kind"], condition=~Q(state=ActState.WITHDRAWN), name="reorg_event_once"
            ),
        ]

    def __str__(self) -> str:
        return self.legal_no


class ReorgChange(models.Model):
    """One row of an act: what the unit is called from its day of effect. Kept for ever.

    `is_new`: the unit begins with the act; its id is taken while the act is a draft, its row comes when the act is
    scheduled. `parent`, `code`: empty where they stay. `key`: what the table of the act calls the row.
    """

    event = models.ForeignKey(ReorgEvent, models.PROTECT, related_name="changes", db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="changes", db_constraint=False)
    name = models.CharField(max_length=100)
    type = models.CharField(max_length=40, choices=[(kind.value, kind.value) for kind in UnitType])
    position = models.PositiveIntegerField(default=0)
    key = models.CharField(max_length=40, blank=True, default="")
    is_new = models.BooleanField(default=False)
    parent = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", db_constraint=False, db_index=False)
    code = models.CharField(max_length=35, blank=True, default="")
    axis_code = models.CharField(max_length=35, blank=True, default="")

    class Meta:
        db_table = "units_reorg_change"
        constraints = [
            one_of("type", UnitType, "reorg_change_type"),
            models.UniqueConstraint(fields=["event", "unit"], name="reorg_change_once"),
        ]

    def __str__(self) -> str:
        return full_name(self.type, self.name)


class ReorgSource(models.Model):
    """One row of an act: where an old unit goes. `new` empty: it ends without successor."""

    event = models.ForeignKey(ReorgEvent, models.PROTECT, related_name="sources", db_index=False)
    position = models.PositiveIntegerField()
    old = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    new = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", db_constraint=False, db_index=False)
    share = models.CharField(max_length=8, choices=[(share.value, share.value) for share in Share])
    rule = models.JSONField(null=True)
    is_default = models.BooleanField(default=False)

    class Meta:
        db_table = "units_reorg_source"
        constraints = [
            one_of("share", Share, "reorg_source_share"),
            models.UniqueConstraint(fields=["event", "old", "new"], nulls_distinct=False, name="reorg_source_once"),
            models.UniqueConstraint(
                fields=["event", "old"], condition=Q(is_default=True), name="reorg_source_one_default"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.old_id} → {self.new_id}"
