"""The clock of a dossier as rows: a ledger that the calendar counts."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.calendar.ledger import Entry, EntryKind
from services.models.dossiers import Dossier

GROUND_LENGTH = 300


class ClockEntryQuerySet(models.QuerySet["ClockEntry"]):
    def of(self, dossier: Dossier) -> "ClockEntryQuerySet":
        return self.filter(dossier=dossier).order_by("id")


class ClockEntry(models.Model):
    """What happened to the legal clock. `at` is when it really happened, `entered_at` when somebody said so.

    Append-only: a clock is never mended, it gets a further entry.
    """

    personal_data = True

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="clock_entries", db_index=False)
    kind = models.CharField(max_length=8, choices=[(kind.value, kind.value) for kind in EntryKind])
    at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    ground = models.CharField(_("legal ground"), max_length=GROUND_LENGTH)
    entered_at = models.DateTimeField()
    entered_by = models.CharField(max_length=100)
    proof = models.CharField(max_length=GROUND_LENGTH, blank=True)  # of a moment that was entered later

    objects = ClockEntryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="clock_entry_kind", condition=models.Q(kind__in=[str(kind) for kind in EntryKind])
            ),
            models.CheckConstraint(
                name="clock_entry_until",
                condition=models.Q(kind=str(EntryKind.EXTEND), until__isnull=False)
                | (~models.Q(kind=str(EntryKind.EXTEND)) & models.Q(until=None)),
            ),
            models.CheckConstraint(
                name="clock_entry_late_needs_proof",
                condition=models.Q(at=models.F("entered_at")) | ~models.Q(proof=""),
                violation_error_message=_("A moment that is entered later needs its proof."),
            ),
        ]
        indexes = [models.Index(fields=["dossier", "id"], name="clock_entry_dossier")]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d %H:%M}"

    @property
    def entry(self) -> Entry:
        return Entry(EntryKind(self.kind), self.at, self.ground, self.until)
