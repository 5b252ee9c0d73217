"""The shapes of the answers, for the description only. `services.api.answers` builds them; tests hold both together."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from services.kinds import Filing, Level, OnlineLevel


class ProcedureSerializer(serializers.Serializer[Any]):
    """A procedure as it holds on the day asked about."""

    code = serializers.CharField(help_text=_("The code in the national catalogue."))
    nameVi = serializers.CharField(help_text=_("The official name."))
    nameEn = serializers.CharField(allow_blank=True, help_text=_("The name in English; empty without one."))
    fieldName = serializers.CharField(help_text=_("The field, in Vietnamese."))
    levels = serializers.ListField(
        child=serializers.ChoiceField(choices=[level.value for level in Level]),
        help_text=_("The levels at which it is carried out."),
    )
    inName = serializers.BooleanField(help_text=_("Known by code, name, field and decision only; the parts are empty."))
    decisionNumber = serializers.CharField(allow_blank=True, help_text=_("The decision that published it."))
    processingSystem = serializers.CharField(help_text=_("local, or ministry: and the code of the ministry."))
    onlineLevel = serializers.ChoiceField(
        choices=[level.value for level in OnlineLevel], help_text=_("How far it can be done online.")
    )
    filing = serializers.ChoiceField(
        choices=[filing.value for filing in Filing], help_text=_("Where a citizen files: here, at the desk, elsewhere.")
    )
    validFromDate = serializers.DateField(help_text=_("The first day of this version."))
    validToDate = serializers.DateField(allow_null=True, help_text=_("Its last day; null while it holds."))


class ProcedureDetailSerializer(ProcedureSerializer):
    """One procedure with all published parts."""

    version = serializers.IntegerField(help_text=_("The number of this version. What it says never changes."))
    decisionDate = serializers.DateField(allow_null=True, help_text=_("The day of the decision; null if not known."))
    parts = serializers.DictField(
        help_text=_("The published parts: order, channels, components, limit, who may file, organs, results, fees …")
    )
    steps = serializers.ListField(child=serializers.DictField(), help_text=_("The steps of work, with role and share."))
    deepLink = serializers.CharField(allow_blank=True, help_text=_("Where another system files it; else empty."))
    onlineReasonVi = serializers.CharField(allow_blank=True, help_text=_("Why it is not fully online."))
    minIdentityLevel = serializers.IntegerField(
        help_text=_("The level of electronic identity that filing online needs.")
    )
    resultOnPaper = serializers.BooleanField(help_text=_("Whether the result is a paper too."))
    sourceName = serializers.CharField(help_text=_("Where the description comes from."))
    unverified = serializers.ListField(
        child=serializers.CharField(), help_text=_("Parts that nobody has compared with the original decision yet.")
    )


class ProcedureFormSerializer(serializers.Serializer[Any]):
    """What the procedure asks."""

    code = serializers.CharField(help_text=_("The code of the procedure."))
    version = serializers.IntegerField(help_text=_("The number of the version of the procedure."))
    digest = serializers.CharField(help_text=_("Of the form; the same digest asks the same."))
    schema = serializers.DictField(help_text=_("JSON Schema 2020-12 of the answers."))
    ui = serializers.DictField(help_text=_("Pages, labels in both languages, conditions and sources of answers."))
