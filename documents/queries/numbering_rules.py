"""What the heads of organs decided about numbers, newest first."""

from django.db.models import QuerySet

from documents.models import OrganAbbreviation, SeriesRule


def abbreviations_of(unit_ids: list[int]) -> QuerySet[OrganAbbreviation]:
    return OrganAbbreviation.objects.filter(unit_id__in=unit_ids).order_by("-valid", "-id")


def series_rules_of(unit_ids: list[int]) -> QuerySet[SeriesRule]:
    return SeriesRule.objects.filter(unit_id__in=unit_ids).order_by("-valid", "-id")
