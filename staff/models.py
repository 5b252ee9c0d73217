"""People, posts, assignments, delegations: dated rows. A range is [from, until); open while it holds.

Behind the models stand PostgreSQL's temporal keys (migration 0002): no main assignment overlaps another of the same
person, no assignment lies outside its post, no delegation outside the assignments that give and take it.
"""

import uuid
from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.accounts import vault
from portal.accounts.models import User
from staff import catalogue
from staff.states import Term, term
from units.models import Unit

DECISION_LENGTH = 60


class Dated(models.Model):
    """Days and the decision behind them. A row never changes its past but by a recorded correction."""

    valid = DateRangeField(_("valid"))
    decision_no = models.CharField(_("number of the decision"), max_length=DECISION_LENGTH)
    decision_on = models.DateField(_("date of the decision"))
    recorded_at = models.DateTimeField()

    class Meta:
        abstract = True

    @property
    def first_day(self) -> date:
        first: date = self.valid.lower
        return first

    @property
    def until(self) -> date | None:
        """The first day on which it holds no more."""
        until: date | None = self.valid.upper
        return until

    def term(self, on: date) -> Term:
        return term(self.first_day, self.until, on)


class Person(models.Model):
    """One row per human being. NĐ 27/2026 Đ.16.3: the personal number is the code of the record."""

    personal_data = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.OneToOneField(User, models.PROTECT, null=True, related_name="person")
    name = models.CharField(_("full name"), max_length=200)
    number_sealed = models.BinaryField()
    number_index = models.BinaryField(unique=True)
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.pk)

    @staticmethod
    def index_of(number: str) -> bytes:
        return vault.blind_index(number, purpose="staff.person")

    @property
    def number(self) -> str:
        return vault.unseal(self.number_sealed, context=NUMBER.context(self.pk))

    @number.setter
    def number(self, number: str) -> None:
        self.number_sealed = vault.seal(number, context=NUMBER.context(self.pk))
        self.number_index = self.index_of(number)


NUMBER = vault.register(vault.Sealed("staff.Person", "number_sealed", "number", "number_index"))


class PostQuerySet(models.QuerySet["Post"]):
    def on(self, day: date) -> "PostQuerySet":
        return self.filter(valid__contains=day)


class Post(models.Model):
    """What somebody is employed to do at a unit; the catalogue's code decides what it brings with it."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts")
    code = models.CharField(_("kind of post"), max_length=60)
    title = models.CharField(_("title"), max_length=200, blank=True)
    phone = models.CharField(_("office phone"), max_length=20, blank=True)
    valid = DateRangeField(_("valid"))
    recorded_at = models.DateTimeField()

    objects = PostQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(name="post_valid", condition=models.Q(valid__isempty=False))]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        kind = catalogue.kinds().get(self.code)
        return self.title or (kind.name if kind else self.code)

    @property
    def is_leader(self) -> bool:
        kind = catalogue.kinds().get(self.code)
        return bool(kind and kind.is_leader)


class AssignmentKind(models.TextChoices):
    MAIN = "main", _("main assignment")
    CONCURRENT = "concurrent", _("concurrent assignment")
    SECONDMENT = "secondment", _("secondment")


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def on(self, day: date) -> "AssignmentQuerySet":
        return self.filter(valid__contains=day)

    def not_ended(self, day: date) -> "AssignmentQuerySet":
        """Current on the day, or to come."""
        return self.filter(Q(valid__endswith=None) | Q(valid__endswith__gt=day))

    def of(self, user: User) -> "AssignmentQuerySet":
        return self.filter(user=user)

    def at_unit(self, unit_id: int) -> "AssignmentQuerySet":
        return self.filter(unit_id=unit_id)


class Assignment(Dated):
    """A person's place at a post of a unit. Rights come from it and end with it.

    `user` repeats the person's, because rights are asked for before anybody may see the person's row.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="assignments")
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="assignments")
    post = models.ForeignKey(Post, models.PROTECT, related_name="assignments")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="assignments")
    kind = models.CharField(_("kind"), max_length=10, choices=AssignmentKind)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="assignment_kind", condition=models.Q(kind__in=AssignmentKind.values)),
            models.CheckConstraint(name="assignment_valid", condition=models.Q(valid__isempty=False)),
            ExclusionConstraint(
                name="assignment_main_once",
                expressions=[("person", RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)],
                condition=models.Q(kind=AssignmentKind.MAIN),
                violation_error_message=_("This person already has a main assignment in these days."),
            ),
        ]
        indexes = [models.Index(fields=["user", "unit"], name="assignment_user_unit")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class DelegationQuerySet(models.QuerySet["Delegation"]):
    def on(self, day: date) -> "DelegationQuerySet":
        return self.filter(valid__contains=day)

    def to(self, user: User) -> "DelegationQuerySet":
        return self.filter(taker__user=user)


class Delegation(Dated):
    """Capabilities that one assignment lends another in writing, never to be given on. NĐ 30/2020 Đ.13.3"""

    giver = models.ForeignKey(Assignment, models.PROTECT, related_name="given")
    taker = models.ForeignKey(Assignment, models.PROTECT, related_name="taken")
    capabilities = ArrayField(models.CharField(max_length=100), size=50)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="delegation_valid", condition=models.Q(valid__isempty=False)),
            models.CheckConstraint(name="delegation_to_another", condition=~models.Q(giver=models.F("taker"))),
            models.CheckConstraint(name="delegation_of_something", condition=models.Q(capabilities__len__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.giver_id} to {self.taker_id}"
