"""Register books and what is written in them. The database itself keeps the order (migration 0002): a number is the
last one plus one, dates never go back, nothing is deleted, and of an entry only its voiding is written later.
"""

from datetime import date
from enum import StrEnum

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Concat

from documents.registers.hashing import FIRST
from documents.registers.rows import LENGTHS
from documents.registers.states import GENERAL, BookKind, BookState, CloseGround, Column, EntryState
from documents.registers.words import number_text
from units.models import Unit

REASON_LENGTH = 500
ACTOR_LENGTH = 60
REMARK_LENGTH = 300
CODE_LENGTH = 40
DECISION_LENGTH = 60


def _choices(kinds: type[StrEnum]) -> list[tuple[str, str]]:
    return [(kind.value, kind.value) for kind in kinds]


def _one_of(field: str, kinds: type[StrEnum], name: str) -> models.CheckConstraint:
    return models.CheckConstraint(name=name, condition=Q(**{f"{field}__in": [kind.value for kind in kinds]}))


class RegisterBookQuerySet(models.QuerySet["RegisterBook"]):
    def of_unit(self, unit_id: int) -> "RegisterBookQuerySet":
        return self.filter(unit_id=unit_id)


class RegisterBook(models.Model):
    """One series of numbers of one organ and year. NĐ 30/2020 Đ.15, Đ.16, Đ.22"""

    personal_data = True

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="register_books")
    kind = models.CharField(max_length=10, choices=_choices(BookKind))
    series = models.CharField(max_length=CODE_LENGTH, default=GENERAL)
    year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, choices=_choices(BookState), default=BookState.OPEN.value)
    last_number = models.PositiveIntegerField(default=0)
    last_dated_on = models.DateField(null=True)
    last_at = models.DateTimeField(null=True)
    head_hash = models.CharField(max_length=64, default=FIRST)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=ACTOR_LENGTH, blank=True, default="")
    close_ground = models.CharField(max_length=16, blank=True, default="", choices=_choices(CloseGround))

    objects = RegisterBookQuerySet.as_manager()

    class Meta:
        db_table = "documents_register_book"
        constraints = [
            models.UniqueConstraint(fields=["unit", "kind", "series", "year"], name="register_book_once"),
            _one_of("kind", BookKind, "register_book_kind"),
            _one_of("state", BookState, "register_book_state"),
            models.CheckConstraint(
                name="register_book_closed_whole",
                condition=Q(state=BookState.OPEN, closed_at=None, close_ground="")
                | Q(state=BookState.CLOSED, closed_at__isnull=False, close_ground__in=[g.value for g in CloseGround]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.series} {self.year}"


class RegisterEntryQuerySet(models.QuerySet["RegisterEntry"]):
    def in_order(self) -> "RegisterEntryQuerySet":
        return self.order_by("number", "id")

    def between(self, first: date | None, last: date | None) -> "RegisterEntryQuerySet":
        """Dated from `first` to `last`, both included."""
        found = self.filter(dated_on__gte=first) if first else self
        return found.filter(dated_on__lte=last) if last else found

    def like(self, key: str) -> "RegisterEntryQuerySet":
        """Every word of a search key (`units.sorting.search_key`) stands somewhere in the entry."""
        found = self
        for word in key.split():
            found = found.filter(search__contains=word)
        return found


class RegisterEntry(models.Model):
    """One line of a book. `dated_on` is the date of the document, or the day on which an incoming one was received."""

    personal_data = True

    book = models.ForeignKey(RegisterBook, models.PROTECT, related_name="entries", db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=_choices(BookKind))
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    notation = models.CharField(max_length=LENGTHS["notation"], blank=True)
    dated_on = models.DateField()
    arrived_on = models.DateField(null=True)
    late = models.BooleanField(default=False)
    type_code = models.CharField(max_length=LENGTHS["type_code"], blank=True)
    subject = models.CharField(max_length=LENGTHS["subject"], blank=True)
    author = models.CharField(max_length=LENGTHS["author"], blank=True)
    reference = models.CharField(max_length=LENGTHS["reference"], blank=True)
    reference_on = models.DateField(null=True)
    signer = models.CharField(max_length=LENGTHS["signer"], blank=True)
    recipients = models.CharField(max_length=LENGTHS["recipients"], blank=True)
    keeper = models.CharField(max_length=LENGTHS["keeper"], blank=True)
    copies = models.PositiveIntegerField(default=1)
    file_code = models.CharField(max_length=LENGTHS["file_code"], blank=True)
    permitted_by = models.CharField(max_length=LENGTHS["permitted_by"], blank=True)
    note = models.CharField(max_length=LENGTHS["note"], blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=ACTOR_LENGTH)
    prev_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    state = models.CharField(max_length=6, choices=_choices(EntryState), default=EntryState.VALID.value)
    voided_at = models.DateTimeField(null=True)
    voided_by = models.CharField(max_length=ACTOR_LENGTH, blank=True, default="")
    void_reason = models.CharField(max_length=REASON_LENGTH, blank=True, default="")
    search = models.GeneratedField(
        expression=Func(
            Concat(
                F("notation"), Value(" "), F("subject"), Value(" "), F("author"), Value(" "), F("reference"),
                Value(" "), F("signer"), Value(" "), F("recipients"), Value(" "), F("note"),
            ),
            function="vi_search_key",
        ),
        output_field=models.TextField(db_collation="C"),
        db_persist=True,
    )  # fmt: skip

    objects = RegisterEntryQuerySet.as_manager()

    class Meta:
        db_table = "documents_register_entry"
        constraints = [
            models.UniqueConstraint(fields=["book", "number"], name="register_entry_number_once"),
            models.UniqueConstraint(  # NĐ 30/2020 Đ.15.1: number and notation are unique in a year
                fields=["unit", "year", "number", "notation"],
                condition=Q(kind=BookKind.OUTGOING),
                name="register_entry_text_once",
            ),
            _one_of("kind", BookKind, "register_entry_kind"),
            models.CheckConstraint(
                name="register_entry_void_whole",
                condition=Q(state=EntryState.VALID, voided_at=None, voided_by="", void_reason="")
                | (Q(state=EntryState.VOIDED, voided_at__isnull=False) & ~Q(voided_by="") & ~Q(void_reason="")),
            ),
        ]
        indexes = [
            models.Index(fields=["book", "dated_on"], name="register_entry_day"),
            GinIndex(fields=["search"], opclasses=["gin_trgm_ops"], name="register_entry_search"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        """As it stands on the document: "05/QĐ-UBND"; without notation the number alone."""
        number = number_text(self.number)
        return f"{number}/{self.notation}" if self.notation else number

    @property
    def is_voided(self) -> bool:
        return self.state == EntryState.VOIDED


class RegisterRemark(models.Model):
    """What became known after an entry was made: handed over, received, answered. The latest of a column counts."""

    personal_data = True

    entry = models.ForeignKey(RegisterEntry, models.PROTECT, related_name="remarks")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    column = models.CharField(max_length=10, choices=_choices(Column))
    on = models.DateField(null=True)
    text = models.CharField(max_length=REMARK_LENGTH, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=ACTOR_LENGTH)

    class Meta:
        db_table = "documents_register_remark"
        constraints = [
            models.CheckConstraint(name="register_remark_says", condition=Q(on__isnull=False) | ~Q(text="")),
        ]

    def __str__(self) -> str:
        return f"{self.column} {self.entry_id}"


class Ruled(models.Model):
    """What the head of an organ decided, and from when until when it holds."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    valid = DateRangeField()
    decision_no = models.CharField(max_length=DECISION_LENGTH)
    decision_on = models.DateField()
    recorded_at = models.DateTimeField()

    class Meta:
        abstract = True


class OrganAbbreviation(Ruled):
    """How an organ (no `division`) or one of its divisions is written in a notation. NĐ 30/2020 PL I"""

    division = models.CharField(max_length=CODE_LENGTH, blank=True)
    abbreviation = models.CharField(max_length=12)

    class Meta:
        db_table = "documents_organ_abbreviation"
        constraints = [
            models.CheckConstraint(name="organ_abbreviation_valid", condition=Q(valid__isempty=False)),
            ExclusionConstraint(
                name="organ_abbreviation_one",
                expressions=[("unit", RangeOperators.EQUAL), ("division", RangeOperators.EQUAL),
                             ("valid", RangeOperators.OVERLAPS)],
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.abbreviation


class SeriesRule(Ruled):
    """Documents of a type run in a series of their own, or in the general one. NĐ 30/2020 Đ.15.1c"""

    type_code = models.CharField(max_length=CODE_LENGTH)
    series = models.CharField(max_length=CODE_LENGTH)

    class Meta:
        db_table = "documents_series_rule"
        constraints = [
            models.CheckConstraint(name="series_rule_valid", condition=Q(valid__isempty=False)),
            ExclusionConstraint(
                name="series_rule_one",
                expressions=[("unit", RangeOperators.EQUAL), ("type_code", RangeOperators.EQUAL),
                             ("valid", RangeOperators.OVERLAPS)],
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.type_code} {self.series}"
