"""The shape of a hand-over between units, for the description only."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from services.kinds import Given


class HandoverSerializer(serializers.Serializer[Any]):
    """A dossier, its papers or its result on the way from one unit to another."""

    id = serializers.IntegerField(help_text=_("Its number."))
    dossierId = serializers.UUIDField(help_text=_("The dossier."))
    dossierCode = serializers.CharField(allow_null=True, help_text=_("The code of the dossier."))
    what = serializers.ChoiceField(choices=[one.value for one in Given], help_text=_("What is handed over."))
    fromUnitId = serializers.IntegerField(help_text=_("The unit that gives."))
    toUnitId = serializers.IntegerField(help_text=_("The unit that receives."))
    givenBy = serializers.UUIDField(allow_null=True, help_text=_("Who gave it; null for the portal."))
    givenAt = serializers.DateTimeField(help_text=_("When it was given."))
    dueAt = serializers.DateTimeField(allow_null=True, help_text=_("Until when it has to be received."))
    receivedBy = serializers.UUIDField(allow_null=True, help_text=_("Who received it."))
    receivedAt = serializers.DateTimeField(allow_null=True, help_text=_("When it was received."))
    note = serializers.CharField(help_text=_("What was lacking."))
    abilities = serializers.DictField(
        child=serializers.BooleanField(), help_text=_("What you may do with it now, by name.")
    )
