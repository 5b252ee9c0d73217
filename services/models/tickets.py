"""Numbers that people draw at a desk. A ticket names nobody."""

import uuid
from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from services.tickets import UNDONE, TicketState
from units.models import Unit

COUNTER_LENGTH = 20


class Errand(models.TextChoices):
    """What brings somebody to the desk."""

    FILE = "file", _("To file a dossier")
    COLLECT = "collect", _("To collect a result")
    ASK = "ask", _("To ask or to supplement")


class TicketQuerySet(models.QuerySet["Ticket"]):
    def of_day(self, unit_id: int, day: date) -> "TicketQuerySet":
        return self.filter(unit=unit_id, day=day)

    def waiting(self) -> "TicketQuerySet":
        """In the order in which they are called."""
        return self.filter(state=TicketState.WAITING.value).order_by("-priority", "number", "id")

    def undone(self) -> "TicketQuerySet":
        return self.filter(state__in=[state.value for state in UNDONE])


class Ticket(models.Model):
    """One number of one desk's day. `counter` is where its holder goes; `calls`: how often it was called."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    day = models.DateField()
    number = models.PositiveSmallIntegerField()
    errand = models.CharField(max_length=7, choices=Errand)
    priority = models.BooleanField(default=False)
    state = models.CharField(max_length=7, choices=[(state.value, state.value) for state in TicketState])
    counter = models.CharField(_("counter"), max_length=COUNTER_LENGTH, blank=True)
    officer = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    calls = models.PositiveSmallIntegerField(default=0)
    drawn_at = models.DateTimeField()
    first_called_at = models.DateTimeField(null=True)
    called_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = TicketQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="ticket_number_once", fields=["unit", "day", "number"]),
            models.CheckConstraint(name="ticket_state", condition=Q(state__in=[state.value for state in TicketState])),
            models.CheckConstraint(name="ticket_errand", condition=Q(errand__in=Errand.values)),
            models.UniqueConstraint(
                name="ticket_one_at_a_counter",
                fields=["unit", "day", "counter"],
                condition=Q(state=TicketState.CALLED.value),
                violation_error_message=_("Somebody stands at this counter already."),
            ),
        ]
        indexes = [models.Index(fields=["unit", "day", "state", "number"], name="ticket_queue")]

    def __str__(self) -> str:
        return f"{self.number:03d}"


class TicketCounter(models.Model):
    """The last number of one desk's day, taken under the lock of its row."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    day = models.DateField()
    last = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(name="ticket_counter_once", fields=["unit", "day"])]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.day}: {self.last}"
