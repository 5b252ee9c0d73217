"""Shapes of the desk's day, for the description only."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from services.models import Errand
from services.paper_numbers import NumberState
from services.tickets import TicketState


class TicketSerializer(serializers.Serializer[Any]):
    """A number of one desk's day. It names nobody."""

    id = serializers.UUIDField(help_text=_("Its id."))
    unitId = serializers.IntegerField(help_text=_("The unit whose desk it is."))
    heldDate = serializers.DateField(help_text=_("The day on which it holds."))
    number = serializers.IntegerField(help_text=_("The number, from 1."))
    errand = serializers.ChoiceField(choices=Errand.values, help_text=_("What brings its holder."))
    priority = serializers.BooleanField(help_text=_("Whether it is called before others."))
    state = serializers.ChoiceField(choices=[one.value for one in TicketState], help_text=_("Where it stands."))
    counter = serializers.CharField(allow_null=True, help_text=_("Where its holder was called to."))
    calls = serializers.IntegerField(help_text=_("How often it was called."))
    drawnAt = serializers.DateTimeField(help_text=_("When it was drawn."))
    firstCalledAt = serializers.DateTimeField(allow_null=True, help_text=_("When it was called first."))
    endedAt = serializers.DateTimeField(allow_null=True, help_text=_("When it ended."))


class CalledSerializer(serializers.Serializer[Any]):
    """Who was called; null when nobody waits."""

    ticket = TicketSerializer(allow_null=True, help_text=_("The number that was called."))


class PaperNumberSerializer(serializers.Serializer[Any]):
    """A dossier code that was set aside on paper."""

    id = serializers.UUIDField(help_text=_("Its id."))
    code = serializers.CharField(help_text=_("The dossier code."))
    unitId = serializers.IntegerField(help_text=_("The unit whose code it is."))
    codeDate = serializers.DateField(help_text=_("The day that is part of the code."))
    state = serializers.ChoiceField(choices=[one.value for one in NumberState], help_text=_("What became of it."))
    dossierId = serializers.UUIDField(allow_null=True, help_text=_("The dossier that bears it."))
    note = serializers.CharField(allow_null=True, help_text=_("Why nobody gets it."))


class PaperBlockSerializer(serializers.Serializer[Any]):
    """Codes that were set aside together."""

    id = serializers.UUIDField(help_text=_("Its id."))
    codes = serializers.ListField(child=serializers.CharField(), help_text=_("The codes, in their order."))
