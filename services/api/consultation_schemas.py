"""The shape of a question between units, for the description only."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from services.kinds import AskedFor, Opinion
from services.states import ConsultationState

KINDS = [one.value for one in AskedFor]
STATES = [one.value for one in ConsultationState]


class ConsultationSerializer(serializers.Serializer[Any]):
    """One question to one unit, as far as the reader may know it."""

    id = serializers.UUIDField(help_text=_("Its id."))
    dossierCode = serializers.CharField(help_text=_("The code of the dossier."))
    procedureName = serializers.CharField(help_text=_("The name of the procedure."))
    kind = serializers.ChoiceField(choices=KINDS, help_text=_("What is asked for."))
    state = serializers.ChoiceField(choices=STATES, help_text=_("Where it stands."))
    askingUnitId = serializers.IntegerField(help_text=_("The unit that asks."))
    unitId = serializers.IntegerField(help_text=_("The unit that is asked."))
    confidential = serializers.BooleanField(help_text=_("Whether the citizen is not told who is asked."))
    askedAt = serializers.DateTimeField(help_text=_("When it was asked."))
    dueAt = serializers.DateTimeField(allow_null=True, help_text=_("When the answer is due; null before its turn."))
    remindedAt = serializers.DateTimeField(allow_null=True, help_text=_("When the asked unit was reminded."))
    late = serializers.BooleanField(help_text=_("Whether the answer came, or has not come, after its due moment."))
    endedAt = serializers.DateTimeField(allow_null=True, help_text=_("When it was answered or taken back."))


class ConsultationDetailSerializer(ConsultationSerializer):
    """With the words. What was taken back keeps them from the asked unit."""

    question = serializers.CharField(allow_null=True, help_text=_("The question, or the task."))
    ownerName = serializers.CharField(allow_null=True, help_text=_("Whose dossier it is, when that was shared."))
    answers = serializers.ListField(child=serializers.CharField(), help_text=_("Answers of the form that were shared."))
    sharedFileIds = serializers.ListField(child=serializers.UUIDField(), help_text=_("Papers that were shared."))
    opinion = serializers.ChoiceField(
        choices=[one.value for one in Opinion], allow_null=True, help_text=_("What the asked unit says.")
    )
    answer = serializers.CharField(allow_null=True, help_text=_("The answer in words."))
    answerFileIds = serializers.ListField(child=serializers.UUIDField(), help_text=_("Files of the answer."))
    reason = serializers.CharField(allow_null=True, help_text=_("Why it was taken back."))
    abilities = serializers.DictField(
        child=serializers.BooleanField(), help_text=_("What you may do with it now, by name.")
    )
