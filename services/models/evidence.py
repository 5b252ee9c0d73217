"""What a register was asked for one draft or dossier, and what it said: instead of a paper, and never a register here.

A row is one question. Its values are sealed and belong to its dossier alone; nobody finds a person by them.
"""

import json
import uuid
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from portal.accounts import vault
from portal.accounts.models import User
from services.sources import Outcome, Query, Question, Reason, SourceKey, Who, Why

KEY_LENGTH = 80
OPEN = Q(outcome=Outcome.ASKED.value)


class SubjectKind(models.TextChoices):
    DRAFT = "draft", "draft"
    DOSSIER = "dossier", "dossier"


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def of(self, subject_id: uuid.UUID) -> "EvidenceQuerySet":
        """Newest answer first."""
        return self.filter(subject_id=subject_id).order_by("-asked_at", "-id")

    def open(self) -> "EvidenceQuerySet":
        """Asked, and not answered yet."""
        return self.filter(outcome=Outcome.ASKED)

    def found(self) -> "EvidenceQuerySet":
        return self.filter(outcome=Outcome.FOUND)

    def holding(self, now: datetime) -> "EvidenceQuerySet":
        """Found, and not out of date."""
        return self.found().filter(Q(expires_at=None) | Q(expires_at__gte=now))

    def for_component(self, key: str) -> "EvidenceQuerySet":
        return self.filter(component=key)


class Evidence(models.Model):
    """`about` says whose affair was asked for: person, spouse, couple, child, deceased … `component` is the paper that
    it may replace, `pointers` the answers of the form that it fills. `given` are names of values, never values.
    """

    personal_data = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject_kind = models.CharField(max_length=8, choices=SubjectKind)
    subject_id = models.UUIDField()
    citizen = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    units = ArrayField(models.BigIntegerField(), size=50, default=list)
    about = models.CharField(max_length=20)
    component = models.CharField(max_length=KEY_LENGTH, blank=True)
    pointers = ArrayField(models.CharField(max_length=200), size=200, default=list)
    source = models.CharField(max_length=20, choices=[(key.value, key.value) for key in SourceKey])
    query = models.CharField(max_length=12, choices=[(query.value, query.value) for query in Query])
    fields = ArrayField(models.CharField(max_length=40), size=50)
    purpose = models.CharField(max_length=20, choices=[(purpose.value, purpose.value) for purpose in Why])
    procedure = models.CharField(max_length=20, blank=True)
    asked_by = models.CharField(max_length=100)
    asked_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=[(outcome.value, outcome.value) for outcome in Outcome])
    reason = models.CharField(max_length=20, blank=True, choices=[(reason.value, reason.value) for reason in Reason])
    answered_at = models.DateTimeField(null=True)
    reference = models.CharField(max_length=200, blank=True)
    given = ArrayField(models.CharField(max_length=40), size=50, default=list)
    content_sealed = models.BinaryField()
    expires_at = models.DateTimeField(null=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="evidence_open_once",
                fields=["subject_id", "source", "query", "about", "component"],
                condition=OPEN,
            ),
            models.CheckConstraint(
                name="evidence_answered_has_moment",
                condition=Q(outcome=Outcome.ASKED.value, answered_at=None)
                | ~Q(outcome=Outcome.ASKED.value) & ~Q(answered_at=None),
            ),
            models.CheckConstraint(
                name="evidence_away_has_reason",
                condition=Q(outcome=Outcome.AWAY.value, reason__in=[reason.value for reason in Reason])
                | ~Q(outcome=Outcome.AWAY.value) & Q(reason=""),
            ),
        ]
        indexes = [models.Index(fields=["subject_id", "-asked_at"], name="evidence_subject")]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def content(self) -> dict[str, Any]:
        """What was asked of whom, and the values that came back, opened only where they are needed."""
        if not self.content_sealed:  # emptied by a rule of retention
            return {}
        opened: dict[str, Any] = json.loads(vault.unseal(self.content_sealed, context=CONTENT.context(self.pk)))
        return opened

    @content.setter
    def content(self, content: dict[str, Any]) -> None:
        text = json.dumps(content, ensure_ascii=False, cls=DjangoJSONEncoder, allow_nan=False)
        self.content_sealed = vault.seal(text, context=CONTENT.context(self.pk))

    @property
    def values(self) -> dict[str, Any]:
        """Empty until something was found."""
        found: dict[str, Any] = self.content.get("values", {})
        return found

    @property
    def question(self) -> Question:
        """As it was asked, so that it can be asked again before the decision."""
        asked = self.content
        who = asked["who"]
        born = date.fromisoformat(who["birth_on"]) if who["birth_on"] else None
        return Question(
            id=self.pk,
            query=Query(self.query),
            who=Who(who["number"], who["name"], born),
            fields=tuple(self.fields),
            purpose=Why(self.purpose),
            procedure=self.procedure,
            officer=asked["officer"],
            also=asked["also"],
        )

    def holds(self, now: datetime) -> bool:
        return self.outcome == Outcome.FOUND and (self.expires_at is None or self.expires_at >= now)


CONTENT = vault.register(vault.Sealed("services.Evidence", "content_sealed", "content"))
