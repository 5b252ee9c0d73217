"""What is counted: one row for each dossier, and sums of them by month.

Nothing here is a source. All of it follows from dossiers (`operations/_sql.py`) and can be made anew at any time.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from portal.accounts.models import User
from portal.dashboards.states import Cause, Role, Span
from portal.events.fields import TransactionField
from services.models import Dossier, Petition, Procedure, ProcedureVersion
from services.models.petitions import BARRED_LIMIT, TYPE_LENGTH
from services.states import State
from units.models import Unit

# What policies ask of a row: with these in an index, PostgreSQL counts without opening the rows.
SEEN_BY = ["receiving_unit", "competent_unit", "returning_unit", "responsible_unit", "officer"]


class DossierFactQuerySet(models.QuerySet["DossierFact"]):
    def of(self, role: Role, unit_ids: list[int]) -> "DossierFactQuerySet":
        """Those in which one of these units has this part."""
        return self.filter(**{f"{role}_unit__in": unit_ids})


class DossierFact(models.Model):
    """The measured fields of one dossier: no name, no number, no answer.

    `finished_at` is the moment at which the index ends the count: the decision, else the end (QĐ 766, 2.1).
    `net_seconds` is end less start less the time in which the citizen supplemented, `net_minutes` the same rounded up
    as people say it: to 5 minutes within the first hour, to the hour within three days, to the day beyond.
    `cause` says where the time went, whether or not the dossier is late.
    """

    personal_data = True  # who worked on it

    dossier = models.OneToOneField(Dossier, models.PROTECT, primary_key=True, related_name="+")
    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="+", db_index=False)
    version = models.ForeignKey(ProcedureVersion, models.PROTECT, related_name="+", db_index=False)
    receiving_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    competent_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    returning_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    responsible_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    officer = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    code = models.CharField(max_length=60)
    state = models.CharField(max_length=12)
    channel = models.CharField(max_length=6)
    submitted_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True)
    received_month = models.DateField(null=True)
    finished_at = models.DateTimeField(null=True)
    finished_month = models.DateField(null=True)
    due_at = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)
    net_seconds = models.BigIntegerField(null=True)
    net_minutes = models.IntegerField(null=True)
    supplements = models.PositiveSmallIntegerField()
    late = models.BooleanField()
    slow = models.BooleanField()  # as the index counts: late, or asked for a supplement more than once
    cause = models.CharField(max_length=12, choices=[(cause.value, cause.value) for cause in Cause])
    full_online = models.BooleanField()
    digitised = models.BooleanField()
    on_paper = models.BooleanField()  # the result of the procedure is a paper
    has_result = models.BooleanField()
    reused = models.BooleanField()
    used_population = models.BooleanField()
    used_store = models.BooleanField()
    lowest_score = models.PositiveSmallIntegerField(null=True)
    fee_due = models.BooleanField()  # its procedure has a fee, and it was not assessed at nothing
    paid_month = models.DateField(null=True)  # in which it was first paid online
    complained = models.BooleanField()  # a petition names it

    objects = DossierFactQuerySet.as_manager()

    class Meta:
        db_table = "dashboards_dossier_fact"
        constraints = [
            models.CheckConstraint(name="dossier_fact_state", condition=Q(state__in=[str(s) for s in State])),
            models.CheckConstraint(name="dossier_fact_cause", condition=Q(cause__in=[c.value for c in Cause])),
        ]
        indexes = [
            models.Index(fields=["receiving_unit", "received_month", "dossier"], name="fact_receiving_came"),
            models.Index(fields=["receiving_unit", "finished_month", "dossier"], name="fact_receiving_went"),
            models.Index(fields=["competent_unit", "received_month", "dossier"], name="fact_competent_came"),
            models.Index(fields=["competent_unit", "finished_month", "dossier"], name="fact_competent_went"),
            models.Index(fields=["returning_unit", "received_month", "dossier"], name="fact_returning_came"),
            models.Index(fields=["returning_unit", "finished_month", "dossier"], name="fact_returning_went"),
            models.Index(fields=["officer", "finished_month", "dossier"], name="fact_officer"),
            models.Index(
                fields=["due_at", "dossier"],
                include=[*SEEN_BY, "procedure", "state", "paused_at", "received_at", "cause"],
                condition=Q(finished_at=None), name="fact_open",
            ),
            models.Index(
                fields=["finished_month"], include=[*SEEN_BY, "dossier", "procedure", "received_at", "cause"],
                condition=Q(late=True), name="fact_late",
            ),
            models.Index(
                fields=["procedure", "finished_month"], include=[*SEEN_BY, "dossier", "received_at", "net_minutes"],
                name="fact_procedure",
            ),
            models.Index(fields=["finished_at", "dossier"], condition=Q(slow=True), name="fact_slow"),
            models.Index(fields=["-submitted_at", "dossier"], name="fact_newest"),
            models.Index(
                fields=["procedure", "paid_month"], include=SEEN_BY, condition=Q(paid_month__isnull=False),
                name="fact_paid",
            ),
        ]  # fmt: skip  # an index on a line

    def __str__(self) -> str:
        return self.code


class MonthFigure(models.Model):
    """What one unit did in one month, in one role: for one procedure, or for all (`procedure_id` 0).

    Years stand beside months, by their first day: a year of a province is read by procedure, too much in months.
    """

    role = models.CharField(max_length=9, choices=[(role.value, role.value) for role in Role])
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    span = models.CharField(max_length=5, choices=[(span.value, span.value) for span in Span])
    month = models.DateField()
    procedure_id = models.BigIntegerField()  # no foreign key: 0 is the sum over all
    received = models.IntegerField()
    online = models.IntegerField()
    digitised = models.IntegerField()
    reused = models.IntegerField()
    full_online = models.IntegerField()
    online_result = models.IntegerField()  # online, and the result too where it is a paper
    complete = models.IntegerField()  # papers and result are files
    used_population = models.IntegerField()
    used_store = models.IntegerField()
    fee_due = models.IntegerField()
    paid_online = models.IntegerField()
    finished = models.IntegerField()
    on_time = models.IntegerField()
    late = models.IntegerField()
    kept_time = models.IntegerField()  # as the index counts: more than one supplement is late
    on_paper = models.IntegerField()
    with_result = models.IntegerField()  # of those on paper
    disliked = models.IntegerField()
    displeased = models.IntegerField()
    net_seconds = models.BigIntegerField()

    class Meta:
        db_table = "dashboards_month_figure"
        constraints = [
            models.UniqueConstraint(fields=["role", "unit", "span", "month", "procedure_id"], name="month_figure_once")
        ]
        indexes = [
            models.Index(
                fields=["role", "unit", "span", "month"], condition=Q(procedure_id=0), name="month_figure_whole"
            )
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.unit_id} {self.month}"


class TimeCount(models.Model):
    """How many dossiers of one unit that ended in one month took so long; medians come from it."""

    role = models.CharField(max_length=9, choices=[(role.value, role.value) for role in Role])
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    month = models.DateField()
    minutes = models.IntegerField()
    number = models.IntegerField()

    class Meta:
        db_table = "dashboards_time_count"
        constraints = [models.UniqueConstraint(fields=["role", "unit", "month", "minutes"], name="time_count_once")]

    def __str__(self) -> str:
        return f"{self.role} {self.unit_id} {self.month} {self.minutes}"


class PetitionFact(models.Model):
    """The measured fields of one petition: no words, no name. It counts with the unit that answers for it now.

    `handled_at` is when it was answered, else ended. `late_from` is the due moment of the first limit that was not met,
    or else of that which runs out next: it is late at every moment after that. `barred` as on the petition.
    """

    personal_data = True  # whom it complains about

    petition = models.OneToOneField(Petition, models.PROTECT, primary_key=True, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    barred = ArrayField(models.UUIDField(), default=list, size=BARRED_LIMIT)
    reference = models.CharField(max_length=20)
    kind = models.CharField(max_length=TYPE_LENGTH)
    state = models.CharField(max_length=10)
    filed_at = models.DateTimeField()
    handled_at = models.DateTimeField(null=True)
    answer_due_at = models.DateTimeField(null=True)
    late_from = models.DateTimeField(null=True)
    repeated = models.BooleanField()
    score = models.PositiveSmallIntegerField(null=True)

    class Meta:
        db_table = "dashboards_petition_fact"
        indexes = [
            models.Index(fields=["unit", "-filed_at", "petition"], name="petition_fact_filed"),
            models.Index(fields=["unit", "handled_at"], name="petition_fact_handled"),
            models.Index(fields=["unit", "answer_due_at"], name="petition_fact_due"),
        ]

    def __str__(self) -> str:
        return self.reference


class Watermark(models.Model):
    """How far the figures have read the trail: one row. `as_of` is the moment that pages show.

    Every transaction before `xact` is counted; what is newer is read once more, which changes nothing.
    """

    xact = TransactionField()
    as_of = models.DateTimeField()
    rebuilt_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "dashboards_watermark"
        constraints = [models.CheckConstraint(name="watermark_one", condition=Q(id=1))]

    def __str__(self) -> str:
        return f"{self.as_of:%Y-%m-%d %H:%M:%S}"
