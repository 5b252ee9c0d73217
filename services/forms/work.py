"""What an officer says with each deed on a step."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.ui.forms import Checkboxes, Radios, Text, TextArea
from services.models.work import NOTE_LENGTH
from services.operations.citizen import GivenBack
from services.reasons import stop_in_writing, stop_reasons

STOP_REASON = 1700  # with the reason of the list before it
REASON = {"required": _("Write the reason.")}
GROUND = {"required": _("Write the legal ground.")}
Choices = Iterable[tuple[str, str]]


def _with_choices(form: forms.Form, name: str, choices: Choices) -> forms.ChoiceField:
    field = cast("forms.ChoiceField", form.fields[name])
    field.choices = list(choices)
    return field


class NoteForm(forms.Form):
    text = forms.CharField(
        label=_("Note for colleagues"),
        help_text=_("No citizen sees it."),
        max_length=NOTE_LENGTH,
        widget=TextArea(),
        error_messages={"required": _("Write the note.")},
    )


class FinishForm(forms.Form):
    text = forms.CharField(
        label=_("What was found, for whoever works on it next"),
        max_length=NOTE_LENGTH,
        required=False,
        widget=TextArea(),
    )


class ChoiceForm(forms.Form):
    """A choice between what this step offers, and a reason."""

    chosen = forms.ChoiceField(widget=Radios())
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=TextArea(), error_messages=REASON)

    def __init__(self, *args: Any, choices: Choices, label: Any, missing: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        field = _with_choices(self, "chosen", choices)
        field.label = label
        field.error_messages["required"] = missing


class SupplementForm(forms.Form):
    components = forms.MultipleChoiceField(
        label=_("What is missing or not right"),
        help_text=_("Everything in one request: the law allows one."),
        required=False,
        widget=Checkboxes(),
    )
    answers = forms.MultipleChoiceField(
        label=_("Answers that are not right"),
        help_text=_("The citizen answers each again. What registers said is not asked."),
        required=False,
        widget=Checkboxes(),
    )
    reason = forms.CharField(
        label=_("What exactly must be supplemented, and why"),
        max_length=NOTE_LENGTH,
        widget=TextArea(),
        error_messages=REASON,
    )
    ground = forms.CharField(label=_("Legal ground"), max_length=300, widget=Text(), error_messages=GROUND)

    def __init__(self, *args: Any, choices: Choices, answers: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        _with_choices(self, "components", choices)
        if not _with_choices(self, "answers", answers).choices:
            del self.fields["answers"]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if not self.errors and not data["components"] and not data.get("answers"):
            self.add_error("components", _("Choose at least one paper or answer."))
        return data


class StopForm(forms.Form):
    why = forms.ChoiceField(
        label=_("Why the work is stopped"),
        widget=Radios(),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose why the work is stopped")),
    )
    reason = forms.CharField(
        label=_("In words, for the filer"), max_length=STOP_REASON, widget=TextArea(), error_messages=REASON
    )
    ground = forms.CharField(
        label=_("Legal ground"),
        help_text=_("Leave it empty to take the ground of the reason above"),
        max_length=300,
        required=False,
        widget=Text(),
    )
    papers = forms.CharField(
        label=_("Papers that are given back"),
        help_text=_("Leave it empty when all papers are handed back at the desk."),
        max_length=300,
        required=False,
        widget=TextArea(rows=2),
    )
    fee = forms.CharField(
        label=_("Fee that is given back"),
        help_text=_("Leave it empty when the rule of the fee decides."),
        max_length=300,
        required=False,
        widget=Text(),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        _with_choices(self, "why", [(one.key, one.text) for one in stop_reasons().values() if one.offered])


def stop_arguments(said: Mapping[str, Any]) -> dict[str, Any]:
    """Of `citizen.stop`."""
    worded = stop_in_writing(why=said["why"], text=said["reason"], ground=said["ground"])
    return {**worded, "why": said["why"], "given_back": GivenBack(said["papers"], said["fee"])}


class ProposeForm(forms.Form):
    signer = forms.ChoiceField(
        label=_("Who shall sign"), widget=Radios(), error_messages={"required": _("Choose who shall sign.")}
    )
    text = forms.CharField(label=_("Note on the certificate"), max_length=6000, required=False, widget=TextArea())

    def __init__(self, *args: Any, choices: Choices, is_free: bool, **more: Any) -> None:
        """`is_free`: the officer writes what is decided; else all but a note comes from the dossier."""
        super().__init__(*args, **more)
        _with_choices(self, "signer", choices)
        if is_free:
            text = self.fields["text"]
            text.label, text.required = _("What is decided"), True
            text.help_text = _("One article a paragraph; leave an empty line between them.")
            text.error_messages["required"] = _("Write what is decided.")
