"""Shapes of results that go by post, for the description only."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from services.states import PostalState


class PostalItemAbilitiesSerializer(serializers.Serializer[Any]):
    """What you may do with it now."""

    deliver = serializers.BooleanField(help_text=_("Enter that it was delivered."))
    bringBack = serializers.BooleanField(help_text=_("Enter that it came back."))
    takeOff = serializers.BooleanField(help_text=_("Take it off its slip."))


class PostalItemSerializer(serializers.Serializer[Any]):
    """The result of one dossier in an envelope."""

    id = serializers.UUIDField(help_text=_("Its id."))
    dossierId = serializers.UUIDField(help_text=_("The dossier."))
    dossierCode = serializers.CharField(allow_null=True, help_text=_("The code of the dossier."))
    slipId = serializers.UUIDField(help_text=_("The slip it went with."))
    attempt = serializers.IntegerField(help_text=_("Which envelope of the dossier, from 1."))
    state = serializers.ChoiceField(choices=[one.value for one in PostalState], help_text=_("Where it is."))
    carrierName = serializers.CharField(help_text=_("Who carries it."))
    trackingNumber = serializers.CharField(allow_null=True, help_text=_("The number by which the carrier follows it."))
    handedAt = serializers.DateTimeField(allow_null=True, help_text=_("When the carrier took it."))
    happenedAt = serializers.DateTimeField(allow_null=True, help_text=_("When it was delivered or came back."))
    enteredAt = serializers.DateTimeField(allow_null=True, help_text=_("When that was entered."))
    reason = serializers.CharField(allow_null=True, help_text=_("Why it came back."))
    abilities = PostalItemAbilitiesSerializer(help_text=_("What you may do with it now."))


class PostalSlipSerializer(serializers.Serializer[Any]):
    """What a desk gives to the carrier at one time."""

    id = serializers.UUIDField(help_text=_("Its id."))
    unitId = serializers.IntegerField(help_text=_("The unit whose desk it is."))
    carrierName = serializers.CharField(help_text=_("Who carries it."))
    madeAt = serializers.DateTimeField(help_text=_("When it was made."))
    handedAt = serializers.DateTimeField(allow_null=True, help_text=_("When the carrier took it."))
    enteredAt = serializers.DateTimeField(allow_null=True, help_text=_("When that was entered."))
    courierName = serializers.CharField(allow_null=True, help_text=_("Who took it."))
    items = PostalItemSerializer(many=True, help_text=_("What is on it."))


class LeftOutSerializer(serializers.Serializer[Any]):
    """A dossier that did not fit."""

    dossierId = serializers.UUIDField(help_text=_("The dossier."))
    code = serializers.CharField(help_text=_("Why, for programs."))
    detail = serializers.CharField(help_text=_("Why, in words."))


class PreparedSlipSerializer(serializers.Serializer[Any]):
    """The slip that was made, null when no dossier fits, and what was left out."""

    slip = PostalSlipSerializer(allow_null=True, help_text=_("The slip."))
    leftOut = LeftOutSerializer(many=True, help_text=_("Dossiers that are not on it."))
