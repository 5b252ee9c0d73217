"""What is asked before a deed is done to many dossiers."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.ui.forms import Checkboxes, Radios, Select, Text, TextArea
from services.kinds import Channel
from services.models.work import NOTE_LENGTH
from services.states import BatchDeed
from services.wording import CHANNELS
from services.wording_lists import PAPERS

REASON_LENGTH, RECEIVER_LENGTH = 300, 200
REASON = {"required": _("Write the reason.")}
Pairs = Iterable[tuple[str, str]]


class BatchForm(forms.Form):
    """A deed that asks nothing more."""

    def said(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if value}


class AssignForm(BatchForm):
    officer = forms.ChoiceField(
        label=_("To whom"), widget=Select(), error_messages={"required": _("Choose a colleague.")}
    )
    reason = forms.CharField(label=_("Reason"), max_length=REASON_LENGTH, widget=TextArea(), error_messages=REASON)

    def __init__(self, *args: Any, officers: Pairs, **more: Any) -> None:
        super().__init__(*args, **more)
        offered: Any = self.fields["officer"]
        offered.choices = [("", _("Choose")), *officers]


class FinishForm(BatchForm):
    note = forms.CharField(
        label=_("What was found, for whoever works on it next"),
        max_length=NOTE_LENGTH,
        required=False,
        widget=TextArea(),
    )


class HandOutForm(BatchForm):
    channel = forms.ChoiceField(
        label=_("How"),
        choices=[(one.value, CHANNELS[one]) for one in (Channel.DESK, Channel.POST)],
        initial=Channel.DESK.value,
        widget=Radios(),
    )
    receiver = forms.CharField(
        label=_("Who took the results"),
        help_text=_("One person for all, such as the head of a village or the post."),
        max_length=RECEIVER_LENGTH,
        widget=Text(),
        error_messages={"required": _("Write who took the results.")},
    )


class PrintForm(BatchForm):
    papers = forms.MultipleChoiceField(
        label=_("Which papers"),
        help_text=_("Those that have been made are put into one file, dossier by dossier. You have a day to open it."),
        choices=PAPERS.items(),
        widget=Checkboxes(),
        error_messages={"required": _("Choose at least one paper.")},
    )


class UndoForm(BatchForm):
    reason = forms.CharField(label=_("Reason"), max_length=REASON_LENGTH, widget=TextArea(), error_messages=REASON)


FORMS: Mapping[BatchDeed, Callable[..., BatchForm]] = {
    BatchDeed.ASSIGN: AssignForm,
    BatchDeed.TAKE: BatchForm,
    BatchDeed.ACCEPT: BatchForm,
    BatchDeed.FINISH: FinishForm,
    BatchDeed.HAND_OUT: HandOutForm,
    BatchDeed.PRINT: PrintForm,
}
