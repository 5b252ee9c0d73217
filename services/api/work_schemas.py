"""The shapes of steps, for the description only."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from services.states import ItemState

STATES = [one.value for one in ItemState]


class WorkItemSerializer(serializers.Serializer[Any]):
    """One step of one dossier."""

    id = serializers.UUIDField(help_text=_("The step's id."))
    dossierId = serializers.UUIDField(help_text=_("The dossier's id."))
    dossierCode = serializers.CharField(allow_null=True, help_text=_("The dossier code."))
    ownerName = serializers.CharField(help_text=_("Whose affair it is."))
    procedureName = serializers.CharField(help_text=_("The official name of the procedure."))
    number = serializers.IntegerField(help_text=_("Which step of the dossier it is."))
    step = serializers.CharField(help_text=_("The step's key in the procedure."))
    name = serializers.CharField(help_text=_("Its name."))
    role = serializers.CharField(help_text=_("Who works on it."))
    unitId = serializers.IntegerField(help_text=_("The unit's number in this portal."))
    state = serializers.ChoiceField(choices=STATES, help_text=_("Where it stands."))
    officerId = serializers.UUIDField(allow_null=True, help_text=_("Who holds it; null while nobody does."))
    openedAt = serializers.DateTimeField(allow_null=True, help_text=_("When its turn came."))
    takenAt = serializers.DateTimeField(allow_null=True, help_text=_("When it was taken."))
    dueAt = serializers.DateTimeField(allow_null=True, help_text=_("When it should be done."))
    doneAt = serializers.DateTimeField(allow_null=True, help_text=_("When it was done."))


class EarlierStepSerializer(serializers.Serializer[Any]):
    """A step that was done before."""

    step = serializers.CharField(help_text=_("The step's key in the procedure."))
    name = serializers.CharField(help_text=_("Its name."))


class SignerSerializer(serializers.Serializer[Any]):
    """Somebody who may sign the result."""

    assignmentId = serializers.IntegerField(help_text=_("The number of the assignment."))
    name = serializers.CharField(help_text=_("The person's name."))
    title = serializers.CharField(help_text=_("The post."))


class WorkItemDetailSerializer(WorkItemSerializer):
    """A step with what can be done with it."""

    note = serializers.CharField(allow_blank=True, help_text=_("What was written at its end."))
    earlierSteps = EarlierStepSerializer(many=True, help_text=_("To which it can be returned."))
    signers = SignerSerializer(many=True, help_text=_("Who may sign what is proposed."))
    abilities = serializers.DictField(
        child=serializers.BooleanField(), help_text=_("What you may do with it now, by name.")
    )


class ColleagueSerializer(serializers.Serializer[Any]):
    """An officer who may work on steps of the unit."""

    officerId = serializers.UUIDField(help_text=_("The account's id."))
    name = serializers.CharField(help_text=_("Name and post."))


class ColleaguesSerializer(serializers.Serializer[Any]):
    """At most 100."""

    items = ColleagueSerializer(many=True, help_text=_("By name."))
