"""The shapes of answers about acts that are being made."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from units.api.schemas import TYPES, ActSerializer
from units.kinds import Share

SHARES = [share.value for share in Share]


class ActAbilitiesSerializer(serializers.Serializer[Any]):
    """What this client may do with the act now."""

    revise = serializers.BooleanField(help_text=_("Change its rows."))
    simulate = serializers.BooleanField(help_text=_("See what it would move."))
    sign = serializers.BooleanField(help_text=_("Take responsibility for it."))
    schedule = serializers.BooleanField(help_text=_("Let it wait for its day."))
    withdraw = serializers.BooleanField(help_text=_("Give it up before its day."))
    takeEffect = serializers.BooleanField(help_text=_("Let it take effect by hand, on its day or later."))
    correct = serializers.BooleanField(help_text=_("Draft an act that puts it right."))


class DeskActSerializer(ActSerializer):
    """An act as those see it who make it."""

    unitId = serializers.IntegerField(help_text=_("The province that all of it lies in, or the country."))
    note = serializers.CharField(allow_blank=True, help_text=_("A note for those who work on it."))
    fileDigest = serializers.CharField(allow_null=True, help_text=_("The digest of its file, in hexadecimal."))
    corrects = serializers.IntegerField(allow_null=True, help_text=_("The act that it puts right."))
    decideDays = serializers.IntegerField(help_text=_("Working days to decide what no rule of a split knows."))
    trouble = serializers.CharField(allow_blank=True, help_text=_("Why it could not take effect on its day."))
    digest = serializers.CharField(allow_null=True, help_text=_("Of the last simulation: what a signature names."))
    abilities = ActAbilitiesSerializer(help_text=_("What this client may do with it now."))


class ResultRowSerializer(serializers.Serializer[Any]):
    """A unit from the day of effect on."""

    key = serializers.CharField(help_text=_("What the table calls the row."))
    unitId = serializers.IntegerField(help_text=_("The unit; a new one has its number already."))
    isNew = serializers.BooleanField(help_text=_("Whether it begins with the act."))
    name = serializers.CharField(help_text=_("The name without its type."))
    type = serializers.ChoiceField(choices=TYPES, help_text=_("The type of unit."))
    parentId = serializers.IntegerField(allow_null=True, help_text=_("The unit above; null where it stays."))
    code = serializers.CharField(allow_blank=True, help_text=_("The statistics office's code; empty where it stays."))
    axisCode = serializers.CharField(allow_blank=True, help_text=_("The electronic identifier; empty where it stays."))


class SourceRowSerializer(serializers.Serializer[Any]):
    """An old unit and where it goes."""

    oldId = serializers.IntegerField(help_text=_("The unit that ends, or whose boundary moves."))
    newId = serializers.IntegerField(allow_null=True, help_text=_("Its successor; null where it has none."))
    share = serializers.ChoiceField(choices=SHARES, help_text=_("How much of it goes there."))
    isDefault = serializers.BooleanField(help_text=_("Who answers for what no rule knows."))
    rule = serializers.DictField(
        allow_null=True, help_text=_("Villages, addresses, answers and procedures that go there.")
    )


class ActRowsSerializer(serializers.Serializer[Any]):
    """The whole table of an act."""

    results = ResultRowSerializer(many=True, help_text=_("Units from the day on."))
    sources = SourceRowSerializer(many=True, help_text=_("Old units."))


class SimulationSerializer(serializers.Serializer[Any]):
    """What the act would move, and what is in its way, as it was at the moment."""

    number = serializers.IntegerField(help_text=_("1, 2, 3 within the act."))
    madeAt = serializers.DateTimeField(help_text=_("When."))
    digest = serializers.CharField(help_text=_("What a signature over it names."))
    stopping = serializers.IntegerField(help_text=_("How many blockers stop the signature."))
    counts = serializers.ListField(
        child=serializers.DictField(), help_text=_("So many things of one kind, state and officer at one unit.")
    )
    blockers = serializers.ListField(
        child=serializers.DictField(), help_text=_("What is in the way, each with its cure.")
    )
    flows = serializers.ListField(child=serializers.DictField(), help_text=_("From old units to new ones."))


class ProofSerializer(serializers.Serializer[Any]):
    """Figures before and after, what moved and what does not add up."""

    madeAt = serializers.DateTimeField(help_text=_("When the act took effect."))
    digest = serializers.CharField(help_text=_("Of all that was proven, in hexadecimal; the report names the same."))
    holds = serializers.BooleanField(help_text=_("Whether everything added up on the day."))
    before = serializers.ListField(child=serializers.DictField(), help_text=_("Figures just before."))
    after = serializers.ListField(child=serializers.DictField(), help_text=_("Figures just after."))
    moves = serializers.ListField(child=serializers.DictField(), help_text=_("What went where."))
    findings = serializers.ListField(child=serializers.DictField(), help_text=_("What does not add up."))


class UndecidedItemSerializer(serializers.Serializer[Any]):
    """One thing of a split unit that no rule knew."""

    id = serializers.IntegerField(help_text=_("The thing's number in the list."))
    actId = serializers.IntegerField(help_text=_("The act that split its unit."))
    subjectType = serializers.CharField(help_text=_("What it is."))
    subjectId = serializers.CharField(help_text=_("Which one."))
    fromUnitId = serializers.IntegerField(help_text=_("The unit that was split."))
    heldByUnitId = serializers.IntegerField(help_text=_("The unit that is responsible until somebody decides."))
    toUnitId = serializers.IntegerField(allow_null=True, help_text=_("The unit that it was decided to belong to."))
    dueAt = serializers.DateTimeField(help_text=_("Until when it is to be decided."))
    decidedAt = serializers.DateTimeField(allow_null=True, help_text=_("When it was decided."))
