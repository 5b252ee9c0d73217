"""At which counter an officer sits, and what brings somebody to the desk."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.ui.forms import Checkbox, Radios, Select, Text
from services.models import Errand
from services.models.tickets import COUNTER_LENGTH


class CounterForm(forms.Form):
    """Sent by GET: names stand in addresses, hence Vietnamese."""

    use_required_attribute = False

    ban = forms.TypedChoiceField(label=_("Desk"), coerce=int, widget=Select())
    quay = forms.CharField(
        label=_("Counter"),
        max_length=COUNTER_LENGTH,
        help_text=_("As it stands above it, for example 2"),
        widget=Text(width=5),
        error_messages={"required": _("Enter the counter at which you sit")},
    )

    def __init__(self, data: Any, *, desks: Sequence[tuple[int, str]]) -> None:
        super().__init__(data, initial={"ban": desks[0][0] if desks else None})
        chosen: Any = self.fields["ban"]
        chosen.choices = desks
        if len(desks) == 1:
            chosen.widget = forms.HiddenInput()


class DrawForm(forms.Form):
    use_required_attribute = False

    errand = forms.ChoiceField(
        label=_("What brings you here?"),
        choices=Errand.choices,
        widget=Radios(),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose what brings you here")),
    )
    priority = forms.BooleanField(
        label=_("Priority: aged, disabled, pregnant, or with a small child"), required=False, widget=Checkbox()
    )
