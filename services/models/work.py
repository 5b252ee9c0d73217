"""Who works on a dossier: the steps of its version as rows, and each hand-over between people and units."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from services.kinds import Given
from services.models.dossiers import Dossier
from services.states import ItemState
from units.models import Unit

NOTE_LENGTH = 2000


class WorkItemQuerySet(models.QuerySet["WorkItem"]):
    def open(self) -> "WorkItemQuerySet":
        return self.filter(state=str(ItemState.OPEN))

    def of(self, dossier: Dossier) -> "WorkItemQuerySet":
        return self.filter(dossier=dossier).order_by("number", "id")


class WorkItem(models.Model):
    """One step of one dossier. At most one person holds it; who takes it second is told who was first."""

    personal_data = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="work_items", db_index=False)
    number = models.PositiveSmallIntegerField()
    step = models.CharField(max_length=60)
    name = models.CharField(max_length=300)
    role = models.CharField(max_length=60)  # kind of post, or "desk", "leader", "clerk" as the version names it
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="work_items", db_index=False)
    state = models.CharField(max_length=9, choices=[(state.value, state.value) for state in ItemState])
    officer = models.ForeignKey(User, models.PROTECT, null=True, related_name="work_items", db_index=False)
    opened_at = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=NOTE_LENGTH, blank=True)

    objects = WorkItemQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="work_item_state", condition=Q(state__in=[str(s) for s in ItemState])),
            models.UniqueConstraint(
                name="work_item_one_open",
                fields=["dossier", "step"],
                condition=Q(state=str(ItemState.OPEN)),
                violation_error_message=_("This step is open already."),
            ),
            models.CheckConstraint(
                name="work_item_open_since", condition=~Q(state=str(ItemState.OPEN)) | Q(opened_at__isnull=False)
            ),
        ]
        indexes = [
            models.Index(fields=["dossier", "number"], name="work_item_dossier"),
            models.Index(fields=["unit", "state", "due_at", "id"], name="work_item_queue"),
            models.Index(fields=["officer", "state", "due_at", "id"], name="work_item_officer"),
        ]

    def __str__(self) -> str:
        return f"{self.step} {self.state}"


class HandoverQuerySet(models.QuerySet["Handover"]):
    def between_units(self) -> "HandoverQuerySet":
        return self.exclude(from_unit=F("to_unit"))

    def in_transit(self) -> "HandoverQuerySet":
        return self.between_units().filter(received_at=None)

    def by_due_moment(self) -> "HandoverQuerySet":
        return self.order_by(F("due_at").asc(nulls_last=True), "id")


class Handover(models.Model):
    """A dossier went from one hand to another: given at one moment, received at another. Rows of Form 06.

    `due_at` is the moment by which the other unit has to have it; none when it stays in its unit.
    """

    personal_data = True

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="handovers", db_index=False)
    from_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    to_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    from_officer = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    to_officer = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True)
    ground = models.CharField(max_length=300)
    event_id = models.BigIntegerField()
    what = models.CharField(
        max_length=7, choices=[(what.value, what.value) for what in Given], default=Given.DOSSIER.value
    )
    due_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=300, blank=True)  # of whoever received it: what was lacking
    giver = models.CharField(max_length=120, blank=True)  # names, since neither side sees the other's staff
    taker = models.CharField(max_length=120, blank=True)

    objects = HandoverQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="handover_what", condition=Q(what__in=[what.value for what in Given])),
        ]
        indexes = [
            models.Index(fields=["dossier", "id"], name="handover_dossier"),
            models.Index(fields=["to_unit", "due_at", "id"], condition=Q(received_at=None), name="handover_coming"),
            models.Index(fields=["from_unit", "due_at", "id"], condition=Q(received_at=None), name="handover_going"),
        ]

    def __str__(self) -> str:
        return f"{self.from_unit_id} to {self.to_unit_id}"


class Supplement(models.Model):
    """One request that lists everything that is missing (NĐ 118/2025 Đ.16.3), with its answers."""

    personal_data = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="supplements")
    number = models.PositiveSmallIntegerField()
    at_reception = models.BooleanField()
    state = models.CharField(max_length=9)
    reason = models.CharField(max_length=NOTE_LENGTH)
    ground = models.CharField(_("legal ground"), max_length=300)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")  # beyond the allowed number
    asked_at = models.DateTimeField()
    deadline_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="supplement_number", fields=["dossier", "number"]),
            models.UniqueConstraint(
                name="supplement_one_open", fields=["dossier"], condition=Q(state="open"),
                violation_error_message=_("Something is being waited for already."),
            ),
        ]  # fmt: skip  # a constraint on a line
        indexes = [
            models.Index(fields=["deadline_at"], condition=Q(state="open"), name="supplement_deadline"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.state}"


class Problem(models.TextChoices):
    MISSING = "missing", _("missing")
    INVALID = "invalid", _("not valid")
    UNCLEAR = "unclear", _("not legible")
    EXPIRED = "expired", _("out of date")
    WRONG = "wrong", _("wrong")


class SupplementItem(models.Model):
    """One thing that is asked for: a paper, or an answer."""

    personal_data = True

    supplement = models.ForeignKey(Supplement, models.PROTECT, related_name="items")
    component = models.CharField(max_length=80, blank=True)
    pointer = models.CharField(max_length=300, blank=True)  # JSON pointer of an answer
    problem = models.CharField(max_length=8, choices=Problem)
    text = models.CharField(max_length=1000)
    originals = models.PositiveSmallIntegerField(default=0)
    certified = models.PositiveSmallIntegerField(default=0)
    copies = models.PositiveSmallIntegerField(default=0)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="supplement_item_of_something", condition=~Q(component="", pointer="")),
            models.CheckConstraint(name="supplement_item_problem", condition=Q(problem__in=Problem.values)),
        ]
        indexes = [models.Index(fields=["supplement", "id"], name="supplement_item")]

    def __str__(self) -> str:
        return self.component or self.pointer
