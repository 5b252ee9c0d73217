"""What follows a low rating: the head of the unit answers, and whoever rated reads it."""

from django.db import models
from django.db.models import Q

from portal.accounts.models import User
from services.models.talk import TEXT_LENGTH, Rating
from services.petition_states import ReplyState
from units.models import Unit


class RatingReply(models.Model):
    """A task from the moment of the rating on. The officer who was rated does not answer it."""

    personal_data = True

    rating = models.OneToOneField(Rating, models.PROTECT, related_name="reply")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=[(state.value, state.value) for state in ReplyState])
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)
    breached_at = models.DateTimeField(null=True)  # its time was seen to be over; that stays, whatever follows
    text = models.CharField(max_length=TEXT_LENGTH, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="rating_reply_answered",
                condition=Q(state=ReplyState.OPEN.value, answered_at=None, answered_by=None, text="")
                | (
                    Q(state=ReplyState.ANSWERED.value, answered_at__isnull=False, answered_by__isnull=False)
                    & ~Q(text="")
                ),
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"], condition=Q(state=ReplyState.OPEN.value), name="rating_reply_open_due"
            ),
            models.Index(fields=["unit", "state", "due_at", "id"], name="rating_reply_queue"),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.pk}"
