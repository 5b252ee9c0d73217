"""Which part of the register is shown."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.ui.forms import NativeDate, Select

LONGEST = timedelta(days=366)


class RegisterForm(forms.Form):
    """Sent by GET: names stand in addresses, hence Vietnamese."""

    use_required_attribute = False

    ban = forms.TypedChoiceField(label=_("Desk"), coerce=int, widget=Select())
    tu = forms.DateField(label=_("From"), widget=NativeDate(), error_messages={"required": _("Enter the first day")})
    den = forms.DateField(label=_("To"), widget=NativeDate(), error_messages={"required": _("Enter the last day")})

    def __init__(self, data: Any, *, desks: Sequence[tuple[int, str]], today: date) -> None:
        preset = {"ban": str(desks[0][0]), "tu": today.replace(day=1).isoformat(), "den": today.isoformat()}
        super().__init__({**preset, **{name: data[name] for name in preset if data.get(name)}})
        chosen: Any = self.fields["ban"]
        chosen.choices = desks
        if len(desks) == 1:
            chosen.widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("tu"), data.get("den")
        if first and last and last < first:
            self.add_error("den", _("The last day lies before the first."))
        elif first and last and last - first > LONGEST:
            self.add_error("den", _("Choose at most one year."))
        return data
