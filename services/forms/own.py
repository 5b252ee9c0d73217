"""What citizens type after filing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.ui.forms import Number, Select, Text
from services.queries.own import TEXT_LIMIT, Part

PARTS = [
    ("", _("All")),
    (Part.NEEDED.value, _("You have something to do")),
    (Part.OPEN.value, _("Being worked on")),
    (Part.CLOSED.value, _("Finished")),
]


class OwnFilter(forms.Form):
    """Names stand in addresses, hence Vietnamese."""

    q = forms.CharField(
        label=_("Code, reference, procedure or name"),
        max_length=TEXT_LIMIT,
        required=False,
        help_text=_("With or without accents"),
        widget=Text(),
        error_messages={"max_length": _("Shorten it to %(limit_value)d characters")},
    )
    phan = forms.ChoiceField(label=_("Part"), required=False, widget=Select(), choices=PARTS)

    def __init__(self, data: Any) -> None:
        super().__init__(data)


class LookUpForm(forms.Form):
    code = forms.CharField(
        label=_("Dossier code or reference"),
        max_length=80,
        help_text=_("For example DK-RYDQG-JQFU8, or the code that begins with H"),
        widget=Text(width=20, attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": _("Enter the dossier code or the reference on the receipt"),
            "max_length": _("Shorten it to %(limit_value)d characters"),
        },
    )
    pin = forms.RegexField(
        r"^\d{6}$",
        strip=True,
        label=_("PIN of the receipt"),
        max_length=20,
        help_text=_("Six digits"),
        widget=Number(width=10, attrs={"autocomplete": "off"}),
        error_messages={
            "required": _("Enter the PIN on the receipt"),
            "invalid": _("The PIN has six digits"),
            "max_length": _("The PIN has six digits"),
        },
    )
