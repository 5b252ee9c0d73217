"""The shape of a part of a joined dossier, for the description only."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from services.states import State


class JoinedPartSerializer(serializers.Serializer[Any]):
    """One procedure of a joined dossier."""

    key = serializers.CharField(help_text=_("Which part it is."))
    number = serializers.IntegerField(help_text=_("Its place among the parts."))
    dossierId = serializers.UUIDField(help_text=_("The dossier of the part."))
    dossierCode = serializers.CharField(help_text=_("The code of the dossier."))
    procedureCode = serializers.CharField(help_text=_("The code of its procedure."))
    procedureName = serializers.CharField(help_text=_("The name of its procedure."))
    competentUnitId = serializers.IntegerField(help_text=_("The unit that decides on it."))
    state = serializers.ChoiceField(choices=[one.value for one in State], help_text=_("Where it stands."))
    dueAt = serializers.DateTimeField(allow_null=True, help_text=_("The joint due moment."))
