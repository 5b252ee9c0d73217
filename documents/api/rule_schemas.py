"""The shapes of rules of numbering, for the description only. Tests hold them to the answers."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers


class RuleSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField(help_text=_("The rule's number in this portal."))
    unitId = serializers.IntegerField(help_text=_("The organ."))
    firstDate = serializers.DateField(help_text=_("From when it holds."))
    untilDate = serializers.DateField(allow_null=True, help_text=_("Until before which day; null: open."))
    decisionNumber = serializers.CharField(help_text=_("The number of the decision."))
    decisionDate = serializers.DateField(help_text=_("The day of the decision."))


class OrganAbbreviationSerializer(RuleSerializer):
    """How an organ or one of its divisions is written."""

    division = serializers.CharField(
        allow_blank=True, help_text=_("The code of a division; empty for the organ itself.")
    )
    abbreviation = serializers.CharField(help_text=_("Capital letters and digits."))


class SeriesRuleSerializer(RuleSerializer):
    """In which series documents of a type are numbered."""

    typeCode = serializers.CharField(help_text=_("The code of the type of document."))
    series = serializers.ChoiceField(
        choices=["own", "general"], help_text=_("own: from 01 by itself; general: with the others.")
    )
