"""The shapes of leaves, of what waits with whom, and of shared out work, for the description only."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers


class LeaveCoverSerializer(serializers.Serializer[Any]):
    """Somebody is away, and somebody acts."""

    id = serializers.UUIDField(help_text=_("Its id."))
    unitId = serializers.IntegerField(help_text=_("The unit's number in this portal."))
    absentAssignmentId = serializers.IntegerField(help_text=_("The post of whoever is away."))
    absentName = serializers.CharField(help_text=_("Their name."))
    coverAssignmentId = serializers.IntegerField(help_text=_("The post of whoever acts."))
    coverName = serializers.CharField(help_text=_("Their name."))
    firstDate = serializers.DateField(help_text=_("From this day on."))
    lastDate = serializers.DateField(help_text=_("Up to this day."))
    decisionNumber = serializers.CharField(help_text=_("The number of the decision."))
    decisionDate = serializers.DateField(help_text=_("Its date."))
    endedAt = serializers.DateTimeField(allow_null=True, help_text=_("When it was ended by hand."))
    steps = serializers.IntegerField(help_text=_("How many steps have gone over."))
    abilities = serializers.DictField(child=serializers.BooleanField(), help_text=_("What you may do with it now."))


class WaitingStepSerializer(serializers.Serializer[Any]):
    """An open step: with whom it waits, and since when."""

    id = serializers.UUIDField(help_text=_("The step's id."))
    dossierId = serializers.UUIDField(help_text=_("The dossier's id."))
    dossierCode = serializers.CharField(help_text=_("Its code or reference."))
    name = serializers.CharField(help_text=_("The name of the step."))
    role = serializers.CharField(help_text=_("Who works on it."))
    unitId = serializers.IntegerField(help_text=_("The unit's number in this portal."))
    officerId = serializers.UUIDField(allow_null=True, help_text=_("Who holds it; null while nobody does."))
    officerName = serializers.CharField(allow_null=True, help_text=_("Their name."))
    actsForName = serializers.CharField(allow_null=True, help_text=_("For whom they act."))
    decisionNumber = serializers.CharField(allow_null=True, help_text=_("By which decision."))
    openedAt = serializers.DateTimeField(allow_null=True, help_text=_("When its turn came."))
    dueAt = serializers.DateTimeField(allow_null=True, help_text=_("When it should be done."))
    isLate = serializers.BooleanField(help_text=_("Whether that moment has passed while the clock runs."))


class WorkLoadSerializer(serializers.Serializer[Any]):
    """What one officer has on the table."""

    officerId = serializers.UUIDField(allow_null=True, help_text=_("Null: steps that nobody has taken."))
    officerName = serializers.CharField(allow_null=True, help_text=_("Their name."))
    open = serializers.IntegerField(help_text=_("How many steps are open."))
    late = serializers.IntegerField(help_text=_("How many of them are late."))
    oldestOpenedAt = serializers.DateTimeField(allow_null=True, help_text=_("When the oldest was opened."))


class UnitWithoutWorkersSerializer(serializers.Serializer[Any]):
    """Dossiers wait there, and nobody may work on them."""

    unitId = serializers.IntegerField(help_text=_("The unit's number in this portal."))
    unitName = serializers.CharField(help_text=_("Its full name."))
    open = serializers.IntegerField(help_text=_("How many dossiers wait for its decision."))


class WorkLoadsSerializer(serializers.Serializer[Any]):
    """Nobody first, then by name."""

    items = WorkLoadSerializer(many=True, help_text=_("One line for each holder."))
    unitsWithoutWorkers = UnitWithoutWorkersSerializer(
        many=True, help_text=_("Those of your units where dossiers wait and nobody may work on them.")
    )


class SharedStepSerializer(serializers.Serializer[Any]):
    """A step with the officer it would go to."""

    stepId = serializers.UUIDField(help_text=_("The step's id."))
    dossierId = serializers.UUIDField(help_text=_("The dossier's id."))
    officerId = serializers.UUIDField(help_text=_("To whom it would go."))


class SharedLoadSerializer(serializers.Serializer[Any]):
    """What one colleague has before and after."""

    officerId = serializers.UUIDField(help_text=_("The officer."))
    name = serializers.CharField(help_text=_("Name and post."))
    before = serializers.IntegerField(help_text=_("Open steps now."))
    after = serializers.IntegerField(help_text=_("Open steps afterwards."))


class ProposalSerializer(serializers.Serializer[Any]):
    """How open steps could be shared out; plan names it when it is confirmed."""

    plan = serializers.CharField(help_text=_("Send it back to order exactly this."))
    steps = SharedStepSerializer(many=True, help_text=_("At most 200, the soonest due first."))
    loads = SharedLoadSerializer(many=True, help_text=_("One line for each colleague."))
