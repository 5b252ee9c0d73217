"""The shapes of preferences and notifications, for the description only."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from portal.notifications.kinds import Channel, Language
from portal.notifications.states import Reason, State

CHANNELS = list(Channel.values)
STATES = [state.value for state in State]
REASONS = [one.value for one in Reason if one]
LANGUAGES = list(Language.values)


class NotificationKindSerializer(serializers.Serializer[Any]):
    """One kind of notification."""

    key = serializers.CharField(help_text=_("Its key."))
    title = serializers.CharField(help_text=_("What it is about."))
    isOrdered = serializers.BooleanField(help_text=_("Whether the law orders it: it cannot be switched off."))
    isOn = serializers.BooleanField(help_text=_("Whether this person gets it."))


class NotificationPreferenceSerializer(serializers.Serializer[Any]):
    """How one citizen is told."""

    language = serializers.ChoiceField(choices=LANGUAGES, help_text=_("In which language."))
    channels = serializers.ListField(
        child=serializers.ChoiceField(choices=CHANNELS), help_text=_("On which channels, each of them once.")
    )
    email = serializers.CharField(allow_null=True, help_text=_("E-mail address."))
    phone = serializers.CharField(allow_null=True, help_text=_("Mobile number."))
    unconfirmedChannels = serializers.ListField(
        child=serializers.ChoiceField(choices=CHANNELS),
        help_text=_("Channels whose address waits for its code: nothing is sent there yet."),
    )
    badChannels = serializers.ListField(
        child=serializers.ChoiceField(choices=CHANNELS), help_text=_("Channels whose address takes nothing any more.")
    )
    quietFrom = serializers.CharField(allow_null=True, help_text=_("No SMS from this hour; null: the usual hours."))
    quietUntil = serializers.CharField(allow_null=True, help_text=_("Until this hour."))
    kinds = NotificationKindSerializer(many=True, help_text=_("All kinds, and which are on."))
    abilities = serializers.ListField(child=serializers.CharField(), help_text=_("What you may do."))


class AddressCodeSerializer(serializers.Serializer[Any]):
    """A code on its way to an address, without the code."""

    channel = serializers.ChoiceField(choices=CHANNELS, help_text=_("On which channel."))
    to = serializers.CharField(help_text=_("Where it went, shortened."))
    expiresAt = serializers.DateTimeField(help_text=_("Until when the code is good."))


class AddressConfirmationSerializer(serializers.Serializer[Any]):
    """An address that may be used from now on."""

    channel = serializers.ChoiceField(choices=CHANNELS, help_text=_("On which channel."))
    isConfirmed = serializers.BooleanField(help_text=_("Whether notifications go there."))


class NotificationSerializer(serializers.Serializer[Any]):
    """One notification on one channel."""

    id = serializers.UUIDField(help_text=_("Its id."))
    channel = serializers.ChoiceField(choices=CHANNELS, help_text=_("On which channel."))
    kind = serializers.CharField(help_text=_("Which kind."))
    language = serializers.ChoiceField(choices=LANGUAGES, help_text=_("In which language."))
    title = serializers.CharField(help_text=_("What it is about."))
    text = serializers.CharField(help_text=_("What it says."))
    to = serializers.CharField(allow_null=True, help_text=_("Where it went, shortened."))
    link = serializers.CharField(allow_null=True, help_text=_("Where more stands."))
    parts = serializers.IntegerField(help_text=_("How many messages an SMS takes."))
    state = serializers.ChoiceField(choices=STATES, help_text=_("Where it stands."))
    reason = serializers.ChoiceField(choices=REASONS, allow_null=True, help_text=_("Why it was not sent."))
    createdAt = serializers.DateTimeField(help_text=_("When it was ordered."))
    allowedAt = serializers.DateTimeField(help_text=_("When it may go out."))
    sentAt = serializers.DateTimeField(allow_null=True, help_text=_("When it went out."))


class NotificationReportSerializer(serializers.Serializer[Any]):
    """What became of a message after its carrier had taken it."""

    id = serializers.UUIDField(help_text=_("Its id."))
    state = serializers.ChoiceField(choices=STATES, help_text=_("Where it stands."))
    reason = serializers.ChoiceField(choices=REASONS, help_text=_("Why it was not sent."))


class FailedNotificationSerializer(serializers.Serializer[Any]):
    """One that did not arrive, without its text."""

    id = serializers.UUIDField(help_text=_("Its id."))
    channel = serializers.ChoiceField(choices=CHANNELS, help_text=_("On which channel."))
    kind = serializers.CharField(help_text=_("Which kind."))
    code = serializers.CharField(help_text=_("Dossier code."))
    to = serializers.CharField(allow_null=True, help_text=_("Where it went, shortened."))
    state = serializers.ChoiceField(choices=STATES, help_text=_("Where it stands."))
    reason = serializers.ChoiceField(choices=REASONS, allow_null=True, help_text=_("Why it was not sent."))
    endedAt = serializers.DateTimeField(allow_null=True, help_text=_("When it ended."))
    abilities = serializers.ListField(child=serializers.CharField(), help_text=_("What you may do."))
