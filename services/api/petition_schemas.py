"""The shapes of petitions and of the answers to ratings, for the description only. Tests hold them to the answers."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from services.models import EntryType, Moment, PetitionChannel
from services.petition_rules import petition_types
from services.petition_states import ClockKind, ClockOutcome, PetitionState, ReplyState

STATES = [one.value for one in PetitionState]
CHANNELS = PetitionChannel.values
TYPES = list(petition_types())


def _at(words: Any, *, null: bool = True) -> serializers.DateTimeField:
    return serializers.DateTimeField(allow_null=null, help_text=words)


def _type() -> serializers.ChoiceField:
    return serializers.ChoiceField(choices=TYPES, help_text=_("What it is about."))


class PetitionFiledSerializer(serializers.Serializer[Any]):
    """Code and PIN, told once."""

    code = serializers.CharField(help_text=_("By it and the PIN the answer is read."))
    pin = serializers.CharField(help_text=_("Six digits; told only now."))
    state = serializers.ChoiceField(choices=STATES, help_text=_("Where it stands."))
    filedAt = _at(_("When it was sent."), null=False)
    dueAt = _at(_("By when the unit says if it cannot take it."))


class PetitionEntrySerializer(serializers.Serializer[Any]):
    """Something that was said on the way."""

    type = serializers.ChoiceField(choices=EntryType.values, help_text=_("What was done with these words."))
    text = serializers.CharField(help_text=_("The words."))
    unitName = serializers.CharField(help_text=_("The unit that was handling it."))
    toUnitName = serializers.CharField(allow_null=True, help_text=_("Where it was forwarded to."))
    untilAt = _at(_("Until when something is asked for."))
    writtenAt = _at(_("When it was said."), null=False)


class PetitionStandingSerializer(serializers.Serializer[Any]):
    """What whoever sent it reads."""

    code = serializers.CharField(help_text=_("Its code."))
    type = _type()
    state = serializers.ChoiceField(choices=STATES, help_text=_("Where it stands."))
    stateInWords = serializers.CharField(help_text=_("The same in words."))
    nextInWords = serializers.CharField(help_text=_("What happens next."))
    text = serializers.CharField(help_text=_("What was sent."))
    unitName = serializers.CharField(help_text=_("Who answers for it now."))
    entries = PetitionEntrySerializer(many=True, help_text=_("What was said, the newest first."))
    publishedId = serializers.IntegerField(allow_null=True, help_text=_("See published-petitions."))
    score = serializers.IntegerField(allow_null=True, help_text=_("How satisfied, from 1 to 5."))
    filedAt = _at(_("When it was sent."), null=False)
    nextDueAt = _at(_("By when something happens next."))
    closedAt = _at(_("When it ended."))


class PublishedPetitionSerializer(serializers.Serializer[Any]):
    """What everybody may read."""

    id = serializers.IntegerField(help_text=_("Its number in this portal."))
    type = _type()
    title = serializers.CharField(help_text=_("Its title."))
    question = serializers.CharField(help_text=_("What was told, without personal data."))
    answer = serializers.CharField(help_text=_("The answer of the unit."))
    unitId = serializers.IntegerField(help_text=_("The unit's number in this portal."))
    publishedAt = _at(_("When it was published."), null=False)


class PetitionSerializer(serializers.Serializer[Any]):
    """One petition in the list of officers, or of whoever sent it."""

    id = serializers.UUIDField(help_text=_("The petition's id."))
    code = serializers.CharField(help_text=_("Its code."))
    type = _type()
    state = serializers.ChoiceField(choices=STATES, help_text=_("Where it stands."))
    channel = serializers.ChoiceField(choices=CHANNELS, help_text=_("How it came."))
    text = serializers.CharField(help_text=_("What was sent."))
    dossierCode = serializers.CharField(allow_null=True, help_text=_("The dossier that it is about."))
    procedureCode = serializers.CharField(allow_null=True, help_text=_("The procedure that it is about."))
    addressedUnitId = serializers.IntegerField(help_text=_("The unit that it was sent to."))
    responsibleUnitId = serializers.IntegerField(help_text=_("The unit that answers for it now."))
    handlerId = serializers.UUIDField(allow_null=True, help_text=_("Who handles it; null for whoever sent it."))
    repeatsCode = serializers.CharField(allow_null=True, help_text=_("The earlier one that it repeats."))
    score = serializers.IntegerField(allow_null=True, help_text=_("How satisfied, from 1 to 5."))
    filedAt = _at(_("When it was sent."), null=False)
    nextDueAt = _at(_("By when something happens next."))
    closedAt = _at(_("When it ended."))


class PetitionClockSerializer(serializers.Serializer[Any]):
    """One limit of the law."""

    kind = serializers.ChoiceField(choices=[one.value for one in ClockKind], help_text=_("Of which deed."))
    unitId = serializers.IntegerField(help_text=_("Of which unit."))
    startedAt = _at(_("From when it was counted."), null=False)
    dueAt = _at(_("When it ends."), null=False)
    endedAt = _at(_("When the deed was done, or was needed no more."))
    outcome = serializers.ChoiceField(
        choices=[one.value for one in ClockOutcome if one.value], allow_null=True, help_text=_("How it ended.")
    )
    late = serializers.BooleanField(help_text=_("Whether it was not kept."))


class PetitionDetailSerializer(PetitionSerializer):
    """Contact, files, clocks and notes are for officers; for whoever sent it they are null."""

    entries = PetitionEntrySerializer(many=True, help_text=_("What was said, the newest first."))
    contact = serializers.DictField(allow_null=True, help_text=_("Who sent it, as far as they told."))
    aboutOfficer = serializers.CharField(allow_null=True, help_text=_("Whom it complains about, as it was written."))
    fileIds = serializers.ListField(child=serializers.UUIDField(), allow_null=True, help_text=_("What was attached."))
    clocks = PetitionClockSerializer(many=True, allow_null=True, help_text=_("The limits of the law."))
    publishedId = serializers.IntegerField(allow_null=True, help_text=_("See published-petitions."))
    abilities = serializers.DictField(child=serializers.BooleanField(), help_text=_("What you may do with it now."))


class RatingReplySerializer(serializers.Serializer[Any]):
    """A low rating that the head of the unit answers."""

    id = serializers.IntegerField(help_text=_("Its number in this portal."))
    dossierCode = serializers.CharField(help_text=_("The code of the dossier, or its reference."))
    procedureName = serializers.CharField(help_text=_("The official name of the procedure."))
    unitId = serializers.IntegerField(help_text=_("The unit that was rated."))
    after = serializers.ChoiceField(choices=Moment.values, help_text=_("After the receipt, or after the result."))
    score = serializers.IntegerField(help_text=_("From 1 to 5."))
    items = serializers.DictField(child=serializers.IntegerField(), help_text=_("Point by point, from 1 to 5."))
    text = serializers.CharField(allow_blank=True, help_text=_("In words."))
    state = serializers.ChoiceField(choices=[one.value for one in ReplyState], help_text=_("Whether it was answered."))
    answer = serializers.CharField(allow_null=True, help_text=_("What the head answered."))
    openedAt = _at(_("When it was rated."), null=False)
    dueAt = _at(_("By when it is answered."), null=False)
    answeredAt = _at(_("When it was answered."))
    abilities = serializers.DictField(child=serializers.BooleanField(), help_text=_("What you may do with it now."))


class RatingFigureSerializer(serializers.Serializer[Any]):
    """One point of the slip."""

    name = serializers.CharField(help_text=_("What was asked."))
    count = serializers.IntegerField(help_text=_("How many answered it."))
    average = serializers.FloatField(allow_null=True, help_text=_("Null when they are too few."))


class RatingReportSerializer(serializers.Serializer[Any]):
    """Ratings of one unit in one month, for one moment. Nobody is named."""

    after = serializers.ChoiceField(choices=Moment.values, help_text=_("After the receipt, or after the result."))
    count = serializers.IntegerField(help_text=_("How many rated."))
    average = serializers.FloatField(allow_null=True, help_text=_("Null when they are too few."))
    satisfiedPercent = serializers.FloatField(allow_null=True, help_text=_("How many gave 4 or 5."))
    spread = serializers.ListField(
        child=serializers.IntegerField(), allow_null=True, help_text=_("How many gave 5, 4, 3, 2 and 1.")
    )
    items = RatingFigureSerializer(many=True, help_text=_("Point by point."))


class RatingReportsSerializer(serializers.Serializer[Any]):
    """Both moments."""

    items = RatingReportSerializer(many=True, help_text=_("After the receipt, and after the result."))
