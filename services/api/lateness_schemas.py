"""The shapes of later dates, real moments, corrections and of the list of what is late, for the description only."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from services.api.dossier_schemas import DossierSerializer
from services.states import ExtensionState


class ExtensionAbilitiesSerializer(serializers.Serializer[Any]):
    """What you may do with it now."""

    approve = serializers.BooleanField(help_text=_("Set the later date."))
    decline = serializers.BooleanField(help_text=_("Let the promised date stand."))


class ExtensionSerializer(serializers.Serializer[Any]):
    """One proposal of a later date, with its apology."""

    id = serializers.UUIDField(help_text=_("Its id."))
    state = serializers.ChoiceField(choices=[one.value for one in ExtensionState], help_text=_("Where it stands."))
    reason = serializers.CharField(help_text=_("Why it takes longer, as the citizen reads it."))
    ground = serializers.CharField(help_text=_("The legal ground."))
    oldDueAt = serializers.DateTimeField(help_text=_("What was promised."))
    newDueAt = serializers.DateTimeField(help_text=_("The new moment."))
    askedAt = serializers.DateTimeField(help_text=_("When it was proposed."))
    endedAt = serializers.DateTimeField(allow_null=True, help_text=_("When it was decided or lapsed."))
    answer = serializers.CharField(allow_null=True, help_text=_("Why the head declined."))
    lateApology = serializers.BooleanField(
        allow_null=True, help_text=_("Set after the last moment of an apology in time; null while it is not set.")
    )
    formId = serializers.UUIDField(allow_null=True, help_text=_("Form 04, once it is set."))
    abilities = ExtensionAbilitiesSerializer(help_text=_("What you may do with it now."))


class LateDossierSerializer(DossierSerializer):
    """A dossier that is nearly late or late."""

    officerId = serializers.UUIDField(
        allow_null=True, help_text=_("Who held it when the promised moment passed, or holds it.")
    )
    lateApology = serializers.BooleanField(
        allow_null=True, help_text=_("Whether the apology came late; null where there is none.")
    )
    handedOutAt = serializers.DateTimeField(
        allow_null=True, help_text=_("When the result was really handed out, where that was confirmed.")
    )
