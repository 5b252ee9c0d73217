"""The shapes of lists, saved filters and batches, for the description only."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from services.states import BatchItemState


class ListedDossierSerializer(serializers.Serializer[Any]):
    """One row of the list, as officers see it."""

    id = serializers.UUIDField(help_text=_("The dossier's id."))
    code = serializers.CharField(allow_null=True, help_text=_("The dossier code."))
    reference = serializers.CharField(help_text=_("What the filer got at once."))
    ownerName = serializers.CharField(help_text=_("Whose affair it is."))
    procedureCode = serializers.CharField(help_text=_("The code of the procedure."))
    procedureName = serializers.CharField(help_text=_("The official name of the procedure."))
    state = serializers.CharField(help_text=_("Where it stands."))
    stage = serializers.CharField(allow_null=True, help_text=_("The stage of the state."))
    channel = serializers.CharField(help_text=_("How it was handed in."))
    stepId = serializers.UUIDField(allow_null=True, help_text=_("The open step."))
    stepName = serializers.CharField(allow_null=True, help_text=_("Its name."))
    stepOpenedAt = serializers.DateTimeField(allow_null=True, help_text=_("When its turn came."))
    holderId = serializers.UUIDField(allow_null=True, help_text=_("Who holds it; null while nobody does."))
    holderName = serializers.CharField(allow_null=True, help_text=_("The officer's name."))
    responsibleUnitId = serializers.IntegerField(help_text=_("Who answers for it now."))
    submittedAt = serializers.DateTimeField(help_text=_("When it was filed."))
    nextDueAt = serializers.DateTimeField(allow_null=True, help_text=_("What is due next."))
    isLate = serializers.BooleanField(help_text=_("Whether that moment has passed while the clock runs."))
    revision = serializers.IntegerField(help_text=_("Which version of the dossier this is."))


class SavedFilterSerializer(serializers.Serializer[Any]):
    """A list under a name."""

    id = serializers.UUIDField(help_text=_("Its id."))
    name = serializers.CharField(help_text=_("Its name."))
    query = serializers.CharField(allow_blank=True, help_text=_("The address of the page without its path."))
    address = serializers.CharField(help_text=_("The address of the page."))
    unitId = serializers.IntegerField(allow_null=True, help_text=_("For everybody at this unit; null: yours."))
    savedAt = serializers.DateTimeField(help_text=_("When it was saved last."))
    abilities = serializers.DictField(child=serializers.BooleanField(), help_text=_("What you may do with it now."))


class ListExportSerializer(serializers.Serializer[Any]):
    """A list that you took away."""

    id = serializers.UUIDField(help_text=_("Its id."))
    list = serializers.CharField(help_text=_("Which list."))
    query = serializers.CharField(allow_blank=True, help_text=_("Its filter."))
    columns = serializers.ListField(child=serializers.CharField(), help_text=_("Its columns."))
    format = serializers.CharField(help_text=_("csv or xlsx."))
    purpose = serializers.CharField(allow_blank=True, help_text=_("What it was needed for."))
    number = serializers.IntegerField(help_text=_("How many rows."))
    madeAt = serializers.DateTimeField(help_text=_("When."))


class BatchSerializer(serializers.Serializer[Any]):
    """One deed on many dossiers, and how far it is."""

    id = serializers.UUIDField(help_text=_("The batch's id."))
    deed = serializers.CharField(help_text=_("What is done."))
    number = serializers.IntegerField(help_text=_("How many dossiers were chosen."))
    done = serializers.IntegerField(help_text=_("How many are done."))
    failed = serializers.IntegerField(help_text=_("How many were not done, each with its reason."))
    waiting = serializers.IntegerField(help_text=_("How many still wait."))
    cancelled = serializers.IntegerField(help_text=_("How many were called off."))
    orderedAt = serializers.DateTimeField(help_text=_("When it was confirmed."))
    cancelledAt = serializers.DateTimeField(allow_null=True, help_text=_("When the rest was called off."))
    pages = serializers.IntegerField(allow_null=True, help_text=_("With print: how many pages the file has."))
    printNote = serializers.CharField(allow_blank=True, help_text=_("With print: why there is no file."))
    printEndsAt = serializers.DateTimeField(allow_null=True, help_text=_("With print: when the file is removed."))
    undoesId = serializers.UUIDField(allow_null=True, help_text=_("The batch that this one takes back."))
    abilities = serializers.DictField(child=serializers.BooleanField(), help_text=_("What you may do with it now."))


class BatchItemSerializer(serializers.Serializer[Any]):
    """One dossier of a batch."""

    id = serializers.UUIDField(help_text=_("The item's id."))
    place = serializers.IntegerField(help_text=_("Its place in the batch."))
    dossierId = serializers.UUIDField(help_text=_("The dossier's id."))
    dossierCode = serializers.CharField(help_text=_("Its code or reference."))
    state = serializers.ChoiceField(choices=[one.value for one in BatchItemState], help_text=_("What became of it."))
    note = serializers.CharField(allow_blank=True, help_text=_("Why it was not done."))
    endedAt = serializers.DateTimeField(allow_null=True, help_text=_("When it ended."))


class RefusedDossierSerializer(serializers.Serializer[Any]):
    """A dossier that was left out."""

    dossierId = serializers.UUIDField(help_text=_("The dossier's id."))
    reason = serializers.CharField(help_text=_("Why, in words."))


class OrderedBatchSerializer(BatchSerializer):
    """An order with what it leaves out."""

    refused = RefusedDossierSerializer(many=True, help_text=_("The first hundred that are left out."))
    refusedNumber = serializers.IntegerField(help_text=_("How many are left out."))
