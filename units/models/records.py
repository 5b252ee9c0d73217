"""What an act leaves behind: what was foreseen, who signed, what was proven, and what waits for a person."""

from django.db import models
from django.db.models import Q

from units.models.acts import ReorgEvent
from units.models.tree import Unit


class ReorgSimulation(models.Model):
    """What the act would move and what is in its way, as it was at the moment. Never changed."""

    event = models.ForeignKey(ReorgEvent, models.PROTECT, related_name="simulations", db_index=False)
    number = models.PositiveIntegerField()  # 1, 2, 3 within the act
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=80)
    rows_digest = models.BinaryField(max_length=32)
    digest = models.BinaryField(max_length=32)  # over rows and figures: what a signature is about
    counts = models.JSONField()
    blockers = models.JSONField()
    flows = models.JSONField()

    class Meta:
        db_table = "units_reorg_simulation"
        constraints = [models.UniqueConstraint(fields=["event", "number"], name="reorg_simulation_once")]

    def __str__(self) -> str:
        return f"{self.event_id} {self.number}"


class ReorgSignature(models.Model):
    """A person took responsibility for the rows and for what was foreseen."""

    event = models.OneToOneField(ReorgEvent, models.PROTECT, related_name="signature")
    simulation = models.ForeignKey(ReorgSimulation, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    signer = models.CharField(max_length=80)
    digest = models.BinaryField(max_length=32)
    signed_at = models.DateTimeField()

    class Meta:
        db_table = "units_reorg_signature"

    def __str__(self) -> str:
        return self.signer


class ReorgProof(models.Model):
    """The figures before and after an act took effect, what moved, and what did not add up. Never changed."""

    event = models.OneToOneField(ReorgEvent, models.PROTECT, related_name="proof")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    before = models.JSONField()
    after = models.JSONField()
    moves = models.JSONField()
    findings = models.JSONField()
    holds = models.BooleanField()
    milliseconds = models.PositiveIntegerField()

    class Meta:
        db_table = "units_reorg_proof"

    def __str__(self) -> str:
        return f"{self.event_id} {'holds' if self.holds else 'does not hold'}"


class UndecidedItemQuerySet(models.QuerySet["UndecidedItem"]):
    def waiting(self) -> "UndecidedItemQuerySet":
        return self.filter(decided_at=None)


class UndecidedItem(models.Model):
    """One thing of a split unit that no rule knew: `held_by` is responsible, and owns the question."""

    event = models.ForeignKey(ReorgEvent, models.PROTECT, related_name="undecided", db_index=False)
    handover = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=60)
    from_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    held_by = models.ForeignKey(Unit, models.PROTECT, related_name="undecided_items", db_index=False)
    due_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=80, blank=True, default="")
    to_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", db_index=False)

    objects = UndecidedItemQuerySet.as_manager()

    class Meta:
        db_table = "units_undecided_item"
        constraints = [
            models.UniqueConstraint(fields=["event", "subject_type", "subject_id"], name="undecided_item_once"),
            models.CheckConstraint(
                name="undecided_item_decided",
                condition=Q(decided_at=None, to_unit=None) | Q(decided_at__isnull=False, to_unit__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["held_by", "due_at", "id"], condition=Q(decided_at=None), name="undecided_item_waiting"
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject_type} {self.subject_id}"
