"""The shapes of drafts and checks, for the description only."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from services.kinds import Channel


class DeclarationFaultSerializer(serializers.Serializer[Any]):
    """One thing that is not right, or not there yet."""

    pointer = serializers.CharField(help_text=_("JSON pointer of the answer."))
    code = serializers.CharField(help_text=_("What is wrong, for programs."))
    detail = serializers.CharField(help_text=_("What is wrong, and what to do."))


class DeclarationDraftSerializer(serializers.Serializer[Any]):
    """A form that a citizen fills in."""

    id = serializers.UUIDField(help_text=_("The draft's id."))
    procedureCode = serializers.CharField(help_text=_("The code of the procedure."))
    procedureName = serializers.CharField(help_text=_("Its official name."))
    competentUnitId = serializers.IntegerField(allow_null=True, help_text=_("Who will decide."))
    returningUnitId = serializers.IntegerField(allow_null=True, help_text=_("Where the result is handed out."))
    returnChannel = serializers.ChoiceField(
        choices=[one.value for one in Channel], allow_null=True, help_text=_("How the result comes back.")
    )
    postalAddress = serializers.CharField(
        allow_null=True, help_text=_("Where it is sent by post, when not to the address in the declaration.")
    )
    begunAt = serializers.DateTimeField(help_text=_("When it was begun."))
    savedAt = serializers.DateTimeField(help_text=_("When it was saved last."))
    expiresAt = serializers.DateTimeField(help_text=_("Until when it is kept."))


class DeclarationDraftDetailSerializer(DeclarationDraftSerializer):
    """A draft with its answers and what it lacks."""

    answers = serializers.DictField(help_text=_("What was answered so far."))
    known = serializers.DictField(help_text=_("Answers that come from registers and from the sign-in."))
    faults = DeclarationFaultSerializer(many=True, help_text=_("What keeps it from being filed."))
    missingComponents = serializers.ListField(
        child=serializers.CharField(), help_text=_("Keys of the papers that nothing proves yet.")
    )


class DeclarationCheckSerializer(serializers.Serializer[Any]):
    """The verdict on answers."""

    isComplete = serializers.BooleanField(help_text=_("Whether they could be filed, as far as answers go."))
    faults = DeclarationFaultSerializer(many=True, help_text=_("Everything that is not right."))
