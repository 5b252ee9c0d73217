"""The shapes of later dates, real moments, corrections and of the list of what is late, for the description only."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from services.api.dossier_schemas import DossierSerializer
from services.states import ClaimState, CorrectionState, ExtensionState, FoundBy


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


class CorrectionAbilitiesSerializer(serializers.Serializer[Any]):
    """What you may do with it now."""

    begin = serializers.BooleanField(help_text=_("Revoke the result and correct it."))
    decline = serializers.BooleanField(help_text=_("Let the result stand."))


class CorrectionSerializer(serializers.Serializer[Any]):
    """A mistake in an issued result, and what became of it."""

    id = serializers.UUIDField(help_text=_("Its id."))
    state = serializers.ChoiceField(choices=[one.value for one in CorrectionState], help_text=_("Where it stands."))
    foundBy = serializers.ChoiceField(choices=[one.value for one in FoundBy], help_text=_("Who found it."))
    wrong = serializers.CharField(help_text=_("What is wrong, and how it is right."))
    askedAt = serializers.DateTimeField(help_text=_("When it was reported."))
    dueAt = serializers.DateTimeField(help_text=_("Until when it is to be corrected."))
    begunAt = serializers.DateTimeField(allow_null=True, help_text=_("When the wrong result was revoked."))
    endedAt = serializers.DateTimeField(allow_null=True, help_text=_("When it ended."))
    answer = serializers.CharField(allow_null=True, help_text=_("Why there was nothing to correct."))
    oldDocumentId = serializers.UUIDField(help_text=_("The result that is wrong."))
    newDocumentId = serializers.UUIDField(allow_null=True, help_text=_("The corrected result."))
    abilities = CorrectionAbilitiesSerializer(help_text=_("What you may do with it now."))


class RealMomentAbilitiesSerializer(serializers.Serializer[Any]):
    """What you may do with it now."""

    confirm = serializers.BooleanField(help_text=_("Let lateness count by it."))
    refuse = serializers.BooleanField(help_text=_("Let lateness count by the click."))


class RealMomentSerializer(serializers.Serializer[Any]):
    """When something was really handed over, beside the moment of the click."""

    id = serializers.UUIDField(help_text=_("Its id."))
    state = serializers.ChoiceField(choices=[one.value for one in ClaimState], help_text=_("Where it stands."))
    stepId = serializers.UUIDField(allow_null=True, help_text=_("The step; null for the hand-out of the result."))
    clickedAt = serializers.DateTimeField(help_text=_("When it was clicked."))
    happenedAt = serializers.DateTimeField(help_text=_("When it really was."))
    reason = serializers.CharField(help_text=_("Why it was clicked later."))
    proof = serializers.CharField(help_text=_("What proves it."))
    fileId = serializers.UUIDField(allow_null=True, help_text=_("The proof as a file."))
    claimedAt = serializers.DateTimeField(help_text=_("When it was entered."))
    endedAt = serializers.DateTimeField(allow_null=True, help_text=_("When it was confirmed or refused."))
    answer = serializers.CharField(allow_null=True, help_text=_("Why it was not accepted."))
    abilities = RealMomentAbilitiesSerializer(help_text=_("What you may do with it now."))


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
