"""The shapes of figures, for the description only; `answers.py` builds them."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from portal.dashboards.states import Cause, Role
from services.api.petition_schemas import STATES, TYPES

ROLES = [role.value for role in Role]
CAUSES = [cause.value for cause in Cause]


class FlowSerializer(serializers.Serializer[Any]):
    """What came and went in a period."""

    received = serializers.IntegerField(help_text=_("Dossiers received."))
    online = serializers.IntegerField(help_text=_("Of those received: filed online."))
    digitised = serializers.IntegerField(help_text=_("Of those received: all papers are files or data."))
    reused = serializers.IntegerField(
        help_text=_("Of those received: something was taken from data instead of a paper.")
    )
    finished = serializers.IntegerField(help_text=_("Dossiers finished."))
    onTime = serializers.IntegerField(help_text=_("Of those finished: at their due moment or before."))
    late = serializers.IntegerField(help_text=_("Of those finished: after their due moment."))


class StockSerializer(serializers.Serializer[Any]):
    """What stands now."""

    open = serializers.IntegerField(help_text=_("Received and not finished."))
    overdue = serializers.IntegerField(help_text=_("Past the due moment, and the clock runs."))
    dueSoon = serializers.IntegerField(help_text=_("Due within the next two days."))
    paused = serializers.IntegerField(help_text=_("Waiting for a supplement or a payment."))
    waiting = serializers.IntegerField(help_text=_("Filed and not received yet."))


class CauseSerializer(serializers.Serializer[Any]):
    """Where late dossiers lost their time."""

    cause = serializers.ChoiceField(choices=CAUSES, help_text=_("With whom."))
    number = serializers.IntegerField(help_text=_("How many."))


class UnitLineSerializer(serializers.Serializer[Any]):
    """One unit of a comparison."""

    unitId = serializers.IntegerField(help_text=_("The unit's number in this portal."))
    fullName = serializers.CharField(help_text=_("Type and name."))
    former = serializers.BooleanField(help_text=_("It was split and ended; nobody answers for it alone."))
    period = FlowSerializer(help_text=_("What came and went."))
    now = StockSerializer(help_text=_("What stands now."))


class StatisticsSerializer(serializers.Serializer[Any]):
    """The figures of one unit and period."""

    unitId = serializers.IntegerField(help_text=_("The unit's number in this portal."))
    fullName = serializers.CharField(help_text=_("Type and name."))
    periodCode = serializers.CharField(help_text=_("The period, as the parameter names it."))
    role = serializers.ChoiceField(choices=ROLES, help_text=_("The part that the unit has."))
    asOfAt = serializers.DateTimeField(allow_null=True, help_text=_("Everything until then is counted."))
    period = FlowSerializer(help_text=_("What came and went."))
    now = StockSerializer(help_text=_("What stands now."))
    medianMinutes = serializers.IntegerField(allow_null=True, help_text=_("Half of those finished took no longer."))
    ninthDecileMinutes = serializers.IntegerField(allow_null=True, help_text=_("Nine of ten took no longer."))
    causes = CauseSerializer(many=True, help_text=_("Where those finished late lost their time."))
    units = UnitLineSerializer(many=True, help_text=_("The unit and those right below it; they add up."))


class FigureDossierSerializer(serializers.Serializer[Any]):
    """A dossier as it is counted."""

    id = serializers.UUIDField(help_text=_("The dossier's id."))
    code = serializers.CharField(help_text=_("Its code, or its reference before it was received."))
    procedureCode = serializers.CharField(help_text=_("The procedure in the national catalogue."))
    state = serializers.CharField(help_text=_("Where it stands."))
    competentUnitId = serializers.IntegerField(help_text=_("Which unit decides."))
    receivedAt = serializers.DateTimeField(allow_null=True, help_text=_("When it was received."))
    dueAt = serializers.DateTimeField(allow_null=True, help_text=_("When it is due."))
    finishedAt = serializers.DateTimeField(allow_null=True, help_text=_("When the count of its time ended."))
    netMinutes = serializers.IntegerField(allow_null=True, help_text=_("Net time, rounded up as people say it."))
    late = serializers.BooleanField(help_text=_("Whether it was finished late."))
    cause = serializers.ChoiceField(choices=CAUSES, help_text=_("Where the time went."))


class FigurePetitionSerializer(serializers.Serializer[Any]):
    """A petition as it is counted."""

    id = serializers.UUIDField(help_text=_("The petition's id."))
    reference = serializers.CharField(help_text=_("By which it is followed."))
    unitId = serializers.IntegerField(help_text=_("Which unit answers for it."))
    type = serializers.ChoiceField(choices=TYPES, help_text=_("What it is about."))
    state = serializers.ChoiceField(choices=STATES, help_text=_("Where it stands."))
    filedAt = serializers.DateTimeField(help_text=_("When it was sent in."))
    answerDueAt = serializers.DateTimeField(allow_null=True, help_text=_("When the answer is due."))
    handledAt = serializers.DateTimeField(allow_null=True, help_text=_("When it was answered, else ended."))
    late = serializers.BooleanField(help_text=_("Whether a limit of the law was not met."))
    repeated = serializers.BooleanField(help_text=_("Whether the same was told before."))
    score = serializers.IntegerField(allow_null=True, help_text=_("How the answer was rated, 1 to 5."))


class IndicatorProcedureSerializer(serializers.Serializer[Any]):
    """A procedure that an indicator counts, or does not."""

    code = serializers.CharField(help_text=_("The procedure in the national catalogue."))
    name = serializers.CharField(help_text=_("Its name, in Vietnamese."))


class IndicatorLineSerializer(serializers.Serializer[Any]):
    """One indicator of the index."""

    id = serializers.CharField(help_text=_("Its number in the index."))
    name = serializers.CharField(help_text=_("Its name, in Vietnamese."))
    groupName = serializers.CharField(help_text=_("The group, in Vietnamese."))
    numerator = serializers.IntegerField(allow_null=True, help_text=_("Null when nobody counts it."))
    denominator = serializers.IntegerField(allow_null=True, help_text=_("Null when nobody counts it."))
    ratio = serializers.FloatField(allow_null=True, help_text=_("In per cent; null when there is nothing to divide."))
    target = serializers.FloatField(allow_null=True, help_text=_("From which ratio on it has full points."))
    points = serializers.IntegerField(allow_null=True, help_text=_("The most it can bring; null: it is only shown."))
    score = serializers.FloatField(allow_null=True, help_text=_("What it brings."))
    meanDays = serializers.FloatField(allow_null=True, help_text=_("For times instead of a ratio."))
    why = serializers.CharField(allow_blank=True, help_text=_("Why nothing is counted."))


class IndexReportSerializer(serializers.Serializer[Any]):
    """The index of one unit and period."""

    unitId = serializers.IntegerField(help_text=_("The unit's number in this portal."))
    periodCode = serializers.CharField(help_text=_("The period, as the parameter names it."))
    frozenAt = serializers.DateTimeField(
        allow_null=True, help_text=_("Since when it stands; null while it is counted.")
    )
    asOfAt = serializers.DateTimeField(allow_null=True, help_text=_("Everything until then is counted."))
    score = serializers.FloatField(help_text=_("The points of all indicators that could be counted."))
    possible = serializers.IntegerField(help_text=_("The most that these could bring."))
    indicators = IndicatorLineSerializer(many=True, help_text=_("All of them."))
    abilities = serializers.DictField(child=serializers.BooleanField(), help_text=_("What you may do."))


class OpenUnitStatisticsSerializer(serializers.Serializer[Any]):
    """Open figures of one unit. Null: not shown, because it is small."""

    unitId = serializers.IntegerField(help_text=_("The unit's number in this portal."))
    fullName = serializers.CharField(help_text=_("Type and name."))
    received = serializers.IntegerField(allow_null=True, help_text=_("Dossiers received."))
    finished = serializers.IntegerField(allow_null=True, help_text=_("Dossiers finished."))
    onTimeShare = serializers.FloatField(allow_null=True, help_text=_("Of those finished, in per cent."))
    onlineShare = serializers.FloatField(allow_null=True, help_text=_("Of those received, in per cent."))
    digitisedShare = serializers.FloatField(allow_null=True, help_text=_("Of those received, in per cent."))
