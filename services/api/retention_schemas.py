"""The shapes of what is kept until when, and of holds, for the description only."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from services.api.dossier_schemas import DossierSerializer
from services.retention_kinds import OF_DOSSIER, Cause, HoldState

KINDS = [kind.value for kind in OF_DOSSIER]
CAUSES = [cause.value for cause in Cause]
STATES = [state.value for state in HoldState]


class KeptUntilSerializer(serializers.Serializer[Any]):
    """One kind of thing of a dossier, and until when it is kept."""

    kind = serializers.ChoiceField(choices=KINDS, help_text=_("Talk, papers, receipts, or whose affair it was."))
    rule = serializers.CharField(help_text=_("Key of the rule."))
    ground = serializers.CharField(help_text=_("The legal ground."))
    verified = serializers.BooleanField(help_text=_("Whether somebody has compared it with the text of the law."))
    archiveFirst = serializers.BooleanField(help_text=_("The archive must have it before."))
    keptUntilAt = serializers.DateTimeField(allow_null=True, help_text=_("When it goes; null: never."))
    goneAt = serializers.DateTimeField(allow_null=True, help_text=_("When it went."))


class RetentionSerializer(serializers.Serializer[Any]):
    """What is kept of one dossier until when. Empty until it has ended."""

    isHeld = serializers.BooleanField(help_text=_("Whether something keeps it from going now."))
    minimisedAt = serializers.DateTimeField(allow_null=True, help_text=_("When its personal data went."))
    kept = KeptUntilSerializer(many=True, help_text=_("By kind of thing."))


class HoldAbilitiesSerializer(serializers.Serializer[Any]):
    """What you may do with it now."""

    lift = serializers.BooleanField(help_text=_("Lift the hold."))


class RetentionHoldSerializer(serializers.Serializer[Any]):
    """Why a dossier is kept beyond its time."""

    id = serializers.UUIDField(help_text=_("Its id."))
    state = serializers.ChoiceField(choices=STATES, help_text=_("Where it stands."))
    cause = serializers.ChoiceField(choices=CAUSES, help_text=_("Why it is needed longer."))
    reason = serializers.CharField(help_text=_("What exactly it is needed for."))
    setAt = serializers.DateTimeField(help_text=_("When it was set."))
    liftedAt = serializers.DateTimeField(allow_null=True, help_text=_("When it was lifted."))
    liftReason = serializers.CharField(allow_null=True, help_text=_("Why it is not needed any more."))
    abilities = HoldAbilitiesSerializer(help_text=_("What you may do with it now."))


class DueDossierSerializer(DossierSerializer):
    """A dossier of which something goes by a rule."""

    rule = serializers.CharField(help_text=_("Key of the rule."))
    keptUntilAt = serializers.DateTimeField(help_text=_("When its time is over."))
    isHeld = serializers.BooleanField(help_text=_("Whether something keeps it from going."))
    waitsForArchive = serializers.BooleanField(help_text=_("The archive must have it before, and has it not yet."))
