"""Constraints that several tables have."""

from enum import StrEnum

from django.db import models
from django.db.models import Q


def one_of(field: str, kinds: type[StrEnum], name: str) -> models.CheckConstraint:
    return models.CheckConstraint(name=name, condition=Q(**{f"{field}__in": [str(kind) for kind in kinds]}))


def not_empty(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(name=name, condition=Q(valid__isempty=False))
