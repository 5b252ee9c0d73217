"""Forms of the officers' accounts, and of the API clients of a unit."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from portal.accounts import machines
from portal.accounts.models.clients import Reach
from portal.accounts.states import ClientAction
from portal.ui.forms import Checkboxes, DateBoxesField, Radios, Text, TextArea


class AccountForm(forms.Form):
    username = forms.CharField(
        label=_("User name"),
        help_text=_(
            "Small letters without accents, digits, dots and dashes, for example hoa.lu. It cannot be changed."
        ),
        max_length=64,
        validators=[
            RegexValidator(
                r"\A[a-z0-9][a-z0-9._-]{1,63}\Z", _("Use small letters without accents, digits, dots and dashes only.")
            )
        ],
        widget=Text(width=20, attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={"required": _("Enter a user name.")},
    )


ACTIONS = {
    ClientAction.SUSPEND: _("Suspend it: it no longer comes in until it is opened again"),
    ClientAction.RESUME: _("Let it in again"),
    ClientAction.CLOSE: _("Close it for ever: its secrets are void"),
}


class ClientForm(forms.Form):
    name = forms.CharField(
        label=_("Name of the program"),
        help_text=_("As the people who run it call it, for example “Document exchange axis”."),
        max_length=100,
        widget=Text(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Enter the name of the program.")},
    )
    capabilities = forms.MultipleChoiceField(
        label=_("What it may do"),
        help_text=_("Only what it needs. Without a right it sees open data only."),
        required=False,
        widget=Checkboxes(),
    )
    reach = forms.ChoiceField(
        label=_("Where it may do it"),
        choices=Reach.choices,
        initial=Reach.OWN,
        widget=Radios(),
        error_messages={"required": _("Choose where the rights hold.")},
    )
    until = DateBoxesField(
        label=_("First day without it"),
        help_text=_("At most five years ahead."),
        error_messages={"required": _("Enter the day on which its rights end.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["capabilities"]
        field.choices = list(machines.known().items())
        if not field.choices:  # nothing to grant, and no place where
            del self.fields["capabilities"], self.fields["reach"]

    def clean_reach(self) -> Reach:
        return Reach(self.cleaned_data["reach"])


class ClientStateForm(forms.Form):
    action = forms.ChoiceField(
        label=_("What is to be done"), choices=(), widget=Radios(), error_messages={"required": _("Choose one.")}
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("It stands in the record of what was done."),
        max_length=300,
        widget=TextArea(rows=2),
        error_messages={"required": _("Say why.")},
    )

    def __init__(self, *args: Any, actions: Iterable[ClientAction], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["action"]
        field.choices = [(action.value, ACTIONS[action]) for action in actions]

    def clean_action(self) -> ClientAction:
        return ClientAction(self.cleaned_data["action"])
