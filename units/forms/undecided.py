"""The filter of the worklist after a split."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.ui.forms import Select


class UndecidedFilter(forms.Form):
    act = forms.TypedChoiceField(label=_("Act"), coerce=int, empty_value=None, required=False, widget=Select())
    unit = forms.TypedChoiceField(
        label=_("Unit that holds it"), coerce=int, empty_value=None, required=False, widget=Select()
    )

    def __init__(self, data: Any, *, acts: Sequence[tuple[int, str]], units: Sequence[tuple[int, str]]) -> None:
        super().__init__(data)
        for name, choices in (("act", acts), ("unit", units)):
            field: Any = self.fields[name]
            field.choices = [("", _("All")), *choices]
