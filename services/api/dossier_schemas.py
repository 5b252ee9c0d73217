"""The shapes of dossiers and what belongs to them, for the description only. Tests hold them to the answers."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from documents.states import FileState
from services.kinds import Channel
from services.models import From, Moment, Problem, Proof
from services.states import RequestState, Stage, State

STATES = [one.value for one in State]
CHANNELS = [one.value for one in Channel]
AT_DESK = [Channel.DESK.value, Channel.POST.value]  # what an officer takes in
UNIT = _("The unit's number in this portal.")


def _at(words: Any, *, null: bool = True) -> serializers.DateTimeField:
    return serializers.DateTimeField(allow_null=null, help_text=words)


class DossierSerializer(serializers.Serializer[Any]):
    """One affair of one owner under one version of a procedure."""

    id = serializers.UUIDField(help_text=_("The dossier's id."))
    reference = serializers.CharField(help_text=_("What the filer gets at once."))
    code = serializers.CharField(allow_null=True, help_text=_("The dossier code; null before the acceptance."))
    procedureCode = serializers.CharField(help_text=_("The code of the procedure."))
    procedureName = serializers.CharField(help_text=_("Its official name."))
    state = serializers.ChoiceField(choices=STATES, help_text=_("Where it stands."))
    stage = serializers.ChoiceField(
        choices=[one.value for one in Stage if one.value], allow_null=True, help_text=_("The finer step, if any.")
    )
    stateInWords = serializers.CharField(help_text=_("State and stage in words."))
    channel = serializers.ChoiceField(choices=CHANNELS, help_text=_("How it was handed in."))
    returnChannel = serializers.ChoiceField(choices=CHANNELS, help_text=_("How the result comes back."))
    ownerName = serializers.CharField(help_text=_("Whose affair it is."))
    filerName = serializers.CharField(help_text=_("Who filed it."))
    summary = serializers.CharField(help_text=_("The subject line."))
    receivingUnitId = serializers.IntegerField(help_text=_("Where it was handed in."))
    competentUnitId = serializers.IntegerField(help_text=_("Who decides."))
    returningUnitId = serializers.IntegerField(help_text=_("Where the result is handed out."))
    responsibleUnitId = serializers.IntegerField(help_text=_("Who answers for it now."))
    submittedAt = _at(_("When it was filed."), null=False)
    answerDueAt = _at(_("When the desk must have answered."), null=False)
    acceptedAt = _at(_("When it was received officially."))
    dueAt = _at(_("The legal due moment; null before the acceptance."))
    nextDueAt = _at(_("What is due next: the answer of the desk, or the result."))
    pausedAt = _at(_("Since when the clock stands still."))
    decidedAt = _at(_("When the result was issued."))
    closedAt = _at(_("When it ended."))


class UnitNameSerializer(serializers.Serializer[Any]):
    """A unit by its name of the day of filing."""

    id = serializers.IntegerField(help_text=UNIT)
    name = serializers.CharField(help_text=_("Its full name."))


class ComponentSerializer(serializers.Serializer[Any]):
    """How one paper is proven."""

    key = serializers.CharField(help_text=_("The component's key in the procedure."))
    name = serializers.CharField(help_text=_("Its name."))
    proof = serializers.ChoiceField(choices=Proof.values, help_text=_("How it is proven."))
    originals = serializers.IntegerField(help_text=_("Originals that were counted."))
    certified = serializers.IntegerField(help_text=_("Certified copies that were counted."))
    copies = serializers.IntegerField(help_text=_("Plain copies that were counted."))
    sourceName = serializers.CharField(allow_null=True, help_text=_("The register that answered instead."))
    sourceAt = _at(_("When it answered."))
    checkedAt = _at(_("When the desk looked at it."))
    note = serializers.CharField(allow_blank=True, help_text=_("What the desk noted."))
    fileIds = serializers.ListField(child=serializers.UUIDField(), help_text=_("The files behind it."))


class ClockEntrySerializer(serializers.Serializer[Any]):
    """What happened to the legal clock."""

    kind = serializers.CharField(help_text=_("start, pause, resume, restart, extend or stop."))
    happenedAt = _at(_("When it really happened."), null=False)
    endsAt = _at(_("Until when it was extended."))
    ground = serializers.CharField(help_text=_("The legal ground."))
    enteredAt = _at(_("When it was entered."), null=False)


class ClockSerializer(serializers.Serializer[Any]):
    """The legal clock of a dossier."""

    dueAt = _at(_("The legal due moment; null before the acceptance."))
    pausedAt = _at(_("Since when the clock stands still."))
    entries = ClockEntrySerializer(many=True, help_text=_("The ledger, in its order."))
    lines = serializers.ListField(
        child=serializers.CharField(), help_text=_("How the due moment is counted, line by line.")
    )
    warnings = serializers.ListField(child=serializers.CharField(), help_text=_("What may still change it."))


class DossierDetailSerializer(DossierSerializer):
    """A dossier with its answers, papers and clock."""

    ownerNumber = serializers.CharField(allow_null=True, help_text=_("The owner's personal number, when it is known."))
    contact = serializers.DictField(help_text=_("How the filer is reached: phone, email, address."))
    answers = serializers.DictField(help_text=_("What was declared, by the schema of the version's form."))
    reason = serializers.CharField(allow_null=True, help_text=_("Why it ended, when it ended without a result."))
    limitKey = serializers.CharField(allow_null=True, help_text=_("The case of the time limit that was chosen."))
    resultDocumentId = serializers.UUIDField(allow_null=True, help_text=_("The document that answers it."))
    version = serializers.IntegerField(help_text=_("The version of the procedure, which it keeps."))
    units = UnitNameSerializer(many=True, help_text=_("The units that have a part in it."))
    components = ComponentSerializer(many=True, help_text=_("The papers."))
    clock = ClockSerializer(help_text=_("The legal clock."))
    competentUnitHasWorkers = serializers.BooleanField(
        help_text=_("False while nobody there may work on it; it stays filed, and its moments count.")
    )
    abilities = serializers.DictField(
        child=serializers.BooleanField(), help_text=_("What you may do with it now, by name.")
    )


class SupplementItemSerializer(serializers.Serializer[Any]):
    """One thing that is asked for."""

    id = serializers.IntegerField(help_text=_("Its number in this portal."))
    component = serializers.CharField(allow_null=True, help_text=_("The paper that is asked for."))
    pointer = serializers.CharField(allow_null=True, help_text=_("JSON pointer of the answer that is asked for."))
    problem = serializers.ChoiceField(choices=Problem.values, help_text=_("What is wrong."))
    text = serializers.CharField(help_text=_("What the filer has to do."))
    originals = serializers.IntegerField(help_text=_("Originals that are asked for."))
    certified = serializers.IntegerField(help_text=_("Certified copies that are asked for."))
    copies = serializers.IntegerField(help_text=_("Plain copies that are asked for."))
    answeredAt = _at(_("When it was answered; null while it is open."))


class SupplementSerializer(serializers.Serializer[Any]):
    """One request that lists everything that is missing."""

    id = serializers.UUIDField(help_text=_("The request's id."))
    number = serializers.IntegerField(help_text=_("Which request of this dossier it is."))
    atReception = serializers.BooleanField(help_text=_("Asked by the desk before the acceptance."))
    state = serializers.ChoiceField(choices=[one.value for one in RequestState], help_text=_("Where it stands."))
    reason = serializers.CharField(help_text=_("Why it is needed."))
    ground = serializers.CharField(help_text=_("The legal ground."))
    askedAt = _at(_("When it was asked."), null=False)
    deadlineAt = _at(_("Until when it can be answered."), null=False)
    endedAt = _at(_("When it ended."))
    items = SupplementItemSerializer(many=True, help_text=_("Everything that is asked for."))


class MessageSerializer(serializers.Serializer[Any]):
    """Said between the filer and the desk."""

    id = serializers.IntegerField(help_text=_("Its number in this portal."))
    side = serializers.ChoiceField(choices=From.values, help_text=_("Who said it."))
    text = serializers.CharField(help_text=_("What was said."))
    fileId = serializers.UUIDField(allow_null=True, help_text=_("A file that came along."))
    sentAt = _at(_("When it was sent."), null=False)


class NoteSerializer(serializers.Serializer[Any]):
    """Among officers; no citizen sees it."""

    id = serializers.IntegerField(help_text=_("Its number in this portal."))
    authorId = serializers.UUIDField(help_text=_("The account that wrote it."))
    text = serializers.CharField(help_text=_("What was written."))
    writtenAt = _at(_("When it was written."), null=False)


class RatingSerializer(serializers.Serializer[Any]):
    """How the citizen found it."""

    id = serializers.IntegerField(help_text=_("Its number in this portal."))
    after = serializers.ChoiceField(choices=Moment.values, help_text=_("After the receipt, or after the result."))
    score = serializers.IntegerField(min_value=1, max_value=5, help_text=_("From 1 to 5."))
    text = serializers.CharField(allow_blank=True, help_text=_("In words."))
    items = serializers.DictField(child=serializers.IntegerField(), help_text=_("Point by point, from 1 to 5."))
    givenAt = _at(_("When it was given."), null=False)


class StoredFileSerializer(serializers.Serializer[Any]):
    """A file that was sent or made here."""

    id = serializers.UUIDField(help_text=_("The file's id."))
    name = serializers.CharField(help_text=_("The name that its sender gave it."))
    mediaType = serializers.CharField(help_text=_("What it is, as found by inspection."))
    bytes = serializers.IntegerField(help_text=_("Its size in bytes."))
    digest = serializers.CharField(help_text=_("Its SHA-256 in hexadecimal digits."))
    state = serializers.ChoiceField(
        choices=[one.value for one in FileState], help_text=_("Given out only when it is clean.")
    )
    uploadedAt = _at(_("When it came."), null=False)


class AttachmentSerializer(serializers.Serializer[Any]):
    """A file behind a paper of the dossier."""

    id = serializers.IntegerField(help_text=_("Its number in this portal."))
    component = serializers.CharField(help_text=_("The paper that it proves."))
    replacedAt = _at(_("When a later one took its place."))
    attachedAt = _at(_("When it was attached."), null=False)
    file = StoredFileSerializer(help_text=_("The file."))


class DossierEventSerializer(serializers.Serializer[Any]):
    """Something that happened to the dossier."""

    id = serializers.IntegerField(help_text=_("Its number in the trail."))
    name = serializers.CharField(help_text=_("The fact, for programs."))
    words = serializers.CharField(help_text=_("The fact in words."))
    by = serializers.CharField(help_text=_("Who did it, in words."))
    unitId = serializers.IntegerField(allow_null=True, help_text=UNIT)
    stateBefore = serializers.CharField(allow_null=True, help_text=_("The state before, when it changed."))
    stateAfter = serializers.CharField(allow_null=True, help_text=_("The state afterwards, when it changed."))
    happenedAt = _at(_("When it happened."), null=False)


class DossierStandingSerializer(serializers.Serializer[Any]):
    """What the receipt tells: no name, no number, no answer."""

    reference = serializers.CharField(help_text=_("What the filer gets at once."))
    code = serializers.CharField(allow_null=True, help_text=_("The dossier code; null before the acceptance."))
    procedureName = serializers.CharField(help_text=_("Its official name."))
    state = serializers.ChoiceField(choices=STATES, help_text=_("Where it stands."))
    stateInWords = serializers.CharField(help_text=_("The same in words for the citizen."))
    nextInWords = serializers.CharField(help_text=_("What happens next."))
    responsibleUnitName = serializers.CharField(allow_null=True, help_text=_("Who holds it; null once it is closed."))
    returningUnitName = serializers.CharField(help_text=_("Where the result is handed out."))
    nextDueAt = _at(_("By when something happens next."))
    submittedAt = _at(_("When it was filed."), null=False)
    acceptedAt = _at(_("When it was received officially."))
    closedAt = _at(_("When it ended."))
