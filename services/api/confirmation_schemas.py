"""The shape of a draft that its citizen is asked about, for the description only."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from services.states import ConfirmationState


class ConfirmationSerializer(serializers.Serializer[Any]):
    """One draft of a result, as the citizen was shown it."""

    id = serializers.UUIDField(help_text=_("Its id."))
    number = serializers.IntegerField(help_text=_("Which draft of the dossier it is."))
    state = serializers.ChoiceField(choices=[one.value for one in ConfirmationState], help_text=_("Where it stands."))
    content = serializers.DictField(help_text=_("What the draft says, as its layout takes it."))
    objection = serializers.CharField(allow_null=True, help_text=_("What the citizen says is wrong."))
    askedAt = serializers.DateTimeField(help_text=_("When it was asked."))
    deadlineAt = serializers.DateTimeField(help_text=_("Until when; no answer by then agrees."))
    endedAt = serializers.DateTimeField(allow_null=True, help_text=_("When it ended."))
