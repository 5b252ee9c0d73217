"""What is said about a dossier: to the citizen through the desk, among officers, and by the citizen afterwards."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from documents.models import StoredFile
from portal.accounts.models import User
from services.models.dossiers import Dossier
from services.models.work import WorkItem
from units.models import Unit

TEXT_LENGTH = 2000


class From(models.TextChoices):
    CITIZEN = "citizen", _("the citizen")
    DESK = "desk", _("the desk")


class Message(models.Model):
    """NĐ 118/2025 Đ.5.1e: officers never write to a citizen past the desk."""

    personal_data = True

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="messages")
    side = models.CharField(max_length=7, choices=From)
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    text = models.CharField(max_length=TEXT_LENGTH)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(name="message_side", condition=Q(side__in=From.values))]
        indexes = [models.Index(fields=["dossier", "id"], name="message_dossier")]

    def __str__(self) -> str:
        return f"{self.side} {self.pk}"


class Note(models.Model):
    """Among officers; no citizen sees it."""

    personal_data = True

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="notes")
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    text = models.CharField(max_length=TEXT_LENGTH)
    written_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["dossier", "id"], name="note_dossier")]

    def __str__(self) -> str:
        return str(self.pk)


class Moment(models.TextChoices):
    RECEIPT = "receipt", _("after the receipt")
    RESULT = "result", _("after the result")


class Rating(models.Model):
    """NĐ 118/2025 Đ.31, 33. One for each moment; anonymous in reports.

    `step` and `officer` are those who received it, or who worked on the result.
    """

    personal_data = True

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="ratings")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    moment = models.CharField(max_length=7, choices=Moment)
    score = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=TEXT_LENGTH, blank=True)
    items = models.JSONField(default=dict)  # key of rating_items.json -> 1 to 5, those that were answered
    step = models.ForeignKey(WorkItem, models.PROTECT, null=True, related_name="+")
    officer = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="rating_once", fields=["dossier", "moment"]),
            models.CheckConstraint(name="rating_score", condition=Q(score__gte=1, score__lte=5)),
            models.CheckConstraint(name="rating_moment", condition=Q(moment__in=Moment.values)),
        ]
        indexes = [models.Index(fields=["unit", "given_at", "id"], name="rating_of_unit")]

    def __str__(self) -> str:
        return f"{self.moment} {self.score}"
