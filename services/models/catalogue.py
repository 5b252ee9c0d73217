"""Procedures in time. What a decision published is a version; a later one begins anew and never changes an old one.

PostgreSQL holds what must not be false (migration 0002): no two versions of a procedure on one day, and of a version
that is written only the open end of its days may be closed.
"""

import json
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any

from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q

from services.declarations.definition import Source
from services.kinds import Filing, OnlineLevel

CODE = r"^\d\.\d{6}$"
LOCAL = "local"
FORMS_KEPT = 200  # in a process; a commune uses a few dozen


def _one_of(field: str, kinds: type[StrEnum], name: str) -> models.CheckConstraint:
    return models.CheckConstraint(name=name, condition=Q(**{f"{field}__in": [kind.value for kind in kinds]}))


def _key(function: str, *columns: str) -> models.GeneratedField:
    expression = Func(*(F(column) for column in columns), function=function)
    return models.GeneratedField(
        expression=expression, output_field=models.TextField(db_collation="C"), db_persist=True
    )


class Procedure(models.Model):
    """One procedure of the national catalogue, for as long as its code lives."""

    code = models.CharField(max_length=8, unique=True)
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "services_procedure"
        constraints = [models.CheckConstraint(name="procedure_code", condition=Q(code__regex=CODE))]

    def __str__(self) -> str:
        return self.code


@lru_cache(maxsize=FORMS_KEPT)
def _source(text: str) -> Any:
    said = json.loads(text)
    return Source(said) if isinstance(said, dict) else said


class FormField(models.JSONField):
    """A form is long, its text never changes, and every page of a filing needs it: it is read once in a process."""

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return _source(value) if isinstance(value, str) else super().from_db_value(value, expression, connection)

    def deconstruct(self) -> Any:
        """For migrations it is what it is in the database."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs


class DeclarationForm(models.Model):
    """What a procedure asks, as data, under the digest of its content: versions that ask the same share a row."""

    code = models.CharField(max_length=20)  # of the procedure it was written for, or "generic"
    digest = models.CharField(max_length=64, unique=True)
    definition = FormField()
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "services_declaration_form"

    def __str__(self) -> str:
        return f"{self.code} {self.digest[:8]}"


class ProcedureVersionQuerySet(models.QuerySet["ProcedureVersion"]):
    def at(self, on: date) -> "ProcedureVersionQuerySet":
        return self.filter(valid__contains=on)

    def of(self, code: str) -> "ProcedureVersionQuerySet":
        return self.filter(procedure__code=code)

    def listed(self) -> "ProcedureVersionQuerySet":
        """Without the long columns, which no list shows."""
        return self.select_related("procedure").defer("parts", "steps")


class ProcedureVersion(models.Model):
    """The procedure as one decision published it: [from, to), `to` open while it holds.

    `parts` are the published ones (NĐ 63/2010 Đ.8.2), read only as a whole; `services.catalogue.parts` says what is in
    them and holds their references. A version `in_name` is known by code, name, field and decision only.
    """

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="versions", db_index=False)
    valid = DateRangeField()
    decision_no = models.CharField(max_length=60, blank=True)
    decision_on = models.DateField(null=True)
    name_vi = models.CharField(max_length=1000)
    name_en = models.CharField(max_length=1000, blank=True)
    field = models.CharField(max_length=120)
    levels = ArrayField(models.CharField(max_length=8), size=4)
    in_name = models.BooleanField(default=False)
    parts = models.JSONField(default=dict)
    steps = models.JSONField(default=list)
    form = models.ForeignKey(DeclarationForm, models.PROTECT, related_name="versions")

    processing_system = models.CharField(max_length=20, default=LOCAL)  # local or ministry:<code>
    online_level = models.CharField(max_length=7)
    online_reason_vi = models.CharField(max_length=300, blank=True)
    filing = models.CharField(max_length=9)
    deep_link = models.CharField(max_length=300, blank=True)
    supplements_at_reception = models.PositiveSmallIntegerField(default=1)
    supplements_in_processing = models.PositiveSmallIntegerField(default=1)
    pause_on_payment = models.BooleanField(default=False)
    min_identity_level = models.PositiveSmallIntegerField(default=1)
    result_on_paper = models.BooleanField(default=False)

    source = models.CharField(max_length=200)
    unverified = ArrayField(models.CharField(max_length=40), default=list, size=20)
    words = models.TextField(blank=True)  # everyday words and life events, for the search only
    life_events = ArrayField(models.CharField(max_length=40), default=list, size=10)
    digest = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()

    sort_key = _key("vi_key", "name_vi")
    # Both begin with a space, so that the pattern of a space and a word finds beginnings of words only.
    search_name = _key("services_search_key", "name_vi", "name_en")
    search_words = _key("services_search_key", "name_vi", "name_en", "field", "words")

    objects = ProcedureVersionQuerySet.as_manager()

    class Meta:
        db_table = "services_procedure_version"
        constraints = [
            _one_of("online_level", OnlineLevel, "procedure_version_online_level"),
            _one_of("filing", Filing, "procedure_version_filing"),
            models.CheckConstraint(name="procedure_version_valid", condition=Q(valid__isempty=False)),
            models.CheckConstraint(
                name="procedure_version_system",
                condition=Q(processing_system__regex=r"^(local|ministry:[A-Z][0-9]{2})$"),
            ),
            models.CheckConstraint(
                name="procedure_version_partial_has_reason",
                condition=~Q(online_level=OnlineLevel.PARTIAL.value) | ~Q(online_reason_vi=""),
            ),
            models.CheckConstraint(
                name="procedure_version_hand_off_leads_somewhere",
                condition=~Q(filing=Filing.HAND_OFF.value) | Q(deep_link__startswith="https://"),
            ),
            models.CheckConstraint(name="procedure_version_identity", condition=Q(min_identity_level__in=[0, 1, 2])),
        ]
        indexes = [
            models.Index(fields=["sort_key", "id"], name="procedure_version_in_order"),
            models.Index(fields=["field"], name="procedure_version_field"),
            GinIndex(fields=["search_words"], opclasses=["gin_trgm_ops"], name="procedure_version_search"),
        ]

    def __str__(self) -> str:
        return self.name_vi

    @property
    def code(self) -> str:
        return self.procedure.code

    @property
    def first_day(self) -> date:
        first: date = self.valid.lower
        return first

    @property
    def until(self) -> date | None:
        """The first day on which it holds no more."""
        until: date | None = self.valid.upper
        return until

    @property
    def is_local(self) -> bool:
        return self.processing_system == LOCAL

    def component(self, key: str) -> dict[str, Any]:
        """Raises KeyError for a key that the version doesn't have."""
        for component in self.parts["components"]:
            if component["key"] == key:
                found: dict[str, Any] = component
                return found
        raise KeyError(key)
