"""The shapes of the answers, for the description only. `units.api.answers` builds them; tests hold both together."""

from functools import cache
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from units.kinds import ActKind, Level, Scheme, Share, UnitType
from units.states import ActState

TYPES = [kind.value for kind in UnitType]
ACT_KINDS = [kind.value for kind in ActKind]
ACT_STATES = [state.value for state in ActState]


class UnitReferenceSerializer(serializers.Serializer[Any]):
    """A unit in few words."""

    id = serializers.IntegerField(help_text=_("The unit's number in this portal."))
    code = serializers.CharField(allow_blank=True, help_text=_("The statistics office's code; empty without one."))
    fullName = serializers.CharField(help_text=_("Type and name."))


class SuccessorSerializer(UnitReferenceSerializer):
    """A unit that lives on the day asked about and holds all or some of another."""

    name = serializers.CharField(help_text=_("The name without its type."))
    type = serializers.ChoiceField(choices=TYPES, help_text=_("The type of unit."))
    parentId = serializers.IntegerField(allow_null=True, help_text=_("The unit above."))
    parentCode = serializers.CharField(allow_blank=True, help_text=_("Its code."))
    parentFullName = serializers.CharField(allow_blank=True, help_text=_("Its type and name."))
    kind = serializers.ChoiceField(
        choices=[Share.WHOLE.value, Share.PART.value],
        help_text=_("whole: all of the old unit is in this one; part: some of it is, and the address decides."),
    )
    isDefault = serializers.BooleanField(help_text=_("The likeliest of several: a hint, never a decision."))


class UnitSerializer(UnitReferenceSerializer):
    """A unit as it is on the day asked about; as it was last, or first, when it doesn't live on that day."""

    level = serializers.ChoiceField(choices=[level.value for level in Level], help_text=_("The level."))
    type = serializers.ChoiceField(choices=TYPES, help_text=_("The type of unit."))
    name = serializers.CharField(help_text=_("The name without its type."))
    parentId = serializers.IntegerField(allow_null=True, help_text=_("The unit above."))
    parentCode = serializers.CharField(allow_blank=True, help_text=_("Its code."))
    parentFullName = serializers.CharField(allow_blank=True, help_text=_("Its type and name."))
    validFromDate = serializers.DateField(help_text=_("The first day of this name, type and parent."))
    validToDate = serializers.DateField(allow_null=True, help_text=_("Their last day; null while they hold."))
    validOn = serializers.BooleanField(help_text=_("Whether the unit lives on the day asked about."))
    successors = SuccessorSerializer(
        many=True, help_text=_("What it is on the day asked about, when it doesn't live on it; empty otherwise.")
    )


class UnitCodeSerializer(serializers.Serializer[Any]):
    """A code of a unit and its time."""

    scheme = serializers.ChoiceField(choices=[scheme.value for scheme in Scheme], help_text=_("The system of codes."))
    code = serializers.CharField(help_text=_("The code, zeros in front included."))
    isAlias = serializers.BooleanField(help_text=_("Also in use for the unit, but not its own."))
    validFromDate = serializers.DateField(help_text=_("The first day of the code."))
    validToDate = serializers.DateField(allow_null=True, help_text=_("Its last day; null while it holds."))


class ActSerializer(serializers.Serializer[Any]):
    """A legal act that changes units."""

    id = serializers.IntegerField(help_text=_("The act's number in this portal."))
    kind = serializers.ChoiceField(choices=ACT_KINDS, help_text=_("What the act does."))
    legalNumber = serializers.CharField(help_text=_("Its official number."))
    title = serializers.CharField(allow_blank=True, help_text=_("What it decides, in words."))
    decidedDate = serializers.DateField(help_text=_("The day of its decision."))
    effectiveDate = serializers.DateField(help_text=_("The day from which it holds."))
    effectiveDateConfirmed = serializers.BooleanField(
        help_text=_("Whether a person has confirmed the effective day; if not, it is assumed.")
    )
    state = serializers.ChoiceField(choices=ACT_STATES, help_text=_("Where it stands."))


class UnitDetailSerializer(UnitSerializer):
    """One unit with its codes, and the act that made it as it is."""

    codes = UnitCodeSerializer(many=True, help_text=_("All codes it ever bore."))
    act = ActSerializer(help_text=_("The act by which this name, type and parent hold."))


class PartySerializer(UnitReferenceSerializer):
    """A unit just before or just after an act."""

    parentFullName = serializers.CharField(allow_blank=True, help_text=_("Type and name of the unit above."))
    kind = serializers.CharField(help_text=_("How much of the older unit went into the newer one: whole or part."))
    isDefault = serializers.BooleanField(help_text=_("The likeliest of several: a hint, never a decision."))


class StepSerializer(serializers.Serializer[Any]):
    """One thing that happened to a unit."""

    effectiveDate = serializers.DateField(help_text=_("The day from which it holds."))
    what = serializers.ChoiceField(
        choices=["loaded", "formed", "changed", "dissolved"],
        help_text=_(
            "loaded: the data begin with it; formed: made of others; changed: name, type or parent; dissolved: ended."
        ),
    )
    act = ActSerializer(help_text=_("The act that did it."))
    before = PartySerializer(many=True, help_text=_("Units before."))
    after = PartySerializer(many=True, help_text=_("Units after."))


class CodeAnswerSerializer(serializers.Serializer[Any]):
    """Who bore a code on a day, and what that unit is on another."""

    code = serializers.CharField(help_text=_("The code asked for."))
    scheme = serializers.ChoiceField(choices=[scheme.value for scheme in Scheme], help_text=_("The system of codes."))
    borneOnDate = serializers.DateField(help_text=_("The day on which it was borne."))
    onDate = serializers.DateField(help_text=_("The day on which the bearer is seen."))
    bearer = UnitSerializer(help_text=_("The unit as it was when it bore the code."))
    successors = SuccessorSerializer(
        many=True,
        help_text=_(
            "What the bearer is on the day it is seen: itself while it lives; empty if it ended without successor."
        ),
    )


@cache
def items_of(item: type[serializers.Serializer[Any]]) -> type[serializers.Serializer[Any]]:
    """The schema of a short list that needs no pages."""
    name = item.__name__.removesuffix("Serializer")
    fields = {
        "items": item(many=True, help_text=_("All entries, in order.")),
        "__doc__": f"A short list of {name} entries.",
    }
    return type(f"{name}ListSerializer", (serializers.Serializer,), fields)
